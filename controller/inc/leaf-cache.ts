import type { Clock, Timer } from '../clock.js';
import { TABLES } from '../fabric/program.js';
import type { Entity } from '../p4runtime/index.js';
import type { Life, Lives } from './lives.js';
import { Popularity, SKETCH_EPOCH_US } from './popularity.js';
import { MARGIN, WatchFloor } from './watch-floor.js';

export interface LeafCacheOptions {
  /** Value slots of the switch. */
  readonly size: number;
  /** What the slots have held; new lives are noted there before they are made durable. */
  readonly lives: Lives;
  /** Makes new lives durable, by index. */
  readonly keepLives: (lives: ReadonlyMap<number, Life>) => Promise<void>;
  readonly clock: Clock;
  readonly onEntry: (section: string, entities: readonly Entity[]) => void;
  /** Packets these slots have served so far, none = 0; undefined while the switch cannot be asked. */
  readonly readHits: (indices: readonly number[]) => Promise<ReadonlyMap<number, number> | undefined>;
  /** Keys need not be reported below this count any more. */
  readonly onFloor: (floor: number) => void;
  /** The lowest threshold any service of the leaf asks for. */
  readonly lowestThreshold: () => number;
  readonly onError: (error: unknown) => void;
  /** `busy` has become false. */
  readonly onIdle: () => void;
}

/** Counters are read for evictions at most this often: that is what makes them mean something, microseconds. */
export const ROUND_US = SKETCH_EPOCH_US / 8;

interface Slot {
  readonly key: bigint;
  readonly index: number;
  readonly generation: number;
  readonly popularity: Popularity;
  /** The slot's counter when `popularity` was last told of it; undefined until it has been read. */
  hitsBefore: number | undefined;
}

/**
 * The cache entries of one switch: which keys stand in which slot. A reported key is given a free slot at once. When
 * none is free, reported keys wait for the next round, in which each takes the slot of the entry asked for least, if it
 * is asked for more often by a margin. What is compared is requests per epoch of the sketch: of an entry what its
 * counter says, decayed; of a newcomer the count it was reported with, which is the least it can be.
 *
 * An entry gets a generation neither its slot nor its key had lately, durable before the switch sees it: by another
 * generation the switch knows that what the slot holds, and what an earlier entry of the key stamped, is not the entry's
 * (docs/protocol.md section 3.8).
 */
export class LeafCache {
  readonly #options: LeafCacheOptions;
  readonly #slots = new Map<bigint, Slot>();
  /** Reported keys that are not dealt with yet, with how often they were asked for, in the order of their reports. */
  readonly #waiting = new Map<bigint, number>();
  readonly #floor = new WatchFloor();
  #timer: Timer | undefined;
  #epochEnd: number;
  #nextRound = 0;
  /** Reports of this epoch. */
  #reports = 0;
  #nextIndex = 0;
  #capacity = 0;
  #work: Promise<void> | undefined;
  #isClosed = false;
  #inserted = 0;
  #evicted = 0;

  constructor(options: LeafCacheOptions) {
    this.#options = options;
    this.#epochEnd = options.clock.now() + SKETCH_EPOCH_US;
  }

  get entries(): number {
    return this.#slots.size;
  }

  get inserted(): number {
    return this.#inserted;
  }

  get evicted(): number {
    return this.#evicted;
  }

  get busy(): boolean {
    return this.#work !== undefined;
  }

  /** The count below which keys need not be reported; 0 = whatever the services ask for. */
  get floor(): number {
    return this.#floor.floor;
  }

  /** Entries it may have; fewer than there are takes effect as entries are evicted. */
  set capacity(entries: number) {
    this.#capacity = Math.min(entries, this.#options.size);
  }

