import type {
  ExtractDestination,
  KeyElement,
  ParserOperation,
  ParserState,
  ProgramSpec,
  Transition,
} from '../spec/types.js';
import { assign } from './assign.js';
import { varbit } from './calculation.js';
import { checksum } from './checksum.js';
import { Context } from './context.js';
import { bool, low } from './expression.js';
import { markValid } from './headers.js';
import type { Layout } from './layout.js';
import { type Address, fieldAddress, memberOffset, plus, position, word } from './places.js';
import { copyVarbit, primitive, type TargetFacts } from './primitives.js';
import type { Source } from './source.js';
import { lookaheadLimbs } from './wide.js';

/** Turns of a loop among parser states after which the parser gives up with ParserTimeout. */
const MOST_TURNS = 10_000;

/** Emits `function parse(start, end)`: reads headers from the packet, returns where the payload begins. */
export function parseFunction(layout: Layout, out: Source, target: TargetFacts, trace: boolean): void {
  new ParserWriter(layout, out, target, trace).write();
}

class ParserWriter {
  private readonly layout: Layout;
  private readonly out: Source;
  private readonly cx: Context;
  private readonly target: TargetFacts;
  private readonly spec: ProgramSpec;
  private readonly loops: boolean;

  constructor(layout: Layout, out: Source, target: TargetFacts, trace: boolean) {
    this.layout = layout;
    this.out = out;
    this.cx = new Context(layout, out, trace);
    this.target = target;
    this.spec = target.spec;
    this.loops = hasLoop(target.spec.parser.states);
  }

  write(): void {
    const { out, spec } = this;
    const { states, start } = spec.parser;
    out.open('function parse(start, end) {');
    out.line(`let c = start, error = ${this.error('NoError')};`);
    if (start >= 0) {
      out.line(`let s = ${start};`);
      if (this.loops) out.line('let turns = 0;');
      out.open('parsing: for (;;) switch (s) {');
      states.forEach((state, index) => {
        this.state(state, index);
      });
      out.close();
    }
    if (this.cx.trace) out.line(`if (error !== ${this.error('NoError')}) trace.parserError(error);`);
    this.setMetadata('parser_error', 'error');
    out.line('payloadAt = c;');
    out.line('payloadEnd = end;');
    this.verifyChecksums();
    out.line('return c;');
    out.close();
  }

  private verifyChecksums(): void {
    const checks = this.spec.checksums.filter((check) => check.verify);
    const field = this.spec.fields.get('standard_metadata.checksum_error');
    if (field === undefined || checks.length === 0) return;
    for (const check of checks)
      checksum(this.cx, check, (expected, actual) => {
        const differs = actual.map((limb, i) => `${limb} !== ${expected[i]}`).join(' || ');
        this.out.line(`if (${differs}) P[${this.layout.field(field)}] = 1;`);
      });
  }

  private setMetadata(name: string, code: string): void {
    const field = this.spec.fields.get(`standard_metadata.${name}`);
    if (field !== undefined) this.out.line(`P[${this.layout.field(field)}] = ${code};`);
  }

  private error(name: string): number {
    return this.spec.errors.get(name) ?? 0;
  }

  private fail(condition: string, name: string): void {
    this.out.line(`if (${condition}) { error = ${this.error(name)}; break parsing; }`);
  }

  private state(state: ParserState, index: number): void {
    const { out } = this;
    out.comment(undefined, `state ${state.name}`);
    out.open(`case ${index}: {`);
    if (this.cx.trace) out.line(`trace.state(${JSON.stringify(state.name)});`);
    if (this.loops) this.fail(`++turns > ${MOST_TURNS}`, 'ParserTimeout');
    for (const operation of state.operations) {
      out.open('{');
      this.operation(operation);
      out.close();
    }
    this.transitions(state);
    out.close();
  }

