import { writeFileSync } from 'node:fs';
import { SINC_FETCH_ADD, SINC_MAX, SINC_SUM } from '../../wire/index.js';
import { embedded } from '../program/embedded-lab.js';
import { address, mac, named, namedFrame, routerMac, sincFrame } from '../program/frames.js';
import { ROOT } from '../program/lab.js';
import { nameIs } from '../program/network.js';
import { apply, comparable, type Entry, port, type Scenario, type Step } from './scenario.js';

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
const ramp = (by: number): Int32Array => Int32Array.from({ length: 32 }, (_, n) => n * by - 7);
const send = (from: number, frame: Uint8Array): Step => ({
  port: from,
  frame: Buffer.from(frame).toString('hex'),
  out: [],
});
const contribute = (group: number, from: number, seq: number, operation = SINC_SUM): Step =>
  send(
    from,
    sincFrame(
      { from, to: 4, srcPort: 30_000 },
      { group, sources: 2, source: from - 1, seq, operation },
      ramp(from),
    ),
  );
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

const scenarios: readonly Scenario[] = [
  {
    name: 'names',
    about: 'a request goes to the instance of the longest prefix, by its address',
    profiles: ['routing', 'reduce', 'cells', 'cache'],
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
