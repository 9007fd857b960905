import { readHeaders } from './headers.js';
import { Json } from './json.js';
import { readDeparser, readParser } from './parsers.js';
import { readPipeline } from './pipelines.js';
import { readPrimitive } from './primitives.js';
import { Scope, sourceInfo } from './scope.js';
import { readChecksum, readDigest, readFieldList, readState } from './state.js';
import type { DeparserSpec, ParserSpec, PipelineSpec, ProgramSpec, TableSpec } from './types.js';

/** Core errors and their codes where the document does not define them (p4include/core.p4). */
const CORE_ERRORS = [
  'NoError',
  'PacketTooShort',
  'NoMatch',
  'StackOutOfBounds',
  'HeaderTooShort',
  'ParserTimeout',
  'ParserInvalidArgument',
] as const;

/** Fields of the standard metadata simple_switch cannot run without. */
const REQUIRED_FIELDS = ['ingress_port', 'packet_length', 'instance_type', 'egress_spec', 'egress_port'];

/**
 * Reads a BMv2 JSON document (parsed, major version 2) into a ProgramSpec.
 *
 * @throws SpecError naming the JSON path of what is wrong, missing or not supported.
 */
export function loadProgram(document: unknown): ProgramSpec {
  const root = new Json(document);
  checkVersion(root);
  const scope = new Scope();
  readHeaders(root, scope);
  for (const field of REQUIRED_FIELDS)
    if (!scope.fields.has(`standard_metadata.${field}`))
      throw root.get('headers').unresolved(`the v1model field standard_metadata.${field} is missing`);
  readErrors(root.get('errors'), scope);
  readState(root, scope);
  const externs = root.get('extern_instances').optionalItems();
  const first = externs[0];
  if (first !== undefined)
    throw first.unsupported(`extern instances need code of their own; v1model has none`);
  readActions(root.get('actions'), scope);
  const parser = readParser(only(root, 'parsers', 'parser'), scope);
  const deparser = readDeparser(only(root, 'deparsers', 'deparser'), scope);
  const tables: TableSpec[] = [];
  const ingress = readPipeline(only(root, 'pipelines', 'ingress'), scope, tables);
  const egress = readPipeline(only(root, 'pipelines', 'egress'), scope, tables);
  checkTableNames(root, tables);
  return spec(root, scope, { parser, ingress, egress, deparser, tables });
}

function spec(
  root: Json,
  scope: Scope,
  parts: {
    readonly parser: ParserSpec;
    readonly ingress: PipelineSpec;
    readonly egress: PipelineSpec;
    readonly deparser: DeparserSpec;
    readonly tables: readonly TableSpec[];
  },
): ProgramSpec {
  const name = root.get('program');
  return {
    name: name.absent ? '' : name.string(),
    headerTypes: scope.headerTypes.all,
    headers: scope.headers.all,
    headerStacks: scope.headerStacks.all,
    headerUnions: scope.headerUnions.all,
    unionStacks: scope.unionStacks.all,
    fields: scope.fields,
    errors: scope.errors,
    ...parts,
    valueSets: scope.valueSets.all,
    actions: scope.actions,
    profiles: scope.profiles.all,
    calculations: scope.calculations.all,
    checksums: root
      .get('checksums')
      .optionalItems()
      .map((json) => readChecksum(json, scope)),
    registers: scope.registers.all,
    counters: scope.counters.all,
    meters: scope.meters.all,
    digests: root
      .get('learn_lists')
      .optionalItems()
      .map((json, index) => readDigest(json, index, scope)),
    fieldLists: root
      .get('field_lists')
      .optionalItems()
      .map((json) => readFieldList(json, scope)),
  };
}

function checkVersion(root: Json): void {
  const meta = root.get('__meta__');
  if (meta.absent || meta.get('version').absent) return;
  const major = meta.get('version').at(0);
  if (major.integer() !== 2) throw major.unsupported(`version ${major.integer()} of the format; 2 is known`);
}

function readErrors(json: Json, scope: Scope): void {
  let highest = -1;
  for (const error of json.optionalItems()) {
    const code = error.at(1).integer();
    scope.errors.set(error.at(0).string(), code);
    highest = Math.max(highest, code);
  }
  for (const name of CORE_ERRORS) if (!scope.errors.has(name)) scope.errors.set(name, ++highest);
}

function readActions(json: Json, scope: Scope): void {
  for (const action of json.optionalItems()) {
    const id = action.get('id').integer();
    if (scope.actionsById.has(id)) throw action.malformed(`a second action has the id ${id}`);
    const parameters = action
      .get('runtime_data')
      .optionalItems()
      .map((parameter) => ({
        name: parameter.get('name').string(),
        width: parameter.get('bitwidth').integer(),
      }));
    const primitives = action
      .get('primitives')
      .optionalItems()
      .map((primitive) => readPrimitive(primitive, scope));
    const loaded = {
      name: action.get('name').string(),
      id,
      index: scope.actions.length,
      parameters,
      primitives,
      source: sourceInfo(action),
    };
    for (const primitive of primitives)
      if ('to' in primitive && primitive.to > primitives.length)
        throw action
          .get('primitives')
          .malformed(`a jump leads to primitive ${primitive.to} of ${primitives.length}`);
    scope.actionsById.set(id, loaded);
    scope.actions.push(loaded);
  }
}

/** simple_switch runs the parser, deparser and pipelines of these names; others would never run. */
function only(root: Json, section: string, name: string): Json {
  const items = root.get(section).items();
  const found = items.find((item) => item.get('name').string() === name);
  if (found === undefined) throw root.get(section).unresolved(`there is no ${JSON.stringify(name)}`);
  return found;
}

function checkTableNames(root: Json, tables: readonly TableSpec[]): void {
  const names = new Set<string>();
  for (const table of tables) {
    if (names.has(table.name))
      throw root.get('pipelines').malformed(`a second table is named ${JSON.stringify(table.name)}`);
    names.add(table.name);
  }
}
