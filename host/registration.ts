import type { CallOptions } from './call-options.js';
import type { HostEnvironment, Timer } from './environment.js';
import { HostError } from './errors.js';
import type { RegistryAnswer, RegistryRequest } from './registry.js';
import type { ServeOptions } from './serve-options.js';

/** Where a service stands with the registry. */
export type ServiceState =
  | { readonly state: 'registering' }
  | { readonly state: 'registered'; readonly instance: number; readonly ttlMs: number }
  /** Not meant to be registered. */
  | { readonly state: 'local' }
  | { readonly state: 'stopped' };

/** What a registration needs of its host. */
export interface RegisteringHost {
  readonly environment: HostEnvironment;
  ask(request: RegistryRequest, options?: CallOptions): Promise<RegistryAnswer>;
}

/** A service's lease with the registry: taken, renewed every third of its life, taken anew where it was lost, given back. */
export class Registration {
  readonly #host: RegisteringHost;
  readonly #service: string;
  readonly #port: number;
  readonly #options: ServeOptions;
  #state: ServiceState = { state: 'registering' };
  #renewal: Timer | undefined;

  /** @param service its name; requests to it are taken on UDP port `port` */
  constructor(host: RegisteringHost, service: string, port: number, options: ServeOptions) {
    this.#host = host;
    this.#service = service;
    this.#port = port;
    this.#options = options;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Registers, unless told not to. @throws HostError of the registry or the call to it. */
  async start(): Promise<void> {
    if (this.#options.register === false) this.#state = { state: 'local' };
    else await this.#register();
  }

  /** Ends renewals. @returns what gives the lease back; an unreachable registry does not keep it from that: the lease runs out. */
  halt(): () => Promise<void> {
    const before = this.#state;
    this.#state = { state: 'stopped' };
    this.#renewal?.cancel();
    return async () => {
      if (before.state !== 'registered') return;
      try {
        await this.#host.ask({ op: 'deregister', instance: before.instance });
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        this.#options.onLeaseError?.(error);
      }
    };
  }

  async #register(): Promise<void> {
    const answer = await this.#host.ask({
      op: 'register',
      service: this.#service,
      address: this.#host.environment.address,
      port: this.#port,
      weight: this.#options.weight ?? 1,
      ttl_ms: this.#options.ttlMs ?? 3000,
      version: this.#options.version,
      tags: this.#options.tags,
      locator: this.#options.locator,
      load: this.#options.load?.(),
    });
    if (this.#state.state === 'stopped') {
      // Stopped while the registry was answering: give the instance back.
      await this.#host.ask({ op: 'deregister', instance: answer.instance }).catch(() => undefined);
      return;
    }
    this.#state = { state: 'registered', instance: answer.instance, ttlMs: answer.ttlMs };
    this.#scheduleRenewal(answer.ttlMs);
  }

  #scheduleRenewal(ttlMs: number): void {
    this.#renewal = this.#host.environment.setTimer((ttlMs * 1000) / 3, () => {
      void this.#renew();
    });
  }

  async #renew(): Promise<void> {
    const state = this.#state;
    if (state.state !== 'registered') return;
    try {
      const third = (state.ttlMs * 1000) / 3;
      await this.#host.ask(
        { op: 'renew', instance: state.instance, load: this.#options.load?.() },
        { deadlineUs: third },
      );
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (this.#state.state !== 'registered') return;
      this.#options.onLeaseError?.(error);
      // The registry does not know this instance any more (its lease ran out, or the registry was rebuilt).
      if (error.code === 'REFUSED')
        await this.#register().catch((again) => this.#options.onLeaseError?.(again));
    }
    if (this.#state.state === 'registered') this.#scheduleRenewal(this.#state.ttlMs);
  }
}
