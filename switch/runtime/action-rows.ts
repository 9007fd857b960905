import { SwitchError } from './error.js';
import { limbCount, readLimbs, writeLimbs } from './limbs.js';
import { checkWidth } from './match-key.js';

/** An action as a table or profile may call it. */
export interface ActionShape {
  readonly name: string;
  /** Widths of the action data parameters, in bits, in order. */
  readonly paramWidths: readonly number[];
}

/** An action with its data; `actionIndex` counts in the owner's own list of actions. */
export interface ActionCall {
  readonly actionIndex: number;
  readonly params: readonly bigint[];
}

/**
 * Rows of (action, action data) in typed arrays, as generated code reads them. Row 0 is the owner's default
 * row. The arrays are replaced when rows are added: read them through the owner for each packet.
 */
export class ActionRows {
  /** What the rows belong to, for messages: "table ingress.fib". */
  readonly thing: string;
  readonly actions: readonly ActionShape[];
  /** Limbs of action data per row: the most any action needs. */
  readonly stride: number;
  /** [row] index into `actions`, -1 for no action. */
  actionOf: Int32Array = new Int32Array(0);
  /** [row * stride + k] action data, parameters one after another in limbs. */
  params: Uint32Array = new Uint32Array(0);

  constructor(thing: string, actions: readonly ActionShape[]) {
    this.thing = thing;
    this.actions = actions;
    this.stride = Math.max(0, ...actions.map((a) => a.paramWidths.reduce((n, w) => n + limbCount(w), 0)));
  }

  /** Throws INVALID_ARGUMENT unless the action exists and every parameter is there and fits. */
  checkCall(call: ActionCall): void {
    const shape = this.actions[call.actionIndex];
    if (shape === undefined) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        `has no action number ${call.actionIndex}; it has ${this.actions.length}: ${this.actions.map((a) => a.name).join(', ')}`,
      );
    }
    if (call.params.length !== shape.paramWidths.length) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        `action ${shape.name} takes ${shape.paramWidths.length} parameter(s), got ${call.params.length}`,
      );
    }
    shape.paramWidths.forEach((width, i) => {
      checkWidth(
        this.thing,
        `action ${shape.name}, parameter ${i + 1},`,
        'value',
        width,
        call.params[i] ?? 0n,
      );
    });
  }

  /** Writes a checked call into a row; undefined clears the row. */
  protected writeRow(row: number, call: ActionCall | undefined): void {
    const at = row * this.stride;
    this.params.fill(0, at, at + this.stride);
    this.actionOf[row] = call === undefined ? -1 : call.actionIndex;
    if (call === undefined) return;
    let offset = at;
    (this.actions[call.actionIndex]?.paramWidths ?? []).forEach((width, i) => {
      writeLimbs(this.params, offset, width, call.params[i] ?? 0n);
      offset += limbCount(width);
    });
  }

  /** The call in a row, undefined where there is none. */
  protected readRow(row: number): ActionCall | undefined {
    const actionIndex = this.actionOf[row] ?? -1;
    const shape = this.actions[actionIndex];
    if (shape === undefined) return undefined;
    let offset = row * this.stride;
    const params = shape.paramWidths.map((width) => {
      const value = readLimbs(this.params, offset, width);
      offset += limbCount(width);
      return value;
    });
    return { actionIndex, params };
  }

  /** Makes room for `rows` rows. */
  protected resizeRows(rows: number): void {
    const actionOf = new Int32Array(rows).fill(-1, this.actionOf.length);
    actionOf.set(this.actionOf);
    const params = new Uint32Array(rows * this.stride);
    params.set(this.params);
    this.actionOf = actionOf;
    this.params = params;
  }
}
