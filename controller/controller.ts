import { FabricKey, UDP_PORT_NAMED } from '../wire/index.js';
import { PartCollections } from './api/collections.js';
import { Broadcasts } from './broadcast/broadcasts.js';
import { BroadcastDesk } from './broadcast/in-band.js';
import type { Clock } from './clock.js';
import type { Cluster, ClusterState } from './cluster/cluster.js';
import { Seats } from './cluster/seats.js';
import type { Collection } from './collection.js';
import { Conditions } from './conditions.js';
import { ControllerError } from './errors.js';
import type { ControllerEvent } from './events.js';
import type { Feature } from './fabric/features.js';
import { LeafRoom } from './fabric/leaf-room.js';
import { LinkMonitor, type ProbeOptions } from './fabric/link-monitor.js';
import { Links, linkName } from './fabric/links.js';
import { hostEntries } from './fabric/names.js';
import { type Capabilities, PROFILES } from './fabric/program.js';
import type { ProgramProfile } from './fabric/program-profile.js';
import { Programs } from './fabric/programs.js';
import { ServiceRoutes } from './fabric/service-routes.js';
import { SiteOrders } from './fabric/site-orders.js';
import { Sites } from './fabric/sites.js';
import type { Topology } from './fabric/topology.js';
import { CacheManager } from './inc/cache.js';
import { Groups } from './inc/groups.js';
import { type Entity, type Pipeline, Signal, type SwitchClientOptions } from './p4runtime/index.js';
import type { Part } from './part.js';
import { Policies } from './policy/policies.js';
import { VersionGroups } from './policy/versions.js';
import { Encapsulations } from './proxies/encapsulations.js';
import { NameTree } from './registry/collisions.js';
import { PacketDesk } from './registry/packet-desk.js';
import { type AttachedHost, Registry, type Service } from './registry/registry.js';
import { InBand } from './spa/in-band.js';
import { Spa } from './spa/spa.js';
import { MemoryStore } from './store/memory-store.js';
import type { Store, StoreChange } from './store/store.js';
import { SwitchMessages } from './switch-messages.js';
import type { SwitchSession } from './switch-session.js';
import { SwitchSessions } from './switch-sessions.js';
import { Flows } from './telemetry/flows.js';
import { Telemetry } from './telemetry/telemetry.js';
import { DENIED_REPORTS } from './trust/denials.js';
import { Trust } from './trust/trust.js';
import { TrustPolicies } from './trust/trust-policies.js';

export interface ControllerOptions {
  readonly topology: Topology;
  /** What switches execute that name no pipeline of the topology's: sincmesh.p4 as p4c made it. */
  readonly program: Pipeline;
  /** The topology's pipelines, by name. */
  readonly pipelines?: ReadonlyMap<string, Pipeline>;
  readonly clock: Clock;
  /** Default: state lasts as long as the controller. */
  readonly store?: Store;
  /** P4Runtime election id where there is no cluster. Default 10. */
  readonly electionId?: bigint;
  /** Several controllers share the fabric: `store` is the cluster's. Without one this controller leads everything. */
  readonly cluster?: Cluster;
  /** Links are probed, and paths lead round those that carry nothing. Default: all links count as up. */
  readonly probeLinks?: ProbeOptions;
  /** Told of every event, as `events` is. */
  readonly log?: (event: ControllerEvent) => void;
}

/**
 * The mesh's controller: it programs every switch of a topology, keeps the registry, and runs groups and caches. Make
 * it, start() it, connect() its switches; from then on it keeps them as they should be.
 */
