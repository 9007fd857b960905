import { nackReasonName } from '../../wire/index.js';
import type { SwitchClient } from '../p4runtime/index.js';

/** Why a switch drops, by the index of `ingress.drops` (docs/program.md). */
export const DROP_REASONS = [
  'NONE',
  'MALFORMED',
  'IPV4_CHECKSUM',
  'IPV4_OPTIONS',
  'ETHER_TYPE',
  'NO_UNDERLAY_ROUTE',
  'ROUTE_DROP',
  'UNANSWERABLE',
  'SINC_LATE',
  'SINC_REPEATED',
  'SINC_ABSORBED',
  'TTL_EXPIRED',
  'PACKET_OUT_PORT',
  'NACK_OVER_RATE',
  'SOURCE_DENIED',
  'FAULT_LOSS',
  'REPLAYED',
] as const;

/** Index of `ingress.admission.denials`. */
const DENIALS = ['NONE', 'NOT_GRANTED', 'UNTAGGED', 'UNKNOWN_CREDENTIAL', 'FORGED', 'REPLAYED'] as const;

const NACK_REASONS = 16;

/** What became of packets a switch did not send on, in packets since it started; only what there was. */
export interface Losses {
  readonly drops: ReadonlyMap<string, number>;
  /** Nacks the switch has made. */
  readonly nacks: ReadonlyMap<string, number>;
  /** Packets refused at edge ports. */
  readonly denials: ReadonlyMap<string, number>;
}

/** Reads them from a switch, whatever of them its program counts. Rejects with P4RuntimeError where it does not answer. */
export async function readLosses(client: SwitchClient): Promise<Losses> {
  const read = async (counter: string, size: number, nameOf: (index: number) => string) => {
    const counts = new Map<string, number>();
    if (client.schema.counters.find(counter) === undefined) return counts;
    const queries = Array.from(
      { length: size },
      (_, index) => ({ kind: 'counter', counter, index }) as const,
    );
    for await (const cell of client.read(queries)) {
      if (cell.kind === 'counter' && cell.data.packets > 0) counts.set(nameOf(cell.index), cell.data.packets);
    }
    return counts;
  };
  const known = (names: readonly string[]) => (index: number) => names[index] ?? `${index}`;
  const [drops, nacks, denials] = await Promise.all([
    read('ingress.drops', DROP_REASONS.length, known(DROP_REASONS)),
    read('ingress.names.nacks', NACK_REASONS, nackReasonName),
    read('ingress.admission.denials', DENIALS.length, known(DENIALS)),
  ]);
  return { drops, nacks, denials };
}
