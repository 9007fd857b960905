import assert from 'node:assert/strict';
import type { Entity } from '../../controller/p4runtime/index.js';
import { counts, entry, lab, labs, scenario } from './scenario.js';

describe('test programs: tables', function () {
  this.timeout(20_000);

  const member = (number: number, port: number): Entity => ({
    kind: 'profile-member',
    profile: 'hops',
    member: number,
    action: { name: 'ingress.set_port', params: { port } },
  });
  scenario('a selector spreads flows over its group and keeps each on its member', {
    program: 'selectors',
    entities: [
      member(1, 1),
      member(2, 2),
      member(3, 3),
      {
        kind: 'profile-group',
        profile: 'hops',
        group: 1,
        maxSize: 3,
        members: [1, 2, 3].map((number) => ({ member: number, weight: 1 })),
      },
      {
        kind: 'table-entry',
        table: 'ingress.routes',
        match: { 'hdr.lab.c': '10.0.0.0/8' },
        action: { kind: 'group', group: 1 },
      },
      {
        kind: 'table-entry',
        table: 'ingress.routes',
        match: { 'hdr.lab.c': '10.1.0.0/16' },
        action: { kind: 'member', member: 2 },
      },
    ],
    packets: Array.from({ length: 90 }, (_, i) =>
      lab({ c: 0x0a000000 + (i % 3 === 0 ? 0x10000 : 0), d: (i % 45) * 7919, b: i % 45 }),
    ),
    check: (seen) => {
      assert.equal(
        counts(seen).reduce((sum, count) => sum + count),
        90,
      );
      for (const port of [1, 2, 3]) assert.ok(labs(seen, port).length > 5, `port ${port} is left out`);
      // The second half repeats the first: same flow, same port.
      const flows = new Map<string, number>();
      for (const port of [1, 2, 3])
        for (const { b, c } of labs(seen, port)) {
          assert.equal(flows.get(`${b} ${c}`) ?? port, port);
          flows.set(`${b} ${c}`, port);
        }
      assert.ok(labs(seen, 2).filter(({ c }) => c === 0x0a010000).length === 30);
    },
  });

  scenario('a profile gives several entries one action', {
    program: 'selectors',
    entities: [
      {
        kind: 'profile-member',
        profile: 'tags',
        member: 5,
        action: { name: 'ingress.set_tag', params: { tag: 0xbeef } },
      },
      { kind: 'profile-member', profile: 'tags', member: 6, action: { name: 'ingress.drop', params: {} } },
      ...[1, 2, 3].map(
        (kind): Entity => ({
          kind: 'table-entry',
          table: 'ingress.marks',
          match: { 'hdr.lab.kind': kind },
          action: { kind: 'member', member: kind === 3 ? 6 : 5 },
        }),
      ),
    ],
    packets: [1, 2, 3, 4].map((kind) => lab({ kind, b: 1 })),
    check: (seen) => {
      assert.deepEqual(
        labs(seen, 0).map(({ kind, b }) => [kind, b]),
        [
          [1, 0xbeef],
          [2, 0xbeef],
          [4, 1],
        ],
      );
    },
  });

  scenario('exact, LPM, ternary, range and optional keys in one table, by priority', {
    program: 'matches',
    entities: [
      entry('ingress.prefixes', { 'hdr.lab.kind': 1, 'hdr.lab.c': '10.0.0.0/8' }, 'ingress.add', {
        value: 1,
      }),
      entry('ingress.prefixes', { 'hdr.lab.kind': 1, 'hdr.lab.c': '10.1.0.0/16' }, 'ingress.add', {
        value: 2,
      }),
      entry('ingress.prefixes', { 'hdr.lab.kind': 1 }, 'ingress.add', { value: 4 }),
      entry(
        'ingress.ranges',
        { 'hdr.lab.a': { low: 10, high: 20 } },
        'ingress.add',
        { value: 0x10 },
        {
          priority: 1,
        },
      ),
      entry(
        'ingress.ranges',
        { 'hdr.lab.a': { low: 15, high: 30 }, 'hdr.lab.d': { low: 5, high: 0xfffffff0 } },
        'ingress.add',
        { value: 0x20 },
        { priority: 2 },
      ),
      entry('ingress.optionals', { 'hdr.lab.kind': 2 }, 'ingress.add', { value: 0x200 }, { priority: 3 }),
      entry(
        'ingress.optionals',
        { 'hdr.lab.kind': 2, 'standard.ingress_port': 0 },
        'ingress.add',
        { value: 0x400 },
        { priority: 4 },
      ),
      entry(
        'ingress.everything',
        {
          'hdr.lab.kind': 3,
          'hdr.lab.a': { low: 1, high: 9 },
          'hdr.lab.b': { value: 0x100, mask: 0x100 },
          'hdr.lab.c': '192.168.0.0/16',
          low: 7,
        },
        'ingress.forward',
        { port: 2 },
        { priority: 5 },
      ),
    ],
    packets: [
      lab({ kind: 1, c: 0x0a000001 }),
      lab({ kind: 1, c: 0x0a010001 }),
      lab({ kind: 1, c: 0x0b010001 }),
      lab({ a: 12, d: 9 }),
      lab({ a: 17, d: 9 }),
      lab({ a: 17, d: 0xfffffff1 }),
      lab({ a: 30, d: 4 }),
      lab({ kind: 2 }),
      lab({ kind: 3, a: 9, c: 0xc0a80107 }),
      lab({ kind: 3, a: 10, c: 0xc0a80107 }),
      lab({ kind: 3, a: 9, c: 0xc0a80108 }),
    ],
    check: (seen) => {
      assert.deepEqual(
        labs(seen, 1).map(({ b }) => b),
        [0x101, 0x102, 0x104, 0x1110, 0x1120, 0x1110, 0x100, 0x400, 0x1110, 0x100],
      );
      assert.deepEqual(
        labs(seen, 2).map(({ kind, a, b }) => [kind, a, b]),
        [[3, 9, 0x100]],
      );
    },
  });

  scenario('an empty value set matches nothing', {
    program: 'value-sets',
    entities: [],
    packets: ['7f00010002ff', '1100010002', '0212345678', 'ff'].map((hex) => Buffer.from(hex, 'hex')),
    check: (seen) => {
      assert.deepEqual(seen.outputs.get(1), ['1100010002', '0212345678', 'ff']);
      assert.deepEqual(seen.outputs.get(2), ['7f00010003ff']);
    },
  });

  scenario('an entry that nobody uses is reported', {
    program: 'timeouts',
    entities: [
      entry('ingress.flows', { 'hdr.lab.c': 1 }, 'ingress.forward', { port: 1 }, { idleTimeoutNs: 5e8 }),
      entry('ingress.flows', { 'hdr.lab.c': 2 }, 'ingress.forward', { port: 2 }),
      entry('ingress.flows', { 'hdr.lab.c': 3 }, 'ingress.forward', { port: 3 }, { idleTimeoutNs: 6e11 }),
    ],
    packets: [1, 2, 3, 4].map((c) => lab({ c })),
    idle: 1,
    check: (seen) => {
      assert.deepEqual(counts(seen), [0, 1, 1, 1, 0, 0, 0, 0]);
      assert.deepEqual(seen.idle, ['{"hdr.lab.c":"1"}']);
    },
  });
});
