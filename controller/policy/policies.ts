import type { FabricKey, Name } from '../../wire/index.js';
import type { Collection, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Features } from '../fabric/features.js';
import type { ProfileOf } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import { type Entity, Signal } from '../p4runtime/index.js';
import type { Service } from '../registry/registry.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { checkRoom, refuseClash } from './admission.js';
import { Generations } from './generations.js';
import { checkFeatures, checkPlaces, nackRateCells } from './places.js';
import { POLICY_TABLES, SESSIONS } from './program.js';
import { flowOf, holdsAt, overlap, policyEntries, splitEntries } from './rules.js';
import { rulesOf, type ServiceRules, serviceRuleEntries } from './services.js';
import { commitWithSlots, Slots } from './slots.js';
import { POLICY_SCHEMA, type PolicySpec, parsePolicy } from './spec.js';

export interface PoliciesOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly store: Store;
  /** What the program of each switch has for policies. */
  readonly profileOf: ProfileOf;
  /** Whether a switch's meters can be relied on. Default: they can. */
  readonly metersCount?: (switchName: string) => boolean;
  readonly services: () => readonly Service[];
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  /** As onEntries, for several leaves alike. */
  readonly onLeaves: (section: string, entities: readonly Entity[], leaves: readonly string[]) => void;
  /** Policies have changed; rules of services may be others. */
  readonly onChanged: () => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

const PREFIX = 'policy/rule/';
/** Of the meter of rates: what the v1model program has. */
const MAX_CELLS = 1024;

/**
 * The communication scheduling centre (SCSC of the drafts): policies as people name them, and from them what every leaf
 * holds ahead of its FIB, and for every service and instance.
 */
export class Policies implements Collection {
  readonly kind = 'policies';
  readonly summary =
    'Rules for what is sent to a prefix of names: access, rates, breakers, mirrors, faults, splits, stickiness, weights.';
  readonly schema = POLICY_SCHEMA;
  /** Cells of the meter of rates; dynamic trust has some of them. */
  readonly cells: Slots;
  readonly #sessions = new Slots('mirror sessions', 'policy/session/', SESSIONS.first, SESSIONS.last);
  readonly #options: PoliciesOptions;
  readonly #policies = new Map<string, PolicySpec>();
  readonly #leaves: readonly string[];
  readonly #generations: Generations;
  /** What each service's entries were made of the last time, by leaf. */
  readonly #applied = new Map<string, Map<number, string>>();
  /** As #alike() gives it; undefined after a change of policies. */
  #groups: readonly { readonly leaves: readonly string[]; readonly features: Features }[] | undefined;
  readonly #serial: Serial;
  readonly #changes = new Signal<ResourceChange>((error) => this.#options.onError(error));

