import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Code } from 'p4runtime-js';
import { insert, P4RuntimeError, SwitchClient } from '../../controller/p4runtime/index.js';
import { FakeSwitch } from './fake-switch.js';
import { workbench } from './workbench.js';

const station = (dst: number) =>
  insert({
    kind: 'table-entry',
    table: 'stations',
    match: { 'hdr.ethernet.dst': dst },
    action: { kind: 'action', name: 'drop', params: {} },
  });

describe('SwitchClient, whatever the server does', () => {
  let fake: FakeSwitch;
  let client: SwitchClient;
  beforeEach(async () => {
    fake = await new FakeSwitch().start();
    client = new SwitchClient({
      address: fake.address,
      electionId: 9n,
      backoff: { initialMs: 5, maxMs: 20 },
    });
    client.start();
    await client.whenPrimary(AbortSignal.timeout(5000));
    await client.setPipeline(workbench());
  });
  afterEach(async () => {
    await client.close();
    fake.stop();
  });

  it('attaches failures of several requests to their updates', async () => {
    fake.refuse = (_type, entity) => {
      const value = entity.getTableEntry()?.getMatchList()[0]?.getExact()?.getValue_asU8();
      return value?.at(-1) === 0 ? 'ends in 0' : undefined;
    };
    const updates = Array.from({ length: 1200 }, (_, i) => station(i + 1));
    await assert.rejects(client.write(updates), (error) => {
      assert.ok(error instanceof P4RuntimeError && error.code === 'INVALID_ARGUMENT');
      assert.deepEqual(
        error.failures.map(({ index }) => index + 1),
        [256, 512, 768, 1024],
      );
      assert.ok(error.failures.every(({ index, update }) => update === updates[index]));
      assert.equal(error.applied, 1196);
      assert.match(error.message, /4 of 1200 updates refused, first number 255: INVALID_ARGUMENT ends in 0/);
      assert.ok(!inspect(error).includes('stations'), 'printed, it is no list of updates');
      return true;
    });
    assert.deepEqual(fake.writeSizes, [500, 500, 200]);
  });

  it('says how much was applied where a later request finds the connection gone', async () => {
    let requests = 0;
    fake.onWrite = () => {
      requests += 1;
      return requests === 2 ? 'half then cut' : 'all';
    };
    const updates = Array.from({ length: 700 }, (_, i) => station(i));
    await assert.rejects(client.write(updates), (error) => {
      assert.ok(error instanceof P4RuntimeError && error.isConnectionLost);
      assert.equal(error.applied, 500);
      return true;
    });
  });

  it('keeps the code of a refusal without details', async () => {
    fake.failure = { code: Code.RESOURCE_EXHAUSTED, message: 'no more' };
    await assert.rejects(client.write([station(1)]), (error) => {
      assert.ok(error instanceof P4RuntimeError && error.isResourceExhausted);
      assert.equal(error.failures.length, 1);
      return true;
    });
    await assert.rejects(client.write([station(1), station(2)]), (error) => {
      assert.ok(error instanceof P4RuntimeError && error.code === 'RESOURCE_EXHAUSTED');
      assert.deepEqual(error.failures, []);
      return true;
    });
  });

  it('bids with a lower id where its own is taken, and gives up in the end', async () => {
    fake.takenIds = new Set([9n, 8n]);
    const other = new SwitchClient({ address: fake.address, electionId: 9n, backoff: { initialMs: 5 } });
    other.start();
    await other.whenPrimary(AbortSignal.timeout(5000));
    assert.deepEqual(other.state, { kind: 'primary', electionId: 7n });
    await other.close();

    fake.takenIds = new Set(Array.from({ length: 10 }, (_, i) => BigInt(i)));
    const third = new SwitchClient({ address: fake.address, electionId: 9n, backoff: { initialMs: 5 } });
    third.start();
    await assert.rejects(
      third.whenPrimary(AbortSignal.timeout(5000)),
      (error) => error instanceof P4RuntimeError && error.isElectionIdUsed,
    );
    assert.equal(third.stats.connections, 6);
    await third.close();
  });

  it('reports what its listeners throw, and goes on', async () => {
    const failed: unknown[] = [];
    client.failed.subscribe((error) => failed.push(error));
    client.stateChanged.subscribe(() => {
      throw new Error('listener');
    });
    fake.cut();
    await new Promise<void>((resolve) => {
      client.stateChanged.subscribe((state) => {
        if (state.kind === 'primary') resolve();
      });
    });
    assert.ok(failed.length >= 2);
  });
});
