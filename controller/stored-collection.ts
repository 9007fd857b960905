import type { Collection, JsonSchema, Resource, ResourceChange } from './collection.js';
import { ControllerError } from './errors.js';
import { Signal } from './p4runtime/index.js';
import { Serial } from './registry/serial.js';
import type { Json, Store, StoreChange } from './store/store.js';

export interface StoredOptions {
  readonly store: Store;
  readonly onError: (error: unknown) => void;
  /** `busy` has become false. */
  readonly onIdle: () => void;
}

/** What is to become of a thing. */
export interface Made<T> {
  readonly thing: T;
  /** It is so already: nothing is stored or told. */
  readonly isSame?: boolean;
  /** What becomes durable with it. */
  readonly alongside?: readonly StoreChange[];
}

/**
 * A collection whose things stand in the store under `prefix` and their names. One is made, changed or deleted at a time;
 * it is in the store before anybody hears of it, and what another controller has put there is told like one's own.
 */
export abstract class StoredCollection<T> implements Collection {
  abstract readonly kind: string;
  abstract readonly summary: string;
  abstract readonly schema: JsonSchema;
  readonly #store: Store;
  readonly #prefix: string;
  readonly #things = new Map<string, T>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;

  protected constructor(prefix: string, { store, onError, onIdle }: StoredOptions) {
    this.#store = store;
    this.#prefix = prefix;
    this.#serial = new Serial(onIdle);
    this.#changes = new Signal(onError);
  }

  /** What somebody wants, given what there is. Throws ControllerError where it cannot be. */
  protected abstract make(name: string, spec: Json, before: T | undefined): Made<T>;
  /** A thing out of the store; store() is its reverse. */
  protected abstract read(name: string, value: Json): T;
  protected abstract write(thing: T): Json;
  protected abstract describe(name: string, thing: T): Resource;
  /** One came, changed or went; it is in `find()` as it is now. */
  protected abstract changed(name: string, before: T | undefined, after: T | undefined): void;
  /** Some have changed: what follows from all of them. */
  protected followed(): void {
    // Nothing, unless a collection says so.
  }

  /** Takes what a store holds in place of what there is. */
  restore(values: ReadonlyMap<string, Json>): void {
    const gone = [...this.#things.keys()].filter((name) => !values.has(this.#prefix + name));
    this.apply([
      ...gone.map((name) => ({ key: this.#prefix + name, value: undefined })),
      ...[...values].map(([key, value]) => ({ key, value })),
    ]);
  }

  /** Takes over what another controller has committed; keys of other parts are passed over. */
  apply(changes: readonly StoreChange[]): void {
    const mine = changes.filter(({ key }) => key.startsWith(this.#prefix));
    for (const { key, value } of mine) {
      const name = key.slice(this.#prefix.length);
      this.#set(name, value === undefined ? undefined : this.read(name, value));
    }
    if (mine.length > 0) this.followed();
    for (const { key, value } of mine) this.#tell(key.slice(this.#prefix.length), value !== undefined);
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  find(name: string): T | undefined {
    return this.#things.get(name);
  }

  all(): Iterable<T> {
    return this.#things.values();
  }

  entries(): Iterable<readonly [string, T]> {
    return this.#things;
  }

  list(): readonly Resource[] {
    return [...this.#things].map(([name, thing]) => this.describe(name, thing));
  }

  get(name: string): Resource | undefined {
    const thing = this.#things.get(name);
    return thing === undefined ? undefined : this.describe(name, thing);
  }

  put(name: string, spec: Json): Promise<Resource> {
    return this.replace(name, (before) => this.make(name, spec, before));
  }

  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      if (!this.#things.has(name)) throw new ControllerError('NOT_FOUND', `no '${name}' in ${this.kind}`);
      await this.#remove(name);
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** put() by what is decided when its turn has come. */
  protected replace(name: string, decide: (before: T | undefined) => Made<T>): Promise<Resource> {
    return this.#serial.run('', async () => {
      if (name === '' || name.length > 255) {
        const message = `a name in ${this.kind} has 1 to 255 characters, not ${name.length}`;
        throw new ControllerError('BAD_REQUEST', message);
      }
      const { thing, isSame = false, alongside = [] } = decide(this.#things.get(name));
      if (!isSame) {
        await this.#store.commit([{ key: this.#prefix + name, value: this.write(thing) }, ...alongside]);
        this.#set(name, thing);
        this.followed();
        this.#tell(name, true);
      }
      return this.describe(name, thing);
    });
  }

  /** Decides, when its turn has come, whether one that is there goes, becomes another, or stays as it is. */
  protected review(
    name: string,
    decide: (thing: T) => 'stays' | 'goes' | { readonly thing: T },
  ): Promise<void> {
    return this.#serial.run('', async () => {
      const before = this.#things.get(name);
      const verdict = before === undefined ? 'stays' : decide(before);
      if (verdict === 'goes') return this.#remove(name);
      if (verdict === 'stays') return;
      await this.#store.commit([{ key: this.#prefix + name, value: this.write(verdict.thing) }]);
      this.#set(name, verdict.thing);
      this.followed();
      this.#tell(name, true);
    });
  }

  async #remove(name: string): Promise<void> {
    await this.#store.commit([{ key: this.#prefix + name, value: undefined }]);
    this.#set(name, undefined);
    this.followed();
    this.#tell(name, false);
  }

  #set(name: string, after: T | undefined): void {
    const before = this.#things.get(name);
    if (after === undefined) this.#things.delete(name);
    else this.#things.set(name, after);
    this.changed(name, before, after);
  }

  #tell(name: string, isThere: boolean): void {
    this.#changes.emit({ kind: this.kind, type: isThere ? 'put' : 'delete', name });
  }
}
