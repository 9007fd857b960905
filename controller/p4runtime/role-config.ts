import type { RoleConfig } from './arbitration.js';
import { ByteWriter } from './direct/byte-writer.js';
import { P4RuntimeError } from './errors.js';
import type { Named, NameIndex } from './names.js';
import type { Schema } from './schema.js';
import { encodeValue, type Value } from './values.js';

/** What a role may do, in the terms of stratum.P4RoleConfig, which Stratum and the embedded switch take. */
export interface StratumRole {
  /** Objects of the P4Info, by name or id, that this role has for itself. */
  readonly exclusive?: readonly (string | number)[];
  /** Objects that other roles may use as well. */
  readonly shared?: readonly (string | number)[];
  /** Only packet-ins whose metadata field has this value are for the role. */
  readonly packetIns?: { readonly field: string; readonly value: Value };
  /** Default false. */
  readonly receivesPacketIns?: boolean;
  /** Default false. */
  readonly canPushPipeline?: boolean;
}

/** Throws P4RuntimeError UNKNOWN_NAME where an object or a field is not in the P4Info, BAD_VALUE for a bad value. */
export function stratumRoleConfig(schema: Schema, role: StratumRole): RoleConfig {
  const writer = new ByteWriter();
  const ids = (tag: number, names: readonly (string | number)[] | undefined) => {
    for (const name of names ?? []) {
      writer.varint(tag);
      writer.varint(objectId(schema, name));
    }
  };
  ids(0x08, role.exclusive);
  ids(0x10, role.shared);
  if (role.packetIns !== undefined) {
    const { field: name, value } = role.packetIns;
    const field = schema.packetHeaders.get('packet_in').fields.find((one) => one.name === name);
    if (field === undefined) {
      throw new P4RuntimeError('UNKNOWN_NAME', `packet_in has no metadata field '${name}'`);
    }
    const start = writer.begin(0x1a);
    writer.varint(0x08);
    writer.varint(field.id);
    writer.field(0x12, encodeValue(value, field));
    writer.end(start);
  }
  if (role.receivesPacketIns === true) writer.raw(Uint8Array.of(0x20, 1));
  if (role.canPushPipeline === true) writer.raw(Uint8Array.of(0x28, 1));
  return { type: 'stratum.P4RoleConfig', bytes: writer.slice(0, writer.length) };
}

function objectId(schema: Schema, name: string | number): number {
  if (typeof name === 'number') return name;
  const kinds: readonly NameIndex<Named>[] = [
    schema.tables,
    schema.profiles,
    schema.counters,
    schema.directCounters,
    schema.meters,
    schema.directMeters,
    schema.registers,
    schema.digests,
    schema.valueSets,
  ];
  const found = kinds.map((kind) => kind.find(name)).filter((one) => one !== undefined);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  throw new P4RuntimeError(
    'UNKNOWN_NAME',
    found.length === 0
      ? `nothing in the P4Info is called '${name}'`
      : `'${name}' could be ${found.map((one) => one.name).join(' or ')}; give the id`,
  );
}
