import type { HeaderType } from '../spec/types.js';
import type { FieldPlace, Layout, TypeLayout } from './layout.js';
import { loadBits, type Piece, packBits, storeStatement } from './packet-bits.js';
import type { Source } from './source.js';

/**
 * Emits, for a header type, `x<id>(b, c)` that reads an instance at word `b` from the packet at byte `c`, and
 * `w<id>(b, c)` that writes one. A type with a varbit field is read with its length in bits as a third
 * argument. Lengths are checked by the caller.
 */
export function headerFunctions(
  layout: Layout,
  out: Source,
  type: HeaderType,
  id: number,
  needed: { readonly read: boolean; readonly write: boolean },
): void {
  const types = layout.type(type);
  if (needed.read || needed.write) out.comment(undefined, `header type ${type.name}`);
  if (needed.read) {
    out.open(`function x${id}(b, c${type.varbit < 0 ? '' : ', bits'}) {`);
    out.line('P[b] = 1;');
    extract(out, types);
    out.close();
  }
  if (needed.write) {
    out.open(`function w${id}(b, c) {`);
    if (type.varbit < 0) write(out, types.fields, 'c');
    else writeVariable(out, types);
    out.close();
  }
}

function extract(out: Source, types: TypeLayout): void {
  const { varbit } = types.type;
  const fixed = varbit < 0 ? types.fields : types.fields.slice(0, varbit);
  const bits = load(out, fixed, 'c', 0);
  const variable = types.fields[varbit];
  if (variable === undefined) return;
  out.line(`P[b + ${types.varbitLength}] = bits;`);
  const at = `c + ${bits >> 3}`;
  out.line(`loadVarbit(b + ${variable.offset}, ${variable.words}, ${at}, ${bits & 7}, bits >>> 3);`);
  const rest = types.fields.slice(varbit + 1);
  if (rest.length === 0) return;
  out.line(`const e = ${at} + (bits >>> 3);`);
  load(out, rest, 'e', bits & 7);
}

/** Emits the loads of fields that follow one another; returns the bits they take. */
function load(out: Source, fields: readonly FieldPlace[], position: string, offset: number): number {
  let at = offset;
  for (const field of fields) {
    let left = field.type.width;
    for (let i = 0; left > 0; i++) {
      const bits = left % 32 === 0 ? 32 : left % 32;
      out.line(`P[b + ${field.offset + i}] = ${loadBits(position, at, bits)};`);
      at += bits;
      left -= bits;
    }
  }
  return at - offset;
}

function pieces(fields: readonly FieldPlace[]): Piece[] {
  return fields.flatMap((field) => {
    const { width } = field.type;
    const count = width === 0 ? 0 : field.words;
    return Array.from({ length: count }, (_, i) => ({
      code: `P[b + ${field.offset + i}]`,
      width: i === 0 ? width - 32 * (count - 1) : 32,
    }));
  });
}

function write(out: Source, fields: readonly FieldPlace[], position: string): void {
  for (const store of packBits(pieces(fields))) out.line(storeStatement(store, position, 'B', 'D'));
}

function writeVariable(out: Source, types: TypeLayout): void {
  const { varbit } = types.type;
  const before = types.fields.slice(0, varbit);
  const variable = types.fields[varbit];
  const after = types.fields.slice(varbit + 1);
  if (variable === undefined) return;
  const bits = before.reduce((sum, field) => sum + field.type.width, 0);
  const bytes = `P[b + ${types.varbitLength}] >>> 3`;
  if (bits % 8 === 0) {
    write(out, before, 'c');
    out.line(`storeVarbit(B, c + ${bits / 8}, b + ${variable.offset}, ${variable.words}, ${bytes});`);
    out.line(`const e = c + ${bits / 8} + (${bytes});`);
    write(out, after, 'e');
    return;
  }
  // The varbit field does not start on a byte: everything is put bit by bit.
  out.line('let q = c * 8;');
  for (const piece of pieces(before)) out.line(`q = putBits(B, q, ${piece.code}, ${piece.width});`);
  out.line(`q = putVarbit(B, q, b + ${variable.offset}, ${variable.words}, ${bytes});`);
  for (const piece of pieces(after)) out.line(`q = putBits(B, q, ${piece.code}, ${piece.width});`);
}