  /** Resolves when nothing is under way. Keys that wait for a round are not under way. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  report(samples: readonly { readonly key: bigint; readonly count: number }[]): void {
    if (this.#isClosed) return;
    for (const { key, count } of samples) {
      if (this.#slots.has(key)) continue;
      if (!this.#waiting.has(key)) this.#reports++;
      this.#waiting.set(key, Math.max(count, this.#waiting.get(key) ?? 0));
    }
    this.#proceed();
  }

  /** Takes all entries out, for good. */
  clear(): void {
    this.close();
    for (const { key } of this.#slots.values()) this.#options.onEntry(section(key), []);
    this.#slots.clear();
  }

  /** Leaves the entries where they are and does nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#waiting.clear();
  }

  get #isFull(): boolean {
    return this.#slots.size >= this.#capacity;
  }

  #proceed(): void {
    if (this.#work !== undefined || this.#isClosed) return;
    this.#work = this.#workThrough()
      .catch(this.#options.onError)
      .finally(() => {
        this.#work = undefined;
        this.#wakeLater();
        this.#options.onIdle();
      });
  }

  /** Comes back for the next round, if keys wait for one, and for the end of the epoch. */
  #wakeLater(): void {
    this.#timer?.cancel();
    if (this.#isClosed || (this.#slots.size === 0 && this.#waiting.size === 0)) return;
    const at = this.#waiting.size > 0 ? Math.min(this.#nextRound, this.#epochEnd) : this.#epochEnd;
    const { clock } = this.#options;
    this.#timer = clock.setTimer(Math.max(0, at - clock.now()), () => this.#proceed());
  }

  async #workThrough(): Promise<void> {
    const now = this.#options.clock.now();
    // Reports may come in while others are being installed.
    while (!this.#isClosed && !this.#isFull && this.#waiting.size > 0) await this.#fill(now);
    const isEpochOver = now >= this.#epochEnd;
    if (!isEpochOver && (this.#waiting.size === 0 || now < this.#nextRound)) return;
    if (this.#slots.size > 0) await this.#round(now);
    if (isEpochOver) this.#endEpoch(now);
  }

  #fill(now: number): Promise<void> {
    const chosen: Slot[] = [];
    const { lives } = this.#options;
    for (const [key, count] of this.#takeWaiting(this.#capacity - this.#slots.size)) {
      const index = this.#nextIndex;
      const generation = lives.next(key, index, now);
      if (generation === undefined) continue;
      this.#nextIndex += 1;
      // What a slot counted in an earlier life is not known; one never used has counted nothing.
      const hitsBefore = lives.has(index) ? undefined : 0;
      chosen.push({ key, index, generation, hitsBefore, popularity: newcomer(count, now) });
    }
    return this.#install(chosen, [], now);
  }

  /** The waiting keys asked for most; of equals, those reported first, since they got there sooner. */
  #takeWaiting(most: number): (readonly [key: bigint, count: number])[] {
    const taken = [...this.#waiting].sort((a, b) => b[1] - a[1]).slice(0, most);
    for (const [key] of taken) this.#waiting.delete(key);
    return taken;
  }

  /** Evicts what is asked for least for what is asked for more. Keys that gain nothing wait no longer. */
  async #round(now: number): Promise<void> {
    this.#nextRound = now + ROUND_US;
    const wanted = this.#takeWaiting(this.#slots.size);
    this.#waiting.clear();
    const isEpochOver = now >= this.#epochEnd;
    const slots = [...this.#slots.values()];
    const least = Math.min(...slots.map(({ popularity }) => popularity.perEpoch(now)));
    // Requests only add: mostly there is nothing to gain, and nothing to read.
    const isHopeless = wanted.every(([, count]) => count <= MARGIN * least);
    if (isHopeless && !isEpochOver) return;
    if (!(await this.#readCounters(slots, now))) return;
    const coldest = slots
      .map((slot) => ({ slot, perEpoch: slot.popularity.perEpoch(now) }))
      .sort((a, b) => a.perEpoch - b.perEpoch);
    const victims: Slot[] = [];
    const chosen: Slot[] = [];
    for (const [key, count] of wanted) {
      const victim = coldest[victims.length];
      if (victim === undefined || count <= MARGIN * victim.perEpoch) break;
      const { index, hitsBefore } = victim.slot;
      const generation = this.#options.lives.next(key, index, now);
      if (generation === undefined) continue;
      victims.push(victim.slot);
      chosen.push({ key, index, generation, hitsBefore, popularity: newcomer(count, now) });
    }
    // A capacity that has become smaller is kept to from now on.
    const excess = Math.max(0, this.#slots.size - this.#capacity);
    await this.#install(chosen.slice(0, Math.max(0, chosen.length - excess)), victims, now);
  }

  async #readCounters(slots: readonly Slot[], now: number): Promise<boolean> {
    const hits = await this.#options.readHits(slots.map(({ index }) => index));
    if (hits === undefined || this.#isClosed) return false;
    for (const slot of slots) {
      const count = hits.get(slot.index) ?? 0;
      const before = slot.hitsBefore;
      slot.hitsBefore = count;
      if (before === undefined) slot.popularity.skip(now);
      // A counter that went down was cleared with its switch.
      else slot.popularity.observe(count >= before ? count - before : count, now);
    }
    return true;
  }

  #endEpoch(now: number): void {
    this.#epochEnd = now + SKETCH_EPOCH_US;
    const reports = this.#reports;
    this.#reports = 0;
    if (this.#isClosed) return;
    const rates = this.#isFull
      ? [...this.#slots.values()].map(({ popularity }) => popularity.perEpoch(now))
      : [];
    const { lowestThreshold, onFloor } = this.#options;
    if (this.#floor.endEpoch(reports, rates, this.#capacity, lowestThreshold())) onFloor(this.#floor.floor);
  }

  async #install(chosen: readonly Slot[], victims: readonly Slot[], now: number): Promise<void> {
    for (const slot of chosen) this.#options.lives.begin(slot.index, slot, now);
    const fresh = new Map(chosen.map(({ index, generation, key }) => [index, { generation, key }]));
    if (fresh.size > 0) await this.#options.keepLives(fresh);
    if (this.#isClosed) return;
    for (const { key } of victims) {
      this.#slots.delete(key);
      this.#evicted += 1;
      this.#options.onEntry(section(key), []);
    }
    for (const slot of chosen) {
      this.#slots.set(slot.key, slot);
      this.#inserted += 1;
      this.#options.onEntry(section(slot.key), [
        {
          kind: 'table-entry',
          table: TABLES.keys,
          match: { 'hdr.kv.key': slot.key },
          action: {
            kind: 'action',
            name: 'cached',
            params: { index: slot.index, generation: slot.generation },
          },
        },
      ]);
    }
  }
}

/** A reported key was asked for this often within one epoch, however much of it has passed. */
function newcomer(count: number, now: number): Popularity {
  return new Popularity(count, SKETCH_EPOCH_US, now);
}

function section(key: bigint): string {
  return `cache/key/${key.toString(16)}`;
}
