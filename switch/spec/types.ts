import type { ActionSpec, Primitive } from './action-types.js';
import type { BoolExpression, DataExpression } from './expression-types.js';
import type {
  FieldRef,
  Header,
  HeaderStack,
  HeaderType,
  HeaderUnion,
  SourceInfo,
  UnionStack,
} from './header-types.js';
import type {
  CalculationInput,
  CalculationSpec,
  ChecksumSpec,
  CounterSpec,
  DigestSpec,
  FieldListSpec,
  MeterSpec,
  RegisterSpec,
  ValueSetSpec,
} from './state-types.js';

export type * from './action-types.js';
export type * from './expression-types.js';
export * from './header-types.js';
export type * from './state-types.js';

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
