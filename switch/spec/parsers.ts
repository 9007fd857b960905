import { readBool, readData, readTyped, unionMember } from './expressions.js';
import type { Json } from './json.js';
import { readPrimitive } from './primitives.js';
import { type Scope, widthOf } from './scope.js';
import type {
  DataExpression,
  DeparserSpec,
  ExtractDestination,
  HeaderType,
  KeyElement,
  ParserOperation,
  ParserSpec,
  ParserState,
  Transition,
  ValueSetSpec,
} from './types.js';

export function readParser(json: Json, scope: Scope): ParserSpec {
  const states = json.get('parse_states').items();
  const names = new Map<string, number>();
  states.forEach((state, index) => {
    const name = state.get('name').string();
    if (names.has(name))
      throw state.get('name').malformed(`a second parser state is named ${JSON.stringify(name)}`);
    names.set(name, index);
  });
  const next = (reference: Json): number => {
    if (reference.absent) return -1;
    const index = names.get(reference.string());
    if (index === undefined)
      throw reference.unresolved(`there is no parser state named ${JSON.stringify(reference.string())}`);
    return index;
  };
  return {
    name: json.get('name').string(),
    start: next(json.get('init_state')),
    states: states.map((state) => readState(state, scope, next)),
  };
}

function readState(json: Json, scope: Scope, next: (reference: Json) => number): ParserState {
  const keys = json
    .get('transition_key')
    .optionalItems()
    .map((key) => readKey(key, scope));
  const transitions: Transition[] = [];
  let defaultNext = -1;
  for (const transition of json.get('transitions').optionalItems()) {
    const value = transition.get('value');
    const type = transition.get('type');
    const kind = value.value === 'default' ? 'default' : type.absent ? 'hexstr' : type.string();
    const to = next(transition.get('next_state'));
    const mask = transition.get('mask');
    if (kind === 'default') {
      defaultNext = to;
    } else if (kind === 'hexstr') {
      transitions.push({
        kind: 'value',
        values: splitKey(value, keys),
        masks: mask.absent ? keys.map(() => -1n) : splitKey(mask, keys),
        next: to,
      });
    } else if (kind === 'parse_vset') {
      if (!mask.absent) throw mask.unsupported('a value set carries its own masks');
      transitions.push({
        kind: 'valueSet',
        set: valueSetFor(scope.valueSets.get(value), keys, value, scope),
        next: to,
      });
    } else {
      throw type.unsupported(`transitions of type ${JSON.stringify(kind)} are not known`);
    }
  }
  const operations = json
    .get('parser_ops')
    .optionalItems()
    .map((operation) => readOperation(operation, scope));
  return { name: json.get('name').string(), operations, keys, transitions, defaultNext };
}

/** A value set learns the widths of its elements from the first state that uses it. */
function valueSetFor(set: ValueSetSpec, keys: readonly KeyElement[], json: Json, scope: Scope): ValueSetSpec {
  const widths = keys.map((key) => key.width);
  if (set.elementWidths.length > 0) {
    if (set.elementWidths.join() !== widths.join())
      throw json.unsupported(`value set ${set.name} is used with keys of different shapes`);
    return set;
  }
  const shaped: ValueSetSpec = { ...set, elementWidths: widths };
  scope.valueSets.replace(set.name, set, shaped);
  return shaped;
}

/** Cuts BMv2's byte-padded key value into one value per key element. */
function splitKey(json: Json, keys: readonly KeyElement[]): bigint[] {
  let rest = json.hex();
  const bits = keys.reduce((sum, key) => sum + paddedBits(key.width), 0);
  if (rest < 0n || rest >> BigInt(bits) !== 0n)
    throw json.malformed(`the transition key takes ${bits / 8} bytes, the value more`);
  const values: bigint[] = [];
  for (let i = keys.length - 1; i >= 0; i--) {
    const padded = BigInt(paddedBits(keys[i]?.width ?? 0));
    values.unshift(rest & ((1n << padded) - 1n));
    rest >>= padded;
  }
  return values;
}

