import { limbCount } from '../runtime/index.js';
import type { DataExpression } from '../spec/types.js';
import type { Context } from './context.js';
import { bool, literal, num } from './expression.js';
import { fieldAddress, position } from './places.js';
import { isSafe, MAX_SHIFT } from './range.js';
import { limbs } from './wide.js';

/**
 * An expression as a BigInt: exact always, and the way out for what is odd and rare (wide products,
 * quotients, shifts by a variable). It allocates, so nothing common may come here.
 */
export function big(cx: Context, e: DataExpression): string {
  switch (e.kind) {
    case 'constant':
      return `${e.value < 0n ? `(${e.value}n)` : `${e.value}n`}`;
    case 'field':
    case 'lastField':
    case 'lastUnionField':
    case 'headerField': {
      const field = fieldAddress(cx, e);
      const read = `bigAt(P, ${position(field)}, ${field.words})`;
      const { type } = field;
      return type?.signed === true && !type.varbit ? `BigInt.asIntN(${type.width}, ${read})` : read;
    }
    case 'parameter': {
      const words = limbCount(cx.parameterWidth(e.index));
      return `bigAt(a, o + ${cx.parameterOffset(e.index)}, ${words})`;
    }
    case 'invert':
      return `(~${big(cx, e.operand)})`;
    case 'choose':
      return `(${bool(cx, e.condition)} ? ${big(cx, e.whenTrue)} : ${big(cx, e.whenFalse)})`;
    case 'cast': {
      const value = big(cx, e.operand);
      if (e.operator === 'wrap') return `BigInt.asIntN(${e.width}, ${value})`;
      const width = BigInt(e.width);
      const limits =
        e.operator === 'saturateUnsigned'
          ? [0n, (1n << width) - 1n]
          : [-(1n << (width - 1n)), (1n << (width - 1n)) - 1n];
      return `bigClamp(${value}, ${limits[0]}n, ${limits[1]}n)`;
    }
    case 'arithmetic': {
      const left = big(cx, e.left);
      const right = big(cx, e.right);
      switch (e.operator) {
        case '/':
        case '%':
          return `bigDivide(${left}, ${right}, ${e.operator === '%'})`;
        case '<<':
        case '>>':
          return `(${left} ${e.operator} bigClamp(${right}, 0n, ${MAX_SHIFT}n))`;
        default:
          return `(${left} ${e.operator} ${right})`;
      }
    }
    default: {
      const range = cx.range(e);
      if (isSafe(range)) return range.low === range.high ? `${literal(range.low)}n` : `BigInt(${num(cx, e)})`;
      const words = limbs(cx, e, Math.ceil((range.high.toString(2).length + 1) / 32));
      return `(${words.map((limb, i) => `(BigInt(${limb}) << ${32 * (words.length - 1 - i)}n)`).join(' | ')})`;
    }
  }
}
