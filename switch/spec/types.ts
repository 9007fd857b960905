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

/* Expressions. Arithmetic is of infinite precision; truncation happens on assignment only. */

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

/* Parser. */

export interface ParserSpec {
  readonly name: string;
  /** Index of the first state, or -1 for a parser that takes nothing. */
  readonly start: number;
  readonly states: readonly ParserState[];
}

export interface ParserState {
  readonly name: string;
  readonly operations: readonly ParserOperation[];
  readonly keys: readonly KeyElement[];
  readonly transitions: readonly Transition[];
  /** State where no transition matches; -1 ends the parser. */
  readonly defaultNext: number;
}

export type ExtractDestination =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'nextInStack'; readonly stack: HeaderStack }
  | { readonly kind: 'nextInUnionStack'; readonly stack: UnionStack; readonly member: number };

export type ParserOperation =
  | {
      readonly kind: 'extract';
      readonly destination: ExtractDestination;
      readonly type: HeaderType;
      /** Bits of the varbit field, where the type has one. */
      readonly varbitLength: DataExpression | undefined;
    }
  | { readonly kind: 'set'; readonly target: FieldRef; readonly value: DataExpression }
  | { readonly kind: 'setVarbit'; readonly target: FieldRef; readonly source: FieldRef }
  | { readonly kind: 'verify'; readonly condition: BoolExpression; readonly error: DataExpression }
  | { readonly kind: 'advance'; readonly bits: DataExpression }
  | { readonly kind: 'primitive'; readonly primitive: Primitive };

export interface KeyElement {
  readonly value: Extract<DataExpression, { kind: 'field' | 'lastField' | 'lastUnionField' | 'lookahead' }>;
  readonly width: number;
}

export type Transition =
  | {
      readonly kind: 'value';
      /** One value and mask per key element, the byte padding of BMv2's key taken off. */
      readonly values: readonly bigint[];
      readonly masks: readonly bigint[];
      readonly next: number;
    }
  | {
      readonly kind: 'valueSet';
      readonly set: ValueSetSpec;
      readonly next: number;
    };

export interface ValueSetSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  /** Bits of all key elements together. */
  readonly width: number;
  /** Widths of the key elements, taken from the state that uses the set; empty where none does. */
  readonly elementWidths: readonly number[];
}

/* Stateful objects. */

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

/* Actions. */

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

/* Controls. */

export type MatchKind = 'exact' | 'lpm' | 'ternary' | 'range' | 'valid';

export interface TableKey {
  readonly name: string;
  readonly ref: FieldRef;
  readonly match: MatchKind;
  readonly width: number;
  /** Mask the program applies to the field before the lookup. */
  readonly mask: bigint | undefined;
}

export type KeyMatch =
  | { readonly kind: 'exact'; readonly value: bigint }
  | { readonly kind: 'lpm'; readonly value: bigint; readonly prefixLength: number }
  | { readonly kind: 'ternary'; readonly value: bigint; readonly mask: bigint }
  | { readonly kind: 'range'; readonly low: bigint; readonly high: bigint };

export interface ActionCall {
  /** Index into the table's own list of actions. */
  readonly action: number;
  readonly data: readonly bigint[];
}

export interface ConstEntry {
  readonly match: readonly KeyMatch[];
  /** As in the JSON: the lower number wins. */
  readonly priority: number;
  readonly call: ActionCall;
}

export interface DefaultEntry {
  readonly call: ActionCall;
  readonly actionConst: boolean;
  readonly entryConst: boolean;
}

export interface ProfileSpec {
  readonly name: string;
  readonly id: number;
  readonly index: number;
  readonly maxSize: number;
  readonly selector: { readonly algorithm: string; readonly inputs: readonly CalculationInput[] } | undefined;
}

/** Reference to a node of the same pipeline; undefined ends the pipeline. */
export type Next = number | undefined;

export type TableNext =
  | { readonly kind: 'byAction'; readonly next: readonly Next[] }
  | { readonly kind: 'hitMiss'; readonly hit: Next; readonly miss: Next };

export interface TableSpec {
  readonly kind: 'table';
  /** Position in `ProgramSpec.tables`. */
  readonly index: number;
  readonly name: string;
  readonly id: number;
  readonly keys: readonly TableKey[];
  readonly match: MatchKind;
  readonly implementation: 'simple' | 'indirect' | 'indirectWithSelector';
  readonly profile: ProfileSpec | undefined;
  readonly maxSize: number;
  readonly counters: boolean;
  readonly supportTimeout: boolean;
  readonly meter: MeterSpec | undefined;
  readonly actions: readonly ActionSpec[];
  readonly next: TableNext;
  /** Where a miss goes when the table has no default action. */
  readonly defaultNext: Next;
  readonly defaultEntry: DefaultEntry | undefined;
  readonly constEntries: readonly ConstEntry[];
  /** True where the program lists the entries, so that the control plane may not change them. */
  readonly immutable: boolean;
  readonly source: SourceInfo | undefined;
}

export interface ConditionSpec {
  readonly kind: 'condition';
  readonly name: string;
  readonly expression: BoolExpression;
  readonly whenTrue: Next;
  readonly whenFalse: Next;
  readonly source: SourceInfo | undefined;
}

export interface ActionNodeSpec {
  readonly kind: 'action';
  readonly name: string;
  readonly action: ActionSpec;
  readonly next: Next;
  readonly source: SourceInfo | undefined;
}

export type ControlNode = TableSpec | ConditionSpec | ActionNodeSpec;

export interface PipelineSpec {
  readonly name: string;
  readonly start: Next;
  readonly nodes: readonly ControlNode[];
}

export interface DeparserSpec {
  readonly name: string;
  readonly order: readonly Header[];
  readonly primitives: readonly Primitive[];
}

/** A P4 program as BMv2's JSON describes it: immutable, every reference resolved. */
export interface ProgramSpec {
  readonly name: string;
  readonly headerTypes: readonly HeaderType[];
  readonly headers: readonly Header[];
  readonly headerStacks: readonly HeaderStack[];
  readonly headerUnions: readonly HeaderUnion[];
  readonly unionStacks: readonly UnionStack[];
  /** Field names with their aliases, `header.field` -> field. */
  readonly fields: ReadonlyMap<string, FieldRef>;
  readonly errors: ReadonlyMap<string, number>;
  readonly parser: ParserSpec;
  readonly ingress: PipelineSpec;
  readonly egress: PipelineSpec;
  readonly deparser: DeparserSpec;
  readonly valueSets: readonly ValueSetSpec[];
  readonly actions: readonly ActionSpec[];
  readonly tables: readonly TableSpec[];
  readonly profiles: readonly ProfileSpec[];
  readonly calculations: readonly CalculationSpec[];
  readonly checksums: readonly ChecksumSpec[];
  readonly registers: readonly RegisterSpec[];
  readonly counters: readonly CounterSpec[];
  readonly meters: readonly MeterSpec[];
  readonly digests: readonly DigestSpec[];
  readonly fieldLists: readonly FieldListSpec[];
}
