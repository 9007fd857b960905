import { type Controller, macBytes, portMac } from '../../controller/index.js';
import {
  encodeNamed,
  encodeSinc,
  encodeUdpFrame,
  FabricKey,
  FLAG_KV,
  FLAG_RESOLVED,
  HOP_LIMIT_DEFAULT,
  KV_GET,
  KV_GET_REPLY,
  KV_STAMPED,
  type Kv,
  KvStatus,
  NackReason,
  Name,
  type NamedPacket,
  PacketType,
  parseIpv4,
  SINC_BYTES,
  SINC_OFFSET,
  SINC_SUM,
  textBlock,
  UDP_PORT_NAMED,
  UDP_PORT_SINC,
  VECTOR_BYTES,
  VECTOR_VALUES,
  writeValues,
} from '../../wire/index.js';
import { namedRequests, PORTS, serviceName } from './leaf.js';

export interface Arrival {
  readonly port: number;
  readonly frame: Uint8Array;
}

/** A kind of packet the full program has a path of its own for. Every packet of it brings one out. */
export interface Kind {
  readonly name: string;
  /** What the switch needs besides its leaf's entries. Gives what is sent before anything is measured. */
  prepare(controller: Controller): Promise<readonly Arrival[]>;
  /** Packets number `first` to `first + count - 1`; a switch is given each once, in order. */
  packets(first: number, count: number): Arrival[];
}

const SERVICES = 100;
const PAYLOAD = 32;
const VECTORS = 4;
const CLIENT = Name.parse('/host/h1');
const VALUE_BYTES = 64;
const KEYS = 100;
/** Enough for the selector to have chosen every instance of a service. */
const FIRST_REQUESTS = 100;

function hostAddress(port: number): number {
  return parseIpv4(`10.0.1.${port}`);
}

/** A datagram as the host at `port` sends it. */
function datagram(port: number, dst: number, udpPort: number, payload: Uint8Array): Uint8Array {
  return encodeUdpFrame({
    srcMac: macBytes(0x02000a000100 + port),
    dstMac: macBytes(portMac(1, port)),
    src: hostAddress(port),
    dst,
    srcPort: 49152,
    dstPort: udpPort,
    payload,
  });
}

function named(dst: Name, src: Name, fields: Partial<NamedPacket>): Uint8Array {
  const key = FabricKey.default;
  return encodeNamed({
    type: PacketType.SERVICE_REQUEST,
    flags: 0,
    hopLimit: HOP_LIMIT_DEFAULT,
    reason: 0,
    dstComponents: dst.components.length,
    srcComponents: src.components.length,
    tag: 0,
    instance: 0,
    requestId: 0,
    stamp: 0,
    attempt: 0,
    dst: dst.digest(key).bytes,
    src: src.digest(key).bytes,
    kv: undefined,
    text: textBlock(dst, src),
    payload: new Uint8Array(0),
    ...fields,
  });
}

const nothing = (): Promise<readonly Arrival[]> => Promise.resolve([]);

const firstHop: Kind = {
  name: 'named, first hop',
  prepare: nothing,
  packets: (first, count) =>
    namedRequests(first + count, SERVICES, PAYLOAD)
      .slice(first)
      .map((frame) => ({ port: 1, frame })),
};

const resolved: Kind = {
  name: 'named, resolved',
  prepare: nothing,
  packets: (first, count) =>
    Array.from({ length: count }, (_, i) => {
      const fields = { flags: FLAG_RESOLVED, requestId: first + i, payload: new Uint8Array(PAYLOAD) };
      const bytes = named(Name.parse(serviceName((first + i) % SERVICES)), CLIENT, fields);
      return { port: 1, frame: datagram(1, hostAddress(2 + (i % 3)), UDP_PORT_NAMED, bytes) };
    }),
};

const plain: Kind = {
  name: 'IPv4',
  prepare: nothing,
  packets: (_, count) =>
    Array.from({ length: count }, (_, i) => {
      return { port: 1, frame: datagram(1, hostAddress(2 + (i % 3)), 9, new Uint8Array(PAYLOAD)) };
    }),
};

