import { UDP_PORT_NAMED } from '../wire/index.js';
import type { Broadcasts } from './broadcast/broadcasts.js';
import type { Clock } from './clock.js';
import type { Cluster, ClusterState } from './cluster/cluster.js';
import type { Collection } from './collection.js';
import { Conditions } from './conditions.js';
import { ControllerError } from './errors.js';
import type { ControllerEvent } from './events.js';
import type { ProbeOptions } from './fabric/link-monitor.js';
import type { Capabilities } from './fabric/program.js';
import type { ProgramProfile } from './fabric/program-profile.js';
import { Programs } from './fabric/programs.js';
import type { Topology } from './fabric/topology.js';
import type { CacheManager } from './inc/cache.js';
import type { Groups } from './inc/groups.js';
import { type Pipeline, Signal, type SwitchClientOptions } from './p4runtime/index.js';
import type { Part } from './part.js';
import { Parts } from './parts.js';
import type { Policies } from './policy/policies.js';
import type { Registry } from './registry/registry.js';
import type { Spa } from './spa/spa.js';
import { MemoryStore } from './store/memory-store.js';
import type { Store, StoreChange } from './store/store.js';
import type { SwitchSession } from './switch-session.js';
import type { Flows } from './telemetry/flows.js';
import type { Telemetry } from './telemetry/telemetry.js';
import type { Trust } from './trust/trust.js';
import type { TrustPolicies } from './trust/trust-policies.js';

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
  /**
   * Milliseconds after which a name is forgotten that nobody serves and nothing refers to, 1,000 to 604,800,000; 0 = never.
   * Default 600,000. It begins anew when the controller does.
   */
  readonly forgetNamesAfterMs?: number;
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
  readonly spa: Spa;
  readonly broadcasts: Broadcasts;
  readonly #options: ControllerOptions;
  readonly #programs: Programs;
  readonly #store: Store;
  readonly #parts: Parts;
  readonly #conditions = new Conditions();
  #isClosed = false;

  /** Throws ControllerError NOT_POSSIBLE where the program is not sincmesh.p4, BAD_REQUEST. */
  constructor(options: ControllerOptions) {
    this.#options = options;
    this.topology = options.topology;
    this.#programs = new Programs(options.topology, options.program, options.pipelines);
    this.#store = options.store ?? new MemoryStore();
    this.capabilities = this.#programs.capabilities;
    if (options.log !== undefined) this.events.subscribe(options.log);
    const parts = new Parts({
      topology: options.topology,
      programs: this.#programs,
      store: this.#store,
      clock: options.clock,
      probeLinks: options.probeLinks,
      forgetNamesAfterMs: checkForgetting(options.forgetNamesAfterMs),
      electionId: options.cluster === undefined ? (options.electionId ?? 10n) : undefined,
      events: this.events,
      emit: (event) => this.#emit(event),
      changed: () => this.#changed(),
      leads: (name) => this.leads(name),
      written: () => this.#written(),
    });
    this.#parts = parts;
    this.registry = parts.registry;
    this.groups = parts.groups;
    this.cache = parts.cache;
    this.policies = parts.policies;
    this.telemetry = parts.telemetry;
    this.flows = parts.flows;
    this.trustPolicies = parts.trustPolicies;
    this.trust = parts.trust;
    this.spa = parts.spa;
    this.broadcasts = parts.broadcasts;
    this.collections = parts.collections;
  }

  /** Takes the stored state back and attaches the topology's hosts as /host/<name>. Call it before connect(). */
  async start(): Promise<void> {
    this.#store.watch((changes) => this.#applied(changes));
    await this.#options.cluster?.join();
    const values = await this.#store.load();
    this.#parts.sessions.restore(values);
    for (const link of this.#parts.links.restore(values)) this.#parts.monitor.assume(link);
    for (const part of this.#parts.stateful) part.restore?.(values);
    this.telemetry.policiesChanged();
    for (const host of this.topology.hosts.values()) {
      await this.registry.attach(`/host/${host.name}`, host.ipv4, UDP_PORT_NAMED);
    }
    if (this.#options.probeLinks !== undefined) this.#parts.monitor.start();
    this.#options.cluster?.start(this.#parts.seats);
  }

  /** What another controller has committed, in the order of all commits. */
  #applied(changes: readonly StoreChange[]): void {
    for (const part of [this.#parts.sessions, this.#parts.links, ...this.#parts.stateful]) {
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

  /** What this controller is to its fabric at present. */
  get leadership(): ClusterState {
    return this.#options.cluster?.state ?? { kind: 'active', switches: this.#parts.sessions.names };
  }

  /**
   * Connects a switch of the topology at the address of its P4Runtime server (default: the topology's), now or when
   * this controller leads it. Returns at once; settled() tells when the switch is as it should be. Connecting again
   * moves to the new address.
   */
  async connect(name: string, address?: string, options: Partial<SwitchClientOptions> = {}): Promise<void> {
    if (this.#isClosed) throw new ControllerError('CLOSED', 'the controller is closed');
    const session = this.#parts.sessions.get(name);
    const target = address ?? session.spec.grpc;
    if (target === undefined) {
      throw new ControllerError(
        'BAD_REQUEST',
        `no address for ${name}; pass one, or give it as grpc in the topology`,
      );
    }
    const profile = options.target ?? this.#programs.targetOf(name);
    await this.#parts.seats.connect(name, {
      ...options,
      ...(profile !== undefined && { target: profile }),
      address: target,
    });
    this.#changed();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.monitor.close();
    this.telemetry.close();
    for (const part of this.#parts.stateful) part.close?.();
    await this.#parts.desk.idle();
    await this.#parts.sessions.close();
    await this.#options.cluster?.leave();
    await this.#store.close();
    this.#changed();
  }

  /** Something is under way: a switch is being set up or written to, a packet is being answered, a cache is at work. */
  get busy(): boolean {
    const parts: Part[] = [
      this.#parts.sessions,
      this.#parts.desk,
      this.#parts.links,
      this.telemetry,
      ...this.#parts.stateful,
    ];
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
        const names = this.#parts.sessions.unsettled().join(', ');
        throw new ControllerError('NOT_POSSIBLE', `not settled: ${names}`);
      }
      return !this.busy && this.#parts.sessions.unsettled().length === 0;
    }, signal);
  }

  /** Resolves when no switch that can be written to is being written to. */
  #written(): Promise<void> {
    return this.#conditions.when(() => this.#isClosed || !this.#parts.sessions.isWriting);
  }

  /** Messages the switch sent on its stream that have been dealt with, or are counted in `busy`. */
  streamMessagesReceived(name: string): number {
    return this.#parts.sessions.get(name).client?.streamMessagesReceived ?? 0;
  }

  /** Messages sent to the switch on its stream; a packet-out has happened when the switch has received as many. */
  streamMessagesSent(name: string): number {
    return this.#parts.sessions.get(name).client?.streamMessagesSent ?? 0;
  }

  /** The session of a switch, for its client, desired state and statistics. Throws ControllerError UNKNOWN_SWITCH. */
  session(name: string): SwitchSession {
    return this.#parts.sessions.get(name);
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

const FORGET_NAMES_AFTER_MS = 600_000;
const MAX_FORGET_NAMES_AFTER_MS = 604_800_000;

function checkForgetting(ms = FORGET_NAMES_AFTER_MS): number {
  if (ms === 0 || (ms >= 1000 && ms <= MAX_FORGET_NAMES_AFTER_MS)) return ms;
  throw new ControllerError(
    'BAD_REQUEST',
    `forgetNamesAfterMs is ${ms}; give 1000 to ${MAX_FORGET_NAMES_AFTER_MS}, or 0 for never`,
  );
}
