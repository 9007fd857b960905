import { authKeyWords, type FabricKey, Name } from '../../wire/index.js';
import { ControllerError } from '../errors.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import type { HostSpec, Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import type { Credential, Credentials, Key } from './credentials.js';
import type { Grant, Grants } from './grants.js';
import { SLOTS, SPA_SIZES, SPA_TABLES } from './program.js';

/** Where a packet of the controller's came into the fabric, and whose tag the switch found right on it. */
export interface Sender {
  readonly switch: string;
  readonly port: number;
  readonly keyId: number | undefined;
}

export interface AdmissionOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly grants: Grants;
  readonly credentials: Credentials;
  /** What the program of each leaf can check. Default: everything. */
  readonly profileOf?: ProfileOf;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
}

const SECTION = 'spa/admission';

/**
 * Service Prefix Authentication: what edge ports hold, out of the topology, the grants and the credentials, and who may
 * register what. Where fabric.admission is off, neither the switches nor the registry ask anything.
 *
 * A host may use its own name, /host/<name>, at its port; everything else has to be granted. A credential bound to a host
 * holds for what the host was granted as well, since a host signs all it sends.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #hostAt = new Map<string, HostSpec>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
    for (const host of options.topology.hosts.values()) this.#hostAt.set(`${host.switch}:${host.port}`, host);
  }

  get isOn(): boolean {
    return this.#options.topology.fabric.admission !== 'off';
  }

  /** Grants or credentials have changed, or the controller starts: the leaves' entries follow. */
  publish(): void {
    if (!this.isOn) return;
    for (const { name, role } of this.#options.topology.switches.values()) {
      if (role === 'leaf') this.#options.onEntries(name, SECTION, this.#entries(name));
    }
  }

  /**
   * Throws ControllerError NO_ROOM where a leaf's tables would not hold all there is, with this in place of its namesake, and
   * NOT_POSSIBLE where a leaf cannot verify tags.
   */
  checkRoom(change: { readonly grant: Grant } | { readonly credential: Credential }): void {
    if (!this.isOn) return;
    const { topology, grants, credentials } = this.#options;
    this.#checkTags(change);
    const allGrants = replaced(grants.grants(), 'grant' in change ? change.grant : undefined);
    const allCredentials = replaced(
      credentials.all(),
      'credential' in change ? change.credential : undefined,
    );
    for (const { name, role } of topology.switches.values()) {
      if (role !== 'leaf') continue;
      const features = this.#options.profileOf?.(name).features;
      const sizes = {
        grants: features?.admission?.grants ?? SPA_SIZES.grants,
        credentials: features?.credentials?.entries ?? SPA_SIZES.credentials,
      };
      const granted = this.#portPrefixes(name, allGrants).size;
      if (granted > sizes.grants) throw full('grants to ports', name, granted, sizes.grants);
      let held = 0;
      for (const credential of allCredentials) {
        if (!this.#isHeldAt(credential, name)) continue;
        held += this.#prefixesOf(credential, allGrants).length * credential.keys.length;
      }
      if (held > sizes.credentials) throw full('prefixes of keys', name, held, sizes.credentials);
      const slots = features?.credentials?.slots ?? SLOTS;
      const beyond = allCredentials
        .filter((credential) => this.#isHeldAt(credential, name))
        .some(({ keys }) => keys.some(({ slot }) => slot >= slots));
      if (beyond) throw full('keys in force', name, slots + 1, slots);
    }
  }

  /** Tags are verified at leaves whose program has credentials; elsewhere what needs one would never pass. */
  #checkTags(change: { readonly grant: Grant } | { readonly credential: Credential }): void {
    const { topology, profileOf } = this.#options;
    if (profileOf === undefined) return;
    if ('grant' in change) {
      const { to, tag } = change.grant;
      if (to.kind === 'port' && tag === true)
        requireFeature('credentials', [to.switch], profileOf, 'grant it without tag');
      return;
    }
    const leaves = [...topology.switches.values()].filter(
      ({ name, role }) => role === 'leaf' && this.#isHeldAt(change.credential, name),
    );
    const names = leaves.map(({ name }) => name);
    requireFeature('credentials', names, profileOf, 'grant names to ports (collection grants)');
  }

  /** Throws ControllerError DENIED where a sender may not speak for a name of its own. */
  check(sender: Sender, name: Name): void {
    if (!this.isOn) return;
    const { credentials } = this.#options;
    const credential = sender.keyId === undefined ? undefined : credentials.byKeyId(sender.keyId);
    const prefixes =
      sender.keyId === undefined
        ? [...this.#portPrefixes(sender.switch)]
            .filter(([place, tag]) => place.port === sender.port && !tag)
            .map(([{ prefix }]) => prefix)
        : credential === undefined
          ? []
          : this.#prefixesOf(credential);
    if (prefixes.some((prefix) => prefix.covers(name))) return;
    throw new ControllerError(
      'DENIED',
      `'${name.text}' was not granted to port ${sender.port} of ${sender.switch}` +
        `${sender.keyId === undefined ? '' : ` with key ${sender.keyId}`}; grant it (collection grants)`,
    );
  }

  /** Throws ControllerError DENIED where an address is not that of the host at the sender's port. */
  checkAddress(sender: Sender, address: number): void {
    if (!this.isOn || this.hostOf(sender)?.ipv4 === address) return;
    throw new ControllerError(
      'DENIED',
      `the address is not that of the host at port ${sender.port} of ${sender.switch}; give the host's own`,
    );
  }

  hostOf(sender: Sender): HostSpec | undefined {
    return this.#hostAt.get(`${sender.switch}:${sender.port}`);
  }

  /** The keys that are its host's own, each with every prefix it holds for, the newest last. */
  *keysFor(host: string): Generator<{ key: Key; prefix: Name; remainingMs: number | undefined }> {
    const { credentials } = this.#options;
    for (const credential of credentials.all()) {
      if (credential.spec.host !== host) continue;
      const prefixes = this.#prefixesOf(credential);
      for (const key of credential.keys) {
        const remainingMs = credentials.remainingMs(key.keyId);
        for (const prefix of prefixes) yield { key, prefix, remainingMs };
      }
    }
  }

  #entries(leaf: string): Entity[] {
    const { topology, key, credentials } = this.#options;
    const features = this.#options.profileOf?.(leaf).features;
    const canVerify = features === undefined || features.credentials !== undefined;
    const ports = new Set<number>();
    for (const host of topology.hosts.values()) if (host.switch === leaf) ports.add(host.port);
    const granted = [...this.#portPrefixes(leaf)];
    for (const [{ port }] of granted) ports.add(port);
    const lpm = (name: Name) => {
      const digest = name.digest(key);
      return { value: digest.toBigInt(), prefixLength: digest.prefixBits };
    };
    const entry = (
      table: string,
      match: EntryMatch,
      name: string,
      params: Record<string, number> = {},
    ): Entity => {
      return { kind: 'table-entry', table, match, action: { kind: 'action', name, params } };
    };
    return [
      ...[...ports].map((port) => entry(SPA_TABLES.ports, { ingress_port: port }, 'edge')),
      ...granted.map(([{ port, prefix }, tag]) =>
        entry(
          SPA_TABLES.grants,
          { ingress_port: port, name: lpm(prefix) },
          tag ? 'granted_with_tag' : 'granted',
        ),
      ),
      ...[...credentials.all()]
        .filter((credential) => canVerify && this.#isHeldAt(credential, leaf))
        .flatMap((credential) =>
          this.#prefixesOf(credential).flatMap((prefix) =>
            credential.keys.map(({ keyId, key: bytes, slot, generation }) =>
              entry(SPA_TABLES.credentials, { key_id: keyId, name: lpm(prefix) }, 'credential', {
                ...authKeyWords(Uint8Array.from(Buffer.from(bytes, 'hex'))),
                slot,
                generation,
              }),
            ),
          ),
        ),
    ];
  }

  /** What is granted at a leaf's ports, and whether with a tag only: of several grants the strictest counts. */
  #portPrefixes(
    leaf: string,
    grants: Iterable<Grant> = this.#options.grants.grants(),
  ): Map<{ readonly port: number; readonly prefix: Name }, boolean> {
    const { topology } = this.#options;
    const always = topology.fabric.admission === 'tags';
    const places = new Map<string, { readonly port: number; readonly prefix: Name }>();
    const result = new Map<{ readonly port: number; readonly prefix: Name }, boolean>();
    const add = (port: number, prefix: Name, tag: boolean) => {
      const id = `${port}:${prefix.text}`;
      const place = places.get(id) ?? { port, prefix };
      places.set(id, place);
      result.set(place, tag || result.get(place) === true);
    };
    for (const host of topology.hosts.values()) {
      if (host.switch === leaf) add(host.port, ownName(host.name), always);
    }
    for (const { to, prefix, tag } of grants) {
      if (to.kind === 'port' && to.switch === leaf) add(to.port, prefix, tag ?? always);
    }
    return result;
  }

  #isHeldAt({ spec }: Credential, leaf: string): boolean {
    return spec.host === undefined || this.#options.topology.hosts.get(spec.host)?.switch === leaf;
  }

  #prefixesOf({ name, spec }: Credential, grants: Iterable<Grant> = this.#options.grants.grants()): Name[] {
    const host = this.#options.topology.hosts.get(spec.host ?? '');
    const prefixes = new Map<string, Name>();
    const isFor = ({ to }: Grant) =>
      to.kind === 'credential'
        ? to.credential === name
        : host !== undefined && to.switch === host.switch && to.port === host.port;
    if (host !== undefined) prefixes.set(`/host/${host.name}`, ownName(host.name));
    for (const grant of grants) {
      if (isFor(grant)) prefixes.set(grant.prefix.text, grant.prefix);
    }
    return [...prefixes.values()];
  }
}

type EntryMatch = Readonly<
  Record<string, number | { readonly value: bigint; readonly prefixLength: number }>
>;

function replaced<T extends { readonly name: string }>(all: Iterable<T>, one: T | undefined): T[] {
  if (one === undefined) return [...all];
  return [...[...all].filter(({ name }) => name !== one.name), one];
}

function full(what: string, leaf: string, wanted: number, size: number): ControllerError {
  return new ControllerError(
    'NO_ROOM',
    `${wanted} ${what} do not fit the ${size} that ${leaf} has; grant shorter prefixes, or delete some`,
  );
}

function ownName(host: string): Name {
  return Name.parse(`/host/${host}`);
}
