import { DigestEntry } from 'p4runtime-js';
import type { Schema } from '../schema.js';

/** Switches a digest on (insert), changes it (modify) or switches it off (delete). */
export interface DigestConfig {
  readonly kind: 'digest';
  readonly digest?: string | number;
  /** Longest wait before samples are sent, nanoseconds; 0 = send each at once. */
  readonly maxTimeoutNs?: number;
  /** Samples per message at most; 0 = no limit. */
  readonly maxListSize?: number;
  /** How long the switch withholds samples it has sent but nobody acknowledged, nanoseconds. */
  readonly ackTimeoutNs?: number;
}

export type DecodedDigestConfig = Required<DigestConfig> & { readonly digest: string };

export function encodeDigestConfig(schema: Schema, entity: DigestConfig, isQuery: boolean): DigestEntry {
  const message = new DigestEntry();
  if (entity.digest !== undefined) message.setDigestId(schema.digests.get(entity.digest).id);
  if (isQuery) return message;
  const config = new DigestEntry.Config();
  config.setMaxTimeoutNs(entity.maxTimeoutNs ?? 0);
  config.setMaxListSize(entity.maxListSize ?? 0);
  config.setAckTimeoutNs(entity.ackTimeoutNs ?? 0);
  message.setConfig(config);
  return message;
}

export function decodeDigestConfig(schema: Schema, message: DigestEntry): DecodedDigestConfig {
  const config = message.getConfig();
  return {
    kind: 'digest',
    digest: schema.digests.get(message.getDigestId()).name,
    maxTimeoutNs: config?.getMaxTimeoutNs() ?? 0,
    maxListSize: config?.getMaxListSize() ?? 0,
    ackTimeoutNs: config?.getAckTimeoutNs() ?? 0,
  };
}
