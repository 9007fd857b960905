import type { Clock, Timer } from '../clock.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import { Signal } from '../p4runtime/index.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { compileSpec } from '../validate.js';

/** Something with a lease: it goes when nobody puts it again in time; 0 = it stays. */
export interface Leased {
  readonly ttlMs: number;
}

/** A thing of a collection, with its number: 1 or more, unique in the collection as long as it lasts. */
export interface Numbered<S> {
  readonly name: string;
  readonly number: number;
  readonly spec: S;
}

export interface LeasedOptions<S> {
  readonly kind: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  /** Of the keys in the store. */
  readonly prefix: string;
  /** Highest number. */
  readonly most: number;
  readonly store: Store;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** Throws ControllerError where a spec cannot be. */
  readonly check: (name: string, spec: S) => void;
  readonly status: (thing: Numbered<S>) => Json;
  /** One came, changed or went. */
  readonly onChanged: (before: Numbered<S> | undefined, after: Numbered<S> | undefined) => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

interface Lease {
  expiresAt: number;
  timer: Timer | undefined;
}

/** A collection of leased things. Putting one again as it is renews its lease and writes nothing. */
export class LeasedCollection<S extends Leased> implements Collection {
  readonly kind: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  readonly #options: LeasedOptions<S>;
  readonly #parse: (spec: Json) => S;
  readonly #things = new Map<string, Numbered<S>>();
  readonly #numbers = new Set<number>();
  readonly #leases = new Map<string, Lease>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;

  constructor(options: LeasedOptions<S>) {
    this.#options = options;
    this.kind = options.kind;
    this.summary = options.summary;
    this.schema = options.schema;
    this.#parse = compileSpec<S>(options.kind, options.schema);
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
  }

  /** Leases start anew. */
  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what the store holds, of this collection. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith(this.#options.prefix)) continue;
      this.#set(key.slice(this.#options.prefix.length), value as unknown as Numbered<S> | undefined);
    }
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  all(): Iterable<Numbered<S>> {
    return this.#things.values();
  }

  find(name: string): Numbered<S> | undefined {
    return this.#things.get(name);
  }

  /** Milliseconds until one goes; undefined where it stays. */
  remainingMs(name: string): number | undefined {
    const lease = this.#leases.get(name);
    if (lease === undefined) return undefined;
    return Math.max(0, Math.ceil((lease.expiresAt - this.#options.clock.now()) / 1000));
  }

  list(): readonly Resource[] {
    return [...this.#things.values()].map((thing) => this.#describe(thing));
  }

  get(name: string): Resource | undefined {
    const thing = this.#things.get(name);
    return thing === undefined ? undefined : this.#describe(thing);
  }

  /** Throws ControllerError BAD_REQUEST or NO_ROOM. */
  put(name: string, json: Json): Promise<Resource> {
    return this.#serial.run('', async () => {
      const { check, store, prefix, kind } = this.#options;
      if (name === '' || name.length > 255) {
        throw new ControllerError(
          'BAD_REQUEST',
          `${kind}: a name has 1 to 255 characters, not ${name.length}`,
        );
      }
      const spec = this.#parse(json);
      check(name, spec);
      const before = this.#things.get(name);
      const after = { name, number: before?.number ?? this.#free(), spec };
      if (before !== undefined && JSON.stringify(before.spec) === JSON.stringify(spec)) {
        this.#renew(after);
        return this.#describe(before);
      }
      await store.commit([{ key: `${prefix}${name}`, value: after as unknown as Json }]);
      this.#set(name, after);
      this.#changes.emit({ kind, type: 'put', name });
      return this.#describe(after);
    });
  }

  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      const { store, prefix, kind } = this.#options;
      if (!this.#things.has(name)) throw new ControllerError('NOT_FOUND', `${kind}: no '${name}'`);
      await store.commit([{ key: `${prefix}${name}`, value: undefined }]);
      this.#set(name, undefined);
      this.#changes.emit({ kind, type: 'delete', name });
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    for (const { timer } of this.#leases.values()) timer?.cancel();
    this.#leases.clear();
  }

  #set(name: string, after: Numbered<S> | undefined): void {
    const before = this.#things.get(name);
    if (before !== undefined) this.#numbers.delete(before.number);
    if (after === undefined) {
      this.#things.delete(name);
      this.#leases.get(name)?.timer?.cancel();
      this.#leases.delete(name);
    } else {
      this.#numbers.add(after.number);
      this.#things.set(name, after);
      this.#renew(after);
    }
    this.#options.onChanged(before, after);
  }

  #renew({ name, spec }: Numbered<S>): void {
    const known = this.#leases.get(name);
    if (spec.ttlMs === 0) {
      known?.timer?.cancel();
      this.#leases.delete(name);
      return;
    }
    const expiresAt = this.#options.clock.now() + spec.ttlMs * 1000;
    if (known === undefined || expiresAt < known.expiresAt) {
      known?.timer?.cancel();
      const lease: Lease = { expiresAt, timer: undefined };
      this.#leases.set(name, lease);
      this.#arm(name, lease);
    } else {
      known.expiresAt = expiresAt;
    }
  }

  /** A renewal only moves `expiresAt`; the timer looks at it when it fires. */
  #arm(name: string, lease: Lease): void {
    const { clock, onError } = this.#options;
    lease.timer = clock.setTimer(lease.expiresAt - clock.now(), () => {
      if (this.#leases.get(name) !== lease) return;
      if (lease.expiresAt > clock.now()) this.#arm(name, lease);
      else this.#expire(name, lease).catch(onError);
    });
  }

  /** It goes unless it is renewed while this waits its turn. */
  #expire(name: string, lease: Lease): Promise<void> {
    return this.#serial.run('', async () => {
      const { store, prefix, kind, clock } = this.#options;
      const ttlMs = this.#things.get(name)?.spec.ttlMs ?? 0;
      if (this.#leases.get(name) !== lease) return;
      // Renewals reach the controller that leads, and what it ends reaches the others.
      if (this.#options.leads?.() === false) lease.expiresAt = clock.now() + Math.max(ttlMs, 1000) * 1000;
      if (lease.expiresAt > clock.now()) {
        this.#arm(name, lease);
        return;
      }
      await store.commit([{ key: `${prefix}${name}`, value: undefined }]);
      this.#set(name, undefined);
      this.#changes.emit({ kind, type: 'delete', name });
    });
  }

  #free(): number {
    for (let number = 1; number <= this.#options.most; number += 1) {
      if (!this.#numbers.has(number)) return number;
    }
    throw new ControllerError('NO_ROOM', `${this.kind}: all ${this.#options.most} are in use; delete some`);
  }

  #describe(thing: Numbered<S>): Resource {
    const { name, spec } = thing;
    const status = {
      ...(this.#options.status(thing) as object),
      remainingMs: this.remainingMs(name) ?? null,
    };
    return { name, spec: spec as unknown as Json, status: status as Json };
  }
}
