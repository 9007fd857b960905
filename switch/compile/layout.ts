import { limbCount } from '../runtime/index.js';
import {
  type FieldRef,
  type FieldType,
  type Header,
  type HeaderStack,
  type HeaderType,
  type HeaderUnion,
  type ProgramSpec,
  type UnionStack,
  VALID,
} from '../spec/types.js';

/** Where a field lies in an instance of its header type. */
export interface FieldPlace {
  readonly type: FieldType;
  /** Words from the instance's first word. */
  readonly offset: number;
  readonly words: number;
}

/** One header type's instances: word 0 is the validity bit, the fields follow in order. */
export interface TypeLayout {
  readonly type: HeaderType;
  readonly words: number;
  readonly fields: readonly FieldPlace[];
  /** Word that holds the varbit field's length in bits, or -1. */
  readonly varbitLength: number;
}

export interface StackLayout {
  readonly base: number;
  /** Words from one element to the next. */
  readonly stride: number;
  readonly size: number;
  /** Word that holds `next`, the number of elements in use. */
  readonly next: number;
  /** An element nobody sees: what an index out of range reads and writes. */
  readonly spare: number;
}

/** What the packet carries besides its fields, kept with them so that a copy of the PHV has it all. */
const REGISTERS = [
  'cloneSession',
  'cloneFieldList',
  'digest',
  'resubmit',
  'recirculate',
  'packetLength',
  'ingressLength',
  'truncate',
  'exit',
] as const;

export type PacketRegister = (typeof REGISTERS)[number];

/**
 * Places every header, field, validity bit and packet register in one Uint32Array. Metadata comes first, so
 * that resetting it is one fill; elements of a stack are evenly spaced, so that an index is a multiplication.
 */
export class Layout {
  readonly words: number;
  /** Words 0 to this one are metadata. */
  readonly metadataWords: number;
  private readonly types = new Map<HeaderType, TypeLayout>();
  private readonly bases: number[] = [];
  private readonly stacks = new Map<HeaderStack | UnionStack, StackLayout>();
  private readonly unions = new Map<Header, { readonly union: HeaderUnion; readonly member: number }>();
  private readonly registers = new Map<PacketRegister, number>();
  private next = 0;

  constructor(spec: ProgramSpec) {
    for (const type of spec.headerTypes) this.types.set(type, typeLayout(type));
    for (const union of spec.headerUnions)
      union.headers.forEach((header, member) => {
        this.unions.set(header, { union, member });
      });
    for (const header of spec.headers) if (header.metadata) this.place(header);
    this.metadataWords = this.next;
    for (const register of REGISTERS) this.registers.set(register, this.next++);
    for (const stack of spec.unionStacks) this.placeUnionStack(stack);
    for (const stack of spec.headerStacks) this.placeHeaderStack(stack);
    for (const union of spec.headerUnions) for (const header of union.headers) this.place(header);
    for (const header of spec.headers) this.place(header);
    this.words = this.next;
  }

  type(type: HeaderType): TypeLayout {
    return found(this.types.get(type), `header type ${type.name}`);
  }

  /** First word of a header: its validity bit. */
  base(header: Header): number {
    return found(this.bases[header.index], `header ${header.name}`);
  }

  stack(stack: HeaderStack | UnionStack): StackLayout {
    return found(this.stacks.get(stack), `stack ${stack.name}`);
  }

  register(register: PacketRegister): number {
    return found(this.registers.get(register), register);
  }

  /** The other members of the union a header belongs to, as words from the header's own base. */
  siblings(header: Header): number[] {
    const membership = this.unions.get(header);
    if (membership === undefined) return [];
    const own = this.base(header);
    return membership.union.headers
      .filter((other) => other !== header)
      .map((other) => this.base(other) - own);
  }

  /** Words from a union's base to one of its members. */
  memberOffset(union: HeaderUnion, member: number): number {
    const first = found(union.headers[0], `union ${union.name}`);
    const header = found(union.headers[member], `member ${member} of union ${union.name}`);
    return this.base(header) - this.base(first);
  }

  /** First word of a field, or of its header's validity bit. */
  field(ref: FieldRef): number {
    const base = this.base(ref.header);
    return ref.field === VALID ? base : base + this.fieldPlace(ref.header.type, ref.field).offset;
  }

  fieldPlace(type: HeaderType, field: number): FieldPlace {
    return found(this.type(type).fields[field], `field ${field} of ${type.name}`);
  }

  private place(header: Header): number {
    const placed = this.bases[header.index];
    if (placed !== undefined) return placed;
    const base = this.next;
    this.bases[header.index] = base;
    this.next += this.type(header.type).words;
    return base;
  }

  private placeHeaderStack(stack: HeaderStack): void {
    const base = this.next;
    for (const header of stack.headers) this.place(header);
    const stride = this.type(stack.type).words;
    const spare = this.next;
    this.next += stride;
    this.stacks.set(stack, { base, stride, size: stack.headers.length, next: this.next++, spare });
  }

  private placeUnionStack(stack: UnionStack): void {
    const base = this.next;
    for (const union of stack.unions) for (const header of union.headers) this.place(header);
    const stride = stack.type.members.reduce((sum, member) => sum + this.type(member.type).words, 0);
    const spare = this.next;
    this.next += stride;
    this.stacks.set(stack, { base, stride, size: stack.unions.length, next: this.next++, spare });
  }
}

function typeLayout(type: HeaderType): TypeLayout {
  let next = 1;
  const fields = type.fields.map((field) => {
    const words = limbCount(field.width);
    const place = { type: field, offset: next, words };
    next += words;
    return place;
  });
  const varbitLength = type.varbit < 0 ? -1 : next++;
  return { type, words: next, fields, varbitLength };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`${what} has no place in the layout`);
  return value;
}
