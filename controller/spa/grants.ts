import { Name, WireError } from '../../wire/index.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Topology } from '../fabric/topology.js';
import { Signal } from '../p4runtime/index.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { compileSpec } from '../validate.js';

/** Who may use a prefix of names as its own: a port with hosts behind it, or whoever has a credential. */
export type Grantee =
  | { readonly kind: 'port'; readonly switch: string; readonly port: number }
  | { readonly kind: 'credential'; readonly credential: string };

export interface Grant {
  readonly name: string;
  readonly prefix: Name;
  readonly to: Grantee;
  /** At a port, the packets have to carry the tag of a credential; undefined = as the fabric says. */
  readonly tag: boolean | undefined;
}

interface GrantSpec {
  readonly prefix: string;
  readonly host?: string;
  readonly switch?: string;
  readonly port?: number;
  readonly credential?: string;
  readonly tag?: boolean;
}

const SCHEMA = {
  type: 'object',
  properties: {
    prefix: {
      type: 'string',
      minLength: 2,
      description: 'The names that may be used as source and registered: this one and all below it.',
    },
    host: { type: 'string', description: 'The host that may use them, at its port.' },
    switch: { type: 'string', description: 'With port, in place of host: the leaf.' },
    port: { type: 'integer', minimum: 1, maximum: 509, description: 'The port of that leaf.' },
    credential: {
      type: 'string',
      description: 'In place of host: the credential whose holders may use them.',
    },
    tag: {
      type: 'boolean',
      description:
        'At a port: whether packets need the tag of a credential. Default: as fabric.admission says.',
    },
  },
  required: ['prefix'],
  additionalProperties: false,
} as const satisfies JsonSchema;

const parse = compileSpec<GrantSpec>('grant', SCHEMA);
const PREFIX = 'spa/grant/';

export interface GrantsOptions {
  readonly topology: Topology;
  readonly store: Store;
  /** Throws ControllerError NO_ROOM where the switches cannot take a grant as well. */
  readonly checkRoom: (grant: Grant) => void;
  readonly onChanged: () => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/** Which attachments and credentials may use which prefixes of names as their own. */
export class Grants implements Collection {
  readonly kind = 'grants';
  readonly summary = 'Which prefix of names a host, a port or a credential may use as its own.';
  readonly schema = SCHEMA;
  readonly #options: GrantsOptions;
  readonly #specs = new Map<string, GrantSpec>();
  readonly #grants = new Map<string, Grant>();
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;

  constructor(options: GrantsOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what the store holds, of this collection. */
  apply(changes: readonly StoreChange[]): void {
    let isMine = false;
    for (const { key, value } of changes) {
      if (!key.startsWith(PREFIX)) continue;
      this.#set(key.slice(PREFIX.length), value === undefined ? undefined : parse(value));
      isMine = true;
    }
    if (isMine) this.#options.onChanged();
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  all(): Iterable<Grant> {
    return this.#grants.values();
  }

  list(): readonly Resource[] {
    return [...this.#specs.keys()].flatMap((name) => this.get(name) ?? []);
  }

  get(name: string): Resource | undefined {
    const spec = this.#specs.get(name);
    const grant = this.#grants.get(name);
    if (spec === undefined || grant === undefined) return undefined;
    const { to } = grant;
    const status = to.kind === 'port' ? { switch: to.switch, port: to.port } : null;
    return { name, spec: spec as unknown as Json, status };
  }

  /** Throws ControllerError BAD_REQUEST or NO_ROOM. */
  put(name: string, json: Json): Promise<Resource> {
    return this.#serial.run('', async () => {
      if (name === '' || name.length > 255) {
        throw new ControllerError(
          'BAD_REQUEST',
          `a grant's name has 1 to 255 characters, not ${name.length}`,
        );
      }
      const spec = parse(json);
      this.#options.checkRoom(this.#grantOf(name, spec));
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: spec as unknown as Json }]);
      this.#set(name, spec);
      this.#options.onChanged();
      this.#changes.emit({ kind: this.kind, type: 'put', name });
      return this.get(name) ?? { name, spec: json, status: null };
    });
  }

  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      if (!this.#specs.has(name)) throw new ControllerError('NOT_FOUND', `no grant '${name}'`);
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: undefined }]);
      this.#set(name, undefined);
      this.#options.onChanged();
      this.#changes.emit({ kind: this.kind, type: 'delete', name });
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #set(name: string, spec: GrantSpec | undefined): void {
    if (spec === undefined) {
      this.#specs.delete(name);
      this.#grants.delete(name);
    } else {
      this.#grants.set(name, this.#grantOf(name, spec));
      this.#specs.set(name, spec);
    }
  }

  #grantOf(name: string, spec: GrantSpec): Grant {
    const { tag } = spec;
    const prefix = parseName(spec.prefix);
    const given = [spec.host, spec.switch ?? spec.port, spec.credential].filter((each) => each !== undefined);
    if (given.length !== 1) {
      throw new ControllerError('BAD_REQUEST', 'grant: name one of host, switch and port, or credential');
    }
    if (spec.credential !== undefined) {
      return { name, prefix, tag, to: { kind: 'credential', credential: spec.credential } };
    }
    if (spec.host !== undefined) {
      const host = this.#options.topology.hosts.get(spec.host);
      if (host === undefined) {
        throw new ControllerError('BAD_REQUEST', `grant: /host '${spec.host}' is no host of the topology`);
      }
      return { name, prefix, tag, to: { kind: 'port', switch: host.switch, port: host.port } };
    }
    const at = this.#options.topology.switches.get(spec.switch ?? '');
    if (at?.role !== 'leaf' || spec.port === undefined) {
      throw new ControllerError(
        'BAD_REQUEST',
        'grant: /switch and /port must name a leaf and one of its ports',
      );
    }
    return { name, prefix, tag, to: { kind: 'port', switch: at.name, port: spec.port } };
  }
}

/** A name as people write it. Throws ControllerError BAD_REQUEST. */
export function parseName(text: string): Name {
  try {
    return Name.parse(text);
  } catch (error) {
    if (error instanceof WireError) throw new ControllerError('BAD_REQUEST', error.message, { cause: error });
    throw error;
  }
}
