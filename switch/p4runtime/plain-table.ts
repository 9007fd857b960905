import type { RawEntry } from '../runtime/index.js';
import type { ActionBinding, FieldBinding, Schema, TableBinding } from './schema.js';

/** Where a key field lies, and what its values may be. */
export interface PlainField {
  readonly id: number;
  readonly type: FieldBinding['type'];
  readonly width: number;
  readonly offset: number;
  readonly limbs: number;
}

/** Where an action's parameters lie. */
export interface PlainAction {
  readonly binding: ActionBinding;
  readonly params: readonly {
    readonly id: number;
    readonly width: number;
    readonly offset: number;
    readonly limbs: number;
  }[];
}

/**
 * What it takes to go between the bytes of a TableEntry and the limbs of a slot: the table with all look-ups
 * done, and a scratch entry. For tables without range fields and translated types.
 */
export interface PlainTable {
  readonly binding: TableBinding;
  readonly fields: readonly PlainField[];
  readonly actionById: ReadonlyMap<number, PlainAction>;
  readonly actionByIndex: ReadonlyMap<number, PlainAction>;
  /** Whether the runtime table keeps masks and priorities. */
  readonly masked: boolean;
  readonly entry: RawEntry;
}

const tables = new WeakMap<Schema, Map<number, PlainTable | undefined>>();

/** The plain form of a table; undefined where there is no such table or it has range fields or translated types. */
export function plainTable(schema: Schema, id: number): PlainTable | undefined {
  let known = tables.get(schema);
  if (known === undefined) {
    known = new Map();
    tables.set(schema, known);
  }
  if (!known.has(id)) known.set(id, make(schema.tables.get(id)));
  return known.get(id);
}

function make(binding: TableBinding | undefined): PlainTable | undefined {
  if (binding === undefined || binding.fields.some(({ type }) => type === 'range')) return undefined;
  const exposed = [...binding.fields, ...[...binding.actions.byId.values()].flatMap(({ params }) => params)];
  if (exposed.some(({ translation }) => translation !== undefined)) return undefined;
  const { table } = binding;
  const fields = binding.fields.map((field, i) => {
    const { offset = 0, limbs = 0 } = table.fields[i] ?? {};
    return { id: field.id, type: field.type, width: field.width, offset, limbs };
  });
  const actions = [...binding.actions.byId.values()].map((action): PlainAction => {
    let offset = 0;
    const params = action.params.map(({ id, width }) => {
      const limbs = Math.max(1, (width + 31) >>> 5);
      const placed = { id, width, offset, limbs };
      offset += limbs;
      return placed;
    });
    return { binding: action, params };
  });
  return {
    binding,
    fields,
    actionById: new Map(actions.map((action) => [action.binding.id, action])),
    actionByIndex: new Map(actions.map((action) => [action.binding.index, action])),
    masked: table.prioritised,
    entry: table.newRawEntry(),
  };
}
