import { readU32, writeU32 } from './bytes.js';
import { MPLS_LABEL_SINC, MPLS_LABEL_SINC_LAST } from './constants.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const MPLS_LAYOUT = layout('mpls', { label: 20, traffic_class: 3, bottom: 1, ttl: 8 });
export const MPLS_BYTES = 4;
/** Deepest label stack the decoder follows. */
export const MPLS_MAX_DEPTH = 8;

/** One label stack entry (RFC 3032). */
export interface MplsEntry {
  readonly label: number;
  readonly trafficClass: number;
  readonly bottom: boolean;
  readonly ttl: number;
}

/** Whether a SINC shim follows the stack this is the bottom label of. */
export function isSincLabel(label: number): boolean {
  return label >= MPLS_LABEL_SINC && label <= MPLS_LABEL_SINC_LAST;
}

/** The stack at `offset`, to and with its bottom entry. @throws WireError TRUNCATED or VALUE (deeper than 8). */
export function decodeMplsStack(b: Uint8Array, offset = 0): MplsEntry[] {
  const stack: MplsEntry[] = [];
  for (let at = offset; ; at += MPLS_BYTES) {
    if (stack.length === MPLS_MAX_DEPTH) {
      throw new WireError('VALUE', 'mpls', at, 'has no bottom label', `use at most ${MPLS_MAX_DEPTH} labels`);
    }
    requireBytes('mpls', at, MPLS_BYTES, b.length);
    const word = readU32(b, at);
    const bottom = (word & 0x100) !== 0;
    stack.push({ label: word >>> 12, trafficClass: (word >>> 9) & 7, bottom, ttl: word & 255 });
    if (bottom) return stack;
  }
}

/** Writes a stack; the last entry, and no other, is the bottom. @throws WireError VALUE, INCONSISTENT or NO_ROOM. */
export function encodeMplsStack(stack: readonly MplsEntry[], buffer?: Uint8Array, offset = 0): Uint8Array {
  if (stack.length === 0 || stack.length > MPLS_MAX_DEPTH) {
    throw new WireError('VALUE', 'mpls', -1, `stack of ${stack.length}`, `use 1 to ${MPLS_MAX_DEPTH} labels`);
  }
  const b = target('mpls', buffer, offset, MPLS_BYTES * stack.length);
  let at = offset;
  stack.forEach((entry, i) => {
    requireField('mpls', 'label', entry.label, 20);
    requireField('mpls', 'traffic_class', entry.trafficClass, 3);
    requireField('mpls', 'ttl', entry.ttl, 8);
    if (entry.bottom !== (i === stack.length - 1)) {
      throw new WireError(
        'INCONSISTENT',
        'mpls',
        at,
        `label ${i} has bottom ${entry.bottom}`,
        'mark the last one',
      );
    }
    writeU32(b, at, (entry.label << 12) | (entry.trafficClass << 9) | (entry.bottom ? 0x100 : 0) | entry.ttl);
    at += MPLS_BYTES;
  });
  return b.subarray(offset, at);
}
