/** One instance, as the law sees it. */
export interface Loaded {
  /** The weight it registered with, above 0. */
  readonly base: number;
  /** Multiple of `base` in force. */
  readonly factor: number;
  /** Share of its capacity in use; undefined where it has not said. */
  readonly load: number | undefined;
}

export interface LawSettings {
  /** Above 0, at most 1: how much of a difference one step makes up for. */
  readonly gain: number;
  /** Relative difference from the mean that changes nothing. */
  readonly hysteresis: number;
  readonly minFactor: number;
  readonly maxFactor: number;
}

/** Loads below it count as it: an idle instance is not infinitely attractive. */
const LEAST_LOAD = 0.01;
/** Most a factor changes in one step, either way. */
const MAX_STEP = 2;

/**
 * The factors of the next interval. Each is moved against its instance's load: by the ratio of the mean load to its own,
 * to the power of the gain. Where load is in proportion to weight, each step takes the relative differences down to
 * (1 - gain) of what they were, so they die out without overshooting; where it is not, factors go one way to their bounds
 * and stay. Nothing changes while every load is within the hysteresis of the mean. Who has not said keeps its factor.
 *
 * The mean is over the weights, so that shifting calls about does not move it.
 */
export function nextFactors(instances: readonly Loaded[], settings: LawSettings): number[] {
  const { gain, hysteresis, minFactor, maxFactor } = settings;
  const clamp = (factor: number) => Math.min(maxFactor, Math.max(minFactor, factor));
  const factors = instances.map(({ factor }) => clamp(factor));
  const known = instances.flatMap(({ base, load }, index) =>
    load === undefined ? [] : [{ index, base, load: Math.max(LEAST_LOAD, load) }],
  );
  if (known.length < 2) return factors;
  const mean = geometricMean(known);
  if (known.every(({ load }) => Math.abs(load - mean) <= hysteresis * mean)) return factors;
  for (const { index, load } of known) {
    const step = Math.min(MAX_STEP, Math.max(1 / MAX_STEP, (mean / load) ** gain));
    factors[index] = clamp((factors[index] ?? 1) * step);
  }
  return factors;
}

/** Of loads, each counted as often as its instance's base weight: shifting by ratios leaves it where it is. */
function geometricMean(known: readonly { readonly base: number; readonly load: number }[]): number {
  let logs = 0;
  let weights = 0;
  for (const { base, load } of known) {
    logs += base * Math.log(load);
    weights += base;
  }
  return Math.exp(logs / weights);
}

/**
 * Whole-numbered weights of instances for a group: in proportion to base and factor, `total` altogether at most, each 1
 * or more.
 */
export function groupWeights(instances: readonly Pick<Loaded, 'base' | 'factor'>[], total: number): number[] {
  const exact = instances.map(({ base, factor }) => base * factor);
  const sum = exact.reduce((all, weight) => all + weight, 0);
  const spare = Math.max(0, total - instances.length);
  return exact.map((weight) => 1 + Math.floor((weight / sum) * spare));
}
