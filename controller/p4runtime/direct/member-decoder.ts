import type { Identity } from '../identity.js';
import { ByteReader } from './byte-reader.js';
import { plainActionText } from './table-decoder.js';

/**
 * Identity of a member of an action profile, the same that identify() makes of its message, straight from the bytes of
 * p4.v1.Entity; undefined where it is none, or not of the usual form.
 */
export function identifyPlainMember(bytes: Buffer, at: number, end: number): Identity | undefined {
  const reader = new ByteReader(bytes, at, end);
  if (reader.varint() !== 0x1a || reader.limit() !== end) return undefined;
  let profile = 0;
  let member = 0;
  let body = '-';
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === 0x08) {
      profile = reader.varint();
    } else if (tag === 0x10) {
      member = reader.varint();
    } else if (tag === 0x1a && body === '-') {
      const text = plainActionText(reader, reader.limit());
      if (text === undefined) return undefined;
      body = text;
    } else {
      return undefined;
    }
  }
  return reader.failed ? undefined : { rank: 'member', key: `m${profile} ${member}`, body };
}
