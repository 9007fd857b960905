import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { freePort } from '../../experiments/free-port.js';
import {
  decodePcap,
  deviceOf,
  FaultInjector,
  MemoryPort,
  PcapCapture,
  PortTracer,
  UdpTunnel,
} from '../../switch/ports/index.js';
import { completeChecksum, insertVlan } from '../../switch/ports/offload.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 8000; !condition() && performance.now() < end; ) await sleep(5);
  assert.ok(condition(), 'it did not come in 8 s');
}

/** A source of numbers that gives these, round and round. */
function numbers(...values: number[]): () => number {
  let at = 0;
  return () => values[at++ % values.length] ?? 0;
}

describe('memory ports', () => {
  it('carry frames to the other end while both are open, and count the rest', async () => {
    const [a, b] = MemoryPort.pair();
    const got: number[][] = [];
    await a.open(() => undefined);
    a.transmit(bytes(1));
    await b.open((frame) => got.push([...frame]));
    a.transmit(bytes(1, 2));
    await a.close();
    a.transmit(bytes(3));
    assert.deepEqual(got, [[1, 2]]);
    assert.deepEqual([a.counters.sentFrames, a.counters.sendDropped], [2, 1]);
    assert.deepEqual([b.counters.receivedBytes, b.counters.receiveDropped], [2, 1]);
    await assert.rejects(
      b.open(() => undefined),
      { code: 'OPEN' },
    );
  });
});

describe('UDP tunnels', () => {
  it('carry frames both ways, and take none from strangers', async () => {
    const [p, q] = [await freePort(), await freePort()];
    const left = deviceOf(`udp:127.0.0.1:${p}-127.0.0.1:${q}`);
    const right = deviceOf(`udp:127.0.0.1:${q}-127.0.0.1:${p}`);
    const stranger = createSocket('udp4');
    const got: number[][] = [];
    try {
      await left.open((frame) => got.push([...frame]));
      await right.open((frame) => right.transmit(frame.map((byte) => byte + 1)));
      stranger.send(bytes(9), p, '127.0.0.1');
      left.transmit(bytes(1, 2, 3));
      await until(() => got.length > 0 && left.counters.receiveDropped > 0);
      assert.deepEqual(got, [[2, 3, 4]]);
      assert.equal(left.counters.sentFrames, 1);
    } finally {
      stranger.close();
      await left.close();
      await right.close();
    }
    left.transmit(bytes(1));
    assert.equal(left.counters.sendDropped, 1);
  });

  it('say that an address is taken', async () => {
    const local = { address: '127.0.0.1', port: await freePort() };
    const first = new UdpTunnel(local, { address: '127.0.0.1', port: 9 });
    await first.open(() => undefined);
    const second = new UdpTunnel(local, { address: '127.0.0.1', port: 9 });
    await assert.rejects(
      second.open(() => undefined),
      { code: 'ADDRESS' },
    );
    await second.close();
    await first.close();
  });
});

describe('device names', () => {
  it('that mean nothing are refused, with what would', () => {
    for (const name of ['', 'udp:', 'udp:1.2.3.4:5', 'udp:127.0.0.1:0-127.0.0.1:1', 'a b', 'x'.repeat(16)])
      assert.throws(() => deviceOf(name), { code: 'BAD_NAME' }, name);
    assert.equal(deviceOf('s1-eth1').name, 's1-eth1');
  });
});

describe('decorators', () => {
  it('capture both directions under the names simple_switch gives', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-ports-'));
    try {
      const [a, b] = MemoryPort.pair('veth1');
      const captured = new PcapCapture(a, folder, () => 5_000_001);
      await captured.open(() => undefined);
      await b.open(() => undefined);
      captured.transmit(bytes(1));
      b.transmit(bytes(2, 3));
      await captured.close();
      const read = (direction: string) =>
        decodePcap(readFileSync(join(folder, `veth1-a_${direction}.pcap`))).map((record) => [
          record.timeUs,
          ...record.frame,
        ]);
      assert.deepEqual(read('out'), [[5_000_001, 1]]);
      assert.deepEqual(read('in'), [[5_000_001, 2, 3]]);
      const lost = new PcapCapture(a, join(folder, 'none'), () => 0);
      await assert.rejects(
        lost.open(() => undefined),
        { code: 'SYSTEM' },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lose, double, swap and corrupt as the numbers say', async () => {
    const run = async (faults: object, ...values: number[]) => {
      const [a, b] = MemoryPort.pair();
      const got: number[] = [];
      await b.open((frame) => got.push(frame[0] ?? -1));
      const bad = new FaultInjector(a, faults, numbers(...values));
      await bad.open(() => undefined);
      for (let i = 1; i <= 4; i++) bad.transmit(bytes(i));
      return got;
    };
    assert.deepEqual(await run({ loss: 0.5 }, 0.4, 0.6), [2, 4]);
    assert.deepEqual(await run({ duplicate: 0.5 }, 0.4, 0.6), [1, 1, 2, 3, 3, 4]);
    assert.deepEqual(await run({ reorder: 1 }, 0), [2, 1, 4, 3]);
    assert.deepEqual(await run({ corrupt: 1 }, 0), [0, 3, 2, 5]);
    assert.deepEqual(await run({}, 0), [1, 2, 3, 4]);
  });

  it('show what passes', async () => {
    const [a, b] = MemoryPort.pair();
    const seen: string[] = [];
    const shown = new PortTracer(a, (direction, frame) => seen.push(`${direction} ${frame.join()}`));
    await shown.open(() => undefined);
    await b.open(() => undefined);
    shown.transmit(bytes(1));
    b.transmit(bytes(2));
    assert.deepEqual(seen, ['out 1', 'in 2']);
    assert.equal(shown.counters.sentFrames, 1);
  });
});

describe('what offloads leave out', () => {
  it('a completed checksum makes the sum over its part all ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 99 }), (data) => {
        const whole = data.slice();
        completeChecksum(whole, 0, whole.length, 2, 4);
        // The place held the pseudo header's sum; put it beside to sum all of it.
        let sum = ((data[6] ?? 0) << 8) | (data[7] ?? 0);
        for (let at = 2; at < whole.length; at += 2) sum += ((whole[at] ?? 0) << 8) | (whole[at + 1] ?? 0);
        return sum % 0xffff === 0;
      }),
    );
  });

  it('places outside the frame change nothing', () => {
    const data = bytes(1, 2, 3, 4);
    completeChecksum(data, 0, 4, 2, 16);
    assert.deepEqual(data, bytes(1, 2, 3, 4));
  });

  it('a tag goes behind the addresses', () => {
    const data = bytes(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x08, 0);
    insertVlan(data, 4, 0x8100, 0x6007);
    assert.deepEqual(data, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x81, 0, 0x60, 7, 8, 0));
  });
});
