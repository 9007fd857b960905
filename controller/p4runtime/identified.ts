import { Entity as EntityMessage } from 'p4runtime-js';
import { ByteWriter } from './direct/byte-writer.js';
import { identifyPlainEntry } from './direct/table-decoder.js';
import { tableEncoder } from './direct/table-encoder.js';
import { type Entity, encodeEntity } from './entities/index.js';
import { type Identity, identify } from './identity.js';
import type { Schema } from './schema.js';

/** An entity with its identity. */
export interface Identified extends Identity {
  /** Decoded each time it is asked for. */
  readonly message: EntityMessage;
  /** Bytes of the p4.v1.Entity, where they are at hand. */
  readonly encoded?: Uint8Array;
  /** Table of a plain entry: one that is not const and not a default. */
  readonly plainTableId: number | undefined;
}

/** A table entry, or a member of an action profile, of which only the identity has been made out. */
export class PlainEntry implements Identified {
  readonly rank: Identity['rank'];
  readonly key: string;
  readonly body: string;
  /** Undefined = it is a member. */
  readonly plainTableId: number | undefined;
  readonly encoded: Uint8Array;

  constructor({ rank, key, body }: Identity, tableId: number | undefined, bytes: Uint8Array) {
    this.rank = rank;
    this.key = key;
    this.body = body;
    this.plainTableId = tableId;
    this.encoded = bytes;
  }

  get message(): EntityMessage {
    return EntityMessage.deserializeBinary(plainArray(this.encoded));
  }
}

/** Entities ready to be written and to be held against what a switch has. Throws P4RuntimeError as encodeEntity does. */
export function encodeIdentified(schema: Schema, entities: readonly Entity[]): Identified[] {
  const encoder = tableEncoder(schema);
  const writer = new ByteWriter();
  return entities.map((entity) => {
    if (entity.kind === 'table-entry' && entity.isDefault !== true) {
      writer.truncate(0);
      const start = writer.begin(0x12);
      if (encoder.encode(writer, entity)) {
        writer.end(start);
        const bytes = Buffer.from(writer.slice(0, writer.length));
        const plain = identifyPlainEntry(bytes, 0, bytes.length);
        if (plain !== undefined) return new PlainEntry(plain, plain.tableId, bytes);
      }
    }
    const message = encodeEntity(schema, entity);
    return { ...identify(message), message, plainTableId: undefined };
  });
}

/** google-protobuf reads a Uint8Array in place, and copies a Buffer. */
export function plainArray(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