export class Controller {
  readonly topology: Topology;
  /** What some of its switches can do. */
  readonly capabilities: Capabilities;
  readonly registry: Registry;
  readonly groups: Groups;
  readonly cache: CacheManager;
  readonly policies: Policies;
  readonly telemetry: Telemetry;
  /** Those of sticky services that are over. */
  readonly flows: Flows;
  readonly trustPolicies: TrustPolicies;
  readonly trust: Trust;
  readonly events = new Signal<ControllerEvent>(() => undefined);
  /** What people manage by name, by kind; the faces serve every one of them. */
  readonly collections: ReadonlyMap<string, Collection>;
  readonly #options: ControllerOptions;
  readonly #programs: Programs;
  readonly #store: Store;
  readonly #key: FabricKey;
  readonly #sessions: SwitchSessions;
  /** Where each address of a host hangs. */
  readonly #leafOf: ReadonlyMap<number, string>;
  readonly #links: Links;
  readonly #monitor: LinkMonitor;
  readonly #sites: Sites;
  readonly spa: Spa;
  readonly broadcasts: Broadcasts;
  readonly #siteOrders: SiteOrders['collection'];
  readonly #routes: ServiceRoutes;
  readonly #encapsulations: Encapsulations;
  readonly #inBand: InBand;
  readonly #desk: PacketDesk;
  readonly #parts: PartCollections;
  readonly #messages: SwitchMessages;
  /** Those with state of their own, in the order they take it back: some look at what others have. */
  readonly #stateful: readonly Part[];
  readonly #conditions = new Conditions();
  /** Connects the switches that this controller leads. */
  readonly #seats: Seats;
  readonly #versions: VersionGroups;
  #isClosed = false;

