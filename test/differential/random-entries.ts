import type { ActionCall, Entity, Schema } from '../../controller/p4runtime/index.js';
import type { ActionInfo, MatchField, TableInfo } from '../../controller/p4runtime/schema.js';
import type { Random } from '../../emulator/random.js';

const ENTRIES_PER_TABLE = 8;
/** Ports the switches under comparison have; actions that look as if they set a port get one of them. */
export const PORTS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7];

/** A value of `width` bits: most often a piece of a packet that will be sent, so that entries are hit. */
function value(random: Random, width: number, packets: readonly Uint8Array[]): bigint {
  const limit = 1n << BigInt(width);
  switch (random.below(8)) {
    case 0:
      return BigInt(random.below(4)) % limit;
    case 1:
      return limit - 1n;
    case 2:
      return wide(random) % limit;
    default: {
      const packet = packets[random.below(packets.length)] ?? new Uint8Array(0);
      const from = random.below(Math.max(1, packet.length));
      let found = 0n;
      for (const byte of packet.subarray(from, from + Math.ceil(width / 8)))
        found = (found << 8n) | BigInt(byte);
      return found % limit;
    }
  }
}

function wide(random: Random): bigint {
  let found = 0n;
  for (let i = 0; i < 16; i++) found = (found << 32n) | BigInt(random.uint32());
  return found;
}

type MatchInput = NonNullable<Extract<Entity, { kind: 'table-entry' }>['match']>[string];

function match(random: Random, field: MatchField, packets: readonly Uint8Array[]): MatchInput | undefined {
  const { width, kind } = field;
  const any = value(random, width, packets);
  switch (kind) {
    case 'exact':
      return any;
    case 'lpm': {
      const prefixLength = 1 + random.below(width);
      const shift = BigInt(width - prefixLength);
      return { value: (any >> shift) << shift, prefixLength };
    }
    case 'ternary': {
      const mask = random.below(2) === 0 ? (1n << BigInt(width)) - 1n : value(random, width, packets);
      return mask === 0n ? undefined : { value: any & mask, mask };
    }
    case 'range': {
      const other = value(random, width, packets);
      const [low, high] = any < other ? [any, other] : [other, any];
      // All values: P4Runtime asks that such a field is left out.
      return low === 0n && high === (1n << BigInt(width)) - 1n ? undefined : { low, high };
    }
    case 'optional':
      return random.below(2) === 0 ? undefined : any;
  }
}

function call(random: Random, action: ActionInfo, packets: readonly Uint8Array[]): ActionCall {
  const params: Record<string, bigint> = {};
  for (const { name, width } of action.params) {
    params[name] = width === 9 ? BigInt(random.below(PORTS.length)) : value(random, width, packets);
  }
  return { name: action.name, params };
}

function choose<T>(random: Random, list: readonly T[]): T | undefined {
  return list[random.below(Math.max(1, list.length))];
}

function tableEntries(
  random: Random,
  schema: Schema,
  table: TableInfo,
  packets: readonly Uint8Array[],
): Entity[] {
  const entities: Entity[] = [];
  const matches = new Set<string>();
  for (let i = 0; i < Math.min(ENTRIES_PER_TABLE, table.size); i++) {
    const action = choose(random, table.actions);
    const fields: Record<string, MatchInput> = {};
    for (const field of table.fields) {
      const found = match(random, field, packets);
      if (found !== undefined) fields[field.name] = found;
    }
    const identity = JSON.stringify(fields, (_, part: unknown) =>
      typeof part === 'bigint' ? `${part}` : part,
    );
    if (action === undefined || matches.has(identity)) continue;
    matches.add(identity);
    const member = i + 1;
    if (table.profileId !== undefined) {
      entities.push({
        kind: 'profile-member',
        profile: schema.profiles.get(table.profileId).name,
        member: memberId(table, member),
        action: call(random, action, packets),
      });
    }
    entities.push({
      kind: 'table-entry',
      table: table.name,
      match: fields,
      // All different: what wins among equals is not specified.
      ...(table.hasPriority ? { priority: 1 + i * 7 } : {}),
      action:
        table.profileId === undefined
          ? { kind: 'action', ...call(random, action, packets) }
          : { kind: 'member', member: memberId(table, member) },
    });
  }
  return entities;
}

/** Tables may share a profile. */
function memberId(table: TableInfo, member: number): number {
  return (table.id % 10_000) * 100 + member;
}

/** Entries for every table that takes any, made to be hit by `packets`; members before the entries that use them. */
export function randomEntries(random: Random, schema: Schema, packets: readonly Uint8Array[]): Entity[] {
  const entities: Entity[] = [];
  for (const table of schema.tables) {
    if (table.isConst) continue;
    if (table.fields.length > 0) entities.push(...tableEntries(random, schema, table, packets));
    const action = choose(random, table.actions);
    if (
      action !== undefined &&
      !table.hasConstDefault &&
      table.profileId === undefined &&
      random.below(3) === 0
    ) {
      entities.push({
        kind: 'table-entry',
        table: table.name,
        isDefault: true,
        action: { kind: 'action', ...call(random, action, packets) },
      });
    }
  }
  return entities;
}
