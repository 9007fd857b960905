import { readBool } from './expressions.js';
import type { Json } from './json.js';
import { fieldName, type Scope, sourceInfo, widthOf } from './scope.js';
import { readInputs } from './state.js';
import {
  type ActionCall,
  type ActionNodeSpec,
  type ActionSpec,
  type ConditionSpec,
  type ConstEntry,
  type ControlNode,
  type DefaultEntry,
  type KeyMatch,
  type MatchKind,
  type Next,
  type PipelineSpec,
  type ProfileSpec,
  type TableKey,
  type TableNext,
  type TableSpec,
  VALID,
} from './types.js';

const MATCH_KINDS: ReadonlySet<string> = new Set(['exact', 'lpm', 'ternary', 'range', 'valid']);

/** Reads one pipeline; its tables are appended to `tables`, so that indices are unique in the program. */
export function readPipeline(json: Json, scope: Scope, tables: TableSpec[]): PipelineSpec {
  for (const profile of json.get('action_profiles').optionalItems()) readProfile(profile, scope);
  const numbers = new Map<string, number>();
  const cursors: Json[] = [];
  const tableItems = json.get('tables').optionalItems();
  const conditionItems = json.get('conditionals').optionalItems();
  const actionItems = json.get('action_calls').optionalItems();
  for (const node of [...tableItems, ...conditionItems, ...actionItems]) {
    const name = node.get('name').string();
    if (numbers.has(name))
      throw node.get('name').malformed(`a second control node is named ${JSON.stringify(name)}`);
    numbers.set(name, cursors.length);
    cursors.push(node);
  }
  const next = (reference: Json): Next => {
    if (reference.absent) return undefined;
    const number = numbers.get(reference.string());
    if (number === undefined)
      throw reference.unresolved(
        `there is no table or condition named ${JSON.stringify(reference.string())} in this pipeline`,
      );
    return number;
  };
  const nodes: ControlNode[] = [];
  for (const item of tableItems) {
    const table = readTable(item, tables.length, scope, next);
    tables.push(table);
    nodes.push(table);
  }
  for (const item of conditionItems) nodes.push(readCondition(item, scope, next));
  for (const item of actionItems) nodes.push(readActionNode(item, scope, next));
  checkAcyclic(json, nodes);
  return { name: json.get('name').string(), start: next(json.get('init_table')), nodes };
}

function readCondition(json: Json, scope: Scope, next: (reference: Json) => Next): ConditionSpec {
  const whenTrue = json.get('true_next');
  const whenFalse = json.get('false_next');
  return {
    kind: 'condition',
    name: json.get('name').string(),
    expression: readBool(json.get('expression'), scope),
    whenTrue: next(whenTrue),
    whenFalse: next(whenFalse),
    source: sourceInfo(json),
  };
}

function readActionNode(json: Json, scope: Scope, next: (reference: Json) => Next): ActionNodeSpec {
  const action = scope.actionById(json.get('action_id'));
  if (action.parameters.length > 0)
    throw json.malformed(`action ${action.name} has parameters, a direct call cannot give them`);
  return {
    kind: 'action',
    name: json.get('name').string(),
    action,
    next: next(json.get('next_node')),
    source: sourceInfo(json),
  };
}

function readProfile(json: Json, scope: Scope): ProfileSpec {
  const name = json.get('name').string();
  const selector = json.get('selector');
  const maxSize = json.get('max_size');
  const profile: ProfileSpec = {
    name,
    id: json.get('id').integer(),
    index: scope.profiles.all.length,
    maxSize: maxSize.absent ? 0 : maxSize.integer(),
    selector: selector.absent
      ? undefined
      : {
          algorithm: selector.get('algo').string(),
          inputs: readInputs(selector.get('input'), scope).inputs,
        },
  };
  scope.profiles.add(json, name, profile);
  return profile;
}

