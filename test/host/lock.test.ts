import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type HeldLock, HostError, Lock, type LockOptions, SessionSequencer } from '../../host/index.js';
import { CELL_SOURCES, cellClients } from './cell-clients.js';
import { CALM, ROUGH, SimNetwork } from './sim-network.js';

const LEASE_US = 60_000;
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

/** A stretch of time in which somebody believed that it held the lock. */
interface Stay {
  readonly source: number;
  readonly mode: 'exclusive' | 'shared';
  readonly token: bigint;
  readonly from: number;
  to: number;
}

function lockOptions(network: SimNetwork, changes: Partial<LockOptions> = {}): LockOptions {
  return {
    cell: 0,
    sessionCell: 1,
    sharedCells: 2,
    leaseUs: LEASE_US,
    newSession: () => Math.floor(network.now() / 1000) + 1,
    ...changes,
  };
}

/** @throws AssertionError where two stays that exclude each other overlap, or a token is not higher than it must be. */
function checkHistory(history: readonly Stay[]): void {
  const inOrder = [...history].sort((a, b) => a.from - b.from);
  for (const [i, stay] of inOrder.entries()) {
    for (const earlier of inOrder.slice(0, i)) {
      if (stay.mode === 'shared' && earlier.mode === 'shared') continue;
      const what = `${JSON.stringify({ ...earlier, token: `${earlier.token}` })} and ${JSON.stringify({ ...stay, token: `${stay.token}` })}`;
      assert.ok(earlier.to <= stay.from, `at the same time: ${what}`);
      assert.ok(stay.token > earlier.token, `token is not higher: ${what}`);
    }
  }
}

