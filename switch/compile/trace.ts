import { limbCount } from '../runtime/index.js';
import type { ProgramSpec, SourceInfo } from '../spec/types.js';
import type { Layout } from './layout.js';

/** A field, part of a key or parameter with the value it had. */
export interface NamedValue {
  readonly name: string;
  readonly value: bigint;
}

/** One step of a packet. Where P4 source is known, `source` says which line it comes from. */
export type TraceEvent =
  | { readonly kind: 'parserState'; readonly state: string }
  | {
      readonly kind: 'extracted';
      readonly header: string;
      readonly bytes: number;
      /** Without the varbit field, whose bytes are in the frame. */
      readonly fields: readonly NamedValue[];
    }
  | { readonly kind: 'parserError'; readonly error: string }
  | {
      readonly kind: 'condition';
      readonly name: string;
      readonly result: boolean;
      readonly source: SourceInfo | undefined;
    }
  | {
      readonly kind: 'table';
      readonly table: string;
      /** What was looked up. */
      readonly key: readonly NamedValue[];
      readonly hit: boolean;
      /** Slot of the entry that hit, 0 on a miss. */
      readonly slot: number;
      /** Action that runs, undefined for none. */
      readonly action: string | undefined;
      readonly parameters: readonly NamedValue[];
      readonly source: SourceInfo | undefined;
    }
  | { readonly kind: 'statement'; readonly source: SourceInfo }
  | { readonly kind: 'ingress' | 'egress'; readonly port: number }
  | { readonly kind: 'cloned' | 'multicast'; readonly ports: readonly number[] }
  | { readonly kind: 'digest'; readonly list: number }
  | { readonly kind: 'resubmitted' | 'recirculated' }
  | { readonly kind: 'dropped'; readonly where: 'ingress' | 'egress' }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'sent'; readonly port: number; readonly bytes: number };

/** Everything a received frame gave rise to, in the order it happened. */
export interface PacketTrace {
  readonly port: number;
  readonly frame: Uint8Array;
  readonly events: readonly TraceEvent[];
}

/** Collects the events of the packet under way; traced code and the packet path call it. */
export class Tracer {
  events: TraceEvent[] = [];
  private readonly spec: ProgramSpec;
  private readonly errors: ReadonlyMap<number, string>;

  private readonly layout: Layout;
  private readonly phv: Uint32Array;

  constructor(spec: ProgramSpec, layout: Layout, phv: Uint32Array) {
    this.spec = spec;
    this.layout = layout;
    this.phv = phv;
    this.errors = new Map([...spec.errors].map(([name, code]) => [code, name]));
  }

  add(event: TraceEvent): void {
    this.events.push(event);
  }

  state(state: string): void {
    this.add({ kind: 'parserState', state });
  }

  /** `type` counts in the header types; the header's words begin at `base`. */
  extracted(header: string, bytes: number, type: number, base: number): void {
    const headerType = this.spec.headerTypes[type];
    const fields: NamedValue[] = [];
    if (headerType !== undefined) {
      for (const [i, { type: field, offset, words }] of this.layout.type(headerType).fields.entries()) {
        if (i !== headerType.varbit)
          fields.push({ name: field.name, value: number(this.phv, base + offset, words) });
      }
    }
    this.add({ kind: 'extracted', header, bytes, fields });
  }

  parserError(code: number): void {
    this.add({ kind: 'parserError', error: this.errors.get(code) ?? `${code}` });
  }

  /** `pipeline` 0 is ingress, 1 egress; `node` counts in its nodes. */
  condition(pipeline: number, node: number, result: boolean): void {
    const spec = (pipeline === 0 ? this.spec.ingress : this.spec.egress).nodes[node];
    if (spec !== undefined) this.add({ kind: 'condition', name: spec.name, result, source: spec.source });
  }

  /** `key` and `params` (from `offset`) hold values one after another, in words. */
  table(
    index: number,
    slot: number,
    action: number,
    key: Uint32Array,
    params: Uint32Array,
    offset: number,
  ): void {
    const spec = this.spec.tables[index];
    if (spec === undefined) return;
    const { name, source } = spec;
    const chosen = spec.actions[action];
    this.add({
      kind: 'table',
      table: name,
      key: values(spec.keys, key, 0),
      hit: slot !== 0,
      slot,
      action: chosen?.name,
      parameters: values(chosen?.parameters ?? [], params, offset),
      source,
    });
  }

  statement(action: number, primitive: number): void {
    const source = this.spec.actions[action]?.primitives[primitive]?.source;
    if (source !== undefined) this.add({ kind: 'statement', source });
  }
}

/** The number in `count` words from `at`, most significant first. */
function number(words: Uint32Array, at: number, count: number): bigint {
  let value = 0n;
  for (let i = 0; i < count; i++) value = (value << 32n) | BigInt(words[at + i] ?? 0);
  return value;
}

function values(
  fields: readonly { readonly name: string; readonly width: number }[],
  words: Uint32Array,
  from: number,
): NamedValue[] {
  let at = from;
  return fields.map(({ name, width }) => {
    const count = limbCount(width);
    const value = number(words, at, count);
    at += count;
    return { name, value };
  });
}
