import { limbCount } from '../runtime/index.js';
import type { DataExpression } from '../spec/types.js';
import { big } from './big.js';
import type { Context } from './context.js';
import { bool, isNumeric, low, num } from './expression.js';
import { loadBits } from './packet-bits.js';
import { type FieldAddress, fieldAddress, word } from './places.js';
import { isSafe, unsigned, within } from './range.js';

type Arithmetic = Extract<DataExpression, { kind: 'arithmetic' }>;

/**
 * The low `count` words of a value's two's complement, most significant first, each an unsigned 32-bit
 * expression without side effects.
 */
export function limbs(cx: Context, e: DataExpression, count: number): string[] {
  switch (e.kind) {
    case 'constant':
      return constantLimbs(e.value, count);
    case 'field':
    case 'lastField':
    case 'lastUnionField':
    case 'headerField':
      return fieldLimbs(cx, fieldAddress(cx, e), count);
    case 'parameter': {
      const words = limbCount(cx.parameterWidth(e.index));
      const offset = cx.parameterOffset(e.index);
      return resize(
        Array.from({ length: words }, (_, i) => `a[o + ${offset + i}]`),
        count,
      );
    }
    case 'register':
      return registerLimbs(cx, e, count);
    case 'lookahead':
      return resize(lookaheadLimbs(e.offset, e.width), count);
    default:
      break;
  }
  const range = cx.range(e);
  if (range.low === range.high) return constantLimbs(range.low, count);
  if (isSafe(range) && isNumeric(cx, e))
    return numberLimbs(cx, num(cx, e), count, within(range, unsigned(32)), range.low < 0n);
  switch (e.kind) {
    case 'invert':
      return limbs(cx, e.operand, count).map((limb) => cx.out.keep(`~${limb} >>> 0`));
    case 'choose': {
      const condition = cx.out.keep(bool(cx, e.condition), 'b');
      const whenTrue = limbs(cx, e.whenTrue, count);
      const whenFalse = limbs(cx, e.whenFalse, count);
      return whenTrue.map((limb, i) => cx.out.keep(`${condition} ? ${limb} : ${whenFalse[i]}`));
    }
    case 'cast':
      if (e.operator !== 'wrap') return bigLimbs(cx, e, count);
      return wrapLimbs(cx, e.operand, e.width, count);
    case 'arithmetic':
      return arithmeticLimbs(cx, e, count);
    default:
      return bigLimbs(cx, e, count);
  }
}

export function constantLimbs(value: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    BigInt.asUintN(32, value >> BigInt(32 * (count - 1 - i))).toString(),
  );
}

/** Drops or adds (zero) words at the most significant end. */
function resize(words: readonly string[], count: number): string[] {
  if (words.length >= count) return words.slice(words.length - count);
  return [...Array.from({ length: count - words.length }, () => '0'), ...words];
}

function fieldLimbs(cx: Context, field: FieldAddress, count: number): string[] {
  const words = Array.from({ length: field.words }, (_, i) => word(field, i));
  const { type } = field;
  if (type === undefined || !type.signed || type.varbit) return resize(words, count);
  return extend(cx, words, type.width, count);
}

/** Sign-extends the low `width` bits of some words to `count` words. */
function extend(cx: Context, words: readonly string[], width: number, count: number): string[] {
  const used = limbCount(width);
  const kept = resize(words, used);
  if (count < used) return resize(kept, count);
  const shift = used * 32 - width;
  const top = cx.out.keep(shift === 0 ? `${kept[0]} | 0` : `${kept[0]} << ${shift} >> ${shift}`);
  const full = [`(${top} >>> 0)`, ...kept.slice(1)];
  if (count === used) return full;
  const sign = cx.out.keep(`${top} >> 31 >>> 0`);
  return [...Array.from({ length: count - used }, () => sign), ...full];
}

/** Words of an exact number; it may be anything within 53 bits and a sign. */
function numberLimbs(
  cx: Context,
  value: string,
  count: number,
  isUint32: boolean,
  mayBeNegative: boolean,
): string[] {
  const t = cx.out.keep(value);
  if (isUint32) return resize([t], count);
  const lowest = cx.out.keep(`${t} >>> 0`);
  if (count === 1) return [lowest];
  const high = cx.out.keep(`Math.floor(${t} / 4294967296) >>> 0`);
  const sign = mayBeNegative && count > 2 ? cx.out.keep(`${t} < 0 ? 4294967295 : 0`) : '0';
  return [...Array.from({ length: count - 2 }, () => sign), high, lowest];
}

/** A register cell; an index out of range reads as zero. */
function registerLimbs(
  cx: Context,
  e: Extract<DataExpression, { kind: 'register' }>,
  count: number,
): string[] {
  const { index, size, width } = e.register;
  const words = limbCount(width);
  const i = cx.out.keep(`${low(cx, e.index, 32)} >>> 0`, 'i');
  return resize(
    Array.from({ length: words }, (_, k) =>
      cx.out.keep(`${i} < ${size} ? R${index}[${i} * ${words} + ${k}] : 0`),
    ),
    count,
  );
}

