import assert from 'node:assert/strict';
import {
  assign,
  expression,
  extract,
  field,
  goTo,
  hex,
  type JsonValue,
  primitive,
  programJson,
  state,
} from './program-json.js';
import { Rig } from './rig.js';

/** Egress reports the parser's error and what is valid in a header of its own, sent last. */
const REPORT = {
  r: {
    fields: [
      ['error', 8],
      ['next', 8],
    ] as const,
  },
};
const report: JsonValue[] = [
  primitive('add_header', { type: 'header', value: 'r' }),
  assign('r', 'error', field('standard_metadata', 'parser_error')),
];

function to(value: string, next: string | null, mask: string | null = null): JsonValue {
  return { type: 'hexstr', value, mask, next_state: next };
}

describe('parser', () => {
  const two = (states: readonly JsonValue[]) =>
    new Rig(
      programJson({
        headers: {
          h: {
            fields: [
              ['a', 4],
              ['b', 12],
            ],
          },
          k: { fields: [['c', 16]] },
          ...REPORT,
        },
        states,
        egress: report,
      }),
    );

  it('extracts fields that straddle bytes and sends the rest on as payload', () => {
    const rig = two([state('start', [extract('h'), extract('k')])]);
    assert.deepEqual(rig.send(1, 'a123 4567 deadbeef'), [{ port: 0, hex: 'a12345670000deadbeef' }]);
  });

  it('stops with PacketTooShort, keeps what it had and never drops', () => {
    const rig = two([state('start', [extract('h'), extract('k')])]);
    assert.equal(rig.send(1, 'a123 45')[0]?.hex, 'a123010045');
    assert.equal(rig.send(1, 'a1')[0]?.hex, '0100a1');
    assert.equal(rig.send(1, '')[0]?.hex, '0100');
  });

  it('takes the first transition that matches, masks and byte padding included', () => {
    const rig = two([
      state(
        'start',
        [extract('h')],
        [field('h', 'a'), field('h', 'b')],
        // 4 and 12 bits, each padded to whole bytes.
        [
          to('0x010234', 'more'),
          to('0x020000', 'more', '0x0f0000'),
          to('0x030100', null, '0x0f0f00'),
          goTo(null),
        ],
      ),
      state('more', [extract('k')]),
    ]);
    assert.equal(rig.send(1, '1234aabb')[0]?.hex, '1234aabb0000');
    assert.equal(rig.send(1, '1235aabb')[0]?.hex, '12350000aabb');
    assert.equal(rig.send(1, '2fffaabb')[0]?.hex, '2fffaabb0000');
  });

  it('ends where nothing matches, without an error', () => {
    const rig = two([state('start', [extract('h')], [field('h', 'a')], [to('0x01', 'start')])]);
    assert.equal(rig.send(1, 'f000aabb')[0]?.hex, 'f0000000aabb');
  });

  it('gives up on states that lead to each other without taking anything', () => {
    const rig = two([state('start', [], [], [goTo('again')]), state('again', [], [], [goTo('start')])]);
    assert.equal(rig.send(1, 'a123')[0]?.hex, '0500a123');
  });

  it('verifies with the code of the program', () => {
    const verify = {
      op: 'verify',
      parameters: [
        { type: 'expression', value: { op: '==', left: field('h', 'a'), right: hex(1) } },
        { type: 'hexstr', value: '0x2a' },
      ],
    };
    const rig = two([state('start', [extract('h'), verify, extract('k')])]);
    assert.equal(rig.send(1, '1000 0001')[0]?.hex, '100000010000');
    assert.equal(rig.send(1, '2000 0001')[0]?.hex, '20002a000001');
  });

  it('looks ahead without taking, and checks the length', () => {
    const look = { op: 'set', parameters: [field('h', 'b'), { type: 'lookahead', value: [4, 12] }] };
    const rig = two([state('start', [extract('h'), look])]);
    assert.equal(rig.send(1, '1000 fabc')[0]?.hex, '1abc0000fabc');
    assert.equal(rig.send(1, '1000 fa')[0]?.hex, '10000100fa');
  });

  it('branches on a lookahead', () => {
    const rig = two([
      state(
        'start',
        [extract('h')],
        [{ type: 'lookahead', value: [0, 8] }],
        [to('0x77', 'more'), goTo(null)],
      ),
      state('more', [extract('k')]),
    ]);
    assert.equal(rig.send(1, '1000 7788')[0]?.hex, '100077880000');
    assert.equal(rig.send(1, '1000 7888')[0]?.hex, '100000007888');
    assert.equal(rig.send(1, '1000')[0]?.hex, '10000100');
  });

  it('advances by whole bytes only', () => {
    const advance = { op: 'advance', parameters: [{ type: 'expression', value: field('h', 'b') }] };
    const rig = two([state('start', [extract('h'), advance, extract('k')])]);
    assert.equal(rig.send(1, '0008 ff 1234')[0]?.hex, '000812340000');
    assert.equal(rig.send(1, '0009 ff 1234')[0]?.hex, '00090600ff1234');
    assert.equal(rig.send(1, '0fff'.replace('fff', 'ff8'))[0]?.hex, '0ff80100');
  });

  it('branches on a value set the control plane fills', () => {
    const rig = new Rig(
      programJson({
        headers: {
          h: {
            fields: [
              ['a', 4],
              ['b', 12],
            ],
          },
          k: { fields: [['c', 16]] },
          ...REPORT,
        },
        valueSets: [{ name: 'set', id: 0, compressed_bitwidth: 12 }],
        states: [
          state(
            'start',
            [extract('h')],
            [field('h', 'b')],
            [{ type: 'parse_vset', value: 'set', mask: null, next_state: 'more' }, goTo(null)],
          ),
          state('more', [extract('k')]),
        ],
        egress: report,
      }),
    );
    assert.equal(rig.send(1, '1abc 7788')[0]?.hex, '1abc00007788');
    rig.program.valueSets.get('set')?.setMembers([{ values: [0xa00n], masks: [0xf00n] }]);
    assert.equal(rig.send(1, '1abc 7788')[0]?.hex, '1abc77880000');
    assert.equal(rig.send(1, '1bbc 7788')[0]?.hex, '1bbc00007788');
  });
});

