import assert from 'node:assert/strict';
import type { P4Info } from 'p4runtime-js';
import {
  Controller,
  type ControllerEvent,
  MemoryStore,
  type Pipeline,
  parseTopology,
  type Resource,
} from '../../controller/index.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { sincmeshPipeline } from '../../experiments/program.js';
import { CellClient, HostError, KvClient, KvServer, ReduceGroup } from '../../host/index.js';
import { nackReasonName } from '../../wire/index.js';
import { ManualClock } from '../controller/manual-clock.js';
import { MISSING_ACTIONS, missingTables } from './differences.js';
import { bringUp, image, impossible, put } from './guarded-fabric.js';
import { PROFILES, type Profile } from './p4info.js';

/** A leaf of each profile, h1 to h8 in pairs behind them. Ports are of one pipe of a Tofino. */
const FABRIC = `
pipelines:
${PROFILES.map((name) => `  - { name: ${name}, file: ${name}.bin${name === 'routing' ? ', roles: [spine]' : ''} }`).join('\n')}
switches:
  - { name: adder, role: leaf, id: 1, pipeline: reduce }
  - { name: store, role: leaf, id: 2, pipeline: cache }
  - { name: teller, role: leaf, id: 3, pipeline: cells }
  - { name: guard, role: leaf, id: 4, pipeline: routing }
  - { name: spine1, role: spine, id: 11 }
  - { name: spine2, role: spine, id: 12 }
links:
${['adder', 'store', 'teller', 'guard']
  .flatMap((leaf, i) => [`${leaf}:11, b: spine1:${i + 1}`, `${leaf}:12, b: spine2:${i + 1}`])
  .map((ends) => `  - { a: ${ends} }`)
  .join('\n')}
hosts:
${['adder', 'store', 'teller', 'guard']
  .flatMap((leaf, i) => [1, 2].map((port) => `switch: ${leaf}, port: ${port}, ipv4: 10.0.${i + 1}.${port}`))
  .map((place, i) => `  - { name: h${i + 1}, ${place} }`)
  .join('\n')}
`;

const RATE = { packetsPerSecond: 1000 };

