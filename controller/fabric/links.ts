import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import { Signal } from '../p4runtime/index.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { compileSpec } from '../validate.js';
import { Paths } from './paths.js';
import type { LinkSpec, Topology } from './topology.js';

interface LinkWish {
  readonly admin: 'up' | 'down';
}

const SCHEMA = {
  type: 'object',
  properties: {
    admin: {
      enum: ['up', 'down'],
      default: 'up',
      description: 'down = no path leads over the link, whatever its state: for maintenance.',
    },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;

export interface LinksOptions {
  readonly topology: Topology;
  readonly store: Store;
  /** Paths are others: what follows from them must follow. */
  readonly onPaths: () => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/** A link, by the name `leaf1:11-spine1:1`. */
interface LinkState {
  readonly name: string;
  readonly link: LinkSpec;
  admin: 'up' | 'down';
  found: 'up' | 'down';
}

const PREFIX = 'link/';

/**
 * Which links of the fabric may be used, and the paths over them: those that probes find to carry packets, and that
 * nobody has taken out. It is in the store, so that a controller that starts anew, or another of the same fabric, adopts
 * what the switches hold instead of turning traffic back to a dead link.
 */
export class Links implements Collection {
  readonly kind = 'links';
  readonly summary =
    'Links between switches: taken out for maintenance or not, and whether they carry packets.';
  readonly schema: JsonSchema = SCHEMA;
  readonly #options: LinksOptions;
  readonly #parse = compileSpec<LinkWish>('links', SCHEMA);
  readonly #states = new Map<string, LinkState>();
  readonly #byLink = new Map<LinkSpec, LinkState>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;
  #paths: Paths;

  constructor(options: LinksOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
    for (const link of options.topology.links) {
      const state: LinkState = { name: linkName(link), link, admin: 'up', found: 'up' };
      this.#states.set(state.name, state);
      this.#byLink.set(link, state);
    }
    this.#paths = this.#makePaths();
  }

  /** Shortest paths over the links that may be used; another object after every change. */
  get paths(): Paths {
    return this.#paths;
  }

  /** A state is being made durable. */
  get busy(): boolean {
    return this.#serial.busy;
  }

  /** Takes back what a store holds. Returns the links that were found down. */
  restore(values: ReadonlyMap<string, Json>): LinkSpec[] {
    this.apply([...values].map(([key, value]) => ({ key, value })));
    return [...this.#states.values()].filter(({ found }) => found === 'down').map(({ link }) => link);
  }

  /** What another controller of the fabric has committed. */
  apply(changes: readonly StoreChange[]): void {
    let changed = false;
    for (const { key, value } of changes) {
      if (!key.startsWith(PREFIX)) continue;
      const state = this.#states.get(key.slice(PREFIX.length));
      if (state === undefined) continue;
      const record = (value ?? {}) as { readonly admin?: unknown; readonly found?: unknown };
      const [admin, found] = [direction(record.admin), direction(record.found)];
      if (state.admin === admin && state.found === found) continue;
      state.admin = admin;
      state.found = found;
      changed = true;
      this.#changes.emit({ kind: this.kind, type: 'put', name: state.name });
    }
    if (changed) this.#changed();
  }

  /** What probes say of a link. */
  found(link: LinkSpec, isUp: boolean): void {
    const state = this.#byLink.get(link);
    if (state === undefined) return;
    state.found = isUp ? 'up' : 'down';
    this.#changes.emit({ kind: this.kind, type: 'put', name: state.name });
    this.#changed();
    // Traffic does not wait for the store: after a restart the probes would find the same.
    this.#save(state).catch(this.#options.onError);
  }

  list(): readonly Resource[] {
    return [...this.#states.values()].map(describe);
  }

  get(name: string): Resource | undefined {
    const state = this.#states.get(name);
    return state === undefined ? undefined : describe(state);
  }

  async put(name: string, spec: Json): Promise<Resource> {
    const { admin } = this.#parse(spec);
    const state = this.#find(name);
    if (state.admin !== admin) {
      const before = state.admin;
      state.admin = admin;
      try {
        await this.#save(state);
      } catch (error) {
        state.admin = before;
        throw error;
      }
      this.#changes.emit({ kind: this.kind, type: 'put', name });
      this.#changed();
    }
    return describe(state);
  }

  /** Links are the topology file's: none can be deleted. */
  async delete(name: string): Promise<void> {
    this.#find(name);
    throw new ControllerError(
      'BAD_REQUEST',
      `link '${name}' is the topology's; put {"admin":"down"} instead`,
    );
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #find(name: string): LinkState {
    const state = this.#states.get(name);
    if (state !== undefined) return state;
    throw new ControllerError(
      'NOT_FOUND',
      `no link '${name}'; names are like ${[...this.#states.keys()][0]}`,
    );
  }

  #save(state: LinkState): Promise<void> {
    return this.#serial.run(state.name, () => {
      const { admin, found } = state;
      const value = admin === 'up' && found === 'up' ? undefined : { admin, found };
      return this.#options.store.commit([{ key: `${PREFIX}${state.name}`, value }]);
    });
  }

  #changed(): void {
    this.#paths = this.#makePaths();
    this.#options.onPaths();
  }

  #makePaths(): Paths {
    return new Paths(this.#options.topology, (link) => {
      const state = this.#byLink.get(link);
      return state === undefined || (state.admin === 'up' && state.found === 'up');
    });
  }
}

/** As in the API: `leaf1:11-spine1:1`. */
export function linkName({ a, b }: LinkSpec): string {
  return `${a.switch}:${a.port}-${b.switch}:${b.port}`;
}

function direction(value: unknown): 'up' | 'down' {
  return value === 'down' ? 'down' : 'up';
}

function describe({ name, admin, found }: LinkState): Resource {
  return { name, spec: { admin }, status: { found, used: admin === 'up' && found === 'up' } };
}
