import { Name, type NamedPacket, namesOf } from '../../wire/index.js';
import { ControllerError } from '../errors.js';
import type { HostSpec, Topology } from '../fabric/topology.js';
import { parseIPv4 } from '../p4runtime/values.js';
import { parseName } from '../registry/checks.js';
import type { Broadcasts } from './broadcasts.js';

/** Publishing and subscribing by packets to the registry (docs/protocol.md, section 7). */
export class BroadcastDesk {
  readonly #broadcasts: Broadcasts;
  readonly #written: () => Promise<void>;
  readonly #hostsByAddress: ReadonlyMap<number, HostSpec>;

  /** `written` resolves when connected switches hold what they should. */
  constructor(broadcasts: Broadcasts, topology: Topology, written: () => Promise<void>) {
    this.#broadcasts = broadcasts;
    this.#written = written;
    this.#hostsByAddress = new Map([...topology.hosts.values()].map((host) => [host.ipv4, host]));
  }

  /**
   * Operations publish, unpublish, subscribe and unsubscribe; undefined for others. `mayOwn` throws where the
   * asker may not make a broadcast of that name.
   */
  carryOut(
    op: string,
    fields: Readonly<Record<string, unknown>>,
    request: NamedPacket,
    mayOwn: (channel: Name) => void,
  ): Promise<object> | undefined {
    switch (op) {
      case 'publish':
        return this.#publishInBand(fields, request, mayOwn);
      case 'unpublish':
        // Others may publish as well: it goes with its lease.
        return Promise.resolve({ ok: true });
      case 'subscribe':
        return this.#subscribeInBand(fields);
      case 'unsubscribe':
        return this.#unsubscribeInBand(fields);
      default:
        return undefined;
    }
  }

  async #publishInBand(
    fields: Readonly<Record<string, unknown>>,
    request: NamedPacket,
    mayOwn: (channel: Name) => void,
  ): Promise<object> {
    const channel = channelOf(fields);
    const ttlMs = ttlOf(fields);
    const known = this.#broadcasts.ofChannel(channel.text);
    const { src } = namesOf(request);
    const publishers = known?.spec.publishers ?? [];
    if (publishers.length > 0 && !publishers.some((prefix) => Name.parse(prefix).covers(src))) {
      throw new ControllerError('DENIED', `'${src.text}' may not publish to '${channel.text}'`);
    }
    // A declared one stays as it was declared.
    if (known === undefined || known.spec.ttlMs > 0) {
      mayOwn(channel);
      await this.#broadcasts.broadcasts.put(known?.name ?? channel.text, { channel: channel.text, ttlMs });
    }
    await this.#written();
    return { ok: true, ttl_ms: ttlMs };
  }

  async #subscribeInBand(fields: Readonly<Record<string, unknown>>): Promise<object> {
    const channel = channelOf(fields).text;
    const ttlMs = ttlOf(fields);
    const { name, host, port } = this.#placeOf(fields, channel);
    if (!this.#broadcasts.isChannel(channel)) {
      throw new ControllerError(
        'NOT_FOUND',
        `nobody publishes to '${channel}'; declare it, or ask again later`,
      );
    }
    await this.#broadcasts.subscriptions.put(name, { channel, host: host.name, port, ttlMs });
    await this.#written();
    return { ok: true, ttl_ms: ttlMs };
  }

  async #unsubscribeInBand(fields: Readonly<Record<string, unknown>>): Promise<object> {
    const { name } = this.#placeOf(fields, channelOf(fields).text);
    if (this.#broadcasts.subscriptions.find(name) !== undefined)
      await this.#broadcasts.subscriptions.delete(name);
    return { ok: true };
  }

  #placeOf(fields: Readonly<Record<string, unknown>>, channel: string) {
    const { address, port } = fields;
    const host = this.#hostsByAddress.get(typeof address === 'string' ? (parseIPv4(address) ?? 0) : 0);
    if (host === undefined) {
      throw new ControllerError('BAD_REQUEST', `field 'address' is '${String(address)}', which no host has`);
    }
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new ControllerError('BAD_REQUEST', "field 'port' must be a whole number from 1 to 65535");
    }
    return { name: `${channel}@${host.name}:${port}`.slice(-255), host, port };
  }
}

function channelOf(fields: Readonly<Record<string, unknown>>): Name {
  const { name } = fields;
  if (typeof name === 'string') return parseName(name);
  throw new ControllerError('BAD_REQUEST', "field 'name' must be text");
}

/** Between 100 ms and a day; 10 s where nothing is said. */
function ttlOf(fields: Readonly<Record<string, unknown>>): number {
  const { ttl_ms: ttlMs = 10_000 } = fields;
  if (typeof ttlMs !== 'number' || !Number.isFinite(ttlMs)) {
    throw new ControllerError('BAD_REQUEST', "field 'ttl_ms' must be a number");
  }
  return Math.min(86_400_000, Math.max(100, Math.round(ttlMs)));
}
