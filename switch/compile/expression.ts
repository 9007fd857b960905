import { headerExpressionType, unionExpressionType } from '../spec/expressions.js';
import type { BoolExpression, DataExpression, HeaderExpression } from '../spec/types.js';
import { big } from './big.js';
import type { Context } from './context.js';
import { loadBits } from './packet-bits.js';
import {
  type FieldAddress,
  fieldAddress,
  headerAddress,
  isMetadata,
  memberOffset,
  unionAddress,
  word,
} from './places.js';
import { bitsFor, isSafe, type Range, union, unsigned, within } from './range.js';
import { limbs } from './wide.js';

/**
 * Expressions as JavaScript numbers. `num` is exact and asks for a range that fits; `low` keeps only the low
 * bits right, which is all an assignment or a mask looks at, and so stays in 32-bit arithmetic.
 */

const INT32: Range = { low: -(1n << 31n), high: (1n << 31n) - 1n };
const UINT31 = unsigned(31);
const UINT32 = unsigned(32);
const TWO32 = '4294967296';

type Arithmetic = Extract<DataExpression, { kind: 'arithmetic' }>;

/** The exact value; the expression's range must be safe. */
export function num(cx: Context, e: DataExpression): string {
  const range = cx.range(e);
  if (range.low === range.high) return literal(range.low);
  switch (e.kind) {
    case 'constant':
      return literal(e.value);
    case 'field':
    case 'lastField':
    case 'lastUnionField':
    case 'headerField':
      return fieldNum(fieldAddress(cx, e));
    case 'parameter': {
      const offset = cx.parameterOffset(e.index);
      return cx.parameterWidth(e.index) <= 32
        ? data(offset)
        : `(${data(offset)} * ${TWO32} + ${data(offset + 1)})`;
    }
    case 'lookahead':
      return e.width <= 32 ? loadBits('c', e.offset, e.width) : fromLimbs(range, limbs(cx, e, 2));
    case 'register':
      return fromLimbs(range, limbs(cx, e, e.register.width <= 32 ? 1 : 2));
    case 'lastIndex': {
      const { next } = cx.layout.stack(e.stack);
      return `(P[${next}] === 0 ? 4294967295 : P[${next}] - 1)`;
    }
    case 'stackSize':
      return `P[${cx.layout.stack(e.stack).next}]`;
    case 'invert':
      if (!isSafe(cx.range(e.operand))) return fromLimbs(range, limbs(cx, e, 2));
      return `(-1 - ${num(cx, e.operand)})`;
    case 'arithmetic':
      return arithmetic(cx, e, range);
    case 'cast':
      return cast(cx, e, range);
    case 'choose':
      return `(${bool(cx, e.condition)} ? ${num(cx, e.whenTrue)} : ${num(cx, e.whenFalse)})`;
    case 'boolToData':
      return `(${bool(cx, e.operand)} ? 1 : 0)`;
  }
}

/** A number that agrees with the value in its low `bits` (at most 32) bits. */
export function low(cx: Context, e: DataExpression, bits: number): string {
  if (bits <= 0) return '0';
  if (isSafe(cx.range(e)) && isNumeric(cx, e)) return num(cx, e);
  switch (e.kind) {
    case 'constant':
      return literal(BigInt.asUintN(32, e.value));
    case 'field':
    case 'lastField':
    case 'lastUnionField':
    case 'headerField': {
      const field = fieldAddress(cx, e);
      return word(field, field.words - 1);
    }
    case 'invert':
      return `(~${low(cx, e.operand, bits)})`;
    case 'choose':
      return `(${bool(cx, e.condition)} ? ${low(cx, e.whenTrue, bits)} : ${low(cx, e.whenFalse, bits)})`;
    case 'arithmetic':
      switch (e.operator) {
        case '+':
        case '-':
          return `(${low(cx, e.left, bits)} ${e.operator} ${low(cx, e.right, bits)} | 0)`;
        case '*':
          return `Math.imul(${low(cx, e.left, bits)}, ${low(cx, e.right, bits)})`;
        case '&':
          if (keepsLow(e.right, bits)) return low(cx, e.left, bits);
          return `(${low(cx, e.left, bits)} & ${low(cx, e.right, bits)})`;
        case '|':
        case '^':
          return `(${low(cx, e.left, bits)} ${e.operator} ${low(cx, e.right, bits)})`;
        case '<<': {
          const by = shiftAmount(cx, e.right);
          if (/^\d+$/.test(by)) {
            const distance = Number(by);
            return distance >= bits ? '0' : `(${low(cx, e.left, bits - distance)} << ${distance})`;
          }
          const s = cx.out.keep(by, 's');
          return `(${s} < 32 ? ${low(cx, e.left, bits)} << ${s} : 0)`;
        }
        default:
          return limbs(cx, e, 1)[0] ?? '0';
      }
    default:
      return limbs(cx, e, 1)[0] ?? '0';
  }
}