const plan = fc.record({
  seed: fc.nat(),
  inSwitch: fc.constantFrom(64, 0),
  /** Of every source: who dies while holding what it takes how many times. */
  sources: fc.array(
    fc.record({
      stays: fc.array(fc.record({ shared: fc.boolean(), holdUs: fc.integer({ min: 0, max: 4_000 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      dies: fc.boolean(),
    }),
    { minLength: 2, maxLength: CELL_SOURCES },
  ),
  restarts: fc.array(fc.integer({ min: 1_000, max: 300_000 }), { maxLength: 2 }),
});

describe('locks', function () {
  this.timeout(20_000);

  it('exclude, fence and stay live: holders that die, switches that forget, loss, duplication, reordering', async () => {
    let takenOver = 0;
    let shared = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ seed, inSwitch, sources, restarts }) => {
        const network = new SimNetwork(seed, ROUGH);
        const { clients, cellSwitch, hosts } = cellClients(network, inSwitch);
        const history: Stay[] = [];
        const users = sources.map(async ({ stays, dies }, source) => {
          const client = clients[source];
          assert.ok(client);
          const lock = new Lock(client, lockOptions(network));
          for (const [i, { shared: wantsShared, holdUs }] of stays.entries()) {
            const options = { deadlineUs: 1e9 };
            const held: HeldLock = await (wantsShared ? lock.acquireShared(options) : lock.acquire(options));
            assert.ok(held.isValid);
            const stay: Stay = {
              source,
              mode: held.mode,
              token: held.token,
              from: network.now(),
              to: Number.POSITIVE_INFINITY,
            };
            history.push(stay);
            // It believes that it has the lock until it gives it back or is told, whichever is first.
            held.signal.addEventListener('abort', () => {
              stay.to = Math.min(stay.to, network.now());
            });
            await new Promise<void>((wake) => network.schedule(holdUs, wake));
            stay.to = Math.min(stay.to, network.now());
            if (wantsShared) shared++;
            if (dies && i === stays.length - 1) {
              hosts[source]?.die();
              return;
            }
            await held.release().catch((error: unknown) => assert.ok(code('LOST')(error), String(error)));
          }
          takenOver += lock.takenOver;
        });
        if (inSwitch > 0) for (const at of restarts) network.schedule(at, () => cellSwitch.restart(2_000));
        await network.run(Promise.all(users), 1e9);
        assert.equal(
          history.length,
          sources.reduce((sum, { stays }) => sum + stays.length, 0),
        );
        checkHistory(history);
      }),
      { numRuns: 150 },
    );
    assert.ok(takenOver > 0 && shared > 0, 'no lease ran out: the test tests nothing');
  });

  it('renew the lease while they are held, and tell the holder when that fails', async () => {
    const network = new SimNetwork(1);
    const { clients } = cellClients(network, 64, { maxRetries: 3 });
    const [a, b] = clients.map((client) => new Lock(client, lockOptions(network)));
    assert.ok(a && b);
    const held = await network.run(a.acquire());
    await network.sleep(10 * LEASE_US);
    assert.ok(held.isValid);
    await assert.rejects(network.run(b.acquire({ deadlineUs: 3 * LEASE_US })), code('TIMEOUT'));
    assert.ok(b.contended > 0);

    // Cut off: the holder knows before anybody else can have the lock.
    network.faults = { ...CALM, loss: 1 };
    const lostAt = new Promise<number>((tell) =>
      held.signal.addEventListener('abort', () => tell(network.now())),
    );
    const cutAt = network.now();
    const at = await network.run(lostAt);
    assert.ok(at > cutAt && at <= cutAt + LEASE_US);
    assert.equal(held.state, 'lost');
    network.faults = CALM;
    const next = await network.run(b.acquire());
    assert.ok(network.now() >= at && next.token > held.token);
    await assert.rejects(held.release(), code('LOST'));
    await network.run(next.release());
  });

  it('are shared by readers, and a writer that waits for them comes before later ones', async () => {
    const network = new SimNetwork(2);
    const { clients } = cellClients(network, 64);
    const [a, b, c] = clients.map((client) => new Lock(client, lockOptions(network)));
    assert.ok(a && b && c);
    const first = await network.run(a.acquireShared());
    const second = await network.run(b.acquireShared());
    assert.ok(first.isValid && second.isValid);
    let wrote = false;
    const writing = c.acquire().then((held) => {
      wrote = true;
      return held;
    });
    await network.sleep(5_000);
    assert.equal(wrote, false);
    await network.run(first.release());
    const again = a.acquireShared();
    await network.sleep(5_000);
    assert.equal(wrote, false, 'one reader is left');
    await network.run(second.release());
    const writer = await network.run(writing);
    assert.ok(writer.token > second.token);
    await network.run(writer.release());
    const late = await network.run(again);
    assert.ok(late.token > writer.token);
  });

  it('pass through withLock, which fails where the lock was lost meanwhile', async () => {
    const network = new SimNetwork(3);
    const { clients, cellSwitch } = cellClients(network, 64, { maxRetries: 3 });
    const client = clients[0];
    assert.ok(client);
    const lock = new Lock(client, lockOptions(network));
    assert.equal(await network.run(lock.withLock(({ mode }) => mode, { shared: true })), 'shared');
    const failing = lock.withLock(() => Promise.reject(new Error('critical')));
    await assert.rejects(network.run(failing), /critical/);
    const lost = lock.withLock(async ({ signal }) => {
      cellSwitch.cells[0] = 0;
      await new Promise((wake) => signal.addEventListener('abort', wake));
    });
    await assert.rejects(network.run(lost), code('LOST'));
    assert.equal(await network.run(lock.withLock(() => 'free again')), 'free again');
  });

  it('release once, and refuse cells that overlap, a second Lock on a cell and sharing without cells', async () => {
    const network = new SimNetwork(4);
    const client = cellClients(network, 64).clients[0];
    assert.ok(client);
    const options = lockOptions(network);
    assert.throws(() => new Lock(client, { ...options, sessionCell: 0 }), code('INVALID_ARGUMENT'));
    assert.throws(() => new Lock(client, { ...options, sharedCells: 0 }), code('INVALID_ARGUMENT'));
    assert.throws(() => new Lock(client, { ...options, leaseUs: 0 }), code('INVALID_ARGUMENT'));
    const lock = new Lock(client, { cell: 0, sessionCell: 1 });
    assert.throws(() => new Lock(client, options), code('INVALID_ARGUMENT'));
    await assert.rejects(lock.acquireShared(), code('INVALID_ARGUMENT'));
    const held = await network.run(lock.acquire());
    await network.run(held.release());
    await assert.rejects(held.release(), code('INVALID_ARGUMENT'));
  });
});

describe('sequencers with a session', function () {
  this.timeout(20_000);

  it('never give a pair twice or a lower one later, whatever the switch forgets', async () => {
    let sessions = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.integer({ min: 1_000, max: 60_000 }), { maxLength: 3 }),
        async (seed, restarts) => {
          const network = new SimNetwork(seed, ROUGH);
          const { clients, cellSwitch } = cellClients(network, 64);
          const newSession = () => Math.floor(network.now() / 1000) + 1;
          const drawn: { key: number; from: number; to: number }[] = [];
          const users = clients.map(async (client) => {
            const sequencer = new SessionSequencer(client, 5, { sessionCell: 1, newSession });
            for (let i = 0; i < 15; i++) {
              const from = network.now();
              const { session, number } = await sequencer.next();
              drawn.push({ key: session * 1e6 + number, from, to: network.now() });
            }
          });
          for (const at of restarts) network.schedule(at, () => cellSwitch.restart(2_000));
          await network.run(Promise.all(users), 1e9);
          assert.equal(new Set(drawn.map(({ key }) => key)).size, 15 * clients.length);
          sessions = Math.max(sessions, new Set(drawn.map(({ key }) => Math.floor(key / 1e6))).size);
          // What was asked for after another had been answered is higher.
          drawn.sort((a, b) => a.from - b.from);
          for (const later of drawn) {
            for (const earlier of drawn) {
              if (earlier.to <= later.from) assert.ok(later.key > earlier.key);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
    assert.ok(sessions > 1, 'no number was drawn in a second session');
  });
});
