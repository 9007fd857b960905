import type { Name } from '../../wire/index.js';
import type { Collection, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import { Signal } from '../p4runtime/index.js';
import { prefixOf } from '../policy/spec.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { parseTrustPolicy, TRUST_POLICY_SCHEMA, type TrustPolicySpec } from './spec.js';

export interface TrustPoliciesOptions {
  readonly store: Store;
  /** Switches with hosts. Default: none, so that nothing is asked of a program. */
  readonly leaves?: readonly string[];
  /** What the program of each has. */
  readonly profileOf?: ProfileOf;
  readonly onChanged: () => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

const PREFIX = 'trust/policy/';

/** How trust in hosts is reckoned. Without a policy, nobody's is. */
export class TrustPolicies implements Collection {
  readonly kind = 'trust-policies';
  readonly summary = 'How trust in hosts is reckoned, and what follows where there is little of it.';
  readonly schema = TRUST_POLICY_SCHEMA;
  readonly #options: TrustPoliciesOptions;
  readonly #policies = new Map<string, TrustPolicySpec>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;

  constructor(options: TrustPoliciesOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
  }

  /** Takes what a store holds in place of what there is. */
  restore(values: ReadonlyMap<string, Json>): void {
    this.#policies.clear();
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what another controller has committed; keys of other parts are passed over. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith(PREFIX)) continue;
      const name = key.slice(PREFIX.length);
      if (value === undefined) this.#policies.delete(name);
      else this.#policies.set(name, parseTrustPolicy(value));
      this.#changed(value === undefined ? 'delete' : 'put', name);
    }
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  list(): readonly Resource[] {
    return [...this.#policies].map(([name, spec]) => describe(name, spec));
  }

  get(name: string): Resource | undefined {
    const spec = this.#policies.get(name);
    return spec === undefined ? undefined : describe(name, spec);
  }

  put(name: string, json: Json): Promise<Resource> {
    return this.#serial.run('', async () => {
      if (name === '' || name.length > 255) {
        throw new ControllerError('BAD_REQUEST', `a trust policy's name has 1 to 255 characters`);
      }
      const spec = parseTrustPolicy(json);
      this.#checkFeatures(spec);
      for (const [other, { identities }] of this.#policies) {
        if (other === name || identities !== spec.identities) continue;
        throw new ControllerError(
          'CONFLICT',
          `trust policy '${other}' is for ${identities} already; change that one, or give other identities`,
        );
      }
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: spec as unknown as Json }]);
      this.#policies.set(name, spec);
      this.#changed('put', name);
      return describe(name, spec);
    });
  }

  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      if (!this.#policies.has(name)) throw new ControllerError('NOT_FOUND', `no trust policy '${name}'`);
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: undefined }]);
      this.#policies.delete(name);
      this.#changed('delete', name);
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** The policy for a host's name: the most specific. */
  for(name: Name): TrustPolicySpec | undefined {
    let best: TrustPolicySpec | undefined;
    let depth = -1;
    for (const spec of this.#policies.values()) {
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
    const all = [...this.#policies.values()].map(({ intervalMs }) => intervalMs);
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

  #changed(type: 'put' | 'delete', name: string): void {
    this.#options.onChanged();
    this.#changes.emit({ kind: this.kind, type, name });
  }
}

function describe(name: string, spec: TrustPolicySpec): Resource {
  return { name, spec: spec as unknown as Json, status: null };
}
