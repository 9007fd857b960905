import { type P4Trace, printTrace } from '../../switch/trace/index.js';

/** A trace as the API sends it: bytes are hexadecimal digits, integers beyond 2^53 decimal text. */
export interface SentTrace {
  readonly port: number;
  readonly frame: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** What a packet did, one step a line. */
export function packetText({ port, frame, events }: SentTrace): string {
  const steps = events.map((event) =>
    Object.fromEntries(
      Object.entries(event).map(([name, value]) => [name, VALUES.has(name) ? withIntegers(value) : value]),
    ),
  );
  return printTrace({ port, frame: Buffer.from(frame, 'hex'), steps: steps as unknown as P4Trace['steps'] });
}

/** Parts of an event that are lists of `{name, value}`. */
const VALUES: ReadonlySet<string> = new Set(['fields', 'key', 'parameters']);

function withIntegers(list: unknown): unknown {
  if (!Array.isArray(list)) return [];
  return (list as { readonly name: string; readonly value: number | string }[]).map(({ name, value }) => ({
    name,
    value: BigInt(value),
  }));
}
