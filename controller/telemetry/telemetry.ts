import { nackReasonName } from '../../wire/index.js';
import type { Clock, Timer } from '../clock.js';
import type { ServiceRules } from '../policy/services.js';
import type { MeasuredWeights } from '../policy/spec.js';
import type { Instance, Service } from '../registry/registry.js';
import { quantile } from './latency.js';
import { type CounterSource, emptyTally, SwitchReadings, type Tally } from './readings.js';
import { ServiceWeights } from './weights.js';

/** What the switches have counted for a service, all leaves together, since they started. */
export interface ServiceMeasurement {
  readonly service: string;
  /** Requests that entered the fabric, repeated ones counted again. */
  readonly requests: number;
  readonly responses: number;
  /** Nacks that reached their caller, by the reason's name; only reasons there were. */
  readonly nacks: Readonly<Record<string, number>>;
  /** Responses by latency: the count at i took 2^i to 2^(i+1) - 1 microseconds. */
  readonly latencyBuckets: readonly number[];
  /**
   * From request to response at the caller's leaf, microseconds, of the responses since the reading before; where there
   * were none, of all. Undefined where there never were any.
   */
  readonly latencyUs: { readonly p50: number; readonly p99: number } | undefined;
  /** Between the last two readings. */
  readonly requestsPerSecond: number;
  readonly instances: readonly InstanceMeasurement[];
  /** Time of the reading, on the controller's clock. */
  readonly measuredAtUs: number;
}

export interface InstanceMeasurement {
  readonly id: number;
  readonly address: number;
  /** In force, relative to the other instances'. */
  readonly weight: number;
  /** As it last reported; undefined where it does not, or too long ago. */
  readonly load: number | undefined;
}

