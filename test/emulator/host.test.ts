import assert from 'node:assert/strict';
import { Emulator } from '../../emulator/emulator.js';
import { EmulatedHost } from '../../emulator/host.js';
import type { LinkProfile } from '../../emulator/link.js';

function pair(profile: Partial<LinkProfile> = {}) {
  const emulator = new Emulator({ seed: 1 });
  const macA = Uint8Array.of(2, 0, 0, 0, 0, 1);
  const macB = Uint8Array.of(2, 0, 0, 0, 0, 2);
  const a = new EmulatedHost(emulator, { address: '10.0.0.1', mac: macA, gatewayMac: macB });
  const b = new EmulatedHost(emulator, { address: '10.0.0.2', mac: macB, gatewayMac: macA });
  const link = emulator.connect(a, b, profile);
  a.plug(link.aToB);
  b.plug(link.bToA);
  return { emulator, a, b };
}

describe('emulator: hosts', () => {
  it('exchange datagrams with addresses and ports', async () => {
    const { emulator, a, b } = pair();
    const server = b.openSocket(7);
    server.onMessage = (payload, address, port) => server.send(payload, address, port);
    const client = a.openSocket(0);
    const answer = new Promise<string>((resolve) => {
      client.onMessage = (payload, address, port) =>
        resolve(`${Buffer.from(payload)} from ${address}:${port}`);
    });
    client.send(Buffer.from('hello'), '10.0.0.2', 7);
    assert.equal(await emulator.run(answer), 'hello from 10.0.0.2:7');
    assert.equal(emulator.now() > 10, true);
  });

  it('drop what was damaged on the way, and count it', async () => {
    const { emulator, a, b } = pair({ corrupt: 1 });
    const server = b.openSocket(7);
    let heard = 0;
    server.onMessage = () => heard++;
    const client = a.openSocket(0);
    for (let i = 0; i < 200; i++) client.send(new Uint8Array(64), '10.0.0.2', 7);
    await emulator.runFor(1e6);
    // A flipped bit in the Ethernet source address goes unnoticed; everywhere else a checksum or an address tells.
    assert.equal(heard + b.counters.malformed + b.counters.foreign + b.counters.unreachable, 200);
    assert.ok(heard < 30, `${heard} damaged frames accepted`);
  });

  it('refuse a port that is open, count datagrams for a closed one', async () => {
    const { emulator, a, b } = pair();
    b.openSocket(7);
    assert.throws(() => b.openSocket(7), { code: 'PORT_IN_USE', message: /10\.0\.0\.2:7/ });
    a.openSocket(0).send(new Uint8Array(1), '10.0.0.2', 9);
    await emulator.runFor(1000);
    assert.equal(b.counters.unreachable, 1);
  });

  it('say nothing more once dead', async () => {
    const { emulator, a, b } = pair();
    let heard = 0;
    b.openSocket(7).onMessage = () => heard++;
    const client = a.openSocket(0);
    a.setTimer(100, () => client.send(new Uint8Array(1), '10.0.0.2', 7));
    a.setTimer(300, () => client.send(new Uint8Array(1), '10.0.0.2', 7));
    emulator.schedule(200, () => a.die());
    await emulator.runFor(1000);
    assert.equal(heard, 1);
  });
});
