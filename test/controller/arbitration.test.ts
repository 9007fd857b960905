import assert from 'node:assert/strict';
import { MasterArbitrationUpdate, Status } from 'p4runtime-js';
import { fromUint128, toUint128 } from '../../controller/p4runtime/arbitration.js';
import { Arbitrator, Backoff, P4RuntimeError } from '../../controller/p4runtime/index.js';

function answer(code: number, primaryId: bigint): MasterArbitrationUpdate {
  const message = new MasterArbitrationUpdate();
  const status = new Status();
  status.setCode(code);
  message.setStatus(status);
  message.setElectionId(toUint128(primaryId));
  return message;
}

const used = new P4RuntimeError('INVALID_ARGUMENT', 'StreamChannel: Election id already exists');

describe('arbitration', () => {
  it('bids, and is primary when the switch says so', () => {
    const arbitrator = new Arbitrator({ deviceId: '7', electionId: 5n, role: 'mesh' });
    const bid = arbitrator.bid();
    assert.equal(bid.getDeviceId(), '7');
    assert.equal(fromUint128(bid.getElectionId()), 5n);
    assert.equal(bid.getRole()?.getName(), 'mesh');
    assert.deepEqual(arbitrator.state, { kind: 'arbitrating', electionId: 5n });
    assert.equal(arbitrator.update(answer(0, 5n)), 'wait');
    assert.deepEqual(arbitrator.state, { kind: 'primary', electionId: 5n });
  });

  it('is backup behind a higher id, and primary when that one leaves', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 5n });
    arbitrator.bid();
    assert.equal(arbitrator.update(answer(6, 9n)), 'wait');
    assert.deepEqual(arbitrator.state, { kind: 'backup', electionId: 5n, primaryId: 9n });
    // PI promotes the next with OK.
    arbitrator.update(answer(0, 5n));
    assert.equal(arbitrator.state.kind, 'primary');
  });

  it('bids above the last primary where nobody is primary any more', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 5n });
    arbitrator.bid();
    assert.equal(arbitrator.update(answer(5, 9n)), 'bid');
    assert.equal(fromUint128(arbitrator.bid().getElectionId()), 10n);
  });

  it('lowers an id that is taken, and gives up in the end', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 9n, maxClashes: 2 });
    arbitrator.bid();
    assert.equal(arbitrator.disconnected(used), true);
    assert.equal(arbitrator.electionId, 8n);
    assert.equal(arbitrator.disconnected(used), true);
    assert.equal(arbitrator.disconnected(used), false);
    assert.equal(arbitrator.state.kind, 'disconnected');
  });

  it('bids with no other id than its own where that is fixed', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 5n, fixedElectionId: true });
    arbitrator.bid();
    assert.equal(arbitrator.update(answer(5, 9n)), 'bid');
    assert.equal(fromUint128(arbitrator.bid().getElectionId()), 5n);
    assert.equal(arbitrator.update(answer(5, 9n)), 'wait');
    assert.equal(arbitrator.electionId, 5n);
    assert.equal(arbitrator.disconnected(used), false);
    assert.equal(arbitrator.electionId, 5n);
  });

  it('sends what the role may do', () => {
    const bytes = Uint8Array.of(8, 7);
    const roleConfig = { type: 'stratum.P4RoleConfig', bytes };
    const bid = new Arbitrator({ deviceId: '1', role: 'mesh', roleConfig }).bid();
    assert.equal(bid.getRole()?.getConfig()?.getTypeName(), 'stratum.P4RoleConfig');
    assert.deepEqual(bid.getRole()?.getConfig()?.getValue_asU8(), bytes);
  });

  it('keeps its id over a lost connection', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 9n });
    arbitrator.bid();
    assert.equal(arbitrator.disconnected(new P4RuntimeError('UNAVAILABLE', 'gone')), true);
    assert.equal(arbitrator.electionId, 9n);
    assert.match(arbitrator.describe(), /disconnected \(\[UNAVAILABLE\] gone\)/);
  });

  it('waits for its own lost stream to be forgotten, before it does with another id', () => {
    for (const fixedElectionId of [false, true]) {
      const options = { deviceId: '1', electionId: 9n, maxOwnClashes: 3, fixedElectionId };
      const arbitrator = new Arbitrator(options);
      arbitrator.bid();
      arbitrator.update(answer(0, 9n));
      arbitrator.disconnected(new P4RuntimeError('UNAVAILABLE', 'keepalive timeout'));
      for (let attempt = 0; attempt < 3; attempt += 1) {
        arbitrator.bid();
        assert.equal(arbitrator.disconnected(used), true);
        assert.equal(arbitrator.electionId, 9n);
      }
      arbitrator.bid();
      assert.equal(arbitrator.disconnected(used), !fixedElectionId);
      assert.equal(arbitrator.electionId, fixedElectionId ? 9n : 8n);
    }
  });

  it('asks no more than some times where it is told again and again that nobody is primary', () => {
    const arbitrator = new Arbitrator({ deviceId: '1', electionId: 5n, maxClashes: 3 });
    const steps = Array.from({ length: 5 }, () => {
      arbitrator.bid();
      return arbitrator.update(answer(5, arbitrator.electionId));
    });
    assert.deepEqual(steps, ['bid', 'bid', 'bid', 'wait', 'wait']);
    arbitrator.update(answer(6, 99n));
    assert.equal(arbitrator.update(answer(5, 99n)), 'bid');
  });

  it('carries ids of 128 bits', () => {
    const id = (7n << 64n) + 2n ** 63n;
    assert.equal(fromUint128(toUint128(id)), id);
    assert.equal(fromUint128(undefined), 0n);
  });
});

describe('backoff', () => {
  it('grows from failure to failure, within its bounds, and starts anew', () => {
    for (const random of [() => 0, () => 0.5, () => 0.999]) {
      const backoff = new Backoff({ initialMs: 100, maxMs: 1000, factor: 2, jitter: 0.2, random });
      const waits = [100, 200, 400, 800, 1000, 1000].map((base) => [base, backoff.next()] as const);
      for (const [base, wait] of waits)
        assert.ok(wait >= 0.8 * base && wait <= 1.2 * base, `${wait} for ${base}`);
      backoff.reset();
      assert.ok(backoff.next() <= 120);
    }
  });

  it('starts anew after a success that lasted longer than the last wait, and not after a short one', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 1000, factor: 2, jitter: 0 });
    assert.equal(backoff.next(), 100);
    backoff.lasted(50);
    assert.equal(backoff.next(), 200);
    backoff.lasted(201);
    assert.equal(backoff.next(), 100);
  });

  it('ends its wait when it is aborted', async () => {
    const abort = new AbortController();
    const wait = new Backoff({ initialMs: 3_600_000, maxMs: 3_600_000 }).wait(abort.signal);
    abort.abort();
    await wait;
  });
});
