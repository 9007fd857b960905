import assert from 'node:assert/strict';
import { assign, expression, field, hex, type JsonValue, primitive, programJson } from './program-json.js';
import { Rig } from './rig.js';

const headers = {
  h: {
    fields: [
      ['op', 8],
      ['mark', 8],
    ] as const,
  },
  // What egress saw: one byte each.
  r: {
    fields: [
      ['instance', 8],
      ['port', 8],
      ['in', 8],
      ['kept', 8],
      ['length', 8],
      ['rid', 8],
    ] as const,
  },
};
const FIELD_LISTS = [
  { name: 'fl', id: 1, elements: [{ type: 'field', value: ['scalars', 'kept'] }] },
  { name: 'none', id: 2, elements: [] },
];
const META = { type: 'header', value: 'standard_metadata' };
const report: JsonValue[] = [
  primitive('add_header', { type: 'header', value: 'r' }),
  assign('r', 'instance', field('standard_metadata', 'instance_type')),
  assign('r', 'port', field('standard_metadata', 'egress_port')),
  assign('r', 'in', field('standard_metadata', 'ingress_port')),
  assign('r', 'kept', field('scalars', 'kept')),
  assign('r', 'length', field('standard_metadata', 'packet_length')),
  assign('r', 'rid', field('standard_metadata', 'egress_rid')),
];

function when(op: number, ...then: JsonValue[]): (at: number) => JsonValue[] {
  const test = { op: 'b2d', left: null, right: expression('==', field('h', 'op'), hex(op)) };
  return (at) => [
    primitive('_jump_if_zero', { type: 'expression', value: test }, hex(at + 1 + then.length)),
    ...then,
  ];
}

/** Primitives that follow `before` others, parts knowing where they stand. */
function sequence(before: number, ...parts: ((at: number) => JsonValue[])[]): JsonValue[] {
  const all: JsonValue[] = [];
  for (const part of parts) all.push(...part(before + all.length));
  return all;
}

/** Primitives `rigOf` puts before a test's own in ingress. */
const BEFORE = 2;

const set = (header: string, name: string, value: number) => assign(header, name, hex(value));
/** True (not zero) only for packets that came from outside. */
const fresh =
  (...then: JsonValue[]) =>
  (at: number) => [
    primitive(
      '_jump_if_zero',
      {
        type: 'expression',
        value: {
          op: 'b2d',
          left: null,
          right: expression('==', field('standard_metadata', 'instance_type'), hex(0)),
        },
      },
      hex(at + 1 + then.length),
    ),
    ...then,
  ];

function rigOf(ingress: JsonValue[], egress: JsonValue[] = report) {
  const rig = new Rig(
    programJson({
      headers,
      scalars: [['kept', 8]],
      states: [
        {
          name: 'start',
          parser_ops: [{ op: 'extract', parameters: [{ type: 'regular', value: 'h' }] }],
          transition_key: [],
          transitions: [{ type: 'default', value: null, mask: null, next_state: null }],
        },
      ],
      ingress: [set('standard_metadata', 'egress_spec', 2), set('scalars', 'kept', 0x77), ...ingress],
      egress,
      extra: { field_lists: FIELD_LISTS },
    }),
  );
  rig.device.pre.setCloneSession(5, {
    replicas: [{ port: 3, instance: 0 }],
    packetLength: 0,
    classOfService: 0,
  });
  rig.device.pre.setMulticastGroup(9, {
    replicas: [
      { port: 4, instance: 1 },
      { port: 5, instance: 2 },
    ],
  });
  return rig;
}

