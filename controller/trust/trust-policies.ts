import type { Name } from '../../wire/index.js';
import type { Resource } from '../collection.js';
import { ControllerError } from '../errors.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import { prefixOf } from '../policy/spec.js';
import type { Json } from '../store/store.js';
import { type Made, StoredCollection, type StoredOptions } from '../stored-collection.js';
import { parseTrustPolicy, TRUST_POLICY_SCHEMA, type TrustPolicySpec } from './spec.js';

export interface TrustPoliciesOptions extends StoredOptions {
  /** Switches with hosts. Default: none, so that nothing is asked of a program. */
  readonly leaves?: readonly string[];
  /** What the program of each has. */
  readonly profileOf?: ProfileOf;
  readonly onChanged: () => void;
}

const PREFIX = 'trust/policy/';

/** How trust in hosts is reckoned. Without a policy, nobody's is. */
export class TrustPolicies extends StoredCollection<TrustPolicySpec> {
  readonly kind = 'trust-policies';
  readonly summary = 'How trust in hosts is reckoned, and what follows where there is little of it.';
  readonly schema = TRUST_POLICY_SCHEMA;
  readonly #options: TrustPoliciesOptions;

  constructor(options: TrustPoliciesOptions) {
    super(PREFIX, options);
    this.#options = options;
  }

  protected make(name: string, json: Json): Made<TrustPolicySpec> {
    const thing = parseTrustPolicy(json);
    this.#checkFeatures(thing);
    for (const [other, { identities }] of this.entries()) {
      if (other === name || identities !== thing.identities) continue;
      throw new ControllerError(
        'CONFLICT',
        `trust policy '${other}' is for ${identities} already; change that one, or give other identities`,
      );
    }
    return { thing };
  }

  protected read(_name: string, value: Json): TrustPolicySpec {
    return parseTrustPolicy(value);
  }

  protected write(spec: TrustPolicySpec): Json {
    return spec as unknown as Json;
  }

  protected describe(name: string, spec: TrustPolicySpec): Resource {
    return { name, spec: spec as unknown as Json, status: null };
  }

  protected changed(): void {
    // What follows, follows from all of them.
  }

  protected override followed(): void {
    this.#options.onChanged();
  }

  /** The policy for a host's name: the most specific. */
  for(name: Name): TrustPolicySpec | undefined {
    let best: TrustPolicySpec | undefined;
    let depth = -1;
    for (const spec of this.all()) {
      const prefix = prefixOf(spec.identities);
      if (prefix !== undefined && !prefix.covers(name)) continue;
      const own = prefix?.components.length ?? 0;
      if (own <= depth) continue;
      best = spec;
      depth = own;
    }
    return best;
  }

  /** Shortest interval of all, milliseconds; undefined where there is no policy. */
  interval(): number | undefined {
    const all = [...this.all()].map(({ intervalMs }) => intervalMs);
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Throws ControllerError NOT_POSSIBLE where a leaf does not report violations, or cannot take a step. */
  #checkFeatures({ steps }: TrustPolicySpec): void {
    const { leaves = [], profileOf } = this.#options;
    if (profileOf === undefined) return;
    requireFeature('denials', leaves, profileOf);
    if (steps.some(({ deny }) => deny === true)) requireFeature('access', leaves, profileOf);
    if (steps.some(({ rate }) => rate !== undefined)) requireFeature('rates', leaves, profileOf);
  }
}
