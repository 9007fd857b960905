import assert from 'node:assert/strict';
import type { Update } from '../../controller/p4runtime/index.js';
import {
  authKeyWords,
  checksum,
  FLAG_AUTH,
  FLAG_RESOLVED,
  FLAG_TELEMETRY,
  KV_GET,
  KV_GET_REPLY,
  KV_PUT,
  KV_STAMPED,
  KvStatus,
  NAMED_VERSION,
  PacketType,
  readU16,
  SINC_COMPARE_SWAP,
  SINC_FETCH_ADD,
  SINC_MAX,
  SINC_MIN,
  SINC_SUM,
  setUdpChecksum,
  signNamed,
  UDP_PORT_NAMED,
  writeU16,
  writeU32,
} from '../../wire/index.js';
import { bmv2 } from './bmv2-lab.js';
import { embedded } from './embedded-lab.js';
import { address, digestOf, hex, mac, named, namedFrame, routerMac, sincFrame, udpFrame } from './frames.js';
import { choice, entry, type Lab, PORTS, type PortFrame, prefix } from './lab.js';
import { masked, nameIs, underlay } from './network.js';

const FRAMES = 400;
const CHECKSUM_AT = 40;
const NAME_AT = 42;
const STAMP_AT = NAME_AT + 12;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const NAMES = ['/a', '/a/b', '/a/b/c', '/echo', '/nowhere', '/spread', '/spread/x'];
const KEYS = [1n, 2n, 3n];
const KEY_ID = 1;
const AUTH_KEY = Uint8Array.from([8, 7, 6, 5, 4, 3, 2, 1]);

function entries(): Update[] {
  const fib = (name: string, ...actions: Parameters<typeof choice>[2]) =>
    choice(
      'ingress.names.fib',
      { name: prefix(digestOf(name), 32 * (name.split('/').length - 1)) },
      actions.map((action) => ({ ...action, name: `ingress.names.${action.name}` })),
    );
  const instance = (station: number, weight = 1) => ({
    name: 'to_instance',
    params: { instance: station, address: address(station), udp_port: station === 3 ? 7000 : 0 },
    weight,
  });
  const reduce = (group: number, operation: number, root: number) => [
    entry('ingress.sinc.groups', { 'hdr.sinc.group': group }, 'ingress.sinc.reduce', {
      epoch: 1,
      base: group * 8,
      mask: 3,
      operation,
      sources: 2,
      full: 3,
      root,
      own_source: 1,
      parent_sources: 2,
      parent_port: 4,
      members: 1,
    }),
    ...[0, 1].map((source) =>
      entry('ingress.sinc.sources', { group, source, ingress_port: source + 1 }, 'ingress.sinc.member', {
        bitmap: 2 ** source,
      }),
    ),
  ];
  return [
    fib('/a', instance(2)),
    fib('/a/b', { name: 'to_host', params: { address: address(3) } }),
    fib('/a/b/c', { name: 'nack', params: { reason: 3 } }),
    fib('/echo', { name: 'answer_echo', params: {} }),
    fib('/spread', instance(1, 2), instance(2), instance(3, 3), instance(4)),
    {
      type: 'insert',
      entity: { kind: 'multicast-group', group: 1, replicas: [1, 2].map((port) => ({ port, instance: 1 })) },
    },
    entry('ingress.admission.grants', { ingress_port: 3, ...nameIs('/c') }, 'ingress.admission.granted', {}),
    entry('ingress.admission.ports', { ingress_port: 3 }, 'ingress.admission.edge', {}),
    entry(
      'ingress.admission.credentials',
      { key_id: KEY_ID, ...nameIs('/c') },
      'ingress.admission.credential',
      { ...authKeyWords(AUTH_KEY), slot: 1, generation: 1 },
    ),
    entry(
      'ingress.names.strategy.acl',
      { dst: masked('/a/b'), src: masked('/d') },
      'ingress.names.strategy.deny',
      {},
      1,
    ),
    entry(
      'ingress.names.strategy.faults',
      { dst: masked('/spread'), tag: { value: 7, mask: 7 } },
      'ingress.names.strategy.abort',
      { reason: 8, share: 10_000 },
      1,
    ),
    choice(
      'ingress.names.strategy.splits',
      { dst: masked('/a') },
      [
        { name: 'ingress.names.strategy.permit', params: {}, weight: 2 },
        { name: 'ingress.names.strategy.to_version', params: { name: digestOf('/spread') }, weight: 1 },
      ],
      1,
    ),
    entry('ingress.services.policies', nameIs('/a'), 'ingress.services.count', { index: 1 }),
    entry('ingress.services.policies', nameIs('/spread/x'), 'ingress.services.stick', {
      index: 2,
      idle: 2 ** 40,
      generation: 1,
    }),
    ...[1, 2, 3, 4].flatMap((instance) => [
      entry('ingress.names.flow_instances', { instance }, 'ingress.names.alive', {}),
      entry('ingress.breaker.guards', { instance }, 'ingress.breaker.limits', {
        generation: 1,
        window: 31,
        max_outstanding: 20,
        max_failures: 4,
        rest: 2 ** 31 - 1,
      }),
    ]),
    ...PORTS.slice(0, 3).map((n) =>
      entry('ingress.services.clients', { address: address(n) }, 'ingress.services.attached', {}),
    ),
    ...reduce(1, SINC_SUM, 1),
    ...reduce(2, SINC_MIN, 1),
    ...reduce(3, SINC_MAX, 0),
    entry('ingress.sinc.groups', { 'hdr.sinc.group': 4 }, 'ingress.sinc.cells', {
      epoch: 1,
      base: 0,
      count: 4,
      answers: 0,
      sources: 2,
    }),
    ...[0, 1].map((source) =>
      entry('ingress.sinc.sources', { group: 4, source, ingress_port: source + 1 }, 'ingress.sinc.member', {
        bitmap: 0,
      }),
    ),
    ...PORTS.slice(0, 3).map((n) =>
      entry('egress.delivery.ports', { egress_port: n }, 'egress.delivery.host', {
        src_mac: routerMac(n),
        dst_mac: mac(n),
        address: address(n),
      }),
    ),
    ...KEYS.slice(0, 2).map((key, index) =>
      entry('ingress.cache.keys', { 'hdr.kv.key': key }, 'ingress.cache.cached', { index, generation: 1 }),
    ),
  ];
}

