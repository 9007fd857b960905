import { type FabricKey, Name } from '../../wire/index.js';
import type { Clock } from '../clock.js';
import type { Collection, JsonSchema } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { LeafRoom } from '../fabric/leaf-room.js';
import type { Neighbour, Paths } from '../fabric/paths.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import { parseName } from '../registry/checks.js';
import { NameTree } from '../registry/collisions.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import {
  broadcastEntries,
  GROUP_FIRST,
  MAX_BROADCASTS,
  MAX_SUBSCRIPTIONS,
  publisherEntries,
  type Subscriber,
} from './entries.js';
import { type Leased, LeasedCollection, type Numbered } from './leased.js';
import { broadcastTree } from './tree.js';

export interface BroadcastSpec extends Leased {
  readonly channel: string;
  readonly publishers: readonly string[];
}

interface SubscriptionSpec extends Leased {
  readonly channel: string;
  readonly host: string;
  readonly port: number;
}

const TTL = {
  type: 'integer',
  minimum: 0,
  maximum: 86_400_000,
  default: 0,
  description: 'It goes when it is not put again within so many milliseconds; 0 = it stays.',
} as const;

const BROADCAST_SCHEMA = {
  type: 'object',
  properties: {
    channel: { type: 'string', minLength: 2, description: 'The name that is published to.' },
    publishers: {
      type: 'array',
      items: { type: 'string', minLength: 2 },
      maxItems: 64,
      default: [],
      description: 'Prefixes of the source names that may publish; none = any.',
    },
    ttlMs: TTL,
  },
  required: ['channel'],
  additionalProperties: false,
} as const satisfies JsonSchema;

const SUBSCRIPTION_SCHEMA = {
  type: 'object',
  properties: {
    channel: { type: 'string', minLength: 2, description: 'The name that is published to.' },
    host: { type: 'string', description: 'The host that gets a copy of each packet.' },
    port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'UDP port of the host.' },
    ttlMs: TTL,
  },
  required: ['channel', 'host', 'port'],
  additionalProperties: false,
} as const satisfies JsonSchema;

export interface BroadcastsOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly store: Store;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** Shortest paths at this moment. */
  readonly paths: () => Paths;
  /** What the program of each switch has: any may be on the way of a broadcast. Default: everything. */
  readonly profileOf?: ProfileOf;
  /** Whether a service or a host has the name. */
  readonly isTaken: (name: string) => boolean;
  /** Of the leaves, for names that are published to. */
  readonly room?: LeafRoom;
  /** All names the leaves tell apart by their digests. Default: these channels alone. */
  readonly names?: NameTree;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  /** Resolves when connected switches hold what they should. */
  readonly written: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/**
 * Live broadcasts: names that are published to, the hosts that subscribe to them, and the tree of switches between. A
 * broadcast is there while it is declared, or as long as somebody says in band that it publishes.
 */
export class Broadcasts {
  readonly broadcasts: LeasedCollection<BroadcastSpec>;
  readonly subscriptions: LeasedCollection<SubscriptionSpec>;
  readonly #options: BroadcastsOptions;
  /** By the channel's text. */
  readonly #byChannel = new Map<string, Numbered<BroadcastSpec>>();
  readonly #subscribers = new Map<string, Map<number, Subscriber>>();
  /** The tree each broadcast has, as text. */
  readonly #trees = new Map<number, string>();
  readonly #names: NameTree;
  /** Channels that are in the tree of names. */
  readonly #told = new Set<string>();
  /** Broadcasts between two trees. */
  readonly #moving = new Set<number>();

