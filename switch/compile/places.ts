import { headerExpressionType, unionExpressionType } from '../spec/expressions.js';
import {
  type FieldType,
  type HeaderExpression,
  type HeaderType,
  type Target,
  type UnionExpression,
  VALID,
} from '../spec/types.js';
import type { Context } from './context.js';
import { bool, num } from './expression.js';
import type { StackLayout } from './layout.js';
import { isSafe } from './range.js';

/** A place in the PHV: a constant, or a variable base with a constant offset. */
export interface Address {
  readonly base: string | undefined;
  readonly offset: number;
}

/** The PHV word `index` words behind an address. */
export function word(address: Address, index = 0): string {
  return `P[${position(address, index)}]`;
}

/** The address as an index expression. */
export function position(address: Address, index = 0): string {
  const offset = address.offset + index;
  if (address.base === undefined) return `${offset}`;
  return offset === 0 ? address.base : `${address.base} + ${offset}`;
}

export function plus(address: Address, words: number): Address {
  return { base: address.base, offset: address.offset + words };
}

/** A field or validity bit with its place. `type` is undefined for a validity bit. */
export interface FieldAddress extends Address {
  readonly type: FieldType | undefined;
  readonly words: number;
}

type FieldTarget = Exclude<Target, { kind: 'register' }>;

export function fieldAddress(cx: Context, e: FieldTarget): FieldAddress {
  switch (e.kind) {
    case 'field':
      return inHeader(
        cx,
        { base: undefined, offset: cx.layout.base(e.ref.header) },
        e.ref.header.type,
        e.ref.field,
      );
    case 'lastField':
      return inHeader(cx, lastElement(cx, cx.layout.stack(e.stack)), e.stack.type, e.field);
    case 'lastUnionField': {
      const union = lastElement(cx, cx.layout.stack(e.stack));
      const type = e.stack.type.members[e.member]?.type;
      if (type === undefined) throw new RangeError(`no union member ${e.member}`);
      return inHeader(cx, plus(union, memberOffset(cx, e.stack.type.members, e.member)), type, e.field);
    }
    case 'headerField':
      return inHeader(cx, headerAddress(cx, e.header), headerExpressionType(e.header), e.field);
  }
}

function inHeader(cx: Context, header: Address, type: HeaderType, field: number): FieldAddress {
  if (field === VALID) return { ...header, type: undefined, words: 1 };
  const place = cx.layout.fieldPlace(type, field);
  return { ...plus(header, place.offset), type: place.type, words: place.words };
}

/** First word of the header an expression stands for; code that finds it goes before. */
export function headerAddress(cx: Context, e: HeaderExpression): Address {
  switch (e.kind) {
    case 'header':
      return { base: undefined, offset: cx.layout.base(e.header) };
    case 'stackElement':
      return element(cx, cx.layout.stack(e.stack), e.index);
    case 'lastElement':
      return lastElement(cx, cx.layout.stack(e.stack));
    case 'unionMember':
      return plus(
        unionAddress(cx, e.union),
        memberOffset(cx, unionExpressionType(e.union).members, e.member),
      );
    case 'chooseHeader': {
      const whenTrue = position(headerAddress(cx, e.whenTrue));
      const whenFalse = position(headerAddress(cx, e.whenFalse));
      const base = cx.out.keep(`${bool(cx, e.condition)} ? ${whenTrue} : ${whenFalse}`, 'h');
      return { base, offset: 0 };
    }
  }
}

export function unionAddress(cx: Context, e: UnionExpression): Address {
  if (e.kind === 'unionElement') return element(cx, cx.layout.stack(e.stack), e.index);
  const first = e.union.headers[0];
  if (first === undefined) throw new RangeError(`union ${e.union.name} has no members`);
  return { base: undefined, offset: cx.layout.base(first) };
}

/** Words from a union's base to each of its members. */
export function memberOffset(
  cx: Context,
  members: readonly { readonly type: HeaderType }[],
  member: number,
): number {
  return members.slice(0, member).reduce((sum, { type }) => sum + cx.layout.type(type).words, 0);
}

/** Where the other members of the header's union lie, relative to the header. */
export function siblings(cx: Context, e: HeaderExpression): number[] {
  if (e.kind === 'header') return cx.layout.siblings(e.header);
  if (e.kind !== 'unionMember') return [];
  const { members } = unionExpressionType(e.union);
  const own = memberOffset(cx, members, e.member);
  return members.flatMap((_, i) => (i === e.member ? [] : [memberOffset(cx, members, i) - own]));
}

export function isMetadata(e: HeaderExpression): boolean {
  return e.kind === 'header' && e.header.metadata;
}

/** An element by index; beyond the stack's end it is the spare one, which nobody else sees. */
function element(cx: Context, stack: StackLayout, index: Parameters<typeof num>[1]): Address {
  const range = cx.range(index);
  if (range.low === range.high && range.low >= 0n) {
    const at = range.low < BigInt(stack.size) ? stack.base + Number(range.low) * stack.stride : stack.spare;
    return { base: undefined, offset: at };
  }
  const i = cx.out.keep(isSafe(range) ? num(cx, index) : '-1', 'i');
  const inside = range.low < 0n ? `${i} >= 0 && ${i} < ${stack.size}` : `${i} < ${stack.size}`;
  const base = cx.out.keep(`${inside} ? ${stack.base} + ${i} * ${stack.stride} : ${stack.spare}`, 'h');
  return { base, offset: 0 };
}

/** The element `next` was last moved past; the spare one where the stack is empty. */
export function lastElement(cx: Context, stack: StackLayout): Address {
  const { base, stride, next, spare } = stack;
  const expression = `P[${next}] === 0 ? ${spare} : ${base - stride} + P[${next}] * ${stride}`;
  return { base: cx.out.keep(expression, 'h'), offset: 0 };
}
