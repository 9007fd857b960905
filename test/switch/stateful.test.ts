import assert from 'node:assert/strict';
import { assign, expression, field, hex, type JsonValue, primitive, programJson } from './program-json.js';
import { Rig } from './rig.js';

const headers = {
  h: {
    fields: [
      ['i', 8],
      ['v', 40],
      ['out', 48],
    ] as const,
  },
};

function rigOf(ingress: readonly JsonValue[], extra: Readonly<Record<string, JsonValue>>) {
  return new Rig(programJson({ headers, ingress, extra }));
}

describe('registers', () => {
  const REGISTER = { register_arrays: [{ name: 'r', id: 0, size: 4, bitwidth: 40 }] };
  const array = { type: 'register_array', value: 'r' };

  it('keep what is written, cut to their width', () => {
    const rig = rigOf(
      [
        primitive('register_read', field('h', 'out'), array, field('h', 'i')),
        primitive('register_write', array, field('h', 'i'), {
          type: 'expression',
          value: expression('+', field('h', 'v'), hex(1n << 40n)),
        }),
      ],
      REGISTER,
    );
    assert.equal(rig.send(1, '02 1122334455 000000000000')[0]?.hex, '021122334455000000000000');
    assert.equal(rig.send(1, '02 0000000001 000000000000')[0]?.hex, '020000000001001122334455');
    assert.equal(rig.program.registers.get('r')?.read(2), 1n);
  });

  it('out of range read leaves the target and write does nothing', () => {
    const rig = rigOf(
      [
        primitive('register_read', field('h', 'out'), array, field('h', 'i')),
        primitive('register_write', array, field('h', 'i'), field('h', 'v')),
      ],
      REGISTER,
    );
    assert.equal(rig.send(1, '04 1122334455 aabbccddeeff')[0]?.hex, '041122334455aabbccddeeff');
    assert.deepEqual(
      [0, 1, 2, 3].map((i) => rig.program.registers.get('r')?.read(i)),
      [0n, 0n, 0n, 0n],
    );
  });
});

describe('counters and meters', () => {
  it('count packets and the bytes that came in', () => {
    const rig = rigOf([primitive('count', { type: 'counter_array', value: 'c' }, field('h', 'i'))], {
      counter_arrays: [{ name: 'c', id: 0, size: 4, is_direct: false }],
    });
    rig.send(1, '01 0000000000 000000000000 aabb');
    rig.send(1, '01 0000000000 000000000000');
    rig.send(1, '09 0000000000 000000000000');
    assert.deepEqual(rig.program.counters.get('c')?.read(1), { packets: 2n, bytes: 26n });
    assert.deepEqual(rig.program.counters.get('c')?.read(0), { packets: 0n, bytes: 0n });
  });

  it('colour packets by the clock; out of range leaves the field', () => {
    const rig = rigOf(
      [primitive('execute_meter', { type: 'meter_array', value: 'm' }, field('h', 'i'), field('h', 'out'))],
      {
        meter_arrays: [{ name: 'm', id: 0, size: 2, type: 'packets', rate_count: 2, is_direct: false }],
      },
    );
    rig.program.meters.get('m')?.write(1, { cir: 1, cburst: 1, pir: 1, pburst: 2 });
    const colour = () => rig.send(1, '01 0000000000 ffffffffffff')[0]?.hex.slice(-2);
    assert.deepEqual([colour(), colour(), colour()], ['00', '01', '02']);
    rig.now += 1_000_000;
    assert.equal(colour(), '00');
    assert.equal(rig.send(1, '02 0000000000 ffffffffffff')[0]?.hex.slice(-12), 'ffffffffffff');
  });
});

