import type { ActionProfile } from './action-profile.js';
import { type ActionCall, ActionRows, type ActionShape } from './action-rows.js';
import { DirectCounter } from './counter.js';
import type { EntryAction, EntryNotes, StoredEntry, TableEntry } from './entry.js';
import { type EntryIdentity, EntryStore } from './entry-store.js';
import { SwitchError } from './error.js';
import { ExactIndex } from './exact-index.js';
import { IdleTimeouts } from './idle-timeout.js';
import { LpmIndex } from './lpm-index.js';
import type { MatchIndex } from './match-index.js';
import { checkMatch, describeMatch, type KeyField, type PlacedField, placeFields } from './match-key.js';
import { DirectMeter, type MeterUnit } from './meter.js';
import type { RawEntry } from './raw-entry.js';
import { TernaryIndex } from './ternary-index.js';

export interface MatchTableOptions {
  readonly name: string;
  readonly fields: readonly KeyField[];
  readonly actions: readonly ActionShape[];
  /** Most entries, the default one not counted. */
  readonly maxSize: number;
  readonly defaultAction?: ActionCall | undefined;
  readonly constDefault?: boolean;
  readonly withCounters?: boolean;
  readonly directMeter?: MeterUnit | undefined;
  readonly supportTimeout?: boolean;
  /** Makes the table indirect: entries name the profile's members and groups. */
  readonly profile?: ActionProfile | undefined;
  readonly seed?: number;
}

const DEFAULT_SEED = 0x9747b28c;

/** A match-action table. Generated code writes `key`, calls `lookup()` and reads `actionOf` and `params`. */
export class MatchTable extends ActionRows {
  readonly name: string;
  readonly fields: readonly PlacedField[];
  readonly profile: ActionProfile | undefined;
  readonly constDefault: boolean;
  /** The packet's key, field after field in limbs; generated code fills it before `lookup()`. */
  readonly key: Uint32Array;
  /** Slot of the best matching entry, 0 on a miss. */
  readonly lookup: () => number;
  readonly counter: DirectCounter | undefined;
  readonly meter: DirectMeter | undefined;
  readonly idle: IdleTimeouts | undefined;
  /** True once the table's const entries are in: it takes no further change. */
  immutable = false;

  private readonly programDefault: ActionCall | undefined;
  private readonly needsPriority: boolean;
  private readonly store: EntryStore;
  private readonly index: MatchIndex;
  /** [slot] of an indirect table: member row, or minus the group's number. */
  private references = new Int32Array(0);
  private readonly metadata = new Map<number, Uint8Array>();
  private readonly controllerMetadata = new Map<number, bigint>();

  constructor(options: MatchTableOptions) {
    super(`table ${options.name}`, options.actions);
    this.name = options.name;
    this.fields = placeFields(options.fields);
    this.profile = options.profile;
    this.constDefault = options.constDefault ?? false;
    this.programDefault = options.defaultAction;
    this.key = new Uint32Array(this.fields.reduce((n, f) => n + f.limbs, 0));
    this.counter = options.withCounters ? new DirectCounter() : undefined;
    this.meter = options.directMeter === undefined ? undefined : new DirectMeter(options.directMeter);
    this.idle = options.supportTimeout ? new IdleTimeouts() : undefined;
    const kinds = new Set(this.fields.map((f) => f.kind));
    const lpm = this.fields.filter((f) => f.kind === 'lpm');
    this.needsPriority = kinds.has('ternary') || kinds.has('range') || lpm.length > 1;
    this.store = new EntryStore(this.fields, this.needsPriority, options.maxSize, (slots) =>
      this.resize(slots),
    );
    this.index = this.makeIndex(lpm[0], options.seed ?? DEFAULT_SEED);
    this.lookup = this.index.lookup;
    if (options.defaultAction !== undefined) {
      this.checkCall(options.defaultAction);
      this.writeRow(0, options.defaultAction);
    }
  }

  /** Entries in the table. */
  get size(): number {
    return this.store.size;
  }

  /** Most entries, the default one not counted. */
  get maxSize(): number {
    return this.store.maxSize;
  }

  /** Lets the entries the program came with change, and others join them up to `maxSize`. */
  open(maxSize: number): void {
    this.immutable = false;
    this.store.maxSize = Math.max(maxSize, this.size);
  }

