import type { Json } from './json.js';
import type { Scope } from './scope.js';
import type {
  ArithmeticOperator,
  BoolExpression,
  CastOperator,
  ComparisonOperator,
  DataExpression,
  HeaderExpression,
  HeaderStack,
  HeaderType,
  UnionExpression,
  UnionStack,
  UnionType,
} from './types.js';

/** An expression whose type is found out while it is read, as BMv2 does. */
export type Typed =
  | { readonly type: 'data'; readonly data: DataExpression }
  | { readonly type: 'bool'; readonly bool: BoolExpression }
  | { readonly type: 'header'; readonly header: HeaderExpression }
  | { readonly type: 'union'; readonly union: UnionExpression }
  | { readonly type: 'stack'; readonly stack: HeaderStack | UnionStack };

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '<<', '>>', '&', '|', '^']);
const ORDER: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const CASTS: ReadonlyMap<string, CastOperator> = new Map([
  ['two_comp_mod', 'wrap'],
  ['usat_cast', 'saturateUnsigned'],
  ['sat_cast', 'saturateSigned'],
]);

export function readData(json: Json, scope: Scope): DataExpression {
  return asData(json, readTyped(json, scope));
}

export function readBool(json: Json, scope: Scope): BoolExpression {
  const typed = readTyped(json, scope);
  if (typed.type === 'bool') return typed.bool;
  if (typed.type === 'data') return { kind: 'dataToBool', operand: typed.data };
  throw json.malformed(`expected a condition, got a ${typed.type}`);
}

export function readHeaderExpression(json: Json, scope: Scope): HeaderExpression {
  const typed = readTyped(json, scope);
  if (typed.type !== 'header') throw json.malformed(`expected a header, got a ${typed.type}`);
  return typed.header;
}

export function readUnionExpression(json: Json, scope: Scope): UnionExpression {
  const typed = readTyped(json, scope);
  if (typed.type !== 'union') throw json.malformed(`expected a header union, got a ${typed.type}`);
  return typed.union;
}

export function readStack(json: Json, scope: Scope): HeaderStack | UnionStack {
  const typed = readTyped(json, scope);
  if (typed.type !== 'stack') throw json.malformed(`expected a stack, got a ${typed.type}`);
  return typed.stack;
}

function asData(json: Json, typed: Typed): DataExpression {
  if (typed.type === 'data') return typed.data;
  if (typed.type === 'bool') return { kind: 'boolToData', operand: typed.bool };
  throw json.malformed(`expected a value, got a ${typed.type}`);
}

/** Reads a type-value object, or the bare `{op, left, right}` some places put in its stead. */
export function readTyped(json: Json, scope: Scope): Typed {
  const type = json.get('type');
  if (type.absent && !json.get('op').absent) return operation(json, scope);
  const value = json.get('value');
  switch (type.string()) {
    case 'expression': {
      // p4c nests {"type":"expression","value":{"type":"expression",...}} in action parameters.
      if (value.get('op').absent) return readTyped(value, scope);
      return operation(value, scope);
    }
    case 'field':
      return data({ kind: 'field', ref: scope.field(value) });
    case 'hexstr':
      return data({ kind: 'constant', value: value.hex() });
    case 'bool':
      return bool({ kind: 'boolConstant', value: value.boolean() });
    case 'header':
      return header({ kind: 'header', header: scope.headers.get(value) });
    case 'header_stack':
      return { type: 'stack', stack: scope.headerStacks.get(value) };
    case 'header_union':
      return { type: 'union', union: { kind: 'union', union: scope.headerUnions.get(value) } };
    case 'header_union_stack':
      return { type: 'stack', stack: scope.unionStacks.get(value) };
    case 'stack_field': {
      const stack = scope.headerStacks.get(value.at(0));
      // p4c writes a stack's last header as its "field" last.
      const name = value.at(1);
      if (name.value === 'last' && !stack.type.fields.some((field) => field.name === 'last'))
        return header({ kind: 'lastElement', stack });
      return data({ kind: 'lastField', stack, field: scope.fieldIndex(stack.type, name) });
    }
    case 'union_stack_field':
      return data(unionStackField(value, scope));
    case 'local':
    case 'runtime_data':
      return data({ kind: 'parameter', index: value.integer() });
    case 'lookahead':
      return data({ kind: 'lookahead', offset: value.at(0).integer(), width: value.at(1).integer(1) });
    case 'register':
      return data({
        kind: 'register',
        register: scope.registers.get(value.at(0)),
        index: readData(value.at(1), scope),
      });
    default:
      throw type.unsupported(`values of type ${JSON.stringify(type.string())} are not known here`);
  }
}

export function unionStackField(
  value: Json,
  scope: Scope,
): Extract<DataExpression, { kind: 'lastUnionField' }> {
  const stack = scope.unionStacks.get(value.at(0));
  const { member, type } = unionMember(stack, value.at(1));
  return { kind: 'lastUnionField', stack, member, field: scope.fieldIndex(type, value.at(2)) };
}

/** The member of a union stack's elements that the JSON string names. */
export function unionMember(stack: UnionStack, json: Json) {
  const name = json.string();
  const member = stack.type.members.findIndex((candidate) => candidate.name === name);
  const found = stack.type.members[member];
  if (found === undefined)
    throw json.unresolved(`union type ${stack.type.name} has no member named ${JSON.stringify(name)}`);
  return { member, type: found.type };
}

