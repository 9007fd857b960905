import type { Clock, Timer } from '../clock.js';
import type { JsonSchema, Resource } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Json } from '../store/store.js';
import { type Made, StoredCollection, type StoredOptions } from '../stored-collection.js';
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

export interface LeasedOptions<S> extends StoredOptions {
  readonly kind: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  /** Of the keys in the store. */
  readonly prefix: string;
  /** Highest number. */
  readonly most: number;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** Throws ControllerError where a spec cannot be. */
  readonly check: (name: string, spec: S) => void;
  readonly status: (thing: Numbered<S>) => Json;
  /** One came, changed or went. */
  readonly onChanged: (before: Numbered<S> | undefined, after: Numbered<S> | undefined) => void;
}

/** After how long the store is asked again to let go of what has run out. */
const RETRY_US = 1_000_000;

interface Lease {
  expiresAt: number;
  timer: Timer | undefined;
}

/** A collection of leased things. Putting one again as it is renews its lease and writes nothing. */
export class LeasedCollection<S extends Leased> extends StoredCollection<Numbered<S>> {
  readonly kind: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  readonly #options: LeasedOptions<S>;
  readonly #parse: (spec: Json) => S;
  readonly #numbers = new Set<number>();
  readonly #leases = new Map<string, Lease>();

  constructor(options: LeasedOptions<S>) {
    super(options.prefix, options);
    this.#options = options;
    this.kind = options.kind;
    this.summary = options.summary;
    this.schema = options.schema;
    this.#parse = compileSpec<S>(options.kind, options.schema);
  }

  /** Milliseconds until one goes; undefined where it stays. */
  remainingMs(name: string): number | undefined {
    const lease = this.#leases.get(name);
    if (lease === undefined) return undefined;
    return Math.max(0, Math.ceil((lease.expiresAt - this.#options.clock.now()) / 1000));
  }

  /** Throws ControllerError BAD_REQUEST or NO_ROOM. */
  protected make(name: string, json: Json, before: Numbered<S> | undefined): Made<Numbered<S>> {
    const spec = this.#parse(json);
    this.#options.check(name, spec);
    const thing = { name, number: before?.number ?? this.#free(), spec };
    const isSame = before !== undefined && JSON.stringify(before.spec) === JSON.stringify(spec);
    if (isSame) this.#renew(thing);
    return { thing, isSame };
  }

  protected read(_name: string, value: Json): Numbered<S> {
    return value as unknown as Numbered<S>;
  }

  protected write(thing: Numbered<S>): Json {
    return thing as unknown as Json;
  }

  protected describe(name: string, thing: Numbered<S>): Resource {
    const status = {
      ...(this.#options.status(thing) as object),
      remainingMs: this.remainingMs(name) ?? null,
    };
    return { name, spec: thing.spec as unknown as Json, status: status as Json };
  }

  close(): void {
    for (const { timer } of this.#leases.values()) timer?.cancel();
    this.#leases.clear();
  }

  protected changed(name: string, before: Numbered<S> | undefined, after: Numbered<S> | undefined): void {
    if (before !== undefined) this.#numbers.delete(before.number);
    if (after === undefined) {
      this.#leases.get(name)?.timer?.cancel();
      this.#leases.delete(name);
    } else {
      this.#numbers.add(after.number);
      // Also one that was there before: leases start anew.
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
  #arm(name: string, lease: Lease, delayUs?: number): void {
    const { clock, onError } = this.#options;
    lease.timer = clock.setTimer(delayUs ?? lease.expiresAt - clock.now(), () => {
      if (this.#leases.get(name) !== lease) return;
      if (lease.expiresAt > clock.now()) this.#arm(name, lease);
      else {
        this.#expire(name, lease).catch((error: unknown) => {
          // The store has it still, and may let it go later; who renews it meanwhile has moved its end.
          if (this.#leases.get(name) === lease) this.#arm(name, lease, RETRY_US);
          onError(error);
        });
      }
    });
  }

  /** It goes unless it is renewed while this waits its turn. */
  #expire(name: string, lease: Lease): Promise<void> {
    return this.review(name, ({ spec: { ttlMs } }) => {
      const { clock, leads } = this.#options;
      if (this.#leases.get(name) !== lease) return 'stays';
      // Renewals reach the controller that leads, and what it ends reaches the others.
      if (leads?.() === false) lease.expiresAt = clock.now() + Math.max(ttlMs, 1000) * 1000;
      if (lease.expiresAt <= clock.now()) return 'goes';
      this.#arm(name, lease);
      return 'stays';
    });
  }

  #free(): number {
    for (let number = 1; number <= this.#options.most; number += 1) {
      if (!this.#numbers.has(number)) return number;
    }
    throw new ControllerError('NO_ROOM', `${this.kind}: all ${this.#options.most} are in use; delete some`);
  }
}
