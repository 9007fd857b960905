import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assign, expression, field, hex, type JsonValue, programJson } from './program-json.js';
import { Rig } from './rig.js';

/** Widths around every boundary of the limb layout; together a whole number of bytes. */
const WIDTHS = [1, 7, 8, 16, 31, 33, 32, 48, 53, 11, 64, 65, 127, 128, 95, 96];

interface Operand {
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
}

const OPERANDS: readonly Operand[] = WIDTHS.flatMap((width) =>
  width === 1
    ? [{ name: `u${width}`, width, signed: false }]
    : [
        { name: `u${width}`, width, signed: false },
        { name: `s${width}`, width, signed: true },
      ],
);
const PADDING = (8 - (OPERANDS.reduce((sum, { width }) => sum + width, 0) % 8)) % 8;

/** An expression with its meaning: BMv2's arithmetic is of infinite precision. */
interface Expression {
  readonly json: JsonValue;
  readonly text: string;
  readonly value: (fields: ReadonlyMap<string, bigint>) => bigint;
}

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(...OPERANDS).map(({ name }) => ({
    json: field('h', name),
    text: name,
    value: (fields: ReadonlyMap<string, bigint>) => fields.get(name) ?? 0n,
  })),
  fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(-(1n << 70n), 1n << 130n)).map((value) => ({
    json: hex(value),
    text: `${value}`,
    value: () => value,
  })),
);

function binary(op: string, left: Expression, right: Expression): Expression {
  const text = `(${left.text} ${op} ${right.text})`;
  const json = expression(op, left.json, right.json);
  return { json, text, value: (fields) => apply(op, left.value(fields), right.value(fields)) };
}

function apply(op: string, a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '/':
      return b <= 0n ? 0n : a / b;
    case '%':
      return b <= 0n ? 0n : a % b;
    default:
      throw new Error(op);
  }
}

function cast(op: string, operand: Expression, width: number): Expression {
  const half = 1n << BigInt(width - 1);
  const clamp = (value: bigint, low: bigint, high: bigint) =>
    value < low ? low : value > high ? high : value;
  return {
    json: expression(op, operand.json, hex(width)),
    text: `${op}(${operand.text}, ${width})`,
    value: (fields) => {
      const value = operand.value(fields);
      if (op === 'two_comp_mod') return BigInt.asIntN(width, value);
      return op === 'usat_cast' ? clamp(value, 0n, 2n * half - 1n) : clamp(value, -half, half - 1n);
    },
  };
}

/** Not negative, and cut to a width: what / and % are defined for. */
function natural(operand: Expression, width: number): Expression {
  const mask = (1n << BigInt(width)) - 1n;
  return binary('&', operand, { json: hex(mask), text: `${mask}`, value: () => mask });
}