function paddedBits(width: number): number {
  return Math.ceil(width / 8) * 8;
}

function readKey(json: Json, scope: Scope): KeyElement {
  const typed = readTyped(json, scope);
  const value = typed.type === 'data' ? typed.data : undefined;
  switch (value?.kind) {
    case 'field':
      return { value, width: widthOf(value.ref) };
    case 'lastField':
      return { value, width: value.stack.type.fields[value.field]?.width ?? 1 };
    case 'lastUnionField':
      return { value, width: value.stack.type.members[value.member]?.type.fields[value.field]?.width ?? 1 };
    case 'lookahead':
      return { value, width: value.width };
    default:
      throw json.unsupported('a transition key is made of fields and lookaheads only');
  }
}

function readOperation(json: Json, scope: Scope): ParserOperation {
  const op = json.get('op');
  const parameters = json.get('parameters');
  switch (op.string()) {
    case 'extract':
    case 'extract_VL': {
      const { destination, type } = readDestination(parameters.at(0), scope);
      const variable = op.string() === 'extract_VL';
      if (!variable && type.varbit >= 0)
        throw json.unsupported(
          `header type ${type.name} has a variable-length field: it needs extract_VL with a length expression`,
        );
      if (variable && type.varbit < 0)
        throw json.malformed(`header type ${type.name} has no variable-length field`);
      const varbitLength = variable ? readData(parameters.at(1), scope) : undefined;
      return { kind: 'extract', destination, type, varbitLength };
    }
    case 'set': {
      const target = parameters.at(0);
      if (target.get('type').string() !== 'field') throw target.malformed('expected a field');
      const ref = scope.field(target.get('value'));
      const value = readData(parameters.at(1), scope);
      if (ref.header.type.fields[ref.field]?.varbit === true) {
        if (value.kind !== 'field') throw parameters.at(1).malformed('expected a variable-length field');
        return { kind: 'setVarbit', target: ref, source: value.ref };
      }
      return { kind: 'set', target: ref, value };
    }
    case 'verify': {
      const code = parameters.at(1);
      const error: DataExpression =
        typeof code.value === 'number'
          ? { kind: 'constant', value: BigInt(code.integer()) }
          : readData(code, scope);
      return { kind: 'verify', condition: readBool(parameters.at(0), scope), error };
    }
    case 'shift':
      return {
        kind: 'advance',
        bits: { kind: 'constant', value: 8n * BigInt(parameters.at(0).integer()) },
      };
    case 'advance':
      return { kind: 'advance', bits: readData(parameters.at(0), scope) };
    case 'primitive':
      return { kind: 'primitive', primitive: readPrimitive(parameters.at(0), scope) };
    default:
      throw op.unsupported(`parser operation ${JSON.stringify(op.string())} is not known`);
  }
}

function readDestination(
  json: Json,
  scope: Scope,
): { readonly destination: ExtractDestination; readonly type: HeaderType } {
  const type = json.get('type');
  const value = json.get('value');
  switch (type.string()) {
    case 'regular': {
      const header = scope.headers.get(value);
      return { destination: { kind: 'header', header }, type: header.type };
    }
    case 'stack': {
      const stack = scope.headerStacks.get(value);
      return { destination: { kind: 'nextInStack', stack }, type: stack.type };
    }
    case 'union_stack': {
      const stack = scope.unionStacks.get(value.at(0));
      const member = unionMember(stack, value.at(1));
      return { destination: { kind: 'nextInUnionStack', stack, member: member.member }, type: member.type };
    }
    default:
      throw type.unsupported(`extracting to ${JSON.stringify(type.string())} is not known`);
  }
}

export function readDeparser(json: Json, scope: Scope): DeparserSpec {
  return {
    name: json.get('name').string(),
    order: json
      .get('order')
      .items()
      .map((name) => scope.headers.get(name)),
    primitives: json
      .get('primitives')
      .optionalItems()
      .map((primitive) => readPrimitive(primitive, scope)),
  };
}
