/** What a switch at the edge refuses a packet for (admission.p4); `denied_t` carries the number. */
export const VIOLATIONS = ['notGranted', 'untagged', 'unknownCredential', 'forged', 'replayed'] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** Of the number a digest carries; undefined where a later program knows more. */
export function violationOf(denial: number): Violation | undefined {
  return VIOLATIONS[denial - 1];
}

/** What makes a score. */
export interface TrustFactors {
  /** Of an identity nobody knows yet, 0 to 1. */
  readonly initial: number;
  /** Half the way from `initial` to 1 takes so long without a violation. */
  readonly maturityMs: number;
  /** A penalty halves in this time. */
  readonly halfLifeMs: number;
  /** What each violation adds to the penalty; a penalty of 1 halves the score. */
  readonly penalties: Readonly<Record<Violation, number>>;
}

/** What is remembered of an identity. */
export interface Conduct {
  /** How long it has been known, microseconds. */
  readonly ageUs: number;
  readonly penalty: number;
}

export const UNKNOWN: Conduct = { ageUs: 0, penalty: 0 };

/** Penalties beyond this make no difference: the score is nothing. It keeps recovery in bounded time. */
const MAX_PENALTY = 10;

/** Conduct after a time without violations. */
export function later(conduct: Conduct, elapsedUs: number, factors: TrustFactors): Conduct {
  const halves = elapsedUs / (factors.halfLifeMs * 1000);
  return { ageUs: conduct.ageUs + elapsedUs, penalty: conduct.penalty * 2 ** -halves };
}

/** Conduct after violations. */
export function punished(
  conduct: Conduct,
  violation: Violation,
  count: number,
  factors: TrustFactors,
): Conduct {
  const penalty = Math.min(MAX_PENALTY, conduct.penalty + count * factors.penalties[violation]);
  return { ...conduct, penalty };
}

/** 0 to 1: grows with age, from `initial` towards 1, and halves with every 1 of penalty. */
export function scoreOf({ ageUs, penalty }: Conduct, { initial, maturityMs }: TrustFactors): number {
  const grown = initial + (1 - initial) * (1 - 2 ** -(ageUs / (maturityMs * 1000)));
  return grown * 2 ** -penalty;
}

/** A step of tightening; it is taken where the score falls below `below`. */
export interface Threshold {
  readonly below: number;
}

/**
 * The level after this one: one step at most, up where the score is below the next threshold, down where it is above the
 * present one by a margin, so that a score at a threshold does not swing.
 * @param steps by falling `below`
 */
export function nextLevel(level: number, score: number, steps: readonly Threshold[], margin: number): number {
  const next = steps[level];
  if (next !== undefined && score < next.below) return level + 1;
  const present = steps[level - 1];
  if (level > steps.length) return steps.length;
  return present !== undefined && score >= present.below + margin ? level - 1 : level;
}
