import { type CalculationInput, type FieldRef, type Header, VALID } from '../spec/types.js';
import type { Context } from './context.js';
import { type Piece, packBits, storeStatement } from './packet-bits.js';
import { word } from './places.js';
import { constantLimbs } from './wide.js';

/** Inputs that are there or not there together: those of one header, or of none. */
interface Group {
  readonly header: Header | undefined;
  readonly parts: (FieldRef | Extract<CalculationInput, { kind: 'constant' }>)[];
}

/**
 * Emits code that serialises calculation inputs into `H` (bit-packed, invalid headers left out, the last
 * byte zero-filled) and returns the expression for the number of bytes.
 */
export function serialise(cx: Context, inputs: readonly CalculationInput[], payload: boolean): string {
  const groups = groupsOf(inputs);
  const length = groups.every((group, i) => isWhole(group, i === groups.length - 1))
    ? byBytes(cx, groups)
    : byBits(cx, groups);
  if (!payload) return length;
  return cx.out.keep(`appendPayload(${length})`, 'q');
}

function groupsOf(inputs: readonly CalculationInput[]): Group[] {
  const groups: Group[] = [];
  const add = (header: Header | undefined, part: Group['parts'][number]) => {
    const last = groups.at(-1);
    if (last !== undefined && last.header === header) last.parts.push(part);
    else groups.push({ header, parts: [part] });
  };
  for (const input of inputs) {
    if (input.kind === 'constant') add(undefined, input);
    else if (input.kind === 'field') add(owner(input.ref.header), input.ref);
    else
      input.header.type.fields.forEach((_, field) => {
        add(owner(input.header), { header: input.header, field });
      });
  }
  return groups;
}

function owner(header: Header): Header | undefined {
  return header.metadata ? undefined : header;
}

function widthOfPart(part: Group['parts'][number]): number {
  if ('kind' in part) return part.width;
  return part.field === VALID ? 1 : (part.header.type.fields[part.field]?.width ?? 0);
}

function isVarbit(part: Group['parts'][number]): part is FieldRef {
  return !('kind' in part) && part.header.type.fields[part.field]?.varbit === true;
}

/** True where what follows each part that may be missing or of any length starts on a byte. */
function isWhole(group: Group, last: boolean): boolean {
  let bits = 0;
  for (const part of group.parts) {
    if (!isVarbit(part)) bits += widthOfPart(part);
    else if (bits % 8 !== 0) return false;
  }
  return last || bits % 8 === 0;
}

/** Every group starts on a byte: positions are constants but for what headers and varbits add. */
function byBytes(cx: Context, groups: readonly Group[]): string {
  const only = groups[0];
  if (groups.length === 1 && only?.header === undefined && !only?.parts.some(isVarbit)) {
    const pieces = (only?.parts ?? []).flatMap((part) => piecesOf(cx, part));
    for (const store of packBits(pieces)) cx.out.line(storeStatement(store, '0', 'H', 'HD'));
    return `${bytesOf(pieces)}`;
  }
  const q = cx.out.name('q');
  cx.out.line(`let ${q} = 0;`);
  for (const group of groups) {
    if (group.header !== undefined) cx.out.open(`if (P[${cx.layout.base(group.header)}] !== 0) {`);
    let pieces: Piece[] = [];
    const flush = () => {
      for (const store of packBits(pieces)) cx.out.line(storeStatement(store, q, 'H', 'HD'));
      if (pieces.length > 0) cx.out.line(`${q} += ${bytesOf(pieces)};`);
      pieces = [];
    };
    for (const part of group.parts) {
      if (!isVarbit(part)) {
        pieces.push(...piecesOf(cx, part));
        continue;
      }
      flush();
      const { base, words, bits } = varbit(cx, part);
      cx.out.line(`storeVarbit(H, ${q}, ${base}, ${words}, ${bits} >>> 3);`);
      cx.out.line(`${q} += ${bits} >>> 3;`);
    }
    flush();
    if (group.header !== undefined) cx.out.close();
  }
  return q;
}

/** Positions depend on bits of headers that may be missing: pieces are appended one by one. */
function byBits(cx: Context, groups: readonly Group[]): string {
  const q = cx.out.name('q');
  cx.out.line(`let ${q} = 0;`);
  for (const group of groups) {
    if (group.header !== undefined) cx.out.open(`if (P[${cx.layout.base(group.header)}] !== 0) {`);
    for (const part of group.parts) {
      if (isVarbit(part)) {
        const { base, words, bits } = varbit(cx, part);
        cx.out.line(`${q} = appendVarbit(${q}, ${base}, ${words}, ${bits} >>> 3);`);
        continue;
      }
      for (const piece of piecesOf(cx, part))
        cx.out.line(`${q} = appendBits(${q}, ${piece.code}, ${piece.width});`);
    }
    if (group.header !== undefined) cx.out.close();
  }
  return cx.out.keep(`(${q} + 7) >>> 3`, 'q');
}

/** Place, words and the word with the length of a varbit field. */
export function varbit(
  cx: Context,
  ref: FieldRef,
): { readonly base: number; readonly words: number; readonly bits: string } {
  const type = cx.layout.type(ref.header.type);
  const place = cx.layout.fieldPlace(ref.header.type, ref.field);
  const header = cx.layout.base(ref.header);
  return {
    base: header + place.offset,
    words: place.words,
    bits: word({ base: undefined, offset: header + type.varbitLength }),
  };
}

/** A field or constant as pieces of at most 32 bits. */
export function piecesOf(cx: Context, part: Group['parts'][number]): Piece[] {
  const width = widthOfPart(part);
  if (width === 0) return [];
  const count = Math.ceil(width / 32);
  const words =
    'kind' in part ? constantLimbs(BigInt.asUintN(width, part.value), count) : fieldWords(cx, part, count);
  return words.map((code, i) => ({ code, width: i === 0 ? width - 32 * (count - 1) : 32 }));
}

function fieldWords(cx: Context, ref: FieldRef, count: number): string[] {
  const at = cx.layout.field(ref);
  return Array.from({ length: count }, (_, i) => `P[${at + i}]`);
}

/** Bytes that pieces take together. */
export function bytesOf(pieces: readonly Piece[]): number {
  return Math.ceil(pieces.reduce((sum, piece) => sum + piece.width, 0) / 8);
}
