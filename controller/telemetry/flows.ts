import type { FabricKey, Name } from '../../wire/index.js';
import type { Clock } from '../clock.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import { type DataValue, type Entity, Signal } from '../p4runtime/index.js';
import { FLOW_DIGEST } from '../policy/program.js';

/** A flow of a sticky service that is over, as the leaf its requests entered by has counted it. */
export interface FinishedFlow {
  /** Counts from 1 since the controller started. */
  readonly number: number;
  readonly switch: string;
  /** What was called and who called, where the controller knows the names; those of services and hosts. */
  readonly destination: string | undefined;
  readonly source: string | undefined;
  /** The service that was called, where its name is known or covers what was called. */
  readonly service: string | undefined;
  /** The names' digests, 64 hexadecimal digits. */
  readonly destinationDigest: string;
  readonly sourceDigest: string;
  /** Requests, repeated ones counted again; bytes of their frames. */
  readonly packets: number;
  readonly bytes: number;
  /** When the controller heard of it, on its clock, microseconds. */
  readonly reportedAtUs: number;
}

export interface FlowsOptions {
  readonly key: FabricKey;
  readonly clock: Clock;
  readonly services: () => readonly { readonly name: Name }[];
  readonly hosts: () => readonly { readonly name: Name }[];
  /** Whether any policy makes flows keep their instance. */
  readonly isSticky: () => boolean;
  /** As of SwitchSession.want, for all leaves alike. */
  readonly onLeaves: (section: string, entities: readonly Entity[]) => void;
  readonly onFlow: (flow: FinishedFlow) => void;
  readonly onError: (error: unknown) => void;
}

/** How many flows are kept, the newest. */
const KEPT = 1000;
const DIGEST_BITS = 256;
const COMPONENT_BITS = 32;

/** Reports are at most 10 ms late, and repeated when unacknowledged for a second. */
const FLOW_REPORTS: readonly Entity[] = [
  {
    kind: 'digest',
    digest: FLOW_DIGEST,
    maxTimeoutNs: 10_000_000,
    maxListSize: 64,
    ackTimeoutNs: 1_000_000_000,
  },
];

/**
 * Flows of sticky services that are over, with what they came to. Switches tell of them while a policy with stickiness is
 * in force: a flow when its cell is taken by the next one, of the same two names or of others.
 */
export class Flows implements Collection {
  readonly kind = 'flows';
  readonly summary =
    'Flows of sticky services that are over, with their packets and bytes; the newest 1,000.';
  readonly schema: JsonSchema = {
    type: 'object',
    description: 'Nothing can be put: flows are what switches have counted.',
  };
  readonly #options: FlowsOptions;
  readonly #kept = new Map<string, FinishedFlow>();
  readonly #changes: Signal<ResourceChange>;
  #last = 0;

  constructor(options: FlowsOptions) {
    this.#options = options;
    this.#changes = new Signal(options.onError);
  }

  /** Switches report flows as long as there is a policy that has any. */
  policiesChanged(): void {
    this.#options.onLeaves('policy/flow-reports', this.#options.isSticky() ? FLOW_REPORTS : []);
  }

  /** Samples of `flow_over_t` a switch has sent. */
  ended(switchName: string, samples: readonly DataValue[]): void {
    const services = this.#digests(this.#options.services());
    const hosts = this.#digests(this.#options.hosts());
    for (const sample of samples) {
      const fields = sample as { readonly [field: string]: DataValue };
      const numberOf = (field: string) => BigInt(String(fields[field] ?? 0));
      const [dst, src] = [numberOf('dst'), numberOf('src')];
      this.#last += 1;
      const flow: FinishedFlow = {
        number: this.#last,
        switch: switchName,
        destination: services.get(dst),
        source: hosts.get(src) ?? services.get(src),
        service: covering(services, dst),
        destinationDigest: hex(dst),
        sourceDigest: hex(src),
        packets: Number(numberOf('packets')),
        bytes: Number(numberOf('bytes')),
        reportedAtUs: this.#options.clock.now(),
      };
      this.#keep(flow);
    }
  }

  /** Oldest first. */
  list(): readonly Resource[] {
    return [...this.#kept.values()].map(describe);
  }

  get(name: string): Resource | undefined {
    const flow = this.#kept.get(name);
    return flow === undefined ? undefined : describe(flow);
  }

  put(name: string): Promise<Resource> {
    return Promise.reject(
      new ControllerError(
        'BAD_REQUEST',
        `flow '${name}' cannot be put: flows are what switches have counted`,
      ),
    );
  }

  /** Forgets one. */
  async delete(name: string): Promise<void> {
    if (!this.#kept.delete(name))
      throw new ControllerError('NOT_FOUND', `no flow '${name}' among those kept`);
    this.#changes.emit({ kind: this.kind, type: 'delete', name });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #keep(flow: FinishedFlow): void {
    const name = String(flow.number);
    this.#kept.set(name, flow);
    if (this.#kept.size > KEPT) {
      const [oldest = ''] = this.#kept.keys();
      this.#kept.delete(oldest);
      this.#changes.emit({ kind: this.kind, type: 'delete', name: oldest });
    }
    this.#changes.emit({ kind: this.kind, type: 'put', name });
    this.#options.onFlow(flow);
  }

  #digests(all: readonly { readonly name: Name }[]): Map<bigint, string> {
    return new Map(all.map(({ name }) => [name.digest(this.#options.key).toBigInt(), name.text]));
  }
}

/** The longest of the names whose components a digest begins with. */
function covering(names: ReadonlyMap<bigint, string>, digest: bigint): string | undefined {
  for (let rest = 0; rest < DIGEST_BITS; rest += COMPONENT_BITS) {
    const prefix = (digest >> BigInt(rest)) << BigInt(rest);
    const name = names.get(prefix);
    if (name !== undefined) return name;
  }
  return undefined;
}

function describe(flow: FinishedFlow): Resource {
  const { number, destination, source, service, ...rest } = flow;
  const status = {
    destination: destination ?? null,
    source: source ?? null,
    service: service ?? null,
    ...rest,
  };
  return { name: String(number), spec: {}, status };
}

function hex(digest: bigint): string {
  return digest.toString(16).padStart(DIGEST_BITS / 4, '0');
}
