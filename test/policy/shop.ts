import { readFileSync } from 'node:fs';
import { type ControllerEvent, parseTopology } from '../../controller/index.js';
import type { Json } from '../../controller/store/store.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { packagePath } from '../../experiments/package-path.js';
import { type CallOptions, HostError, type ServeOptions, type Service } from '../../host/index.js';
import { nackReasonName } from '../../wire/index.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** One spine, two leaves; clients h1 and h2 behind leaf1, servers h3 and h4 behind leaf2. */
export class Shop {
  readonly fabric: EmulatedFabric;
  readonly refused: ControllerEvent[];
  /** Requests that reached each host. */
  readonly served = new Map<string, number>();

  private constructor(fabric: EmulatedFabric, refused: ControllerEvent[]) {
    this.fabric = fabric;
    this.refused = refused;
  }

  /** `admission` is the fabric's: what source names are held to at edge ports. */
  static async open(seed = 7, admission: 'off' | 'names' = 'off'): Promise<Shop> {
    const file = readFileSync(packagePath('experiments/topologies/small.yaml'), 'utf8');
    const yaml = file.replace('fabric:\n', `fabric:\n  admission: ${admission}\n`);
    const refused: ControllerEvent[] = [];
    const fabric = await EmulatedFabric.start({
      topology: parseTopology(yaml),
      seed,
      log: (event) => {
        if (event.kind === 'refused' || event.kind === 'error') refused.push(event);
      },
    });
    return new Shop(fabric, refused);
  }

  close(): Promise<void> {
    return this.fabric.close();
  }

  /** Serves a name on a host; answers tell which host it was. */
  serve(name: string, host: string, options: ServeOptions = {}, fails = () => false): Promise<Service> {
    return this.fabric.run(
      this.fabric.host(host).serve(
        name,
        () => {
          this.served.set(host, (this.served.get(host) ?? 0) + 1);
          if (fails()) throw new Error('out of order');
          return utf8.encode(host);
        },
        { ttlMs: 60_000, ...options },
      ),
    );
  }

  stop(...services: Service[]): Promise<unknown> {
    return this.fabric.run(Promise.all(services.map((service) => service.stop())));
  }

  /** What a call comes to: the host that answered, a Nack's reason, or TIMEOUT. */
  async outcome(from: string, name: string, options: CallOptions = {}): Promise<string> {
    try {
      const { payload } = await this.fabric
        .host(from)
        .call(name, utf8.encode('?'), { attempts: 1, deadlineUs: 100_000, ...options });
      return text.decode(payload);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return error.code === 'NACK' ? nackReasonName(error.reason) : error.code;
    }
  }

  call(from: string, name: string, options: CallOptions = {}): Promise<string> {
    return this.fabric.run(this.outcome(from, name, options));
  }

  /** Outcomes of calls one after another, by how often each came. */
  async calls(
    from: string,
    name: string,
    count: number,
    options: CallOptions = {},
  ): Promise<Map<string, number>> {
    const outcomes = new Map<string, number>();
    const all = async () => {
      for (let i = 0; i < count; i++) {
        const outcome = await this.outcome(from, name, options);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    };
    await this.fabric.run(all());
    return outcomes;
  }

  /** Puts a policy, and waits until every switch has it. */
  async policy(name: string, spec: Json): Promise<void> {
    await this.fabric.controller.policies.put(name, spec);
    await this.fabric.settle();
  }

  async without(name: string): Promise<void> {
    await this.fabric.controller.policies.delete(name);
    await this.fabric.settle();
  }
}

/** Whether `count` of `total` is within four standard deviations of `share`. */
export function isNear(count: number, total: number, share: number): boolean {
  return Math.abs(count - total * share) <= 4 * Math.sqrt(total * share * (1 - share));
}