/** Words of `width` bits of the packet, `offset` bits from the parser's position. */
export function lookaheadLimbs(offset: number, width: number): string[] {
  const words: string[] = [];
  let at = offset;
  let left = width;
  while (left > 0) {
    const bits = left % 32 === 0 ? 32 : left % 32;
    words.push(loadBits('c', at, bits));
    at += bits;
    left -= bits;
  }
  return words;
}

function wrapLimbs(cx: Context, operand: DataExpression, width: number, count: number): string[] {
  if (count * 32 <= width) return limbs(cx, operand, count);
  return extend(cx, limbs(cx, operand, Math.ceil(width / 32)), width, count);
}

function arithmeticLimbs(cx: Context, e: Arithmetic, count: number): string[] {
  switch (e.operator) {
    case '+':
    case '-':
      return sum(cx, limbs(cx, e.left, count), limbs(cx, e.right, count), e.operator);
    case '&':
    case '|':
    case '^': {
      const left = limbs(cx, e.left, count);
      const right = limbs(cx, e.right, count);
      return left.map((limb, i) => bitwise(cx, e.operator, limb, right[i] ?? '0'));
    }
    case '<<': {
      const { low: least, high: most } = cx.range(e.right);
      if (least !== most || least < 0n) return bigLimbs(cx, e, count);
      if (least >= BigInt(32 * count)) return constantLimbs(0n, count);
      return shiftLeft(cx, limbs(cx, e.left, count), Number(least));
    }
    case '>>': {
      const { low: least, high: most } = cx.range(e.right);
      if (least !== most || least < 0n || least > 65_536n) return bigLimbs(cx, e, count);
      const distance = Number(least);
      const words = count + Math.ceil(distance / 32);
      return shiftRight(cx, limbs(cx, e.left, words), distance, count);
    }
    case '*': {
      if (count === 1)
        return [cx.out.keep(`Math.imul(${low(cx, e.left, 32)}, ${low(cx, e.right, 32)}) >>> 0`)];
      if (count > 2) return bigLimbs(cx, e, count);
      const [ah, al] = limbs(cx, e.left, 2);
      const [bh, bl] = limbs(cx, e.right, 2);
      const x = cx.out.keep(al ?? '0');
      const y = cx.out.keep(bl ?? '0');
      return [
        cx.out.keep(`highProduct(${x}, ${y}) + Math.imul(${ah}, ${y}) + Math.imul(${x}, ${bh}) >>> 0`),
        cx.out.keep(`Math.imul(${x}, ${y}) >>> 0`),
      ];
    }
    default:
      return bigLimbs(cx, e, count);
  }
}

/** Addition or subtraction with the carry or borrow from word to word. */
function sum(cx: Context, left: readonly string[], right: readonly string[], operator: '+' | '-'): string[] {
  const words: string[] = [];
  let carry = '';
  for (let i = left.length - 1; i >= 0; i--) {
    const t = cx.out.keep(`${left[i]} ${operator} ${right[i]}${carry}`, 's');
    words.unshift(cx.out.keep(`${t} >>> 0`));
    if (i === 0) break;
    const out = operator === '+' ? `${t} > 4294967295 ? 1 : 0` : `${t} < 0 ? 1 : 0`;
    carry = ` ${operator} ${cx.out.keep(out, 'c')}`;
  }
  return words;
}

function bitwise(cx: Context, operator: string, left: string, right: string): string {
  if (operator === '&') {
    if (left === '0' || right === '0') return '0';
    if (left === '4294967295') return right;
    if (right === '4294967295') return left;
  } else {
    if (left === '0') return right;
    if (right === '0') return left;
  }
  return cx.out.keep(`(${left} ${operator} ${right}) >>> 0`);
}

function shiftLeft(cx: Context, words: readonly string[], distance: number): string[] {
  const skip = distance >>> 5;
  const bits = distance & 31;
  return words.map((_, i) => {
    const near = words[i + skip] ?? '0';
    if (bits === 0) return near;
    const far = words[i + skip + 1] ?? '0';
    if (near === '0' && far === '0') return '0';
    return cx.out.keep(`(${near} << ${bits} | ${far} >>> ${32 - bits}) >>> 0`);
  });
}

/** The low `count` words of `words` shifted right; `words` has as many more as the distance takes. */
function shiftRight(cx: Context, words: readonly string[], distance: number, count: number): string[] {
  const skip = distance >>> 5;
  const bits = distance & 31;
  return Array.from({ length: count }, (_, i) => {
    const at = words.length - count - skip + i;
    const near = words[at] ?? '0';
    if (bits === 0) return near;
    const far = words[at - 1] ?? '0';
    if (near === '0' && far === '0') return '0';
    return cx.out.keep(`(${near} >>> ${bits} | ${far} << ${32 - bits}) >>> 0`);
  });
}

function bigLimbs(cx: Context, e: DataExpression, count: number): string[] {
  const t = cx.out.keep(big(cx, e), 'n');
  return Array.from({ length: count }, (_, i) => {
    const distance = 32 * (count - 1 - i);
    return cx.out.keep(`Number(BigInt.asUintN(32, ${distance === 0 ? t : `${t} >> ${distance}n`}))`);
  });
}
