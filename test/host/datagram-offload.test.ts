import assert from 'node:assert/strict';
import { ownLoopback } from '../../experiments/own-loopback.js';
import { Host, NodeEnvironment } from '../../host/index.js';

/** Lengths of datagrams in the order sent: runs that are joined, shorter ends, and what may not be joined. */
const LENGTHS = [
  ...new Array<number>(100).fill(1336),
  ...[77, 1336, 1336, 0, 1336, 1400, 1, 1, 2, 1456, 1456, 0, 0, 5],
  ...new Array<number>(150).fill(9),
];

function bytesOf(i: number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, at) => (i * 31 + at * 7) & 255));
}

describe('datagrams the system cuts and joins', function () {
  this.timeout(30_000);

  for (const [sends, takes] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    const word = (on: boolean) => (on ? 'on' : 'off');
    it(`come as they were sent, to two sockets in turn: sender ${word(sends)}, receiver ${word(takes)}`, async () => {
      const errors: Error[] = [];
      const open = (offload: boolean) =>
        new NodeEnvironment({ address: '127.0.0.1', offload, onError: (e) => errors.push(e) }).openSocket(0);
      const sender = open(sends);
      const seen: Buffer[][] = [[], []];
      const receivers = seen.map((list) => {
        const socket = open(takes);
        socket.onMessage = (payload, address, port) => {
          assert.deepEqual([address, port], ['127.0.0.1', sender.port]);
          list.push(Buffer.from(payload));
        };
        return socket;
      });
      // A socket of node:dgram has its port later.
      while ([sender, ...receivers].some(({ port }) => port === 0))
        await new Promise((r) => setTimeout(r, 5));
      const sent: Buffer[][] = [[], []];
      const scratch = new Uint8Array(1456);
      for (const [i, length] of LENGTHS.entries()) {
        const to = i >= 114 && i % 10 === 0 ? 1 : 0;
        const bytes = bytesOf(i, length);
        scratch.set(bytes);
        sender.send(scratch.subarray(0, length), '127.0.0.1', receivers[to]?.port ?? 0);
        sent[to]?.push(bytes);
      }
      while (seen.some((list, i) => list.length < (sent[i]?.length ?? 0))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.deepEqual(seen, sent);
      assert.deepEqual(errors, []);
      for (const socket of [sender, ...receivers]) socket.close();
    });
  }

  it('carry a megabyte each way between a host that has it and one that has not', async () => {
    const [near, far] = [ownLoopback(15, 3), ownLoopback(15, 2)];
    const client = new Host(new NodeEnvironment({ address: near, offload: true }), {
      name: '/hosts/client',
      serviceAddress: far,
    });
    const server = new Host(new NodeEnvironment({ address: far, offload: false }), {
      name: '/hosts/server',
      serviceAddress: near,
    });
    try {
      await server.serve('/echo', (request) => request.payload, { register: false });
      const sent = bytesOf(3, 1 << 20);
      const { payload } = await client.call('/echo', sent, { deadlineUs: 20_000_000 });
      assert.ok(sent.equals(payload));
    } finally {
      client.close();
      server.close();
    }
  });
});