function readTable(json: Json, index: number, scope: Scope, next: (reference: Json) => Next): TableSpec {
  const keys = json
    .get('key')
    .optionalItems()
    .map((key) => readKey(key, scope));
  if (keys.filter((key) => key.match === 'lpm').length > 1)
    throw json.get('key').malformed('a table may have one lpm key only');
  const actions = readActions(json, scope);
  const implementation = readImplementation(json);
  const profileName = json.get('action_profile');
  const meterName = json.get('direct_meters');
  const entries = json.get('entries');
  const maxSize = json.get('max_size');
  if (maxSize.absent && entries.absent) throw json.malformed('a table needs max_size or entries');
  const immutable = !entries.absent;
  const constEntries = entries.optionalItems().map((entry) => readEntry(entry, keys, actions, scope));
  const defaultEntry = readDefault(json.get('default_entry'), actions, scope);
  return {
    kind: 'table',
    index,
    name: json.get('name').string(),
    id: json.get('id').integer(),
    keys,
    match: matchKind(json.get('match_type')),
    implementation,
    profile: implementation === 'simple' ? undefined : scope.profiles.get(profileName),
    maxSize: immutable ? constEntries.length : maxSize.integer(),
    counters: json.get('with_counters').optionalBoolean(false),
    supportTimeout: json.get('support_timeout').optionalBoolean(false),
    meter: meterName.absent ? undefined : scope.meters.get(meterName),
    actions,
    next: readNext(json.get('next_tables'), actions, next),
    defaultNext: next(json.get('base_default_next')),
    defaultEntry,
    constEntries,
    immutable,
    source: sourceInfo(json),
  };
}

function readImplementation(json: Json): TableSpec['implementation'] {
  const type = json.get('type');
  switch (type.string()) {
    case 'simple':
      return 'simple';
    case 'indirect':
      return 'indirect';
    case 'indirect_ws':
      return 'indirectWithSelector';
    default:
      throw type.unsupported(`table type ${JSON.stringify(type.string())} is not known`);
  }
}

function matchKind(json: Json): MatchKind {
  const kind = json.string();
  if (!MATCH_KINDS.has(kind)) throw json.unsupported(`match type ${JSON.stringify(kind)} is not known`);
  return kind as MatchKind;
}

function readKey(json: Json, scope: Scope): TableKey {
  const match = matchKind(json.get('match_type'));
  const target = json.get('target');
  const ref =
    match === 'valid'
      ? {
          header: scope.headers.get(Array.isArray(target.value) ? target.at(0) : target),
          field: VALID,
        }
      : scope.field(target);
  const name = json.get('name');
  const mask = json.get('mask');
  return {
    name: name.absent ? (match === 'valid' ? ref.header.name : fieldName(ref)) : name.string(),
    ref,
    match,
    width: widthOf(ref),
    mask: mask.absent ? undefined : mask.hex(),
  };
}

function readActions(json: Json, scope: Scope): ActionSpec[] {
  const ids = json.get('action_ids');
  if (!ids.absent) return ids.items().map((id) => scope.actionById(id));
  return json
    .get('actions')
    .items()
    .map((name) => {
      const action = scope.actions.find((candidate) => candidate.name === name.string());
      if (action === undefined)
        throw name.unresolved(`there is no action named ${JSON.stringify(name.value)}`);
      return action;
    });
}

function readNext(json: Json, actions: readonly ActionSpec[], next: (reference: Json) => Next): TableNext {
  const record = json.record();
  const hit = '__HIT__' in record;
  const miss = '__MISS__' in record;
  if (hit !== miss) throw json.malformed('next_tables has one of __HIT__ and __MISS__ but not the other');
  if (hit) return { kind: 'hitMiss', hit: next(json.get('__HIT__')), miss: next(json.get('__MISS__')) };
  return {
    kind: 'byAction',
    next: actions.map((action) => {
      if (!(action.name in record)) throw json.malformed(`no next node for action ${action.name}`);
      return next(json.get(action.name));
    }),
  };
}