const tree = fc.letrec<{ expression: Expression; condition: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('+', '-', '*', '&', '|', '^'), tie('expression'), tie('expression'))
      .map(([op, left, right]) => binary(op, left, right)),
    fc
      .tuple(fc.constantFrom('<<', '>>'), tie('expression'), fc.integer({ min: 0, max: 140 }))
      .map(([op, left, by]) => binary(op, left, { json: hex(by), text: `${by}`, value: () => BigInt(by) })),
    fc
      .tuple(
        fc.constantFrom('<<', '>>'),
        tie('expression'),
        tie('expression'),
        fc.integer({ min: 1, max: 7 }),
      )
      .map(([op, left, by, width]) => binary(op, left, natural(by, width))),
    fc
      .tuple(fc.constantFrom('/', '%'), tie('expression'), tie('expression'), fc.integer({ min: 1, max: 80 }))
      .map(([op, left, right, width]) => binary(op, natural(left, 2 * width), natural(right, width))),
    fc
      .tuple(
        fc.constantFrom('two_comp_mod', 'usat_cast', 'sat_cast'),
        tie('expression'),
        fc.integer({ min: 1, max: 130 }),
      )
      .map(([op, operand, width]) => cast(op, operand, width)),
    tie('expression').map((operand) => ({
      json: expression('~', null, operand.json),
      text: `~${operand.text}`,
      value: (fields: ReadonlyMap<string, bigint>) => ~operand.value(fields),
    })),
    fc.tuple(tie('condition'), tie('expression'), tie('expression')).map(([condition, left, right]) => ({
      json: {
        type: 'expression',
        value: { op: '?', cond: condition.json, left: left.json, right: right.json },
      },
      text: `(${condition.text} ? ${left.text} : ${right.text})`,
      value: (fields: ReadonlyMap<string, bigint>) =>
        condition.value(fields) !== 0n ? left.value(fields) : right.value(fields),
    })),
    tie('condition').map((condition) => ({
      json: expression('b2d', null, condition.json),
      text: `b2d${condition.text}`,
      value: condition.value,
    })),
  ),
  condition: fc
    .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('expression'), tie('expression'))
    .map(([op, left, right]) => ({
      json: expression(op, left.json, right.json),
      text: `(${left.text} ${op} ${right.text})`,
      value: (fields: ReadonlyMap<string, bigint>) => {
        const a = left.value(fields);
        const b = right.value(fields);
        const order = a < b ? -1 : a > b ? 1 : 0;
        const holds =
          op === '=='
            ? order === 0
            : op === '!='
              ? order !== 0
              : op === '<'
                ? order < 0
                : op === '<='
                  ? order <= 0
                  : op === '>'
                    ? order > 0
                    : order >= 0;
        return holds ? 1n : 0n;
      },
    })),
}));

function pack(values: ReadonlyMap<string, bigint>): string {
  let bits = 0n;
  for (const { name, width } of OPERANDS)
    bits = (bits << BigInt(width)) | BigInt.asUintN(width, values.get(name) ?? 0n);
  bits <<= BigInt(PADDING);
  const bytes = (OPERANDS.reduce((sum, { width }) => sum + width, 0) + PADDING) / 8;
  return bits.toString(16).padStart(2 * bytes, '0');
}

const fieldValues = fc
  .tuple(
    ...OPERANDS.map(({ width }) =>
      fc.oneof(
        fc.bigInt(0n, (1n << BigInt(width)) - 1n),
        fc.constantFrom(0n, 1n, (1n << BigInt(width)) - 1n, 1n << BigInt(width - 1)),
      ),
    ),
  )
  .map(
    (values) =>
      new Map(
        OPERANDS.map(({ name, width, signed }, i): [string, bigint] => {
          const value = values[i] ?? 0n;
          return [name, signed ? BigInt.asIntN(width, value) : value];
        }),
      ),
  );

describe('generated arithmetic', () => {
  it('is that of infinite precision, cut on assignment, for any widths and signs', function () {
    this.timeout(60_000);
    const headers = {
      h: {
        fields: [
          ...OPERANDS.map(({ name, width, signed }) => [name, width, signed] as const),
          ...(PADDING > 0 ? [['pad', PADDING] as const] : []),
        ],
      },
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...OPERANDS), tree.expression), { minLength: 1, maxLength: 4 }),
        fc.array(fieldValues, { minLength: 1, maxLength: 4 }),
        (assignments, packets) => {
          const rig = new Rig(
            programJson({
              headers,
              ingress: assignments.map(([target, value]) => assign('h', target.name, value.json)),
            }),
          );
          for (const packet of packets) {
            const fields = new Map(packet);
            for (const [{ name, width, signed }, { value }] of assignments) {
              const result = value(fields);
              fields.set(name, signed ? BigInt.asIntN(width, result) : BigInt.asUintN(width, result));
            }
            const [sent] = rig.send(1, pack(packet));
            const what = assignments.map(([target, { text }]) => `${target.name} = ${text}`).join('; ');
            assert.equal(sent?.hex, pack(fields), what);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
