import { writeFileSync } from 'node:fs';
import {
  authKeyWords,
  FLAG_RESOLVED,
  KV_CACHED,
  KV_DELETE,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_PUT,
  KV_PUT_REPLY,
  KV_STAMPED,
  type Kv,
  KvStatus,
  NackReason,
  type NamedPacket,
  PacketType,
  SINC_FETCH_ADD,
  SINC_MAX,
  SINC_SUM,
  signNamed,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { embedded } from '../program/embedded-lab.js';
import {
  address,
  digestOf,
  mac,
  named,
  namedFrame,
  routerMac,
  sincFrame,
  udpFrame,
} from '../program/frames.js';
import { ROOT } from '../program/lab.js';
import { masked, nameIs } from '../program/network.js';
import { apply, comparable, type Entry, port, type Scenario, type Step, type Value } from './scenario.js';

/*
 * Writes test/ptf/scenarios: node dist/test/ptf/generate.js. The packets that come out are those of the v1model program on the
 * embedded switch; test/tna/ptf.test.ts holds them to it, ptf_runner.py holds a Tofino to them.
 */
const STATIONS = [1, 2, 3, 4];

const route = (n: number): Entry => ({
  table: 'ingress.underlay.routes',
  match: { 'hdr.ipv4.dst': { value: address(n), prefixLength: 32 } },
  actions: [
    {
      name: 'ingress.underlay.next_hop',
      params: { port: port(n), src_mac: hex(routerMac(n)), dst_mac: hex(mac(n)) },
    },
  ],
});
const delivery = (n: number): Entry => ({
  table: 'egress.delivery.ports',
  match: { egress_port: port(n) },
  action: {
    name: 'egress.delivery.host',
    params: { src_mac: hex(routerMac(n)), dst_mac: hex(mac(n)), address: address(n) },
  },
});
const source = (group: number, number: number, bitmap: number): Entry => ({
  table: 'ingress.sinc.sources',
  match: { group, source: number, ingress_port: port(number + 1) },
  action: { name: 'ingress.sinc.member', params: { bitmap } },
});
const reduceGroup = (group: number, base: number, operation: number): Entry[] => [
  { multicast: group, ports: [port(1), port(2)] },
  {
    table: 'ingress.sinc.groups',
    match: { 'hdr.sinc.group': group },
    action: {
      name: 'ingress.sinc.reduce',
      params: {
        ...{ epoch: 1, base, mask: 7, operation, sources: 2, full: 3, root: 1 },
        ...{ own_source: 0, parent_sources: 0, parent_port: 0, members: group },
      },
    },
  },
  source(group, 0, 1),
  source(group, 1, 2),
];
const ramp = (by: number, vectors = 1): Int32Array =>
  Int32Array.from({ length: 32 * vectors }, (_, n) => n * by - 7);
const send = (from: number, frame: Uint8Array): Step => ({
  port: from,
  frame: Buffer.from(frame).toString('hex'),
  out: [],
});
const contribute = (group: number, from: number, seq: number, operation = SINC_SUM, vectors = 1): Step =>
  send(
    from,
    sincFrame(
      { from, to: 4, srcPort: 30_000 },
      { group, sources: 2, source: from - 1, seq, operation },
      ramp(from, vectors),
    ),
  );
/** Of several vectors, by a group of their own number. */
const several = (vectors: number, from: number, seq: number): Step =>
  contribute(910 + vectors, from, seq, SINC_SUM, vectors);
/** To station 2, which serves, or from it to station 1, which asks. */
const request = (name: string, fields: Partial<NamedPacket> = {}, hops: { ttl?: number } = {}): Step =>
  send(1, namedFrame({ from: 1, to: 2, ...hops }, named(name, '/host/one', fields)));
const answer = (name: string, fields: Partial<NamedPacket> = {}): Step =>
  send(
    2,
    namedFrame(
      { from: 2, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000 },
      named('/host/one', name, { type: PacketType.SERVICE_DATA, flags: FLAG_RESOLVED, ...fields }),
    ),
  );
const KEY = '0xa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1';
function kv(op: number, fields: Partial<Kv> = {}): { flags: number; kv: Kv } {
  const { value = new Uint8Array(0) } = fields;
  const key = new Uint8Array(16).fill(0xa1);
  const empty = { flags: 0, status: KvStatus.OK, generation: 0, version: 0, key, value };
  return { flags: FLAG_RESOLVED, kv: { ...empty, valueLength: value.length, op, ...fields } };
}
const text = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => 0x61 + (n % 26));
/** A reply to what the entry has stamped. */
const stamped = (op: number, version: number, length: number): { flags: number; kv: Kv } =>
  kv(op, { flags: KV_STAMPED, generation: 5, version, value: text(length) });