/** True for a constant with all of the low `bits` bits set, which masks nothing that matters. */
function keepsLow(e: DataExpression, bits: number): boolean {
  return e.kind === 'constant' && BigInt.asUintN(bits, e.value) === (1n << BigInt(bits)) - 1n;
}

/** True where `num` computes a safe expression in numbers rather than from its words. */
export function isNumeric(cx: Context, e: DataExpression): boolean {
  switch (e.kind) {
    case 'invert':
      return isSafe(cx.range(e.operand));
    case 'cast':
      if (e.operator !== 'wrap' || e.width <= 32) return true;
      return isSafe(cx.range(e.operand)) && within(cx.range(e.operand), cx.range(e));
    case 'arithmetic': {
      const left = cx.range(e.left);
      const right = cx.range(e.right);
      switch (e.operator) {
        case '&':
          return within(left, UINT32) || within(right, UINT32);
        case '|':
        case '^':
          return (
            (within(left, INT32) && within(right, INT32)) || (within(left, UINT32) && within(right, UINT32))
          );
        case '>>':
          return isSafe(left);
        case '/':
        case '%':
          return true;
        default:
          return isSafe(left) && isSafe(right);
      }
    }
    default:
      return true;
  }
}

/** A shift distance as a number, never more than a few thousand times too small to matter. */
export function shiftAmount(cx: Context, e: DataExpression): string {
  if (isSafe(cx.range(e))) return num(cx, e);
  const words = limbs(cx, e, Math.ceil(bitsFor(cx.range(e)) / 32));
  const high = words.slice(0, -1).map((limb) => `${limb} === 0`);
  return `(${high.join(' && ')} ? ${words.at(-1)} : 65536)`;
}

/** An index into an array; what does not fit in 32 bits becomes an index no array has. */
export function index(cx: Context, e: DataExpression): string {
  const range = cx.range(e);
  if (range.low >= 0n && isSafe(range)) return num(cx, e);
  return `(${low(cx, e, 32)} >>> 0)`;
}

function fieldNum(field: FieldAddress): string {
  const { type } = field;
  if (type === undefined) return word(field);
  const signed = type.signed && !type.varbit;
  if (field.words === 1) return signed ? signExtend(word(field), type.width) : word(field);
  const high = signed ? signExtend(word(field), type.width - 32) : word(field);
  return `(${high} * ${TWO32} + ${word(field, 1)})`;
}

/** Reads the low `width` bits of a 32-bit value as a signed number. */
export function signExtend(value: string, width: number): string {
  return width >= 32 ? `(${value} | 0)` : `(${value} << ${32 - width} >> ${32 - width})`;
}

