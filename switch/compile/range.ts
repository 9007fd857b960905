import { headerExpressionType } from '../spec/expressions.js';
import { type DataExpression, type FieldType, VALID } from '../spec/types.js';

/** Least and greatest value an expression can take. */
export interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

const SAFE = (1n << 53n) - 1n;
/** Shift distances above this are taken as this: no field is wider, so the bits are gone either way. */
export const MAX_SHIFT = 65_536n;

export function unsigned(width: number): Range {
  return { low: 0n, high: (1n << BigInt(width)) - 1n };
}

export function signed(width: number): Range {
  const half = 1n << BigInt(Math.max(width - 1, 0));
  return { low: -half, high: half - 1n };
}

/** True where every value is exact as a JavaScript number. */
export function isSafe(range: Range): boolean {
  return range.low >= -SAFE && range.high <= SAFE;
}

export function within(inner: Range, outer: Range): boolean {
  return inner.low >= outer.low && inner.high <= outer.high;
}

/** Bits that hold every value: unsigned where none is negative, two's complement otherwise. */
export function bitsFor(range: Range): number {
  if (range.low >= 0n) return bitLength(range.high);
  return Math.max(bitLength(-range.low - 1n), range.high < 0n ? 0 : bitLength(range.high)) + 1;
}

export function union(a: Range, b: Range): Range {
  return hull([a.low, b.low, a.high, b.high]);
}

export function fieldRange(type: FieldType | undefined): Range {
  if (type === undefined) return unsigned(1);
  return type.signed && !type.varbit ? signed(type.width) : unsigned(type.width);
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/**
 * Range of an expression; `parameterWidth` gives the width of an action parameter, `known` remembers what
 * was found out before.
 */
export function rangeOf(
  e: DataExpression,
  parameterWidth: (index: number) => number,
  known: Map<DataExpression, Range>,
): Range {
  let range = known.get(e);
  if (range === undefined) {
    range = compute(e, parameterWidth, (operand) => rangeOf(operand, parameterWidth, known));
    known.set(e, range);
  }
  return range;
}

function compute(
  e: DataExpression,
  parameterWidth: (index: number) => number,
  of: (operand: DataExpression) => Range,
): Range {
  switch (e.kind) {
    case 'constant':
      return { low: e.value, high: e.value };
    case 'field':
      return fieldRange(e.ref.field === VALID ? undefined : e.ref.header.type.fields[e.ref.field]);
    case 'lastField':
      return fieldRange(e.stack.type.fields[e.field]);
    case 'lastUnionField':
      return fieldRange(e.stack.type.members[e.member]?.type.fields[e.field]);
    case 'headerField':
      return fieldRange(e.field === VALID ? undefined : headerExpressionType(e.header).fields[e.field]);
    case 'parameter':
      return unsigned(parameterWidth(e.index));
    case 'register':
      return unsigned(e.register.width);
    case 'lookahead':
      return unsigned(e.width);
    case 'lastIndex':
    case 'stackSize':
      return unsigned(32);
    case 'invert': {
      const { low, high } = of(e.operand);
      return { low: -high - 1n, high: -low - 1n };
    }
    case 'arithmetic':
      return arithmeticRange(e.operator, of(e.left), of(e.right));
    case 'cast':
      return castRange(e.operator, of(e.operand), e.width);
    case 'choose':
      return union(of(e.whenTrue), of(e.whenFalse));
    case 'boolToData':
      return unsigned(1);
  }
}

function castRange(operator: string, operand: Range, width: number): Range {
  const limits = operator === 'saturateUnsigned' ? unsigned(width) : signed(width);
  if (within(operand, limits)) return operand;
  if (operator === 'wrap') return limits;
  return { low: clamp(operand.low, limits), high: clamp(operand.high, limits) };
}

function clamp(value: bigint, limits: Range): bigint {
  return value < limits.low ? limits.low : value > limits.high ? limits.high : value;
}

function arithmeticRange(operator: string, a: Range, b: Range): Range {
  switch (operator) {
    case '+':
      return { low: a.low + b.low, high: a.high + b.high };
    case '-':
      return { low: a.low - b.high, high: a.high - b.low };
    case '*':
      return hull([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]);
    case '/':
      // Defined for operands that are not negative; anything else gives 0 or stays within the dividend.
      return hull([0n, a.high, a.low]);
    case '%':
      return { low: 0n, high: clamp(b.high - 1n, { low: 0n, high: max(a.high, 0n) }) };
    case '<<': {
      const most = shift(b.high);
      return hull([a.low, a.high, a.low << most, a.high << most]);
    }
    case '>>': {
      const least = shift(b.low);
      const most = shift(b.high);
      return hull([a.low >> least, a.low >> most, a.high >> least, a.high >> most]);
    }
    case '&':
      if (a.low >= 0n && b.low >= 0n) return { low: 0n, high: clamp(a.high, { low: 0n, high: b.high }) };
      if (a.low >= 0n) return { low: 0n, high: a.high };
      if (b.low >= 0n) return { low: 0n, high: b.high };
      return signed(bitsFor(union(a, b)));
    default:
      // | and ^ stay within the bits of the wider operand.
      if (a.low >= 0n && b.low >= 0n) return unsigned(bitsFor(union(a, b)));
      return signed(bitsFor(union(union(a, b), { low: -1n, high: 0n })));
  }
}

function shift(distance: bigint): bigint {
  return distance < 0n ? 0n : distance > MAX_SHIFT ? MAX_SHIFT : distance;
}

function max(a: bigint, b: bigint): bigint {
  return hull([a, b]).high;
}

function hull(values: readonly bigint[]): Range {
  let low = values[0] ?? 0n;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