describe('varbit fields', () => {
  const variable = (bits: JsonValue) => ({
    op: 'extract_VL',
    parameters: [
      { type: 'regular', value: 'v' },
      { type: 'expression', value: bits },
    ],
  });
  const rigOf = (fields: readonly (readonly [string, number | '*'])[], ingress: readonly JsonValue[] = []) =>
    new Rig(
      programJson({
        headers: {
          n: { fields: [['bits', 8]] },
          v: { fields, maxLength: 6 },
          w: { fields, maxLength: 6 },
          ...REPORT,
        },
        states: [state('start', [extract('n'), variable(field('n', 'bits'))])],
        ingress,
        egress: report,
        order: ['n', 'v', 'w', 'r'],
      }),
    );

  it('take the bits they are told, with fixed fields around them', () => {
    const rig = rigOf([
      ['x', 8],
      ['data', '*'],
      ['y', 8],
    ]);
    assert.equal(rig.send(1, '10 01 a1a2 02 ff')[0]?.hex, '1001a1a2020000ff');
    assert.equal(rig.send(1, '00 01 02 ff')[0]?.hex, '0001020000ff');
    assert.equal(rig.send(1, '20 01 a1a2a3a4 02')[0]?.hex, '2001a1a2a3a4020000');
  });

  it('need not start on a byte', () => {
    const rig = rigOf([
      ['x', 4],
      ['data', '*'],
      ['y', 4],
    ]);
    assert.equal(rig.send(1, '18 1abcdef2 ff')[0]?.hex, '181abcdef20000ff');
  });

  it('end the parser with an error where the length is none, too much, or not there', () => {
    const rig = rigOf([
      ['x', 8],
      ['data', '*'],
      ['y', 8],
    ]);
    assert.equal(rig.send(1, '11 01a1a202')[0]?.hex, '11060001a1a202');
    assert.equal(rig.send(1, '28 01a1a2a3a4a502')[0]?.hex, '28040001a1a2a3a4a502');
    assert.equal(rig.send(1, '10 01a1a2')[0]?.hex, '10010001a1a2');
  });

  it('are copied with their header, length and all', () => {
    const copy = primitive('assign_header', { type: 'header', value: 'w' }, { type: 'header', value: 'v' });
    const rig = rigOf(
      [
        ['x', 8],
        ['data', '*'],
      ],
      [copy],
    );
    assert.equal(rig.send(1, '10 01 a1a2 ff')[0]?.hex, '1001a1a201a1a20000ff');
    assert.equal(rig.send(1, '00 01 ff')[0]?.hex, '000101' + '0000ff');
  });
});