function arithmetic(cx: Context, e: Arithmetic, range: Range): string {
  const left = cx.range(e.left);
  const right = cx.range(e.right);
  const safe = isSafe(left) && isSafe(right);
  switch (e.operator) {
    case '+':
    case '-':
    case '*':
      if (!safe) break;
      return `(${num(cx, e.left)} ${e.operator} ${num(cx, e.right)})`;
    case '/':
    case '%':
      return division(cx, e, left, right);
    case '&':
      // The operand known to be short cuts off what the other has wrong above.
      if (within(right, UINT32))
        return mask(`${num(cx, e.right)} & ${low(cx, e.left, bitsFor(right))}`, range);
      if (within(left, UINT32)) return mask(`${num(cx, e.left)} & ${low(cx, e.right, bitsFor(left))}`, range);
      break;
    case '|':
    case '^': {
      const code = () => `${num(cx, e.left)} ${e.operator} ${num(cx, e.right)}`;
      if (within(left, INT32) && within(right, INT32)) return `(${code()})`;
      if (within(left, UINT32) && within(right, UINT32)) return `((${code()}) >>> 0)`;
      break;
    }
    case '<<': {
      if (!safe) break;
      if (right.low === right.high) return `(${num(cx, e.left)} * ${2 ** Number(right.low)})`;
      return `(${num(cx, e.left)} * POW[${num(cx, e.right)}])`;
    }
    case '>>':
      return shiftRight(cx, e, left, range);
  }
  return fromLimbs(range, limbs(cx, e, 2));
}

function mask(code: string, range: Range): string {
  return range.high > UINT31.high ? `((${code}) >>> 0)` : `(${code})`;
}

function division(cx: Context, e: Arithmetic, left: Range, right: Range): string {
  if (!isSafe(left) || !isSafe(right)) return `Number(${big(cx, e)})`;
  const a = num(cx, e.left);
  const b = cx.out.keep(num(cx, e.right));
  const quotient =
    e.operator === '%'
      ? `${a} % ${b}`
      : within(left, UINT32)
        ? `${a} / ${b} >>> 0`
        : `Math.trunc(${a} / ${b})`;
  return right.low > 0n ? `(${quotient})` : `(${b} > 0 ? ${quotient} : 0)`;
}

function shiftRight(cx: Context, e: Arithmetic, left: Range, range: Range): string {
  if (!isSafe(left)) return fromLimbs(range, limbs(cx, e, 2));
  const by = shiftAmount(cx, e.right);
  const a = num(cx, e.left);
  if (/^\d+$/.test(by)) {
    const distance = Number(by);
    if (within(left, UINT32)) return distance > 31 ? '0' : `(${a} >>> ${distance})`;
    if (within(left, INT32)) return `(${a} >> ${Math.min(distance, 31)})`;
    return `Math.floor(${a} / ${2 ** Math.min(distance, 63)})`;
  }
  const s = cx.out.keep(by, 's');
  if (within(left, UINT32)) return `(${s} < 32 ? ${a} >>> ${s} : 0)`;
  if (within(left, INT32)) return `(${a} >> (${s} < 31 ? ${s} : 31))`;
  return `Math.floor(${a} / POW[${s} < 63 ? ${s} : 63])`;
}

function cast(cx: Context, e: Extract<DataExpression, { kind: 'cast' }>, range: Range): string {
  const operand = cx.range(e.operand);
  if (within(operand, range) && isSafe(operand)) return num(cx, e.operand);
  if (e.operator === 'wrap') {
    if (e.width <= 32) return signExtend(low(cx, e.operand, e.width), e.width);
    return fromLimbs(range, limbs(cx, e, 2));
  }
  if (!isSafe(operand)) return `Number(${big(cx, e)})`;
  const limits =
    e.operator === 'saturateUnsigned'
      ? unsigned(e.width)
      : { low: -(1n << BigInt(e.width - 1)), high: (1n << BigInt(e.width - 1)) - 1n };
  let code = num(cx, e.operand);
  if (operand.low < limits.low) code = `Math.max(${code}, ${literal(limits.low)})`;
  if (operand.high > limits.high) code = `Math.min(${code}, ${literal(limits.high)})`;
  return code;
}

/** The exact value from its low words, where the range says that two are enough. */
function fromLimbs(range: Range, words: readonly string[]): string {
  const lowest = words.at(-1) ?? '0';
  if (within(range, UINT32)) return lowest;
  const high = words.at(-2) ?? '0';
  return `(${range.low < 0n ? `(${high} | 0)` : high} * ${TWO32} + ${lowest})`;
}

