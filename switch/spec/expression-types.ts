import type { FieldRef, Header, HeaderStack, HeaderUnion, UnionStack } from './header-types.js';
import type { RegisterSpec } from './state-types.js';

/* Arithmetic is of infinite precision; a value is cut to its target's width on assignment only. */

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
/** `wrap` is two_comp_mod, `saturateUnsigned` usat_cast, `saturateSigned` sat_cast. */
export type CastOperator = 'wrap' | 'saturateUnsigned' | 'saturateSigned';

export type DataExpression =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'field'; readonly ref: FieldRef }
  | { readonly kind: 'lastField'; readonly stack: HeaderStack; readonly field: number }
  | {
      readonly kind: 'lastUnionField';
      readonly stack: UnionStack;
      readonly member: number;
      readonly field: number;
    }
  | { readonly kind: 'headerField'; readonly header: HeaderExpression; readonly field: number }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'register'; readonly register: RegisterSpec; readonly index: DataExpression }
  | { readonly kind: 'lookahead'; readonly offset: number; readonly width: number }
  | { readonly kind: 'lastIndex' | 'stackSize'; readonly stack: HeaderStack | UnionStack }
  | { readonly kind: 'invert'; readonly operand: DataExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: DataExpression;
      readonly right: DataExpression;
    }
  | {
      readonly kind: 'cast';
      readonly operator: CastOperator;
      readonly operand: DataExpression;
      readonly width: number;
    }
  | {
      readonly kind: 'choose';
      readonly condition: BoolExpression;
      readonly whenTrue: DataExpression;
      readonly whenFalse: DataExpression;
    }
  | { readonly kind: 'boolToData'; readonly operand: BoolExpression };

export type BoolExpression =
  | { readonly kind: 'boolConstant'; readonly value: boolean }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: DataExpression;
      readonly right: DataExpression;
    }
  | { readonly kind: 'sameHeader'; readonly left: HeaderExpression; readonly right: HeaderExpression }
  | { readonly kind: 'sameUnion'; readonly left: UnionExpression; readonly right: UnionExpression }
  | {
      readonly kind: 'sameBool' | 'and' | 'or';
      readonly left: BoolExpression;
      readonly right: BoolExpression;
    }
  | { readonly kind: 'not'; readonly operand: BoolExpression }
  | { readonly kind: 'isValid'; readonly header: HeaderExpression }
  | { readonly kind: 'isUnionValid'; readonly union: UnionExpression }
  | { readonly kind: 'dataToBool'; readonly operand: DataExpression }
  | {
      readonly kind: 'chooseBool';
      readonly condition: BoolExpression;
      readonly whenTrue: BoolExpression;
      readonly whenFalse: BoolExpression;
    };

export type HeaderExpression =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'stackElement'; readonly stack: HeaderStack; readonly index: DataExpression }
  /** The element last extracted to. */
  | { readonly kind: 'lastElement'; readonly stack: HeaderStack }
  | { readonly kind: 'unionMember'; readonly union: UnionExpression; readonly member: number }
  | {
      readonly kind: 'chooseHeader';
      readonly condition: BoolExpression;
      readonly whenTrue: HeaderExpression;
      readonly whenFalse: HeaderExpression;
    };

export type UnionExpression =
  | { readonly kind: 'union'; readonly union: HeaderUnion }
  | { readonly kind: 'unionElement'; readonly stack: UnionStack; readonly index: DataExpression };

/** What can stand on the left of an assignment. */
export type Target = Extract<
  DataExpression,
  { kind: 'field' | 'lastField' | 'lastUnionField' | 'headerField' | 'register' }
>;
