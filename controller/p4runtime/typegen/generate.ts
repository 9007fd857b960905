import type { MatchField, Schema, TableInfo } from '../schema.js';

export interface TypegenOptions {
  /** Module the generated one imports its types from. Default `sincmesh/controller/p4runtime`. */
  readonly from?: string;
}

/**
 * A TypeScript module for a program: `ProgramEntry`, a union of one type per table, each with the table's match fields
 * and, for each of its actions, the parameters. It is assignable to TableEntry, has nothing at run time, and makes the
 * compiler refuse tables, fields, actions and parameters the program does not have, and those that are left out.
 */
export function generateTypes(schema: Schema, options: TypegenOptions = {}): string {
  const tables = [...schema.tables];
  const names = typeNames(tables);
  const lines = [
    '// Generated from a P4Info; make it anew instead of editing it.',
    `import type { MatchInput, Value, WeightedAction } from '${options.from ?? 'sincmesh/controller/p4runtime'}';`,
    '',
    'interface Extras {',
    '  readonly idleTimeoutNs?: number;',
    '  readonly metadata?: Uint8Array;',
    '}',
    '',
  ];
  for (const table of tables) lines.push(...tableType(table, names.get(table.name) ?? table.name));
  lines.push(
    'export type ProgramEntry =',
    ...tables.map((table) => `  | ${names.get(table.name)}Entry`),
    tables.length === 0 ? '  never;' : '',
  );
  return `${lines.join('\n').trimEnd()};\n`.replace(/;;\n$/, ';\n');
}

function tableType(table: TableInfo, name: string): string[] {
  const actions = table.actions.map((info) => {
    const params = info.params.map((param) => `readonly ${quoted(param.name)}: Value`).join('; ');
    return `{ readonly kind: 'action'; readonly name: ${quoted(info.name)}; readonly params: ${
      params === '' ? 'Record<string, never>' : `{ ${params} }`
    } }`;
  });
  if (table.profileId !== undefined) {
    actions.splice(0, actions.length);
    actions.push(
      `{ readonly kind: 'member'; readonly member: number }`,
      `{ readonly kind: 'group'; readonly group: number }`,
      `{ readonly kind: 'one-shot'; readonly actions: readonly WeightedAction[] }`,
    );
  }
  return [
    `/** Entry of table ${table.name}: ${table.size} at most. */`,
    `export interface ${name}Entry extends Extras {`,
    `  readonly kind: 'table-entry';`,
    `  readonly table: ${quoted(table.name)};`,
    `  readonly match: {`,
    ...table.fields.map((field) => `    ${matchType(field)}`),
    '  };',
    ...(table.hasPriority ? ['  /** 1 or more; higher wins. */', '  readonly priority: number;'] : []),
    '  /** Left out where the entry is to be deleted. */',
    `  readonly action?: ${actions.length === 0 ? 'never' : actions.map((one) => `\n    | ${one}`).join('')};`,
    '}',
    '',
  ];
}

function matchType(field: MatchField): string {
  const bits = field.width === 0 ? 'text' : `${field.width} bits`;
  const type = field.kind === 'exact' ? 'Value' : 'MatchInput';
  return `readonly ${quoted(field.name)}${field.kind === 'exact' ? '' : '?'}: ${type}; // ${field.kind}, ${bits}`;
}

/** Names of types by tables' names: the last part, with more of the name where that is not unique. */
function typeNames(tables: readonly TableInfo[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const table of tables) {
    const parts = table.name.split('.');
    let take = 1;
    const tail = (name: string): string => name.split('.').slice(-take).join('.');
    while (take < parts.length && tables.filter((other) => tail(other.name) === tail(table.name)).length > 1)
      take += 1;
    result.set(table.name, pascal(tail(table.name)));
  }
  return result;
}

function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `T${joined}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