const ping = (to: number, hops: { ttl?: number } = {}): Uint8Array =>
  udpFrame({ from: 1, to, ...hops }, new TextEncoder().encode('plain'));
/** With a byte of the IPv4 header, or behind it, changed. */
function damaged(frame: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
const fib = (name: string, action: string, params: Record<string, Value> = {}): Entry => ({
  table: 'ingress.names.fib',
  match: keyOf(name),
  actions: [{ name: `ingress.names.${action}`, params }],
});
const EVERY = ['routing', 'reduce', 'cells', 'cache', 'strategy', 'edge'];
/** A rule for packets to a name and below it, of a tag or of any. */
const rule = (
  table: string,
  name: string,
  tag: number | undefined,
  action: string,
  params: Record<string, Value>,
): Entry => {
  const { value, mask } = masked(name);
  const call = { name: `ingress.names.strategy.${action}`, params };
  return {
    table: `ingress.names.strategy.${table}`,
    match: {
      dst: { value: hex(BigInt(value)), mask: hex(BigInt(mask)) },
      ...(tag !== undefined && { tag: { value: tag, mask: 0xff } }),
    },
    priority: tag === undefined ? 1 : 2,
    ...(table === 'splits' ? { actions: [call] } : { action: call }),
  };
};
/** The instance at station 2 cannot: a Nack to who asked. */
const unavailable = (name: string, instance: number): Step =>
  answer(name, { type: PacketType.NACK, reason: NackReason.UNAVAILABLE, instance });
const ask = (from: number, seq: number, operand: number): Step =>
  send(
    from,
    sincFrame(
      { from, to: 4, srcPort: 30_000 },
      { group: 903, sources: 2, source: from - 1, seq, operation: SINC_FETCH_ADD },
      { index: 2, operand },
    ),
  );
const underlay = STATIONS.map(route);
const SECRET = Uint8Array.from([0xde, 0xad, 0xbe, 0xef, 0x80, 0x01, 0x02, 0xff]);
/** From station 1, signed as its packet `sequence`; what differs from what was signed is in `forged`. */
function signed(
  sequence: number,
  fields: Partial<NamedPacket> = {},
  forged: Partial<NamedPacket> = {},
  [keyId, source] = [7, '/client/away'],
): Step {
  const packet = signNamed(SECRET, keyId, named('/shop', source, fields), sequence);
  return send(1, namedFrame({ from: 1, to: 4 }, { ...packet, ...forged }));
}

const scenarios: readonly Scenario[] = [
  {
    name: 'names',
    about: 'a request goes to the instance of the longest prefix, by its address',
    profiles: EVERY,
    // UDP checksum, and the time at the leaf.
    ignore: [
      [40, 42],
      [54, 58],
    ],
    entries: [
      ...underlay,
      ...[
        ['/ptf', 2],
        ['/ptf/deep', 3],
      ].map(([name, at]) => ({
        table: 'ingress.names.fib',
        match: keyOf(String(name)),
        actions: [
          {
            name: 'ingress.names.to_instance',
            params: { instance: Number(at), address: address(Number(at)), udp_port: 4000 },
          },
        ],
      })),
    ],
    steps: [
      send(1, namedFrame({ from: 1, to: 4 }, named('/ptf/other', '/host/one'))),
      send(1, namedFrame({ from: 1, to: 4 }, named('/ptf/deep/down', '/host/one'))),
    ],
  },
  {
    name: 'outcomes',
    about: 'names that are refused, echoed, forwarded, handed to the controller, or used up',
    profiles: EVERY,
    ignore: [
      [40, 42],
      [54, 58],
    ],
    entries: [
      ...underlay,
      fib('/ptf', 'to_host', { address: address(3) }),
      fib('/ptf/switch', 'answer_echo'),
      fib('/ptf/closed', 'nack', { reason: 5 }),
      fib('/ptf/register', 'to_controller'),
    ],
    steps: [
      request('/nobody'),
      request('/ptf/host'),
      request('/ptf/closed/door'),
      request('/ptf/switch'),
      request('/ptf/switch', { type: PacketType.ECHO_REQUEST }),
      request('/ptf/register'),
      // Resolved: goes where its address says.
      request('/ptf/closed', { flags: FLAG_RESOLVED, instance: 7 }),
      request('/ptf/host', { hopLimit: 1 }),
      request('/ptf/closed', { flags: FLAG_RESOLVED, hopLimit: 1 }),
      answer('/ptf/host'),
      answer('/ptf/host', { hopLimit: 1 }),
      answer('/ptf/host', { flags: 0, type: PacketType.NACK }),
    ],
  },
  {
    name: 'strategy',
    about: 'splits by tag, faults and copies: of all packets, since what a share of them is, chance decides',
    profiles: ['strategy'],
    ignore: [
      [40, 42],
      [54, 58],
    ],
    entries: [
      ...underlay,
      ...[
        ['/ptf', 2],
        ['/ptf-canary', 3],
      ].map(([name, at]) =>
        fib(String(name), 'to_instance', {
          instance: Number(at),
          address: address(Number(at)),
          udp_port: 4000,
        }),
      ),
      { clone: 5, ports: [port(4)] },
      rule('splits', '/ptf', 9, 'to_version', { name: hex(digestOf('/ptf-canary')) }),
      rule('faults', '/ptf/broken', undefined, 'abort', { reason: NackReason.FAULT_INJECTED, share: 10_000 }),
      rule('faults', '/ptf/broken', 9, 'lose', { share: 10_000 }),
      rule('faults', '/ptf/whole', undefined, 'lose', { share: 0 }),
      rule('mirrors', '/ptf/seen', undefined, 'mirror', { session: 5, share: 10_000 }),
    ],
    steps: [
      request('/ptf/any'),
      request('/ptf/any', { tag: 9 }),
      request('/ptf/any', { tag: 8 }),
      request('/ptf/broken'),
      request('/ptf/broken', { tag: 9 }),
      request('/ptf/whole'),
      request('/ptf/seen'),
      request('/ptf/seen', { tag: 9 }),
      // Resolved: none of it is asked.
      request('/ptf/seen', { flags: FLAG_RESOLVED, instance: 7 }),
      request('/ptf/broken', { flags: FLAG_RESOLVED, instance: 7 }),
    ],
  },
  {
    name: 'breaker',
    about: 'failures in a row open it, one fewer does not; too many outstanding requests are refused',
    profiles: ['strategy'],
    ignore: [
      [40, 42],
      [54, 58],
    ],
    entries: [
      ...underlay,
      {
        table: 'ingress.services.clients',
        match: { address: address(1) },
        action: { name: 'ingress.services.attached', params: {} },
      },
      ...[
        ['/failing', 940, 0, 2],
        ['/crowded', 941, 2, 0],
      ].flatMap(([name, instance, outstanding, failures]) => [
        fib(String(name), 'to_instance', {
          instance: Number(instance),
          address: address(2),
          udp_port: 4000,
        }),
        {
          table: 'ingress.breaker.guards',
          match: { instance: Number(instance) },
          action: {
            name: 'ingress.breaker.limits',
            params: {
              ...{ generation: 1, window: 30, rest: 1 << 30 },
              max_outstanding: Number(outstanding),
              max_failures: Number(failures),
            },
          },
        },
      ]),
    ],
    steps: [
      request('/failing'),
      unavailable('/failing', 940),
      request('/failing'),
      // A response in between, and they count from the beginning.
      answer('/failing', { instance: 940 }),
      unavailable('/failing', 940),
      request('/failing'),
      // Who has run out of hops says nothing of the instance.
      answer('/failing', { type: PacketType.NACK, reason: NackReason.HOP_LIMIT, instance: 940 }),
      request('/failing'),
      unavailable('/failing', 940),
      request('/failing'),
      request('/failing'),
      ...[request('/crowded'), request('/crowded'), request('/crowded'), request('/crowded')],
    ],
  },
  {
    name: 'underlay',
    about: 'the longest prefix, time to live, damage, and what has no route',
    profiles: EVERY,
    entries: [
      route(1),
      { ...route(2), match: { 'hdr.ipv4.dst': { value: address(0), prefixLength: 24 } } },
      route(3),
    ],
    steps: [
      ...[send(1, ping(1)), send(1, ping(2)), send(1, ping(3)), send(2, ping(77))],
      ...[send(1, ping(3, { ttl: 2 })), send(1, ping(3, { ttl: 1 })), send(1, ping(3, { ttl: 0 }))],
      // IPv4's checksum, its version, the address (to no route), and UDP's payload, which is none of a switch's business.
      ...[24, 14, 31, 45].map((at) => send(1, damaged(ping(3), at))),
      send(1, damaged(ping(3), 12)),
    ],
  },
  {
    name: 'cache',
    about:
      'stamped, filled, answered, invalidated by a write, refreshed by its reply, and what is older or not its own',
    profiles: ['cache'],
    entries: [
      ...underlay,
      {
        table: 'ingress.cache.keys',
        match: { 'hdr.kv.key': KEY },
        action: { name: 'ingress.cache.cached', params: { index: 33, generation: 5 } },
      },
    ],
    steps: [
      request('/kv', kv(KV_GET)),
      answer('/kv', stamped(KV_GET_REPLY, 3, 20)),
      request('/kv', kv(KV_GET)),
      // Older than what is held; from another cache; stamped by another generation and newer: held, as the entry is valid.
      answer('/kv', stamped(KV_GET_REPLY, 2, 7)),
      answer('/kv', kv(KV_GET_REPLY, { flags: KV_CACHED, version: 9, value: text(9) })),
      request('/kv', kv(KV_GET)),
      answer('/kv', kv(KV_GET_REPLY, { flags: KV_STAMPED, generation: 4, version: 4, value: text(64) })),
      request('/kv', kv(KV_GET)),
      // The key under another name, by which neither is anything had nor learned.
      request('/other', kv(KV_GET)),
      answer('/other', stamped(KV_GET_REPLY, 5, 3)),
      request('/kv', kv(KV_GET)),
      request('/kv', kv(KV_PUT, { value: text(33) })),
      request('/kv', kv(KV_GET)),
      answer('/kv', stamped(KV_PUT_REPLY, 5, 33)),
      request('/kv', kv(KV_GET)),
      request('/kv', kv(KV_DELETE)),
      answer('/kv', stamped(KV_DELETE_REPLY, 6, 0)),
      request('/kv', kv(KV_GET)),
      answer('/kv', kv(KV_GET_REPLY, { version: 7, value: text(5) })),
      request('/kv', kv(KV_GET)),
      // Nothing in it, and the empty value it is.
      answer('/kv', stamped(KV_GET_REPLY, 7, 0)),
      request('/kv', kv(KV_GET)),
    ],
  },
  {
    name: 'vectors',
    about:
      'two, three and four vectors: absorbed, repeated, to the group, to a source; SeqNums that go round; no checksum',
    profiles: ['reduce'],
    entries: [
      ...underlay,
      ...STATIONS.map(delivery),
      ...[2, 3, 4].flatMap((vectors) => reduceGroup(910 + vectors, 128 + 8 * vectors, SINC_SUM)),
    ],
    steps: [
      ...[2, 3, 4].flatMap((vectors) => [
        ...[several(vectors, 1, 1), several(vectors, 1, 1), several(vectors, 2, 1), several(vectors, 1, 1)],
        ...[several(vectors, 2, 9), several(vectors, 2, 1), several(vectors, 1, 9)],
      ]),
      ...[several(4, 1, 2 ** 30 - 2), several(4, 2, 2 ** 30 - 2)],
      ...[2 ** 31 - 10, 3 * 2 ** 30 - 18, 2 ** 32 - 2, 6].flatMap((seq) => [
        several(4, 1, seq),
        several(4, 2, seq),
        several(4, 2, seq),
      ]),
      several(4, 1, 2 ** 32 - 2),
    ].map((step, at) => (at % 5 === 4 ? unchecked(step) : step)),
  },
  {
    name: 'reduce',
    about: 'absorbed, result to the group, repetition to its source, late, and the next SeqNum of the cell',
    profiles: ['reduce'],
    entries: [
      ...underlay,
      ...STATIONS.map(delivery),
      ...reduceGroup(901, 64, SINC_SUM),
      ...reduceGroup(902, 72, SINC_MAX),
    ],
    steps: [
      ...[contribute(901, 1, 1), contribute(901, 1, 1), contribute(901, 2, 1), contribute(901, 1, 1)],
      ...[contribute(901, 2, 9), contribute(901, 1, 1), contribute(901, 1, 9)],
      ...[contribute(902, 1, 0, SINC_MAX), contribute(902, 2, 0, SINC_MAX)],
      // Another operation than the group's: goes on, not computed.
      contribute(902, 1, 5, SINC_SUM),
    ],
  },
  {
    name: 'credentials',
    about:
      'tags right, wrong and missing, of lengths of all kinds; what comes again, late, or after its number went round',
    profiles: ['edge'],
    // UDP checksum, and the time at the leaf.
    ignore: [
      [40, 42],
      [54, 58],
    ],
    entries: [
      ...underlay,
      fib('/shop', 'to_instance', { instance: 20, address: address(2), udp_port: 0 }),
      {
        table: 'ingress.admission.ports',
        match: { ingress_port: port(1) },
        action: { name: 'ingress.admission.edge', params: {} },
      },
      ...[
        ['/client/a', 'granted'],
        ['/client/strict', 'granted_with_tag'],
      ].map(([name = '', action]) => ({
        table: 'ingress.admission.grants',
        match: { ingress_port: port(1), ...keyOf(name) },
        action: { name: `ingress.admission.${action}`, params: {} },
      })),
      ...['/client/away', '/client/strict'].map((name) => ({
        table: 'ingress.admission.credentials',
        match: { key_id: 7, ...keyOf(name) },
        action: {
          name: 'ingress.admission.credential',
          params: { ...authKeyWords(SECRET), slot: 411, generation: 3 },
        },
      })),
    ],
    steps: [
      send(1, namedFrame({ from: 1, to: 4 }, named('/shop', '/client/a'))),
      send(1, namedFrame({ from: 1, to: 4 }, named('/shop', '/client/strict'))),
      send(1, namedFrame({ from: 1, to: 4 }, named('/shop', '/anybody'))),
      // Behind another port nobody is asked.
      send(3, namedFrame({ from: 3, to: 4 }, named('/shop', '/anybody'))),
      signed(1),
      signed(1),
      signed(2, { payload: text(333), requestId: 0xfedcba98, attempt: 3 }),
      signed(4, { kv: kv(KV_GET).kv }),
      signed(5, { kv: kv(KV_PUT, { value: text(100) }).kv }),
      signed(6, { type: PacketType.ECHO_REQUEST }),
      signed(7, {}, {}, [7, '/client/strict']),
      signed(8, {}, { requestId: 9 }),
      signed(8, {}, { payload: text(12) }),
      signed(8, {}, { attempt: 1 }),
      signed(8, {}, {}, [8, '/client/away']),
      signed(8, {}, {}, [7, '/client/a']),
      ...[8, 71, 9, 72, 8, 2 ** 30 - 64, 2 ** 31 - 80, 3 * 2 ** 30 - 100, 2 ** 32 - 8, 56, 2 ** 32 - 8].map(
        (sequence) => signed(sequence),
      ),
    ],
  },
  {
    name: 'cells',
    about: 'fetch-and-add, its repetition, and one that is late',
    profiles: ['cells'],
    entries: [
      ...underlay,
      {
        table: 'ingress.sinc.groups',
        match: { 'hdr.sinc.group': 903 },
        action: {
          name: 'ingress.sinc.cells',
          params: { epoch: 1, base: 100, count: 4, answers: 50, sources: 2 },
        },
      },
      source(903, 0, 0),
      source(903, 1, 0),
    ],
    steps: [ask(1, 1, 5), ask(2, 1, 7), ask(1, 1, 5), ask(1, 2, 1), ask(1, 1, 5)],
  },
];

/** Without UDP's checksum. */
function unchecked(step: Step): Step {
  return { ...step, frame: `${step.frame.slice(0, 80)}0000${step.frame.slice(84)}` };
}

function keyOf(name: string): NonNullable<Entry['match']> {
  const { value, prefixLength } = nameIs(name).name;
  return { name: { value: hex(BigInt(value)), prefixLength } };
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

for (const scenario of scenarios) {
  const lab = await embedded.start();
  try {
    await lab.client.write(scenario.entries.map(apply));
    const steps: Step[] = [];
    for (const step of scenario.steps) {
      const out = await lab.send(step.port, Buffer.from(step.frame, 'hex'));
      steps.push({
        ...step,
        out: out.map(({ port: at, bytes }) => ({ port: at, frame: comparable(bytes, scenario) })),
      });
    }
    const file = new URL(`test/ptf/scenarios/${scenario.name}.json`, ROOT);
    writeFileSync(file, `${JSON.stringify({ ...scenario, steps }, null, 2)}\n`);
  } finally {
    await lab.close();
  }
}
