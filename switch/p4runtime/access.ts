import type { Any, Entity, PacketIn } from 'p4runtime-js';
import { bytesToBigint } from './bytes.js';
import { invalid, P4RuntimeError } from './error.js';
import { WireReader } from './wire.js';

/*
 * What a role may touch. P4Runtime leaves the form of role.config open; this server takes the one in use,
 * stratum.P4RoleConfig: exclusive_p4_ids = 1 and shared_p4_ids = 2 (repeated uint32), packet_in_filter = 3
 * { metadata_id = 1 (uint32), value = 2 (bytes) }, receives_packet_ins = 4, can_push_pipeline = 5 (bool).
 */

/** Type of role.config this server understands. */
export const ROLE_CONFIG_TYPE = 'stratum.P4RoleConfig';

/** Access of one role to the pipeline. */
export interface Access {
  /** Whether everything is allowed; then nothing needs to be asked. */
  readonly full: boolean;
  /** Whether the role may read and write what has this P4Info id. */
  mayUse(id: number): boolean;
}

export const FULL_ACCESS: Access = { full: true, mayUse: () => true };

/** A role.config, decoded. */
export interface RoleConfig {
  readonly exclusive: ReadonlySet<number>;
  readonly shared: ReadonlySet<number>;
  /** Only packets with this value of this metadata field go to the role. */
  readonly packetFilter: { readonly metadataId: number; readonly value: bigint } | undefined;
  readonly receivesPacketIns: boolean;
  readonly canPushPipeline: boolean;
}

/** Throws INVALID_ARGUMENT for any other type than stratum.P4RoleConfig, and for bytes that are not one. */
export function decodeRoleConfig(any: Any | undefined): RoleConfig | undefined {
  if (any === undefined) return undefined;
  if (any.getTypeName() !== ROLE_CONFIG_TYPE) {
    throw invalid(
      `role.config is a ${any.getTypeName() || 'nameless type'}; this server takes ${ROLE_CONFIG_TYPE}`,
    );
  }
  const reader = new WireReader(any.getValue_asU8());
  const exclusive = new Set<number>();
  const shared = new Set<number>();
  let packetFilter: RoleConfig['packetFilter'];
  let receivesPacketIns = false;
  let canPushPipeline = false;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (tag === 0x08 || tag === 0x0a) readIds(reader, tag === 0x0a, exclusive);
    else if (tag === 0x10 || tag === 0x12) readIds(reader, tag === 0x12, shared);
    else if (tag === 0x1a) packetFilter = readFilter(reader);
    else if (tag === 0x20) receivesPacketIns = reader.varint() !== 0;
    else if (tag === 0x28) canPushPipeline = reader.varint() !== 0;
    else reader.skip(tag & 7);
  }
  if (reader.failed) throw invalid(`role.config is no well-formed ${ROLE_CONFIG_TYPE}`);
  return { exclusive, shared, packetFilter, receivesPacketIns, canPushPipeline };
}

/** Ids, one by one or packed. */
function readIds(reader: WireReader, packed: boolean, ids: Set<number>): void {
  if (!packed) {
    ids.add(reader.varint());
    return;
  }
  const length = reader.length();
  const end = reader.at + length;
  while (reader.at < end) ids.add(reader.varint());
}

function readFilter(reader: WireReader): RoleConfig['packetFilter'] {
  const length = reader.length();
  const inner = new WireReader(reader.bytes.subarray(reader.at, reader.at + length));
  reader.at += length;
  let metadataId = 0;
  let value = 0n;
  while (inner.at < inner.end) {
    const tag = inner.varint();
    if (tag === 0x08) metadataId = inner.varint();
    else if (tag === 0x12) {
      const bytes = inner.length();
      value = bytesToBigint(inner.bytes.subarray(inner.at, inner.at + bytes));
      inner.at += bytes;
    } else inner.skip(tag & 7);
  }
  if (inner.failed) reader.failed = true;
  return { metadataId, value };
}

/** Access of a role with `own` config (none: all of the pipeline) beside roles with the configs `others`. */
export function accessOf(own: RoleConfig | undefined, others: readonly RoleConfig[]): Access {
  const taken = others.filter(({ exclusive }) => exclusive.size > 0);
  if (own === undefined && taken.length === 0) return FULL_ACCESS;
  return {
    full: false,
    mayUse: (id) =>
      (own === undefined || own.exclusive.has(id) || own.shared.has(id)) &&
      !taken.some(({ exclusive }) => exclusive.has(id)),
  };
}

/** Whether a packet goes to a role. */
export function takesPacket(config: RoleConfig | undefined, packet: PacketIn): boolean {
  if (config === undefined) return true;
  if (!config.receivesPacketIns) return false;
  const filter = config.packetFilter;
  if (filter === undefined) return true;
  return packet
    .getMetadataList()
    .some(
      (field) =>
        field.getMetadataId() === filter.metadataId && bytesToBigint(field.getValue_asU8()) === filter.value,
    );
}

/** Throws PERMISSION_DENIED where the role may not touch the entity. Replication entries have no id, and are free. */
export function checkAccess(access: Access, entity: Entity): void {
  if (access.full) return;
  const id = p4IdOf(entity);
  if (id === 0 || access.mayUse(id)) return;
  throw new P4RuntimeError(
    'PERMISSION_DENIED',
    `the role may not touch the object with id ${id}: its role.config does not list it, or another role has it for itself`,
  );
}

/** P4Info id of the object an entity belongs to; 0 for none or all. */
export function p4IdOf(entity: Entity): number {
  return (
    entity.getTableEntry()?.getTableId() ??
    entity.getActionProfileMember()?.getActionProfileId() ??
    entity.getActionProfileGroup()?.getActionProfileId() ??
    entity.getCounterEntry()?.getCounterId() ??
    entity.getDirectCounterEntry()?.getTableEntry()?.getTableId() ??
    entity.getMeterEntry()?.getMeterId() ??
    entity.getDirectMeterEntry()?.getTableEntry()?.getTableId() ??
    entity.getRegisterEntry()?.getRegisterId() ??
    entity.getValueSetEntry()?.getValueSetId() ??
    entity.getDigestEntry()?.getDigestId() ??
    0
  );
}