/** A frame of any kind, often with something wrong in it. */
function anyFrame(draw: () => number): { port: number; frame: Uint8Array } {
  const below = (n: number) => Math.floor(draw() * n);
  const pick = <T>(of: readonly [T, ...T[]]): T => of[below(of.length)] ?? of[0];
  const port = 1 + below(4);
  const ends = { from: port, to: 1 + below(5), ttl: pick([64, 64, 64, 2, 1]) };
  const kind = draw();
  let frame: Uint8Array;
  if (kind < 0.1) frame = udpFrame({ ...ends, srcPort: below(65536) }, new Uint8Array(below(100)));
  else if (kind < 0.55) {
    const key = new Uint8Array(16);
    key[15] = 1 + below(3);
    const value = new Uint8Array(below(3) === 0 ? 0 : below(129)).fill(below(256));
    const op = pick([KV_GET, KV_GET, KV_PUT, KV_GET_REPLY]);
    const withKv = draw() < 0.6;
    const packet = named(pick(['/a', ...NAMES]), pick(['/c', '/c', '/c/x', '/d']), {
      type:
        withKv && op === KV_GET_REPLY
          ? PacketType.SERVICE_DATA
          : pick([PacketType.SERVICE_REQUEST, PacketType.SERVICE_REQUEST, ...Object.values(PacketType)]),
      flags: draw() < 0.5 ? FLAG_RESOLVED : 0,
      hopLimit: pick([64, 64, 2, 1, 0]),
      requestId: below(2 ** 32),
      attempt: below(3),
      ...(withKv && {
        kv: {
          op,
          flags: pick([0, KV_STAMPED, KV_STAMPED]),
          status: pick([KvStatus.OK, KvStatus.OK, KvStatus.OK, KvStatus.NOT_FOUND]),
          generation: pick([1, 1, 2]),
          version: op === KV_GET_REPLY ? below(20) : 0,
          key,
          valueLength: op === KV_GET ? 0 : value.length,
          value: op === KV_GET ? value.subarray(0, 0) : value,
        },
      }),
      instance: below(5),
      tag: below(16),
      ...(draw() < 0.1 && { auth: { keyId: KEY_ID, sequence: below(80), tag: new Uint8Array(8).fill(3) } }),
    });
    frame = namedFrame(
      { ...ends, ...(draw() < 0.3 && { srcPort: UDP_PORT_NAMED, dstPort: below(65536) }) },
      draw() < 0.2 ? signNamed(AUTH_KEY, KEY_ID, packet, below(80)) : packet,
    );
  } else {
    const group = 1 + below(5);
    const source = draw() < 0.9 ? (port - 1) % 2 : below(3);
    const cell = group >= 4 ? draw() < 0.9 : draw() < 0.1;
    frame = sincFrame(
      ends,
      {
        group,
        sources: draw() < 0.95 ? 2 : 3,
        source,
        seq: (below(8) + pick([0, 0, 0, 2 ** 31, 2 ** 32 - 4])) % 2 ** 32,
        operation: cell
          ? pick([SINC_FETCH_ADD, SINC_COMPARE_SWAP])
          : draw() < 0.9
            ? Math.min(group, 3)
            : below(5),
        loopback: draw() < 0.7,
        done: draw() < 0.1,
      },
      cell
        ? { index: below(5), operand: below(3), replacement: below(2 ** 32) }
        : Int32Array.from({ length: 32 * pick([1, 1, 1, 2, 4]) }, () => (draw() * 2 ** 32) | 0),
    );
  }
  const trouble = draw();
  if (trouble < 0.1) {
    // Any byte behind Ethernet; half of the time with checksums that hide it.
    const at = 14 + below(frame.length - 14);
    frame[at] = below(256);
    if (draw() < 0.5) {
      writeU16(frame, 24, 0);
      writeU16(frame, 24, checksum(frame, 14, 34));
      if (readU16(frame, 38) === frame.length - 34) setUdpChecksum(frame, 14);
    }
  } else if (trouble < 0.13) writeU16(frame, CHECKSUM_AT, 0);
  else if (trouble < 0.15) frame = frame.slice(0, 14 + below(frame.length - 14));
  return { port, frame };
}

