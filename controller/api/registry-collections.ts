import { formatIpv4 } from '../../wire/index.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import { Signal } from '../p4runtime/index.js';
import { parseIPv4 } from '../p4runtime/values.js';
import type {
  AttachedHost,
  Instance,
  Registration,
  Registry,
  RegistryEvent,
  Service,
} from '../registry/registry.js';
import type { Json } from '../store/store.js';
import { compileSpec } from '../validate.js';
import { toJson } from './json.js';

const NAME_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^/',
  maxLength: 255,
  description: 'hierarchical name, for example /shop/cart',
};
const ADDRESS_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^\\d{1,3}(\\.\\d{1,3}){3}$',
  description: 'IPv4 address of a host of the fabric',
};
const PORT_SCHEMA: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: 65_535,
  description: 'UDP port requests are taken on',
};

/** What an instance says of itself when it registers, but for where it is. */
const TRAITS: JsonSchema = {
  weight: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 1,
    description: 'share of the calls, relative to other instances',
  },
  ttlMs: {
    type: 'integer',
    minimum: 100,
    maximum: 3_600_000,
    default: 10_000,
    description: 'length of the lease in milliseconds; without renewal in time the instance is taken out',
  },
  version: {
    type: 'string',
    pattern: '^[A-Za-z0-9._-]{1,63}$',
    description: 'version of the service it runs; policies split by it',
  },
  tags: {
    type: 'object',
    maxProperties: 16,
    additionalProperties: { type: 'string', maxLength: 255 },
    description: 'what the registry notes of it, by key',
  },
  locator: {
    type: 'string',
    maxLength: 255,
    description: 'where it is, in whatever terms its operators use',
  },
  load: {
    type: 'number',
    minimum: 0,
    description: 'share of its capacity in use, 0 to 1, more where it is overloaded',
  },
};

/** Of the body of a registration. */
export const REGISTRATION_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['service', 'address', 'port'],
  properties: { service: NAME_SCHEMA, address: ADDRESS_SCHEMA, port: PORT_SCHEMA, ...TRAITS },
};

interface RegistrationSpec extends Omit<Registration, 'address'> {
  readonly address: string;
}

const readRegistration = compileSpec<RegistrationSpec>('registration', REGISTRATION_SCHEMA);

/** Reads a registration as the API has it. Throws ControllerError BAD_REQUEST. */
export function parseRegistration(spec: Json): Registration {
  const { address, ...rest } = readRegistration(spec);
  return { ...rest, address: parseAddress(address) };
}

function parseAddress(text: string): number {
  const address = parseIPv4(text);
  if (address !== undefined) return address;
  throw new ControllerError('BAD_REQUEST', `/address is '${text}', which is no IPv4 address`);
}

export function describeInstance({ address, ...rest }: Instance): Json {
  return toJson({ ...rest, address: formatIpv4(address) });
}

export function describeService({ name, number, instances }: Service): Json {
  return { name: name.text, number, instances: instances.map(describeInstance) };
}

/** `10.0.1.1:7000/shop/cart`: an instance is known by where it is and what it serves. */
function instanceName({ address, port, service }: Pick<Instance, 'address' | 'port' | 'service'>): string {
  return `${formatIpv4(address)}:${port}${service}`;
}

/** Instances as a collection: putting one registers or renews it. */
export class InstanceCollection implements Collection {
  readonly kind = 'instances';
  readonly summary =
    'Running instances of services; a name is ADDRESS:PORT/SERVICE, putting it again renews its lease';
  readonly schema: JsonSchema = { type: 'object', additionalProperties: false, properties: TRAITS };
  readonly #registry: Registry;
  readonly #changes = new Signal<ResourceChange>(() => undefined);
  readonly #read: (spec: Json) => Omit<Registration, 'service' | 'address' | 'port'>;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#read = compileSpec(this.kind, this.schema);
  }

  /** The registry's events are passed on to whoever watches. */
  happened(event: RegistryEvent): void {
    if (event.kind === 'attached' || event.kind === 'forgotten') return;
    const type = event.kind === 'registered' || event.kind === 'changed' ? 'put' : 'delete';
    this.#changes.emit({ kind: this.kind, type, name: instanceName(event.instance) });
  }

  list(): readonly Resource[] {
    return this.#registry.services().flatMap(({ instances }) => instances.map(instanceResource));
  }

  get(name: string): Resource | undefined {
    const instance = this.#find(name);
    return instance === undefined ? undefined : instanceResource(instance);
  }

  async put(name: string, spec: Json): Promise<Resource> {
    const instance = await this.#registry.register({ ...this.#read(spec), ...parseInstanceName(name) });
    return instanceResource(instance);
  }

  async delete(name: string): Promise<void> {
    const instance = this.#find(name);
    if (instance === undefined) throw new ControllerError('NOT_FOUND', `no instance '${name}' is registered`);
    await this.#registry.deregister(instance.id);
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #find(name: string): Instance | undefined {
    const at = parseInstanceName(name);
    return this.#registry
      .lookup(at.service)
      ?.instances.find(({ address, port }) => address === at.address && port === at.port);
  }
}