  /** Throws ControllerError NOT_POSSIBLE where the program is not sincmesh.p4. */
  constructor(options: ControllerOptions) {
    this.#options = options;
    this.topology = options.topology;
    this.#programs = new Programs(options.topology, options.program, options.pipelines);
    this.#store = options.store ?? new MemoryStore();
    this.#key = new FabricKey(options.topology.fabric.key);
    this.capabilities = this.#programs.capabilities;
    const { profileOf } = this.#programs;
    const names = new NameTree(this.#key);
    const room = LeafRoom.of(this.topology, this.#programs);
    const leaves = [...this.topology.switches.values()]
      .filter(({ role }) => role === 'leaf')
      .map(({ name }) => name);
    if (options.log !== undefined) this.events.subscribe(options.log);

    const onError = (error: unknown) => this.#emit({ kind: 'error', switch: undefined, error });
    this.#links = new Links({
      topology: this.topology,
      store: this.#store,
      onPaths: () => this.#pathsChanged(),
      onError,
      onIdle: () => this.#changed(),
    });
    this.#sessions = new SwitchSessions({
      topology: this.topology,
      key: this.#key,
      programs: this.#programs,
      store: this.#store,
      paths: () => this.#links.paths,
      messages: () => this.#messages,
      onBegan: (name) => this.cache.switchBegan(name),
      onEvent: (event) => this.#emit(event),
    });
    this.#seats = new Seats({
      ...(options.cluster === undefined && { electionId: options.electionId ?? 10n }),
      session: (name) => this.#sessions.get(name),
      onLead: (names) => {
        this.registry.keep((address) => names.includes(this.#leafOf.get(address) ?? ''));
        this.groups.pathsChanged();
        this.#changed();
      },
      onState: (state) => this.#emit({ kind: 'cluster', state }),
      onError,
    });
    this.#leafOf = new Map([...this.topology.hosts.values()].map((host) => [host.ipv4, host.switch]));
    const onEntries = (name: string, ...args: Parameters<SwitchSession['want']>) =>
      this.#sessions.get(name).want(...args);
    const onLeaves = (section: string, entities: readonly Entity[], names: readonly string[] = leaves) =>
      this.#sessions.wantAlike(section, entities, names);
    const leavesWith = (feature: Feature) => leaves.filter((leaf) => profileOf(leaf).features[feature]);
    this.#versions = new VersionGroups(this.#key);
    this.policies = new Policies({
      topology: this.topology,
      key: this.#key,
      store: this.#store,
      profileOf,
      metersCount: (name) => this.#programs.targetOf(name)?.metersCount ?? true,
      services: () => this.registry.services(),
      onEntries,
      onLeaves,
      onChanged: () => {
        this.telemetry.policiesChanged();
        this.flows.policiesChanged();
      },
      onError,
      onIdle: () => this.#changed(),
    });
    this.flows = new Flows({
      key: this.#key,
      clock: options.clock,
      services: () => this.registry.services(),
      hosts: () => this.registry.hosts(),
      isSticky: () => this.policies.isSticky,
      onLeaves: (section, entities) => onLeaves(section, entities, leavesWith('flowReports')),
      onFlow: (flow) => this.#emit({ kind: 'flow', ...flow }),
      onError,
    });
    this.telemetry = new Telemetry({
      clock: options.clock,
      services: () => this.registry.services(),
      lookup: (service) => this.registry.lookup(service),
      rulesOf: (service) => this.policies.rulesOf(service),
      intervalMs: () => this.policies.measuringInterval(),
      readers: () => this.#sessions.counterSources(),
      onWeights: (service) => this.#routesChanged(service),
      onError,
      onIdle: () => this.#changed(),
    });
    this.trustPolicies = new TrustPolicies({
      leaves,
      profileOf,
      store: this.#store,
      onChanged: () => this.trust.policiesChanged(),
      onError,
      onIdle: () => this.#changed(),
    });
    this.trust = new Trust({
      topology: this.topology,
      key: this.#key,
      clock: options.clock,
      store: this.#store,
      policies: this.trustPolicies,
      cells: this.policies.cells,
      hosts: () => this.registry.hosts(),
      profileOf,
      leads: (name) => this.leads(name),
      granted: (at, port) => this.spa.grantedTo(at, port),
      onEntries,
      voidFlows: () => this.policies.voidFlows([undefined]),
      onError,
      onIdle: () => this.#changed(),
    });
    onLeaves('trust/digest', DENIED_REPORTS, leavesWith('denials'));
    this.registry = new Registry({
      clock: options.clock,
      key: this.#key,
      store: this.#store,
      isReachable: (address) => this.#leafOf.has(address),
      keeps: (address) => this.leads(this.#leafOf.get(address) ?? ''),
      isChannel: (name) => this.broadcasts.isChannel(name),
      room,
      names,
      onService: (service) => this.#serviceChanged(service),
      onHost: (host) => this.#hostChanged(host),
      onEvent: (event) => this.#emit({ kind: 'registry', event }),
      onLoad: (instance, load) => this.telemetry.told(instance, load),
      onError,
      onIdle: () => this.#changed(),
    });
    this.groups = new Groups({
      topology: this.topology,
      paths: () => this.#links.paths,
      store: this.#store,
      profileOf,
      onEntries: (name, section, entities) => {
        onEntries(name, section, entities);
        this.#encapsulations.groupChanged(Number(section.slice('group/'.length)));
      },
      leads: () => this.#leadsFirst(),
      onMoved: ({ id }) => this.#emit({ kind: 'group', group: id }),
      onError,
      onIdle: () => this.#changed(),
    });
    this.cache = new CacheManager({
      topology: this.topology,
      key: this.#key,
      store: this.#store,
      profileOf,
      clock: options.clock,
      onEntries,
      lookup: (service) => this.registry.lookup(service),
      readHits: (name, indices) => this.#sessions.readHits(name, indices),
      onError,
      onIdle: () => this.#changed(),
    });
    this.spa = new Spa({
      topology: this.topology,
      key: this.#key,
      store: this.#store,
      clock: options.clock,
      profileOf,
      leads: () => this.#leadsFirst(),
      onEntries,
      onError,
      onIdle: () => this.#changed(),
    });
    this.broadcasts = new Broadcasts({
      topology: this.topology,
      key: this.#key,
      store: this.#store,
      clock: options.clock,
      paths: () => this.#links.paths,
      profileOf,
      leads: () => this.#leadsFirst(),
      isTaken: (name) => this.registry.isKnown(name),
      room,
      names,
      onEntries,
      written: () => this.#written(),
      onError,
      onIdle: () => this.#changed(),
    });
    this.#sites = new Sites(this.topology, () => this.#links.paths);
    const sites = this.#sites;
    const siteOrders = new SiteOrders({
      sites,
      store: this.#store,
      clock: options.clock,
      onChanged: (name) => {
        const service = this.registry.lookup(name);
        if (service !== undefined) this.#routesChanged(service);
      },
      onError,
      onIdle: () => this.#changed(),
    });
    this.#siteOrders = siteOrders.collection;
    this.#routes = new ServiceRoutes({
      topology: this.topology,
      key: this.#key,
      maxWeight: this.#programs.maxWeight(PROFILES.instances),
      sites,
      isReachable: (leaf, address) => this.#isReachable(leaf, address),
      orderOf: (service) => siteOrders.of(service),
      more: (...args) => this.#versions.entries(...args),
      leaves: () => this.#sessions.leaves,
    });
    this.#encapsulations = new Encapsulations({
      topology: this.topology,
      paths: () => this.#links.paths,
      store: this.#store,
      clock: options.clock,
      profileOf,
      groupOf: (id) => this.groups.get(id),
      onEntries,
      onError,
      onIdle: () => this.#changed(),
    });
    const publishing = new BroadcastDesk(this.broadcasts, this.topology, () => this.#written());
    this.#inBand = new InBand(this.registry, this.spa.admission, (op, fields, request, sender) =>
      publishing.carryOut(op, fields, request, (name) => this.spa.admission.check(sender, name)),
    );
    this.#parts = new PartCollections({
      registry: this.registry,
      groups: this.groups,
      cache: this.cache,
      store: this.#store,
      events: this.events,
    });
    const collections: Collection[] = [
      ...this.#parts.all,
      this.policies,
      this.trustPolicies,
      this.trust,
      this.flows,
      ...this.spa.collections,
      ...this.broadcasts.collections,
      this.#siteOrders,
      this.#encapsulations.collection,
      this.#links,
    ];
    this.collections = new Map(collections.map((collection) => [collection.kind, collection]));
    this.#monitor = new LinkMonitor({
      ...options.probeLinks,
      topology: this.topology,
      key: this.#key,
      clock: options.clock,
      isReady: (name) => this.#sessions.isProgrammed(name),
      send: (name, port, frame) => {
        this.#sessions.get(name).client?.packetOut(frame, { egress_port: port, forward: 0, reserved: 0 });
      },
      onChanged: (link, isUp) => {
        this.#emit({ kind: 'link', link: linkName(link), state: isUp ? 'up' : 'down' });
        this.#links.found(link, isUp);
      },
    });
    this.#desk = new PacketDesk({
      topology: this.topology,
      clock: options.clock,
      onError,
      onIdle: () => this.#changed(),
    });
    this.#messages = new SwitchMessages({
      monitor: this.#monitor,
      desk: this.#desk,
      inBand: this.#inBand,
      trust: this.trust,
      flows: this.flows,
      cache: this.cache,
      onEvent: (event) => this.#emit(event),
      onChanged: () => this.#changed(),
    });
    this.#stateful = [
      this.cache,
      this.groups,
      this.#parts,
      this.policies,
      this.#siteOrders,
      this.registry,
      this.trustPolicies,
      this.trust,
      this.spa,
      this.broadcasts,
      this.#encapsulations.collection,
    ];
  }

  /** Takes the stored state back and attaches the topology's hosts as /host/<name>. Call it before connect(). */
  async start(): Promise<void> {
    this.#store.watch((changes) => this.#applied(changes));
    await this.#options.cluster?.join();
    const values = await this.#store.load();
    this.#sessions.restore(values);
    for (const link of this.#links.restore(values)) this.#monitor.assume(link);
    for (const part of this.#stateful) part.restore?.(values);
    this.telemetry.policiesChanged();
    for (const host of this.topology.hosts.values()) {
      await this.registry.attach(`/host/${host.name}`, host.ipv4, UDP_PORT_NAMED);
    }
    if (this.#options.probeLinks !== undefined) this.#monitor.start();
    this.#options.cluster?.start(this.#seats);
  }

  /** What another controller has committed, in the order of all commits. */
  #applied(changes: readonly StoreChange[]): void {
    for (const part of [this.#sessions, this.#links, ...this.#stateful]) {
      try {
        part.apply?.(changes);
      } catch (error) {
        this.#emit({ kind: 'error', switch: undefined, error });
      }
    }
    this.#changed();
  }

  /** Whether this controller programs a switch: all of them, unless there is a cluster. */
  leads(name: string): boolean {
    return this.#options.cluster?.leads(name) ?? true;
  }

  /** True at one controller of a cluster: what is nobody's switch is its business. */
  #leadsFirst(): boolean {
    const [first] = this.#sessions.names;
    return first === undefined || this.leads(first);
  }

  /** What this controller is to its fabric at present. */
  get leadership(): ClusterState {
    return this.#options.cluster?.state ?? { kind: 'active', switches: this.#sessions.names };
  }

  /**
   * Connects a switch of the topology at the address of its P4Runtime server (default: the topology's), now or when
   * this controller leads it. Returns at once; settled() tells when the switch is as it should be. Connecting again
   * moves to the new address.
   */
  async connect(name: string, address?: string, options: Partial<SwitchClientOptions> = {}): Promise<void> {
    if (this.#isClosed) throw new ControllerError('CLOSED', 'the controller is closed');
    const session = this.#sessions.get(name);
    const target = address ?? session.spec.grpc;
    if (target === undefined) {
      throw new ControllerError(
        'BAD_REQUEST',
        `no address for ${name}; pass one, or give it as grpc in the topology`,
      );
    }
    const profile = options.target ?? this.#programs.targetOf(name);
    await this.#seats.connect(name, {
      ...options,
      ...(profile !== undefined && { target: profile }),
      address: target,
    });
    this.#changed();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#monitor.close();
    this.telemetry.close();
    for (const part of this.#stateful) part.close?.();
    await this.#desk.idle();
    await this.#sessions.close();
    await this.#options.cluster?.leave();
    await this.#store.close();
    this.#changed();
  }

  /** Something is under way: a switch is being set up or written to, a packet is being answered, a cache is at work. */
  get busy(): boolean {
    const parts: Part[] = [this.#sessions, this.#desk, this.#links, this.telemetry, ...this.#stateful];
    return parts.some(({ busy }) => busy);
  }

  /** Resolves when nothing is under way; at once where nothing is. */
  idle(): Promise<void> {
    return this.#conditions.when(() => this.#isClosed || !this.busy);
  }

  /**
   * Resolves when every switch that was connected holds everything it should, but for what it refused. Rejects when
   * the signal is aborted, naming the switches that are not there yet, and when the controller is closed.
   */
  settled(signal?: AbortSignal): Promise<void> {
    return this.#conditions.when(() => {
      if (this.#isClosed) throw new ControllerError('CLOSED', 'the controller is closed');
      if (signal?.aborted === true) {
        const names = this.#sessions.unsettled().join(', ');
        throw new ControllerError('NOT_POSSIBLE', `not settled: ${names}`);
      }
      return !this.busy && this.#sessions.unsettled().length === 0;
    }, signal);
  }

  /** Resolves when no switch that can be written to is being written to. */
  #written(): Promise<void> {
    return this.#conditions.when(() => this.#isClosed || !this.#sessions.isWriting);
  }

  /** Messages the switch sent on its stream that have been dealt with, or are counted in `busy`. */
  streamMessagesReceived(name: string): number {
    return this.#sessions.get(name).client?.stats.streamMessagesReceived ?? 0;
  }

  /** Messages sent to the switch on its stream; a packet-out has happened when the switch has received as many. */
  streamMessagesSent(name: string): number {
    return this.#sessions.get(name).client?.stats.streamMessagesSent ?? 0;
  }

  /** The session of a switch, for its client, desired state and statistics. Throws ControllerError UNKNOWN_SWITCH. */
  session(name: string): SwitchSession {
    return this.#sessions.get(name);
  }

  /** Links went or came: everything that leads over them follows. */
  #pathsChanged(): void {
    this.#sessions.wantStatic();
    this.groups.pathsChanged();
    this.broadcasts.pathsChanged();
    this.#sites.pathsChanged();
    for (const service of this.registry.services()) this.#routesChanged(service);
  }

  /** Whether packets of a leaf can come to an address of the fabric. */
  #isReachable(leaf: string, address: number): boolean {
    const at = this.#leafOf.get(address);
    return at === undefined || this.#links.paths.distance(leaf, at) !== undefined;
  }

  #serviceChanged(service: Service): void {
    this.telemetry.serviceChanged(service);
    this.#routesChanged(service);
    this.cache.serviceChanged(service);
    this.policies.serviceChanged(service);
  }

  #routesChanged(service: Service): void {
    // A name is published to or served, not both.
    if (this.broadcasts.isChannel(service.name.text)) return;
    this.#routes.publish(service, this.telemetry.weightsOf(service));
  }

  #hostChanged(host: AttachedHost): void {
    const entities = hostEntries(host.name.digest(this.#key), host.number, host.address);
    const leaves = this.#sessions.leaves.map(({ spec }) => spec.name);
    this.#sessions.wantAlike(`host/${host.number}`, entities, leaves);
    this.trust.hostChanged(host);
  }

  /** What the program of a switch holds, and how much of it. Throws ControllerError UNKNOWN_SWITCH. */
  profileOf(name: string): ProgramProfile {
    return this.#programs.profileOf(name);
  }

  #emit(event: ControllerEvent): void {
    this.events.emit(event);
    this.#changed();
  }

  #changed(): void {
    this.#conditions.changed();
  }
}