function readCall(id: Json, data: Json, actions: readonly ActionSpec[], scope: Scope): ActionCall {
  const action = scope.actionById(id);
  const index = actions.indexOf(action);
  if (index < 0) throw id.malformed(`action ${action.name} is not one of the table's actions`);
  const values = data.items();
  if (values.length !== action.parameters.length)
    throw data.malformed(
      `action ${action.name} takes ${action.parameters.length} parameters, got ${values.length}`,
    );
  const wrapped = values.map((value, position) =>
    BigInt.asUintN(action.parameters[position]?.width ?? 0, value.hex()),
  );
  return { action: index, data: wrapped };
}

function readDefault(json: Json, actions: readonly ActionSpec[], scope: Scope): DefaultEntry | undefined {
  if (json.absent) return undefined;
  return {
    call: readCall(json.get('action_id'), json.get('action_data'), actions, scope),
    actionConst: json.get('action_const').optionalBoolean(false),
    entryConst: json.get('action_entry_const').optionalBoolean(false),
  };
}

function readEntry(
  json: Json,
  keys: readonly TableKey[],
  actions: readonly ActionSpec[],
  scope: Scope,
): ConstEntry {
  const fields = json.get('match_key').items();
  if (fields.length !== keys.length)
    throw json.get('match_key').malformed(`expected ${keys.length} fields, got ${fields.length}`);
  const match = fields.map((field, index) => readMatch(field, keys[index]));
  const action = json.get('action_entry');
  const priority = json.get('priority');
  return {
    match,
    priority: priority.absent ? 0 : priority.integer(),
    call: readCall(action.get('action_id'), action.get('action_data'), actions, scope),
  };
}

function readMatch(json: Json, key: TableKey | undefined): KeyMatch {
  const type = json.get('match_type');
  if (key === undefined || type.string() !== key.match)
    throw type.malformed(`expected a match of type ${key?.match ?? 'none'}`);
  const value = (name: string) => {
    const bits = json.get(name).hex();
    if (bits < 0n || bits >> BigInt(key.width) !== 0n)
      throw json.get(name).malformed(`the value does not fit in ${key.width} bits`);
    return bits;
  };
  switch (key.match) {
    case 'exact':
      return { kind: 'exact', value: value('key') };
    case 'lpm': {
      const prefixLength = json.get('prefix_length').integer();
      if (prefixLength > key.width)
        throw json.get('prefix_length').malformed(`a prefix of ${key.width} bits has at most as many`);
      return { kind: 'lpm', value: value('key'), prefixLength };
    }
    case 'ternary':
      return { kind: 'ternary', value: value('key'), mask: value('mask') };
    case 'range':
      return { kind: 'range', low: value('start'), high: value('end') };
    case 'valid':
      return { kind: 'exact', value: json.get('key').boolean() ? 1n : 0n };
  }
}

/** Where a node can lead. */
export function successors(node: ControlNode): Next[] {
  switch (node.kind) {
    case 'condition':
      return [node.whenTrue, node.whenFalse];
    case 'action':
      return [node.next];
    case 'table':
      return node.next.kind === 'hitMiss'
        ? [node.next.hit, node.next.miss]
        : [...node.next.next, node.defaultNext];
  }
}

/** simple_switch would run a pipeline that leads back to itself for ever; p4c makes none. */
function checkAcyclic(json: Json, nodes: readonly ControlNode[]): void {
  const done = new Set<number>();
  const open = new Set<number>();
  const visit = (index: Next): void => {
    const node = index === undefined ? undefined : nodes[index];
    if (index === undefined || node === undefined || done.has(index)) return;
    if (open.has(index)) throw json.unsupported(`${node.name} leads back to itself`);
    open.add(index);
    for (const next of successors(node)) visit(next);
    open.delete(index);
    done.add(index);
  };
  nodes.forEach((_, index) => {
    visit(index);
  });
}
