import type { Name, NamedPacket } from '../wire/index.js';
import type { Service } from './service.js';

/** The services of a host: the longest name that covers a packet takes it. */
export class ServiceTable {
  readonly #services: Service[] = [];

  has(name: Name): boolean {
    return this.#services.some((service) => service.name.equals(name));
  }

  add(service: Service): void {
    this.#services.push(service);
    // The most specific name first, so that the first that covers a packet is the longest match.
    this.#services.sort((a, b) => b.name.components.length - a.name.components.length);
  }

  remove(service: Service): void {
    const at = this.#services.indexOf(service);
    if (at >= 0) this.#services.splice(at, 1);
  }

  /** Who takes a packet to its destination's name. */
  covering(packet: NamedPacket): Service | undefined {
    return this.#services.find((service) => service.covers(packet));
  }

  all(): readonly Service[] {
    return [...this.#services];
  }
}
