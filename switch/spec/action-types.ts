import type {
  BoolExpression,
  DataExpression,
  HeaderExpression,
  Target,
  UnionExpression,
} from './expression-types.js';
import type { FieldRef, Header, HeaderStack, SourceInfo, UnionStack } from './header-types.js';
import type { CalculationSpec, CounterSpec, MeterSpec, RegisterSpec } from './state-types.js';

export interface Parameter {
  readonly name: string;
  readonly width: number;
}

export interface ActionSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly parameters: readonly Parameter[];
  readonly primitives: readonly Primitive[];
  readonly source: SourceInfo | undefined;
}

export type Primitive = PrimitiveBody & { readonly source: SourceInfo | undefined };

export type PrimitiveBody =
  | { readonly kind: 'assign'; readonly target: Target; readonly value: DataExpression }
  | { readonly kind: 'assignVarbit'; readonly target: FieldRef; readonly value: FieldRef }
  | { readonly kind: 'assignHeader'; readonly target: HeaderExpression; readonly value: HeaderExpression }
  | { readonly kind: 'assignUnion'; readonly target: UnionExpression; readonly value: UnionExpression }
  | { readonly kind: 'assignHeaderStack'; readonly target: HeaderStack; readonly value: HeaderStack }
  | { readonly kind: 'assignUnionStack'; readonly target: UnionStack; readonly value: UnionStack }
  | {
      readonly kind: 'push' | 'pop';
      readonly stack: HeaderStack | UnionStack;
      readonly count: DataExpression;
    }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'jumpIfZero'; readonly value: DataExpression; readonly to: number }
  | { readonly kind: 'exit' }
  | { readonly kind: 'assert' | 'assume'; readonly value: BoolExpression }
  | { readonly kind: 'log'; readonly format: string; readonly values: readonly DataExpression[] }
  | { readonly kind: 'markToDrop'; readonly header: Header | undefined }
  | { readonly kind: 'digest'; readonly list: DataExpression }
  | { readonly kind: 'setValid'; readonly header: HeaderExpression; readonly reset: boolean }
  | { readonly kind: 'setInvalid'; readonly header: HeaderExpression }
  | {
      readonly kind: 'clone';
      readonly session: DataExpression;
      readonly fieldList: DataExpression;
    }
  | { readonly kind: 'resubmit' | 'recirculate'; readonly fieldList: DataExpression }
  | {
      readonly kind: 'hash';
      readonly target: Target;
      readonly base: DataExpression;
      readonly calculation: CalculationSpec;
      readonly size: DataExpression;
    }
  | {
      readonly kind: 'random';
      readonly target: Target;
      readonly low: DataExpression;
      readonly high: DataExpression;
    }
  | {
      readonly kind: 'executeMeter';
      readonly meter: MeterSpec;
      readonly index: DataExpression;
      readonly target: Target;
    }
  | { readonly kind: 'count'; readonly counter: CounterSpec; readonly index: DataExpression }
  | {
      readonly kind: 'registerRead';
      readonly target: Target;
      readonly register: RegisterSpec;
      readonly index: DataExpression;
    }
  | {
      readonly kind: 'registerWrite';
      readonly register: RegisterSpec;
      readonly index: DataExpression;
      readonly value: DataExpression;
    }
  | { readonly kind: 'truncate'; readonly length: DataExpression }
  | { readonly kind: 'noOp' };
