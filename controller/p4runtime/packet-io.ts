import { type PacketIn as PacketInMessage, PacketMetadata, PacketOut } from 'p4runtime-js';
import { P4RuntimeError } from './errors.js';
import { suggestion } from './names.js';
import type { PacketHeaderInfo, Schema } from './schema.js';
import { bytesToBigint, encodeValue, type Value } from './values.js';

/** A packet the switch sent to its controller, with the fields of the program's packet_in header by name. */
export interface PacketIn {
  readonly payload: Uint8Array;
  readonly metadata: Readonly<Record<string, bigint>>;
}

/** Fields of the packet_out header that are left out are 0; names it does not have are errors. */
export function encodePacketOut(
  schema: Schema,
  payload: Uint8Array,
  metadata: Readonly<Record<string, Value>>,
): PacketOut {
  const message = new PacketOut();
  message.setPayload(payload);
  const header = schema.packetHeaders.find('packet_out');
  const fields = header?.fields ?? [];
  for (const field of fields) {
    const part = new PacketMetadata();
    part.setMetadataId(field.id);
    part.setValue(
      encodeValue(metadata[field.name] ?? 0, { name: `packet_out ${field.name}`, width: field.width }),
    );
    message.addMetadata(part);
  }
  const names = fields.map(({ name }) => name);
  const wrong = Object.keys(metadata).find((name) => !names.includes(name));
  if (wrong !== undefined) {
    throw new P4RuntimeError('UNKNOWN_NAME', `packet_out has no field '${wrong}'${suggestion(wrong, names)}`);
  }
  return message;
}

/** Metadata the program does not describe appears under `#id`. */
export function decodePacketIn(schema: Schema | undefined, message: PacketInMessage): PacketIn {
  const header = schema?.packetHeaders.find('packet_in');
  const metadata: Record<string, bigint> = {};
  for (const part of message.getMetadataList()) {
    metadata[fieldName(header, part.getMetadataId())] = bytesToBigint(part.getValue_asU8());
  }
  return { payload: message.getPayload_asU8(), metadata };
}

function fieldName(header: PacketHeaderInfo | undefined, id: number): string {
  return header?.fields.find((field) => field.id === id)?.name ?? `#${id}`;
}
