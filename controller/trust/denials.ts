import type { DataValue, Entity } from '../p4runtime/index.js';
import { DENIED_DIGEST } from '../policy/program.js';

/** What an edge switch says of a packet it refused; names are digests. */
export interface DeniedPacket {
  readonly port: number;
  readonly source: bigint;
  readonly destination: bigint;
  /** 0 where the packet had no credential. */
  readonly keyId: number;
  readonly denial: number;
}

/** Reports are at most 10 ms late, and repeated when unacknowledged for a second. */
export const DENIED_REPORTS: readonly Entity[] = [
  {
    kind: 'digest',
    digest: DENIED_DIGEST,
    maxTimeoutNs: 10_000_000,
    maxListSize: 64,
    ackTimeoutNs: 1_000_000_000,
  },
];

/** A sample of `denied_t`. */
export function readDenial(sample: DataValue): DeniedPacket {
  const fields = sample as { readonly [field: string]: DataValue };
  const number = (name: string) => BigInt(String(fields[name] ?? 0));
  return {
    port: Number(number('ingress_port')),
    source: number('src'),
    destination: number('dst'),
    keyId: Number(number('key_id')),
    denial: Number(number('denial')),
  };
}
