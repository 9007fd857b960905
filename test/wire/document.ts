/** Reads the header and number tables out of docs/protocol.md and the declarations out of P4 text. */

export interface HeaderTable {
  readonly name: string;
  /** What the heading says; undefined where it says nothing. */
  readonly bytes: number | undefined;
  readonly fields: readonly { readonly name: string; readonly bits: number }[];
}

const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Every header, record and operand the document gives fields for. */
export function headersOfDocument(markdown: string): Map<string, HeaderTable> {
  const headers = new Map<string, HeaderTable>();
  let name: string | undefined;
  let bytes: number | undefined;
  const lines = markdown.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const title = /^(?:#+ [\d.]+ )?(?:Header|Record|Operand) `(\w+)`(?: \((\d+) bytes)?/.exec(line);
    if (title?.[1] !== undefined) {
      name = title[1];
      bytes = title[2] === undefined ? undefined : Number(title[2]);
      // "Record `kv_block`: `value`, 128 bits" and "Header `mpls` (4 bytes): `label` 20, `traffic_class` 3, ..."
      const fields = [...line.slice(title[0].length).matchAll(/`(\w+)`,? (\d+)\b/g)];
      if (fields.length > 0) {
        headers.set(name, {
          name,
          bytes,
          fields: fields.map((f) => ({ name: f[1] ?? '', bits: Number(f[2]) })),
        });
      }
      // "32 values `v0` to `v31`, int32, 32 bits each"
      const series = /: \d+ values `v0` to `v(\d+)`, \w+, (\d+) bits each/.exec(line);
      if (series !== null) {
        const width = Number(series[2]);
        const values = Array.from({ length: Number(series[1]) + 1 }, (_, n) => ({
          name: `v${n}`,
          bits: width,
        }));
        headers.set(name, { name, bytes, fields: values });
      }
    }
    if (line.startsWith('| field | bits |') && name !== undefined) {
      const fields: { name: string; bits: number }[] = [];
      for (i += 2; lines[i]?.startsWith('|'); i++) {
        const [field = '', bits = ''] = cells(lines[i] ?? '');
        fields.push({ name: field, bits: Number(bits) });
      }
      headers.set(name, { name, bytes, fields });
      name = undefined;
    }
  }
  return headers;
}

/** Every `| name | value |` and `| flag | value |` row. */
export function numbersOfDocument(markdown: string): Map<string, number> {
  const numbers = new Map<string, number>();
  const lines = markdown.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (!/^\| (name|flag) \| value \|/.test(lines[i] ?? '')) continue;
    for (i += 2; lines[i]?.startsWith('|'); i++) {
      const [name = '', value = ''] = cells(lines[i] ?? '');
      numbers.set(name, Number(value));
    }
  }
  return numbers;
}

function withoutComments(p4: string): string {
  return p4.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

/** `header NAME { ... }` of a P4 file, type names without their `_h` or `_t`; typedefs resolved. */
export function headersOfP4(p4: string): Map<string, HeaderTable> {
  const text = withoutComments(p4);
  const widths = new Map<string, number>();
  const widthOf = (type: string): number => {
    const bits = /^(?:bit|int)\s*<\s*(\d+)\s*>$/.exec(type);
    if (bits !== null) return Number(bits[1]);
    return type === 'bit' || type === 'bool' ? 1 : (widths.get(type) ?? Number.NaN);
  };
  for (const [, type = '', name = ''] of text.matchAll(/\btype(?:def)?\s+([\w<> ]+?)\s+(\w+)\s*;/g)) {
    widths.set(name, widthOf(type.trim()));
  }
  const headers = new Map<string, HeaderTable>();
  for (const [, type = '', body = ''] of text.matchAll(/\bheader\s+(\w+)\s*\{([^}]*)\}/g)) {
    const name = type.replace(/(_header)?(_h|_t)$/, '');
    const fields = [...body.matchAll(/((?:bit|int)\s*<\s*\d+\s*>|\w+)\s+(\w+)\s*;/g)].map((f) => ({
      name: f[2] ?? '',
      bits: widthOf((f[1] ?? '').replace(/\s+/g, '')),
    }));
    headers.set(name, { name, bytes: undefined, fields });
  }
  return headers;
}

/** `const TYPE NAME = LITERAL;` and `#define NAME LITERAL` of a P4 file. */
export function numbersOfP4(p4: string): Map<string, number> {
  const text = withoutComments(p4);
  const numbers = new Map<string, number>();
  const literal = (value: string) => Number(value.replace(/^\d+[ws]/, '').replaceAll('_', ''));
  const add = (name: string, value: string) => {
    const number = literal(value);
    if (Number.isFinite(number)) numbers.set(name, number);
  };
  for (const [, name = '', value = ''] of text.matchAll(/\bconst\s+[\w<> ]+?\s+(\w+)\s*=\s*(\w+)\s*;/g)) {
    add(name, value);
  }
  for (const [, name = '', value = ''] of text.matchAll(/^\s*#define\s+(\w+)\s+(\w+)\s*$/gm))
    add(name, value);
  // enum bit<8> kind_t { NAME = LITERAL, ... }
  for (const [, body = ''] of text.matchAll(/\benum\s+bit\s*<\s*\d+\s*>\s*\w+\s*\{([^}]*)\}/g)) {
    for (const [, name = '', value = ''] of body.matchAll(/(\w+)\s*=\s*(\w+)/g)) add(name, value);
  }
  return numbers;
}
