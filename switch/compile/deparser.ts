import { narrowTo } from './assign.js';
import { checksum } from './checksum.js';
import { Context } from './context.js';
import { bytesOf } from './headers.js';
import type { Layout } from './layout.js';
import { primitive, type TargetFacts } from './primitives.js';
import type { Source } from './source.js';

/**
 * Emits `function deparse(at, end)`: writes the valid headers right before the payload, which lies from byte
 * `at` to `end`, and returns where the packet now begins.
 */
export function deparseFunction(layout: Layout, out: Source, target: TargetFacts): void {
  const cx = new Context(layout, out, false);
  const { deparser, checksums, headerTypes } = target.spec;
  out.open('function deparse(at, end) {');
  out.line('payloadAt = at;');
  out.line('payloadEnd = end;');
  for (const update of checksums.filter((candidate) => candidate.update))
    checksum(cx, update, (computed, field) => {
      const width = update.target.header.type.fields[update.target.field]?.width ?? 1;
      field.forEach((place, i) => {
        const top = i === 0 ? width - 32 * (field.length - 1) : 32;
        out.line(`${place} = ${narrowTo(computed[i] ?? '0', top)};`);
      });
    });
  for (const p of deparser.primitives) {
    out.open('{');
    out.comment(p.source);
    primitive(cx, target, p);
    out.close();
  }
  out.line('let c = at;');
  for (const header of deparser.order) {
    const place = { base: undefined, offset: layout.base(header) };
    const bytes = bytesOf(cx, place, header.type);
    out.line(header.metadata ? `c -= ${bytes};` : `if (P[${place.offset}] !== 0) c -= ${bytes};`);
  }
  out.line('const start = c;');
  for (const header of deparser.order) {
    const base = layout.base(header);
    const place = { base: undefined, offset: base };
    const id = headerTypes.indexOf(header.type);
    const write = `w${id}(${base}, c); c += ${bytesOf(cx, place, header.type)};`;
    out.line(header.metadata ? write : `if (P[${base}] !== 0) { ${write} }`);
  }
  out.line('return start;');
  out.close();
}
