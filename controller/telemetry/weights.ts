import type { MeasuredWeights } from '../policy/spec.js';
import type { Instance, Service } from '../registry/registry.js';
import { groupWeights, nextFactors } from './control-law.js';

interface Reporter {
  factor: number;
  load: number | undefined;
  /** When it said so, microseconds. */
  toldAt: number;
  /** Reports since the factors moved the last time. */
  reports: number;
}

/** Reports an instance has to make between two steps: the first one may be of the time before the step. */
const REPORTS_PER_STEP = 2;
/** Weights of a group add up to so much per instance, within these bounds: switches have room for a limited sum. */
const STEPS_PER_INSTANCE = 8;
const LEAST_TOTAL = 16;
const MOST_TOTAL = 256;

/** The weights of one service's instances, moved by the loads they report. */
export class ServiceWeights {
  readonly #reporters = new Map<number, Reporter>();
  #lastRequests = 0;

  told(instance: Instance, load: number, nowUs: number): void {
    const known = this.#reporters.get(instance.id);
    if (known === undefined) {
      this.#reporters.set(instance.id, { factor: 1, load, toldAt: nowUs, reports: 1 });
      return;
    }
    known.load = load;
    known.toldAt = nowUs;
    known.reports += 1;
  }

  /** The load an instance reported, while its report is not older than its lease. */
  loadOf(instance: Instance, nowUs: number): number | undefined {
    const known = this.#reporters.get(instance.id);
    return known === undefined || nowUs - known.toldAt > instance.ttlMs * 1000 ? undefined : known.load;
  }

  /** Forgets instances that have gone. */
  keep(instances: readonly Instance[]): void {
    const ids = new Set(instances.map(({ id }) => id));
    for (const id of this.#reporters.keys()) if (!ids.has(id)) this.#reporters.delete(id);
  }

  /**
   * Moves the factors on, where the service has had requests and every instance that tells its load has told it often enough
   * since the last step. Gives whether a weight has changed.
   * @param requests of the service, as counted so far
   */
  step(service: Service, settings: MeasuredWeights, requests: number, nowUs: number): boolean {
    const { instances } = service;
    const loaded = instances.map((instance) => ({
      base: instance.weight,
      factor: this.#reporters.get(instance.id)?.factor ?? 1,
      load: this.loadOf(instance, nowUs),
    }));
    const isFresh = instances.every(({ id }, index) => {
      const reports = this.#reporters.get(id)?.reports ?? 0;
      return loaded[index]?.load === undefined || reports >= REPORTS_PER_STEP;
    });
    if (!isFresh || requests <= this.#lastRequests) return false;
    this.#lastRequests = requests;
    const before = this.weights(service, true);
    const factors = nextFactors(loaded, settings);
    instances.forEach(({ id }, index) => {
      const reporter = this.#reporters.get(id);
      if (reporter === undefined) return;
      reporter.factor = factors[index] ?? 1;
      reporter.reports = 0;
    });
    const after = this.weights(service, true);
    return after.some((weight, index) => weight !== before[index]);
  }

  /** Weights of the instances, in their order; as registered where nothing has moved them. */
  weights(service: Service, isMeasured: boolean): number[] {
    const parts = service.instances.map(({ id, weight }) => ({
      base: weight,
      factor: this.#reporters.get(id)?.factor ?? 1,
    }));
    if (!isMeasured || parts.every(({ factor }) => factor === 1)) return parts.map(({ base }) => base);
    const total = Math.min(MOST_TOTAL, Math.max(LEAST_TOTAL, STEPS_PER_INSTANCE * parts.length));
    return groupWeights(parts, total);
  }
}
