import type { DataExpression, Primitive, ProgramSpec, Target } from '../spec/types.js';
import { assign, assignWords, readRegister, writeRegister } from './assign.js';
import { big } from './big.js';
import { serialise, varbit } from './calculation.js';
import type { Context } from './context.js';
import { bool, index, low, num } from './expression.js';
import { assignHeader, assignStack, assignUnion, setInvalid, setValid, shiftStack } from './headers.js';
import type { PacketRegister } from './layout.js';
import { isSafe } from './range.js';

/** What primitives need to know of the program and the switch it runs in. */
export interface TargetFacts {
  readonly spec: ProgramSpec;
  readonly dropPort: number;
  /** Width in bits of each calculation's algorithm. */
  readonly hashBits: readonly number[];
}

/** simple_switch marks a requested clone with bit 15, so that session 0 is one, too. */
const CLONE_REQUESTED = 0x8000;

/** Emits one primitive; jumps are the caller's. */
export function primitive(cx: Context, target: TargetFacts, p: Primitive): void {
  switch (p.kind) {
    case 'assign':
      assign(cx, p.target, p.value);
      break;
    case 'assignVarbit':
      assignVarbit(cx, p);
      break;
    case 'assignHeader':
      assignHeader(cx, p.target, p.value);
      break;
    case 'assignUnion':
      assignUnion(cx, p.target, p.value);
      break;
    case 'assignHeaderStack':
    case 'assignUnionStack':
      assignStack(cx, p.target, p.value);
      break;
    case 'push':
    case 'pop':
      shiftStack(cx, p.kind, p.stack, p.count);
      break;
    case 'setValid':
      setValid(cx, p.header, p.reset);
      break;
    case 'setInvalid':
      setInvalid(cx, p.header);
      break;
    case 'exit':
      cx.out.line(`P[${cx.layout.register('exit')}] = 1;`);
      break;
    case 'markToDrop':
      markToDrop(cx, target, p);
      break;
    case 'digest':
      setRegister(cx, 'digest', p.list);
      break;
    case 'clone':
      cx.out.line(
        `P[${cx.layout.register('cloneSession')}] = ${low(cx, p.session, 16)} & 32767 | ${CLONE_REQUESTED};`,
      );
      setRegister(cx, 'cloneFieldList', p.fieldList);
      break;
    case 'resubmit':
    case 'recirculate':
      setRegister(cx, p.kind, p.fieldList);
      break;
    case 'truncate': {
      const length = cx.out.keep(index(cx, p.length));
      const register = `P[${cx.layout.register('truncate')}]`;
      cx.out.line(`if (${register} === 0 || ${length} < ${register} - 1) ${register} = ${length} + 1;`);
      break;
    }
    case 'count':
      cx.out.line(`C${p.counter.index}.count(${index(cx, p.index)}, ${ingressLength(cx)});`);
      break;
    case 'executeMeter': {
      const i = cx.out.keep(index(cx, p.index), 'i');
      cx.out.open(`if (${i} < ${p.meter.size}) {`);
      assignWords(cx, p.target, [`M${p.meter.index}.execute(${i}, ${ingressLength(cx)}, now())`]);
      cx.out.close();
      break;
    }
    case 'registerRead':
      readRegister(cx, p.target, p.register, p.index);
      break;
    case 'registerWrite':
      writeRegister(cx, p.register, p.index, p.value);
      break;
    case 'hash':
      hash(cx, target, p);
      break;
    case 'random':
      random(cx, p.target, p.low, p.high);
      break;
    case 'assert':
    case 'assume': {
      const where = p.source === undefined ? '' : `${p.source.file}:${p.source.line}: ${p.source.fragment}`;
      cx.out.line(`if (!${bool(cx, p.value)}) fail(${JSON.stringify(p.kind)}, ${JSON.stringify(where)});`);
      break;
    }
    case 'log': {
      const values = p.values.map((value) => big(cx, value));
      cx.out.line(`log(${JSON.stringify(p.format)}, [${values.join(', ')}]);`);
      break;
    }
    case 'noOp':
    case 'jump':
    case 'jumpIfZero':
      break;
  }
}

/** Bytes of the packet as it came in: what counters and meters count. */
export function ingressLength(cx: Context): string {
  return `P[${cx.layout.register('ingressLength')}]`;
}