export interface TelemetryOptions {
  readonly clock: Clock;
  readonly services: () => readonly Service[];
  readonly lookup: (service: string) => Service | undefined;
  readonly rulesOf: (service: Service) => ServiceRules;
  /** Connected leaves, each with how its counters are read. */
  readonly readers: () => ReadonlyMap<string, CounterSource>;
  /** Shortest interval of the policies that want weights measured; undefined while none does. */
  readonly intervalMs: () => number | undefined;
  /** A service's weights have moved: its groups must follow. */
  readonly onWeights: (service: Service) => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

interface Measured {
  readonly tally: Tally;
  readonly recent: readonly number[];
  readonly requestsPerSecond: number;
  readonly atUs: number;
}

/**
 * Reads what the switches count, and moves the weights of services by the loads their instances report (compute-aware
 * routing of the drafts), where a policy asks for it. A step changes the weights in a group; no entry, and nobody's
 * packets, are in between.
 */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #readings = new Map<string, SwitchReadings>();
  readonly #measured = new Map<number, Measured>();
  /** Of services whose instances have told their load. */
  readonly #weights = new Map<number, ServiceWeights>();
  #reading: Promise<void> | undefined;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(options: TelemetryOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#reading !== undefined;
  }

  /** Reads the counters of all connected leaves; calls made meanwhile get the same reading. Reports errors, never rejects. */
  measure(): Promise<void> {
    this.#reading ??= this.#measure()
      .catch(this.#options.onError)
      .finally(() => {
        this.#reading = undefined;
        this.#options.onIdle();
      });
    return this.#reading;
  }

  /** All services, as last measured. */
  services(): readonly ServiceMeasurement[] {
    return this.#options.services().map((service) => this.#describe(service));
  }

  /** The weights its instances are to have, in their order. */
  weightsOf(service: Service): number[] {
    const moved = this.#weights.get(service.number);
    if (moved === undefined) return service.instances.map(({ weight }) => weight);
    return moved.weights(service, this.#settingsOf(service) !== undefined);
  }

  /** An instance has told its load. */
  told(instance: Instance, load: number): void {
    const service = this.#options.lookup(instance.service);
    if (service === undefined) return;
    const known = this.#weights.get(service.number) ?? new ServiceWeights();
    this.#weights.set(service.number, known);
    known.told(instance, load, this.#options.clock.now());
  }

  serviceChanged(service: Service): void {
    this.#weights.get(service.number)?.keep(service.instances);
  }

  /** A service is forgotten: its number will be another's. */
  forget({ number }: Service): void {
    this.#weights.delete(number);
    this.#measured.delete(number);
    for (const readings of this.#readings.values()) readings.forget(number);
  }

  /** Policies changed: the loop starts, stops, or goes at another pace; weights may be others. */
  policiesChanged(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#schedule();
    for (const [number] of this.#weights) {
      const service = this.#options.services().find((each) => each.number === number);
      if (service !== undefined) this.#options.onWeights(service);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #schedule(): void {
    const intervalMs = this.#options.intervalMs();
    if (this.#isClosed || intervalMs === undefined || this.#timer !== undefined) return;
    this.#timer = this.#options.clock.setTimer(intervalMs * 1000, () => {
      this.#timer = undefined;
      this.measure()
        .then(() => this.#step())
        .catch(this.#options.onError)
        .finally(() => this.#schedule());
    });
  }

  #step(): void {
    if (this.#isClosed) return;
    const now = this.#options.clock.now();
    for (const service of this.#options.services()) {
      const settings = this.#settingsOf(service);
      if (settings === undefined) continue;
      const requests = this.#measured.get(service.number)?.tally.requests ?? 0;
      if (this.#weights.get(service.number)?.step(service, settings, requests, now) === true)
        this.#options.onWeights(service);
    }
  }

  #settingsOf(service: Service): MeasuredWeights | undefined {
    const { weights } = this.#options.rulesOf(service);
    return weights?.mode === 'measured' ? weights : undefined;
  }

  async #measure(): Promise<void> {
    const sources = [...this.#options.readers()];
    const most = Math.max(0, ...sources.map(([, { services }]) => services));
    const names = this.#names();
    const indices = [...names.keys()].filter((number) => number < most);
    const reads = sources.map(([leaf, source]) => {
      const readings = this.#readings.get(leaf) ?? new SwitchReadings();
      this.#readings.set(leaf, readings);
      // A switch that does not answer keeps what it counted before.
      return readings.read(indices, source).catch(this.#options.onError);
    });
    await Promise.all(reads);
    const now = this.#options.clock.now();
    const still = this.#names();
    for (const index of indices) {
      if (still.get(index) === names.get(index)) this.#sum(index, now);
      // Forgotten while it was read: the number may be another's by now.
      else for (const readings of this.#readings.values()) readings.forget(index);
    }
  }

  /** Services by number. */
  #names(): Map<number, string> {
    return new Map(this.#options.services().map(({ number, name }) => [number, name.text]));
  }

  #sum(index: number, now: number): void {
    const tally = emptyTally();
    for (const readings of this.#readings.values()) readings.addTo(tally, index);
    const before = this.#measured.get(index);
    const fresh = tally.latency.map((count, bucket) => count - (before?.tally.latency[bucket] ?? 0));
    const seconds = before === undefined ? 0 : (now - before.atUs) / 1e6;
    const more = tally.requests - (before?.tally.requests ?? 0);
    this.#measured.set(index, {
      tally,
      recent: fresh.some((count) => count > 0) ? fresh : tally.latency,
      requestsPerSecond: seconds > 0 ? more / seconds : 0,
      atUs: now,
    });
  }

  #describe(service: Service): ServiceMeasurement {
    const measured = this.#measured.get(service.number);
    const tally = measured?.tally ?? emptyTally();
    const p50 = quantile(measured?.recent ?? [], 0.5);
    const p99 = quantile(measured?.recent ?? [], 0.99);
    const weights = this.weightsOf(service);
    const now = this.#options.clock.now();
    const loads = this.#weights.get(service.number);
    return {
      service: service.name.text,
      requests: tally.requests,
      responses: tally.responses,
      nacks: Object.fromEntries(
        tally.nacks.flatMap((count, reason) => (count === 0 ? [] : [[nackReasonName(reason), count]])),
      ),
      latencyBuckets: tally.latency,
      latencyUs: p50 === undefined || p99 === undefined ? undefined : { p50, p99 },
      requestsPerSecond: measured?.requestsPerSecond ?? 0,
      instances: service.instances.map((instance, index) => ({
        id: instance.id,
        address: instance.address,
        weight: weights[index] ?? instance.weight,
        load: loads?.loadOf(instance, now),
      })),
      measuredAtUs: measured?.atUs ?? 0,
    };
  }
}
