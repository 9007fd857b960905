import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../clock.js';
import { ControllerError } from '../errors.js';
import { commitApart } from '../store/apart.js';
import { StoreError } from '../store/errors.js';
import type { Store, StoreChange, StoreLease } from '../store/store.js';
import { assign, type Member } from './assignment.js';
import { FencedStore } from './fenced-store.js';

/**
 *   outside  not joined yet
 *   standby  a member that leads no switch
 *   active   a member that leads these switches
 *   lapsed   its lease ran out before it was renewed: it leads nothing, and is about to join again
 *   left     for good: it was closed, or another controller has its name
 */
export type ClusterState =
  | { readonly kind: 'outside' | 'standby' | 'lapsed' | 'left' }
  | { readonly kind: 'active'; readonly switches: readonly string[] };

export interface ClusterOptions {
  /** Name of this controller, unique in the cluster. */
  readonly id: string;
  readonly store: Store;
  /** Names of all switches. */
  readonly switches: readonly string[];
  readonly clock: Clock;
  /** `leader` (default): one leads all switches, the others stand by. `shared`: each leads some. */
  readonly mode?: 'leader' | 'shared';
  /** For `shared`: switches this controller should lead before those that do not name them. */
  readonly prefers?: readonly string[];
  /** A controller that is not heard of for so long is replaced, milliseconds. Default 5,000. */
  readonly leaseMs?: number;
}

/** What a cluster tells the controller it belongs to. */
export interface Follower {
  /** Lead these switches, with this P4Runtime election id. */
  lead(switches: readonly string[], electionId: bigint): void;
  /** Lead them no more; resolves when nothing is written to them any more. */
  yield(switches: readonly string[]): Promise<void>;
  stateChanged(state: ClusterState): void;
  onError(error: unknown): void;
}

/** What is led as a whole: everything, or a switch. */
interface Unit {
  readonly name: string;
  readonly switches: readonly string[];
}

/** The present membership: its lease, and the record that goes with it. */
interface Membership {
  readonly lease: StoreLease;
  readonly record: MemberRecord;
}

/** What is in the store of a member. */
type MemberRecord = {
  /** Of this life of the controller's. */
  readonly session: string;
  readonly prefers: readonly string[];
  readonly leaseMs: number;
};

const DEFAULT_LEASE_MS = 5000;
const MEMBER = 'cluster/member/';
const CLAIM = 'cluster/leader/';
const RETRY_US = 500_000;
/** How often it is looked whether a name is free, and how much later than its lease says a record may go. */
const NAME_POLL_US = 200_000;
const NAME_GRACE_MS = 3000;
/** Above what a controller alone bids with. */
const ELECTION_BASE = 1n << 64n;

/**
 * Which of several controllers leads which switch. Everyone has a record under its lease in the store; a switch is
 * led by whoever has put its name, under that lease, where there was none. The number of that commit is the election
 * id at the switch: a later leader always has a higher one, so an earlier one that has not noticed writes nothing.
 */
