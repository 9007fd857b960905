import assert from 'node:assert/strict';
import {
  assign,
  expression,
  field,
  hex,
  type JsonValue,
  pipelineJson,
  primitive,
  programJson,
  tableJson,
} from './program-json.js';
import { Rig } from './rig.js';

const headers = {
  h: {
    fields: [
      ['key', 8],
      ['out', 8],
      ['path', 32],
    ] as const,
  },
};
const EGRESS = pipelineJson('egress', null, []);

/** An action that leaves a trace: shifts path by a byte and puts `tag` in. */
function trace(name: string, tag: number, ...more: JsonValue[]): JsonValue {
  const shifted = expression('<<', field('h', 'path'), hex(8));
  return {
    name,
    runtime_data: [],
    primitives: [assign('h', 'path', expression('|', shifted, hex(tag))), ...more],
  };
}

const KEY = { match_type: 'exact', name: 'key', target: ['h', 'key'], mask: null };

function rigOf(
  actions: readonly JsonValue[],
  tables: readonly JsonValue[],
  conditionals: readonly JsonValue[] = [],
) {
  const [first] = tables as { name: string }[];
  const pipelines = [pipelineJson('ingress', first?.name ?? null, tables, conditionals), EGRESS];
  return new Rig(programJson({ headers, actions, pipelines }));
}

/** Actions 0 and 1 are the builder's own. */
const FIRST = 2;