function data(offset: number): string {
  return offset === 0 ? 'a[o]' : `a[o + ${offset}]`;
}

export function literal(value: bigint): string {
  return value < 0n ? `(${value})` : `${value}`;
}

/** A condition as a JavaScript condition. */
export function bool(cx: Context, e: BoolExpression): string {
  switch (e.kind) {
    case 'boolConstant':
      return e.value ? 'true' : 'false';
    case 'compare':
      return compare(cx, e.operator, e.left, e.right);
    case 'sameHeader':
      return sameHeader(cx, e.left, e.right);
    case 'sameUnion': {
      const left = unionExpressionType(e.left).members;
      if (left.length !== unionExpressionType(e.right).members.length) return 'false';
      const same = left.map((_, member) =>
        sameHeader(
          cx,
          { kind: 'unionMember', union: e.left, member },
          { kind: 'unionMember', union: e.right, member },
        ),
      );
      return `(${same.join(' || ')})`;
    }
    case 'sameBool':
      return `(${bool(cx, e.left)} === ${bool(cx, e.right)})`;
    case 'and':
      return `(${bool(cx, e.left)} && ${bool(cx, e.right)})`;
    case 'or':
      return `(${bool(cx, e.left)} || ${bool(cx, e.right)})`;
    case 'not':
      return `!${bool(cx, e.operand)}`;
    case 'isValid':
      return isMetadata(e.header) ? 'true' : `(${word(headerAddress(cx, e.header))} !== 0)`;
    case 'isUnionValid': {
      const base = unionAddress(cx, e.union);
      const { members } = unionExpressionType(e.union);
      return `((${members.map((_, i) => word(base, memberOffset(cx, members, i))).join(' | ')}) !== 0)`;
    }
    case 'dataToBool':
      return compare(cx, '!=', e.operand, { kind: 'constant', value: 0n });
    case 'chooseBool':
      return `(${bool(cx, e.condition)} ? ${bool(cx, e.whenTrue)} : ${bool(cx, e.whenFalse)})`;
  }
}

/** BMv2's header equality: of one type, both valid, all fields equal. */
function sameHeader(cx: Context, left: HeaderExpression, right: HeaderExpression): string {
  const type = headerExpressionType(left);
  if (type !== headerExpressionType(right)) return 'false';
  const a = headerAddress(cx, left);
  const b = headerAddress(cx, right);
  const tests = isMetadata(left) ? [] : [`${word(a)} !== 0`, `${word(b)} !== 0`];
  for (const field of cx.layout.type(type).fields)
    for (let i = 0; i < field.words; i++)
      tests.push(`${word(a, field.offset + i)} === ${word(b, field.offset + i)}`);
  return `(${tests.join(' && ')})`;
}

function compare(cx: Context, operator: string, left: DataExpression, right: DataExpression): string {
  const a = cx.range(left);
  const b = cx.range(right);
  const js = operator === '==' ? '===' : operator === '!=' ? '!==' : operator;
  if (isSafe(a) && isSafe(b)) return `(${num(cx, left)} ${js} ${num(cx, right)})`;
  const both = union(a, b);
  const count = Math.ceil(bitsFor(both) / 32);
  const l = limbs(cx, left, count);
  const r = limbs(cx, right, count);
  if (operator === '==') return `(${l.map((limb, i) => `${limb} === ${r[i]}`).join(' && ')})`;
  if (operator === '!=') return `(${l.map((limb, i) => `${limb} !== ${r[i]}`).join(' || ')})`;
  const strict = operator.slice(0, 1);
  let code = 'false';
  for (let i = count - 1; i >= 0; i--) {
    const signed = i === 0 && both.low < 0n ? ' | 0' : '';
    const x = cx.out.keep(`${l[i]}${signed}`);
    const y = cx.out.keep(`${r[i]}${signed}`);
    code = i === count - 1 ? `(${x} ${operator} ${y})` : `(${x} ${strict} ${y} || ${x} === ${y} && ${code})`;
  }
  return code;
}