  constructor(options: BroadcastsOptions) {
    this.#options = options;
    this.#names = options.names ?? new NameTree(options.key);
    options.room?.takenBy('broadcasts', () => ({
      names: this.#byChannel.size,
      members: this.#byChannel.size,
    }));
    this.broadcasts = new LeasedCollection<BroadcastSpec>({
      ...options,
      kind: 'broadcasts',
      summary: 'Names that are published to; every subscriber gets a copy of what is sent to one.',
      schema: BROADCAST_SCHEMA,
      prefix: 'broadcast/channel/',
      most: MAX_BROADCASTS,
      check: (name, spec) => this.#checkBroadcast(name, spec),
      status: ({ number, spec }) => {
        return {
          group: GROUP_FIRST + number - 1,
          subscribers: this.#subscribers.get(spec.channel)?.size ?? 0,
        };
      },
      onChanged: (before, after) => this.#broadcastChanged(before, after),
    });
    this.subscriptions = new LeasedCollection<SubscriptionSpec>({
      ...options,
      kind: 'subscriptions',
      summary: 'Hosts that get what is published to a name.',
      schema: SUBSCRIPTION_SCHEMA,
      prefix: 'broadcast/subscription/',
      most: MAX_SUBSCRIPTIONS,
      check: (name, spec) => this.#checkSubscription(name, spec),
      status: ({ spec }) => ({ live: this.#byChannel.has(spec.channel) }),
      onChanged: (before, after) => this.#subscriptionChanged(before, after),
    });
  }

  get collections(): readonly Collection[] {
    return [this.broadcasts, this.subscriptions];
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    this.subscriptions.apply(changes);
    this.broadcasts.apply(changes);
  }

  get busy(): boolean {
    return this.broadcasts.busy || this.subscriptions.busy || this.#moving.size > 0;
  }

  close(): void {
    this.broadcasts.close();
    this.subscriptions.close();
  }

  /** Whether a name is published to, and so can be nobody's service. */
  isChannel(name: string): boolean {
    return this.#byChannel.has(name);
  }

  /**
   * The fabric's paths are others: trees that have changed are made anew. Switches learn of it one after another, and
   * what follows the old tree at some and the new one at others can go in circles and multiply. So no switch sends copies
   * to another until all have given up the old tree.
   */
  pathsChanged(): void {
    const moved = [...this.#byChannel.values()].filter((broadcast) => {
      return (
        !this.#moving.has(broadcast.number) && this.#trees.get(broadcast.number) !== this.#shapeOf(broadcast)
      );
    });
    if (moved.length === 0) return;
    for (const broadcast of moved) {
      this.#moving.add(broadcast.number);
      this.#publish(broadcast);
    }
    this.#replant(moved).catch(this.#options.onError);
  }

  async #replant(moved: readonly Numbered<BroadcastSpec>[]): Promise<void> {
    await this.#options.written();
    for (const { number, spec } of moved) {
      this.#moving.delete(number);
      const broadcast = this.#byChannel.get(spec.channel);
      if (broadcast?.number === number) this.#publish(broadcast);
    }
    this.#options.onIdle();
  }

  /** The broadcast of a name that is published to. */
  ofChannel(name: string): Numbered<BroadcastSpec> | undefined {
    return this.#byChannel.get(name);
  }

