import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.js';
import type { CommitOptions, Json, Store, StoreChange, StoredValue, StoreLease } from '../store.js';
import { EtcdGateway, type EtcdTls, type EtcdUser, storeError } from './gateway.js';
import { EtcdLease } from './lease.js';
import type { PendingCommit } from './transactions.js';
import { decode, type EtcdCommit, EtcdWatch, encode, endOf } from './watch.js';
import { EtcdWriter, isMarker } from './writer.js';

export interface EtcdStoreOptions {
  /** `http://HOST:PORT` of the servers, of some at least. */
  readonly endpoints: readonly string[];
  /** Name of this user of the store, unique among those that share it: a later one of the same name fences it off. */
  readonly id: string;
  /** Begins every key. Default `sincmesh/`. */
  readonly prefix?: string;
  readonly tls?: EtcdTls;
  /** Where etcd has authentication switched on; the user may read and write all keys of the prefix. */
  readonly user?: EtcdUser;
  /** How long a commit waits for a server, milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** How long one server may take to answer before the next is asked, milliseconds. Default 2,000. */
  readonly attemptMs?: number;
  /** The servers' --max-txn-ops. Default 128, as theirs. */
  readonly maxOps?: number;
  /**
   * When an earlier user of the same id is fenced off: when this one is connected, or by its first commit (then it may
   * look around before). Default `connect`.
   */
  readonly fenceAt?: 'connect' | 'first-commit';
  /** A watch that says nothing for so long is tried, milliseconds. Default 5,000. */
  readonly silenceMs?: number;
}

/** Keys of a page when everything is read. */
const PAGE = 2000;
const RELOAD_PAUSE_MS = 500;

/**
 * A store in etcd (version 3.4 or later), shared by several controllers. Everything is mirrored here by a watch. A commit
 * resolves when the watch has come to it, which puts it in one order with those of others.
 */
export class EtcdStore implements Store {
  readonly #gateway: EtcdGateway;
  readonly #watch: EtcdWatch;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  readonly #maxOps: number;
  readonly #writer: EtcdWriter;
  readonly #values = new Map<string, string>();
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();
  readonly #leases = new Set<EtcdLease>();
  #silence: NodeJS.Timeout | undefined;
  #hasHeard = false;
  readonly #incoming: EtcdCommit[] = [];
  #isPumping = false;
  #broken: StoreError | undefined;

