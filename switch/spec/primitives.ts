import { readBool, readData, readHeaderExpression, readStack, readUnionExpression } from './expressions.js';
import type { Json } from './json.js';
import { type Scope, sourceInfo } from './scope.js';
import type { DataExpression, Primitive, PrimitiveBody, Target } from './types.js';

type Reader = (parameters: readonly Json[], scope: Scope) => PrimitiveBody;

/** Reads one primitive call of an action, a parser or a deparser. */
export function readPrimitive(json: Json, scope: Scope): Primitive {
  const op = json.get('op');
  const name = op.string();
  const known = PRIMITIVES.get(name);
  if (known === undefined) throw op.unsupported(`primitive ${JSON.stringify(name)} is not known`);
  const [count, reader] = known;
  const parameters = json.get('parameters').optionalItems();
  if (parameters.length !== count)
    throw json.get('parameters').malformed(`${name} takes ${count} parameters, got ${parameters.length}`);
  return { ...reader(parameters, scope), source: sourceInfo(json) };
}

export function readTarget(json: Json, scope: Scope): Target {
  const target = readData(json, scope);
  switch (target.kind) {
    case 'field':
    case 'lastField':
    case 'lastUnionField':
    case 'headerField':
    case 'register':
      return target;
    default:
      throw json.malformed(`a ${target.kind} cannot be assigned to`);
  }
}

/** Parameter `index`; the count was checked before. */
function at(parameters: readonly Json[], index: number): Json {
  const parameter = parameters[index];
  if (parameter === undefined) throw new RangeError(`parameter ${index}`);
  return parameter;
}

function assignment(
  value: (target: Target, parameters: readonly Json[], scope: Scope) => DataExpression,
): Reader {
  return (parameters, scope) => {
    const target = readTarget(at(parameters, 0), scope);
    return { kind: 'assign', target, value: value(target, parameters, scope) };
  };
}

/** P4_14 leftovers `op(dst, a, b)`: dst = a op b. */
function binary(operator: '+' | '-' | '&' | '|' | '^' | '<<' | '>>'): [number, Reader] {
  return [
    3,
    assignment((_, parameters, scope) => ({
      kind: 'arithmetic',
      operator,
      left: readData(at(parameters, 1), scope),
      right: readData(at(parameters, 2), scope),
    })),
  ];
}

/** P4_14 leftovers `op(dst, a)`: dst = dst op a. */
function inPlace(operator: '+' | '-'): [number, Reader] {
  return [
    2,
    assignment((target, parameters, scope) => ({
      kind: 'arithmetic',
      operator,
      left: target,
      right: readData(at(parameters, 1), scope),
    })),
  ];
}

function constant(json: Json, scope: Scope): number {
  const value = readData(json, scope);
  if (value.kind !== 'constant' || value.value < 0n || value.value > 0xffff_ffffn)
    throw json.malformed('expected a constant');
  return Number(value.value);
}

const copyHeader: Reader = (parameters, scope) => ({
  kind: 'assignHeader',
  target: readHeaderExpression(at(parameters, 0), scope),
  value: readHeaderExpression(at(parameters, 1), scope),
});

const setValid =
  (reset: boolean): Reader =>
  (parameters, scope) => ({
    kind: 'setValid',
    header: readHeaderExpression(at(parameters, 0), scope),
    reset,
  });

const shiftStack =
  (kind: 'push' | 'pop'): Reader =>
  (parameters, scope) => ({
    kind,
    stack: readStack(at(parameters, 0), scope),
    count: readData(at(parameters, 1), scope),
  });

const check =
  (kind: 'assert' | 'assume'): Reader =>
  (parameters, scope) => ({ kind, value: readBool(at(parameters, 0), scope) });

const clone: Reader = (parameters, scope) => ({
  kind: 'clone',
  session: readData(at(parameters, 0), scope),
  fieldList: readData(at(parameters, 1), scope),
});

const again =
  (kind: 'resubmit' | 'recirculate'): Reader =>
  (parameters, scope) => ({ kind, fieldList: readData(at(parameters, 0), scope) });