function parseInstanceName(name: string): Pick<Registration, 'service' | 'address' | 'port'> {
  const match = /^([\d.]+):(\d{1,5})(\/.+)$/.exec(name);
  const [, address = '', port = '', service = ''] = match ?? [];
  if (match === null) {
    throw new ControllerError(
      'BAD_REQUEST',
      `'${name}' names no instance; give ADDRESS:PORT/SERVICE, for example 10.0.1.1:7000/shop/cart`,
    );
  }
  return { service, address: parseAddress(address), port: Number(port) };
}

function instanceResource(instance: Instance): Resource {
  const { id, service, address, port, ...spec } = instance;
  return {
    name: instanceName(instance),
    spec: toJson(spec),
    status: { id, service, address: formatIpv4(address), port },
  };
}

/** Services as a collection to look at: they come with their first instance, and go a while after their last. */
export class ServiceCollection implements Collection {
  readonly kind = 'services';
  readonly summary =
    'Names that instances serve; a service comes with its first instance, and goes a while after its last';
  readonly schema: JsonSchema = { type: 'object', additionalProperties: false, properties: {} };
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  list(): readonly Resource[] {
    return this.#registry.services().map(serviceResource);
  }

  get(name: string): Resource | undefined {
    const service = this.#registry.lookup(name);
    return service === undefined ? undefined : serviceResource(service);
  }

  async put(name: string): Promise<Resource> {
    throw new ControllerError(
      'NOT_POSSIBLE',
      `'${name}': a service comes with its first instance; register one`,
    );
  }

  async delete(name: string): Promise<void> {
    const service = this.#registry.lookup(name);
    if (service === undefined) throw new ControllerError('NOT_FOUND', `no service '${name}' was registered`);
    for (const { id } of service.instances) await this.#registry.deregister(id);
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#registry.watch('/', ({ name, number }) =>
      listener({ kind: this.kind, type: number === 0 ? 'delete' : 'put', name: name.text }),
    );
  }
}

function serviceResource(service: Service): Resource {
  return {
    name: service.name.text,
    spec: {},
    status: { number: service.number, instances: service.instances.map(describeInstance) },
  };
}

interface HostPlace {
  readonly address: string;
  readonly port: number;
}

/** Hosts reachable by a name of their own. */
export class HostCollection implements Collection {
  readonly kind = 'hosts';
  readonly summary = 'Hosts reachable by a name of their own, such as /host/h1; putting one again moves it';
  readonly schema: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    required: ['address', 'port'],
    properties: { address: ADDRESS_SCHEMA, port: PORT_SCHEMA },
  };
  readonly #registry: Registry;
  readonly #changes = new Signal<ResourceChange>(() => undefined);
  readonly #read: (spec: Json) => HostPlace;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#read = compileSpec(this.kind, this.schema);
  }

  happened(event: RegistryEvent): void {
    if (event.kind !== 'attached') return;
    this.#changes.emit({ kind: this.kind, type: 'put', name: event.host.name.text });
  }

  list(): readonly Resource[] {
    return this.#registry.hosts().map(hostResource);
  }

  get(name: string): Resource | undefined {
    const host = this.#registry.hosts().find((candidate) => candidate.name.text === name);
    return host === undefined ? undefined : hostResource(host);
  }

  async put(name: string, spec: Json): Promise<Resource> {
    const { address, port } = this.#read(spec);
    return hostResource(await this.#registry.attach(name, parseAddress(address), port));
  }

  async delete(name: string): Promise<void> {
    throw new ControllerError('NOT_POSSIBLE', `'${name}': a host's name stays with it; put it to move it`);
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }
}

function hostResource({ name, number, address, port }: AttachedHost): Resource {
  return { name: name.text, spec: { address: formatIpv4(address), port }, status: { number } };
}
