import type { Collection, Resource, ResourceChange } from '../collection.js';
import type { Controller } from '../controller.js';
import { ControllerError } from '../errors.js';
import { nearest } from '../nearest.js';
import { again } from '../store/again.js';
import type { Json } from '../store/store.js';
import { EventLog, type LoggedEvent } from './event-log.js';
import type { CallLimits, HostAgent, ServeRequest, Surroundings } from './host-agent.js';
import { nameView } from './name-view.js';
import { ApiError } from './problem.js';
import { describeInstance, describeService, parseRegistration } from './registry-collections.js';
import {
  countersView,
  diffView,
  entriesView,
  found,
  switchDetail,
  switchView,
  topologyView,
} from './views.js';

/** A change of a resource with what it has become; `resource` is undefined where it is gone. */
export interface WatchedChange extends ResourceChange {
  readonly resource: Resource | undefined;
}

/** Ends a watch. */
export type Unwatch = () => void;

/**
 * Everything the controller does for whoever asks over a network, in plain data. REST and gRPC are two thin adapters
 * over it, so that they cannot differ. Every method throws ControllerError, StoreError, P4RuntimeError or ApiError.
 */
export class Operations {
  readonly events: EventLog;
  readonly controller: Controller;
  readonly #around: Surroundings;

  constructor(controller: Controller, around: Surroundings = {}) {
    this.controller = controller;
    this.#around = around;
    this.events = new EventLog(controller);
  }

  close(): void {
    this.events.close();
  }

  // Collections

  kinds(): readonly Collection[] {
    return [...this.controller.collections.values()];
  }

  collection(kind: string): Collection {
    const collection = this.controller.collections.get(kind);
    if (collection !== undefined) return collection;
    const kinds = [...this.controller.collections.keys()];
    const meant = nearest(kind, kinds);
    throw new ControllerError(
      'NOT_FOUND',
      `no kind '${kind}'; ${meant === undefined ? `there are ${kinds.join(', ')}` : `did you mean '${meant}'?`}`,
    );
  }

  list(kind: string): readonly Resource[] {
    return this.collection(kind).list();
  }

