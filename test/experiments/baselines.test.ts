import assert from 'node:assert/strict';
import { Emulator } from '../../emulator/emulator.js';
import { EmulatedHost } from '../../emulator/host.js';
import type { LinkProfile } from '../../emulator/link.js';
import { RingWorker } from '../../experiments/ring.js';
import { TcpParameterServer, TcpParameterWorker } from '../../experiments/tcp-parameter-server.js';
import { SequencerClient, SequencerServer } from '../../experiments/udp-sequencer.js';

const GATEWAY = Uint8Array.of(2, 0, 0, 0, 0, 99);

/** Hosts around a device that sends every frame to the host it is addressed to, over links of this kind. */
function star(
  hosts: number,
  seed: number,
  profile: Partial<LinkProfile>,
): { emulator: Emulator; nics: EmulatedHost[] } {
  const emulator = new Emulator({ seed });
  const down: { transmit(frame: Uint8Array): void }[] = [];
  const nics = Array.from({ length: hosts }, (_, i) => {
    const nic = new EmulatedHost(emulator, {
      address: `10.0.0.${i + 1}`,
      mac: Uint8Array.of(2, 0, 0, 0, 0, i + 1),
      gatewayMac: GATEWAY,
    });
    const centre = {
      receive: (frame: Uint8Array) => {
        const to = (frame[33] ?? 0) - 1;
        frame.set([2, 0, 0, 0, 0, to + 1], 0);
        down[to]?.transmit(frame);
      },
    };
    const link = emulator.connect(nic, centre, profile);
    nic.plug(link.aToB);
    down.push(link.bToA);
    return nic;
  });
  return { emulator, nics };
}

const BAD_LINKS = { loss: 0.02, duplicate: 0.02, reorder: 0.05 };

describe('what in-network computing is measured against', function () {
  this.timeout(30_000);

  for (const [workers, length] of [
    [1, 10],
    [2, 1],
    [3, 1000],
    [8, 20_001],
  ] as const) {
    it(`ring all-reduce of ${length} values by ${workers} workers is exact on bad links`, async () => {
      const { emulator, nics } = star(workers, 3, BAD_LINKS);
      const ring = nics.map((nic, worker) => {
        const next = nics[(worker + 1) % workers]?.address ?? '';
        return new RingWorker(nic, { worker, workers, next, window: 16 });
      });
      for (let round = 0; round < 3; round++) {
        const vectors = ring.map(() => Int32Array.from({ length }, () => emulator.random.uint32() | 0));
        const sums = await emulator.run(
          Promise.all(ring.map((member, i) => member.allReduce(vectors[i] as Int32Array))),
        );
        const expected = Int32Array.from({ length }, (_, i) =>
          vectors.reduce((sum, vector) => (sum + (vector[i] ?? 0)) | 0, 0),
        );
        for (const sum of sums) assert.deepEqual(sum, expected);
      }
      for (const member of ring) member.close();
    });
  }

  it('ring all-reduce moves 2(n-1)/n of the vector over every link, and comes near its bound', async () => {
    const workers = 8;
    const { emulator, nics } = star(workers, 1, { rateBps: 1e9 });
    const length = 200_000;
    const ring = nics.map((nic, worker) => {
      const next = nics[(worker + 1) % workers]?.address ?? '';
      return new RingWorker(nic, { worker, workers, next, window: 32 });
    });
    const vector = Int32Array.from({ length }, (_, i) => i);
    await emulator.run(Promise.all(ring.map((member) => member.allReduce(vector))));
    const bound = (2 * (workers - 1) * length * 4 * 8) / workers / 1e3;
    assert.ok(
      emulator.now() > bound && emulator.now() < 1.2 * bound,
      `${emulator.now()} us, bound ${bound} us`,
    );
    assert.equal(
      ring.reduce((sum, member) => sum + member.retransmitted, 0),
      0,
    );
  });

  it('the server-based sequencer gives every number once on bad links', async () => {
    const { emulator, nics } = star(5, 2, BAD_LINKS);
    const [home, ...others] = nics;
    assert.ok(home !== undefined);
    const server = new SequencerServer(home, 1);
    const clients = others.map((nic, i) => new SequencerClient(nic, i, home.address));
    const drawn: number[] = [];
    await emulator.run(
      Promise.all(
        clients.map(async (client) => {
          for (let i = 0; i < 100; i++) drawn.push(await client.next());
        }),
      ),
    );
    assert.deepEqual(
      drawn.sort((a, b) => a - b),
      Array.from({ length: 400 }, (_, i) => i),
    );
    for (const client of clients) client.close();
    server.close();
  });

  for (const [workers, length] of [
    [1, 1],
    [3, 100_003],
  ] as const) {
    it(`the parameter server over TCP sums ${length} values of ${workers} workers exactly, round after round`, async () => {
      const server = await TcpParameterServer.listen('127.0.0.1', workers, length, 0);
      const crew = await Promise.all(
        Array.from({ length: workers }, () => TcpParameterWorker.connect('127.0.0.1', server.port)),
      );
      try {
        for (let round = 1; round <= 3; round++) {
          const sums = await Promise.all(
            crew.map((worker, i) =>
              worker.allReduce(Int32Array.from({ length }, (_, at) => at * (i + round))),
            ),
          );
          const factor = crew.reduce((sum, _, i) => sum + i + round, 0);
          const expected = Int32Array.from({ length }, (_, at) => Math.imul(at, factor));
          for (const sum of sums) assert.deepEqual(sum, expected);
        }
      } finally {
        for (const worker of crew) worker.close();
        server.close();
      }
    });
  }
});