describe('control flow', () => {
  it('goes on by the action that ran', () => {
    const rig = rigOf(
      [trace('a', 1), trace('b', 2), trace('x', 8), trace('y', 9)],
      [
        tableJson(
          't',
          0,
          [
            [FIRST, 'a'],
            [FIRST + 1, 'b'],
          ],
          {
            key: [KEY],
            next_tables: { a: 'tx', b: 'ty' },
            default_entry: {
              action_id: FIRST + 1,
              action_const: false,
              action_data: [],
              action_entry_const: false,
            },
          },
        ),
        tableJson('tx', 1, [[FIRST + 2, 'x']], { default_entry: always(FIRST + 2) }),
        tableJson('ty', 2, [[FIRST + 3, 'y']], { default_entry: always(FIRST + 3) }),
      ],
    );
    rig.program.tables.get('t')?.insert({
      match: [{ kind: 'exact', value: 5n }],
      priority: 0,
      action: { actionIndex: 0, params: [] },
    });
    assert.equal(rig.send(1, '0500 00000000')[0]?.hex, '050000000108');
    assert.equal(rig.send(1, '0600 00000000')[0]?.hex, '060000000209');
  });

  it('goes on by hit and miss', () => {
    const rig = rigOf(
      [trace('a', 1), trace('x', 8), trace('y', 9)],
      [
        tableJson('t', 0, [[FIRST, 'a']], {
          key: [KEY],
          next_tables: { __HIT__: 'tx', __MISS__: 'ty' },
          default_entry: {
            action_id: FIRST,
            action_const: false,
            action_data: [],
            action_entry_const: false,
          },
        }),
        tableJson('tx', 1, [[FIRST + 1, 'x']], {
          default_entry: always(FIRST + 1),
          next_tables: { x: 'ty' },
        }),
        tableJson('ty', 2, [[FIRST + 2, 'y']], { default_entry: always(FIRST + 2) }),
      ],
    );
    rig.program.tables.get('t')?.insert({
      match: [{ kind: 'exact', value: 5n }],
      priority: 0,
      action: { actionIndex: 0, params: [] },
    });
    assert.equal(rig.send(1, '0500 00000000')[0]?.hex, '050000010809');
    assert.equal(rig.send(1, '0600 00000000')[0]?.hex, '060000000109');
  });

  it('takes base_default_next where a table has no default action', () => {
    const rig = rigOf(
      [trace('a', 1), trace('x', 8), trace('y', 9)],
      [
        tableJson('t', 0, [[FIRST, 'a']], { key: [KEY], next_tables: { a: 'tx' }, base_default_next: 'ty' }),
        tableJson('tx', 1, [[FIRST + 1, 'x']], { default_entry: always(FIRST + 1) }),
        tableJson('ty', 2, [[FIRST + 2, 'y']], { default_entry: always(FIRST + 2) }),
      ],
    );
    assert.equal(rig.send(1, '0500 00000000')[0]?.hex, '050000000009');
    rig.program.tables.get('t')?.setDefault({ actionIndex: 0, params: [] });
    assert.equal(rig.send(1, '0500 00000000')[0]?.hex, '050000000108');
  });

  it('exit lets the action finish and ends the pipeline, not egress', () => {
    const actions = [
      trace('a', 1, primitive('exit'), assign('h', 'out', hex(7))),
      trace('b', 2),
      trace('e', 3),
    ];
    const rig = new Rig(
      programJson({
        headers,
        actions,
        pipelines: [
          pipelineJson('ingress', 't', [
            tableJson('t', 0, [[FIRST, 'a']], { default_entry: always(FIRST), next_tables: { a: 'u' } }),
            tableJson('u', 1, [[FIRST + 1, 'b']], { default_entry: always(FIRST + 1) }),
          ]),
          pipelineJson('egress', 'v', [
            tableJson('v', 2, [[FIRST + 2, 'e']], { default_entry: always(FIRST + 2) }),
          ]),
        ],
      }),
    );
    assert.equal(rig.send(1, '0000 00000000')[0]?.hex, '000700000103');
  });

  it('hands action data over, limb by limb', () => {
    const set = {
      name: 'set',
      runtime_data: [
        { name: 'wide', bitwidth: 48 },
        { name: 'small', bitwidth: 8 },
      ],
      primitives: [
        assign('h', 'path', expression('>>', { type: 'local', value: 0 }, hex(16))),
        assign('h', 'out', { type: 'local', value: 1 }),
      ],
    };
    const rig = rigOf([set], [tableJson('t', 0, [[FIRST, 'set']], { key: [KEY] })]);
    rig.program.tables.get('t')?.insert({
      match: [{ kind: 'exact', value: 1n }],
      priority: 0,
      action: { actionIndex: 0, params: [0x1122_3344_5566n, 0x77n] },
    });
    assert.equal(rig.send(1, '0100 00000000')[0]?.hex, '017711223344');
    assert.equal(rig.send(1, '0200 00000000')[0]?.hex, '020000000000');
  });

  it('applies a key mask, and takes const entries in order of their priority', () => {
    const rig = rigOf(
      [trace('a', 1), trace('b', 2), trace('c', 3)],
      [
        tableJson(
          't',
          0,
          [
            [FIRST, 'a'],
            [FIRST + 1, 'b'],
            [FIRST + 2, 'c'],
          ],
          {
            key: [{ match_type: 'ternary', name: 'key', target: ['h', 'key'], mask: '0x7f' }],
            match_type: 'ternary',
            default_entry: {
              action_id: FIRST + 2,
              action_const: false,
              action_data: [],
              action_entry_const: false,
            },
            entries: [constEntry('0x10', '0x70', FIRST, 2), constEntry('0x11', '0xff', FIRST + 1, 1)],
          },
        ),
      ],
    );
    assert.equal(rig.send(1, '1100 00000000')[0]?.hex, '110000000002');
    assert.equal(rig.send(1, '9200 00000000')[0]?.hex, '920000000001');
    assert.equal(rig.send(1, '2200 00000000')[0]?.hex, '220000000003');
    const table = rig.program.tables.get('t');
    assert.deepEqual(
      [...(table?.entries() ?? [])].map((entry) => entry.priority),
      [1, 2],
    );
    assert.throws(() => table?.clear(), /const/);
  });

  it('runs loops inside actions and stops those that do not end', () => {
    const loop = [
      assign('h', 'out', hex(0)),
      // 1: while (key != 0) { out += key; key -= 1 }
      primitive(
        '_jump_if_zero',
        {
          type: 'expression',
          value: { op: 'b2d', left: null, right: expression('!=', field('h', 'key'), hex(0)) },
        },
        hex(5),
      ),
      assign('h', 'out', expression('+', field('h', 'out'), field('h', 'key'))),
      assign('h', 'key', expression('-', field('h', 'key'), hex(1))),
      primitive('_jump', hex(1)),
    ];
    const rig = new Rig(programJson({ headers, ingress: loop }));
    assert.equal(rig.send(1, '0500 00000000')[0]?.hex, '000f00000000');
    const endless = new Rig(programJson({ headers, ingress: [primitive('_jump', hex(0))] }));
    const faults: string[] = [];
    endless.device.onFault((fault) => faults.push(fault.kind));
    assert.deepEqual(endless.send(1, '0500 00000000'), []);
    assert.deepEqual(faults, ['loop']);
    assert.equal(endless.device.stats.dropped.fault, 1);
  });

  it('runs forward jumps of any nesting', () => {
    const jumps = [
      primitive('_jump_if_zero', field('h', 'key'), hex(4)),
      assign('h', 'out', hex(1)),
      primitive(
        '_jump_if_zero',
        { type: 'expression', value: expression('-', field('h', 'key'), hex(1)) },
        hex(5),
      ),
      primitive('_jump', hex(6)),
      assign('h', 'out', hex(2)),
      assign('h', 'path', hex(3)),
    ];
    const rig = new Rig(programJson({ headers, ingress: jumps }));
    assert.equal(rig.send(1, '0000 00000000')[0]?.hex, '000200000003');
    assert.equal(rig.send(1, '0100 00000000')[0]?.hex, '010100000003');
    assert.equal(rig.send(1, '0200 00000000')[0]?.hex, '020100000000');
  });

  it('shows the code it generated, P4 lines and all', () => {
    const source = { filename: 'x.p4', line: 12, column: 1, source_fragment: 'h.out = 1\n*/ evil()' };
    const rig = new Rig(
      programJson({ headers, ingress: [{ ...(assign('h', 'out', hex(1)) as object), source_info: source }] }),
    );
    assert.match(rig.program.source, /\/\/ x\.p4:12: h\.out = 1 \*\/ evil\(\)\n/);
  });
});

function always(action: number): JsonValue {
  return { action_id: action, action_const: true, action_data: [], action_entry_const: true };
}

function constEntry(key: string, mask: string, action: number, priority: number): JsonValue {
  return {
    match_key: [{ match_type: 'ternary', key, mask }],
    action_entry: { action_id: action, action_data: [] },
    priority,
  };
}
