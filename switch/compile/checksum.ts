import type { CalculationInput, ChecksumSpec } from '../spec/types.js';
import { serialise } from './calculation.js';
import type { Context } from './context.js';
import { bool } from './expression.js';
import { fieldAddress, word } from './places.js';

/**
 * Emits a checksum's computation where its header is valid and its condition holds, and hands the words of
 * the result and of the target field (most significant first, as many as the field has) to `use`.
 */
export function checksum(
  cx: Context,
  spec: ChecksumSpec,
  use: (computed: readonly string[], field: readonly string[]) => void,
): void {
  const { out, layout } = cx;
  const { header } = spec.target;
  out.comment(spec.source, `checksum ${spec.name}`);
  if (header.metadata) out.open('{');
  else out.open(`if (P[${layout.base(header)}] !== 0) {`);
  if (spec.condition !== undefined) out.open(`if (${bool(cx, spec.condition)}) {`);
  const length = serialise(cx, inputsOf(spec), spec.calculation?.payload ?? false);
  const algorithm = spec.calculation === undefined ? 'IPV4' : `A${spec.calculation.index}`;
  const result = out.keep(`${algorithm}.low(H, ${length})`);
  const field = fieldAddress(cx, { kind: 'field', ref: spec.target });
  const computed = Array.from({ length: field.words }, (_, i) => {
    const fromEnd = field.words - 1 - i;
    return fromEnd === 0 ? result : fromEnd === 1 ? `${algorithm}.high()` : '0';
  });
  use(
    computed,
    Array.from({ length: field.words }, (_, i) => word(field, i)),
  );
  if (spec.condition !== undefined) out.close();
  out.close();
}

/** The legacy `ipv4` checksum runs over its whole header with the target field taken as zero. */
function inputsOf(spec: ChecksumSpec): readonly CalculationInput[] {
  if (spec.calculation !== undefined) return spec.calculation.inputs;
  const { header, field } = spec.target;
  return header.type.fields.map((type, index) =>
    index === field
      ? { kind: 'constant', value: 0n, width: type.width }
      : { kind: 'field', ref: { header, field: index } },
  );
}
