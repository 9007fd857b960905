import type { DecodedEntity, Entity } from '../p4runtime/index.js';
import { POLICY_COUNTERS } from '../policy/program.js';
import { LATENCY_BUCKETS } from './latency.js';

const REASONS = 16;

/** What one service's cells of the switches' counters hold. */
export interface Tally {
  requests: number;
  responses: number;
  /** By reason; 15 is what is above 14. */
  readonly nacks: number[];
  /** Responses by the binary logarithm of their microseconds. */
  readonly latency: number[];
}

export function emptyTally(): Tally {
  return {
    requests: 0,
    responses: 0,
    nacks: new Array<number>(REASONS).fill(0),
    latency: new Array<number>(LATENCY_BUCKETS).fill(0),
  };
}

/** The counters of one switch. */
export interface CounterSource {
  readonly read: CellReader;
  /** It counts services with numbers below this. */
  readonly services: number;
  readonly hasLatency: boolean;
}

export type CellReader = (queries: readonly Entity[]) => AsyncIterable<DecodedEntity>;

const { requests, responses, nacks, latency } = POLICY_COUNTERS;
const cell = (counter: string, index: number): Entity => ({ kind: 'counter', counter, index });
/** How many services' cells one Read asks for. */
const SERVICES_PER_READ = 64;

/**
 * What one switch has counted for services, read as sparingly as it goes: Nacks and latencies only of services that have
 * had requests or responses since. A switch that started anew counts on from what it had.
 */
export class SwitchReadings {
  /** Counts of the switch's earlier lives. */
  readonly #past = new Map<number, Tally>();
  readonly #now = new Map<number, Tally>();
  /** Services that had traffic in the last reading: an answer may have come after it. */
  readonly #lately = new Set<number>();

  /** Reads the services of these indices, those that the switch counts. Rejects where it does not answer. */
  async read(indices: readonly number[], source: CounterSource): Promise<void> {
    const counted = indices.filter((index) => index < source.services);
    for (let at = 0; at < counted.length; at += SERVICES_PER_READ) {
      await this.#readSome(counted.slice(at, at + SERVICES_PER_READ), source);
    }
  }

  /** Adds what the switch has counted for a service. */
  addTo(sum: Tally, index: number): void {
    for (const tally of [this.#past.get(index), this.#now.get(index)]) {
      if (tally !== undefined) add(sum, tally);
    }
  }

  /** The index is another service's from now on, and its cells begin at 0. */
  forget(index: number): void {
    this.#past.delete(index);
    this.#now.delete(index);
    this.#lately.delete(index);
  }

  async #readSome(indices: readonly number[], { read: reader, hasLatency }: CounterSource): Promise<void> {
    const fresh = new Map<number, { requests: number; responses: number }>();
    const queries = indices.flatMap((index) => [cell(requests, index), cell(responses, index)]);
    for await (const read of reader(queries)) {
      if (read.kind !== 'counter') continue;
      const counts = fresh.get(read.index) ?? { requests: 0, responses: 0 };
      counts[read.counter === requests ? 'requests' : 'responses'] = read.data.packets;
      fresh.set(read.index, counts);
    }
    const moved: number[] = [];
    for (const [index, counts] of fresh) {
      const known = this.#now.get(index) ?? emptyTally();
      if (counts.requests < known.requests || counts.responses < known.responses)
        this.#beginAnew(index, known);
      const last = this.#now.get(index) ?? emptyTally();
      const isMoving = counts.requests !== last.requests || counts.responses !== last.responses;
      if (isMoving || this.#lately.has(index)) moved.push(index);
      if (isMoving) this.#lately.add(index);
      else this.#lately.delete(index);
      this.#now.set(index, { ...last, ...counts });
    }
    const details = moved.flatMap((index) => [
      ...Array.from({ length: REASONS }, (_, reason) => cell(nacks, REASONS * index + reason)),
      ...Array.from({ length: hasLatency ? LATENCY_BUCKETS : 0 }, (_, bucket) =>
        cell(latency, LATENCY_BUCKETS * index + bucket),
      ),
    ]);
    if (details.length === 0) return;
    for await (const read of reader(details)) {
      if (read.kind !== 'counter') continue;
      const isNack = read.counter === nacks;
      const size = isNack ? REASONS : LATENCY_BUCKETS;
      const tally = this.#now.get(Math.floor(read.index / size));
      const cells = isNack ? tally?.nacks : tally?.latency;
      if (cells !== undefined) cells[read.index % size] = read.data.packets;
    }
  }

  #beginAnew(index: number, before: Tally): void {
    const past = this.#past.get(index) ?? emptyTally();
    add(past, before);
    this.#past.set(index, past);
    this.#now.delete(index);
  }
}

function add(sum: Tally, more: Tally): void {
  sum.requests += more.requests;
  sum.responses += more.responses;
  more.nacks.forEach((count, reason) => {
    sum.nacks[reason] = (sum.nacks[reason] ?? 0) + count;
  });
  more.latency.forEach((count, bucket) => {
    sum.latency[bucket] = (sum.latency[bucket] ?? 0) + count;
  });
}

/** Cells at 0 for services of these indices: what is to be written before another service is counted there. */
export function emptyCells(indices: readonly number[], hasLatency: boolean): Entity[] {
  const data = { packets: 0, bytes: 0 };
  const empty = (counter: string, index: number): Entity => ({ kind: 'counter', counter, index, data });
  return indices.flatMap((index) => [
    empty(requests, index),
    empty(responses, index),
    ...Array.from({ length: REASONS }, (_, reason) => empty(nacks, REASONS * index + reason)),
    ...Array.from({ length: hasLatency ? LATENCY_BUCKETS : 0 }, (_, bucket) =>
      empty(latency, LATENCY_BUCKETS * index + bucket),
    ),
  ]);
}
