import type { Timer } from '../environment.js';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';

/** A host's place in a live broadcast, as subscriber or publisher: soft state at the registry, renewed until it is left. */
export class ChannelLease {
  readonly #host: Host;
  readonly #op: 'subscribe' | 'publish';
  readonly #name: string;
  readonly #port: number;
  readonly #ttlMs: number;
  readonly #onError: (error: HostError) => void;
  #timer: Timer | undefined;
  #left = false;

  constructor(
    host: Host,
    op: 'subscribe' | 'publish',
    place: { readonly name: string; readonly port: number; readonly ttlMs: number },
    onError: (error: HostError) => void,
  ) {
    this.#host = host;
    this.#op = op;
    this.#name = place.name;
    this.#port = place.port;
    this.#ttlMs = place.ttlMs;
    this.#onError = onError;
  }

  /** Takes the place. @throws HostError as Host.ask */
  async take(): Promise<void> {
    const { ttlMs } = await this.#ask();
    if (!this.#left) this.#renewIn(ttlMs === 0 ? this.#ttlMs : ttlMs);
  }

  /** Gives it up; an unreachable registry lets it run out. */
  async leave(): Promise<void> {
    this.#left = true;
    this.#timer?.cancel();
    const op = this.#op === 'subscribe' ? 'unsubscribe' : 'unpublish';
    const { address } = this.#host.environment;
    try {
      await this.#host.ask({ op, name: this.#name, address, port: this.#port });
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }

  /** As leave, without a word. */
  drop(): void {
    this.#left = true;
    this.#timer?.cancel();
  }

  #ask() {
    const { address } = this.#host.environment;
    return this.#host.ask({
      op: this.#op,
      name: this.#name,
      address,
      port: this.#port,
      ttl_ms: this.#ttlMs,
    });
  }

  #renewIn(ttlMs: number): void {
    this.#timer = this.#host.environment.setTimer((ttlMs * 1000) / 3, () => void this.#renew(ttlMs));
  }

  async #renew(ttlMs: number): Promise<void> {
    try {
      await this.#ask();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (!this.#left) this.#onError(error);
    }
    if (!this.#left) this.#renewIn(ttlMs);
  }
}
