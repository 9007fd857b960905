import assert from 'node:assert/strict';
import { P4RuntimeError, Schema } from '../../controller/p4runtime/index.js';
import { NameIndex } from '../../controller/p4runtime/names.js';
import { workbench } from './workbench.js';

describe('P4Info schema', () => {
  const schema = new Schema(workbench().p4info);

  it('finds objects by full name, alias, unique suffix and id', () => {
    const table = schema.tables.get('workbench.stations');
    assert.equal(schema.tables.get('stations'), table);
    assert.equal(schema.tables.get(table.id), table);
    assert.equal(table.name, 'workbench.stations');
    assert.equal(table.size, 1024);
  });

  it('knows match kinds, widths, actions and direct resources', () => {
    const rules = schema.tables.get('rules');
    assert.deepEqual(
      rules.fields.map(({ name, width, kind }) => [name, width, kind]),
      [
        ['src', 48, 'ternary'],
        ['ether_type', 16, 'range'],
        ['port', 9, 'optional'],
      ],
    );
    assert.equal(rules.hasPriority, true);
    assert.equal(schema.tables.get('routes').hasPriority, false);
    assert.equal(schema.tables.get('routes').counterId, schema.directCounters.get('routes_counter').id);
    assert.equal(rules.meterId, schema.directMeters.get('rules_meter').id);
    assert.deepEqual(
      schema.actionOf(schema.tables.get('stations'), 'to_cpu').params.map(({ name, width }) => [name, width]),
      [['reason', 8]],
    );
    const paths = schema.profiles.get('paths');
    assert.equal(schema.tables.get('spread').profileId, paths.id);
    assert.equal(paths.maxGroupSize, 16);
    assert.equal(schema.tables.get('stations').hasConstDefault, true);
  });

  it('describes packet headers', () => {
    assert.deepEqual(
      schema.packetHeaders.get('packet_in').fields.map(({ name, width }) => [name, width]),
      [
        ['ingress_port', 16],
        ['reason', 8],
        ['reserved', 8],
      ],
    );
  });

  it('suggests what was meant', () => {
    const fails = (act: () => unknown, message: RegExp) =>
      assert.throws(act, (error) => {
        assert.ok(error instanceof P4RuntimeError && error.code === 'UNKNOWN_NAME');
        assert.match(error.message, message);
        return true;
      });
    fails(() => schema.tables.get('workbench.statoins'), /did you mean 'workbench.stations'/);
    fails(() => schema.tables.get('route'), /did you mean 'workbench.routes' or 'routes'|'routes'/);
    fails(() => schema.tables.get(7), /no table with id 7/);
    fails(() => schema.registers.get('qqqqqqqqqqqqq'), /it has workbench.last_source/);
    fails(
      () => schema.actionOf(schema.tables.get('routes'), 'to_cpu'),
      /has no action 'to_cpu'; it has forward, drop/,
    );
  });

  it('asks for more of an ambiguous name', () => {
    const index = new NameIndex('table', [
      { id: 1, name: 'a.x.t', alias: 'x.t' },
      { id: 2, name: 'a.y.t', alias: 'y.t' },
    ]);
    assert.equal(index.get('x.t').id, 1);
    assert.throws(() => index.get('t'), /could be a.x.t or a.y.t; give more of the name/);
  });
});