describe('v1model packet path', () => {
  it('sends to egress_spec, 0 where nothing sets it', () => {
    assert.deepEqual(rigOf([]).send(1, '0000 aa'), [{ port: 2, hex: '0000' + '000201770300' + 'aa' }]);
    const plain = new Rig(programJson({ headers: { h: { fields: [['x', 8]] } } }));
    assert.deepEqual(plain.send(1, '5566'), [{ port: 0, hex: '5566' }]);
  });

  it('drops at the drop port after ingress, and after egress', () => {
    const rig = rigOf([primitive('mark_to_drop', META)]);
    assert.deepEqual(rig.send(1, '0000'), []);
    assert.equal(rig.device.stats.dropped.ingress, 1);
    const late = rigOf([], [primitive('mark_to_drop', META)]);
    assert.deepEqual(late.send(1, '0000'), []);
    assert.equal(late.device.stats.dropped.egress, 1);
  });

  it('clones from ingress what came in, before anything else leaves', () => {
    const rig = rigOf([set('h', 'mark', 9), primitive('clone_ingress_pkt_to_egress', hex(5), hex(1))]);
    assert.deepEqual(rig.send(1, '0001 aa'), [
      { port: 3, hex: '0001' + '010300770300' + 'aa' },
      { port: 2, hex: '0009' + '000201770300' + 'aa' },
    ]);
  });

  it('clones dropped packets, and ignores sessions that are not there', () => {
    const rig = rigOf([
      primitive('clone_ingress_pkt_to_egress', hex(5), hex(2)),
      primitive('mark_to_drop', META),
    ]);
    assert.deepEqual(rig.send(1, '0001'), [{ port: 3, hex: '0001' + '010300000200' }]);
    assert.deepEqual(
      rigOf([primitive('clone_ingress_pkt_to_egress', hex(6), hex(2))]).send(1, '0001').length,
      1,
    );
  });

  it('cuts clones to the length of their session', () => {
    const rig = rigOf([primitive('clone_ingress_pkt_to_egress', hex(5), hex(1))]);
    rig.device.pre.setCloneSession(5, {
      replicas: [{ port: 3, instance: 7 }],
      packetLength: 4,
      classOfService: 0,
    });
    assert.equal(rig.send(1, '0001 aabbcc')[0]?.hex, '00010103');
  });

  it('clones from egress with the headers of that moment', () => {
    const egress = sequence(
      0,
      fresh(
        set('h', 'mark', 8),
        primitive('clone_egress_pkt_to_egress', hex(5), hex(1)),
        set('h', 'mark', 9),
      ),
      () => report,
    );
    assert.deepEqual(rigOf([], egress).send(1, '0001'), [
      { port: 2, hex: '0009' + '000201770200' },
      // The clone leaves after egress: with what the first round added.
      { port: 3, hex: '0009' + '020300770800' },
    ]);
  });

  it('resubmits the packet that came in, with the field list', () => {
    const ingress = sequence(BEFORE, fresh(set('h', 'mark', 9), primitive('resubmit', hex(1))));
    // The list is copied before ingress sets the field again; ingress_port is not in it.
    assert.deepEqual(rigOf(ingress).send(1, '0001 aa'), [{ port: 2, hex: '0001' + '000200770300' + 'aa' }]);
  });

  it('recirculates the packet that goes out', () => {
    // The mark tells: instance_type is that of a normal packet again once ingress is through.
    const egress = sequence(0, when(7, set('h', 'op', 0), primitive('recirculate', hex(1))), () => report);
    const [sent] = rigOf([], egress).send(1, '0701 aa');
    // The report of the first round is payload in the second, which is longer by it.
    assert.equal(sent?.hex, '0001' + '000200770900' + '000201770300' + 'aa');
  });

  it('multicasts to every replica with its rid, in order', () => {
    const rig = rigOf([set('standard_metadata', 'mcast_grp', 9), set('h', 'mark', 3)]);
    assert.deepEqual(rig.send(1, '0001 aa'), [
      { port: 4, hex: '0003' + '050401770301' + 'aa' },
      { port: 5, hex: '0003' + '050501770302' + 'aa' },
    ]);
    assert.deepEqual(rigOf([set('standard_metadata', 'mcast_grp', 8)]).send(1, '0001'), []);
  });

  it('mark_to_drop takes the multicast back', () => {
    const rig = rigOf([set('standard_metadata', 'mcast_grp', 9), primitive('mark_to_drop', META)]);
    assert.deepEqual(rig.send(1, '0001'), []);
  });

  it('truncates what goes out', () => {
    assert.equal(rigOf([primitive('truncate', hex(3))]).send(1, '0001 aabb')[0]?.hex, '000100');
    const twice = rigOf([primitive('truncate', hex(3)), primitive('truncate', hex(5))]);
    assert.equal(twice.send(1, '0001 aabb')[0]?.hex, '000100');
    assert.equal(rigOf([primitive('truncate', hex(0))]).send(1, '0001 aabb')[0]?.hex, '');
  });

  it('counts added and removed headers in packet_length', () => {
    const remove = primitive('remove_header', { type: 'header', value: 'h' });
    assert.equal(rigOf([remove]).send(1, '0001 aa')[0]?.hex, '000201770100' + 'aa');
  });

  it('ends packets that go round without end', () => {
    const rig = rigOf([primitive('resubmit', hex(2))]);
    assert.deepEqual(rig.send(1, '0001'), []);
    assert.equal(rig.device.stats.dropped.endless, 1);
    const egress = [primitive('clone_egress_pkt_to_egress', hex(5), hex(2)), primitive('mark_to_drop', META)];
    const cloning = rigOf([], egress);
    assert.deepEqual(cloning.send(1, '0001'), []);
    assert.equal(cloning.device.stats.dropped.endless, 1);
    // The next packet finds the switch as it was.
    assert.equal(rigOf([]).send(1, '0001')[0]?.hex, '0001000201770200');
  });

  it('stops a packet whose assertion fails, and only that', () => {
    const holds = { type: 'expression', value: expression('!=', field('h', 'op'), hex(1)) };
    const rig = rigOf([primitive('assert', holds)]);
    const faults: string[] = [];
    rig.device.onFault((fault) => faults.push(fault.kind));
    assert.deepEqual(rig.send(1, '0100'), []);
    assert.equal(rig.send(1, '0200').length, 1);
    assert.deepEqual(faults, ['assert']);
  });

  it('does one thing per operation', () => {
    const ingress = sequence(
      BEFORE,
      when(1, set('standard_metadata', 'egress_spec', 6)),
      when(2, set('standard_metadata', 'mcast_grp', 9)),
    );
    const rig = rigOf(ingress);
    assert.deepEqual(
      rig.send(1, '0100').map(({ port }) => port),
      [6],
    );
    assert.deepEqual(
      rig.send(1, '0200').map(({ port }) => port),
      [4, 5],
    );
    assert.deepEqual(
      rig.send(1, '0300').map(({ port }) => port),
      [2],
    );
  });
});