function setRegister(cx: Context, register: PacketRegister, value: DataExpression): void {
  cx.out.line(`P[${cx.layout.register(register)}] = ${low(cx, value, 16)} & 65535;`);
}

function assignVarbit(cx: Context, p: Extract<Primitive, { kind: 'assignVarbit' }>): void {
  const to = varbit(cx, p.target);
  const from = varbit(cx, p.value);
  copyVarbit(cx, to, from);
}

type Varbit = ReturnType<typeof varbit>;

/** Emits a copy of a varbit field, its length included. */
export function copyVarbit(cx: Context, to: Varbit, from: Varbit): void {
  const words = Math.min(to.words, from.words);
  const fromBase = from.base + from.words - words;
  const toBase = to.base + to.words - words;
  if (to.words > words) cx.out.line(`P.fill(0, ${to.base}, ${toBase});`);
  cx.out.line(`P.copyWithin(${toBase}, ${fromBase}, ${fromBase + words});`);
  cx.out.line(`${to.bits} = Math.min(${from.bits}, ${to.words * 32});`);
}

function markToDrop(cx: Context, target: TargetFacts, p: Extract<Primitive, { kind: 'markToDrop' }>): void {
  const name = p.header?.name ?? 'standard_metadata';
  const group = p.header === undefined ? 'intrinsic_metadata' : name;
  const spec = target.spec.fields.get(`${name}.egress_spec`);
  const multicast = target.spec.fields.get(`${group}.mcast_grp`);
  if (spec !== undefined)
    assign(cx, { kind: 'field', ref: spec }, { kind: 'constant', value: BigInt(target.dropPort) });
  if (multicast !== undefined) assign(cx, { kind: 'field', ref: multicast }, { kind: 'constant', value: 0n });
}

/** base + hash % size, size 0 taken as 1; in 64-bit arithmetic as simple_switch does it. */
function hash(cx: Context, target: TargetFacts, p: Extract<Primitive, { kind: 'hash' }>): void {
  const { calculation } = p;
  const wide = (target.hashBits[calculation.index] ?? 64) > 32;
  const length = serialise(cx, calculation.inputs, calculation.payload);
  const name = `A${calculation.index}`;
  const h = cx.out.keep(`${name}.low(H, ${length})`);
  const base = cx.range(p.base);
  const size = cx.range(p.size);
  const most = base.high + size.high;
  if (base.low >= 0n && size.low >= 0n && most < 1n << 53n && (!wide || size.high <= 1n << 32n)) {
    const n = cx.out.keep(size.low > 0n ? num(cx, p.size) : `${num(cx, p.size)} || 1`);
    const remainder = wide ? `hashModulo(${name}.high(), ${h}, ${n})` : `${h} % ${n}`;
    const v = cx.out.keep(`${remainder} + ${num(cx, p.base)}`);
    const words = most < 1n << 32n ? [v] : [`Math.floor(${v} / 4294967296)`, `${v} >>> 0`];
    assignWords(cx, p.target, words);
    return;
  }
  const value = `hashBig(${name}.high(), ${h}, ${big(cx, p.size)}, ${big(cx, p.base)})`;
  assignWords(cx, p.target, bigWords(cx, value));
}

/** A uniform choice from low to high; where low exceeds high the target keeps its value. */
function random(cx: Context, target: Target, least: DataExpression, most: DataExpression): void {
  if (isSafe(cx.range(least)) && isSafe(cx.range(most))) {
    const a = cx.out.keep(num(cx, least));
    const b = cx.out.keep(num(cx, most));
    cx.out.open(`if (${a} <= ${b}) {`);
    const v = cx.out.keep(`${a} + Math.floor(random() * (${b} - ${a} + 1))`);
    assignWords(cx, target, [`Math.floor(${v} / 4294967296) >>> 0`, `${v} >>> 0`]);
    cx.out.close();
    return;
  }
  const a = cx.out.keep(`BigInt.asUintN(64, ${big(cx, least)})`, 'n');
  const b = cx.out.keep(`BigInt.asUintN(64, ${big(cx, most)})`, 'n');
  cx.out.open(`if (${a} <= ${b}) {`);
  assignWords(cx, target, bigWords(cx, `randomBig(${a}, ${b})`));
  cx.out.close();
}

function bigWords(cx: Context, code: string): string[] {
  const n = cx.out.keep(code, 'n');
  return [`Number(BigInt.asUintN(32, ${n} >> 32n))`, `Number(BigInt.asUintN(32, ${n}))`];
}
