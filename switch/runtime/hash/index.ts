import { SwitchError } from '../error.js';
import { type HashAlgorithm, narrow } from './algorithm.js';
import { CRC_CCITT, CRC8, CRC16, CRC32, crc } from './crc.js';
import { CRC64, crc64 } from './crc64.js';
import {
  hashEx,
  identity,
  internetChecksum,
  roundRobin,
  roundRobinConsistent,
  toeplitz,
  xor16,
  xor32,
} from './simple.js';
import { XXH64 } from './xxhash64.js';

/** Every algorithm simple_switch registers, by the name BMv2 JSON uses. */
const factories: ReadonlyMap<string, () => HashAlgorithm> = new Map([
  ['crc16', () => crc(16, CRC16)],
  ['crc32', () => crc(32, CRC32)],
  ['crcCCITT', () => crc(16, CRC_CCITT)],
  ['crc8_custom', () => crc(8, CRC8)],
  ['crc16_custom', () => crc(16, CRC16)],
  ['crc32_custom', () => crc(32, CRC32)],
  ['crc64_custom', () => crc64(CRC64)],
  ['cksum16', () => narrow(16, internetChecksum)],
  ['csum16', () => narrow(16, internetChecksum)],
  ['xor16', () => narrow(16, xor16)],
  ['xor32', () => narrow(32, xor32)],
  ['hash_ex', () => narrow(32, hashEx)],
  ['identity', identity],
  ['round_robin', roundRobin],
  ['round_robin_consistent', roundRobinConsistent],
  ['toeplitz', () => toeplitz()],
  ['xxh64', () => XXH64],
  ['bmv2_hash', () => XXH64],
]);

/** Names `createHash` knows. */
export const hashNames: readonly string[] = [...factories.keys()];

/**
 * A fresh instance of a hash algorithm: each calculation and each selector of a program has its own, since
 * some keep state. Throws INVALID_ARGUMENT for a name simple_switch does not register either.
 */
export function createHash(name: string): HashAlgorithm {
  const make = factories.get(name);
  if (make !== undefined) return make();
  throw new SwitchError(
    'INVALID_ARGUMENT',
    `hash algorithm ${name}`,
    `is not known; there are ${hashNames.join(', ')}`,
  );
}

export { type HashAlgorithm, hashModulo } from './algorithm.js';
export { type CrcConfig, crc } from './crc.js';
export { type Crc64Config, crc64 } from './crc64.js';
export { internetChecksum, toeplitz } from './simple.js';
