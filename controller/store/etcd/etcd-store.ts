import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { conflict, StoreError } from '../errors.js';
import type { CommitOptions, Json, Store, StoreChange, StoredValue, StoreLease } from '../store.js';
import { EtcdError, EtcdGateway, type EtcdTls, type EtcdUser, storeError } from './gateway.js';
import { EtcdLease } from './lease.js';
import { batchLength, type PendingCommit, presentValues, textsOf, transaction } from './transactions.js';
import { decode, type EtcdCommit, EtcdWatch, encode, endOf } from './watch.js';

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

/** Of the values of commits that go together; the servers' --max-request-bytes is 1.5 MiB. */
const MAX_BYTES = 1 << 20;
/** Keys of a page when everything is read. */
const PAGE = 2000;
const RELOAD_PAUSE_MS = 500;

/**
 * A store in etcd (version 3.4 or later), shared by several controllers. Everything is mirrored here by a watch.
 *
 * Each transaction moves a marker of this user's own from the last one's number to its own, on the condition that it
 * stands there: so one that is sent again after a lost answer takes effect once, and the watch tells which commits
 * are this user's. A commit resolves when the watch has come to it, which puts it in one order with those of others.
 */
export class EtcdStore implements Store {
  readonly #gateway: EtcdGateway;
  readonly #watch: EtcdWatch;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  readonly #attemptMs: number;
  readonly #maxOps: number;
  readonly #id: string;
  readonly #markerKey: string;
  readonly #nonce = randomBytes(8).toString('hex');
  readonly #values = new Map<string, string>();
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();
  readonly #leases = new Set<EtcdLease>();
  #queue: PendingCommit[] = [];
  #writing: Promise<void> | undefined;
  /** Sent, and not seen in the watch yet, by number. */
  readonly #sent = new Map<number, readonly PendingCommit[]>();
  #number = 0;
  #marker: string;
  /** The marker is there: whoever wrote by this id before cannot any more. */
  #isMarked = false;
  #silence: NodeJS.Timeout | undefined;
  #hasHeard = false;
  readonly #incoming: EtcdCommit[] = [];
  #isPumping = false;
  #broken: StoreError | undefined;

