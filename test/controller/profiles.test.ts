import assert from 'node:assert/strict';
import {
  BMV2,
  EMBEDDED,
  type Entity,
  insert,
  P4RuntimeError,
  SwitchClient,
  type TargetProfile,
  type Update,
} from '../../controller/p4runtime/index.js';
import { bmv2Missing, startBmv2 } from './bmv2.js';
import { startEmbedded } from './embedded.js';
import { workbench } from './workbench.js';

/** What a call was answered with: OK or a code. */
async function answer(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'OK';
  } catch (error) {
    if (error instanceof P4RuntimeError) return error.code;
    throw error;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Declarations are held against the switches they speak of. */
function holds(
  target: TargetProfile,
  start: () => Promise<{ address: string; stop(): Promise<void> }>,
): void {
  describe(`profile ${target.name}`, function () {
    this.timeout(60_000);
    let device: { address: string; stop(): Promise<void> } | undefined;
    let client: SwitchClient;
    before(async function () {
      if (target === BMV2 && bmv2Missing() !== undefined) this.skip();
      device = await start();
      // It asks for everything, as if the switch could: what is declared is held against the switch, not the client.
      const asking = { ...EMBEDDED, keepsWriteOrder: false, replicaPorts: target.replicaPorts };
      client = new SwitchClient({ address: device.address, target: asking });
      client.start();
      await client.whenPrimary();
      await client.setPipeline(workbench());
    });
    after(async () => {
      if (device === undefined) return;
      await client.close();
      await device.stop();
    });

    it('atomicities', async () => {
      const kinds = ['continue-on-error', 'rollback-on-error', 'dataplane-atomic'] as const;
      for (const [index, atomicity] of kinds.entries()) {
        const isTaken = (await answer(client.write([station(index)], { atomicity }))) === 'OK';
        assert.equal(isTaken, target.atomicities.includes(atomicity), atomicity);
      }
    });

    it('registers', async () => {
      const cell: Entity = { kind: 'register', register: 'last_source', index: 3, value: 7 };
      const isWritten = (await answer(client.write([{ type: 'modify', entity: cell }]))) === 'OK';
      const isRead =
        (await answer(all(client.read({ kind: 'register', register: 'last_source', index: 3 })))) === 'OK';
      assert.equal(isWritten, target.registers === 'read-write');
      assert.equal(isRead, target.registers !== 'none');
    });

    it('groups: empty ones, and weights as they are listed', async () => {
      const member = (id: number): Update =>
        insert({
          kind: 'profile-member',
          profile: 'paths',
          member: id,
          action: { name: 'forward', params: { port: id } },
        });
      await client.write([member(1), member(2)]);
      const empty = insert({ kind: 'profile-group', profile: 'paths', group: 9, members: [], maxSize: 8 });
      assert.equal((await answer(client.write([empty]))) === 'OK', target.emptyGroups, 'empty');
      const members = [
        { member: 1, weight: 3 },
        { member: 2, weight: 1 },
      ];
      await client.write([
        insert({ kind: 'profile-group', profile: 'paths', group: 1, members, maxSize: 8 }),
      ]);
      const groups = await all(client.read({ kind: 'profile-group', profile: 'paths' }));
      const read = groups.find((one) => one.kind === 'profile-group' && one.group === 1);
      assert.ok(read?.kind === 'profile-group');
      const weights = [...read.members].sort((a, b) => a.member - b.member);
      assert.equal(JSON.stringify(weights) === JSON.stringify(members), target.listsGroupWeights, 'weights');
    });

    it('default entries nobody has set', async () => {
      const entries = await all(client.read({ kind: 'table-entry', table: 'stations', isDefault: true }));
      assert.equal(entries.length > 0, target.readsInitialDefaults, JSON.stringify(entries));
    });

    it('direct counters of all tables at once', async () => {
      const code = await answer(all(client.read({ kind: 'direct-counter', entry: { kind: 'table-entry' } })));
      assert.equal(code === 'OK', target.directWildcards, code);
    });

    it('the class of service of clone sessions', async () => {
      const session: Entity = {
        kind: 'clone-session',
        session: 5,
        classOfService: 1,
        replicas: [{ port: 1, instance: 1 }],
      };
      assert.equal((await answer(client.write([insert(session)]))) === 'OK', target.cloneSessions === 'any');
    });

    it('a full table', async () => {
      const rules = Array.from({ length: 5 }, (_, i) =>
        insert({
          kind: 'table-entry',
          table: 'rules',
          priority: i + 1,
          match: { src: i + 1 },
          action: { kind: 'action', name: 'drop', params: {} },
        }),
      );
      const error: unknown = await client.write(rules).catch((thrown) => thrown);
      assert.ok(error instanceof P4RuntimeError);
      assert.deepEqual(
        error.failures.map(({ status }) => status),
        [target.fullTable],
      );
    });
  });
}

function station(number: number): Update {
  return insert({
    kind: 'table-entry',
    table: 'stations',
    match: { 'hdr.ethernet.dst': number },
    action: { kind: 'action', name: 'forward', params: { port: 1 } },
  });
}

holds(EMBEDDED, startEmbedded);
holds(BMV2, startBmv2);
