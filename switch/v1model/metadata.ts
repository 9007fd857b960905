import type { Layout } from '../compile/layout.js';
import { limbCount } from '../runtime/index.js';
import { widthOf } from '../spec/scope.js';
import type { FieldRef, ProgramSpec } from '../spec/types.js';

/** A metadata field the switch itself reads or writes. */
export interface Intrinsic {
  readonly at: number;
  readonly words: number;
  /** Bits of the top word, as a mask. */
  readonly mask: number;
}

/**
 * Places of the standard metadata. Fields of queueing and time are there only where the program refers to
 * them: nobody can tell otherwise, and reading the clock costs.
 */
export interface StandardMetadata {
  readonly ingressPort: Intrinsic;
  readonly egressPort: Intrinsic;
  readonly egressSpec: Intrinsic;
  readonly instanceType: Intrinsic;
  readonly packetLength: Intrinsic;
  readonly multicastGroup: Intrinsic | undefined;
  readonly replicationId: Intrinsic | undefined;
  readonly priority: Intrinsic | undefined;
  readonly ingressTime: Intrinsic | undefined;
  readonly egressTime: Intrinsic | undefined;
  readonly enqueueTime: Intrinsic | undefined;
  readonly enqueueDepth: Intrinsic | undefined;
  readonly dequeueDepth: Intrinsic | undefined;
}

export function standardMetadata(spec: ProgramSpec, layout: Layout): StandardMetadata {
  const used = referencedFields(spec);
  const place = (ref: FieldRef): Intrinsic => {
    const width = widthOf(ref);
    const words = limbCount(width);
    return { at: layout.field(ref), words, mask: 2 ** (width - 32 * (words - 1)) - 1 };
  };
  const required = (name: string): Intrinsic => {
    const ref = spec.fields.get(`standard_metadata.${name}`);
    if (ref === undefined) throw new RangeError(`the loader let a program without ${name} pass`);
    return place(ref);
  };
  const optional = (...names: string[]): Intrinsic | undefined => {
    for (const name of names) {
      const ref = spec.fields.get(name);
      if (ref !== undefined) return place(ref);
    }
    return undefined;
  };
  const ifUsed = (...names: string[]): Intrinsic | undefined => {
    for (const name of names) {
      const ref = spec.fields.get(name);
      if (ref !== undefined && used.has(keyOf(ref))) return place(ref);
    }
    return undefined;
  };
  return {
    ingressPort: required('ingress_port'),
    egressPort: required('egress_port'),
    egressSpec: required('egress_spec'),
    instanceType: required('instance_type'),
    packetLength: required('packet_length'),
    multicastGroup: optional('intrinsic_metadata.mcast_grp', 'standard_metadata.mcast_grp'),
    replicationId: optional('intrinsic_metadata.egress_rid', 'standard_metadata.egress_rid'),
    priority: ifUsed('intrinsic_metadata.priority', 'standard_metadata.priority'),
    ingressTime: ifUsed(
      'intrinsic_metadata.ingress_global_timestamp',
      'standard_metadata.ingress_global_timestamp',
    ),
    egressTime: ifUsed(
      'intrinsic_metadata.egress_global_timestamp',
      'standard_metadata.egress_global_timestamp',
    ),
    enqueueTime: ifUsed('queueing_metadata.enq_timestamp', 'standard_metadata.enq_timestamp'),
    enqueueDepth: ifUsed('queueing_metadata.enq_qdepth', 'standard_metadata.enq_qdepth'),
    dequeueDepth: ifUsed('queueing_metadata.deq_qdepth', 'standard_metadata.deq_qdepth'),
  };
}

function keyOf(ref: FieldRef): string {
  return `${ref.header.index}.${ref.field}`;
}

/** Every field some part of the program names, whole headers included. */
function referencedFields(spec: ProgramSpec): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isFieldRef(value)) found.add(keyOf(value));
    else if (isWholeHeader(value))
      value.header.type.fields.forEach((_, field) => {
        found.add(`${value.header.index}.${field}`);
      });
    for (const part of Object.values(value)) visit(part);
  };
  const { parser, ingress, egress, deparser, actions, checksums, digests, fieldLists, profiles } = spec;
  visit([parser, ingress, egress, deparser, actions, checksums, digests, fieldLists, profiles]);
  return found;
}

function isFieldRef(value: object): value is FieldRef {
  return 'header' in value && 'field' in value && typeof value.field === 'number' && isHeader(value.header);
}

function isWholeHeader(
  value: object,
): value is { readonly kind: 'header'; readonly header: FieldRef['header'] } {
  return 'kind' in value && value.kind === 'header' && 'header' in value && isHeader(value.header);
}

function isHeader(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'index' in value;
}
