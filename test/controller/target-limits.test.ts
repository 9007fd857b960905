import assert from 'node:assert/strict';
import {
  BMV2,
  EMBEDDED,
  type Entity,
  insert,
  P4RuntimeError,
  STRATUM_BMV2,
  STRATUM_TOFINO,
  SwitchClient,
  type TargetProfile,
  type Update,
} from '../../controller/p4runtime/index.js';
import { FakeSwitch } from './fake-switch.js';
import { sincmesh } from './small-fabric.js';
import { workbench } from './workbench.js';

const register: Entity = { kind: 'register', register: 'last_source', index: 3, value: 7 };
const session = (classOfService: number): Entity => {
  return { kind: 'clone-session', session: 7, classOfService, replicas: [{ port: 1, instance: 1 }] };
};
const meter = {
  kind: 'meter' as const,
  meter: 'port_meter',
  config: { cir: 1, cburst: 1, pir: 1, pburst: 1 },
};
const modify = (entity: Entity): Update => ({ type: 'modify', entity });

describe('What a target is declared not to do', () => {
  let device: FakeSwitch;
  before(async () => {
    device = await new FakeSwitch().start();
  });
  after(() => device.stop());

  async function withClient(
    target: TargetProfile,
    use: (client: SwitchClient) => Promise<void>,
  ): Promise<void> {
    const client = new SwitchClient({ address: device.address, target });
    client.start();
    try {
      await client.whenPrimary();
      await use(client);
    } finally {
      await client.close();
    }
  }
  const unimplemented = (remedy: RegExp) => (error: unknown) =>
    error instanceof P4RuntimeError && error.code === 'UNIMPLEMENTED' && remedy.test(error.rawMessage);

  it('is refused before it is sent, with what to do instead', async () => {
    await withClient(BMV2, async (client) => {
      await client.setPipeline(workbench());
      const sent = device.applied.length;
      const { reads } = device;
      const read = (query: Entity) => client.read(query).next();
      for (const [act, remedy] of [
        [client.write([modify(register)], {}), /target bmv2 has no writes of registers; have the program/],
        [client.write([], { atomicity: 'dataplane-atomic' }), /write with continue-on-error/],
        [client.write([modify({ kind: 'value-set' })]), /no value sets; match the values in a table/],
        [client.write([modify(meter)]), /no writes of all cells of a meter; give each index/],
        [
          client.write([modify(session(3))]),
          /no classes of service of clone sessions; leave classOfService out/,
        ],
        [read({ kind: 'register', register: 'last_source', index: 1 }), /no reads of registers; count/],
        [read({ kind: 'direct-counter', entry: { kind: 'table-entry' } }), /read them table by table/],
        [read({ kind: 'digest' }), /no reads of all digests; read them by name/],
      ] as const) {
        await assert.rejects(act, unimplemented(remedy));
      }
      assert.deepEqual([device.applied.length, device.reads], [sent, reads], 'nothing was sent');
    });
  });

  it('is told apart: what one target has, another may not', async () => {
    await withClient(STRATUM_TOFINO, async (client) => {
      await assert.rejects(
        client.setPipeline(v1model()),
        (error) =>
          error instanceof P4RuntimeError && /stratum-tofino does not execute .* v1model/.test(error.message),
      );
      // Names of nothing but the client: a pipeline for Tofino would be 7 MB.
      device.pipeline = undefined;
    });
    const oneCopy: TargetProfile = { ...EMBEDDED, cloneSessions: STRATUM_TOFINO.cloneSessions };
    await withClient(oneCopy, async (client) => {
      await client.setPipeline(workbench());
      const to = (classOfService: number, ...replicas: { port: number; instance: number }[]) =>
        client.write([modify({ kind: 'clone-session', session: 7, classOfService, replicas })]);
      const [first, second] = [
        { port: 1, instance: 0 },
        { port: 2, instance: 0 },
      ];
      await assert.rejects(to(0, first, second), unimplemented(/several replicas; give one port/));
      await assert.rejects(to(0, { port: 1, instance: 3 }), unimplemented(/give instance 0/));
      await assert.rejects(to(8, first), unimplemented(/give one of 0 to 7/));
      await client.write([
        insert({ kind: 'clone-session', session: 7, classOfService: 7, replicas: [first] }),
      ]);
    });
    await withClient(STRATUM_BMV2, async (client) => {
      await assert.rejects(
        client.setPipeline(workbench(), { action: 'reconcile-and-commit' }),
        unimplemented(/use verify-and-commit, and write the entries again/),
      );
    });
    await withClient(EMBEDDED, async (client) => {
      await client.setPipeline(workbench());
      await client.write([modify(meter)]);
      assert.equal(device.applied.at(-1)?.startsWith('modify meter'), true, 'passed on');
    });
  });
});

function v1model() {
  const pipeline = sincmesh();
  pipeline.p4info.getPkgInfo()?.setArch('v1model');
  return pipeline;
}
