import assert from 'node:assert/strict';
import type { Entity } from '../../controller/p4runtime/index.js';
import { counts, entry, lab, labs, scenario } from './scenario.js';

describe('test programs: state and messages', function () {
  this.timeout(20_000);

  const digest = (name: string): Entity => ({
    kind: 'digest',
    digest: name,
    maxListSize: 1,
    maxTimeoutNs: 0,
    ackTimeoutNs: 0,
  });
  scenario('digests carry their fields; of several by one packet the last is sent', {
    program: 'digests',
    entities: [
      digest('seen_t'),
      digest('marked_t'),
      entry('ingress.known', { 'hdr.lab.c': 5 }, 'ingress.forward', { port: 2 }),
    ],
    packets: [
      lab({ c: 0xfffffffe, b: 0xabcd }),
      lab({ c: 5, b: 1 }),
      lab({ c: 6, b: 2 }),
      lab({ c: 7, a: 7, kind: 0x99 }),
    ],
    ports: [3],
    samples: 3,
    check: (seen) => {
      assert.deepEqual(
        // Lists of different digests may overtake each other.
        seen.digests
          .map(({ digest, samples }) => [digest, ...samples])
          .sort(([a], [b]) => String(b).localeCompare(String(a))),
        [
          ['seen_t', { address: 0xfffffffen, tag: 0xabcdn, port: 3n }],
          ['seen_t', { address: 6n, tag: 2n, port: 3n }],
          ['marked_t', { mark: 0x99n }],
        ],
      );
    },
  });

  /** So slow that only the bursts count. */
  const config = { cir: 1, cburst: 2, pir: 1, pburst: 5 };
  scenario('meters of packets and bytes, indirect and direct, give their bursts green, yellow, red', {
    program: 'meters',
    entities: [
      entry('ingress.flows', { 'hdr.lab.c': 1 }, 'ingress.metered'),
      { kind: 'meter', meter: 'packet_rate', index: 0, config },
      {
        kind: 'meter',
        meter: 'byte_rate',
        index: 0,
        config: { cir: 1, cburst: 50, pir: 1, pburst: 80 },
      },
      {
        kind: 'direct-meter',
        entry: { kind: 'table-entry', table: 'ingress.flows', match: { 'hdr.lab.c': 1 } },
        config: { cir: 1, cburst: 1, pir: 1, pburst: 3 },
      },
    ],
    packets: [...Array.from({ length: 7 }, () => lab({ c: 1, rest: '00'.repeat(8) })), lab({ a: 1, c: 9 })],
    check: (seen) => {
      const colours = labs(seen, 1).map(({ d }) => d.toString(16));
      // Frames of 20 bytes: packets, bytes, direct.
      assert.deepEqual(colours, ['0', '1', '10101', '10102', '10202', '20202', '20202', '0']);
    },
  });

  scenario('counters of packets, bytes and both, read over P4Runtime', {
    program: 'counters',
    entities: [
      entry(
        'ingress.flows',
        { 'hdr.lab.c': { value: 1, mask: 1 } },
        'ingress.forward',
        { port: 2 },
        {
          priority: 1,
        },
      ),
    ],
    packets: [
      lab({ kind: 1, a: 3, c: 1 }),
      lab({ kind: 1, a: 3, c: 2, rest: '0011' }),
      lab({ kind: 15, a: 15, c: 3, rest: '00' }),
      lab({ kind: 16, a: 200, c: 5 }),
    ],
    queries: [
      { kind: 'counter', counter: 'by_kind' },
      { kind: 'counter', counter: 'volume' },
      { kind: 'counter', counter: 'sent' },
      {
        kind: 'direct-counter',
        entry: { kind: 'table-entry', table: 'ingress.flows' },
      },
    ],
    check: (seen) => {
      const cells = seen.read.flatMap((cell) =>
        cell.kind === 'counter' && cell.data.packets > 0
          ? [[cell.counter, cell.index, cell.data.packets, cell.data.bytes]]
          : [],
      );
      assert.deepEqual(cells.map((cell) => cell.join(' ')).sort(), [
        'egress.sent 2 3 37',
        'ingress.by_kind 1 2 26',
        'ingress.by_kind 15 1 13',
        'ingress.volume 15 1 13',
        'ingress.volume 3 2 26',
      ]);
      const direct = seen.read.flatMap((cell) => (cell.kind === 'direct-counter' ? [cell.data] : []));
      assert.deepEqual(direct, [{ packets: 3, bytes: 37 }]);
    },
  });

  scenario('registers of 1, 8, 32 and 48 bits keep what is written, and nothing beyond their end', {
    program: 'registers',
    entities: [],
    packets: [
      lab({ kind: 1, a: 15, c: 5 }),
      lab({ kind: 1, a: 15, c: 0xffffffff }),
      lab({ kind: 2, a: 4, b: 0xbeef }),
      lab({ kind: 2, a: 4, b: 0x1234 }),
      lab({ kind: 2, a: 4, b: 0x5678 }),
      lab({ kind: 3, c: 1, d: 2 }),
      lab({ kind: 3, c: 1, d: 2 }),
      lab({ kind: 5, a: 2, b: 4 }),
      lab({ kind: 4, a: 2 }),
      lab({ kind: 4, a: 2 }),
      lab({ kind: 1, a: 16, c: 5 }),
    ],
    check: (seen) => {
      const out = labs(seen, 1);
      assert.deepEqual(
        out.slice(0, 2).map(({ c }) => c),
        [5, 4],
      );
      assert.deepEqual(
        out.slice(2, 5).map(({ d }) => d),
        [0, 0xbeef, 0xbeef1234],
      );
      assert.deepEqual(
        out.slice(5, 7).map(({ b }) => b),
        [0, 1],
      );
      assert.deepEqual(
        out.slice(8, 10).map(({ a }) => a),
        [1, 0],
      );
      assert.equal(out[10]?.c, 5);
    },
  });

  const logs: string[] = [];
  const faults: string[] = [];
  scenario('log_msg tells format and values', {
    program: 'checks',
    entities: [],
    packets: [lab({ kind: 1, c: 7 })],
    ports: [3],
    onDevice: (device) => device.onLog((format, values) => logs.push(`${format} ${values.join(' ')}`)),
    check: (seen) => {
      assert.equal(labs(seen, 1)[0]?.a, 1);
      assert.deepEqual(logs, ['packet from port {}: kind {}, {} 3 1 7', 'no values ']);
    },
  });

  scenario('assert and assume drop the packet, say where, and let the next through', {
    program: 'checks',
    entities: [],
    packets: [lab({ kind: 0xee }), lab({ kind: 0xef }), lab({ kind: 2 })],
    onDevice: (device) => device.onFault(({ message }) => faults.push(message)),
    withoutBmv2: 'simple_switch ends at a failed assert',
    check: (seen) => {
      assert.deepEqual(
        labs(seen, 1).map(({ kind }) => kind),
        [2],
      );
      assert.equal(faults.length, 2);
      for (const fault of faults) assert.match(fault, /checks\.p4/);
    },
  });

  const bounds = (a: number, b: number, c: number) => lab({ a, b, c });
  scenario('random stays within its bounds', {
    program: 'randoms',
    entities: [],
    packets: Array.from({ length: 200 }, () => bounds(0, 5, 9)),
    withoutBmv2: 'no two runs of it are alike',
    check: (seen) => {
      const out = labs(seen, 1);
      assert.deepEqual([...new Set(out.map(({ d }) => d))].sort(), [5, 6, 7, 8, 9]);
      assert.deepEqual([...new Set(out.map(({ a }) => a))].sort(), [10, 11, 12]);
    },
  });

  scenario('every hash algorithm, over fields of odd widths', {
    program: 'hashes',
    entities: [],
    packets: [
      lab({ a: 2, b: 0x345, c: 0x6789abcd, d: 0xef012345 }),
      lab({ a: 0xff, b: 0xffff, c: 0xffffffff, d: 0xffffffff }),
      lab({}),
    ],
    check: (seen) => {
      assert.deepEqual(counts(seen), [0, 3, 0, 0, 0, 0, 0, 0]);
      // CRC-32 of eight zero bytes, and of eight bytes of ones.
      assert.equal(labs(seen, 1)[2]?.rest.slice(0, 8), '6522df69');
      assert.equal(labs(seen, 1)[1]?.rest.slice(0, 8), '2144df1c');
    },
  });

  const ipv4 = [
    '4500002200010000401126c80a0000010a000002',
    '46000006000100004006254e0a0000010a00000201010101',
    '44000014',
  ].map((hex) => Buffer.from(hex, 'hex'));
  scenario('IPv4 options, checksums over the payload, and parser errors', {
    program: 'options',
    entities: [],
    packets: ipv4,
    check: (seen) => {
      const total = counts(seen).reduce((sum, count) => sum + count);
      assert.equal(total, ipv4.length);
      // UDP that is missing is PacketTooShort; a header length below 5 is the program's own error.
      assert.equal(seen.outputs.get(4)?.length, 2);
    },
  });

  scenario('a priority no queue has is dropped', {
    program: 'priorities',
    entities: [],
    packets: [0, 1, 7, 8].map((a) => lab({ a })),
    check: (seen) => {
      assert.deepEqual(
        labs(seen, 1).map(({ a }) => a),
        [0, 8],
      );
    },
  });
});
