import { limbCount } from '../runtime/index.js';
import type { ActionSpec, DataExpression } from '../spec/types.js';
import type { Layout } from './layout.js';
import { type Range, rangeOf } from './range.js';
import type { Source } from './source.js';

/**
 * What code generation knows at one place of the program. In generated code `P` is the PHV; action data is
 * `a[o + k]`; registers are `R<index>`; a parser's position in the packet is `c`.
 */
export class Context {
  readonly layout: Layout;
  readonly out: Source;
  /** True for code that tells a Tracer (`trace`) what it does. */
  readonly trace: boolean;
  private readonly action: ActionSpec | undefined;
  private readonly ranges = new Map<DataExpression, Range>();
  private readonly widthOfParameter = (index: number) => this.parameterWidth(index);

  constructor(layout: Layout, out: Source, trace: boolean, action?: ActionSpec) {
    this.layout = layout;
    this.out = out;
    this.trace = trace;
    this.action = action;
  }

  range(e: DataExpression): Range {
    return rangeOf(e, this.widthOfParameter, this.ranges);
  }

  parameterWidth(index: number): number {
    const parameter = this.action?.parameters[index];
    if (parameter === undefined) throw new RangeError(`no action parameter ${index}`);
    return parameter.width;
  }

  /** Words before parameter `index` in a row of action data. */
  parameterOffset(index: number): number {
    let offset = 0;
    for (let i = 0; i < index; i++) offset += limbCount(this.parameterWidth(i));
    return offset;
  }
}
