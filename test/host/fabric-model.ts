import {
  decodeNamed,
  encodeNamed,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  NackReason,
  type NamedPacket,
  namesOf,
  PacketType,
  REGISTRY_NAME,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import type { Datagram, SimNetwork } from './sim-network.js';

export const SERVICE_ADDRESS = '10.255.0.1';

interface Instance {
  readonly id: number;
  readonly service: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly ttlMs: number;
  expires: number;
}

interface Channel {
  /** Until when, by address. */
  readonly publishers: Map<string, number>;
  readonly subscribers: Map<
    string,
    { readonly address: string; readonly port: number; readonly until: number }
  >;
}

/** Swaps a packet into its answer, as a switch does: digests, not text. */
export function turnAround(packet: NamedPacket, change: Partial<NamedPacket>): NamedPacket {
  return {
    ...packet,
    flags: packet.flags ^ FLAG_SWAPPED,
    dst: packet.src,
    src: packet.dst,
    dstComponents: packet.srcComponents,
    srcComponents: packet.dstComponents,
    payload: new Uint8Array(0),
    kv: undefined,
    ...change,
  };
}

/** Names as the fabric handles them: registry, leases, spreading over instances, Nacks. One node, at the end of a hop. */
export class FabricModel {
  readonly network: SimNetwork;
  readonly instances = new Map<number, Instance>();
  readonly attached = new Map<string, string>();
  /** Requests the registry answered, by operation. */
  readonly registryCalls: string[] = [];
  registryUp = true;
  /** What the registry hands out to whoever attaches or registers under a name. */
  grants: ((name: string) => readonly object[]) | undefined;
  /** Sees every named packet, resolved or not; returning true keeps it from going on. */
  intercept: ((packet: NamedPacket, datagram: Datagram) => boolean) | undefined;
  readonly channels = new Map<string, Channel>();
  #nextInstance = 1;

  constructor(network: SimNetwork) {
    this.network = network;
    network.route = (datagram) => this.route(datagram);
  }

  route(datagram: Datagram): void {
    if (datagram.dstPort !== UDP_PORT_NAMED && datagram.srcPort !== UDP_PORT_NAMED) {
      this.network.deliver(datagram);
      return;
    }
    const packet = decodeNamed(datagram.bytes);
    if (this.intercept?.(packet, datagram) === true) return;
    this.forward(packet, datagram);
  }

  /** Forwards as the name or, where that is resolved, the address says. */
  forward(packet: NamedPacket, datagram: Datagram): void {
    if ((packet.flags & FLAG_RESOLVED) !== 0) {
      this.network.deliver({ ...datagram, bytes: encodeNamed(packet) });
      return;
    }
    const name = namesOf(packet).dst.text;
    if (name === REGISTRY_NAME) {
      if (this.registryUp) this.#registry(packet, datagram);
      return;
    }
    const channel = this.channels.get(name);
    if (channel !== undefined) {
      this.#replicate(channel, packet, datagram);
      return;
    }
    const attached = this.attached.get(name);
    if (attached !== undefined) {
      const flags = packet.flags | FLAG_RESOLVED;
      this.network.deliver({ ...datagram, bytes: encodeNamed({ ...packet, flags }), dst: attached });
      return;
    }
    const instance = this.#choose(name, packet);
    if (instance === undefined) {
      this.answer(packet, datagram, { type: PacketType.NACK, reason: NackReason.NO_ROUTE });
      return;
    }
    const resolved = { ...packet, flags: packet.flags | FLAG_RESOLVED, instance: instance.id };
    this.network.deliver({
      ...datagram,
      bytes: encodeNamed(resolved),
      dst: instance.address,
      dstPort: instance.port,
    });
  }

  /** Sends an answer of the fabric's own back to where a request came from. */
  answer(packet: NamedPacket, datagram: Datagram, change: Partial<NamedPacket>): void {
    this.network.deliver({
      bytes: encodeNamed(turnAround(packet, change)),
      src: datagram.dst,
      srcPort: datagram.dstPort,
      dst: datagram.src,
      dstPort: datagram.srcPort,
    });
  }

  /** Makes a route without the registry. */
  addRoute(service: string, address: string): number {
    const id = this.#nextInstance++;
    const expires = Number.POSITIVE_INFINITY;
    this.instances.set(id, { id, service, address, port: UDP_PORT_NAMED, weight: 1, ttlMs: 0, expires });
    return id;
  }

  #replicate(channel: Channel, packet: NamedPacket, datagram: Datagram): void {
    const now = this.network.now();
    if ((channel.publishers.get(datagram.src) ?? 0) <= now) return;
    const bytes = encodeNamed({ ...packet, flags: packet.flags | FLAG_RESOLVED });
    for (const { address, port, until } of channel.subscribers.values()) {
      // None back to where it came from.
      if (until <= now || address === datagram.src) continue;
      this.network.deliver({ ...datagram, bytes, dst: address, dstPort: port });
    }
  }

  #channelOp(op: string, request: Map<string, unknown>): object {
    const name = String(request.get('name'));
    const address = String(request.get('address'));
    const port = Number(request.get('port'));
    const ttlMs = Number(request.get('ttl_ms'));
    const until = this.network.now() + ttlMs * 1000;
    const channel = this.channels.get(name);
    if (op === 'publish') {
      const made = channel ?? { publishers: new Map(), subscribers: new Map() };
      made.publishers.set(address, until);
      this.channels.set(name, made);
    } else if (channel === undefined) return { ok: false, code: 'NOT_FOUND', message: `no channel ${name}` };
    else if (op === 'subscribe') channel.subscribers.set(`${address}:${port}`, { address, port, until });
    else if (op === 'unsubscribe') channel.subscribers.delete(`${address}:${port}`);
    else channel.publishers.delete(address);
    return { ok: true, ttl_ms: ttlMs };
  }

  #choose(name: string, packet: NamedPacket): Instance | undefined {
    for (let prefix = name; prefix !== ''; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
      const live = [...this.instances.values()].filter(
        (i) => i.service === prefix && i.expires > this.network.now(),
      );
      const slots = live.flatMap((i) => new Array<Instance>(i.weight).fill(i));
      if (slots.length > 0) {
        const hash = Math.imul(packet.requestId + 7919 * packet.attempt, 0x9e3779b1) >>> 8;
        return slots[hash % slots.length];
      }
    }
    return undefined;
  }

  #registry(packet: NamedPacket, datagram: Datagram): void {
    const request = new Map<string, unknown>(
      Object.entries(JSON.parse(new TextDecoder().decode(packet.payload))),
    );
    const op = String(request.get('op'));
    this.registryCalls.push(op);
    const reply = this.#serve(op, request);
    const payload = new TextEncoder().encode(JSON.stringify(reply));
    this.answer(packet, datagram, { type: PacketType.SERVICE_DATA, payload });
  }

  #serve(op: string, request: Map<string, unknown>): object {
    const now = this.network.now();
    const id = Number(request.get('instance'));
    switch (op) {
      case 'attach':
        this.attached.set(String(request.get('name')), String(request.get('address')));
        return { ok: true, credentials: this.grants?.(String(request.get('name'))) };
      case 'register': {
        const ttlMs = Number(request.get('ttl_ms'));
        const service = String(request.get('service'));
        const address = String(request.get('address'));
        if (service === '/forbidden') return { ok: false, code: 'PREFIX_DENIED', message: 'not yours' };
        // A repeated registration is the same instance.
        const known = [...this.instances.values()].find(
          (i) => i.service === service && i.address === address,
        );
        const instance = {
          id: known?.id ?? this.#nextInstance++,
          service,
          address,
          port: Number(request.get('port')),
          weight: Number(request.get('weight')),
          ttlMs,
          expires: now + ttlMs * 1000,
        };
        this.instances.set(instance.id, instance);
        return { ok: true, instance: instance.id, ttl_ms: ttlMs, credentials: this.grants?.(service) };
      }
      case 'renew': {
        const instance = this.instances.get(id);
        if (instance === undefined || instance.expires <= now) {
          return { ok: false, code: 'UNKNOWN_INSTANCE', message: `no instance ${id}` };
        }
        instance.expires = now + instance.ttlMs * 1000;
        return { ok: true, ttl_ms: instance.ttlMs };
      }
      case 'publish':
      case 'unpublish':
      case 'subscribe':
      case 'unsubscribe':
        return this.#channelOp(op, request);
      case 'deregister':
        this.instances.delete(id);
        return { ok: true };
      default:
        return { ok: false, code: 'BAD_OP', message: op };
    }
  }
}
