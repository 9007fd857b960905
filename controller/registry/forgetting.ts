import type { Clock, Timer } from '../clock.js';
import type { StoreChange } from '../store/store.js';
import type { ServiceRecord } from './services.js';
import type { Service } from './types.js';

/** When a name that nobody serves is forgotten, and what becomes of its number. */
export interface NameForgetting {
  /** How long it has had no instance then, microseconds, more than 0. */
  readonly quietUs: number;
  /** Whether this controller, of several, is the one that forgets. */
  readonly leads: () => boolean;
  /** Every name that something else refers to. */
  readonly referred: () => ReadonlySet<string>;
  /** Who keeps numbers from being used again too early. */
  readonly accounts: NumberRest;
  /** A service is forgotten: nothing of it is to be left in the switches. */
  readonly onForgotten: (service: Service) => void;
}

/** Numbers of forgotten services: switches have counted under them. */
export interface NumberRest {
  /** What becomes durable with the forgetting. */
  closing(number: number): readonly StoreChange[];
  /** It is durable. */
  closed(number: number): void;
  isResting(number: number): boolean;
}

export interface ForgettingOptions {
  readonly clock: Clock;
  /** Microseconds a name stays known without an instance; undefined = for ever. */
  readonly quietUs: number | undefined;
  /** Whether this controller, of several, is the one that forgets. */
  readonly leads: () => boolean;
  /** Every name that something refers to: policies, groups, grants, caches. */
  readonly referred: () => ReadonlySet<string>;
  /** Forgets one, if it still has no instance. Gives false where it has to wait. */
  readonly forget: (service: ServiceRecord) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

/** How many are forgotten at a time: whoever registers meanwhile is not to wait for all of them. */
const AT_ONCE = 100;
/** Looks are so many parts of the quiet time apart at least: each asks who refers to what. */
const LOOKS = 20;

/**
 * Which names have had no instance for so long that they can be forgotten: flows to them have ended, late packets have
 * arrived, and whoever was going to come back has. The quiet time begins anew when the controller does.
 */
export class Forgetting {
  readonly #options: ForgettingOptions;
  /** Services without instance, with the time until which they stay, the soonest first. */
  readonly #quiet = new Map<ServiceRecord, number>();
  #timer: Timer | undefined;
  #lastLook = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: ForgettingOptions) {
    this.#options = options;
  }

  /** The instances of a service are others, or it is known anew. */
  changed(service: ServiceRecord): void {
    if (this.#options.quietUs === undefined) return;
    if (service.leases.size > 0) this.#quiet.delete(service);
    else if (!this.#quiet.has(service)) this.#wait(service);
  }

  /** It is forgotten. */
  gone(service: ServiceRecord): void {
    this.#quiet.delete(service);
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#quiet.clear();
  }

  #wait(service: ServiceRecord): void {
    const { clock, quietUs = 0 } = this.#options;
    this.#quiet.delete(service);
    this.#quiet.set(service, clock.now() + quietUs);
    this.#arm();
  }

  #arm(): void {
    const [soonest] = this.#quiet.values();
    if (this.#isClosed || this.#timer !== undefined || soonest === undefined) return;
    const { clock, quietUs = 0, onError } = this.#options;
    const at = Math.max(soonest, this.#lastLook + quietUs / LOOKS);
    this.#timer = clock.setTimer(Math.max(0, at - clock.now()), () => {
      this.#look()
        .catch(onError)
        .finally(() => {
          this.#timer = undefined;
          this.#arm();
        });
    });
  }

  /** Those that are still needed, or cannot go now, are looked at again a quiet time later. */
  async #look(): Promise<void> {
    const { clock, leads, referred, forget, onError } = this.#options;
    const now = clock.now();
    this.#lastLook = now;
    const due: ServiceRecord[] = [];
    for (const [service, until] of this.#quiet) {
      if (until > now) break;
      due.push(service);
    }
    const needed = due.length > 0 && leads() ? referred() : undefined;
    for (let at = 0; at < due.length && !this.#isClosed; at += AT_ONCE) {
      await Promise.all(
        due.slice(at, at + AT_ONCE).map(async (service) => {
          const mayGo = needed?.has(service.name.text) === false;
          const isGone = mayGo && (await forget(service).catch(onError)) === true;
          if (!isGone && this.#quiet.has(service)) this.#wait(service);
        }),
      );
    }
  }
}
