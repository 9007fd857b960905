import assert from 'node:assert/strict';
import { Any, Role } from 'p4runtime-js';
import { Rig } from './rig.js';

const PERMISSION_DENIED = 7;

describe('P4Runtime arbitration', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
  });
  afterEach(() => rig.stop());

  it('the first controller is primary, a lower one backup', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    a.arbitrate(10n);
    assert.equal(await a.arbitration(), '0 Is primary 10');
    b.arbitrate(5n);
    assert.equal(await b.arbitration(), '6 Is backup 10');
    assert.equal(a.pending, 0);
  });

  it('a higher election id takes over, and the old primary learns it', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    a.arbitrate(10n);
    await a.next();
    b.arbitrate((1n << 64n) + 1n);
    assert.equal(await a.arbitration(), '6 Is backup 18446744073709551617');
    assert.equal(await b.arbitration(), '0 Is primary 18446744073709551617');
    const denied = await rig.writeAll([], 0, { electionId: 10n });
    assert.deepEqual([denied?.code, denied?.message], [PERMISSION_DENIED, 'Not primary']);
    const config = await rig.setPipeline(rig.config(), 3, { electionId: 10n });
    assert.deepEqual([config?.code, config?.message], [PERMISSION_DENIED, 'Not primary']);
  });

  it('when the primary goes there is none until an id at least as high comes', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    a.arbitrate(10n);
    await a.next();
    b.arbitrate(9n);
    await b.next();
    a.cancel();
    assert.match(await b.arbitration(), /^5 .*no primary 10$/);
    assert.equal((await rig.writeAll([], 0, { electionId: 9n }))?.code, PERMISSION_DENIED);
    b.arbitrate(10n);
    assert.equal(await b.arbitration(), '0 Is primary 10');
  });

  it('a primary can step down', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    a.arbitrate(10n);
    await a.next();
    b.arbitrate(3n);
    await b.next();
    a.arbitrate(2n);
    assert.match(await a.arbitration(), /^5 /);
    assert.match(await b.arbitration(), /^5 /);
  });

  it('without an election id a controller is always backup', async () => {
    const stream = rig.openStream();
    stream.arbitrate(undefined);
    assert.match(await stream.arbitration(), /^5 .* none$/);
    assert.equal((await rig.writeAll([], 0, { electionId: undefined }))?.code, PERMISSION_DENIED);
  });

  it('an election id in use ends the second stream', async () => {
    const [a, b, c] = [rig.openStream(), rig.openStream(), rig.openStream()];
    a.arbitrate(10n);
    await a.next();
    b.arbitrate(10n);
    const error = await b.ended;
    assert.deepEqual([error?.code, error?.details], [3, 'Election id already exists']);
    c.arbitrate(4n);
    await c.next();
    c.arbitrate(10n);
    assert.equal((await c.ended)?.details, 'New election id already exists');
    assert.equal(await rig.writeAll([], 0, { electionId: 10n }).then((f) => f?.code), 9);
  });

  it('roles have primaries of their own, and a stream keeps its role', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    const role = new Role();
    role.setName('sdn');
    const config = new Any();
    config.pack(Uint8Array.of(0x20, 1), 'stratum.P4RoleConfig');
    role.setConfig(config);
    a.arbitrate(10n);
    await a.next();
    b.arbitrate(1n, { role });
    const update = (await b.next()).getArbitration();
    assert.equal(update?.getRole()?.getName(), 'sdn');
    assert.equal(update?.getRole()?.getConfig()?.getTypeName(), 'stratum.P4RoleConfig');
    assert.equal(update?.getStatus()?.getMessage(), 'Is primary');
    assert.equal((await rig.writeAll([], 0, { electionId: 1n, role: 'sdn' }))?.code, 9);
    assert.equal((await rig.writeAll([], 0, { electionId: 1n, role: 'none' }))?.code, 5);
    b.arbitrate(2n);
    assert.equal((await b.ended)?.code, 9);
  });

  it('another device id ends the stream', async () => {
    const [a, b] = [rig.openStream(), rig.openStream()];
    a.arbitrate(1n, { deviceId: 8 });
    assert.equal((await a.ended)?.code, 5);
    b.arbitrate(1n);
    await b.next();
    b.arbitrate(2n, { deviceId: 8 });
    assert.equal((await b.ended)?.code, 9);
    assert.equal((await rig.writeAll([], 0, { deviceId: 8 }))?.code, 5);
  });

  it('takes 16 controllers of a role and no more', async () => {
    const streams = Array.from({ length: 16 }, () => rig.openStream());
    for (const [i, stream] of streams.entries()) {
      stream.arbitrate(BigInt(100 - i));
      await stream.next();
    }
    const late = rig.openStream();
    late.arbitrate(1n);
    assert.equal((await late.ended)?.code, 8);
  });

  it('a stream that closes orderly is answered with OK', async () => {
    const stream = rig.openStream();
    stream.arbitrate(1n);
    await stream.next();
    stream.close();
    assert.equal(await stream.ended, undefined);
  });

  it('counts what it sent', async () => {
    await rig.primary();
    assert.equal(rig.server.counters.streamMessagesSent, 1);
    assert.equal(rig.server.counters.streamMessagesReceived, 1);
  });
});