describe('A fabric with a different image for Tofino at every leaf', function () {
  this.timeout(30_000);

  it('has every group, cache and policy where the switch can, and says where not', async () => {
    const images = new Map<string, Pipeline>(PROFILES.map((name) => [name, image('tofino', name)]));
    const { controller, wrong, close } = await bringUp(FABRIC, image('tofino', 'routing'), images);
    try {
      const { groups, cache, registry } = controller;
      const instance = { port: 5000, ttlMs: 60_000 };
      await registry.register({ service: '/kv', address: 0x0a000201, ...instance });
      await registry.register({ service: '/elsewhere', address: 0x0a000101, ...instance });

      const sum = await groups.createReduce({ hosts: ['h1', 'h2'], operation: 'sum', window: 8 });
      assert.deepEqual(
        sum.tree.nodes.map((node) => node.switch),
        ['adder'],
      );
      await assert.rejects(
        groups.createReduce({ hosts: ['h1', 'h3'], operation: 'sum', window: 8 }),
        impossible(
          /store \(profile cache, tna\) has no SINC reduce; give store, spine[12] an image of profile reduce, or/,
        ),
      );
      const cells = await groups.createCells({ hosts: ['h1', 'h3', 'h5'], cells: 10, destination: 'h6' });
      assert.equal(cells.placement.switch, 'teller');
      await assert.rejects(
        groups.createCells({ hosts: ['h1', 'h5'], cells: 10, destination: 'h1' }),
        impossible(
          /adder \(profile reduce, tna\) has no SINC cells; give adder an image of profile cells, or name/,
        ),
      );
      assert.equal((await cache.enable({ service: '/kv' })).leaf, 'store');
      await assert.rejects(
        cache.enable({ service: '/elsewhere' }),
        impossible(
          /adder \(profile reduce, tna\) has no cache; give adder an image of profile cache, or move/,
        ),
      );
      await assert.rejects(
        put(controller, 'broadcasts', 'b', { channel: '/news' }),
        impossible(/adder .* has no broadcasts/),
      );
      const deny = { destination: '/kv', access: 'deny' };
      await assert.rejects(
        put(controller, 'policies', 'p', deny),
        impossible(
          /adder \(profile reduce, tna\) has no access rules; give adder .*, or give the policy at: \[guard\]/,
        ),
      );
      const placed = (await put(controller, 'policies', 'p', {
        ...deny,
        at: ['guard'],
        rate: RATE,
      })) as Resource;
      assert.deepEqual((placed.status as { unprovenRates: unknown }).unprovenRates, ['guard']);
      await put(controller, 'policies', 'nacks', { destination: '/', nackRates: [RATE] });
      await controller.settled(AbortSignal.timeout(20_000));
      assert.deepEqual(wrong, []);

      const sections = (name: string) => controller.session(name).desired.sections();
      const holders = (section: string) =>
        [...controller.topology.switches.keys()].filter((name) => sections(name).includes(section));
      assert.deepEqual(holders('policy/rule/p'), ['guard']);
      assert.deepEqual(holders(`group/${sum.id}`), ['adder']);
      assert.deepEqual(holders(`group/${cells.id}`), ['teller']);
      assert.deepEqual(holders('cache/watch/kv'), ['store']);
      const service = registry.lookup('/kv')?.number;
      assert.deepEqual(holders(`service/${service}`), ['adder', 'store', 'teller', 'guard']);
      assert.deepEqual(holders(`policy/service/${service}`), ['guard'], 'only it counts for services');
      assert.equal(holders('policy/nack-rates').length, 6);
    } finally {
      await close();
    }
  });

  it('is refused where a switch is declared to be of another kind than its program', () => {
    const images = new Map<string, Pipeline>(PROFILES.map((name) => [name, image('tofino', name)]));
    const make =
      (text: string, program: Pipeline, pipelines = images) =>
      () =>
        new Controller({ topology: parseTopology(text), program, pipelines, clock: new ManualClock() });
    const declared = FABRIC.replace('pipeline: reduce }', 'pipeline: reduce, target: bmv2 }');
    assert.throws(
      make(declared, image('tofino', 'routing')),
      impossible(
        /adder is of target bmv2, which does not execute its program \(profile reduce, tna\); give it/,
      ),
    );
    assert.throws(
      make(FABRIC, image('tofino', 'routing'), new Map()),
      /executes the pipeline 'reduce', which was not given/,
    );
  });

  it('takes a group back whose switch has another image now: the destination host computes', async () => {
    const store = new MemoryStore();
    const errors: string[] = [];
    const make = (adder: Profile) => {
      const topology = parseTopology(FABRIC.replace('pipeline: reduce', `pipeline: ${adder}`));
      const images = new Map<string, Pipeline>(PROFILES.map((name) => [name, image('tofino', name)]));
      const log = (event: ControllerEvent) => {
        if (event.kind === 'error') errors.push(String(event.error));
      };
      const clock = new ManualClock();
      return new Controller({
        topology,
        program: image('tofino', 'routing'),
        pipelines: images,
        store,
        clock,
        log,
      });
    };
    const first = make('reduce');
    await first.start();
    const { id } = await first.groups.createReduce({ hosts: ['h1', 'h2'], operation: 'sum', window: 8 });
    const second = make('cells');
    await second.start();
    const group = second.groups.get(id);
    assert.deepEqual(group?.kind === 'reduce' && group.tree.nodes, []);
    assert.equal(errors.length, 1);
    assert.match(
      errors[0] ?? '',
      /computed at adder, whose program \(profile cells, tna\) has no SINC reduce any more/,
    );
    assert.deepEqual(second.session('adder').desired.sections().includes(`group/${id}`), false);
    await second.groups.delete(id);
    await second.close();
    await first.close();
  });
});

/** The v1model program with what a profile for Tofino has of its tables: so much of P4Info, the same switch. */
function part(profile: Profile): Pipeline {
  const { p4info, deviceConfig } = sincmeshPipeline();
  const cut: P4Info = p4info.cloneMessage();
  const tables = cut.getTablesList().filter((table) => {
    return !missingTables('tofino', profile).includes(table.getPreamble()?.getName() ?? '');
  });
  const actionName = (id: number) =>
    cut
      .getActionsList()
      .find((action) => action.getPreamble()?.getId() === id)
      ?.getPreamble()
      ?.getName() ?? '';
  for (const table of tables) {
    const gone = MISSING_ACTIONS[profile][table.getPreamble()?.getName() ?? ''] ?? [];
    table.setActionRefsList(
      table.getActionRefsList().filter((ref) => !gone.includes(actionName(ref.getId()))),
    );
  }
  const ids = new Set(tables.map((table) => table.getPreamble()?.getId()));
  cut.setTablesList(tables);
  cut.setDirectCountersList(cut.getDirectCountersList().filter((each) => ids.has(each.getDirectTableId())));
  const profiles = cut.getActionProfilesList();
  for (const each of profiles) each.setTableIdsList(each.getTableIdsList().filter((id) => ids.has(id)));
  cut.setActionProfilesList(profiles.filter((each) => each.getTableIdsList().length > 0));
  return { p4info: cut, deviceConfig };
}