  get(kind: string, name: string): Resource {
    const collection = this.collection(kind);
    const resource = collection.get(name);
    if (resource !== undefined) return resource;
    const names = collection.list().map((each) => each.name);
    const meant = names.includes(`/${name}`) ? `/${name}` : nearest(name, names);
    return found<Resource>(
      undefined,
      `'${name}' in ${kind}${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
    );
  }

  async put(kind: string, name: string, spec: Json): Promise<Resource> {
    const collection = this.collection(kind);
    if (!/^[^\p{Cc}]{1,255}$/u.test(name)) {
      throw new ControllerError(
        'BAD_REQUEST',
        'a name has 1 to 255 characters, control characters not among them',
      );
    }
    return again(() => collection.put(name, spec));
  }

  delete(kind: string, name: string): Promise<void> {
    return again(() => this.collection(kind).delete(name));
  }

  watch(kind: string, listener: (change: WatchedChange) => void): Unwatch {
    const collection = this.collection(kind);
    return collection.watch((change) => listener({ ...change, resource: collection.get(change.name) }));
  }

  // Switches

  topology(): Json {
    return topologyView(this.controller);
  }

  switches(): Json {
    return [...this.controller.topology.switches.keys()].map((name) => ({
      ...switchView(this.controller, name),
      leader: this.#leaderOf(name),
    }));
  }

  async switch(name: string): Promise<Json> {
    return { ...(await switchDetail(this.controller, name)), leader: this.#leaderOf(name) };
  }

  /** Which controllers share the fabric, and who leads which switch. */
  cluster(): Json {
    const { cluster } = this.#around;
    const { leadership, topology } = this.controller;
    const names = [...topology.switches.keys()];
    return {
      controller: cluster?.id ?? null,
      state: leadership.kind,
      leads: names.filter((name) => this.controller.leads(name)),
      members: [...(cluster?.members ?? [])],
      leaders: Object.fromEntries(names.map((name) => [name, this.#leaderOf(name)])),
    };
  }

  entries(name: string, table: string | undefined): Promise<Json> {
    return entriesView(this.controller, name, table);
  }

  /** Who serves a name, and what each leaf holds for it. */
  name(name: string): Promise<Json> {
    return nameView(this.controller, name);
  }

  counters(name: string, counter: string | undefined): Promise<Json> {
    return countersView(this.controller.session(name), counter);
  }

  diff(name: string): Promise<Json> {
    return diffView(this.controller.session(name));
  }

  tracePackets(name: string, listener: (trace: Json) => void): Unwatch {
    this.controller.session(name);
    if (this.#around.tracePackets === undefined) {
      throw new ApiError('NOT_POSSIBLE', `${name} runs elsewhere and cannot be traced from here`);
    }
    return this.#around.tracePackets(name, listener);
  }

  // Registry

  async register(registration: Json): Promise<Json> {
    return describeInstance(await this.controller.registry.register(parseRegistration(registration)));
  }

  async renew(id: number, load: number | undefined): Promise<Json> {
    return describeInstance(await this.controller.registry.renew(id, load));
  }

  deregister(id: number): Promise<void> {
    return this.controller.registry.deregister(id);
  }

  lookup(name: string): Json {
    return describeService(found(this.controller.registry.lookup(name), `service '${name}'`));
  }

  watchServices(prefix: string, listener: (service: Json) => void): Unwatch {
    return this.controller.registry.watch(prefix, (service) => listener(describeService(service)));
  }

  // What is measured

  /** What the switches count for every service, read from them now. */
  async services(): Promise<Json> {
    const { telemetry } = this.controller;
    await telemetry.measure();
    return telemetry.services().map((service) => JSON.parse(JSON.stringify(service)) as Json);
  }

  // Hosts

  async call(
    host: string,
    name: string,
    body: Uint8Array,
    limits: CallLimits,
  ): ReturnType<HostAgent['call']> {
    return (await this.#host(host)).call(name, body, limits);
  }

  async ping(host: string, name: string, limits: CallLimits): Promise<Json> {
    return (await this.#host(host)).ping(name, limits);
  }

  async trace(host: string, name: string, limits: CallLimits): Promise<Json> {
    return (await this.#host(host)).trace(name, limits);
  }

  async kv(
    host: string,
    service: string,
    key: string,
    change: { readonly value: Uint8Array } | 'get' | 'delete',
    limits: CallLimits,
  ): ReturnType<HostAgent['kvGet']> {
    const agent = await this.#host(host);
    if (change === 'get') return agent.kvGet(service, key, limits);
    if (change === 'delete') return agent.kvDelete(service, key, limits);
    return agent.kvPut(service, key, change.value, limits);
  }

  async serve(host: string, name: string, request: ServeRequest): Promise<Json> {
    return { ...(await (await this.#host(host)).serve(name, request)) };
  }

  async stopServing(host: string, name: string): Promise<void> {
    await (await this.#host(host)).stop(name);
  }

  watchEvents(listener: (event: LoggedEvent) => void): Unwatch {
    return this.events.watch(listener);
  }

  #host(name: string): Promise<HostAgent> {
    const { host } = this.#around;
    if (!this.controller.topology.hosts.has(name)) {
      const known = [...this.controller.topology.hosts.keys()].join(', ');
      throw new ControllerError('UNKNOWN_HOST', `no host '${name}' in the topology; it has ${known}`);
    }
    if (host === undefined) {
      throw new ApiError(
        'NOT_POSSIBLE',
        `this controller has no hosts of its own; ask from ${name} itself, or run the fabric by 'sincmesh up'`,
      );
    }
    return host(name);
  }

  /** Null where nobody leads, or this controller is alone and so has no name. */
  #leaderOf(name: string): string | null {
    return this.#around.cluster?.leaderOf(name) ?? null;
  }
}