describe('hash and random', () => {
  const calculation = (algo: string, input: readonly JsonValue[]) => ({
    calculations: [{ name: 'calc', id: 0, algo, input }],
  });
  const run = (base: JsonValue, size: JsonValue) => [
    primitive(
      'modify_field_with_hash_based_offset',
      field('h', 'out'),
      base,
      { type: 'calculation', value: 'calc' },
      size,
    ),
  ];

  it('hash the bits in order: crc32 of "123456789" is its check value', () => {
    const digits = { type: 'hexstr', value: '0x313233343536373839', bitwidth: 72 };
    const rig = rigOf(run(hex(0), hex(1n << 32n)), calculation('crc32', [digits]));
    assert.equal(rig.send(1, '00'.repeat(12))[0]?.hex.slice(-12), '0000cbf43926');
  });

  it('give base + hash modulo size, size 0 taken as 1', () => {
    const digits = { type: 'hexstr', value: '0x313233343536373839', bitwidth: 72 };
    const rig = rigOf(run(hex(0x1_0000), field('h', 'i')), calculation('crc32', [digits]));
    const sent = (i: string) => rig.send(1, `${i} 0000000000 000000000000`)[0]?.hex.slice(-12);
    assert.equal(sent('64'), (0x10000 + (0xcbf43926 % 100)).toString(16).padStart(12, '0'));
    assert.equal(sent('00'), '000000010000');
  });

  it('pack fields that do not end on bytes and fill the last byte with zeros', () => {
    const nibble = { type: 'hexstr', value: '0x0f', bitwidth: 4 };
    const rig = rigOf(run(hex(0), hex(1n << 32n)), calculation('identity', [field('h', 'i'), nibble]));
    assert.equal(rig.send(1, '12 0000000000 000000000000')[0]?.hex.slice(-4), '12f0');
  });

  it('take random numbers from the seed, within the bounds', () => {
    const draw = primitive('modify_field_rng_uniform', field('h', 'out'), hex(10), field('h', 'i'));
    const rig = rigOf([draw], {});
    const draws = Array.from({ length: 200 }, () =>
      Number.parseInt(rig.send(1, '0d 0000000000 000000000000')[0]?.hex.slice(-12) ?? '', 16),
    );
    assert.deepEqual([...new Set(draws)].sort(), [10, 11, 12, 13]);
    // low > high: the field keeps its value.
    assert.equal(rig.send(1, '09 0000000000 0000000000ee')[0]?.hex.slice(-2), 'ee');
    const again = rigOf([draw], {});
    assert.deepEqual(
      draws.slice(0, 20),
      Array.from({ length: 20 }, () =>
        Number.parseInt(again.send(1, '0d 0000000000 000000000000')[0]?.hex.slice(-12) ?? '', 16),
      ),
    );
  });
});

describe('checksums', () => {
  const extra = (verify: boolean) => ({
    calculations: [
      { name: 'calc', id: 0, algo: 'csum16', input: [field('h', 'i'), field('h', 'v'), { type: 'payload' }] },
    ],
    checksums: [
      {
        name: 'c',
        id: 0,
        type: 'generic',
        target: ['h', 'out'],
        calculation: 'calc',
        verify,
        update: !verify,
        if_cond: { type: 'bool', value: true },
      },
    ],
  });

  it('are updated over fields and payload before the packet leaves', () => {
    const rig = rigOf([], extra(false));
    // 01aa + aa aa aa ... as 16-bit words: 0100 0000 0001 + payload 0203
    assert.equal(rig.send(1, '01 0000000001 000000000000 0203')[0]?.hex, '01000000000100000000fcfb0203');
  });

  it('are verified after the parser', () => {
    const rig = rigOf([assign('h', 'i', field('standard_metadata', 'checksum_error'))], extra(true));
    assert.equal(rig.send(1, '01 0000000001 00000000fcfb 0203')[0]?.hex.slice(0, 2), '00');
    assert.equal(rig.send(1, '01 0000000001 00000000fcfc 0203')[0]?.hex.slice(0, 2), '01');
  });
});

describe('digests, logs and idle timeouts', () => {
  it('hand samples of the packet as ingress leaves it to the digest stream', () => {
    const rig = rigOf([assign('h', 'i', hex(9)), primitive('generate_digest', hex(0), hex(1))], {
      learn_lists: [
        {
          name: 'd',
          id: 1,
          elements: [
            { type: 'field', value: ['h', 'i'] },
            { type: 'field', value: ['h', 'v'] },
          ],
        },
      ],
    });
    const stream = rig.program.digests.get('d');
    const lists: bigint[][][] = [];
    stream?.configure({ maxTimeoutNs: 1000, maxListSize: 2, ackTimeoutNs: 0 });
    stream?.onList(({ samples }) => lists.push(samples.map((sample) => [...sample])));
    rig.send(1, '01 1122334455 000000000000');
    rig.send(1, '01 1122334456 000000000000');
    rig.send(1, '01 1122334457 000000000000');
    assert.deepEqual(lists, [
      [
        [9n, 0x1122334455n],
        [9n, 0x1122334456n],
      ],
    ]);
    rig.now += 1;
    rig.device.tick();
    assert.deepEqual(lists[1], [[9n, 0x1122334457n]]);
  });

  it('give log messages to listeners as data', () => {
    const rig = rigOf(
      [
        primitive(
          'log_msg',
          { type: 'string', value: 'i = {}' },
          { type: 'parameters_vector', value: [field('h', 'v')] },
        ),
        primitive('log_msg', { type: 'string', value: 'plain' }, { type: 'parameters_vector', value: {} }),
      ],
      {},
    );
    const logs: unknown[] = [];
    rig.device.onLog((format, values) => logs.push([format, values]));
    rig.send(1, '01 1122334455 000000000000');
    assert.deepEqual(logs, [
      ['i = {}', [0x1122334455n]],
      ['plain', []],
    ]);
  });
});