describe('header stacks', () => {
  const stacks = {
    s: {
      fields: [
        ['more', 8],
        ['x', 8],
      ] as const,
      size: 3,
    },
  };
  const next = { op: 'extract', parameters: [{ type: 'stack', value: 's' }] };
  const loop = state(
    'start',
    [next],
    [{ type: 'stack_field', value: ['s', 'more'] }],
    [to('0x01', 'start'), goTo(null)],
  );
  const stack = { type: 'header_stack', value: 's' };
  const rigOf = (ingress: readonly JsonValue[]) =>
    new Rig(
      programJson({
        headers: REPORT,
        stacks,
        states: [loop],
        ingress,
        egress: report,
        order: ['s[0]', 's[1]', 's[2]', 'r'],
      }),
    );

  it('are extracted to in turn and are out of bounds when full', () => {
    const rig = rigOf([]);
    assert.equal(rig.send(1, '0111 0022 99')[0]?.hex, '01110022000099');
    assert.equal(rig.send(1, '0111 0122 0133 0044')[0]?.hex, '01110122013303000044');
  });

  it('push and pop move every element; what comes in is invalid', () => {
    assert.equal(rigOf([primitive('pop', stack, hex(1))]).send(1, '0111 0022')[0]?.hex, '00220000');
    const pushed = rigOf([
      primitive('push', stack, hex(1)),
      primitive('add_header', { type: 'header', value: 's[0]' }),
    ]);
    assert.equal(pushed.send(1, '0111 0122 0033')[0]?.hex, '0000011101220000');
    assert.equal(rigOf([primitive('pop', stack, hex(5))]).send(1, '0111 0022')[0]?.hex, '0000');
    assert.equal(rigOf([primitive('push', stack, hex(3))]).send(1, '0111 0022')[0]?.hex, '0000');
  });

  it('are indexed at run time; an index out of bounds reaches nothing', () => {
    const at = (index: JsonValue) => ({
      type: 'expression',
      value: {
        op: 'access_field',
        left: { type: 'expression', value: { op: 'dereference_header_stack', left: stack, right: index } },
        right: 1,
      },
    });
    const write = primitive('assign', { type: 'expression', value: at(field('s[0]', 'x')) }, hex(0xee));
    const rig = rigOf([write]);
    assert.equal(rig.send(1, '0101 0022')[0]?.hex, '010100ee0000');
    assert.equal(rig.send(1, '0109 0022')[0]?.hex, '010900220000');
  });

  it('give their last header to a primitive of the parser', () => {
    const copy = primitive(
      'assign_header',
      { type: 'header', value: 's[2]' },
      { type: 'stack_field', value: ['s', 'last'] },
    );
    const rig = new Rig(
      programJson({
        headers: REPORT,
        stacks,
        states: [
          state('start', [next], [], [goTo('second')]),
          state('second', [next, { op: 'primitive', parameters: [copy] }]),
        ],
        order: ['s[0]', 's[1]', 's[2]'],
      }),
    );
    assert.equal(rig.send(1, '0111 0022 99')[0]?.hex, '01110022002299');
  });

  it('tell their last index', () => {
    const last = primitive('assign', field('s[0]', 'x'), {
      type: 'expression',
      value: expression('last_stack_index', null, stack),
    });
    assert.equal(rigOf([last]).send(1, '0111 0122 0033')[0]?.hex, '0102012200330000');
  });
});
