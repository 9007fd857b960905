import assert from 'node:assert/strict';
import type { Entity } from '../../controller/p4runtime/index.js';
import { counts, lab, labs, scenario } from './scenario.js';

const session = (number: number, ...ports: number[]): Entity => ({
  kind: 'clone-session',
  session: number,
  replicas: ports.map((port, instance) => ({ port, instance: instance + 1 })),
});

describe('test programs: packets that become several or go round', function () {
  this.timeout(20_000);

  scenario('clones from ingress are as the packet came in, with the fields of their list', {
    program: 'clones',
    entities: [session(1, 2), session(2, 3, 4)],
    packets: [1, 2, 3, 4].map((kind) => lab({ kind, a: kind === 2 ? 2 : 1, c: 0xcccc, d: 1, rest: 'ee' })),
    check: (seen) => {
      assert.deepEqual(
        labs(seen, 1).map(({ kind, d, rest }) => [kind, d, rest]),
        [1, 2, 3].map((kind) => [kind, 0xd00d0000, 'ee']),
      );
      const I2E = 1;
      const copy = (b: number, c: number, a: number) => ({ kind: I2E, a, b, c, d: 1, rest: 'ee' });
      assert.deepEqual(labs(seen, 2), [copy(1, 0xcccc, 1), copy(1, 0, 0), copy(1, 0xcccc, 1)]);
      assert.deepEqual(labs(seen, 3), [copy(1, 0, 1)]);
      assert.deepEqual(labs(seen, 4), [copy(2, 0, 1)]);
    },
  });

  scenario('clones from egress are as the packet leaves', {
    program: 'clones',
    entities: [session(1, 2), session(3, 3)],
    packets: [lab({ kind: 5, a: 1, c: 7 }), lab({ kind: 6, a: 3, c: 8 }), lab({ kind: 5, a: 9 })],
    check: (seen) => {
      const E2E = 2;
      assert.deepEqual(counts(seen), [0, 3, 1, 1, 0, 0, 0, 0]);
      assert.deepEqual(labs(seen, 2), [{ kind: E2E, a: 1, b: 1, c: 7, d: 0xd00d0000, rest: '' }]);
      assert.deepEqual(labs(seen, 3), [{ kind: E2E, a: 0, b: 1, c: 0, d: 0xd00d0000, rest: '' }]);
    },
  });

  scenario('a clone session cuts its copies', {
    program: 'clones',
    entities: [{ kind: 'clone-session', session: 1, replicas: [{ port: 2, instance: 1 }], packetLength: 13 }],
    packets: [lab({ kind: 3, a: 1, rest: '0123456789' })],
    withoutBmv2: 'its P4Runtime server refuses this session',
    check: (seen) => {
      assert.equal(labs(seen, 1)[0]?.rest, '0123456789');
      assert.equal(labs(seen, 2)[0]?.rest, '01');
    },
  });

  scenario('resubmitted packets are as they came in, with the fields of the list', {
    program: 'returns',
    entities: [],
    packets: [lab({ kind: 1, b: 0x100, c: 0x10, d: 5, rest: 'ab' })],
    check: (seen) => {
      const RESUBMIT = 6;
      // Three turns: turns is in b, once, and lost counts the last pass alone.
      assert.deepEqual(labs(seen, 1), [
        { kind: 1, a: RESUBMIT, b: 0x100 + 3 + 1, c: 0x30, d: 5, rest: 'ab' },
      ]);
    },
  });

  scenario('recirculated packets are as they left, with the fields of the list', {
    program: 'returns',
    entities: [],
    packets: [lab({ kind: 2, b: 0x100, c: 0x10, d: 5, rest: 'ab' })],
    check: (seen) => {
      const RECIRCULATED = 4;
      // b gathers turns 0 to 4 in ingress; list 2 keeps turns but not kept.
      assert.deepEqual(labs(seen, 1), [
        { kind: 2, a: RECIRCULATED, b: 0x100 + 1 + 2 + 3 + 4 + 1, c: 0, d: 9, rest: 'ab' },
      ]);
    },
  });

  scenario('multicast: every replica has its instance, pruning is the program’s', {
    program: 'replication',
    entities: [
      {
        kind: 'multicast-group',
        group: 7,
        replicas: [
          { port: 1, instance: 1 },
          { port: 2, instance: 2 },
          { port: 5, instance: 3 },
          { port: 3, instance: 9 },
          { port: 4, instance: 4 },
        ],
      },
    ],
    packets: [
      lab({ b: 7 }),
      lab({ kind: 1, b: 7 }),
      lab({ kind: 2, b: 7 }),
      lab({ b: 8 }),
      lab({ b: 0, rest: '77' }),
    ],
    ports: [0, 1, 2, 3, 4],
    check: (seen) => {
      const REPLICATION = 5;
      assert.deepEqual(
        labs(seen, 1).map(({ a, c }) => [a, c]),
        [
          [REPLICATION, 1],
          [REPLICATION, 1],
          [0, 0],
        ],
      );
      // The packet that came in by port 2 is not sent back there.
      assert.deepEqual(
        labs(seen, 2).map(({ c }) => c),
        [2],
      );
      assert.deepEqual(counts(seen), [0, 3, 1, 0, 2, 2, 0, 0]);
    },
  });

  scenario('truncate cuts what leaves and not what egress sees', {
    program: 'truncation',
    entities: [session(1, 2)],
    packets: [
      lab({ kind: 1, a: 4, rest: '010203' }),
      lab({ kind: 1, a: 13, rest: '010203' }),
      lab({ kind: 1, a: 99, rest: '010203' }),
      lab({ kind: 2, a: 14, rest: '010203' }),
      lab({ kind: 3, a: 5, rest: '010203' }),
    ],
    check: (seen) => {
      const [first, second, third, fourth, fifth] = seen.outputs.get(1) ?? [];
      assert.equal(first?.length, 2 * 4);
      assert.equal(second, '010d000f000000000000000001');
      assert.equal(third, '0163000f0000000000000000010203');
      assert.equal(fourth, '020e000f00000000000000000102');
      assert.equal(fifth?.length, 2 * 5);
      // The copy is not cut.
      assert.equal(labs(seen, 2)[0]?.rest, '010203');
    },
  });
});
