import { type Leased, LeasedCollection } from '../broadcast/leased.js';
import type { Clock } from '../clock.js';
import type { JsonSchema } from '../collection.js';
import { ControllerError } from '../errors.js';
import { parseName } from '../registry/checks.js';
import type { Store } from '../store/store.js';
import type { Sites } from './sites.js';

interface SiteOrder extends Leased {
  readonly service: string;
  readonly sites: readonly string[];
}

const SCHEMA = {
  type: 'object',
  properties: {
    service: { type: 'string', minLength: 2, description: 'The service.' },
    sites: {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      uniqueItems: true,
      description: 'From the best on: a site gets requests only when those before it have no instance left.',
    },
    ttlMs: {
      type: 'integer',
      minimum: 0,
      maximum: 86_400_000,
      default: 0,
      description: 'It goes when it is not put again within so many milliseconds; 0 = it stays.',
    },
  },
  required: ['service', 'sites'],
  additionalProperties: false,
} as const satisfies JsonSchema;

export interface SiteOrdersOptions {
  readonly sites: Sites;
  readonly store: Store;
  readonly clock: Clock;
  /** A service's order is another. */
  readonly onChanged: (service: string) => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/** Orders in which services use sites, where it is not the nearest first. */
export class SiteOrders {
  readonly collection: LeasedCollection<SiteOrder>;
  readonly #byService = new Map<string, { readonly name: string; readonly sites: readonly string[] }>();

  constructor(options: SiteOrdersOptions) {
    this.collection = new LeasedCollection<SiteOrder>({
      ...options,
      kind: 'site-orders',
      summary: 'Which site of a service gets its requests first, and which only when that has none left.',
      schema: SCHEMA,
      prefix: 'site-order/',
      most: 65_535,
      check: (name, { service, sites }) => {
        parseName(service);
        const other = this.#byService.get(service);
        if (other !== undefined && other.name !== name) {
          throw new ControllerError('CONFLICT', `site order '${other.name}' is for '${service}' as well`);
        }
        const unknown = sites.find((site) => !options.sites.has(site));
        if (unknown !== undefined) {
          throw new ControllerError('BAD_REQUEST', `/sites: no host of the topology is at '${unknown}'`);
        }
      },
      status: () => ({}),
      onChanged: (before, after) => {
        if (before !== undefined) this.#byService.delete(before.spec.service);
        if (after !== undefined) {
          this.#byService.set(after.spec.service, { name: after.name, sites: after.spec.sites });
        }
        for (const service of new Set([before?.spec.service, after?.spec.service])) {
          if (service !== undefined) options.onChanged(service);
        }
      },
    });
  }

  of(service: string): readonly string[] {
    return this.#byService.get(service)?.sites ?? [];
  }
}
