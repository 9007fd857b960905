import { headerExpressionType, unionExpressionType } from '../spec/expressions.js';
import type {
  DataExpression,
  HeaderExpression,
  HeaderStack,
  HeaderType,
  UnionExpression,
  UnionStack,
} from '../spec/types.js';
import type { Context } from './context.js';
import { num } from './expression.js';
import {
  type Address,
  headerAddress,
  isMetadata,
  memberOffset,
  plus,
  position,
  siblings,
  unionAddress,
  word,
} from './places.js';
import { isSafe } from './range.js';

/** Copies of more words than this are a call instead of assignments one by one. */
const UNROLLED_WORDS = 32;

/** Emits making a header valid: the other members of its union become invalid. */
export function markValid(cx: Context, header: Address, others: readonly number[]): void {
  cx.out.line(`${word(header)} = 1;`);
  for (const other of others) cx.out.line(`${word(header, other)} = 0;`);
}

export function setValid(cx: Context, e: HeaderExpression, reset: boolean): void {
  if (isMetadata(e)) return;
  const header = headerAddress(cx, e);
  if (!reset) {
    markValid(cx, header, siblings(cx, e));
    return;
  }
  const type = headerExpressionType(e);
  cx.out.open(`if (${word(header)} === 0) {`);
  fillZero(cx, plus(header, 1), cx.layout.type(type).words - 1);
  markValid(cx, header, siblings(cx, e));
  cx.out.line(`P[${cx.layout.register('packetLength')}] += ${bytesOf(cx, header, type)};`);
  cx.out.close();
}

export function setInvalid(cx: Context, e: HeaderExpression): void {
  if (isMetadata(e)) return;
  const header = headerAddress(cx, e);
  const bytes = bytesOf(cx, header, headerExpressionType(e));
  cx.out.open(`if (${word(header)} !== 0) {`);
  cx.out.line(`P[${cx.layout.register('packetLength')}] -= ${bytes};`);
  cx.out.line(`${word(header)} = 0;`);
  cx.out.close();
}

/** Bytes a header takes in the packet, as an expression. */
export function bytesOf(cx: Context, header: Address, type: HeaderType): string {
  const fixed = Math.ceil(type.fixedBits / 8);
  const { varbitLength } = cx.layout.type(type);
  return varbitLength < 0 ? `${fixed}` : `${fixed} + (${word(header, varbitLength)} >>> 3)`;
}

/** Emits `target = value` for headers: an invalid one only takes the validity away. */
export function assignHeader(cx: Context, target: HeaderExpression, value: HeaderExpression): void {
  const to = headerAddress(cx, target);
  const from = headerAddress(cx, value);
  const { words } = cx.layout.type(headerExpressionType(target));
  const copy = () => {
    copyWords(cx, plus(to, 1), plus(from, 1), words - 1);
    if (!isMetadata(target)) markValid(cx, to, siblings(cx, target));
  };
  if (isMetadata(value)) {
    copy();
    return;
  }
  cx.out.open(`if (${word(from)} !== 0) {`);
  copy();
  cx.out.reopen('} else {');
  if (!isMetadata(target)) cx.out.line(`${word(to)} = 0;`);
  cx.out.close();
}

export function assignUnion(cx: Context, target: UnionExpression, value: UnionExpression): void {
  const to = unionAddress(cx, target);
  const from = unionAddress(cx, value);
  copyWords(cx, to, from, unionWords(cx, unionExpressionType(target).members));
}

/** Emits a copy of all elements and of the number in use. */
export function assignStack(
  cx: Context,
  target: HeaderStack | UnionStack,
  value: HeaderStack | UnionStack,
): void {
  const to = cx.layout.stack(target);
  const from = cx.layout.stack(value);
  const words = Math.min(to.size, from.size) * to.stride;
  copyWords(cx, { base: undefined, offset: to.base }, { base: undefined, offset: from.base }, words);
  cx.out.line(`P[${to.next}] = P[${from.next}];`);
}

/** Emits push_front or pop_front with P4_16's meaning: the whole stack moves, what comes in is invalid. */
export function shiftStack(
  cx: Context,
  kind: 'push' | 'pop',
  stack: HeaderStack | UnionStack,
  count: DataExpression,
): void {
  const { base, stride, size, next } = cx.layout.stack(stack);
  const amount = isSafe(cx.range(count)) ? num(cx, count) : `${size}`;
  const n = /^\d+$/.test(amount)
    ? `${Math.min(Number(amount), size)}`
    : cx.out.keep(`Math.min(${amount}, ${size})`, 'i');
  const end = base + size * stride;
  if (kind === 'push') {
    cx.out.line(`P.copyWithin(${base} + ${n} * ${stride}, ${base}, ${end} - ${n} * ${stride});`);
    cx.out.line(`P.fill(0, ${base}, ${base} + ${n} * ${stride});`);
    cx.out.line(`P[${next}] = Math.min(P[${next}] + ${n}, ${size});`);
  } else {
    cx.out.line(`P.copyWithin(${base}, ${base} + ${n} * ${stride}, ${end});`);
    cx.out.line(`P.fill(0, ${end} - ${n} * ${stride}, ${end});`);
    cx.out.line(`P[${next}] = Math.max(P[${next}] - ${n}, 0);`);
  }
}

function unionWords(cx: Context, members: readonly { readonly type: HeaderType }[]): number {
  return memberOffset(cx, members, members.length);
}

function copyWords(cx: Context, to: Address, from: Address, words: number): void {
  if (words > UNROLLED_WORDS) {
    cx.out.line(`P.copyWithin(${position(to)}, ${position(from)}, ${position(from, words)});`);
    return;
  }
  for (let i = 0; i < words; i++) cx.out.line(`${word(to, i)} = ${word(from, i)};`);
}

function fillZero(cx: Context, at: Address, words: number): void {
  if (words > UNROLLED_WORDS) {
    cx.out.line(`P.fill(0, ${position(at)}, ${position(at, words)});`);
    return;
  }
  for (let i = 0; i < words; i++) cx.out.line(`${word(at, i)} = 0;`);
}