  #checkBroadcast(name: string, { channel, publishers }: BroadcastSpec): void {
    const { profileOf, topology } = this.#options;
    if (profileOf !== undefined) requireFeature('broadcasts', topology.switches.keys(), profileOf);
    const parsed = parseName(channel);
    if (parsed.components[0] === 'fabric' || parsed.components[0] === 'host') {
      throw new ControllerError('BAD_REQUEST', `'${channel}' belongs to the fabric; choose another name`);
    }
    if (this.#options.isTaken(parsed.text)) {
      throw new ControllerError(
        'CONFLICT',
        `'${channel}' is the name of a service or a host; choose another`,
      );
    }
    for (const publisher of publishers) parseName(publisher);
    const other = this.#byChannel.get(parsed.text);
    if (other !== undefined && other.name !== name) {
      throw new ControllerError('CONFLICT', `'${channel}' is the channel of broadcast '${other.name}'`);
    }
    if (other === undefined) this.#names.check(parsed);
    if (other === undefined && this.broadcasts.find(name) === undefined) {
      this.#options.room?.check({ names: 1, members: 1 });
    }
  }

  #checkSubscription(name: string, { channel, host, port }: SubscriptionSpec): void {
    parseName(channel);
    if (!this.#options.topology.hosts.has(host)) {
      throw new ControllerError('BAD_REQUEST', `subscription: /host '${host}' is no host of the topology`);
    }
    for (const other of this.subscriptions.all()) {
      const { spec } = other;
      if (other.name === name || spec.channel !== channel || spec.host !== host || spec.port !== port)
        continue;
      throw new ControllerError('CONFLICT', `subscription '${other.name}' has the same host and port`);
    }
  }

  #broadcastChanged(
    before: Numbered<BroadcastSpec> | undefined,
    after: Numbered<BroadcastSpec> | undefined,
  ): void {
    if (before !== undefined && before.spec.channel !== after?.spec.channel) {
      const { channel } = before.spec;
      this.#byChannel.delete(channel);
      if (this.#told.delete(channel)) this.#names.remove(Name.parse(channel));
      this.#withdraw(before.number);
    }
    if (after === undefined) return;
    this.#byChannel.set(after.spec.channel, after);
    this.#nameTold(after.spec.channel);
    this.#publish(after);
  }

  /** Two names with one digest may have been acknowledged by two controllers at once. */
  #nameTold(channel: string): void {
    if (this.#told.has(channel)) return;
    try {
      this.#names.add(Name.parse(channel));
      this.#told.add(channel);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #subscriptionChanged(
    before: Numbered<SubscriptionSpec> | undefined,
    after: Numbered<SubscriptionSpec> | undefined,
  ): void {
    if (before !== undefined) {
      const list = this.#subscribers.get(before.spec.channel);
      list?.delete(before.number);
      if (list?.size === 0) this.#subscribers.delete(before.spec.channel);
    }
    const host = this.#options.topology.hosts.get(after?.spec.host ?? '');
    if (after !== undefined && host !== undefined) {
      const list = this.#subscribers.get(after.spec.channel) ?? new Map<number, Subscriber>();
      this.#subscribers.set(after.spec.channel, list);
      list.set(after.number, { number: after.number, host, port: after.spec.port });
    }
    for (const channel of new Set([before?.spec.channel, after?.spec.channel])) {
      const broadcast = this.#byChannel.get(channel ?? '');
      if (broadcast !== undefined) this.#publish(broadcast);
    }
  }

  #publish({ number, spec }: Numbered<BroadcastSpec>): void {
    const { topology, key, profileOf, onEntries } = this.#options;
    const channel = Name.parse(spec.channel);
    const digest = channel.digest(key);
    const subscribers = this.#subscribersOf(spec);
    const planted = this.#treeOf(number, spec);
    this.#trees.set(number, textOf(planted));
    const tree = this.#moving.has(number) ? new Map<string, Neighbour[]>() : planted;
    const publishers = publisherEntries(
      key,
      channel,
      spec.publishers.map((each) => Name.parse(each)),
    );
    for (const at of topology.switches.values()) {
      if (profileOf?.(at.name).features.broadcasts === false) continue;
      const local = subscribers.filter(({ host }) => host.switch === at.name);
      const entries = broadcastEntries(topology, at, digest, number, tree.get(at.name) ?? [], local);
      onEntries(at.name, section(number), at.role === 'leaf' ? [...entries, ...publishers] : entries);
    }
  }

  #subscribersOf({ channel }: BroadcastSpec): Subscriber[] {
    return [...(this.#subscribers.get(channel)?.values() ?? [])];
  }

  #treeOf(number: number, spec: BroadcastSpec): ReadonlyMap<string, Neighbour[]> {
    const { topology, paths } = this.#options;
    const leaves = new Set(this.#subscribersOf(spec).map(({ host }) => host.switch));
    return broadcastTree(topology, paths(), leaves, number);
  }

  #shapeOf({ number, spec }: Numbered<BroadcastSpec>): string {
    return textOf(this.#treeOf(number, spec));
  }

  #withdraw(number: number): void {
    this.#trees.delete(number);
    for (const name of this.#options.topology.switches.keys())
      this.#options.onEntries(name, section(number), []);
  }
}

function textOf(tree: ReadonlyMap<string, readonly Neighbour[]>): string {
  const links = [...tree].map(([at, to]) => `${at}:${to.map(({ port }) => port).sort()}`);
  return links.sort().join(' ');
}

function section(number: number): string {
  return `broadcast/${number}`;
}
