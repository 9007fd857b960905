import type { Controller } from '../controller.js';
import type { ControllerEvent } from '../events.js';
import type { Json } from '../store/store.js';
import { toJson } from './json.js';

export interface LoggedEvent {
  /** Counts from 1 since the controller started. */
  readonly sequence: number;
  /** RFC 3339. */
  readonly at: string;
  readonly event: Json;
}

/** How many events are kept for those who come late or come back. */
const KEPT = 1000;

/**
 * The controller's events with numbers, the newest kept, so that a reader that lost its connection misses nothing. Packets
 * handed to the controller are no news, a lease renewal is one or more: metrics count them.
 */
export class EventLog {
  readonly #kept: LoggedEvent[] = [];
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  readonly #unsubscribe: () => void;
  #sequence = 0;

  constructor(controller: Controller) {
    this.#unsubscribe = controller.events.subscribe((event) => this.#add(event));
  }

  /** Events after `sequence` that are still kept, oldest first. */
  since(sequence: number): readonly LoggedEvent[] {
    return this.#kept.filter((event) => event.sequence > sequence);
  }

  /** Number of the newest event; 0 before the first. */
  get last(): number {
    return this.#sequence;
  }

  watch(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    this.#unsubscribe();
    this.#listeners.clear();
  }

  #add(event: ControllerEvent): void {
    if (event.kind === 'packet-in') return;
    this.#sequence += 1;
    const logged = { sequence: this.#sequence, at: new Date().toISOString(), event: describe(event) };
    this.#kept.push(logged);
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const listener of this.#listeners) listener(logged);
  }
}

function describe(event: ControllerEvent): Json {
  return toJson(event);
}
