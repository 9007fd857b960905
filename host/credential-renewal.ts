import type { Credentials } from './credentials.js';
import type { HostEnvironment, Timer } from './environment.js';
import type { RegistryAnswer, RegistryRequest } from './registry.js';

/** Share of a credential's time after which it is asked for anew, and the wait after a failure, microseconds. */
const ASK_AFTER = 2 / 3;
const RETRY_US = 1_000_000;
/** Longest time between questions: keys may be replaced at any time, and the old ones stay in force for a while only. */
const LOOK_EVERY_US = 15_000_000;

/** Takes the credentials the registry hands out, and asks again before they end. */
export class CredentialRenewal {
  readonly #environment: HostEnvironment;
  readonly #credentials: Credentials;
  readonly #ask: (request: RegistryRequest) => Promise<unknown>;
  readonly #timers = new Map<string, Timer>();

  /** @param ask whose answer comes back through `take` */
  constructor(
    environment: HostEnvironment,
    credentials: Credentials,
    ask: (request: RegistryRequest) => Promise<unknown>,
  ) {
    this.#environment = environment;
    this.#credentials = credentials;
    this.#ask = ask;
  }

  /** Takes what an answer to `request` brought. @throws HostError or WireError where a credential makes no sense */
  take(request: RegistryRequest, answer: RegistryAnswer): void {
    if (answer.credentials.length === 0) return;
    let soonest = LOOK_EVERY_US / ASK_AFTER;
    const now = this.#environment.now();
    for (const { forUs, ...credential } of answer.credentials) {
      const notAfter = forUs === undefined ? undefined : now + forUs;
      this.#credentials.add({ ...credential, notAfter });
      soonest = Math.min(soonest, forUs ?? soonest);
    }
    this.#askIn(soonest * ASK_AFTER, request);
  }

  /** Asks no more for a service's. */
  forget(service: string): void {
    const key = `register ${service}`;
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #askIn(delayUs: number, request: RegistryRequest): void {
    const key = `${request.op} ${request.op === 'register' ? request.service : ''}`;
    this.#timers.get(key)?.cancel();
    const again = () => {
      this.#ask(request).catch(() => {
        if (this.#timers.has(key)) this.#askIn(RETRY_US, request);
      });
    };
    this.#timers.set(key, this.#environment.setTimer(delayUs, again));
  }
}