  private constructor(options: EtcdStoreOptions) {
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#prefix = options.prefix ?? 'sincmesh/';
    this.#maxOps = options.maxOps ?? 128;
    const attemptMs = Math.min(this.#timeoutMs, options.attemptMs ?? 2000);
    this.#gateway = new EtcdGateway({ ...options, attemptMs });
    this.#writer = new EtcdWriter({
      gateway: this.#gateway,
      prefix: this.#prefix,
      id: options.id,
      timeoutMs: this.#timeoutMs,
      attemptMs,
      maxOps: this.#maxOps,
      // Perhaps another server's watch does.
      onUnseen: () => this.#watch.restart(),
      onFenced: (error) => this.#break(error),
    });
    this.#watch = new EtcdWatch({
      gateway: this.#gateway,
      prefix: this.#prefix,
      onCommit: (commit) => this.#take(commit),
      onCompacted: () => {
        this.#reloadUntilDone().catch((error: unknown) => this.#break(storeError(error)));
      },
    });
  }

  /** Throws StoreError UNREACHABLE where no server answers in time. */
  static async connect(options: EtcdStoreOptions): Promise<EtcdStore> {
    const store = new EtcdStore(options);
    try {
      if (options.fenceAt !== 'first-commit') await store.#writer.mark();
      await store.#reload();
      store.#listenIn(options.silenceMs ?? 5000);
    } catch (error) {
      store.#gateway.close();
      throw error;
    }
    return store;
  }

  /** A connection may be gone without a word: where nothing was heard, something is said that has to be heard. */
  #listenIn(silenceMs: number): void {
    this.#silence = setInterval(() => {
      const isIdle = !this.#hasHeard && this.#writer.isIdle;
      this.#hasHeard = false;
      if (isIdle) this.sync().catch(() => undefined);
    }, silenceMs);
    this.#silence.unref();
  }

  /** What the watch has told of so far, which is everything but the last few milliseconds. */
  load(): Promise<ReadonlyMap<string, Json>> {
    const values = new Map<string, Json>();
    for (const [key, text] of this.#values) {
      if (!isMarker(key)) values.set(key, JSON.parse(text) as Json);
    }
    return Promise.resolve(values);
  }

  async get(key: string): Promise<StoredValue | undefined> {
    const answer = await this.#gateway.ask(
      '/v3/kv/range',
      { key: encode(this.#prefix + key) },
      this.#timeoutMs,
    );
    const [kv] = pairsOf(answer['kvs']);
    if (kv === undefined) return undefined;
    return { value: JSON.parse(decode(kv.value ?? '')) as Json, revision: BigInt(kv.mod_revision) };
  }

  commit(changes: readonly StoreChange[], { when = [], lease }: CommitOptions = {}): Promise<void> {
    if (changes.length === 0 && when.length === 0) return Promise.resolve();
    if (lease !== undefined && !(lease instanceof EtcdLease && !lease.ended.aborted)) {
      return Promise.reject(new StoreError('FENCED', 'the lease has ended'));
    }
    if (Math.max(changes.length, when.length) >= this.#maxOps) {
      const message = `${changes.length} changes do not fit one transaction of etcd; start it with a higher --max-txn-ops, and say so in maxOps`;
      return Promise.reject(new StoreError('IO', message));
    }
    return this.#writer.enqueue(changes, when, lease);
  }

  watch(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  sync(): Promise<void> {
    return this.#writer.enqueue([], [], undefined);
  }

  async lease(ttlMs: number): Promise<StoreLease> {
    const lease = await EtcdLease.grant(this.#gateway, ttlMs, this.#timeoutMs);
    this.#leases.add(lease);
    lease.ended.addEventListener('abort', () => this.#leases.delete(lease));
    return lease;
  }

  async close(): Promise<void> {
    if (this.#broken?.code === 'CLOSED') return;
    await this.#writer.written();
    await Promise.all([...this.#leases].map((lease) => lease.end()));
    this.#break(new StoreError('CLOSED', 'the store is closed'));
  }

  #take(commit: EtcdCommit): void {
    this.#hasHeard = true;
    this.#incoming.push(commit);
    if (this.#isPumping) return;
    this.#isPumping = true;
    this.#pump();
  }

  #pump(): void {
    for (let commit = this.#incoming.shift(); commit !== undefined; commit = this.#incoming.shift()) {
      if (this.#broken !== undefined) break;
      const own = this.#deliver(commit);
      if (own === undefined) continue;
      for (const { resolve } of own) resolve();
      // Whoever waited for it acts before the next is told.
      setImmediate(() => this.#pump());
      return;
    }
    this.#isPumping = false;
  }

  /** Tells the listeners, unless it is a commit of this user's, which is returned then. */
  #deliver({ changes }: EtcdCommit): readonly PendingCommit[] | undefined {
    for (const [key, text] of changes) this.#remember(key, text);
    const own = this.#writer.seen(changes);
    if (own === undefined) this.#tell([...changes]);
    return own;
  }

  #tell(changes: readonly (readonly [string, string | undefined])[]): void {
    const told = changes
      .filter(([key]) => !isMarker(key))
      .map(([key, text]) => ({ key, value: text === undefined ? undefined : (JSON.parse(text) as Json) }));
    if (told.length === 0) return;
    for (const listener of this.#listeners) listener(told);
  }

  /** Reads everything, tells what is different from what was known, and watches from there. */
  async #reload(): Promise<void> {
    const { values, revision } = await this.#readAll();
    this.#writer.seenAll(values);
    const changes: [string, string | undefined][] = [];
    for (const key of this.#values.keys()) if (!values.has(key)) changes.push([key, undefined]);
    for (const [key, text] of values) if (this.#values.get(key) !== text) changes.push([key, text]);
    for (const [key, text] of changes) this.#remember(key, text);
    if (this.#broken !== undefined) return;
    this.#tell(changes);
    this.#watch.start(revision);
  }

  async #reloadUntilDone(): Promise<void> {
    while (this.#broken === undefined) {
      try {
        return await this.#reload();
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'UNREACHABLE') throw error;
        await sleep(RELOAD_PAUSE_MS);
      }
    }
  }

  async #readAll(): Promise<{ readonly values: Map<string, string>; readonly revision: bigint }> {
    const values = new Map<string, string>();
    let revision = 0n;
    let key = encode(this.#prefix);
    for (;;) {
      const answer = await this.#gateway.ask(
        '/v3/kv/range',
        {
          key,
          range_end: encode(endOf(this.#prefix)),
          limit: String(PAGE),
          ...(revision !== 0n && { revision: String(revision) }),
        },
        this.#timeoutMs,
      );
      const header = answer['header'] as { readonly revision?: string } | undefined;
      if (revision === 0n) revision = BigInt(header?.revision ?? 0);
      const pairs = pairsOf(answer['kvs']);
      for (const pair of pairs) {
        values.set(decode(pair.key).slice(this.#prefix.length), decode(pair.value ?? ''));
      }
      const last = pairs.at(-1);
      if (answer['more'] !== true || last === undefined) return { values, revision };
      key = Buffer.concat([Buffer.from(last.key, 'base64'), Buffer.of(0)]).toString('base64');
    }
  }

  #remember(key: string, text: string | undefined): void {
    if (text === undefined) this.#values.delete(key);
    else this.#values.set(key, text);
  }

  #break(error: StoreError): void {
    this.#broken ??= error;
    clearInterval(this.#silence);
    for (const lease of this.#leases) lease.abandon(error);
    this.#watch.stop();
    this.#gateway.close();
    this.#writer.break(error);
    this.#listeners.clear();
  }
}

function pairsOf(
  kvs: unknown,
): readonly { readonly key: string; readonly value?: string; readonly mod_revision: string }[] {
  return (kvs ?? []) as readonly {
    readonly key: string;
    readonly value?: string;
    readonly mod_revision: string;
  }[];
}
