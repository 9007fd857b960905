import assert from 'node:assert/strict';
import { assign, type JsonValue, pipelineJson, programJson, tableJson } from './program-json.js';
import { Rig } from './rig.js';

const headers = {
  h: {
    fields: [
      ['key', 8],
      ['flow', 8],
      ['out', 8],
      ['colour', 8],
    ] as const,
  },
};
const KEY = { match_type: 'exact', name: 'key', target: ['h', 'key'], mask: null };
const SET = {
  name: 'set',
  runtime_data: [{ name: 'value', bitwidth: 8 }],
  primitives: [assign('h', 'out', { type: 'local', value: 0 })],
};
/** Action ids: the builder has 0 and 1. */
const SET_ID = 2;

function rigOf(
  table: JsonValue,
  profiles: readonly JsonValue[] = [],
  extra: Readonly<Record<string, JsonValue>> = {},
) {
  const ingress = { ...(pipelineJson('ingress', 't', [table]) as object), action_profiles: profiles };
  return new Rig(
    programJson({ headers, actions: [SET], pipelines: [ingress, pipelineJson('egress', null, [])], extra }),
  );
}

const one = (value: bigint) => ({ actionIndex: 0, params: [value] });
const match = (value: bigint) => [{ kind: 'exact', value } as const];

describe('tables with an action profile', () => {
  const indirect = tableJson('t', 0, [[SET_ID, 'set']], {
    key: [KEY],
    type: 'indirect',
    action_profile: 'p',
  });
  const selected = tableJson('t', 0, [[SET_ID, 'set']], {
    key: [KEY],
    type: 'indirect_ws',
    action_profile: 'p',
  });
  const selector = { algo: 'identity', input: [{ type: 'field', value: ['h', 'flow'] }] };

  it('run the action of the member an entry names', () => {
    const rig = rigOf(indirect, [{ name: 'p', id: 0, max_size: 8 }]);
    const profile = rig.program.profiles.get('p');
    profile?.insertMember({ id: 3, action: one(0x33n) });
    rig.program.tables.get('t')?.insert({ match: match(1n), priority: 0, action: { member: 3 } });
    assert.equal(rig.send(1, '01 00 00 00')[0]?.hex, '01003300');
    profile?.modifyMember({ id: 3, action: one(0x44n) });
    assert.equal(rig.send(1, '01 00 00 00')[0]?.hex, '01004400');
    assert.equal(rig.send(1, '02 00 00 00')[0]?.hex, '02000000');
  });

  it('choose among a group by the selector hash, and do nothing for an empty group', () => {
    const rig = rigOf(selected, [{ name: 'p', id: 0, max_size: 8, selector }]);
    const profile = rig.program.profiles.get('p');
    for (const id of [1, 2, 3]) profile?.insertMember({ id, action: one(BigInt(0x10 * id)) });
    profile?.insertGroup({ id: 7, maxSize: 0, members: [1, 2, 3].map((id) => ({ id, weight: 1 })) });
    profile?.insertGroup({ id: 8, maxSize: 0, members: [] });
    const table = rig.program.tables.get('t');
    table?.insert({ match: match(1n), priority: 0, action: { group: 7 } });
    table?.insert({ match: match(2n), priority: 0, action: { group: 8 } });
    const outs = [0, 1, 2, 3].map((flow) => rig.send(1, `01 0${flow} 00 00`)[0]?.hex.slice(4, 6));
    assert.deepEqual(outs, ['10', '20', '30', '10']);
    assert.equal(rig.send(1, '02 00 99 00')[0]?.hex, '02009900');
  });

  it('leave out members that watch a port which is down', () => {
    const rig = rigOf(selected, [{ name: 'p', id: 0, max_size: 8, selector }]);
    const profile = rig.program.profiles.get('p');
    for (const id of [1, 2]) profile?.insertMember({ id, action: one(BigInt(0x10 * id)) });
    profile?.insertGroup({
      id: 7,
      maxSize: 0,
      members: [
        { id: 1, weight: 1, watchPort: 5 },
        { id: 2, weight: 1, watchPort: 6 },
      ],
    });
    rig.program.tables.get('t')?.insert({ match: match(1n), priority: 0, action: { group: 7 } });
    const outs = () => [0, 1].map((flow) => rig.send(1, `01 0${flow} 00 00`)[0]?.hex.slice(4, 6));
    assert.deepEqual(outs(), ['10', '20']);
    rig.device.detach(5);
    assert.deepEqual(outs(), ['20', '20']);
    rig.device.attach(5, { transmit: () => undefined });
    assert.deepEqual(outs(), ['10', '20']);
  });
});

