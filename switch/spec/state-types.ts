import type { BoolExpression } from './expression-types.js';
import type { FieldRef, Header, SourceInfo } from './header-types.js';

/** A parser value set. */
export interface ValueSetSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  /** Bits of all key elements together. */
  readonly width: number;
  /** Widths of the key elements, taken from the state that uses the set; empty where none does. */
  readonly elementWidths: readonly number[];
}

export interface RegisterSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly width: number;
  readonly size: number;
}

export interface CounterSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly direct: boolean;
  /** Table a direct counter belongs to. */
  readonly table: string | undefined;
  readonly size: number;
}

export interface MeterSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly direct: boolean;
  readonly unit: 'bytes' | 'packets';
  readonly rateCount: number;
  readonly size: number;
  /** Field a direct meter writes its colour to. */
  readonly target: FieldRef | undefined;
}

export type CalculationInput =
  | { readonly kind: 'field'; readonly ref: FieldRef }
  | { readonly kind: 'constant'; readonly value: bigint; readonly width: number }
  | { readonly kind: 'header'; readonly header: Header };

export interface CalculationSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly algorithm: string;
  readonly inputs: readonly CalculationInput[];
  readonly payload: boolean;
}

export interface ChecksumSpec {
  readonly name: string;
  readonly kind: 'generic' | 'ipv4';
  readonly target: FieldRef;
  readonly calculation: CalculationSpec | undefined;
  readonly update: boolean;
  readonly verify: boolean;
  readonly condition: BoolExpression | undefined;
  readonly source: SourceInfo | undefined;
}

export interface DigestSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly fields: readonly { readonly name: string; readonly ref: FieldRef }[];
}

export interface FieldListSpec {
  readonly name: string;
  readonly id: number;
  readonly fields: readonly FieldRef[];
}