/** Four workers, one behind each port, four vectors a packet: of four packets in, the last brings four out. */
const reduce: Kind = {
  name: 'reduce, 128 values',
  prepare: async ({ groups }) => {
    await groups.createReduce({ hosts: PORTS.map((port) => `h${port}`), operation: 'sum', window: 256 });
    return [];
  },
  packets: (first, count) =>
    Array.from({ length: count }, (_, i) => {
      const number = first + i;
      const source = number % PORTS.length;
      const bytes = new Uint8Array(SINC_BYTES + VECTORS * VECTOR_BYTES);
      encodeSinc(
        {
          done: false,
          loopback: true,
          group: 1,
          sources: PORTS.length,
          source,
          seq: Math.floor(number / PORTS.length),
          operation: SINC_SUM,
          offset: SINC_OFFSET,
        },
        bytes,
      );
      const values = Int32Array.from({ length: VECTORS * VECTOR_VALUES }, (_, at) => at * number);
      writeValues(bytes, SINC_BYTES, values, 0, values.length);
      const port = PORTS[source] ?? 1;
      return { port, frame: datagram(port, hostAddress(1), UDP_PORT_SINC, bytes) };
    }),
};

const kvName = (i: number): Name => Name.parse(`${serviceName(0)}/k${i % KEYS}`);

function kv(name: Name, fields: Partial<Kv>): Kv {
  return {
    op: KV_GET,
    flags: 0,
    status: KvStatus.OK,
    generation: 0,
    version: 0,
    key: name.cacheKey(FabricKey.default),
    valueLength: 0,
    value: new Uint8Array(0),
    ...fields,
  };
}

const kvHit: Kind = {
  name: `key-value hit, ${VALUE_BYTES} bytes`,
  prepare: async ({ cache }) => {
    await cache.enable({ service: serviceName(0), capacity: KEYS });
    const keys = Array.from({ length: KEYS }, (_, i) => {
      return BigInt(`0x${Buffer.from(kvName(i).cacheKey(FabricKey.default)).toString('hex')}`);
    });
    cache.hotKeys(
      'leaf',
      keys.map((key) => ({ key, count: 100 })),
    );
    await cache.idle();
    // Replies of the server as if its entry had stamped their requests: the switch keeps the values.
    return keys.map((_, i) => {
      const value = { valueLength: VALUE_BYTES, value: new Uint8Array(VALUE_BYTES).fill(i) };
      const answer = kv(kvName(i), {
        op: KV_GET_REPLY,
        flags: KV_STAMPED,
        generation: 1,
        version: 1,
        ...value,
      });
      const fields = { type: PacketType.SERVICE_DATA, flags: FLAG_KV | FLAG_RESOLVED, kv: answer };
      const bytes = named(CLIENT, kvName(i), fields);
      return { port: 2, frame: datagram(2, hostAddress(1), UDP_PORT_NAMED, bytes) };
    });
  },
  packets: (first, count) =>
    Array.from({ length: count }, (_, i) => {
      const name = kvName(first + i);
      const bytes = named(name, CLIENT, { flags: FLAG_KV, requestId: first + i, kv: kv(name, {}) });
      return { port: 1, frame: datagram(1, parseIpv4('10.255.255.1'), UDP_PORT_NAMED, bytes) };
    }),
};

/** Every instance of one service has failed once and rests: whoever asks gets a Nack from the switch. */
const breakerOpen: Kind = {
  name: 'breaker open',
  prepare: async ({ policies, registry }) => {
    const breaker = { maxFailures: 1, restMs: 2_000_000 };
    await policies.put('guard', { destination: serviceName(0), breaker });
    // The first requests pass; then each instance fails.
    const failures = (registry.lookup(serviceName(0))?.instances ?? []).map(({ id, address }) => {
      const fields = {
        type: PacketType.NACK,
        reason: NackReason.UNAVAILABLE,
        flags: FLAG_RESOLVED,
        instance: id,
      };
      const bytes = named(CLIENT, Name.parse(serviceName(0)), fields);
      const port = PORTS.find((each) => hostAddress(each) === address) ?? 1;
      return { port, frame: datagram(port, hostAddress(1), UDP_PORT_NAMED, bytes) };
    });
    return [...breakerOpen.packets(-FIRST_REQUESTS, FIRST_REQUESTS), ...failures];
  },
  packets: (first, count) =>
    Array.from({ length: count }, (_, i) => {
      const fields = { requestId: first + i + FIRST_REQUESTS, payload: new Uint8Array(PAYLOAD) };
      const bytes = named(Name.parse(serviceName(0)), CLIENT, fields);
      return { port: 1, frame: datagram(1, parseIpv4('10.255.255.1'), UDP_PORT_NAMED, bytes) };
    }),
};

export const KINDS: readonly Kind[] = [firstHop, resolved, plain, reduce, kvHit, breakerOpen];