  /** Whether the default entry is as the program has it, with nothing kept beside it. */
  get hasProgramDefault(): boolean {
    const [now, then] = [this.defaultAction, this.programDefault];
    return (
      now?.actionIndex === then?.actionIndex &&
      now?.params.join() === then?.params.join() &&
      !this.metadata.has(0) &&
      !this.controllerMetadata.has(0)
    );
  }

  /** Whether entries carry a priority (a ternary or range field is in the key). */
  get prioritised(): boolean {
    return this.needsPriority;
  }

  /** Adds an entry and returns its slot. Throws ALREADY_EXISTS, TABLE_FULL, INVALID_ARGUMENT. */
  insert(entry: TableEntry): number {
    this.checkMutable();
    this.checkEntry(entry);
    this.checkAction(entry.action, 0);
    const slot = this.store.write(entry);
    if (this.index.find(slot) !== 0) {
      throw new SwitchError(
        'ALREADY_EXISTS',
        this.thing,
        `an entry for ${describeMatch(this.fields, entry)} is there already; modify it instead`,
      );
    }
    if (this.store.size >= this.maxSize) {
      throw new SwitchError(
        'TABLE_FULL',
        this.thing,
        `all ${this.maxSize} entries are taken; delete some or give the table a larger size in the program`,
      );
    }
    this.writeAction(slot, entry);
    this.settle(slot);
    return slot;
  }

  /** Gives an existing entry another action and metadata; counters and meters stay. Returns its slot. */
  modify(entry: TableEntry): number {
    this.checkMutable();
    this.checkEntry(entry);
    const slot = this.slotOf(entry);
    this.checkAction(entry.action, this.references[slot] ?? 0);
    this.releaseAction(slot);
    this.writeAction(slot, entry);
    return slot;
  }

  /** Removes the entry with this match (and priority). */
  delete(entry: EntryIdentity): void {
    this.checkMutable();
    checkMatch(this.thing, this.fields, entry.match);
    this.removeSlot(this.slotOf(entry));
  }

  /** An empty entry in limbs, of the sizes this table's entries have. */
  newRawEntry(): RawEntry {
    return {
      keys: new Uint32Array(this.key.length),
      masks: new Uint32Array(this.key.length),
      prefixLength: 0,
      priority: 0,
      actionIndex: -1,
      params: new Uint32Array(this.stride),
      member: 0,
      group: 0,
    };
  }

  /** Adds a checked entry; returns its slot, or 0, with nothing changed, where `insert` would throw. */
  insertRaw(entry: RawEntry): number {
    if (this.immutable || this.store.size >= this.maxSize || !this.knows(entry)) return 0;
    const slot = this.store.writeRaw(entry);
    if (this.index.find(slot) !== 0) return 0;
    this.writeRawAction(slot, entry);
    this.settle(slot);
    return slot;
  }

  /** Gives an existing entry another action; returns its slot, or 0, with nothing changed, where `modify` would throw. */
  modifyRaw(entry: RawEntry): number {
    if (this.immutable || !this.knows(entry)) return 0;
    const slot = this.index.find(this.store.writeRaw(entry));
    if (slot === 0) return 0;
    this.releaseAction(slot);
    this.writeRawAction(slot, entry);
    return slot;
  }

  /** Removes the entry with this key; false where there is none or it is const. */
  deleteRaw(entry: RawEntry): boolean {
    if (this.immutable) return false;
    const slot = this.index.find(this.store.writeRaw(entry));
    if (slot !== 0) this.removeSlot(slot);
    return slot !== 0;
  }

  /**
   * Copies the entry in a slot in use into `entry`. False where there is more to it than limbs can say: notes, an
   * idle timeout, a one-shot set.
   */
  readRaw(slot: number, entry: RawEntry): boolean {
    if (this.metadata.has(slot) || this.controllerMetadata.has(slot) || this.idle?.timeoutOf(slot))
      return false;
    this.store.readRaw(slot, entry);
    entry.member = 0;
    entry.group = 0;
    entry.actionIndex = -1;
    if (this.profile !== undefined) {
      const reference = this.profile.describeReference(this.references[slot] ?? 0);
      if ('member' in reference) entry.member = reference.member;
      else if ('group' in reference) entry.group = reference.group;
      else return false;
      return true;
    }
    entry.actionIndex = this.actionOf[slot] ?? -1;
    const at = slot * this.stride;
    for (let i = 0; i < this.stride; i++) entry.params[i] = this.params[at + i] ?? 0;
    return true;
  }

