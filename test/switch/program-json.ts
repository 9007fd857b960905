/** Builds BMv2 JSON documents for tests: a v1model program is spelt out but for what a test is about. */

export type JsonValue = unknown;

/** [name, width, signed?]; width "*" for a varbit field. */
export type FieldJson = readonly [string, number | '*', boolean?];

export interface ProgramJson {
  readonly headers?: Readonly<
    Record<string, { readonly fields: readonly FieldJson[]; readonly maxLength?: number }>
  >;
  readonly stacks?: Readonly<
    Record<string, { readonly fields: readonly FieldJson[]; readonly size: number }>
  >;
  /** Fields of the program's own metadata, in header `scalars`. */
  readonly scalars?: readonly FieldJson[];
  readonly states?: readonly JsonValue[];
  readonly valueSets?: readonly JsonValue[];
  /** Emitted in this order. */
  readonly order?: readonly string[];
  /** Primitives of the one action that ingress runs. */
  readonly ingress?: readonly JsonValue[];
  /** Primitives of the one action that egress runs. */
  readonly egress?: readonly JsonValue[];
  /** More actions; ids follow the two above. */
  readonly actions?: readonly JsonValue[];
  /** Whole pipelines instead of the two actions. */
  readonly pipelines?: readonly JsonValue[];
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

const STANDARD_METADATA: readonly FieldJson[] = [
  ['ingress_port', 9],
  ['egress_spec', 9],
  ['egress_port', 9],
  ['instance_type', 32],
  ['packet_length', 32],
  ['enq_timestamp', 32],
  ['enq_qdepth', 19],
  ['deq_timedelta', 32],
  ['deq_qdepth', 19],
  ['ingress_global_timestamp', 48],
  ['egress_global_timestamp', 48],
  ['mcast_grp', 16],
  ['egress_rid', 16],
  ['checksum_error', 1],
  ['parser_error', 32],
  ['priority', 3],
  ['_padding', 3],
];

export function field(header: string, name: string): JsonValue {
  return { type: 'field', value: [header, name] };
}

export function hex(value: bigint | number): JsonValue {
  const big = BigInt(value);
  return { type: 'hexstr', value: big < 0n ? `-0x${(-big).toString(16)}` : `0x${big.toString(16)}` };
}

export function expression(op: string, left: JsonValue, right: JsonValue): JsonValue {
  return { type: 'expression', value: { op, left, right } };
}

export function primitive(op: string, ...parameters: JsonValue[]): JsonValue {
  return { op, parameters };
}

export function assign(header: string, name: string, value: JsonValue): JsonValue {
  return primitive('assign', field(header, name), { type: 'expression', value });
}

export function extract(header: string): JsonValue {
  return { op: 'extract', parameters: [{ type: 'regular', value: header }] };
}

/** A parser state; without transitions it ends the parser. */
export function state(
  name: string,
  operations: readonly JsonValue[],
  keys: readonly JsonValue[] = [],
  transitions: readonly JsonValue[] = [goTo(null)],
): JsonValue {
  return { name, id: 0, parser_ops: operations, transition_key: keys, transitions };
}

export function goTo(next: string | null): JsonValue {
  return { type: 'default', value: null, mask: null, next_state: next };
}

/** A document with headers parsed in order where no states are given, and emitted in order. */
export function programJson(program: ProgramJson): Record<string, JsonValue> {
  const headers = Object.entries(program.headers ?? {});
  const stacks = Object.entries(program.stacks ?? {});
  const types = [
    { name: 'scalars_t', fields: program.scalars ?? [] },
    { name: 'standard_metadata', fields: STANDARD_METADATA },
    ...headers.map(([name, { fields, maxLength }]) => ({
      name: `${name}_t`,
      fields,
      ...(maxLength === undefined ? {} : { max_length: maxLength }),
    })),
    ...stacks.map(([name, { fields }]) => ({ name: `${name}_t`, fields })),
  ].map((type, id) => ({
    ...type,
    id,
    fields: type.fields.map(([name, width, signed]) => [name, width, signed ?? false]),
  }));
  const instances = [
    { name: 'scalars', header_type: 'scalars_t', metadata: true },
    { name: 'standard_metadata', header_type: 'standard_metadata', metadata: true },
    ...headers.map(([name]) => ({ name, header_type: `${name}_t`, metadata: false })),
    ...stacks.flatMap(([name, { size }]) =>
      Array.from({ length: size }, (_, i) => ({
        name: `${name}[${i}]`,
        header_type: `${name}_t`,
        metadata: false,
      })),
    ),
  ].map((header, id) => ({ ...header, id }));
  const idOf = (name: string) => instances.findIndex((header) => header.name === name);
  const names = headers.map(([name]) => name);
  const states = program.states ?? [state('start', names.map(extract))];
  return {
    program: 'test.p4',
    __meta__: { version: [2, 23] },
    header_types: types,
    headers: instances,
    header_stacks: stacks.map(([name, { size }], id) => ({
      name,
      id,
      header_type: `${name}_t`,
      size,
      header_ids: Array.from({ length: size }, (_, i) => idOf(`${name}[${i}]`)),
    })),
    errors: [
      ['NoError', 0],
      ['PacketTooShort', 1],
      ['NoMatch', 2],
      ['StackOutOfBounds', 3],
      ['HeaderTooShort', 4],
      ['ParserTimeout', 5],
      ['ParserInvalidArgument', 6],
    ],
    parsers: [
      {
        name: 'parser',
        id: 0,
        init_state: 'start',
        parse_states: states.map((one, id) => ({ ...(one as object), id })),
      },
    ],
    parse_vsets: program.valueSets ?? [],
    deparsers: [
      {
        name: 'deparser',
        id: 0,
        order: program.order ?? [
          ...names,
          ...stacks.flatMap(([name, { size }]) => Array.from({ length: size }, (_, i) => `${name}[${i}]`)),
        ],
        primitives: [],
      },
    ],
    actions: [
      { name: 'in', runtime_data: [], primitives: program.ingress ?? [] },
      { name: 'out', runtime_data: [], primitives: program.egress ?? [] },
      ...(program.actions ?? []).map((action) => action as object),
    ].map((action, id) => ({ ...action, id })),
    pipelines: program.pipelines ?? [
      onePipeline('ingress', 0, 'in', program.ingress !== undefined),
      onePipeline('egress', 1, 'out', program.egress !== undefined),
    ],
    calculations: [],
    checksums: [],
    field_aliases: [],
    ...program.extra,
  };
}

function onePipeline(name: string, action: number, actionName: string, used: boolean): JsonValue {
  const table = tableJson(`tbl_${name}`, 0, [[action, actionName]], {
    default_entry: { action_id: action, action_const: true, action_data: [], action_entry_const: true },
  });
  return pipelineJson(name, used ? `tbl_${name}` : null, used ? [table] : []);
}

export function pipelineJson(
  name: string,
  start: string | null,
  tables: readonly JsonValue[],
  conditionals: readonly JsonValue[] = [],
): JsonValue {
  return { name, id: 0, init_table: start, tables, action_profiles: [], conditionals };
}

/** A table; actions are [id, name] pairs, `more` overrides what is usual. */
export function tableJson(
  name: string,
  id: number,
  actions: readonly (readonly [number, string])[],
  more: Readonly<Record<string, JsonValue>> = {},
): JsonValue {
  return {
    name,
    id,
    key: [],
    match_type: 'exact',
    type: 'simple',
    max_size: 1024,
    with_counters: false,
    support_timeout: false,
    direct_meters: null,
    action_ids: actions.map(([action]) => action),
    actions: actions.map(([, actionName]) => actionName),
    base_default_next: null,
    next_tables: Object.fromEntries(actions.map(([, actionName]) => [actionName, null])),
    ...more,
  };
}
