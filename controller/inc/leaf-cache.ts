import { TABLES } from '../fabric/program.js';
import type { Entity } from '../p4runtime/index.js';

export interface LeafCacheOptions {
  /** Value slots of the switch. */
  readonly size: number;
  /** Generations that slots have had last, by index; none = 0. */
  readonly generations: ReadonlyMap<number, number>;
  /** Makes new generations durable. */
  readonly keepGenerations: (generations: ReadonlyMap<number, number>) => Promise<void>;
  /** Microseconds. */
  readonly now: () => number;
  readonly onEntry: (section: string, entities: readonly Entity[]) => void;
  /** Packets these slots have served so far. */
  readonly readHits: (indices: readonly number[]) => Promise<ReadonlyMap<number, number>>;
  readonly onError: (error: unknown) => void;
  /** `busy` has become false. */
  readonly onIdle: () => void;
}

/** The sketch of the switches counts in epochs of this length (p4src/v1model/hotkeys.p4), microseconds. */
export const SKETCH_EPOCH_US = 2 ** 20;

interface Slot {
  readonly key: bigint;
  readonly index: number;
  /** How often the key was asked for in this epoch before `hitsBefore`, earlier epochs counting half each. */
  score: number;
  /** The slot's counter when `score` was last brought up to date. */
  hitsBefore: number;
}

/**
 * The cache entries of one switch: which keys stand in which slot. A reported key is given a free slot, or that of the
 * entry that is asked for least, if that is less than the key was asked for. What a key was asked for before it stood
 * in the cache counts as what it served since: both are requests since the epoch began, so that a young entry is not
 * taken for a cold one.
 *
 * An entry gets a generation its slot did not have before, durable before the switch sees it: by another generation
 * the switch knows that what the slot holds is not the entry's (docs/protocol.md section 3.8).
 */
export class LeafCache {
  readonly #options: LeafCacheOptions;
  readonly #slots = new Map<bigint, Slot>();
  readonly #generations: Map<number, number>;
  /** Reported keys that are not dealt with yet, with how often they were asked for. */
  readonly #waiting = new Map<bigint, number>();
  #epoch: number;
  #nextIndex = 0;
  #capacity = 0;
  #work: Promise<void> | undefined;
  #isClosed = false;
  #inserted = 0;
  #evicted = 0;

  constructor(options: LeafCacheOptions) {
    this.#options = options;
    this.#generations = new Map(options.generations);
    this.#epoch = this.#currentEpoch();
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

  /** Entries it may have; fewer than there are takes effect as entries are evicted. */
  set capacity(entries: number) {
    this.#capacity = Math.min(entries, this.#options.size);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  report(samples: readonly { readonly key: bigint; readonly count: number }[]): void {
    for (const { key, count } of samples) {
      if (this.#slots.has(key)) continue;
      this.#waiting.set(key, Math.max(count, this.#waiting.get(key) ?? 0));
    }
    if (this.#waiting.size === 0 || this.#work !== undefined || this.#isClosed) return;
    this.#work = this.#takeIn()
      .catch(this.#options.onError)
      .finally(() => {
        this.#work = undefined;
        this.#options.onIdle();
      });
  }

  /** Takes all entries out, for good. */
  clear(): void {
    this.#isClosed = true;
    for (const { key } of this.#slots.values()) this.#options.onEntry(section(key), []);
    this.#slots.clear();
    this.#waiting.clear();
  }

  async #takeIn(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#isClosed) {
      // A key may have been reported again while it was being installed.
      const hottest = [...this.#waiting].filter(([key]) => !this.#slots.has(key)).sort((a, b) => b[1] - a[1]);
      this.#waiting.clear();
      const room = Math.max(0, this.#capacity - this.#slots.size);
      const chosen = hottest.slice(0, room).map(([key, score]) => newSlot(key, this.#nextIndex++, score, 0));
      const victims: Slot[] = [];
      if (hottest.length > room && this.#slots.size > 0) {
        for (const { key, count, victim } of await this.#findVictims(hottest.slice(room))) {
          victims.push(victim);
          chosen.push(newSlot(key, victim.index, count, victim.hitsBefore));
        }
      }
      await this.#install(chosen, victims);
    }
  }

  async #install(chosen: readonly Slot[], victims: readonly Slot[]): Promise<void> {
    const fresh = new Map<number, number>();
    for (const { index } of chosen) fresh.set(index, ((this.#generations.get(index) ?? 0) % 255) + 1);
    if (fresh.size === 0) return;
    await this.#options.keepGenerations(fresh);
    if (this.#isClosed) return;
    for (const { key } of victims) {
      this.#slots.delete(key);
      this.#evicted += 1;
      this.#options.onEntry(section(key), []);
    }
    for (const slot of chosen) {
      const generation = fresh.get(slot.index) ?? 0;
      this.#generations.set(slot.index, generation);
      this.#slots.set(slot.key, slot);
      this.#inserted += 1;
      this.#options.onEntry(section(slot.key), [
        {
          kind: 'table-entry',
          table: TABLES.keys,
          match: { 'hdr.kv.key': slot.key },
          action: { kind: 'action', name: 'cached', params: { index: slot.index, generation } },
        },
      ]);
    }
  }

  /** For each key that was asked for more often than some entry, that entry. */
  async #findVictims(
    wanted: readonly (readonly [key: bigint, count: number])[],
  ): Promise<{ key: bigint; count: number; victim: Slot }[]> {
    this.#age();
    const slots = [...this.#slots.values()];
    // Hits only add to scores: mostly there is nothing to gain, and nothing to read.
    const lowest = Math.min(...slots.map(({ score }) => score));
    if (wanted.every(([, count]) => count <= lowest)) return [];
    const hits = await this.#options.readHits(slots.map(({ index }) => index));
    for (const slot of slots) {
      const now = hits.get(slot.index) ?? 0;
      // A counter that went down was cleared with its switch.
      slot.score += now >= slot.hitsBefore ? now - slot.hitsBefore : now;
      slot.hitsBefore = now;
    }
    const coldest = slots.sort((a, b) => a.score - b.score);
    const found: { key: bigint; count: number; victim: Slot }[] = [];
    for (const [i, [key, count]] of wanted.entries()) {
      const victim = coldest[i];
      if (victim === undefined || victim.score >= count) break;
      found.push({ key, count, victim });
    }
    return found;
  }

  #currentEpoch(): number {
    return Math.floor(this.#options.now() / SKETCH_EPOCH_US);
  }

  /** What was asked for in earlier epochs counts half for each epoch that has passed. */
  #age(): void {
    const epoch = this.#currentEpoch();
    const factor = 0.5 ** (epoch - this.#epoch);
    this.#epoch = epoch;
    for (const slot of this.#slots.values()) slot.score *= factor;
  }
}

function newSlot(key: bigint, index: number, score: number, hitsBefore: number): Slot {
  return { key, index, score, hitsBefore };
}

function section(key: bigint): string {
  return `cache/key/${key.toString(16)}`;
}
