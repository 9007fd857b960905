import assert from 'node:assert/strict';
import {
  assign,
  expression,
  field,
  goTo,
  hex,
  type JsonValue,
  primitive,
  programJson,
  state,
} from './program-json.js';
import { Rig } from './rig.js';

/** Header ids of the builder: scalars 0, standard_metadata 1, then as listed. */
const headers = {
  k: {
    fields: [
      ['kind', 8],
      ['seen', 8],
    ] as const,
  },
  'u.a': { fields: [['x', 8]] as const },
  'u.b': { fields: [['y', 16]] as const },
  'w.a': { fields: [['x', 8]] as const },
  'w.b': { fields: [['y', 16]] as const },
};

/** Stack s of two unions like u: their headers are u[i].a and u[i].b. */
const stackHeaders = {
  k: headers.k,
  's[0].a': headers['u.a'],
  's[0].b': headers['u.b'],
  's[1].a': headers['u.a'],
  's[1].b': headers['u.b'],
};

function unionRig(ingress: readonly JsonValue[]) {
  const document = programJson({
    headers,
    states: [
      state(
        'start',
        [{ op: 'extract', parameters: [{ type: 'regular', value: 'k' }] }],
        [field('k', 'kind')],
        [
          { type: 'hexstr', value: '0x01', mask: null, next_state: 'a' },
          { type: 'hexstr', value: '0x02', mask: null, next_state: 'b' },
          goTo(null),
        ],
      ),
      state('a', [{ op: 'extract', parameters: [{ type: 'regular', value: 'u.a' }] }]),
      state('b', [{ op: 'extract', parameters: [{ type: 'regular', value: 'u.b' }] }]),
    ],
    ingress,
    extra: {
      header_union_types: [
        {
          name: 'U',
          id: 0,
          headers: [
            ['a', 'u.a_t'],
            ['b', 'u.b_t'],
          ],
        },
      ],
      header_unions: [
        { name: 'u', id: 0, union_type: 'U', header_ids: [3, 4] },
        { name: 'w', id: 1, union_type: 'U', header_ids: [5, 6] },
      ],
      header_union_stacks: [],
    },
  });
  // Members of a union share a type by position.
  const types = document['headers'] as { name: string; header_type: string }[];
  for (const header of types) header.header_type = header.header_type.replace(/^w\./, 'u.');
  return new Rig(document);
}

const union = (name: string) => ({ type: 'header_union', value: name });
const header = (name: string) => ({ type: 'header', value: name });
const seen = (condition: JsonValue) =>
  assign('k', 'seen', { type: 'expression', value: { op: 'b2d', left: null, right: condition } });

describe('header unions', () => {
  it('have at most one valid member', () => {
    const rig = unionRig([primitive('add_header', header('u.b')), assign('u.b', 'y', hex(0x7788))]);
    assert.equal(rig.send(1, '0100 aa ff')[0]?.hex, '01007788ff');
    assert.equal(rig.send(1, '0200 bbcc ff')[0]?.hex, '02007788ff');
  });

  it('are valid when a member is', () => {
    const rig = unionRig([seen(expression('valid_union', null, union('u')))]);
    assert.equal(rig.send(1, '0100 aa')[0]?.hex, '0101aa');
    assert.equal(rig.send(1, '0300 aa')[0]?.hex, '0300aa');
    const removed = unionRig([
      primitive('remove_header', header('u.a')),
      seen(expression('valid_union', null, union('u'))),
    ]);
    assert.equal(removed.send(1, '0100 aa')[0]?.hex, '0100');
  });

  it('are assigned and compared as a whole', () => {
    const rig = unionRig([
      primitive('assign_union', union('w'), union('u')),
      seen(expression('==', union('u'), union('w'))),
    ]);
    assert.equal(rig.send(1, '0100 aa ff')[0]?.hex, '0101aaaaff');
    assert.equal(rig.send(1, '0200 bbcc ff')[0]?.hex, '0201bbccbbccff');
    // BMv2: two unions without a valid member are not equal.
    assert.equal(rig.send(1, '0300 ff')[0]?.hex, '0300ff');
    const differ = unionRig([
      primitive('assign_union', union('w'), union('u')),
      assign('w.a', 'x', hex(1)),
      seen(expression('!=', union('u'), union('w'))),
    ]);
    assert.equal(differ.send(1, '0100 aa')[0]?.hex, '0101aa01');
  });

  it('assigning one member takes the others away', () => {
    const rig = unionRig([
      primitive('assign_header', header('u.b'), header('w.b')),
      primitive('add_header', header('u.b')),
    ]);
    assert.equal(rig.send(1, '0100 aa')[0]?.hex, '01000000');
  });
});

