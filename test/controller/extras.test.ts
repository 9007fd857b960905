import assert from 'node:assert/strict';
import {
  decodeEntity,
  type Entity,
  encodeEntity,
  P4RuntimeError,
  Schema,
} from '../../controller/p4runtime/index.js';
import { workbench } from './workbench.js';

const schema = new Schema(workbench().p4info);
const again = (entity: Entity) => decodeEntity(schema, encodeEntity(schema, entity));
const forward = (port: number) => ({ name: 'forward', params: { port } });

describe('less common parts of entities', () => {
  it('excess bursts and counts by colour of meters', () => {
    const counts = {
      green: { packets: 5, bytes: 500 },
      yellow: { packets: 2, bytes: 2 ** 40 },
      red: { packets: 0, bytes: 0 },
    };
    const config = { cir: 1, cburst: 2, pir: 1, pburst: 2, eburst: 9 };
    const cell: Entity = { kind: 'meter', meter: 'workbench.port_meter', index: 3, config, counts };
    assert.deepEqual(again(cell), cell);
    const query = encodeEntity(
      schema,
      { kind: 'meter', meter: 'port_meter', readCounts: true },
      { isQuery: true },
    );
    assert.equal(query.getMeterEntry()?.hasCounterData(), true);
    const bad: Entity = { ...cell, config: { ...config, eburst: -1 } };
    assert.throws(
      () => again(bad),
      (error) => error instanceof P4RuntimeError && error.code === 'BAD_VALUE',
    );
  });

  it('backup replicas', () => {
    const replicas = [
      {
        port: 1,
        instance: 1,
        backups: [
          { port: 2, instance: 7 },
          { port: 300, instance: 8 },
        ],
      },
      { port: 4, instance: 1 },
    ];
    const group: Entity = { kind: 'multicast-group', group: 9, replicas };
    assert.deepEqual(again(group), group);
    const wide = [{ port: 1, instance: 1, backups: [{ port: 2 ** 32, instance: 1 }] }];
    assert.throws(() => again({ ...group, replicas: wide }), /does not fit 32 bits/);
  });

  it('how one-shot groups choose, and the ports they watch', () => {
    const read = again({
      kind: 'table-entry',
      table: 'spread',
      match: { 'hdr.ethernet.dst': 5 },
      action: {
        kind: 'one-shot',
        actions: [
          { action: forward(1), weight: 2, watchPort: 1 },
          { action: forward(2), weight: 1 },
        ],
        selection: 'random',
        sizeSemantics: 'sum-of-members',
      },
    });
    assert.ok(read.kind === 'table-entry' && read.action?.kind === 'one-shot');
    assert.equal(read.action.selection, 'random');
    assert.equal(read.action.sizeSemantics, 'sum-of-members');
    assert.deepEqual(
      read.action.actions.map(({ weight, watchPort }) => [weight, watchPort]),
      [
        [2, 1n],
        [1, undefined],
      ],
    );
  });
});
