import { FabricKey } from '../wire/index.js';
import { PartCollections } from './api/collections.js';
import { Broadcasts } from './broadcast/broadcasts.js';
import { BroadcastDesk } from './broadcast/in-band.js';
import type { Clock } from './clock.js';
import { Seats } from './cluster/seats.js';
import type { Collection } from './collection.js';
import type { ControllerEvent } from './events.js';
import type { Feature } from './fabric/features.js';
import { LeafRoom } from './fabric/leaf-room.js';
import { LinkMonitor, type ProbeOptions } from './fabric/link-monitor.js';
import { Links, linkName } from './fabric/links.js';
import { hostEntries } from './fabric/names.js';
import { PROFILES } from './fabric/program.js';
import type { Programs } from './fabric/programs.js';
import { ServiceRoutes } from './fabric/service-routes.js';
import { SiteOrders } from './fabric/site-orders.js';
import { Sites } from './fabric/sites.js';
import type { Topology } from './fabric/topology.js';
import { CacheManager } from './inc/cache.js';
import { Groups } from './inc/groups.js';
import type { Entity, Signal } from './p4runtime/index.js';
import type { Part } from './part.js';
import { Policies } from './policy/policies.js';
import { accountOf } from './policy/services.js';
import { VersionGroups } from './policy/versions.js';
import { Encapsulations } from './proxies/encapsulations.js';
import { referredNames } from './referred.js';
import { ClosedAccounts } from './registry/closed-accounts.js';
import { NameTree } from './registry/collisions.js';
import type { NameForgetting } from './registry/forgetting.js';
import { PacketDesk } from './registry/packet-desk.js';
import { type AttachedHost, Registry, type Service } from './registry/registry.js';
import { InBand } from './spa/in-band.js';
import { Spa } from './spa/spa.js';
import type { Store } from './store/store.js';
import { SwitchMessages } from './switch-messages.js';
import type { SwitchSession } from './switch-session.js';
import { SwitchSessions } from './switch-sessions.js';
import { Flows } from './telemetry/flows.js';
import { Telemetry } from './telemetry/telemetry.js';
import { DENIED_REPORTS } from './trust/denials.js';
import { Trust } from './trust/trust.js';
import { TrustPolicies } from './trust/trust-policies.js';

/** What the parts of a controller stand on, and whom they tell. */
export interface Ground {
  readonly topology: Topology;
  readonly programs: Programs;
  readonly store: Store;
  readonly clock: Clock;
  readonly probeLinks: ProbeOptions | undefined;
  /** Milliseconds a name stays known that nobody serves; 0 = for ever. */
  readonly forgetNamesAfterMs: number;
  /** P4Runtime election id; undefined where there is a cluster, which elects. */
  readonly electionId: bigint | undefined;
  readonly events: Signal<ControllerEvent>;
  readonly emit: (event: ControllerEvent) => void;
  /** `busy` of some part may be another. */
  readonly changed: () => void;
  /** Whether this controller programs a switch. */
  readonly leads: (switchName: string) => boolean;
  /** Resolves when no switch that can be written to is being written to. */
  readonly written: () => Promise<void>;
}

/** Every part of a controller, and what follows in one when another changes. */
export class Parts {
  readonly registry: Registry;
  readonly groups: Groups;
  readonly cache: CacheManager;
  readonly policies: Policies;
  readonly telemetry: Telemetry;
  readonly flows: Flows;
  readonly trustPolicies: TrustPolicies;
  readonly trust: Trust;
  readonly spa: Spa;
  readonly broadcasts: Broadcasts;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly sessions: SwitchSessions;
  readonly links: Links;
  readonly monitor: LinkMonitor;
  /** Connects the switches that this controller leads. */
  readonly seats: Seats;
  readonly desk: PacketDesk;
  /** Those with state of their own, in the order they take it back: some look at what others have. */
  readonly stateful: readonly Part[];
  readonly #ground: Ground;
  readonly #key: FabricKey;
  /** Where each address of a host hangs. */
  readonly #leafOf: ReadonlyMap<number, string>;
  readonly #sites: Sites;
  readonly #routes: ServiceRoutes;
  readonly #versions: VersionGroups;

