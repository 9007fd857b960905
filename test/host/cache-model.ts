import {
  FLAG_SWAPPED,
  KV_CACHED,
  KV_DELETE,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_LARGE,
  KV_PUT,
  KV_STAMPED,
  type Kv,
  type NamedPacket,
  PacketType,
  toHex,
} from '../../wire/index.js';
import type { FabricModel } from './fabric-model.js';
import type { Datagram } from './sim-network.js';

interface Entry {
  readonly generation: number;
  version: number;
  valid: boolean;
  value: Uint8Array;
}

/** The cache of protocol section 3.8, at the one switch of a FabricModel, written from the text. */
export class CacheModel {
  readonly entries = new Map<string, Entry>();
  hits = 0;
  readonly #fabric: FabricModel;
  #generation = 0;

  constructor(fabric: FabricModel) {
    this.#fabric = fabric;
    fabric.intercept = (packet, datagram) => this.#see(packet, datagram);
  }

  /** What the controller does with a hot key: an entry of a new generation. */
  insert(key: Uint8Array): void {
    this.#generation = (this.#generation + 1) & 0xff;
    const entry = { generation: this.#generation, version: 0, valid: false, value: new Uint8Array(0) };
    this.entries.set(toHex(key), entry);
  }

  evict(key: Uint8Array): void {
    this.entries.delete(toHex(key));
  }

  #see(packet: NamedPacket, datagram: Datagram): boolean {
    const kv = packet.kv;
    const entry = kv && this.entries.get(toHex(kv.key));
    if (kv === undefined || entry === undefined) return false;
    if (packet.type === PacketType.SERVICE_DATA) {
      this.#reply(kv, entry);
      return false;
    }
    if (packet.type !== PacketType.SERVICE_REQUEST) return false;
    if (kv.op === KV_GET && entry.valid) {
      this.hits++;
      const value = entry.value;
      this.#fabric.answer(packet, datagram, {
        type: PacketType.SERVICE_DATA,
        flags: packet.flags ^ FLAG_SWAPPED,
        kv: {
          ...kv,
          op: KV_GET_REPLY,
          flags: KV_CACHED,
          version: entry.version,
          valueLength: value.length,
          value,
        },
      });
      return true;
    }
    if (kv.op === KV_PUT || kv.op === KV_DELETE) entry.valid = false;
    const stamped: Kv = { ...kv, flags: kv.flags | KV_STAMPED, generation: entry.generation };
    this.#fabric.forward({ ...packet, kv: stamped }, datagram);
    return true;
  }

  #reply(kv: Kv, entry: Entry): void {
    if (kv.version < entry.version) return;
    entry.version = kv.version;
    const stamped = (kv.flags & KV_STAMPED) !== 0 && kv.generation === entry.generation;
    const usable = kv.op !== KV_DELETE_REPLY && kv.status === 0 && (kv.flags & KV_LARGE) === 0;
    entry.valid = usable && (stamped || entry.valid);
    if (entry.valid) entry.value = kv.value.slice();
  }
}
