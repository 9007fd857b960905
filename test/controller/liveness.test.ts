import assert from 'node:assert/strict';
import { Channel, credentials } from '@grpc/grpc-js';
import {
  insert,
  P4RuntimeError,
  SwitchClient,
  type SwitchClientOptions,
  type Update,
} from '../../controller/p4runtime/index.js';
import { FakeSwitch } from './fake-switch.js';
import { workbench } from './workbench.js';

function entries(count: number): Update[] {
  return Array.from({ length: count }, (_, i) =>
    insert({
      kind: 'table-entry',
      table: 'stations',
      match: { 'hdr.ethernet.dst': i + 1 },
      action: { kind: 'action', name: 'forward', params: { port: 1 } },
    }),
  );
}

describe('a connection that carries nothing any more', () => {
  let fake: FakeSwitch;
  let client: SwitchClient;

  async function open(options: Partial<SwitchClientOptions> = {}): Promise<void> {
    fake = await new FakeSwitch().start();
    client = new SwitchClient({
      address: fake.address,
      suspectAfterMs: 100,
      rpcTimeoutMs: 30_000,
      backoff: { initialMs: 5, maxMs: 50 },
      ...options,
    });
    await client.whenPrimary();
    await client.setPipeline(workbench());
  }

  afterEach(async () => {
    await client.close();
    fake.stop();
  });

  const failed = (write: Promise<void>): Promise<P4RuntimeError<Update>> =>
    write.then(
      () => assert.fail('the write did not fail'),
      (error: unknown) => {
        assert.ok(error instanceof P4RuntimeError);
        return error;
      },
    );

  it('is found out where a refusal was too long, and left for one that works, with shorter requests', async () => {
    await open();
    // 500 of these are 100,000 bytes: the server sends them, and HTTP/2 of this client says nothing.
    fake.refuse = () => 'no'.repeat(100);
    const first = await failed(client.write(entries(500)));
    assert.equal(first.code, 'UNAVAILABLE');
    assert.ok(first.isConnectionLost);
    assert.match(first.message, /Write: .*answers, but not by this connection.*maxUpdates/);
    await client.whenPrimary();
    const second = await failed(client.write(entries(500)));
    assert.equal(second.failures.length, 500);
    assert.ok(second.failures.every(({ message }) => message === 'no'.repeat(100)));
    assert.deepEqual(fake.writeSizes, [500, 125, 125, 125, 125]);
    assert.equal(client.stats.connections, 2);
    // What the caller asks for is as it was.
    fake.refuse = () => undefined;
    await client.write(entries(500), { maxUpdates: 500 });
    assert.equal(fake.writeSizes.at(-1), 500);
  });

  it('is not one whose switch takes its time', async () => {
    await open();
    fake.writeTakesMs = 1600;
    await client.write(entries(10));
    assert.equal(client.stats.connections, 1);
  });

  it('is not looked for on a channel of the caller’s', async () => {
    const probe = await new FakeSwitch().start();
    const channel = new Channel(probe.address, credentials.createInsecure(), {});
    await open({ channelOptions: { channelOverride: channel }, rpcTimeoutMs: 700 });
    probe.refuse = () => 'no'.repeat(100);
    const error = await failed(client.write(entries(500)));
    assert.equal(error.code, 'DEADLINE_EXCEEDED');
    probe.stop();
  });

  it('has its refusal taken for no full table where a peer has left its details out', async () => {
    await open();
    fake.failure = { code: 8, message: 'to-be-sent trailing metadata size exceeds peer limit' };
    const error = await failed(client.write(entries(500)));
    assert.equal(error.code, 'UNKNOWN');
    assert.equal(error.isResourceExhausted, false);
    assert.match(error.message, /peer limit; the refusals of 500 updates do not fit an answer.*maxUpdates/);
    fake.failure = undefined;
    await client.write(entries(500));
    assert.deepEqual(fake.writeSizes, [125, 125, 125, 125]);
    // An atomic one stays whole.
    await failed(client.write(entries(500), { atomicity: 'rollback-on-error' }));
    assert.equal(fake.writeSizes.at(-1), 500);
  });

  it('needs milliseconds above 0 to be looked for', () => {
    assert.throws(() => new SwitchClient({ address: 'x:1', suspectAfterMs: 0 }), /suspectAfterMs is 0/);
  });
});