/** The frames with what depends on the clock put to 0: stamp, telemetry record, and the checksum over them. */
function timeless(frames: PortFrame[]): string[] {
  return frames
    .map(({ port, bytes }) => {
      const copy = bytes.slice();
      const isNamed = readU16(copy, 34) === UDP_PORT_NAMED || readU16(copy, 36) === UDP_PORT_NAMED;
      if (copy.length >= NAME_AT + 20 && (isNamed || (copy[NAME_AT] ?? 0) >> 4 === NAMED_VERSION)) {
        const flags = copy[NAME_AT + 1] ?? 0;
        const hopAt = NAME_AT + 84 + ((flags & FLAG_AUTH) === 0 ? 0 : 12) + 4;
        writeU32(copy, STAMP_AT, 0);
        writeU16(copy, CHECKSUM_AT, 0);
        // Queue depth and both times of the newest record.
        if ((flags & FLAG_TELEMETRY) !== 0) copy.fill(0, hopAt + 6, hopAt + 16);
      }
      return `${port}: ${hex(copy)}`;
    })
    .sort();
}

const COUNTERS = [
  'ingress.drops',
  'ingress.names.nacks',
  'ingress.cache.hits',
  'ingress.admission.denials',
  'ingress.services.requests',
  'ingress.accounts.responses',
  'ingress.names.flows.crowded',
];

const reason = bmv2.missing();

describe(`the embedded switch against BMv2${reason === undefined ? '' : ` (${reason})`}`, function () {
  this.timeout(120_000);
  let labs: Lab[] = [];
  before(async function () {
    if (reason !== undefined) this.skip();
    labs = await Promise.all([embedded.start(), bmv2.start()]);
    for (const lab of labs) {
      await underlay(lab);
      await lab.client.write(entries());
    }
  });
  after(async () => {
    for (const lab of labs) await lab.close();
  });

  it(`${FRAMES} frames of every kind, right and wrong, come out byte for byte the same`, async () => {
    const [ours, theirs] = labs;
    assert(ours !== undefined && theirs !== undefined);
    const draw = random(2026);
    let came = 0;
    for (let i = 0; i < FRAMES; i++) {
      const { port, frame } = anyFrame(draw);
      const mine = timeless(await ours.send(port, frame));
      assert.deepEqual(
        mine,
        timeless(await theirs.send(port, frame)),
        `frame ${i}, port ${port}: ${hex(frame)}`,
      );
      came += mine.length;
    }
    assert(came > FRAMES / 3, `only ${came} frames came out`);
    const counters = await Promise.all(
      labs.map(async (lab) => {
        const counts: string[] = [];
        for (const counter of COUNTERS) {
          for await (const cell of lab.client.read({ kind: 'counter', counter })) {
            if (cell.kind === 'counter') counts.push(`${counter} ${cell.index}: ${cell.data.packets ?? 0}`);
          }
        }
        return counts.filter((text) => !text.endsWith(': 0'));
      }),
    );
    assert.deepEqual(counters[0], counters[1]);
    assert((counters[0]?.length ?? 0) > 10, `few reasons: ${counters[0]}`);
  });
});