const PRIMITIVES: ReadonlyMap<string, [number, Reader]> = new Map<string, [number, Reader]>([
  ['assign', [2, assignment((_, parameters, scope) => readData(at(parameters, 1), scope))]],
  ['modify_field', [2, assignment((_, parameters, scope) => readData(at(parameters, 1), scope))]],
  [
    'assign_VL',
    [
      2,
      (parameters, scope) => {
        const target = readTarget(at(parameters, 0), scope);
        const value = readTarget(at(parameters, 1), scope);
        if (target.kind !== 'field' || value.kind !== 'field')
          throw at(parameters, 0).unsupported('assign_VL works on plain fields only');
        return { kind: 'assignVarbit', target: target.ref, value: value.ref };
      },
    ],
  ],
  ['assign_header', [2, copyHeader]],
  ['copy_header', [2, copyHeader]],
  [
    'assign_union',
    [
      2,
      (parameters, scope) => ({
        kind: 'assignUnion',
        target: readUnionExpression(at(parameters, 0), scope),
        value: readUnionExpression(at(parameters, 1), scope),
      }),
    ],
  ],
  [
    'assign_header_stack',
    [
      2,
      (parameters, scope) => {
        const target = readStack(at(parameters, 0), scope);
        const value = readStack(at(parameters, 1), scope);
        if (target.kind !== 'headerStack' || value.kind !== 'headerStack')
          throw at(parameters, 0).malformed('expected two header stacks');
        return { kind: 'assignHeaderStack', target, value };
      },
    ],
  ],
  [
    'assign_union_stack',
    [
      2,
      (parameters, scope) => {
        const target = readStack(at(parameters, 0), scope);
        const value = readStack(at(parameters, 1), scope);
        if (target.kind !== 'unionStack' || value.kind !== 'unionStack')
          throw at(parameters, 0).malformed('expected two header union stacks');
        return { kind: 'assignUnionStack', target, value };
      },
    ],
  ],
  ['push', [2, shiftStack('push')]],
  ['pop', [2, shiftStack('pop')]],
  ['_jump', [1, (parameters, scope) => ({ kind: 'jump', to: constant(at(parameters, 0), scope) })]],
  [
    '_jump_if_zero',
    [
      2,
      (parameters, scope) => ({
        kind: 'jumpIfZero',
        value: readData(at(parameters, 0), scope),
        to: constant(at(parameters, 1), scope),
      }),
    ],
  ],
  ['exit', [0, () => ({ kind: 'exit' })]],
  ['assert', [1, check('assert')]],
  ['assume', [1, check('assume')]],
  [
    'log_msg',
    [
      2,
      (parameters, scope) => {
        const values = at(parameters, 1).get('value');
        return {
          kind: 'log',
          format: at(parameters, 0).get('value').string(),
          // p4c writes {} rather than [] where there are no values.
          values: Array.isArray(values.value) ? values.items().map((value) => readData(value, scope)) : [],
        };
      },
    ],
  ],
  [
    'mark_to_drop',
    [
      1,
      (parameters, scope) => {
        const header = readHeaderExpression(at(parameters, 0), scope);
        if (header.kind !== 'header') throw at(parameters, 0).malformed('expected the standard metadata');
        return { kind: 'markToDrop', header: header.header };
      },
    ],
  ],
  ['drop', [0, () => ({ kind: 'markToDrop', header: undefined })]],
  [
    'generate_digest',
    [2, (parameters, scope) => ({ kind: 'digest', list: readData(at(parameters, 1), scope) })],
  ],
  ['add_header', [1, setValid(true)]],
  ['add_header_fast', [1, setValid(false)]],
  [
    'remove_header',
    [
      1,
      (parameters, scope) => ({
        kind: 'setInvalid',
        header: readHeaderExpression(at(parameters, 0), scope),
      }),
    ],
  ],
  ['clone_ingress_pkt_to_egress', [2, clone]],
  ['clone_egress_pkt_to_egress', [2, clone]],
  ['resubmit', [1, again('resubmit')]],
  ['recirculate', [1, again('recirculate')]],
  [
    'modify_field_with_hash_based_offset',
    [
      4,
      (parameters, scope) => {
        const calculation = at(parameters, 2);
        if (calculation.get('type').string() !== 'calculation')
          throw calculation.malformed('expected a calculation');
        return {
          kind: 'hash',
          target: readTarget(at(parameters, 0), scope),
          base: readData(at(parameters, 1), scope),
          calculation: scope.calculations.get(calculation.get('value')),
          size: readData(at(parameters, 3), scope),
        };
      },
    ],
  ],
  [
    'modify_field_rng_uniform',
    [
      3,
      (parameters, scope) => ({
        kind: 'random',
        target: readTarget(at(parameters, 0), scope),
        low: readData(at(parameters, 1), scope),
        high: readData(at(parameters, 2), scope),
      }),
    ],
  ],
  [
    'execute_meter',
    [
      3,
      (parameters, scope) => ({
        kind: 'executeMeter',
        meter: scope.meters.get(named(at(parameters, 0), 'meter_array')),
        index: readData(at(parameters, 1), scope),
        target: readTarget(at(parameters, 2), scope),
      }),
    ],
  ],
  [
    'count',
    [
      2,
      (parameters, scope) => ({
        kind: 'count',
        counter: scope.counters.get(named(at(parameters, 0), 'counter_array')),
        index: readData(at(parameters, 1), scope),
      }),
    ],
  ],
  [
    'register_read',
    [
      3,
      (parameters, scope) => ({
        kind: 'registerRead',
        target: readTarget(at(parameters, 0), scope),
        register: scope.registers.get(named(at(parameters, 1), 'register_array')),
        index: readData(at(parameters, 2), scope),
      }),
    ],
  ],
  [
    'register_write',
    [
      3,
      (parameters, scope) => ({
        kind: 'registerWrite',
        register: scope.registers.get(named(at(parameters, 0), 'register_array')),
        index: readData(at(parameters, 1), scope),
        value: readData(at(parameters, 2), scope),
      }),
    ],
  ],
  [
    'truncate',
    [1, (parameters, scope) => ({ kind: 'truncate', length: readData(at(parameters, 0), scope) })],
  ],
  ['no_op', [0, () => ({ kind: 'noOp' })]],
  ['add_to_field', inPlace('+')],
  ['subtract_from_field', inPlace('-')],
  ['add', binary('+')],
  ['subtract', binary('-')],
  ['bit_xor', binary('^')],
  ['bit_or', binary('|')],
  ['bit_and', binary('&')],
  ['shift_left', binary('<<')],
  ['shift_right', binary('>>')],
]);

/** The name inside a `{type, value}` object of the given type. */
function named(json: Json, type: string): Json {
  const actual = json.get('type');
  if (actual.string() !== type) throw actual.malformed(`expected a ${type}`);
  return json.get('value');
}
