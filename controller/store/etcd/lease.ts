import { StoreError } from '../errors.js';
import type { StoreLease } from '../store.js';
import { EtcdError, type EtcdGateway } from './gateway.js';

/**
 * Answers in a row that a lease is gone, before it is believed: a server that is new to leading, or has just come back,
 * says so of leases it is yet to hear of (etcd before 3.5.3).
 */
const GONE = 3;
const MIN_ATTEMPT_MS = 500;

/** A lease of etcd, renewed three times in its length. Time is that of the monotonic clock, here as in etcd. */
export class EtcdLease implements StoreLease {
  readonly id: string;
  readonly ttlMs: number;
  readonly #gateway: EtcdGateway;
  readonly #ending = new AbortController();
  /** When it may have run out: its length after the last renewal that was answered had been sent. */
  #endsAt: number;
  #renewal: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #goneAnswers = 0;
  /** Several servers are asked before the lease is over: the first may be dead, or wait for a leader. */
  readonly #attemptMs: number;

  private constructor(gateway: EtcdGateway, id: string, ttlMs: number, sentAt: number) {
    this.#gateway = gateway;
    this.id = id;
    this.ttlMs = ttlMs;
    this.#attemptMs = Math.max(MIN_ATTEMPT_MS, ttlMs / 8);
    this.#endsAt = sentAt + ttlMs;
    this.#watchEnd();
    this.#renewIn(ttlMs / 3);
  }

  /** etcd counts leases in seconds, and makes short ones longer (at least 2 s by default). */
  static async grant(gateway: EtcdGateway, ttlMs: number, timeoutMs: number): Promise<EtcdLease> {
    const sentAt = performance.now();
    const answer = await gateway.ask('/v3/lease/grant', { TTL: String(Math.ceil(ttlMs / 1000)) }, timeoutMs);
    const { ID: id, TTL: seconds } = answer;
    if (typeof id !== 'string' || typeof seconds !== 'string') {
      throw new StoreError('IO', 'etcd granted a lease without number or length');
    }
    return new EtcdLease(gateway, id, Number(seconds) * 1000, sentAt);
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  /** It is of no use any more, and `reason` says why; etcd lets its keys go when its time is over. */
  abandon(reason: Error): void {
    this.#finish(reason);
  }

  async end(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#finish();
    await this.#gateway.ask('/v3/lease/revoke', { ID: this.id }, this.ttlMs).catch((error: unknown) => {
      // It ends by itself soon.
      if (!(error instanceof StoreError)) throw error;
    });
  }

  #renewIn(delayMs: number): void {
    this.#renewal = setTimeout(() => {
      this.#renew().catch(() => this.#finish());
    }, delayMs);
    this.#renewal.unref();
  }

  async #renew(): Promise<void> {
    const sentAt = performance.now();
    try {
      const answer = await this.#gateway.call('/v3/lease/keepalive', { ID: this.id }, this.#attemptMs);
      if (this.#ending.signal.aborted) return;
      const result = answer['result'] as { readonly TTL?: string } | undefined;
      // A lease that is gone is answered without a length.
      if (result?.TTL === undefined) {
        this.#goneAnswers += 1;
        if (this.#goneAnswers === GONE) this.#finish();
        else this.#renewIn(this.ttlMs / 20);
        return;
      }
      this.#goneAnswers = 0;
      this.#endsAt = sentAt + this.ttlMs;
      this.#renewIn(this.ttlMs / 3);
    } catch (error) {
      if (!(error instanceof EtcdError) || !error.isTransient) return this.#finish();
      if (!this.#ending.signal.aborted) this.#renewIn(this.ttlMs / 20);
    }
  }

  #watchEnd(): void {
    const left = this.#endsAt - performance.now();
    if (left <= 0) {
      this.#finish();
      return;
    }
    this.#expiry = setTimeout(() => this.#watchEnd(), left);
    this.#expiry.unref();
  }

  #finish(reason?: Error): void {
    clearTimeout(this.#renewal);
    clearTimeout(this.#expiry);
    this.#ending.abort(reason);
  }
}