  private operation(operation: ParserOperation): void {
    const { cx, out } = this;
    switch (operation.kind) {
      case 'extract':
        this.extract(operation);
        break;
      case 'set':
        if (operation.value.kind === 'lookahead')
          this.need((operation.value.offset + operation.value.width + 7) >> 3);
        assign(cx, { kind: 'field', ref: operation.target }, operation.value);
        break;
      case 'setVarbit':
        copyVarbit(cx, varbit(cx, operation.target), varbit(cx, operation.source));
        break;
      case 'verify': {
        const condition = bool(cx, operation.condition);
        out.open(`if (!${condition}) {`);
        out.line(`error = ${low(cx, operation.error, 32)} >>> 0;`);
        out.line('break parsing;');
        out.close();
        break;
      }
      case 'advance': {
        const bits = out.keep(`${low(cx, operation.bits, 32)} >>> 0`);
        this.fail(`(${bits} & 7) !== 0`, 'ParserInvalidArgument');
        this.fail(`end - c < ${bits} >>> 3`, 'PacketTooShort');
        out.line(`c += ${bits} >>> 3;`);
        break;
      }
      case 'primitive':
        primitive(cx, this.target, operation.primitive);
        break;
    }
  }

  /** Emits the check that `bytes` bytes of the packet are left. */
  private need(bytes: number): void {
    if (bytes > 0) this.fail(`end - c < ${bytes}`, 'PacketTooShort');
  }

  private extract(operation: Extract<ParserOperation, { kind: 'extract' }>): void {
    const { cx, out } = this;
    const { destination, type, varbitLength } = operation;
    const id = this.spec.headerTypes.indexOf(type);
    const place = this.destination(destination);
    const fixed = type.fixedBits >> 3;
    if (varbitLength === undefined) {
      this.need(fixed);
      out.line(`x${id}(${position(place.header)}, c);`);
      out.line(`c += ${fixed};`);
      this.traceExtract(destination, `${fixed}`, id, position(place.header));
    } else {
      const bits = out.keep(`${low(cx, varbitLength, 32)} >>> 0`);
      this.fail(`(${bits} & 7) !== 0`, 'ParserInvalidArgument');
      const bytes = out.keep(`${fixed} + (${bits} >>> 3)`);
      this.fail(`end - c < ${bytes}`, 'PacketTooShort');
      const most = (type.fixedBits + (type.fields[type.varbit]?.width ?? 0)) >> 3;
      this.fail(`${bytes} > ${most}`, 'HeaderTooShort');
      out.line(`x${id}(${position(place.header)}, c, ${bits});`);
      out.line(`c += ${bytes};`);
      this.traceExtract(destination, bytes, id, position(place.header));
    }
    if (place.siblings.length > 0) markValid(cx, place.header, place.siblings);
    if (place.next !== undefined) out.line(`P[${place.next}]++;`);
  }

  private traceExtract(destination: ExtractDestination, bytes: string, type: number, base: string): void {
    if (!this.cx.trace) return;
    const name = JSON.stringify(
      destination.kind === 'header' ? destination.header.name : `${destination.stack.name}.next`,
    );
    this.out.line(`trace.extracted(${name}, ${bytes}, ${type}, ${base});`);
  }

  private destination(destination: ExtractDestination): {
    readonly header: Address;
    readonly siblings: readonly number[];
    readonly next: number | undefined;
  } {
    const { layout, out, cx } = this;
    if (destination.kind === 'header') {
      const { header } = destination;
      return {
        header: { base: undefined, offset: layout.base(header) },
        siblings: layout.siblings(header),
        next: undefined,
      };
    }
    const stack = layout.stack(destination.stack);
    this.fail(`P[${stack.next}] >= ${stack.size}`, 'StackOutOfBounds');
    const base = out.keep(`${stack.base} + P[${stack.next}] * ${stack.stride}`, 'h');
    const element = { base, offset: 0 };
    if (destination.kind === 'nextInStack') return { header: element, siblings: [], next: stack.next };
    const { members } = destination.stack.type;
    const own = memberOffset(cx, members, destination.member);
    const siblings = members.flatMap((_, i) =>
      i === destination.member ? [] : [memberOffset(cx, members, i) - own],
    );
    return { header: plus(element, own), siblings, next: stack.next };
  }