  constructor(options: PoliciesOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#generations = new Generations(options.store, options.onError, options.onIdle);
    const { switches, hosts } = options.topology;
    this.#leaves = [...switches.values()].filter(({ role }) => role === 'leaf').map(({ name }) => name);
    const cells = this.#leaves.flatMap((leaf) => this.#features(leaf).rates?.cells ?? []);
    this.cells = new Slots('rate limits', 'policy/cell/', 0, Math.min(MAX_CELLS, ...cells) - 1);
    this.#applyNackRates();
    for (const leaf of this.#leaves) {
      if (this.#features(leaf).accounts === undefined) continue;
      const clients = [...hosts.values()].filter((host) => host.switch === leaf);
      options.onEntries(
        leaf,
        'policy/clients',
        clients.map(({ ipv4 }) => ({
          kind: 'table-entry',
          table: POLICY_TABLES.clients,
          match: { address: ipv4 },
          action: { kind: 'action', name: 'attached', params: {} },
        })),
      );
    }
  }

  /**
   * Takes what a store holds in place of what there is. Call it before the registry's, so that services find their rules.
   */
  restore(values: ReadonlyMap<string, Json>): void {
    this.#generations.clear();
    this.cells.clear();
    this.#sessions.clear();
    const gone = [...this.#policies.keys()]
      .map((name) => `${PREFIX}${name}`)
      .filter((key) => !values.has(key));
    this.apply([
      ...gone.map((key) => ({ key, value: undefined })),
      ...[...values].map(([key, value]) => ({ key, value })),
    ]);
  }

  /** Takes over what another controller has committed; keys of other parts are passed over. */
  apply(changes: readonly StoreChange[]): void {
    const names: string[] = [];
    this.cells.apply(changes);
    this.#sessions.apply(changes);
    for (const { key, value } of changes) {
      if (!key.startsWith(PREFIX)) continue;
      const name = key.slice(PREFIX.length);
      names.push(name);
      if (value === undefined) this.#set(name, undefined);
      else this.#take(name, parsePolicy(value));
    }
    const isVoid = this.#generations.apply(changes);
    if (names.length === 0 && !isVoid) return;
    for (const name of names) this.#apply(name);
    this.#applyNackRates();
    for (const service of this.#options.services()) this.#applyService(service);
    this.#options.onChanged();
    for (const name of names) {
      const type = this.#policies.has(name) ? 'put' : 'delete';
      this.#changes.emit({ kind: this.kind, type, name });
    }
  }

  get busy(): boolean {
    return this.#serial.busy || this.#generations.busy;
  }

  list(): readonly Resource[] {
    return [...this.#policies].map(([name, spec]) => this.#describe(name, spec));
  }

  get(name: string): Resource | undefined {
    const spec = this.#policies.get(name);
    return spec === undefined ? undefined : this.#describe(name, spec);
  }

  /** Throws ControllerError BAD_REQUEST, CONFLICT where another policy says something for the same packets, NO_ROOM. */
  put(name: string, json: Json): Promise<Resource> {
    return this.#serial.run('', async () => {
      if (name === '' || name.length > 255) {
        throw new ControllerError(
          'BAD_REQUEST',
          `a policy's name has 1 to 255 characters, not ${name.length}`,
        );
      }
      const spec = parsePolicy(json);
      checkPlaces(spec, this.#options.topology);
      checkFeatures(spec, this.#leaves, this.#options.profileOf);
      const others = [...this.#policies].filter(([other]) => other !== name);
      refuseClash(name, spec, others);
      for (const leaf of this.#leaves) {
        checkRoom([...others, [name, spec]], this.#options.services(), leaf, this.#features(leaf));
      }
      const before = this.#policies.get(name);
      await this.#commit(name, spec, [before, spec]);
      this.#set(name, spec);
      this.#changed(name, [before, spec]);
      // Given back only when no entry uses them any more.
      if (spec.rate === undefined) this.cells.release(name);
      if (spec.mirror === undefined) this.#sessions.release(name);
      this.#changes.emit({ kind: this.kind, type: 'put', name });
      return this.#describe(name, spec);
    });
  }

  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      const before = this.#policies.get(name);
      if (before === undefined) throw new ControllerError('NOT_FOUND', `no policy '${name}'`);
      await this.#commit(name, undefined, [before]);
      this.#set(name, undefined);
      this.#changed(name, [before]);
      this.cells.release(name);
      this.#sessions.release(name);
      this.#changes.emit({ kind: this.kind, type: 'delete', name });
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** The rules in force for a service. */
  rulesOf(service: Service): ServiceRules {
    return rulesOf(service, this.#policies);
  }

  /** Whether there is a policy that makes flows keep their instance. */
  get isSticky(): boolean {
    return [...this.#policies.values()].some(({ stickiness }) => stickiness !== undefined);
  }

  /** The shortest interval at which policies want weights measured, milliseconds; undefined where none does. */
  measuringInterval(): number | undefined {
    const intervals = [...this.#policies.values()].flatMap(({ weights }) =>
      weights?.mode === 'measured' ? [weights.intervalMs] : [],
    );
    return intervals.length === 0 ? undefined : Math.min(...intervals);
  }

  /** A service's instances changed: what the leaves hold for it follows at once. */
  serviceChanged(service: Service): void {
    if (this.#hasBreakers) this.#generations.seen(service);
    this.#applyService(service);
    this.#applySplits(service);
  }

  #applySplits(service: Service): void {
    for (const [name, spec] of this.#policies) {
      if (spec.split !== undefined && overlap(flowOf(spec).destination, service.name) !== undefined) {
        this.#applySplit(name, spec);
      }
    }
  }

  /** A service is forgotten: leaves hold nothing for it any more. */
  serviceForgotten(service: Service): void {
    this.#generations.forget(service);
    for (const marks of this.#applied.values()) marks.delete(service.number);
    this.#options.onLeaves(`policy/service/${service.number}`, [], this.#leaves);
    this.#applySplits(service);
  }

  /** Ends the flows of sticky services at or around a prefix: what the strategy says of them has changed. */
  async voidFlows(destinations: readonly (Name | undefined)[]): Promise<void> {
    await this.#options.store.commit(this.#generations.nextFlows(this.#sticky(destinations)));
    for (const service of this.#options.services()) this.#applyService(service);
  }

  #set(name: string, spec: PolicySpec | undefined): void {
    if (spec === undefined) this.#policies.delete(name);
    else this.#policies.set(name, spec);
    this.#groups = undefined;
  }

  /** A policy of the store. A switch may have another program than when it was made: it then has what it can. */
  #take(name: string, spec: PolicySpec): void {
    this.#set(name, spec);
    try {
      checkFeatures(spec, this.#leaves, this.#options.profileOf);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #sticky(destinations: readonly (Name | undefined)[]): Service[] {
    return this.#options.services().filter((service) => {
      if (this.rulesOf(service).stickiness === undefined) return false;
      return destinations.some((destination) => overlap(destination, service.name) !== undefined);
    });
  }

  /** What is to be durable with a policy: itself, its numbers, and new generations of the flows it concerns. */
  async #commit(
    name: string,
    spec: PolicySpec | undefined,
    concerned: readonly (PolicySpec | undefined)[],
  ): Promise<void> {
    const strategic = concerned.filter((each) => each !== undefined && isStrategy(each));
    const destinations = strategic.flatMap((each) => (each === undefined ? [] : [flowOf(each).destination]));
    const changes = this.#generations.nextFlows(this.#sticky(destinations));
    const wants = [
      { slots: this.cells, owner: name, isWanted: spec?.rate !== undefined },
      { slots: this.#sessions, owner: name, isWanted: spec?.mirror !== undefined },
    ];
    const value = spec as unknown as Json | undefined;
    await commitWithSlots(this.#options.store, wants, [{ key: `${PREFIX}${name}`, value }, ...changes]);
  }

  #changed(name: string, concerned: readonly (PolicySpec | undefined)[]): void {
    this.#apply(name);
    if (concerned.some((spec) => spec?.nackRates !== undefined)) this.#applyNackRates();
    for (const service of this.#options.services()) {
      const isConcerned = concerned.some((spec) => {
        return spec !== undefined && overlap(flowOf(spec).destination, service.name) !== undefined;
      });
      // Where many are concerned, the flows of all have ended.
      if (isConcerned || this.isSticky) this.#applyService(service);
    }
    this.#options.onChanged();
  }

  #apply(name: string): void {
    const spec = this.#policies.get(name);
    const slots = { cell: this.cells.of(name), session: this.#sessions.of(name) };
    for (const leaf of this.#leaves) {
      const features = this.#features(leaf);
      const entries = spec === undefined ? [] : policyEntries(this.#options.key, spec, slots, leaf, features);
      this.#options.onEntries(leaf, `${PREFIX}${name}`, entries);
    }
    this.#applySplit(name, spec);
  }

  #applySplit(name: string, spec: PolicySpec | undefined): void {
    const services = spec?.split === undefined ? [] : this.#options.services().map(withVersions);
    const entries = spec === undefined ? [] : splitEntries(this.#options.key, spec, services);
    const [there, elsewhere] = partition(this.#leaves, (leaf) => {
      return spec !== undefined && holdsAt(spec, leaf) && this.#features(leaf).splits !== undefined;
    });
    this.#options.onLeaves(`policy/split/${name}`, entries, there);
    this.#options.onLeaves(`policy/split/${name}`, [], elsewhere);
  }

  #applyService(service: Service): void {
    const flows = this.#generations.ofFlows(service.number);
    for (const { leaves, features } of this.#alike()) {
      const [leaf = ''] = leaves;
      const rules = rulesOf(service, this.#policies, leaf);
      const generationOf = (id: number) => this.#generations.ofInstance(id, rules.breaker?.generation ?? 0);
      // Most services have no rules: a changed instance is then nothing to the switches.
      const isGuarded = rules.breaker !== undefined || rules.stickiness !== undefined;
      const guarded = isGuarded ? service.instances.map(({ id }) => [id, generationOf(id)]) : [];
      const mark = JSON.stringify([rules.breaker, rules.stickiness, flows, guarded]);
      const known = leaves.every((each) => this.#applied.get(each)?.get(service.number) === mark);
      if (known) continue;
      for (const each of leaves) {
        const marks = this.#applied.get(each) ?? new Map<number, string>();
        this.#applied.set(each, marks.set(service.number, mark));
      }
      const entries = serviceRuleEntries(this.#options.key, service, rules, flows, generationOf, features);
      this.#options.onLeaves(`policy/service/${service.number}`, entries, leaves);
    }
  }

  /** Leaves that hold the same for every service: those of one program at which the same policies hold. */
  #alike(): Iterable<{ readonly leaves: readonly string[]; readonly features: Features }> {
    if (this.#groups !== undefined) return this.#groups;
    const placed = [...this.#policies].filter(([, { at }]) => at !== undefined);
    const groups = new Map<Features, Map<string, { leaves: string[]; features: Features }>>();
    for (const leaf of this.#leaves) {
      const features = this.#features(leaf);
      const own = placed.filter(([, spec]) => holdsAt(spec, leaf)).map(([name]) => name);
      const byPolicies = groups.get(features) ?? new Map<string, { leaves: string[]; features: Features }>();
      groups.set(features, byPolicies);
      const mark = JSON.stringify(own);
      const group = byPolicies.get(mark) ?? { leaves: [], features };
      byPolicies.set(mark, group);
      group.leaves.push(leaf);
    }
    this.#groups = [...groups.values()].flatMap((byPolicies) => [...byPolicies.values()]);
    return this.#groups;
  }

  #unproven(spec: PolicySpec): string[] {
    const { metersCount } = this.#options;
    if (metersCount === undefined || (spec.rate === undefined && spec.nackRates === undefined)) return [];
    return this.#leaves.filter((leaf) => holdsAt(spec, leaf) && !metersCount(leaf));
  }

  get #hasBreakers(): boolean {
    return this.#leaves.some((leaf) => this.#features(leaf).breakers !== undefined);
  }

  #features(leaf: string): Features {
    return this.#options.profileOf(leaf).features;
  }

  #applyNackRates(): void {
    const { topology, profileOf, onEntries } = this.#options;
    for (const name of topology.switches.keys()) {
      const { nackRates } = profileOf(name).features;
      const cells = nackRates === undefined ? [] : nackRateCells(this.#policies, topology, name);
      onEntries(name, 'policy/nack-rates', cells);
    }
  }

  #describe(name: string, spec: PolicySpec): Resource {
    const { destination } = flowOf(spec);
    const services = this.#options
      .services()
      .filter((service) => overlap(destination, service.name) !== undefined);
    const status = {
      services: services.map((service) => service.name.text),
      rateCell: this.cells.of(name) ?? null,
      mirrorSession: this.#sessions.of(name) ?? null,
      // Rates that are written, and may let everything pass.
      unprovenRates: this.#unproven(spec),
    };
    return { name, spec: spec as unknown as Json, status };
  }
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const each of all) (isFirst(each) ? first : second).push(each);
  return [first, second];
}

function withVersions(service: Service) {
  const versions = new Set<string>();
  for (const { version } of service.instances) if (version !== undefined) versions.add(version);
  return { name: service.name, number: service.number, versions };
}

/** Whether flows that follow their first request would pass a policy over. */
function isStrategy({ access, rate, mirror, fault, split }: PolicySpec): boolean {
  return [access, rate, mirror, fault, split].some((rule) => rule !== undefined);
}
