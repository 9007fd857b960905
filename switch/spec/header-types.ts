/** Where in the P4 source something comes from. */
export interface SourceInfo {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fragment: string;
}

export interface FieldType {
  readonly name: string;
  /** Bits; for a varbit field the most it can hold. */
  readonly width: number;
  readonly signed: boolean;
  readonly saturating: boolean;
  readonly varbit: boolean;
}

export interface HeaderType {
  readonly name: string;
  readonly id: number;
  readonly fields: readonly FieldType[];
  /** Bits of all fields but the varbit one. */
  readonly fixedBits: number;
  /** Index of the one varbit field, or -1. */
  readonly varbit: number;
  /** Most bytes an instance may take, 0 where the program does not say; varbit headers only. */
  readonly maxBytes: number;
}

/** Index that stands for a header's validity bit wherever a field index is asked for. */
export const VALID = -1;

export interface Header {
  /** Position in `ProgramSpec.headers`. */
  readonly index: number;
  readonly id: number;
  readonly name: string;
  readonly type: HeaderType;
  /** Metadata is always valid and never sent. */
  readonly metadata: boolean;
}

export interface FieldRef {
  readonly header: Header;
  /** Index into `header.type.fields`, or VALID. */
  readonly field: number;
}

export interface HeaderStack {
  readonly kind: 'headerStack';
  readonly index: number;
  readonly name: string;
  readonly type: HeaderType;
  readonly headers: readonly Header[];
}

export interface UnionType {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly type: HeaderType }[];
}

export interface HeaderUnion {
  readonly index: number;
  readonly name: string;
  readonly type: UnionType;
  readonly headers: readonly Header[];
}

export interface UnionStack {
  readonly kind: 'unionStack';
  readonly index: number;
  readonly name: string;
  readonly type: UnionType;
  readonly unions: readonly HeaderUnion[];
}
