import { type FabricKey, Name } from '../../wire/index.js';
import type { InstanceRoute } from '../fabric/names.js';
import { fitWeights } from '../fabric/names.js';
import { PROFILES, TABLES } from '../fabric/program.js';
import type { Entity } from '../p4runtime/index.js';
import type { Service } from '../registry/registry.js';

/** Groups of versions lie above those of services, whose numbers have 16 bits. */
const FIRST_GROUP = 0x4000_0000;
const GROUPS = 0x3fff_ffff;

/**
 * What the FIB knows a version of a service by. A split has the FIB asked for it in place of the service's name; its
 * instances serve the name that was called.
 */
export function versionName(service: number, version: string): Name {
  return Name.parse(`/fabric/version/${service}/${version}`);
}

/**
 * The way to each version of a service: a group of the members its instances have anyway. A group's number comes from
 * the version's name, so that a restarted controller finds the groups as they are.
 */
export class VersionGroups {
  readonly #key: FabricKey;
  readonly #owners = new Map<number, string>();
  /** By the service's number and the version. */
  readonly #groups = new Map<number, Map<string, number>>();

  constructor(key: FabricKey) {
    this.#key = key;
  }

  /**
   * `routes` are those the service's own entries lead to at a leaf, and have members there; what does not fit `maxWeight` has
   * none. A version that no instance of them runs (it is at another site, say) is led to where it is. `watch` gives the port
   * of the leaf behind which an address is, as for a service's own group.
   */
  entries(
    service: Service,
    routes: readonly InstanceRoute[],
    maxWeight: number,
    watch: (address: number) => number | undefined = () => undefined,
  ): Entity[] {
    const versionOf = new Map(service.instances.map(({ id, version }) => [id, version]));
    const versions = new Set(versionOf.values());
    const near = maxWeight === 0 ? routes : routes.slice(0, maxWeight);
    this.#release(service.number, (version) => versions.has(version));
    const byVersion = groupBy(near, ({ instance }) => versionOf.get(instance));
    const elsewhere = groupBy(service.instances, ({ version }) => version);
    const entries: Entity[] = [];
    for (const [version, instances] of elsewhere) {
      if (byVersion.has(version)) continue;
      const far = instances.map(({ id, address, port, weight }) => ({ instance: id, address, port, weight }));
      const led = maxWeight === 0 ? far : far.slice(0, maxWeight);
      byVersion.set(version, led);
      for (const { instance, address, port } of led) {
        const params = { instance, address, udp_port: port };
        const action = { name: 'to_instance', params };
        entries.push({ kind: 'profile-member', profile: PROFILES.instances, member: instance, action });
      }
    }
    for (const [version, each] of byVersion) {
      const digest = versionName(service.number, version).digest(this.#key);
      const group = this.#group(service.number, version);
      const weights = fitWeights(
        each.map(({ weight }) => weight),
        maxWeight,
      );
      entries.push({
        kind: 'profile-group',
        profile: PROFILES.instances,
        group,
        members: each.map(({ instance, address }, i) => {
          const watchPort = watch(address);
          const weight = weights[i] ?? 1;
          return { member: instance, weight, ...(watchPort !== undefined && { watchPort }) };
        }),
      });
      entries.push({
        kind: 'table-entry',
        table: TABLES.fib,
        match: { name: { value: digest.toBigInt(), prefixLength: digest.prefixBits } },
        action: { kind: 'group', group },
      });
    }
    return entries;
  }

  /** A forgotten service has no versions. */
  forget({ number }: Service): void {
    this.#release(number, () => false);
  }

  /** How many groups are taken. */
  get size(): number {
    return this.#owners.size;
  }

  /** Versions that nobody runs give their groups back: releases would fill the memory with them. */
  #release(service: number, isRun: (version: string) => boolean): void {
    const groups = this.#groups.get(service);
    if (groups === undefined) return;
    for (const [version, group] of groups) {
      if (isRun(version)) continue;
      groups.delete(version);
      this.#owners.delete(group);
    }
    if (groups.size === 0) this.#groups.delete(service);
  }

  #group(service: number, version: string): number {
    const groups = this.#groups.get(service) ?? new Map<string, number>();
    this.#groups.set(service, groups);
    const known = groups.get(version);
    if (known !== undefined) return known;
    const name = `${service}/${version}`;
    let hash = 0x811c9dc5;
    for (const character of name) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    let group = FIRST_GROUP + (hash % GROUPS);
    while (this.#owners.has(group)) group = FIRST_GROUP + ((group + 1 - FIRST_GROUP) % GROUPS);
    this.#owners.set(group, name);
    groups.set(version, group);
    return group;
  }
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}
