import { readU16, readU32, writeU16, writeU32 } from './bytes.js';
import { TELEMETRY_MAX_HOPS } from './constants.js';
import { requireBytes, requireField, WireError } from './errors.js';
import { layout } from './layout.js';

/** docs/protocol.md section 3.7. */
export const TELEMETRY_LAYOUT = layout('telemetry', { count: 8, dropped: 8, reserved: 16 });
export const TELEMETRY_BYTES = 4;
export const HOP_LAYOUT = layout('hop', {
  switch_id: 16,
  ingress_port: 16,
  egress_port: 16,
  queue_depth: 16,
  ingress_time: 32,
  egress_time: 32,
});
export const HOP_BYTES = 16;

/** What one switch noted of a packet. Times are the low 32 bits of its clock in microseconds. */
export interface Hop {
  readonly switchId: number;
  readonly ingressPort: number;
  readonly egressPort: number;
  /** Packets in the egress queue when this one joined it. */
  readonly queueDepth: number;
  readonly ingressTime: number;
  readonly egressTime: number;
}

export interface Telemetry {
  /** Newest first, at most 8. */
  readonly hops: readonly Hop[];
  /** Hops that found no room. */
  readonly dropped: number;
}

export function telemetryLength(telemetry: Telemetry): number {
  return TELEMETRY_BYTES + HOP_BYTES * telemetry.hops.length;
}

/** The header and its hops at `at`. @throws WireError TRUNCATED, VALUE or RESERVED. */
export function decodeTelemetry(b: Uint8Array, at: number): Telemetry {
  requireBytes('telemetry', at, TELEMETRY_BYTES, b.length);
  const count = b[at] ?? 0;
  if (count > TELEMETRY_MAX_HOPS) {
    throw new WireError(
      'VALUE',
      'telemetry',
      at,
      `count is ${count}`,
      `carry at most ${TELEMETRY_MAX_HOPS} hops`,
    );
  }
  if (readU16(b, at + 2) !== 0) {
    throw new WireError('RESERVED', 'telemetry', at + 2, 'reserved is not 0', 'send 0');
  }
  requireBytes('telemetry', at, TELEMETRY_BYTES + HOP_BYTES * count, b.length);
  const hops: Hop[] = [];
  for (let i = 0, o = at + TELEMETRY_BYTES; i < count; i++, o += HOP_BYTES) {
    hops.push({
      switchId: readU16(b, o),
      ingressPort: readU16(b, o + 2),
      egressPort: readU16(b, o + 4),
      queueDepth: readU16(b, o + 6),
      ingressTime: readU32(b, o + 8),
      egressTime: readU32(b, o + 12),
    });
  }
  return { hops, dropped: b[at + 1] ?? 0 };
}

/** Writes header and hops at `at`, where the caller has made `telemetryLength` bytes of room. */
export function writeTelemetry(b: Uint8Array, at: number, telemetry: Telemetry): void {
  if (telemetry.hops.length > TELEMETRY_MAX_HOPS) {
    throw new WireError(
      'VALUE',
      'telemetry',
      -1,
      `${telemetry.hops.length} hops`,
      `carry at most ${TELEMETRY_MAX_HOPS}`,
    );
  }
  requireField('telemetry', 'dropped', telemetry.dropped, 8);
  b[at] = telemetry.hops.length;
  b[at + 1] = telemetry.dropped;
  writeU16(b, at + 2, 0);
  let o = at + TELEMETRY_BYTES;
  for (const hop of telemetry.hops) {
    requireField('hop', 'switch_id', hop.switchId, 16);
    requireField('hop', 'ingress_port', hop.ingressPort, 16);
    requireField('hop', 'egress_port', hop.egressPort, 16);
    requireField('hop', 'queue_depth', hop.queueDepth, 16);
    requireField('hop', 'ingress_time', hop.ingressTime, 32);
    requireField('hop', 'egress_time', hop.egressTime, 32);
    writeU16(b, o, hop.switchId);
    writeU16(b, o + 2, hop.ingressPort);
    writeU16(b, o + 4, hop.egressPort);
    writeU16(b, o + 6, hop.queueDepth);
    writeU32(b, o + 8, hop.ingressTime);
    writeU32(b, o + 12, hop.egressTime);
    o += HOP_BYTES;
  }
}
