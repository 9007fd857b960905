import type { FabricKey, Name } from '../../wire/index.js';
import type { Clock, Timer } from '../clock.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { ProfileOf } from '../fabric/program-profile.js';
import type { HostSpec, Topology } from '../fabric/topology.js';
import { type Entity, type EntryAction, Signal } from '../p4runtime/index.js';
import { POLICY_METERS, POLICY_TABLES } from '../policy/program.js';
import { call, meterCell, ruleEntry, TRUST_PRIORITY } from '../policy/rules.js';
import { commitWithSlots, type Slots } from '../policy/slots.js';
import type { AttachedHost } from '../registry/registry.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import {
  type Conduct,
  later,
  nextLevel,
  punished,
  scoreOf,
  UNKNOWN,
  type Violation,
  violationOf,
} from './score.js';
import type { TrustPolicySpec, TrustStep } from './spec.js';
import type { TrustPolicies } from './trust-policies.js';

export interface TrustOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly clock: Clock;
  readonly store: Store;
  readonly policies: TrustPolicies;
  /** Cells of the meter of rates, shared with the policies. */
  readonly cells: Slots;
  /** Hosts that are attached under names. */
  readonly hosts: () => readonly AttachedHost[];
  /** What the program of each leaf has. Default: everything. */
  readonly profileOf?: ProfileOf;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  /** Whether this controller, of several, is the one that judges the hosts of a switch. */
  readonly leads: (switchName: string) => boolean;
  /** Prefixes a port may use as source besides the names of its host. */
  readonly granted: (switchName: string, port: number) => readonly Name[];
  /** What a source may do has changed: flows must ask anew. */
  readonly voidFlows: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

interface Identity {
  /** At `atUs`. */
  conduct: Conduct;
  atUs: number;
  level: number;
  readonly violations: Map<Violation, number>;
  /** Something happened that the store has not got. */
  isDirty: boolean;
  /** The age the store has. */
  savedAgeUs: number;
}

const PREFIX = 'trust/score/';
/** Ages are stored a few times as they grow: a restart may cost a host a minute, or a fifth of its age. */
const MIN_AGE_STEP_US = 60e6;

/**
 * Dynamic trust (draft-si): a score for every host from the violations its edge switch reports, failures of
 * authentication among them, and from how long it has been known. Where a policy asks for it, little trust tightens what
 * the host may send, step by step; time gives it back.
 *
 * What is judged is the host behind the port a packet came by, not the name the packet claims: or anybody could ruin the
 * standing of others by using their names.
 */
