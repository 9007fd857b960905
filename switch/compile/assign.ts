import { limbCount } from '../runtime/index.js';
import type { DataExpression, FieldType, RegisterSpec, Target } from '../spec/types.js';
import type { Context } from './context.js';
import { index, low } from './expression.js';
import { maskOf } from './packet-bits.js';
import { fieldAddress, word } from './places.js';
import { unsigned, within } from './range.js';
import { limbs } from './wide.js';

/** Emits `target = value`: here, and only here, a value is cut to its target's width. */
export function assign(cx: Context, target: Target, value: DataExpression): void {
  if (target.kind === 'register') {
    writeRegister(cx, target.register, target.index, value);
    return;
  }
  const field = fieldAddress(cx, target);
  const width = field.type?.width ?? 1;
  if (width === 0) return;
  const cut = saturated(field.type, value);
  const fits = within(cx.range(cut), unsigned(width));
  const words = field.words === 1 ? [low(cx, cut, width)] : limbs(cx, cut, field.words);
  const plain = cut.kind === 'field' || cut.kind === 'constant' || cut.kind === 'parameter';
  store(cx, words, fits ? 32 * field.words : width, (i) => word(field, i), plain || field.words === 1);
}

/** Emits `target = words`, the words of an unsigned value computed by generated code. */
export function assignWords(cx: Context, target: Target, words: readonly string[]): void {
  const kept = words.map((limb) => cx.out.keep(limb));
  if (target.kind === 'register') {
    const { register } = target;
    const count = limbCount(register.width);
    const i = cx.out.keep(index(cx, target.index), 'i');
    cx.out.open(`if (${i} < ${register.size}) {`);
    store(cx, resize(kept, count), register.width, cell(register, i, count), true);
    cx.out.close();
    return;
  }
  const field = fieldAddress(cx, target);
  store(cx, resize(kept, field.words), field.type?.width ?? 1, (i) => word(field, i), true);
}

/** Emits a register write; an index out of range writes nothing. */
export function writeRegister(
  cx: Context,
  register: RegisterSpec,
  at: DataExpression,
  value: DataExpression,
): void {
  const count = limbCount(register.width);
  const words = count === 1 ? [low(cx, value, register.width)] : limbs(cx, value, count);
  const kept = words.map((limb) => cx.out.keep(limb));
  const i = cx.out.keep(index(cx, at), 'i');
  cx.out.open(`if (${i} < ${register.size}) {`);
  store(cx, kept, register.width, cell(register, i, count), true);
  cx.out.close();
}

/** Emits a register read; an index out of range leaves the target as it is. */
export function readRegister(cx: Context, target: Target, register: RegisterSpec, at: DataExpression): void {
  const count = limbCount(register.width);
  const i = cx.out.keep(index(cx, at), 'i');
  cx.out.open(`if (${i} < ${register.size}) {`);
  const source = cell(register, i, count);
  assignWords(
    cx,
    target,
    Array.from({ length: count }, (_, k) => source(k)),
  );
  cx.out.close();
}

function cell(register: RegisterSpec, i: string, count: number): (index: number) => string {
  return (k) =>
    `R${register.index}[${count === 1 ? i : k === 0 ? `${i} * ${count}` : `${i} * ${count} + ${k}`}]`;
}

/** A saturating field clamps instead of wrapping. */
function saturated(type: FieldType | undefined, value: DataExpression): DataExpression {
  if (type?.saturating !== true) return value;
  const operator = type.signed ? 'saturateSigned' : 'saturateUnsigned';
  return { kind: 'cast', operator, operand: value, width: type.width };
}

/** Drops or adds (zero) words at the most significant end. */
function resize(words: readonly string[], count: number): string[] {
  if (words.length >= count) return words.slice(words.length - count);
  return [...Array.from({ length: count - words.length }, () => '0'), ...words];
}

/** Emits the stores of some words; unless `direct`, all are read before any is written. */
function store(
  cx: Context,
  words: readonly string[],
  width: number,
  target: (index: number) => string,
  direct: boolean,
): void {
  const values = direct ? words : words.map((limb) => cx.out.keep(limb));
  values.forEach((value, i) => {
    const bits = i === 0 ? width - 32 * (words.length - 1) : 32;
    cx.out.line(`${target(i)} = ${narrowTo(value, bits)};`);
  });
}

/** Cuts a 32-bit expression to `bits` bits; a PHV word's own 32 bits need no cutting. */
export function narrowTo(code: string, bits: number): string {
  return bits >= 32 ? code : `${code} & ${maskOf(bits)}`;
}
