import assert from 'node:assert/strict';
import { Entity as EntityMessage } from 'p4runtime-js';
import { identify } from '../../controller/p4runtime/identity.js';
import {
  type DecodedEntity,
  decodeEntity,
  type Entity,
  encodeEntity,
  P4RuntimeError,
  Schema,
} from '../../controller/p4runtime/index.js';
import { workbench } from './workbench.js';

const schema = new Schema(workbench().p4info);

/** Through the wire and back. */
function roundTrip(entity: Entity, isQuery = false): DecodedEntity {
  const bytes = encodeEntity(schema, entity, { isQuery }).serializeBinary();
  return decodeEntity(schema, EntityMessage.deserializeBinary(bytes));
}

describe('P4Runtime entities', () => {
  const forward = { kind: 'action', name: 'workbench.forward', params: { port: 3n } } as const;
  const cases: [string, Entity, DecodedEntity][] = [
    [
      'an exact entry',
      {
        kind: 'table-entry',
        table: 'stations',
        match: { 'hdr.ethernet.dst': '00:00:00:00:00:2a' },
        action: { kind: 'action', name: 'forward', params: { port: 3 } },
        metadata: Uint8Array.of(1, 2),
      },
      {
        kind: 'table-entry',
        table: 'workbench.stations',
        match: { 'hdr.ethernet.dst': 42n },
        action: forward,
        metadata: Uint8Array.of(1, 2),
      },
    ],
    [
      'a prefix, its bits beyond the length cleared',
      {
        kind: 'table-entry',
        table: 'routes',
        match: { dst: '0x112233445566/16' },
        action: { kind: 'action', name: 'forward', params: { port: 3 } },
        counter: { packets: 5, bytes: 600 },
      },
      {
        kind: 'table-entry',
        table: 'workbench.routes',
        match: { dst: { value: 0x112200000000n, prefixLength: 16 } },
        action: forward,
        counter: { packets: 5, bytes: 600 },
      },
    ],
    [
      'ternary, range and optional with a priority and a meter',
      {
        kind: 'table-entry',
        table: 'rules',
        priority: 10,
        match: { src: '0xff&&&0xf0', ether_type: '0x800..0x8ff', port: 7 },
        action: { kind: 'action', name: 'NoAction', params: {} },
        meter: { cir: 1, cburst: 2, pir: 3, pburst: 4 },
      },
      {
        kind: 'table-entry',
        table: 'workbench.rules',
        priority: 10,
        match: { src: { value: 0xf0n, mask: 0xf0n }, ether_type: { low: 0x800n, high: 0x8ffn }, port: 7n },
        action: { kind: 'action', name: 'NoAction', params: {} },
        meter: { cir: 1, cburst: 2, pir: 3, pburst: 4 },
      },
    ],
    [
      'fields that match anything',
      {
        kind: 'table-entry',
        table: 'rules',
        priority: 1,
        match: { src: { value: 5, mask: 0 }, ether_type: { low: 0, high: 65535 } },
        action: { kind: 'action', name: 'drop', params: {} },
      },
      {
        kind: 'table-entry',
        table: 'workbench.rules',
        priority: 1,
        match: {},
        action: { kind: 'action', name: 'workbench.drop', params: {} },
      },
    ],
    [
      'a default entry',
      {
        kind: 'table-entry',
        table: 'settings',
        isDefault: true,
        action: { kind: 'action', name: 'forward', params: { port: 3 } },
      },
      { kind: 'table-entry', table: 'workbench.settings', isDefault: true, action: forward },
    ],
    [
      'a one-shot group',
      {
        kind: 'table-entry',
        table: 'spread',
        match: { 'hdr.ethernet.dst': 1 },
        action: {
          kind: 'one-shot',
          actions: [{ action: { name: 'forward', params: { port: 3 } }, weight: 2 }],
        },
      },
      {
        kind: 'table-entry',
        table: 'workbench.spread',
        match: { 'hdr.ethernet.dst': 1n },
        action: {
          kind: 'one-shot',
          actions: [{ action: { name: 'workbench.forward', params: { port: 3n } }, weight: 2 }],
        },
      },
    ],
    [
      'a member',
      {
        kind: 'profile-member',
        profile: 'paths',
        member: 9,
        action: { name: 'forward', params: { port: 3 } },
      },
      {
        kind: 'profile-member',
        profile: 'workbench.paths',
        member: 9,
        action: { name: 'workbench.forward', params: { port: 3n } },
      },
    ],
    [
      'a group',
      {
        kind: 'profile-group',
        profile: 'paths',
        group: 2,
        members: [{ member: 9, weight: 4, watchPort: 1 }],
      },
      {
        kind: 'profile-group',
        profile: 'workbench.paths',
        group: 2,
        members: [{ member: 9, weight: 4, watchPort: 1n }],
      },
    ],
    [
      'a multicast group',
      { kind: 'multicast-group', group: 5, replicas: [{ port: 300, instance: 2 }] },
      { kind: 'multicast-group', group: 5, replicas: [{ port: 300, instance: 2 }] },
    ],
    [
      'a clone session',
      { kind: 'clone-session', session: 5, replicas: [{ port: 1, instance: 1 }], packetLength: 64 },
      {
        kind: 'clone-session',
        session: 5,
        replicas: [{ port: 1, instance: 1 }],
        packetLength: 64,
        classOfService: 0,
      },
    ],
    [
      'a register cell',
      { kind: 'register', register: 'last_source', index: 31, value: '00:00:00:00:00:07' },
      { kind: 'register', register: 'workbench.last_source', index: 31, value: 7n },
    ],
    [
      'a counter cell',
      { kind: 'counter', counter: 'port_counter', index: 3, data: { packets: 1, bytes: 2 ** 52 } },
      { kind: 'counter', counter: 'workbench.port_counter', index: 3, data: { packets: 1, bytes: 2 ** 52 } },
    ],
    [
      'a meter cell',
      { kind: 'meter', meter: 'port_meter', index: 3, config: { cir: 9, cburst: 8, pir: 7, pburst: 6 } },
      {
        kind: 'meter',
        meter: 'workbench.port_meter',
        index: 3,
        config: { cir: 9, cburst: 8, pir: 7, pburst: 6 },
      },
    ],
    [
      'a digest configuration',
      { kind: 'digest', digest: 'seen_t', maxTimeoutNs: 5, maxListSize: 6 },
      { kind: 'digest', digest: 'seen_t', maxTimeoutNs: 5, maxListSize: 6, ackTimeoutNs: 0 },
    ],
  ];
  for (const [name, entity, decoded] of cases) {
    it(`encodes and decodes ${name}`, () => assert.deepEqual(roundTrip(entity), decoded));
  }

  const entry = (fields: object): Entity => ({ kind: 'table-entry', ...fields }) as Entity;
  const drop = { kind: 'action', name: 'drop', params: {} };
  const refused: [string, Entity, RegExp][] = [
    ['an entry without table', entry({ action: drop }), /needs its table/],
    ['a missing exact field', entry({ table: 'stations', action: drop }), /'hdr.ethernet.dst' is missing/],
    [
      'an unknown field',
      entry({ table: 'routes', match: { dts: 1 } }),
      /no match field 'dts'; did you mean 'dst'/,
    ],
    [
      'a mask on an exact field',
      entry({ table: 'stations', match: { 'hdr.ethernet.dst': { value: 1, mask: 1 } } }),
      /matched as exact; give one value/,
    ],
    [
      'a prefix that is too long',
      entry({ table: 'routes', match: { dst: { value: 1, prefixLength: 49 } } }),
      /not in 0 to 48/,
    ],
    [
      'a range upside down',
      entry({ table: 'rules', priority: 1, match: { ether_type: { low: 5, high: 4 } } }),
      /low 5 is above high 4/,
    ],
    ['a missing priority', entry({ table: 'rules', match: {} }), /needs a priority/],
    [
      'a priority where there is none',
      entry({ table: 'routes', priority: 5 }),
      /has no priorities, got 5; leave it out/,
    ],
    [
      'a missing parameter',
      entry({ table: 'routes', action: { kind: 'action', name: 'forward', params: {} } }),
      /lacks the parameter 'port'/,
    ],
    [
      'an extra parameter',
      entry({ table: 'routes', action: { kind: 'action', name: 'forward', params: { port: 1, prt: 2 } } }),
      /no parameter 'prt'; did you mean 'port'/,
    ],
    [
      'a parameter that does not fit',
      entry({ table: 'routes', action: { kind: 'action', name: 'forward', params: { port: 512 } } }),
      /512 does not fit 9 bits/,
    ],
    [
      'a group in a table without profile',
      entry({ table: 'routes', action: { kind: 'group', group: 1 } }),
      /has no action profile/,
    ],
    [
      'weights above the limit',
      { kind: 'profile-group', profile: 'paths', group: 1, members: [{ member: 1, weight: 17 }] },
      /add up to 17, the program allows 16/,
    ],
    [
      'a weight of 0',
      { kind: 'profile-group', profile: 'paths', group: 1, members: [{ member: 1, weight: 0 }] },
      /weight 0/,
    ],
    [
      'a default entry with a match',
      entry({ table: 'settings', isDefault: true, match: {} }),
      /has no match and no priority/,
    ],
    [
      'an index out of range',
      { kind: 'counter', counter: 'port_counter', index: 64 },
      /index 64 is not in 0 to 63/,
    ],
  ];
  for (const [name, entity, message] of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => encodeEntity(schema, entity),
        (error) => error instanceof P4RuntimeError && message.test(error.message),
      );
    });
  }

  it('leaves out of a query what is not given', () => {
    const all = encodeEntity(schema, { kind: 'table-entry' }, { isQuery: true }).getTableEntry();
    assert.equal(all?.getTableId(), 0);
    const one = encodeEntity(schema, { kind: 'table-entry', table: 'stations' }, { isQuery: true });
    assert.deepEqual(one.getTableEntry()?.getMatchList(), []);
    const cell = encodeEntity(schema, { kind: 'counter', counter: 'port_counter' }, { isQuery: true });
    assert.equal(cell.getCounterEntry()?.hasIndex(), false);
  });

  it('identifies entities by what they mean, not by how they are written', () => {
    const one = encodeEntity(schema, cases[2]?.[1] ?? { kind: 'table-entry' });
    const same = EntityMessage.deserializeBinary(one.serializeBinary());
    const entryOfSame = same.getTableEntry();
    entryOfSame?.setMatchList([...entryOfSame.getMatchList()].reverse());
    entryOfSame
      ?.getMatchList()[2]
      ?.getTernary()
      ?.setValue(Uint8Array.of(0, 0, 0xf0));
    assert.deepEqual(identify(same), identify(one));
    entryOfSame?.setPriority(11);
    assert.notEqual(identify(same).key, identify(one).key);
    const group = (weights: number[]) =>
      identify(
        encodeEntity(schema, {
          kind: 'profile-group',
          profile: 'paths',
          group: 1,
          members: weights.map((weight, member) => ({ member: member + 1, weight })),
        }),
      );
    assert.equal(group([1, 2]).key, group([2, 1]).key);
    assert.notEqual(group([1, 2]).body, group([2, 1]).body);
  });
});
