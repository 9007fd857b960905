import type { Name } from '../../wire/index.js';
import type { JsonSchema, Resource } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Topology } from '../fabric/topology.js';
import { parseName } from '../registry/checks.js';
import type { Json } from '../store/store.js';
import { type Made, StoredCollection, type StoredOptions } from '../stored-collection.js';
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

export interface GrantsOptions extends StoredOptions {
  readonly topology: Topology;
  /** Throws ControllerError NO_ROOM where the switches cannot take a grant as well. */
  readonly checkRoom: (grant: Grant) => void;
  readonly onChanged: () => void;
}

/** A grant, and what it was put as. */
interface Held {
  readonly spec: GrantSpec;
  readonly grant: Grant;
}

/** Which attachments and credentials may use which prefixes of names as their own. */
export class Grants extends StoredCollection<Held> {
  readonly kind = 'grants';
  readonly summary = 'Which prefix of names a host, a port or a credential may use as its own.';
  readonly schema = SCHEMA;
  readonly #options: GrantsOptions;

  constructor(options: GrantsOptions) {
    super(PREFIX, options);
    this.#options = options;
  }

  grants(): Grant[] {
    return [...this.all()].map(({ grant }) => grant);
  }

  /** Throws ControllerError BAD_REQUEST or NO_ROOM. */
  protected make(name: string, json: Json): Made<Held> {
    const thing = this.read(name, json);
    this.#options.checkRoom(thing.grant);
    return { thing };
  }

  protected read(name: string, value: Json): Held {
    const spec = parse(value);
    return { spec, grant: this.#grantOf(name, spec) };
  }

  protected write({ spec }: Held): Json {
    return spec as unknown as Json;
  }

  protected describe(name: string, { spec, grant: { to } }: Held): Resource {
    const status = to.kind === 'port' ? { switch: to.switch, port: to.port } : null;
    return { name, spec: spec as unknown as Json, status };
  }

  protected changed(): void {
    // What follows, follows from all of them.
  }

  protected override followed(): void {
    this.#options.onChanged();
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
