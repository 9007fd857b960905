import { insert, type Update } from '../../controller/p4runtime/index.js';

/** A number, a longer one as 0x…, or a port: the runner says which port of its switch that is. */
export type Value = number | string | { readonly port: number };

export interface Call {
  readonly name: string;
  readonly params: Readonly<Record<string, Value>>;
}

/** A key: exact, of a prefix, or under a mask. */
export type Key =
  | Value
  | { readonly value: Value; readonly prefixLength: number }
  | { readonly value: Value; readonly mask: Value };

/** A table entry, with an action or a one-shot group of them; a multicast group; or a clone session. */
export interface Entry {
  readonly table?: string;
  readonly match?: Readonly<Record<string, Key>>;
  readonly priority?: number;
  readonly action?: Call;
  readonly actions?: readonly Call[];
  readonly multicast?: number;
  readonly clone?: number;
  readonly ports?: readonly { readonly port: number }[];
}

export interface Step {
  readonly port: number;
  /** Hexadecimal. */
  readonly frame: string;
  /** Everything that comes out for it, in no order. */
  readonly out: readonly { readonly port: number; readonly frame: string }[];
}

/** One file of test/ptf/scenarios; ptf_runner.py reads the same. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Tofino images it runs on. */
  readonly profiles: readonly string[];
  readonly entries: readonly Entry[];
  readonly steps: readonly Step[];
  /** Bytes of frames that are not compared, from and behind: times, and checksums over them. */
  readonly ignore?: readonly (readonly [number, number])[];
}

/** A frame's bytes to compare, hexadecimal. */
export function comparable(frame: Uint8Array, { ignore = [] }: Scenario): string {
  const copy = Buffer.from(frame);
  for (const [from, to] of ignore) copy.fill(0, from, to);
  return copy.toString('hex');
}

export const port = (number: number): { readonly port: number } => ({ port: number });

function numberOf(value: Value): number | bigint {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? BigInt(value) : value.port;
}

function callOf({ name, params }: Call) {
  return {
    name,
    params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, numberOf(value)])),
  };
}

/** The entry on a switch whose ports have the scenario's numbers. */
export function apply(entry: Entry): Update {
  const { table = '', match = {}, priority, action, actions, multicast, clone, ports } = entry;
  if (clone !== undefined) {
    const replicas = (ports ?? []).map((each) => ({ port: each.port, instance: 0 }));
    return { type: 'insert', entity: { kind: 'clone-session', session: clone, replicas } };
  }
  if (multicast !== undefined) {
    const replicas = (ports ?? []).map((each) => ({ port: each.port, instance: 1 }));
    return { type: 'insert', entity: { kind: 'multicast-group', group: multicast, replicas } };
  }
  const keys = Object.entries(match).map(([field, key]) => {
    if (typeof key === 'object' && 'prefixLength' in key) {
      return [field, { value: numberOf(key.value), prefixLength: key.prefixLength }] as const;
    }
    if (typeof key === 'object' && 'mask' in key) {
      return [field, { value: numberOf(key.value), mask: numberOf(key.mask) }] as const;
    }
    return [field, numberOf(key)] as const;
  });
  return insert({
    kind: 'table-entry',
    table,
    match: Object.fromEntries(keys),
    ...(priority !== undefined && { priority }),
    action:
      action !== undefined
        ? { kind: 'action', ...callOf(action) }
        : { kind: 'one-shot', actions: (actions ?? []).map((each) => ({ action: callOf(each), weight: 1 })) },
  });
}