describe('A fabric with a different part of the program at every leaf', function () {
  this.timeout(60_000);
  let fabric: EmulatedFabric;
  const trouble: ControllerEvent[] = [];

  before(async () => {
    fabric = await EmulatedFabric.start({
      topology: parseTopology(FABRIC),
      seed: 5,
      pipelines: new Map(PROFILES.map((name) => [name, part(name)])),
      log: (event) => {
        if (event.kind === 'refused' || event.kind === 'error') trouble.push(event);
      },
    });
  });
  after(() => fabric.close());

  it('serves names across all of them', async () => {
    for (const [n, host] of ['h1', 'h3', 'h5', 'h7'].entries()) {
      await fabric.run(fabric.host(host).serve(`/svc/${n}`, ({ payload }) => payload, { ttlMs: 60_000 }));
    }
    await fabric.settle();
    for (const from of ['h2', 'h4', 'h6', 'h8']) {
      for (const n of [0, 1, 2, 3]) {
        const { payload } = await fabric.run(fabric.host(from).call(`/svc/${n}`, Uint8Array.of(n)));
        assert.deepEqual([...payload], [n]);
      }
    }
    assert.deepEqual(trouble, []);
  });

  it('reduces, counts and caches at the switches that can', async () => {
    const { groups, cache } = fabric.controller;
    const sum = await groups.createReduce({ hosts: ['h1', 'h2'], operation: 'sum', window: 8 });
    const callers = ['h1', 'h4', 'h8'];
    const cells = await groups.createCells({ hosts: callers, cells: 4, destination: 'h5' });
    await fabric.run(KvServer.start(fabric.host('h3'), '/kv'));
    await cache.enable({ service: '/kv', threshold: 2 });
    await fabric.settle();

    const destination = fabric.nic('h1').address;
    const members = [0, 1].map((source) => {
      const options = { group: sum.id, sources: 2, window: 8, source, destination };
      return new ReduceGroup(fabric.host(`h${source + 1}`).sinc, options);
    });
    const all = members.map((each) => each.allReduce(Int32Array.from({ length: 300 }, (_, n) => n)));
    for (const result of await fabric.run(Promise.all(all))) {
      assert.deepEqual(
        [...result],
        Array.from({ length: 300 }, (_, n) => 2 * n),
      );
    }
    for (const each of members) each.close();

    const before: number[] = [];
    for (const [source, host] of callers.entries()) {
      const options = {
        group: cells.id,
        source,
        sources: callers.length,
        destination: fabric.nic('h5').address,
      };
      const client = new CellClient(fabric.host(host).sinc, options);
      before.push((await fabric.run(client.fetchAdd(1, 5))) >>> 0);
      client.close();
    }
    assert.deepEqual(before, [0, 5, 10], 'one counter for all');

    const kv = new KvClient(fabric.host('h8'), '/kv');
    const key = 'a';
    await fabric.run(kv.put(key, Uint8Array.of(7)));
    for (let n = 0; n < 20; n += 1) await fabric.run(kv.get(key));
    await fabric.run(fabric.sleep(5000));
    await fabric.settle();
    const [status] = cache.status();
    assert.deepEqual([status?.state, status?.leaf, status?.entries], ['on', 'store', 1]);
    assert.deepEqual(trouble, []);
  });

  it('keeps to a policy where it holds', async () => {
    const name = '/closed';
    await fabric.run(fabric.host('h3').serve(name, ({ payload }) => payload, { ttlMs: 60_000 }));
    await put(fabric.controller, 'policies', 'closed', { destination: name, access: 'deny', at: ['guard'] });
    await fabric.settle();
    const call = (from: string) =>
      fabric.run(fabric.host(from).call(name, Uint8Array.of(1), { attempts: 1, deadlineUs: 100_000 }));
    assert.deepEqual([...(await call('h1')).payload], [1]);
    await assert.rejects(call('h7'), (error) => {
      return error instanceof HostError && error.code === 'NACK' && nackReasonName(error.reason) === 'DENIED';
    });
    assert.deepEqual(trouble, []);
  });
});
