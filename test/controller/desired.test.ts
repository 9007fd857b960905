import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { DesiredSwitch } from '../../controller/fabric/desired.js';
import { fitWeights, serviceEntries } from '../../controller/fabric/names.js';
import { capabilitiesOf } from '../../controller/fabric/program.js';
import { staticSections } from '../../controller/fabric/sections.js';
import { ControllerError, Paths, parseTopology } from '../../controller/index.js';
import { type Entity, encodeEntity, Schema } from '../../controller/p4runtime/index.js';
import { FabricKey, Name } from '../../wire/index.js';
import { workbench } from './workbench.js';

const root = new URL('../../../', import.meta.url);
const mesh = new Schema(parseP4Info(readFileSync(new URL('p4src/build/sincmesh.p4info.txtpb', root))));
const topology = parseTopology(readFileSync(new URL('experiments/topologies/leaf-spine.yaml', root), 'utf8'));

describe('desired state', () => {
  const schema = new Schema(workbench().p4info);
  const entry = (dst: number, port: number): Entity => ({
    kind: 'table-entry',
    table: 'stations',
    match: { 'hdr.ethernet.dst': dst },
    action: { kind: 'action', name: 'forward', params: { port } },
  });

  it('tells what changed, section by section', () => {
    const desired = new DesiredSwitch(schema);
    assert.equal(desired.replace('a', [entry(1, 1), entry(2, 1)]), true);
    assert.equal(desired.takeChanges().size, 2);
    assert.equal(desired.replace('a', [entry(1, 1), entry(2, 1)]), false);
    assert.equal(desired.hasChanges, false);
    assert.equal(desired.replace('a', [entry(2, 9), entry(3, 1)]), true);
    assert.equal(desired.takeChanges().size, 3, 'one gone, one changed, one new');
    assert.equal(desired.size, 2);
    const [item] = desired.items();
    assert.equal(desired.sectionOf(item?.key ?? ''), 'a');
    assert.equal(desired.replace('a', []), true);
    assert.deepEqual(desired.sections(), []);
  });

  it('has one owner for every entry', () => {
    const desired = new DesiredSwitch(schema);
    desired.replace('a', [entry(1, 1)]);
    const conflict = (error: unknown) => error instanceof ControllerError && error.code === 'CONFLICT';
    assert.throws(() => desired.replace('b', [entry(1, 2)]), conflict);
    assert.throws(() => desired.replace('b', [entry(5, 2), entry(5, 2)]), conflict);
    desired.replace('a', []);
    desired.replace('b', [entry(1, 2)]);
    assert.equal(desired.size, 1);
  });

  it('of every switch of the fabric fits the program, and covers all hosts and switches', () => {
    const capabilities = capabilitiesOf(mesh);
    const paths = new Paths(topology);
    for (const spec of topology.switches.values()) {
      const sections = staticSections(topology, paths, spec, FabricKey.default, capabilities);
      const entities = [...sections.values()].flat();
      for (const entity of entities) encodeEntity(mesh, entity);
      const routes = entities.filter(
        (e) => e.kind === 'table-entry' && e.table === 'ingress.underlay.routes',
      );
      assert.equal(routes.length, topology.hosts.size + topology.switches.size, spec.name);
      const groups = entities.filter((e) => e.kind === 'profile-group');
      assert.equal(groups.length, topology.switches.size - 1, spec.name);
      const ports = entities.filter((e) => e.kind === 'table-entry' && e.table === 'egress.delivery.ports');
      assert.equal(ports.length, spec.role === 'leaf' ? 3 : 0);
    }
  });

  it('refuses a program that is not sincmesh', () => {
    assert.throws(() => capabilitiesOf(schema), /has no ingress.identity, ingress.underlay.routes/);
  });
});

describe('weights of a group', () => {
  it('are reduced to their proportions', () => {
    assert.deepEqual(fitWeights([50, 100, 25], 0), [2, 4, 1]);
    assert.deepEqual(fitWeights([7], 64), [1]);
    assert.deepEqual(fitWeights([], 64), []);
  });

  it('fit any limit, everyone with a share, proportions kept as well as whole numbers can', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 256 }), (list, limit) => {
        const fitted = fitWeights(list, limit);
        const total = fitted.reduce((sum, weight) => sum + weight, 0);
        assert.ok(total <= limit);
        assert.equal(fitted.length, Math.min(list.length, limit));
        assert.ok(fitted.every((weight) => Number.isInteger(weight) && weight >= 1));
        if (fitted.length < list.length) return;
        const all = list.reduce((sum, weight) => sum + weight, 0);
        for (const [i, weight] of fitted.entries()) {
          for (const [j, other] of fitted.entries()) {
            if ((list[i] ?? 0) < (list[j] ?? 0)) assert.ok(weight <= other, 'order is kept');
          }
          // Where there is room for everybody's share, nobody is off by more than his minimum and a remainder.
          if (limit >= all) assert.equal(weight / total, (list[i] ?? 0) / all);
        }
      }),
    );
  });

  it('of a service without instances are a Nack', () => {
    const digest = Name.parse('/shop/cart').digest(FabricKey.default);
    const none = serviceEntries(digest, 3, [], 256);
    assert.equal(none.length, 1);
    const two = serviceEntries(
      digest,
      3,
      [
        { instance: 8, address: 1, port: 5000, weight: 3 },
        { instance: 9, address: 2, port: 5000, weight: 1 },
      ],
      256,
    );
    assert.deepEqual(
      two.map(({ kind }) => kind),
      ['profile-member', 'profile-member', 'profile-group', 'table-entry'],
    );
    for (const entity of [...none, ...two]) encodeEntity(mesh, entity);
  });
});
