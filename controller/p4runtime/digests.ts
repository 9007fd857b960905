import { DigestListAck, type DigestList as DigestListMessage } from 'p4runtime-js';
import { type DataValue, decodeData } from './data.js';
import type { Schema } from './schema.js';

/** Samples of one digest, as the switch sent them together. */
export interface DigestList {
  readonly digest: string;
  readonly digestId: number;
  readonly listId: string;
  readonly samples: readonly DataValue[];
  /** Nanoseconds of the switch's clock. */
  readonly timestampNs: bigint;
}

/** Throws P4RuntimeError UNKNOWN_NAME or BAD_ENTITY where the list does not fit the P4Info. */
export function decodeDigestList(schema: Schema, message: DigestListMessage): DigestList {
  const info = schema.digests.get(message.getDigestId());
  return {
    digest: info.name,
    digestId: info.id,
    listId: message.getListId(),
    samples: message.getDataList().map((data) => decodeData(data, info.type, schema.types, info.name)),
    timestampNs: BigInt(message.getTimestamp()),
  };
}

/** Tells the switch that a list arrived, so that it may report its samples again when they recur. */
export function digestAck(list: Pick<DigestList, 'digestId' | 'listId'>): DigestListAck {
  const ack = new DigestListAck();
  ack.setDigestId(list.digestId);
  ack.setListId(list.listId);
  return ack;
}