export class Trust implements Collection {
  readonly kind = 'trust';
  readonly summary = 'Scores of the hosts, 0 to 1; deleting one forgives the host what it did.';
  readonly schema: JsonSchema = {
    type: 'object',
    description: 'Nothing can be put: scores come from what hosts do.',
  };
  readonly #options: TrustOptions;
  /** By the host's name in the topology. */
  readonly #identities = new Map<string, Identity>();
  /** Hosts by the port they hang on. */
  readonly #behind = new Map<string, string>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(options: TrustOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
    const atUs = options.clock.now();
    for (const { name, switch: leaf, port } of options.topology.hosts.values()) {
      this.#behind.set(`${leaf}:${port}`, name);
      this.#identities.set(name, {
        conduct: UNKNOWN,
        atUs,
        level: 0,
        violations: new Map(),
        isDirty: false,
        savedAgeUs: 0,
      });
    }
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
    this.policiesChanged();
  }

  /** Takes over what another controller has committed; keys of other parts are passed over. */
  apply(changes: readonly StoreChange[]): void {
    const atUs = this.#options.clock.now();
    for (const { key, value } of changes) {
      const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
      const known = this.#identities.get(name);
      if (known === undefined || value === undefined) continue;
      const { ageUs, penalty, level } = value as unknown as StoredIdentity;
      const conduct = { ageUs, penalty };
      this.#identities.set(name, { ...known, conduct, atUs, level, isDirty: false, savedAgeUs: ageUs });
      this.#apply(name);
    }
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  /** A switch has refused packets: `denial` as its digest has it. */
  denied(switchName: string, port: number, denial: number): void {
    const name = this.#behind.get(`${switchName}:${port}`);
    const violation = violationOf(denial);
    const identity = name === undefined ? undefined : this.#identities.get(name);
    if (name === undefined || violation === undefined || identity === undefined) return;
    identity.violations.set(violation, (identity.violations.get(violation) ?? 0) + 1);
    const policy = this.#policyOf(name);
    if (policy === undefined) return;
    this.#age(identity, policy);
    identity.conduct = punished(identity.conduct, violation, 1, policy);
    identity.isDirty = true;
  }

  /** Score of a host of the topology, 0 to 1; undefined where no policy reckons it. */
  score(host: string): number | undefined {
    const identity = this.#identities.get(host);
    const policy = this.#policyOf(host);
    if (identity === undefined || policy === undefined) return undefined;
    return scoreOf(later(identity.conduct, this.#options.clock.now() - identity.atUs, policy), policy);
  }

  list(): readonly Resource[] {
    return [...this.#identities].map(([name, identity]) => this.#describe(name, identity));
  }

  get(name: string): Resource | undefined {
    const identity = this.#identities.get(name);
    return identity === undefined ? undefined : this.#describe(name, identity);
  }

  put(name: string): Promise<Resource> {
    return Promise.reject(
      new ControllerError(
        'BAD_REQUEST',
        `the score of '${name}' comes from what it does; delete it to forgive`,
      ),
    );
  }

  /** Forgives: penalty and steps are gone; the age stays. */
  async delete(name: string): Promise<void> {
    const identity = this.#identities.get(name);
    if (identity === undefined) throw new ControllerError('NOT_FOUND', `no host '${name}' in the topology`);
    identity.conduct = { ...identity.conduct, penalty: 0 };
    identity.violations.clear();
    await this.#enter(name, identity, 0);
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Policies changed: everybody is looked at by the new ones. */
  policiesChanged(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const [name, identity] of this.#identities) {
      this.#apply(name);
      // Nobody judges it any more.
      if (identity.level > 0 && this.#policyOf(name) === undefined) {
        this.#enter(name, identity, 0).catch(this.#options.onError);
      }
    }
    this.#schedule();
  }

  /** A host is attached under another name: what it may do follows it. */
  hostChanged(host: AttachedHost): void {
    for (const { name, ipv4 } of this.#options.topology.hosts.values()) {
      if (ipv4 === host.address) this.#apply(name);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #schedule(): void {
    const intervalMs = this.#options.policies.interval();
    if (this.#isClosed || intervalMs === undefined || this.#timer !== undefined) return;
    this.#timer = this.#options.clock.setTimer(intervalMs * 1000, () => {
      this.#timer = undefined;
      this.#look()
        .catch(this.#options.onError)
        .finally(() => this.#schedule());
    });
  }

  async #look(): Promise<void> {
    for (const [name, identity] of this.#identities) {
      const policy = this.#policyOf(name);
      const leaf = this.#options.topology.hosts.get(name)?.switch ?? '';
      if (policy === undefined || this.#isClosed || !this.#options.leads(leaf)) continue;
      this.#age(identity, policy);
      const score = scoreOf(identity.conduct, policy);
      const level = nextLevel(identity.level, score, policy.steps, policy.margin);
      const { conduct, savedAgeUs } = identity;
      const isOlder = conduct.ageUs - savedAgeUs > Math.max(MIN_AGE_STEP_US, savedAgeUs / 4);
      if (level !== identity.level || identity.isDirty || isOlder) await this.#enter(name, identity, level);
    }
  }

  /** Makes a level durable, then takes its step. */
  #enter(name: string, identity: Identity, level: number): Promise<void> {
    return this.#serial.run('', async () => {
      const { ageUs, penalty } = identity.conduct;
      const step = this.#policyOf(name)?.steps[level - 1];
      const { cells, store } = this.#options;
      const wants = [{ slots: cells, owner: owner(name), isWanted: step?.rate !== undefined }];
      await commitWithSlots(store, wants, [{ key: `${PREFIX}${name}`, value: { ageUs, penalty, level } }]);
      identity.isDirty = false;
      identity.savedAgeUs = ageUs;
      if (identity.level === level) return;
      identity.level = level;
      this.#apply(name);
      if (step?.rate === undefined) cells.release(owner(name));
      await this.#options.voidFlows();
      this.#changes.emit({ kind: this.kind, type: 'put', name });
    });
  }

  #apply(name: string): void {
    const host = this.#options.topology.hosts.get(name);
    const identity = this.#identities.get(name);
    if (host === undefined || identity === undefined) return;
    const step = this.#policyOf(name)?.steps[identity.level - 1];
    const cell = this.#options.cells.of(owner(name));
    this.#options.onEntries(host.switch, `trust/host/${name}`, this.#entries(host, step, cell));
  }

  /** What a step is at the host's leaf: rules for everything it sends, ahead of all policies. */
  #entries(host: HostSpec, step: TrustStep | undefined, cell: number | undefined): Entity[] {
    if (step === undefined) return [];
    const own = this.#options.hosts().filter(({ address }) => address === host.ipv4);
    const names = [...own.map(({ name }) => name), ...this.#options.granted(host.switch, host.port)];
    const sources = new Map(names.map((name) => [name.text, name]));
    const rules = (table: string, action: EntryAction) =>
      [...sources.values()].map((source) => {
        const flow = { destination: undefined, source, tag: undefined };
        return ruleEntry(this.#options.key, table, flow, TRUST_PRIORITY, action);
      });
    const features = this.#options.profileOf?.(host.switch).features;
    if (features !== undefined && features[step.deny === true ? 'access' : 'rates'] === undefined) return [];
    if (step.deny === true) return rules(POLICY_TABLES.acl, call('deny'));
    if (step.rate === undefined || cell === undefined) return [];
    const meter = meterCell(POLICY_METERS.rates, cell, step.rate);
    return [meter, ...rules(POLICY_TABLES.limits, call('limit', { index: cell }))];
  }

  #age(identity: Identity, policy: TrustPolicySpec): void {
    const now = this.#options.clock.now();
    identity.conduct = later(identity.conduct, now - identity.atUs, policy);
    identity.atUs = now;
  }

  /** Of the names a host goes by, the one its policy is most specific for decides. */
  #policyOf(name: string): TrustPolicySpec | undefined {
    const address = this.#options.topology.hosts.get(name)?.ipv4;
    for (const host of this.#options.hosts()) {
      const policy = host.address === address ? this.#options.policies.for(host.name) : undefined;
      if (policy !== undefined) return policy;
    }
    return undefined;
  }

  #describe(name: string, identity: Identity): Resource {
    const policy = this.#policyOf(name);
    const now = this.#options.clock.now();
    const step = policy?.steps[identity.level - 1];
    const conduct = policy === undefined ? undefined : later(identity.conduct, now - identity.atUs, policy);
    const status = {
      score: this.score(name) ?? null,
      ageMs: conduct === undefined ? null : Math.floor(conduct.ageUs / 1000),
      penalty: conduct?.penalty ?? null,
      level: identity.level,
      action: step === undefined ? 'none' : step.deny === true ? 'deny' : 'rate',
      violations: Object.fromEntries(identity.violations),
    };
    return { name, spec: {}, status };
  }
}

interface StoredIdentity {
  readonly ageUs: number;
  readonly penalty: number;
  readonly level: number;
}

/** As an owner of a meter cell; no policy has a name like it. */
function owner(host: string): string {
  return `\0trust/${host}`;
}
