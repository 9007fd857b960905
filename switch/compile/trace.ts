import type { ProgramSpec, SourceInfo } from '../spec/types.js';

/** One step of a packet. Where P4 source is known, `source` says which line it comes from. */
export type TraceEvent =
  | { readonly kind: 'parserState'; readonly state: string }
  | { readonly kind: 'extracted'; readonly header: string; readonly bytes: number }
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
      readonly hit: boolean;
      /** Slot of the entry that hit, 0 on a miss. */
      readonly slot: number;
      /** Action that runs, undefined for none. */
      readonly action: string | undefined;
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

  constructor(spec: ProgramSpec) {
    this.spec = spec;
    this.errors = new Map([...spec.errors].map(([name, code]) => [code, name]));
  }

  add(event: TraceEvent): void {
    this.events.push(event);
  }

  state(state: string): void {
    this.add({ kind: 'parserState', state });
  }

  extracted(header: string, bytes: number): void {
    this.add({ kind: 'extracted', header, bytes });
  }

  parserError(code: number): void {
    this.add({ kind: 'parserError', error: this.errors.get(code) ?? `${code}` });
  }

  /** `pipeline` 0 is ingress, 1 egress; `node` counts in its nodes. */
  condition(pipeline: number, node: number, result: boolean): void {
    const spec = (pipeline === 0 ? this.spec.ingress : this.spec.egress).nodes[node];
    if (spec !== undefined) this.add({ kind: 'condition', name: spec.name, result, source: spec.source });
  }

  table(index: number, slot: number, action: number): void {
    const spec = this.spec.tables[index];
    if (spec === undefined) return;
    const { name, source } = spec;
    this.add({
      kind: 'table',
      table: name,
      hit: slot !== 0,
      slot,
      action: spec.actions[action]?.name,
      source,
    });
  }

  statement(action: number, primitive: number): void {
    const source = this.spec.actions[action]?.primitives[primitive]?.source;
    if (source !== undefined) this.add({ kind: 'statement', source });
  }
}
