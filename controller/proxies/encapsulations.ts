import { type Leased, LeasedCollection, type Numbered } from '../broadcast/leased.js';
import type { Clock } from '../clock.js';
import type { JsonSchema } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Group } from '../inc/groups.js';
import type { Entity } from '../p4runtime/index.js';
import type { Store } from '../store/store.js';
import { MAX_ENCAPSULATIONS, proxyEntries } from './entries.js';

interface EncapsulationSpec extends Leased {
  readonly group: number;
  readonly encapsulation: 'nsh' | 'mpls';
  readonly spi?: number;
  readonly si: number;
  readonly trafficClass: number;
}

const SCHEMA = {
  type: 'object',
  properties: {
    group: {
      type: 'integer',
      minimum: 1,
      maximum: 16_777_215,
      description: 'Number of the reduce or cells group.',
    },
    encapsulation: { enum: ['nsh', 'mpls'], description: 'How its packets travel between switches.' },
    spi: {
      type: 'integer',
      minimum: 0,
      maximum: 16_777_215,
      description: 'NSH: service path identifier. Default: the number of the group.',
    },
    si: { type: 'integer', minimum: 0, maximum: 255, default: 255, description: 'NSH: service index.' },
    trafficClass: {
      type: 'integer',
      minimum: 0,
      maximum: 7,
      default: 0,
      description: 'MPLS: traffic class.',
    },
    ttlMs: {
      type: 'integer',
      minimum: 0,
      maximum: 86_400_000,
      default: 0,
      description: 'It goes when it is not put again within so many milliseconds; 0 = it stays.',
    },
  },
  required: ['group', 'encapsulation'],
  additionalProperties: false,
} as const satisfies JsonSchema;

export interface EncapsulationsOptions {
  readonly topology: Topology;
  readonly paths: () => Paths;
  readonly store: Store;
  readonly clock: Clock;
  /** What the program of each switch has. Default: everything. */
  readonly profileOf?: ProfileOf;
  readonly groupOf: (id: number) => Group | undefined;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/** Which groups' packets travel inside NSH or behind an MPLS label, and from them the proxy roles of every switch. */
export class Encapsulations {
  readonly collection: LeasedCollection<EncapsulationSpec>;
  readonly #options: EncapsulationsOptions;
  readonly #byGroup = new Map<number, Numbered<EncapsulationSpec>>();
  /** Switches that hold something for a group. */
  readonly #held = new Map<number, ReadonlySet<string>>();

  constructor(options: EncapsulationsOptions) {
    this.#options = options;
    this.collection = new LeasedCollection<EncapsulationSpec>({
      ...options,
      kind: 'encapsulations',
      summary: 'Groups whose packets travel inside NSH or behind an MPLS label between switches.',
      schema: SCHEMA,
      prefix: 'encapsulation/',
      most: MAX_ENCAPSULATIONS,
      check: (name, { group }) => {
        const { profileOf, topology } = options;
        if (profileOf !== undefined) requireFeature('encapsulations', topology.switches.keys(), profileOf);
        const other = this.#byGroup.get(group);
        if (other !== undefined && other.name !== name) {
          throw new ControllerError(
            'CONFLICT',
            `encapsulation '${other.name}' is for group ${group} as well`,
          );
        }
      },
      status: ({ spec }) => ({ switches: [...(this.#held.get(spec.group) ?? [])] }),
      onChanged: (before, after) => {
        if (before !== undefined) this.#byGroup.delete(before.spec.group);
        if (after !== undefined) this.#byGroup.set(after.spec.group, after);
        for (const id of new Set([before?.spec.group, after?.spec.group])) {
          if (id !== undefined) this.groupChanged(id);
        }
      },
    });
  }

  /** A group came, moved or went, or the paths did: the proxies follow. */
  groupChanged(id: number): void {
    const { topology, paths, groupOf, profileOf, onEntries } = this.#options;
    const thing = this.#byGroup.get(id);
    const group = groupOf(id);
    const entries =
      thing === undefined || group === undefined
        ? new Map<string, Entity[]>()
        : proxyEntries(topology, paths(), group, {
            kind: thing.spec.encapsulation,
            spi: thing.spec.spi ?? id,
            si: thing.spec.si,
            trafficClass: thing.spec.trafficClass,
            number: thing.number,
          });
    for (const name of new Set([...(this.#held.get(id) ?? []), ...entries.keys()])) {
      const isAble = profileOf?.(name).features.encapsulations !== false;
      onEntries(name, `encapsulation/${id}`, isAble ? (entries.get(name) ?? []) : []);
    }
    if (entries.size === 0) this.#held.delete(id);
    else this.#held.set(id, new Set(entries.keys()));
  }
}