  /** Slots in use, in the order the entries came. */
  slotsInUse(): Iterable<number> {
    return this.store.slots();
  }

  /** The entry with this match (and priority), or undefined. */
  get(entry: EntryIdentity): StoredEntry | undefined {
    const slot = this.slotFor(entry);
    return slot === 0 ? undefined : this.entryAt(slot);
  }

  /** All entries, in the order they came. */
  *entries(): IterableIterator<StoredEntry> {
    for (const slot of this.store.slots()) yield this.entryAt(slot);
  }

  /** The entry in a slot in use. Throws NOT_FOUND. */
  entryAt(slot: number): StoredEntry {
    if (!this.store.has(slot)) throw new SwitchError('NOT_FOUND', this.thing, `no entry in slot ${slot}`);
    return {
      slot,
      match: this.store.matchAt(slot),
      priority: this.store.priorityOf(slot),
      action: this.actionAt(slot),
      metadata: this.metadata.get(slot),
      controllerMetadata: this.controllerMetadata.get(slot),
      idleTimeoutNs: this.idle?.timeoutOf(slot) || undefined,
    };
  }

  /** Action of the default entry, undefined where a miss does nothing. */
  get defaultAction(): ActionCall | undefined {
    return this.readRow(0);
  }

  /** What the control plane keeps with the default entry. */
  get defaultNotes(): EntryNotes {
    return { metadata: this.metadata.get(0), controllerMetadata: this.controllerMetadata.get(0) };
  }

  /** Sets the action of a miss. Throws PERMISSION_DENIED where the program declares it const. */
  setDefault(call: ActionCall, notes: EntryNotes = {}): void {
    this.checkDefaultMutable();
    if (this.profile !== undefined) {
      throw new SwitchError(
        'PERMISSION_DENIED',
        this.thing,
        'takes its actions from an action profile; its default entry stays as in the program',
      );
    }
    this.checkCall(call);
    this.writeRow(0, call);
    this.writeNotes(0, notes);
  }

  /** Puts the program's own default action back. Throws PERMISSION_DENIED where it is const. */
  resetDefault(): void {
    this.checkDefaultMutable();
    this.writeRow(0, this.programDefault);
    this.writeNotes(0, {});
  }

  /** Slot of the entry with this match (and priority), 0 where there is none. */
  slotFor(entry: EntryIdentity): number {
    checkMatch(this.thing, this.fields, entry.match);
    return this.key.length === 0 ? 0 : this.index.find(this.store.write(entry));
  }

  /** Removes all entries; the default action stays. */
  clear(): void {
    this.checkMutable();
    for (const slot of [...this.store.slots()]) this.removeSlot(slot);
    this.index.clear();
  }

  /** Profile row for a hit (or miss) of an indirect table: 0 for an empty group or the default entry. */
  member(slot: number, hash: number): number {
    const reference = this.references[slot] ?? 0;
    if (reference >= 0) return reference;
    return this.profile === undefined ? 0 : this.profile.select(-reference, hash);
  }

  /** Notes a hit, for the idle timeout. */
  touch(slot: number, nowUs: number): void {
    this.idle?.touch(slot, nowUs);
  }

  private makeIndex(lpm: PlacedField | undefined, seed: number): MatchIndex {
    if (this.needsPriority) return new TernaryIndex(this.key, this.store.keys, this.fields, seed);
    if (lpm !== undefined) return new LpmIndex(this.key, this.store.keys, this.fields, lpm, seed);
    return new ExactIndex(this.key, this.store.keys, this.key.length, seed);
  }

  private checkDefaultMutable(): void {
    if (!this.constDefault) return;
    throw new SwitchError('PERMISSION_DENIED', this.thing, 'its default action is const in the program');
  }

  private checkMutable(): void {
    if (this.immutable) {
      throw new SwitchError('PERMISSION_DENIED', this.thing, 'its entries are const in the program');
    }
  }