describe('embedded switch', () => {
  it('counts frames that come before a program and to ports nobody is at', () => {
    const rig = rigOf([set('standard_metadata', 'egress_spec', 99)]);
    assert.deepEqual(rig.send(1, '0001'), []);
    assert.equal(rig.device.stats.dropped.noPort, 1);
  });

  it('gives frames for the CPU port to its listeners', () => {
    const document = programJson({
      headers: { h: { fields: [['x', 8]] } },
      ingress: [set('standard_metadata', 'egress_spec', 7)],
    });
    const rig = new Rig(document, { cpuPort: 7 });
    const got: string[] = [];
    const stop = rig.device.onPacketIn((frame) => got.push(Buffer.from(frame).toString('hex')));
    rig.send(1, 'aabb');
    stop();
    rig.send(1, 'ccdd');
    assert.deepEqual(got, ['aabb']);
    assert.equal(rig.device.stats.packetIns, 2);
  });

  it('takes a frame that its own output brings back, after the packet under way', () => {
    const rig = rigOf([]);
    const order: string[] = [];
    let loops = 2;
    rig.device.attach(2, {
      transmit(frame) {
        order.push(`begin ${frame.length}`);
        if (loops-- > 0) rig.device.receive(1, frame);
        order.push('end');
      },
    });
    rig.send(1, '0001');
    assert.deepEqual(order, ['begin 8', 'end', 'begin 14', 'end', 'begin 20', 'end']);
  });

  it('hands on what a device throws, and nothing of that frame comes later', () => {
    const rig = rigOf([primitive('clone_ingress_pkt_to_egress', hex(5), hex(1))]);
    const broken = { transmit: () => assert.fail('cable cut') };
    rig.device.attach(3, broken);
    assert.throws(() => rig.send(1, '0001'), /cable cut/);
    rig.device.attach(3, { transmit: () => undefined });
    assert.deepEqual(
      rig.send(1, '0002').map(({ hex: bytes }) => bytes.slice(0, 4)),
      ['0002'],
    );
  });

  it('changes its program between two packets, tables and groups fresh', () => {
    const rig = rigOf([set('standard_metadata', 'mcast_grp', 9)]);
    rig.device.load(rig.program.spec);
    assert.equal(rig.device.pre.multicastGroups.size, 0);
    assert.deepEqual(rig.send(1, '0001'), []);
  });

  it('takes frames larger than its buffers', () => {
    const rig = rigOf([primitive('clone_ingress_pkt_to_egress', hex(5), hex(1))]);
    const payload = 'ab'.repeat(70_000);
    const sent = rig.send(1, `0001${payload}`);
    assert.deepEqual(
      sent.map(({ hex: bytes }) => bytes.slice(16) === payload),
      [true, true],
    );
    assert.equal(rig.send(1, '0001 aa')[1]?.hex, '0001' + '000201770300' + 'aa');
  });

  it('stamps arrival, queueing and departure only by its clock', () => {
    const egress = [
      primitive('add_header', { type: 'header', value: 'r' }),
      assign('r', 'instance', field('standard_metadata', 'ingress_global_timestamp')),
      assign('r', 'port', field('standard_metadata', 'egress_global_timestamp')),
      assign('r', 'in', expression('>>', field('standard_metadata', 'ingress_global_timestamp'), hex(32))),
    ];
    const rig = rigOf([], egress);
    rig.now = 0x3_0000_0055;
    assert.equal(rig.send(1, '0001')[0]?.hex, '0001' + '555503000000');
  });
});
