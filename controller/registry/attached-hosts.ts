import type { Name } from '../../wire/index.js';
import { checkPort, refuseReserved } from './checks.js';
import type { Naming } from './naming.js';
import type { Numbers } from './numbers.js';
import { absent, keys } from './records.js';
import type { AttachedHost, RegistryEvent } from './types.js';

export interface AttachedHostsOptions {
  readonly naming: Naming;
  readonly numbers: Numbers;
  /** Throws where there is no room for one more, or the name is somebody else's. */
  readonly checkNew: (name: Name) => void;
  readonly onHost: (host: AttachedHost) => void;
  readonly onEvent: (event: RegistryEvent) => void;
}

/** Hosts that can be reached by a name of their own. */
export class AttachedHosts {
  readonly #options: AttachedHostsOptions;
  readonly #hosts = new Map<string, AttachedHost>();

  constructor(options: AttachedHostsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#hosts.size;
  }

  has(name: string): boolean {
    return this.#hosts.has(name);
  }

  all(): IterableIterator<AttachedHost> {
    return this.#hosts.values();
  }

  /** What the store held when the controller started; who is to hear of it is told later. */
  restored(host: AttachedHost): void {
    this.#options.naming.told(host.name);
    this.#known(host);
  }

  /** Another controller has attached a host. */
  told(host: AttachedHost): void {
    if (!this.#hosts.has(host.name.text)) this.#options.naming.told(host.name);
    this.#known(host);
    this.#attached(host);
  }

  /** See Registry.attach; one call at a time for each name. */
  async attach(name: Name, address: number, port: number): Promise<AttachedHost> {
    checkPort(port);
    refuseReserved(name);
    const { naming, numbers, checkNew } = this.#options;
    const known = this.#hosts.get(name.text);
    if (known !== undefined && known.address === address && known.port === port) return known;
    if (known === undefined) checkNew(name);
    // Taken before the store has it, so that no other name takes it meanwhile; a refused one is not used again.
    const number = known?.number ?? numbers.nextHost();
    const host: AttachedHost = { name, number, address, port };
    const key = keys.host(number);
    await naming.commit(
      known === undefined ? name : undefined,
      number,
      [{ key, value: { name: name.text, number, address, port } }],
      known === undefined ? absent(key) : [],
    );
    this.#hosts.set(name.text, host);
    this.#attached(host);
    return host;
  }

  #known(host: AttachedHost): void {
    this.#hosts.set(host.name.text, host);
    this.#options.numbers.hostKnown(host.number);
  }

  #attached(host: AttachedHost): void {
    this.#options.onHost(host);
    this.#options.onEvent({ kind: 'attached', host });
  }
}
