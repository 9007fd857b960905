import type {
  CallAnswer,
  CallLimits,
  HostAgent,
  KvAnswer,
  ServeRequest,
} from '../../controller/api/index.js';
import { ControllerError, type Topology } from '../../controller/index.js';
import { type Host, KvClient, type KvResult, KvServer, type Service } from '../../host/index.js';

type Json = Awaited<ReturnType<HostAgent['ping']>>;

const DEFAULT_DEADLINE_MS = 5000;
const utf8 = new TextEncoder();

/** A host of the fabric, acting for whoever asks the API. */
export class FabricHost implements HostAgent {
  readonly #host: Host;
  readonly #topology: Topology;
  readonly #served = new Map<string, { stop(): Promise<void> }>();

  constructor(host: Host, topology: Topology) {
    this.#host = host;
    this.#topology = topology;
  }

  async call(name: string, body: Uint8Array, limits: CallLimits): Promise<CallAnswer> {
    const { payload, instance, attempts, rttUs } = await this.#host.call(name, body, deadline(limits));
    return { payload, instance, attempts, rttUs };
  }

  async ping(name: string, limits: CallLimits): Promise<Json> {
    const { instance, attempts, rttUs } = await this.#host.ping(name, deadline(limits));
    return { instance, attempts, rttUs };
  }

  async trace(name: string, limits: CallLimits): Promise<Json> {
    const { deadlineUs } = deadline(limits);
    const steps = await this.#host.traceroute(name, { stepUs: Math.min(1e6, deadlineUs) });
    return steps.map((step) => {
      if (step.kind === 'switch') {
        const { switchId, rttUs } = step;
        return { kind: step.kind, switch: this.#switchOf(switchId), switchId: switchId ?? null, rttUs };
      }
      return { ...step };
    });
  }

  async kvGet(service: string, key: string, limits: CallLimits): Promise<KvAnswer> {
    return kvAnswer(await this.#kv(service, limits).get(key));
  }

  async kvPut(service: string, key: string, value: Uint8Array, limits: CallLimits): Promise<KvAnswer> {
    return kvAnswer(await this.#kv(service, limits).put(key, value));
  }

  async kvDelete(service: string, key: string, limits: CallLimits): Promise<KvAnswer> {
    return kvAnswer(await this.#kv(service, limits).delete(key));
  }

  async serve(name: string, request: ServeRequest): Promise<{ instance: number }> {
    await this.#served.get(name)?.stop();
    this.#served.delete(name);
    const { weight, version } = request;
    const options = { ...(weight !== undefined && { weight }), ...(version !== undefined && { version }) };
    if (request.kind === 'kv') {
      const server = await KvServer.start(this.#host, name, options);
      this.#served.set(name, server);
      return { instance: server.service?.instance ?? 0 };
    }
    const fixed = request.kind === 'answer' ? utf8.encode(request.answer ?? '') : undefined;
    const service: Service = await this.#host.serve(name, ({ payload }) => fixed ?? payload.slice(), options);
    this.#served.set(name, service);
    return { instance: service.instance };
  }

  async stop(name: string): Promise<void> {
    const service = this.#served.get(name);
    if (service === undefined) {
      throw new ControllerError('NOT_FOUND', `${this.#host.name} serves no '${name}'`);
    }
    this.#served.delete(name);
    await service.stop();
  }

  /** Gives back what it serves, and ends. */
  async close(): Promise<void> {
    await Promise.all([...this.#served.values()].map((service) => service.stop().catch(() => undefined)));
    this.#host.close();
  }

  #kv(service: string, limits: CallLimits): KvClient {
    return new KvClient(this.#host, service, deadline(limits));
  }

  #switchOf(id: number | undefined): string | null {
    for (const spec of this.#topology.switches.values()) if (spec.id === id) return spec.name;
    return null;
  }
}

function deadline({ deadlineMs = DEFAULT_DEADLINE_MS }: CallLimits): { deadlineUs: number } {
  return { deadlineUs: deadlineMs * 1000 };
}

function kvAnswer({ value, version, cached, rttUs }: KvResult): KvAnswer {
  return { value, version, cached, rttUs };
}