  private constructor(options: EtcdStoreOptions) {
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#attemptMs = Math.min(this.#timeoutMs, options.attemptMs ?? 2000);
    this.#gateway = new EtcdGateway({ ...options, attemptMs: this.#attemptMs });
    this.#prefix = options.prefix ?? 'sincmesh/';
    this.#maxOps = options.maxOps ?? 128;
    this.#id = options.id;
    this.#markerKey = `writer/${options.id}`;
    this.#marker = this.#markerOf(0);
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
      if (options.fenceAt !== 'first-commit') await store.#mark();
      await store.#reload();
      store.#listenIn(options.silenceMs ?? 5000);
    } catch (error) {
      store.#gateway.close();
      throw error;
    }
    return store;
  }

  async #mark(): Promise<void> {
    const key = encode(this.#prefix + this.#markerKey);
    await this.#gateway.ask('/v3/kv/put', { key, value: encode(this.#marker) }, this.#timeoutMs);
    this.#isMarked = true;
  }

  /** A connection may be gone without a word: where nothing was heard, something is said that has to be heard. */
  #listenIn(silenceMs: number): void {
    this.#silence = setInterval(() => {
      const isIdle = !this.#hasHeard && this.#isMarked && this.#sent.size === 0;
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
    return this.#enqueue(changes, when, lease);
  }

  watch(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  sync(): Promise<void> {
    return this.#enqueue([], [], undefined);
  }

  async lease(ttlMs: number): Promise<StoreLease> {
    const lease = await EtcdLease.grant(this.#gateway, ttlMs, this.#timeoutMs);
    this.#leases.add(lease);
    lease.ended.addEventListener('abort', () => this.#leases.delete(lease));
    return lease;
  }

  async close(): Promise<void> {
    if (this.#broken?.code === 'CLOSED') return;
    await this.#writing;
    await Promise.all([...this.#leases].map((lease) => lease.end()));
    this.#break(new StoreError('CLOSED', 'the store is closed'));
  }

  #enqueue(
    changes: readonly StoreChange[],
    when: readonly StoreChange[],
    lease: EtcdLease | undefined,
  ): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#queue.push({ puts: textsOf(changes), when: textsOf(when), lease, resolve, reject });
      // A turn later, so that what is asked for together goes together.
      this.#writing ??= Promise.resolve().then(() => this.#write());
    });
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchLength(this.#queue, this.#maxOps - 1, MAX_BYTES));
      try {
        if (this.#broken !== undefined) throw this.#broken;
        await this.#transact(batch);
      } catch (error) {
        for (const { reject } of batch) reject(storeError(error));
      }
    }
    this.#writing = undefined;
  }

  async #transact(batch: readonly PendingCommit[]): Promise<void> {
    if (!this.#isMarked) await this.#mark();
    this.#number += 1;
    const number = this.#number;
    const to = this.#markerOf(number);
    // The watch may tell of it before the answer is here.
    this.#sent.set(number, batch);
    try {
      const present = await this.#send(batch, to);
      if (present === undefined) {
        this.#marker = to;
        this.#expect(number);
        return;
      }
      this.#sent.delete(number);
      this.#refuse(batch, present);
    } catch (error) {
      this.#sent.delete(number);
      if (
        error instanceof EtcdError &&
        batch[0]?.lease !== undefined &&
        /lease not found/.test(error.message)
      ) {
        throw new StoreError('FENCED', 'the lease has ended', { cause: error });
      }
      throw error;
    }
  }

  /** Undefined where it was committed, or else what the keys of its conditions hold. */
  async #send(
    batch: readonly PendingCommit[],
    to: string,
  ): Promise<ReadonlyMap<string, string | undefined> | undefined> {
    const deadline = performance.now() + this.#timeoutMs;
    for (let pauseMs = 10; ; ) {
      const from = this.#marker;
      const { message, required } = transaction(this.#prefix, batch, { key: this.#markerKey, from, to });
      try {
        const answer = await this.#gateway.call('/v3/kv/txn', message, this.#attemptMs);
        if (answer['succeeded'] === true) return undefined;
        const present = presentValues(answer, required);
        const marker = present.get(this.#markerKey);
        // It was carried out before, and its answer was lost.
        if (marker === to) return undefined;
        if (marker === from) return present;
        if (marker?.startsWith(this.#nonce) !== true) {
          const error = new StoreError('FENCED', `another controller writes as '${this.#id}' as well`);
          this.#break(error);
          throw error;
        }
        // One that was given up has been carried out after all.
        this.#marker = marker;
      } catch (error) {
        if (!(error instanceof EtcdError) || !error.isTransient) throw error;
        if (performance.now() + pauseMs > deadline) throw this.#gateway.unreachable(error);
        await sleep(pauseMs);
        pauseMs = Math.min(500, pauseMs * 2);
      }
    }
  }

  /** Refuses those whose conditions do not hold; the others try again. */
  #refuse(batch: readonly PendingCommit[], present: ReadonlyMap<string, string | undefined>): void {
    const others: PendingCommit[] = [];
    for (const pending of batch) {
      const failed = [...pending.when].find(([key, text]) => present.get(key) !== text);
      if (failed === undefined) others.push(pending);
      else pending.reject(conflict(failed[0]));
    }
    this.#queue.unshift(...others);
  }

  /** A commit the watch has not told of in time makes it look for another server. */
  #expect(number: number): void {
    if (!this.#sent.has(number)) return;
    const timer = setTimeout(() => {
      if (!this.#sent.has(number) || this.#broken !== undefined) return;
      this.#watch.restart();
      this.#expect(number);
    }, this.#attemptMs);
    timer.unref();
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
    const number = this.#numberIn(changes.get(this.#markerKey));
    const own = number === undefined ? undefined : this.#sent.get(number);
    if (own !== undefined && number !== undefined) {
      this.#sent.delete(number);
      return own;
    }
    this.#tell([...changes]);
    return undefined;
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
    const number = this.#numberIn(values.get(this.#markerKey));
    for (const [sent, batch] of this.#sent) {
      if (number === undefined || sent > number) continue;
      this.#sent.delete(sent);
      for (const { resolve } of batch) resolve();
    }
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

  #markerOf(number: number): string {
    return `${this.#nonce}:${number}`;
  }

  #numberIn(marker: string | undefined): number | undefined {
    return marker?.startsWith(`${this.#nonce}:`) === true ? Number(marker.split(':')[1]) : undefined;
  }

  #break(error: StoreError): void {
    this.#broken ??= error;
    clearInterval(this.#silence);
    for (const lease of this.#leases) lease.abandon(error);
    this.#watch.stop();
    this.#gateway.close();
    for (const batch of this.#sent.values()) for (const { reject } of batch) reject(error);
    this.#sent.clear();
    for (const { reject } of this.#queue.splice(0)) reject(error);
    this.#listeners.clear();
  }
}

function isMarker(key: string): boolean {
  return key.startsWith('writer/');
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