describe('direct counters, meters and idle timeouts', () => {
  const entry = { action_id: SET_ID, action_const: false, action_data: ['0x99'], action_entry_const: false };
  const METER = {
    meter_arrays: [
      {
        name: 'm',
        id: 0,
        size: 8,
        type: 'packets',
        rate_count: 2,
        is_direct: true,
        result_target: ['h', 'colour'],
      },
    ],
  };
  const table = tableJson('t', 0, [[SET_ID, 'set']], {
    key: [KEY],
    with_counters: true,
    support_timeout: true,
    direct_meters: 'm',
    default_entry: entry,
  });

  it('fire for hits, not for misses', () => {
    const rig = rigOf(table, [], METER);
    const t = rig.program.tables.get('t');
    const slot = t?.insert({ match: match(1n), priority: 0, action: one(5n) }) ?? 0;
    t?.meter?.setConfig(slot, { cir: 1, cburst: 1, pir: 1, pburst: 1 });
    assert.equal(rig.send(1, '01 00 00 07 aabb')[0]?.hex, '01000500aabb');
    assert.equal(rig.send(1, '01 00 00 07 aabb')[0]?.hex, '01000502aabb');
    assert.equal(rig.send(1, '02 00 00 07 aabb')[0]?.hex, '02009907aabb');
    assert.deepEqual(t?.counter?.valueAt(slot), { packets: 2n, bytes: 12n });
  });

  it('report entries not hit for their timeout', () => {
    const rig = rigOf(table, [], METER);
    const t = rig.program.tables.get('t');
    const slot =
      t?.insert({ match: match(1n), priority: 0, action: one(5n), idleTimeoutNs: 2_000_000n }) ?? 0;
    const reported: unknown[] = [];
    rig.device.onIdleTimeout((name, slots) => reported.push([name, [...slots]]));
    rig.now = 1500;
    rig.send(1, '01 00 00 00');
    rig.now = 3000;
    rig.device.tick();
    assert.deepEqual(reported, []);
    rig.now = 3600;
    rig.device.tick();
    assert.deepEqual(reported, [['t', [slot]]]);
  });
});

describe('tables', () => {
  it('take wide keys limb by limb', () => {
    const wide = {
      k: {
        fields: [
          ['name', 256],
          ['out', 8],
        ] as const,
      },
    };
    const action = { ...SET, primitives: [assign('k', 'out', { type: 'local', value: 0 })] };
    const ingress = pipelineJson('ingress', 't', [
      tableJson('t', 0, [[SET_ID, 'set']], {
        key: [{ match_type: 'lpm', name: 'name', target: ['k', 'name'], mask: null }],
        match_type: 'lpm',
      }),
    ]);
    const rig = new Rig(
      programJson({
        headers: wide,
        actions: [action],
        pipelines: [ingress, pipelineJson('egress', null, [])],
      }),
    );
    const name = 0x11111111_22222222_33333333_44444444_55555555_66666666_77777777_88888888n;
    const prefix = (length: number) => (name >> BigInt(256 - length)) << BigInt(256 - length);
    const t = rig.program.tables.get('t');
    t?.insert({
      match: [{ kind: 'lpm', value: prefix(64), prefixLength: 64 }],
      priority: 0,
      action: one(1n),
    });
    t?.insert({
      match: [{ kind: 'lpm', value: prefix(160), prefixLength: 160 }],
      priority: 0,
      action: one(2n),
    });
    const text = name.toString(16).padStart(64, '0');
    assert.equal(rig.send(1, `${text}00`)[0]?.hex, `${text}02`);
    const other = `${text.slice(0, 30)}00${text.slice(32)}`;
    assert.equal(rig.send(1, `${other}00`)[0]?.hex, `${other}01`);
    assert.equal(rig.send(1, `${'0'.repeat(64)}aa`)[0]?.hex, `${'0'.repeat(64)}aa`);
  });

  it('refuse what cannot be while the program is loaded', () => {
    const calculations = [{ name: 'c', id: 0, algo: 'sha1024', input: [] }];
    assert.throws(
      () => new Rig(programJson({ headers, extra: { calculations } })),
      /hash algorithm sha1024: is not known/,
    );
    assert.throws(
      () => new Rig(programJson({ headers })).device.attach(-1, { transmit: () => undefined }),
      /port -1/,
    );
  });

  it('matches on validity', () => {
    const key = { match_type: 'exact', name: 'h.$valid$', target: ['h', '$valid$'], mask: null };
    const rig = rigOf(tableJson('t', 0, [[SET_ID, 'set']], { key: [key] }));
    rig.program.tables.get('t')?.insert({ match: match(1n), priority: 0, action: one(9n) });
    assert.equal(rig.send(1, '01 00 00 00')[0]?.hex, '01000900');
    assert.equal(rig.send(1, '01 00')[0]?.hex, '0100');
  });
});