function operation(json: Json, scope: Scope): Typed {
  const op = json.get('op').string();
  const left = json.get('left');
  const right = json.get('right');
  const cast = CASTS.get(op);
  if (cast !== undefined) return castOperation(cast, left, right, scope);
  if (ARITHMETIC.has(op)) {
    // A unary + or - has no left operand; BMv2 takes 0 in its place.
    const leftData: DataExpression =
      left.absent && (op === '+' || op === '-') ? { kind: 'constant', value: 0n } : readData(left, scope);
    const operator = op as ArithmeticOperator;
    return data({ kind: 'arithmetic', operator, left: leftData, right: readData(right, scope) });
  }
  if (ORDER.has(op)) {
    const operator = op as ComparisonOperator;
    return bool({ kind: 'compare', operator, left: readData(left, scope), right: readData(right, scope) });
  }
  switch (op) {
    case '==':
    case '!=':
      return equality(op, left, right, scope);
    case 'and':
    case 'or':
      return bool({ kind: op, left: readBool(left, scope), right: readBool(right, scope) });
    case 'not':
      return bool({ kind: 'not', operand: readBool(right, scope) });
    case '~':
      return data({ kind: 'invert', operand: readData(right, scope) });
    case 'valid':
      return bool({ kind: 'isValid', header: readHeaderExpression(right, scope) });
    case 'valid_union':
      return bool({ kind: 'isUnionValid', union: readUnionExpression(right, scope) });
    case 'd2b':
      return bool({ kind: 'dataToBool', operand: readData(right, scope) });
    case 'b2d':
      return data({ kind: 'boolToData', operand: readBool(right, scope) });
    case '?':
      return choice(json, scope);
    case 'dereference_header_stack':
    case 'dereference_stack': {
      const stack = readStack(left, scope);
      if (stack.kind !== 'headerStack') throw left.malformed('expected a header stack');
      return header({ kind: 'stackElement', stack, index: readData(right, scope) });
    }
    case 'dereference_union_stack': {
      const stack = readStack(left, scope);
      if (stack.kind !== 'unionStack') throw left.malformed('expected a header union stack');
      return { type: 'union', union: { kind: 'unionElement', stack, index: readData(right, scope) } };
    }
    case 'last_stack_index':
      return data({ kind: 'lastIndex', stack: readStack(right, scope) });
    case 'size_stack':
      return data({ kind: 'stackSize', stack: readStack(right, scope) });
    case 'access_field': {
      const expression = readHeaderExpression(left, scope);
      const field = scope.fieldAt(headerExpressionType(expression), right);
      return data(
        expression.kind === 'header'
          ? { kind: 'field', ref: { header: expression.header, field } }
          : { kind: 'headerField', header: expression, field },
      );
    }
    case 'access_union_header': {
      const union = readUnionExpression(left, scope);
      const member = right.integer();
      if (member >= unionExpressionType(union).members.length)
        throw right.unresolved(`the union has no member number ${member}`);
      return header({ kind: 'unionMember', union, member });
    }
    default:
      throw json.get('op').unsupported(`expression operator ${JSON.stringify(op)} is not known`);
  }
}

function castOperation(operator: CastOperator, left: Json, right: Json, scope: Scope): Typed {
  const width = readData(right, scope);
  if (width.kind !== 'constant' || width.value < 1n || width.value > 1_000_000n)
    throw right.malformed('expected a constant width of at least one bit');
  return data({ kind: 'cast', operator, operand: readData(left, scope), width: Number(width.value) });
}

function equality(op: '==' | '!=', left: Json, right: Json, scope: Scope): Typed {
  const a = readTyped(left, scope);
  const b = readTyped(right, scope);
  let same: BoolExpression;
  if (a.type === 'header' && b.type === 'header')
    same = { kind: 'sameHeader', left: a.header, right: b.header };
  else if (a.type === 'union' && b.type === 'union')
    same = { kind: 'sameUnion', left: a.union, right: b.union };
  else if (a.type === 'bool' && b.type === 'bool') same = { kind: 'sameBool', left: a.bool, right: b.bool };
  else return bool({ kind: 'compare', operator: op, left: asData(left, a), right: asData(right, b) });
  return bool(op === '==' ? same : { kind: 'not', operand: same });
}

function choice(json: Json, scope: Scope): Typed {
  const condition = readBool(json.get('cond'), scope);
  const left = json.get('left');
  const right = json.get('right');
  const whenTrue = readTyped(left, scope);
  const whenFalse = readTyped(right, scope);
  if (whenTrue.type === 'bool' && whenFalse.type === 'bool')
    return bool({ kind: 'chooseBool', condition, whenTrue: whenTrue.bool, whenFalse: whenFalse.bool });
  if (whenTrue.type === 'header' && whenFalse.type === 'header')
    return header({
      kind: 'chooseHeader',
      condition,
      whenTrue: whenTrue.header,
      whenFalse: whenFalse.header,
    });
  return data({
    kind: 'choose',
    condition,
    whenTrue: asData(left, whenTrue),
    whenFalse: asData(right, whenFalse),
  });
}

export function headerExpressionType(expression: HeaderExpression): HeaderType {
  switch (expression.kind) {
    case 'header':
      return expression.header.type;
    case 'stackElement':
    case 'lastElement':
      return expression.stack.type;
    case 'unionMember': {
      const member = unionExpressionType(expression.union).members[expression.member];
      if (member === undefined) throw new RangeError(`no member ${expression.member}`);
      return member.type;
    }
    case 'chooseHeader':
      return headerExpressionType(expression.whenTrue);
  }
}

export function unionExpressionType(expression: UnionExpression): UnionType {
  return expression.kind === 'union' ? expression.union.type : expression.stack.type;
}

function data(expression: DataExpression): Typed {
  return { type: 'data', data: expression };
}

function bool(expression: BoolExpression): Typed {
  return { type: 'bool', bool: expression };
}

function header(expression: HeaderExpression): Typed {
  return { type: 'header', header: expression };
}