describe('stacks of header unions', () => {
  const extractNext = (member: string) => ({
    op: 'extract',
    parameters: [{ type: 'union_stack', value: ['s', member] }],
  });
  function stackRig(ingress: readonly JsonValue[]) {
    const document = programJson({
      headers: stackHeaders,
      states: [
        state(
          'start',
          [{ op: 'extract', parameters: [{ type: 'regular', value: 'k' }] }],
          [],
          [goTo('first')],
        ),
        state(
          'first',
          [extractNext('a')],
          [{ type: 'union_stack_field', value: ['s', 'a', 'x'] }],
          [
            { type: 'hexstr', value: '0x01', mask: null, next_state: 'second' },
            { type: 'hexstr', value: '0x02', mask: null, next_state: 'first' },
            goTo(null),
          ],
        ),
        state('second', [extractNext('b')]),
      ],
      ingress,
      extra: {
        header_union_types: [
          {
            name: 'U',
            id: 0,
            headers: [
              ['a', 's[0].a_t'],
              ['b', 's[0].b_t'],
            ],
          },
        ],
        header_unions: [
          { name: 's[0]', id: 0, union_type: 'U', header_ids: [3, 4] },
          { name: 's[1]', id: 1, union_type: 'U', header_ids: [5, 6] },
        ],
        header_union_stacks: [{ name: 's', id: 0, union_type: 'U', size: 2, header_union_ids: [0, 1] }],
      },
    });
    const types = document['headers'] as { header_type: string }[];
    for (const one of types) one.header_type = one.header_type.replace(/^s\[1\]/, 's[0]');
    return new Rig(document);
  }
  const stack = { type: 'header_union_stack', value: 's' };

  it('take one member per element', () => {
    const rig = stackRig([]);
    assert.equal(rig.send(1, '0000 01 bbcc ff')[0]?.hex, '000001bbccff');
    assert.equal(rig.send(1, '0000 02 02 02 ff')[0]?.hex, '0000020202ff');
  });

  it('pop and push whole unions', () => {
    assert.equal(
      stackRig([primitive('pop', stack, hex(1))]).send(1, '0000 01 bbcc ff')[0]?.hex,
      '0000bbccff',
    );
    assert.equal(stackRig([primitive('push', stack, hex(1))]).send(1, '0000 01 bbcc ff')[0]?.hex, '000001ff');
  });

  it('are indexed at run time down to the field', () => {
    const at = (index: JsonValue) => ({
      type: 'expression',
      value: {
        op: 'access_field',
        left: {
          type: 'expression',
          value: {
            op: 'access_union_header',
            left: { type: 'expression', value: { op: 'dereference_union_stack', left: stack, right: index } },
            right: 1,
          },
        },
        right: 0,
      },
    });
    const rig = stackRig([assign('k', 'seen', at(field('k', 'kind')))]);
    assert.equal(rig.send(1, '0100 01 bbcc')[0]?.hex, '01cc01bbcc');
    assert.equal(rig.send(1, '0900 01 bbcc')[0]?.hex, '090001bbcc');
  });
});