export class Cluster {
  readonly id: string;
  /** For everything the controller commits: refused while it is no member. */
  readonly store: FencedStore;
  readonly #options: ClusterOptions;
  readonly #units: readonly Unit[];
  readonly #members = new Map<string, Member>();
  /** Who has put its name to a unit. */
  readonly #claims = new Map<string, string>();
  /** Units this controller leads now. */
  readonly #led = new Set<Unit>();
  #membership: Membership | undefined;
  #follower: Follower | undefined;
  #state: ClusterState = { kind: 'outside' };
  #endWatch: (() => void) | undefined;
  #balancing: Promise<void> | undefined;
  #isPoked = false;
  #retry: Timer | undefined;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.id = options.id;
    this.store = new FencedStore(options.store);
    const { mode = 'leader', switches } = options;
    this.#units =
      mode === 'leader'
        ? [{ name: 'fabric', switches }]
        : switches.map((name) => ({ name, switches: [name] }));
  }

  get state(): ClusterState {
    return this.#state;
  }

  /** The live members' names. */
  get members(): string[] {
    return [...this.#members.keys()].sort();
  }

  /** Who leads a switch; undefined where nobody does at present. */
  leaderOf(switchName: string): string | undefined {
    const unit = this.#units.find(({ switches }) => switches.includes(switchName));
    return unit && this.#claims.get(unit.name);
  }

  leads(switchName: string): boolean {
    for (const { switches } of this.#led) if (switches.includes(switchName)) return true;
    return false;
  }

  /**
   * Becomes a member: from now on the store takes its commits. Where there is a member of its name, waits until that
   * one's lease must have run out. Throws ControllerError CONFLICT where it has not: another controller renews it.
   */
  async join(): Promise<void> {
    const { store } = this.#options;
    this.#endWatch ??= store.watch((changes) => this.#told(changes));
    await this.#waitForName();
    await this.#becomeMember();
    for (const [key, value] of await store.load()) this.#take({ key, value });
    this.#enter();
  }

  /** Begins to lead what it should. */
  start(follower: Follower): void {
    this.#follower = follower;
    follower.stateChanged(this.#state);
    this.#poke();
  }

  /** Gives everything up, at once for all to see. */
  async leave(): Promise<void> {
    if (this.#state.kind === 'left') return;
    this.#state = { kind: 'left' };
    this.#retry?.cancel();
    this.#endWatch?.();
    await this.#balancing;
    await this.#yield([...this.#led]);
    this.store.fence = undefined;
    await this.#membership?.lease.end();
    this.#follower?.stateChanged(this.#state);
  }

  async #waitForName(): Promise<void> {
    const { store, clock, leaseMs = DEFAULT_LEASE_MS } = this.#options;
    let deadline: number | undefined;
    for (;;) {
      const present = await store.get(MEMBER + this.id);
      if (present === undefined) return;
      const { leaseMs: theirs = leaseMs } = present.value as Partial<MemberRecord>;
      deadline ??= clock.now() + (theirs + NAME_GRACE_MS) * 1000;
      if (clock.now() > deadline) throw this.#nameTaken();
      await new Promise<void>((resolve) => clock.setTimer(NAME_POLL_US, resolve));
    }
  }

  #nameTaken(): ControllerError {
    return new ControllerError(
      'CONFLICT',
      `another controller of this fabric runs as '${this.id}'; give each a name of its own, or stop that one`,
    );
  }

  async #becomeMember(): Promise<void> {
    const { store, id, prefers = [], leaseMs = DEFAULT_LEASE_MS } = this.#options;
    const lease = await store.lease(leaseMs);
    const record: MemberRecord = { session: randomUUID(), prefers, leaseMs: lease.ttlMs };
    const key = MEMBER + id;
    await store.commit([{ key, value: record }], { lease });
    this.#membership = { lease, record };
    this.#members.set(id, { id, prefers });
    this.store.fence = { key, value: record };
    if (lease.ended.aborted) this.#lapsed(lease);
    else lease.ended.addEventListener('abort', () => this.#lapsed(lease), { once: true });
  }

  /** Stops at once: somebody else may lead from this moment on. */
  #lapsed(lease: StoreLease): void {
    if (this.#state.kind === 'left' || this.#membership?.lease !== lease) return;
    // The store takes nothing from this controller any more.
    const { reason } = lease.ended as { readonly reason: unknown };
    if (reason instanceof StoreError && reason.code === 'FENCED') {
      this.#replaced();
      return;
    }
    this.#membership = undefined;
    this.store.fence = undefined;
    const led = [...this.#led];
    this.#led.clear();
    for (const { name } of led) this.#claims.delete(name);
    this.#enter();
    const switches = led.flatMap((unit) => unit.switches);
    this.#follower?.yield(switches).catch((error: unknown) => this.#follower?.onError(error));
    // Those that were there all the time go first.
    this.#tryAgain();
  }

  /** Another controller has its name: this one ends, before both lead. */
  #replaced(): void {
    const onError = (error: unknown) => this.#follower?.onError(error);
    onError(this.#nameTaken());
    const lease = this.#membership?.lease;
    // What has its name in the store may be the other's by now.
    this.#membership = undefined;
    this.leave().catch(onError);
    lease?.end().catch(onError);
  }

  #told(changes: readonly StoreChange[]): void {
    let isConcerned = false;
    for (const change of changes) isConcerned = this.#take(change) || isConcerned;
    if (isConcerned) this.#poke();
  }

  #take({ key, value }: StoreChange): boolean {
    if (key.startsWith(MEMBER)) {
      const id = key.slice(MEMBER.length);
      const { prefers } = (value ?? {}) as { readonly prefers?: readonly string[] };
      if (value !== undefined) this.#members.set(id, { id, prefers: prefers ?? [] });
      else if (id !== this.id) this.#members.delete(id);
      const mine = id === this.id ? this.#membership?.record.session : undefined;
      const { session = mine } = (value ?? {}) as Partial<MemberRecord>;
      if (mine !== undefined && session !== mine) this.#replaced();
      return true;
    }
    if (!key.startsWith(CLAIM)) return false;
    const name = key.slice(CLAIM.length);
    const { id } = (value ?? {}) as { readonly id?: string };
    if (id === undefined) this.#claims.delete(name);
    else this.#claims.set(name, id);
    return true;
  }

  /** Looks at who should lead what, one look at a time. */
  #poke(): void {
    this.#isPoked = true;
    if (this.#follower === undefined || this.#state.kind === 'left') return;
    if (this.#membership === undefined && this.#retry !== undefined) return;
    this.#balancing ??= Promise.resolve()
      .then(() => this.#balance())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#balancing = undefined;
        if (this.#isPoked && this.#retry === undefined) this.#poke();
      });
  }

  /** Others' commits and lost servers are everyday; anything else is told. Either way it is tried again. */
  #failed(error: unknown): void {
    const code = error instanceof StoreError ? error.code : undefined;
    if (code === 'CLOSED' || this.#state.kind === 'left') return;
    if (code !== 'CONFLICT' && code !== 'FENCED') this.#follower?.onError(error);
    this.#tryAgain();
  }

  #tryAgain(): void {
    this.#isPoked = true;
    this.#retry?.cancel();
    this.#retry = this.#options.clock.setTimer(RETRY_US, () => {
      this.#retry = undefined;
      this.#poke();
    });
  }

  async #balance(): Promise<void> {
    while (this.#isPoked && this.#state.kind !== 'left') {
      this.#isPoked = false;
      if (this.#membership === undefined) await this.#becomeMember();
      for (const unit of this.#units) {
        const holder = this.#claims.get(unit.name);
        const wanted = this.#wantedFor(unit, holder);
        if (this.#led.has(unit)) {
          if (holder !== this.id || wanted !== this.id) await this.#yield([unit]);
        } else if (wanted === this.id && (holder === undefined || holder === this.id)) {
          await this.#claim(unit);
        }
      }
      this.#enter();
    }
  }

  #wantedFor(unit: Unit, holder: string | undefined): string | undefined {
    if ((this.#options.mode ?? 'leader') === 'leader') return holder ?? this.id;
    return assign(unit.name, this.#members.values());
  }

  /** `#claims` may name this controller's own claim of an earlier life, which its new one takes the place of. */
  async #claim(unit: Unit): Promise<void> {
    const membership = this.#membership;
    if (membership === undefined) return;
    const { store } = this.#options;
    const key = CLAIM + unit.name;
    const present = await store.get(key);
    const holder = (present?.value as { readonly id?: string } | undefined)?.id;
    if (holder !== undefined && holder !== this.id) return;
    const value = { id: this.id, session: membership.record.session };
    try {
      await this.store.commit([{ key, value }], {
        when: [{ key, value: present?.value }],
        lease: membership.lease,
      });
    } catch (error) {
      // Another one was first; the watch tells who.
      if (error instanceof StoreError && error.code === 'CONFLICT') return store.sync();
      throw error;
    }
    const revision = (await store.get(key))?.revision;
    if (revision === undefined || this.#membership !== membership) return;
    this.#claims.set(unit.name, this.id);
    this.#led.add(unit);
    this.#enter();
    this.#follower?.lead(unit.switches, ELECTION_BASE + revision);
  }

  async #yield(units: readonly Unit[]): Promise<void> {
    for (const unit of units) this.#led.delete(unit);
    this.#enter();
    await this.#follower?.yield(units.flatMap(({ switches }) => switches));
    const mine = units.filter(({ name }) => this.#claims.get(name) === this.id);
    if (mine.length === 0 || this.#membership === undefined) return;
    for (const { name } of mine) this.#claims.delete(name);
    await commitApart(
      this.store,
      mine.map(({ name }) => ({ key: CLAIM + name, value: undefined })),
    );
  }

  #enter(): void {
    if (this.#state.kind === 'left') return;
    const switches = [...this.#led].flatMap((unit) => unit.switches);
    const kind = this.#membership === undefined ? 'lapsed' : 'standby';
    const state: ClusterState = switches.length > 0 ? { kind: 'active', switches } : { kind };
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#follower?.stateChanged(state);
  }
}