  private transitions(state: ParserState): void {
    const { out } = this;
    const keys = state.transitions.length === 0 ? [] : state.keys.map((key) => this.keyWords(key));
    for (const transition of state.transitions) {
      const condition = this.matches(transition, state.keys, keys);
      if (condition === 'false') continue;
      out.line(
        condition === 'true' ? this.go(transition.next) : `if (${condition}) ${this.go(transition.next)}`,
      );
      if (condition === 'true') return;
    }
    out.line(this.go(state.defaultNext));
  }

  private go(next: number): string {
    return next < 0 ? 'break parsing;' : `{ s = ${next}; continue; }`;
  }

  /** The bits of a key element as unsigned words. */
  private keyWords(key: KeyElement): string[] {
    const { cx, out } = this;
    const { value } = key;
    if (value.kind === 'lookahead') {
      this.need((value.offset + value.width + 7) >> 3);
      return lookaheadLimbs(value.offset, value.width).map((limb) => out.keep(limb, 'k'));
    }
    const field = fieldAddress(cx, value);
    return Array.from({ length: field.words }, (_, i) => out.keep(word(field, i), 'k'));
  }

  private matches(
    transition: Transition,
    elements: readonly KeyElement[],
    keys: readonly (readonly string[])[],
  ): string {
    if (transition.kind === 'valueSet') {
      const { out } = this;
      const set = `V${transition.set.index}`;
      let at = 0;
      keys.forEach((words) => {
        for (const limb of words) out.line(`${set}.key[${at++}] = ${limb};`);
      });
      return `${set}.contains()`;
    }
    const tests: string[] = [];
    elements.forEach((element, i) => {
      const full = (1n << BigInt(element.width)) - 1n;
      const given = transition.masks[i] ?? -1n;
      const wanted = (transition.values[i] ?? 0n) & (given < 0n ? (transition.values[i] ?? 0n) : given);
      // Set bits in the byte padding can never match.
      if (wanted > full) tests.push('false');
      const mask = given & full;
      const count = keys[i]?.length ?? 0;
      const masks = splitWords(mask, count, element.width);
      const values = splitWords(wanted, count, element.width);
      keys[i]?.forEach((limb, k) => {
        const top = k === 0 ? element.width - 32 * (count - 1) : 32;
        const m = masks[k] ?? 0;
        if (m === 0) return;
        const whole = m === 2 ** top - 1;
        const masked = whole ? limb : m > 0x7fff_ffff ? `(${limb} & ${m}) >>> 0` : `(${limb} & ${m})`;
        tests.push(`${masked} === ${values[k]}`);
      });
    });
    if (tests.includes('false')) return 'false';
    return tests.length === 0
      ? 'true'
      : tests.map((test) => (tests.length > 1 ? `(${test})` : test)).join(' && ');
  }
}

function splitWords(value: bigint, count: number, width: number): number[] {
  const cut = BigInt.asUintN(Math.max(width, 1), value);
  return Array.from({ length: count }, (_, i) =>
    Number(BigInt.asUintN(32, cut >> BigInt(32 * (count - 1 - i)))),
  );
}

/** True where a state can be reached from itself. */
function hasLoop(states: readonly ParserState[]): boolean {
  const done = new Set<number>();
  const open = new Set<number>();
  const visit = (index: number): boolean => {
    const state = states[index];
    if (state === undefined || done.has(index)) return false;
    if (open.has(index)) return true;
    open.add(index);
    const loop = [...state.transitions.map((transition) => transition.next), state.defaultNext].some(visit);
    open.delete(index);
    done.add(index);
    return loop;
  };
  return states.some((_, index) => visit(index));
}
