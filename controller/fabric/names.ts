import { Name, type NameDigest } from '../../wire/index.js';
import type { Entity, EntryAction, GroupMember, ProfileGroup } from '../p4runtime/index.js';
import { PROFILES, TABLES } from './program.js';

/** A running instance of a service, as the switches need it. */
export interface InstanceRoute {
  /** 1 to 65,535, unique in the fabric; the number packets carry. */
  readonly instance: number;
  readonly address: number;
  /** 0 = leave the port the packet came with. */
  readonly port: number;
  /** 1 or more. */
  readonly weight: number;
}

// Members of the profile `instances`: an instance's own number, and above 16 bits everything else.
const HOST_MEMBERS = 0x100_0000;
const TO_CONTROLLER = 0x200_0001;
const ANSWER_ECHO = 0x200_0002;
const NO_INSTANCE = 0x200_0003;
const GATEWAY = 0x200_0004;
const PUBLISH_MEMBERS = 0x300_0000;
const SWITCH_MEMBERS = 0x400_0000;
const NACK_NO_INSTANCE = 6;

/** Members every switch has: the answers that do not depend on who serves a name. */
export function commonMembers(): Entity[] {
  return [
    member(TO_CONTROLLER, 'to_controller', {}),
    member(ANSWER_ECHO, 'answer_echo', {}),
    member(NO_INSTANCE, 'nack', { reason: NACK_NO_INSTANCE }),
  ];
}

/** The name a switch answers echo requests to. */
export function switchName(name: string): Name {
  return Name.parse(`/fabric/switch/${name}`);
}

/** A name that the controller answers itself. */
export function controllerEntry(digest: NameDigest): Entity {
  return fibEntry(digest, { kind: 'member', member: TO_CONTROLLER });
}

/** A name that the switch answers echoes to: its own. */
export function echoEntry(digest: NameDigest): Entity {
  return fibEntry(digest, { kind: 'member', member: ANSWER_ECHO });
}

/** The way to another switch's name; `id` is that switch's. */
export function switchEntries(digest: NameDigest, id: number, loopback: number): Entity[] {
  const number = SWITCH_MEMBERS + id;
  return [
    member(number, 'to_switch', { address: loopback }),
    fibEntry(digest, { kind: 'member', member: number }),
  ];
}

/** The way for every name no entry has: to the gateway's host. */
export function gatewayEntries(address: number): Entity[] {
  return [
    member(GATEWAY, 'to_host', { address }),
    {
      kind: 'table-entry',
      table: TABLES.fib,
      match: { name: { value: 0, prefixLength: 0 } },
      action: { kind: 'member', member: GATEWAY },
    },
  ];
}

/** A name nobody serves at the moment. */
export function noInstanceEntry(digest: NameDigest): Entity {
  return fibEntry(digest, { kind: 'member', member: NO_INSTANCE });
}

/** A name that is published to: copies by the multicast group `branches`. `number` is the broadcast's, 1 to 65,535. */
export function publishEntries(digest: NameDigest, number: number, branches: number): Entity[] {
  const id = PUBLISH_MEMBERS + number;
  return [member(id, 'publish', { branches }), fibEntry(digest, { kind: 'member', member: id })];
}

/** The way to one host's name; `number` is 1 to 2^24 - 1, unique among host names. */
export function hostEntries(digest: NameDigest, number: number, address: number): Entity[] {
  const id = HOST_MEMBERS + number;
  return [member(id, 'to_host', { address }), fibEntry(digest, { kind: 'member', member: id })];
}

/**
 * The way to a service: a group of its instances by weight, or a Nack where it has none. `number` is the service's,
 * and so its group's; the group's weights are made to add up to `maxWeight` at most.
 */
export function serviceEntries(
  digest: NameDigest,
  number: number,
  instances: readonly InstanceRoute[],
  maxWeight: number,
): Entity[] {
  if (instances.length === 0) return [noInstanceEntry(digest)];
  const group = serviceGroup(number, instances, maxWeight);
  return [
    ...instances
      .slice(0, group.members.length)
      .map(({ instance, address, port }) =>
        member(instance, 'to_instance', { instance, address, udp_port: port }),
      ),
    group,
    fibEntry(digest, { kind: 'group', group: number }),
  ];
}

/**
 * The group alone. `watch` gives the port of this switch behind which an address is: while that is down, its instances
 * are passed over.
 */
export function serviceGroup(
  number: number,
  instances: readonly InstanceRoute[],
  maxWeight: number,
  watch: (address: number) => number | undefined = () => undefined,
): ProfileGroup & { readonly members: readonly GroupMember[] } {
  const weights = fitWeights(
    instances.map(({ weight }) => weight),
    maxWeight,
  );
  const members = instances.slice(0, weights.length).map(({ instance, address }, i) => {
    const watchPort = watch(address);
    return { member: instance, weight: weights[i] ?? 1, ...(watchPort !== undefined && { watchPort }) };
  });
  return { kind: 'profile-group', profile: PROFILES.instances, group: number, members };
}

/**
 * Whole-numbered weights in the given proportions, each 1 or more, their sum `limit` or less (0 = no limit). Where
 * there are more weights than `limit`, only as many as fit are returned.
 */
export function fitWeights(weights: readonly number[], limit: number): number[] {
  const divisor = weights.reduce(gcd, 0) || 1;
  const reduced = weights.map((weight) => weight / divisor);
  const total = reduced.reduce((sum, weight) => sum + weight, 0);
  if (limit === 0 || total <= limit) return reduced;
  if (reduced.length >= limit) return reduced.slice(0, limit).map(() => 1);
  // Everyone gets 1; what is left is shared by largest remainder.
  const spare = limit - reduced.length;
  const shares = reduced.map((weight, index) => {
    const exact = (weight / total) * limit - 1;
    return { index, exact: Math.max(0, exact) };
  });
  const sum = shares.reduce((all, { exact }) => all + exact, 0);
  const scaled = shares.map(({ index, exact }) => ({ index, exact: sum === 0 ? 0 : (exact / sum) * spare }));
  const result = scaled.map(({ exact }) => 1 + Math.floor(exact));
  let left = limit - result.reduce((all, weight) => all + weight, 0);
  const byRemainder = [...scaled].sort((a, b) => (b.exact % 1) - (a.exact % 1) || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  const common = result.reduce(gcd, 0) || 1;
  return result.map((weight) => weight / common);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function member(id: number, name: string, params: Record<string, number>): Entity {
  return { kind: 'profile-member', profile: PROFILES.instances, member: id, action: { name, params } };
}

function fibEntry(digest: NameDigest, action: EntryAction): Entity {
  return {
    kind: 'table-entry',
    table: TABLES.fib,
    match: { name: { value: digest.toBigInt(), prefixLength: digest.prefixBits } },
    action,
  };
}