  constructor(ground: Ground) {
    this.#ground = ground;
    const { topology, programs, store, clock, emit, changed, leads } = ground;
    const { profileOf } = programs;
    this.#key = new FabricKey(topology.fabric.key);
    this.#versions = new VersionGroups(this.#key);
    this.#leafOf = new Map([...topology.hosts.values()].map((host) => [host.ipv4, host.switch]));
    const onError = (error: unknown) => emit({ kind: 'error', switch: undefined, error });
    const leaves = [...topology.switches.values()]
      .filter(({ role }) => role === 'leaf')
      .map(({ name }) => name);
    const leavesWith = (feature: Feature) => leaves.filter((leaf) => profileOf(leaf).features[feature]);
    const onEntries = (name: string, ...args: Parameters<SwitchSession['want']>) =>
      this.sessions.get(name).want(...args);
    const onLeaves = (section: string, entities: readonly Entity[], names: readonly string[] = leaves) =>
      this.sessions.wantAlike(section, entities, names);
    const paths = () => this.links.paths;
    const services = () => this.registry.services();
    const hosts = () => this.registry.hosts();
    const lookup = (service: string) => this.registry.lookup(service);
    const base = { topology, key: this.#key, store, clock, profileOf, onEntries, onError, onIdle: changed };

    this.links = new Links({ ...base, onPaths: () => this.#pathsChanged() });
    this.sessions = new SwitchSessions({
      ...base,
      programs,
      paths,
      messages: () => messages,
      onBegan: (name) => this.cache.switchBegan(name),
      onEvent: (event) => {
        emit(event);
        if (event.kind === 'reconciler' && event.state === 'idle') accounts.look();
      },
    });
    this.seats = new Seats({
      ...(ground.electionId !== undefined && { electionId: ground.electionId }),
      session: (name) => this.sessions.get(name),
      onLead: (names) => {
        this.registry.keep((address) => names.includes(this.#leafOf.get(address) ?? ''));
        this.groups.pathsChanged();
        changed();
      },
      onState: (state) => emit({ kind: 'cluster', state }),
      onError,
    });
    this.policies = new Policies({
      ...base,
      metersCount: (name) => programs.targetOf(name)?.metersCount ?? true,
      services,
      onLeaves,
      onChanged: () => {
        this.telemetry.policiesChanged();
        this.flows.policiesChanged();
      },
    });
    this.flows = new Flows({
      ...base,
      services,
      hosts,
      isSticky: () => this.policies.isSticky,
      onLeaves: (section, entities) => onLeaves(section, entities, leavesWith('flowReports')),
      onFlow: (flow) => emit({ kind: 'flow', ...flow }),
    });
    this.telemetry = new Telemetry({
      ...base,
      services,
      lookup,
      rulesOf: (service) => this.policies.rulesOf(service),
      intervalMs: () => this.policies.measuringInterval(),
      readers: () => this.sessions.counterSources(),
      onWeights: (service) => this.#routesChanged(service),
    });
    this.trustPolicies = new TrustPolicies({
      ...base,
      leaves,
      onChanged: () => this.trust.policiesChanged(),
    });
    this.trust = new Trust({
      ...base,
      policies: this.trustPolicies,
      cells: this.policies.cells,
      hosts,
      leads,
      granted: (at, port) => this.spa.grantedTo(at, port),
      voidFlows: () => this.policies.voidFlows([undefined]),
    });
    onLeaves('trust/digest', DENIED_REPORTS, leavesWith('denials'));
    const names = new NameTree(this.#key);
    const room = LeafRoom.of(topology, programs);
    const accounts = new ClosedAccounts({
      ...base,
      leavesOf: (number) =>
        leaves.filter((leaf) => accountOf({ number }, profileOf(leaf).features) !== undefined),
      empty: (leaf, numbers) => this.sessions.emptyAccounts(leaf, numbers),
    });
    const forgetting: NameForgetting = {
      quietUs: ground.forgetNamesAfterMs * 1000,
      leads: () => this.#leadsFirst(),
      referred: () => referredNames(this.collections.values()),
      accounts,
      onForgotten: (service) => this.#serviceForgotten(service),
    };
    this.registry = new Registry({
      ...base,
      isReachable: (address) => this.#leafOf.has(address),
      keeps: (address) => leads(this.#leafOf.get(address) ?? ''),
      isChannel: (name) => this.broadcasts.isChannel(name),
      room,
      names,
      ...(ground.forgetNamesAfterMs > 0 && { forgetting }),
      onService: (service) => this.#serviceChanged(service),
      onHost: (host) => this.#hostChanged(host),
      onEvent: (event) => emit({ kind: 'registry', event }),
      onLoad: (instance, load) => this.telemetry.told(instance, load),
    });
    this.groups = new Groups({
      ...base,
      paths,
      onEntries: (name, section, entities) => {
        onEntries(name, section, entities);
        encapsulations.groupChanged(Number(section.slice('group/'.length)));
      },
      leads: () => this.#leadsFirst(),
      onMoved: ({ id }) => emit({ kind: 'group', group: id }),
    });
    this.cache = new CacheManager({
      ...base,
      lookup,
      readHits: (name, indices) => this.sessions.readHits(name, indices),
    });
    this.spa = new Spa({ ...base, leads: () => this.#leadsFirst() });
    this.broadcasts = new Broadcasts({
      ...base,
      paths,
      leads: () => this.#leadsFirst(),
      isTaken: (name) => this.registry.isKnown(name),
      room,
      names,
      written: ground.written,
    });
    this.#sites = new Sites(topology, paths);
    const siteOrders = new SiteOrders({
      ...base,
      sites: this.#sites,
      onChanged: (name) => {
        const service = this.registry.lookup(name);
        if (service !== undefined) this.#routesChanged(service);
      },
    });
    this.#routes = new ServiceRoutes({
      ...base,
      maxWeight: programs.maxWeight(PROFILES.instances),
      sites: this.#sites,
      isReachable: (leaf, address) => this.#isReachable(leaf, address),
      orderOf: (service) => siteOrders.of(service),
      more: (...args) => this.#versions.entries(...args),
      leaves: () => this.sessions.leaves,
    });
    const encapsulations = new Encapsulations({ ...base, paths, groupOf: (id) => this.groups.get(id) });
    const publishing = new BroadcastDesk(this.broadcasts, topology, ground.written);
    const inBand = new InBand(this.registry, this.spa.admission, (op, fields, request, sender) =>
      publishing.carryOut(op, fields, request, (name) => this.spa.admission.check(sender, name)),
    );
    const collected = new PartCollections({
      registry: this.registry,
      groups: this.groups,
      cache: this.cache,
      store,
      events: ground.events,
    });
    const collections: Collection[] = [
      ...collected.all,
      this.policies,
      this.trustPolicies,
      this.trust,
      this.flows,
      ...this.spa.collections,
      ...this.broadcasts.collections,
      siteOrders.collection,
      encapsulations.collection,
      this.links,
    ];
    this.collections = new Map(collections.map((collection) => [collection.kind, collection]));
    this.monitor = new LinkMonitor({
      ...ground.probeLinks,
      ...base,
      isReady: (name) => this.sessions.isProgrammed(name),
      send: (name, port, frame) => {
        this.sessions.get(name).client?.packetOut(frame, { egress_port: port, forward: 0, reserved: 0 });
      },
      onChanged: (link, isUp) => {
        emit({ kind: 'link', link: linkName(link), state: isUp ? 'up' : 'down' });
        this.links.found(link, isUp);
      },
    });
    this.desk = new PacketDesk(base);
    const messages = new SwitchMessages({
      monitor: this.monitor,
      desk: this.desk,
      inBand,
      trust: this.trust,
      flows: this.flows,
      cache: this.cache,
      onEvent: emit,
      onChanged: changed,
    });
    this.stateful = [
      this.cache,
      this.groups,
      collected,
      this.policies,
      siteOrders.collection,
      this.registry,
      accounts,
      this.trustPolicies,
      this.trust,
      this.spa,
      this.broadcasts,
      encapsulations.collection,
    ];
  }

  /** True at one controller of a cluster: what is nobody's switch is its business. */
  #leadsFirst(): boolean {
    const [first] = this.sessions.names;
    return first === undefined || this.#ground.leads(first);
  }

  /** Links went or came: everything that leads over them follows. */
  #pathsChanged(): void {
    this.sessions.wantStatic();
    this.groups.pathsChanged();
    this.broadcasts.pathsChanged();
    this.#sites.pathsChanged();
    for (const service of this.registry.services()) this.#routesChanged(service);
  }

  /** Whether packets of a leaf can come to an address of the fabric. */
  #isReachable(leaf: string, address: number): boolean {
    const at = this.#leafOf.get(address);
    return at === undefined || this.links.paths.distance(leaf, at) !== undefined;
  }

  #serviceChanged(service: Service): void {
    this.telemetry.serviceChanged(service);
    this.#routesChanged(service);
    this.cache.serviceChanged(service);
    this.policies.serviceChanged(service);
  }

  #serviceForgotten(service: Service): void {
    this.telemetry.forget(service);
    this.#routes.withdraw(service);
    this.#versions.forget(service);
    this.cache.serviceChanged(service);
    this.policies.serviceForgotten(service);
  }

  #routesChanged(service: Service): void {
    // A name is published to or served, not both.
    if (this.broadcasts.isChannel(service.name.text)) return;
    this.#routes.publish(service, this.telemetry.weightsOf(service));
  }

  #hostChanged(host: AttachedHost): void {
    const entities = hostEntries(host.name.digest(this.#key), host.number, host.address);
    const leaves = this.sessions.leaves.map(({ spec }) => spec.name);
    this.sessions.wantAlike(`host/${host.number}`, entities, leaves);
    this.trust.hostChanged(host);
  }
}