  private checkEntry(entry: TableEntry): void {
    checkMatch(this.thing, this.fields, entry.match);
    if (this.key.length === 0) {
      throw new SwitchError('INVALID_ARGUMENT', this.thing, 'has no key; set its default action instead');
    }
    if (!Number.isInteger(entry.priority) || entry.priority < 0 || entry.priority > 0x7fffffff) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        `a priority is an integer of 0 to 2^31 - 1, got ${entry.priority}`,
      );
    }
    if (entry.idleTimeoutNs && this.idle === undefined) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        'does not support idle timeouts; add support_timeout = true in the program',
      );
    }
  }

  /** `replaced`: what an entry of an indirect table names so far. */
  private checkAction(action: EntryAction, replaced: number): void {
    if ('actionIndex' in action) {
      if (this.profile !== undefined) {
        throw new SwitchError(
          'INVALID_ARGUMENT',
          this.thing,
          'takes its actions from an action profile; give a member, a group or a one-shot set',
        );
      }
      this.checkCall(action);
    } else if (this.profile === undefined) {
      throw new SwitchError('INVALID_ARGUMENT', this.thing, 'has no action profile; give an action');
    } else {
      this.profile.checkReference(action, replaced);
    }
  }

  private slotOf(entry: EntryIdentity): number {
    const slot = this.key.length === 0 ? 0 : this.index.find(this.store.write(entry));
    if (slot !== 0) return slot;
    throw new SwitchError(
      'NOT_FOUND',
      this.thing,
      `no entry for ${describeMatch(this.fields, entry)}; insert it first`,
    );
  }

  private writeRawAction(slot: number, entry: RawEntry): void {
    if (this.profile !== undefined) this.references[slot] = this.profile.acquire(namedBy(entry));
    else {
      this.actionOf[slot] = entry.actionIndex;
      this.params.set(entry.params, slot * this.stride);
    }
    this.writeNotes(slot, {});
    this.idle?.setTimeout(slot, 0n);
  }

  /** Whether what the entry names is in the profile. */
  private knows(entry: RawEntry): boolean {
    if (this.profile === undefined) return true;
    return entry.group !== 0 ? this.profile.hasGroup(entry.group) : this.profile.hasMember(entry.member);
  }

  /** Puts the entry written in the slot the next insert takes to use. */
  private settle(slot: number): void {
    this.store.use(slot);
    this.index.add(slot);
    this.counter?.clear(slot);
    this.meter?.clear(slot);
    this.idle?.touch(slot, this.idle.now);
  }

  private writeAction(slot: number, entry: TableEntry): void {
    const { action } = entry;
    if ('actionIndex' in action) this.writeRow(slot, action);
    else this.references[slot] = this.profile?.acquire(action) ?? 0;
    this.writeNotes(slot, entry);
    this.idle?.setTimeout(slot, entry.idleTimeoutNs ?? 0n);
  }

  private writeNotes(slot: number, notes: EntryNotes): void {
    if (notes.metadata !== undefined && notes.metadata.length > 0) this.metadata.set(slot, notes.metadata);
    else this.metadata.delete(slot);
    if (notes.controllerMetadata) this.controllerMetadata.set(slot, notes.controllerMetadata);
    else this.controllerMetadata.delete(slot);
  }

  private releaseAction(slot: number): void {
    this.profile?.release(this.references[slot] ?? 0);
    this.references[slot] = 0;
  }

  private removeSlot(slot: number): void {
    this.index.remove(slot);
    this.releaseAction(slot);
    this.writeRow(slot, undefined);
    this.writeNotes(slot, {});
    this.idle?.setTimeout(slot, 0n);
    this.store.release(slot);
  }

  private actionAt(slot: number): EntryAction {
    if (this.profile !== undefined) return this.profile.describeReference(this.references[slot] ?? 0);
    return this.readRow(slot) ?? { actionIndex: -1, params: [] };
  }

  private resize(slots: number): void {
    this.resizeRows(slots);
    if (this.profile !== undefined) {
      const { references } = this;
      this.references = new Int32Array(slots);
      this.references.set(references);
    }
    this.counter?.resize(slots);
    this.meter?.resize(slots);
    this.idle?.resize(slots);
  }
}

function namedBy(entry: RawEntry): { member: number } | { group: number } {
  return entry.group !== 0 ? { group: entry.group } : { member: entry.member };
}
