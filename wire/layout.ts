/**
 * A header as its table in docs/protocol.md states it: fields with widths, from the most significant bit of the
 * first byte on. The codecs are written by hand for speed; test/wire/agreement.test.ts holds layout, codec, document
 * and P4 headers together.
 */
export interface Field {
  readonly name: string;
  readonly bits: number;
  /** Bits before this field. */
  readonly bitOffset: number;
}

export interface Layout {
  /** The header's name in docs/protocol.md. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly bytes: number;
}

/** Builds a layout from `field: width in bits` in wire order; a header that ends inside a byte is a mistake in the source. */
export function layout(name: string, widths: Readonly<Record<string, number>>): Layout {
  const fields: Field[] = [];
  let bits = 0;
  for (const [field, width] of Object.entries(widths)) {
    fields.push({ name: field, bits: width, bitOffset: bits });
    bits += width;
  }
  if (bits % 8 !== 0) throw new RangeError(`layout ${name} has ${bits} bits; a header is whole bytes`);
  return { name, fields, bytes: bits / 8 };
}
