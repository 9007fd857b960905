import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import {
  type ArbitrationState,
  type Entity,
  insert,
  P4RuntimeError,
  remove,
  SwitchClient,
} from '../../controller/p4runtime/index.js';
import { CuttingProxy } from './cutting-proxy.js';
import { type Embedded, startEmbedded } from './embedded.js';
import { workbench } from './workbench.js';

const pipeline = workbench();
const station = (dst: number): Entity => ({
  kind: 'table-entry',
  table: 'stations',
  match: { 'hdr.ethernet.dst': dst },
  action: { kind: 'action', name: 'forward', params: { port: 1 } },
});
const CUTS = Number(process.env['SINCMESH_CLIENT_CUTS'] ?? 8);

describe('SwitchClient and peers that are not what they should be', function () {
  this.timeout(120_000);
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const act of cleanUp.splice(0).reverse()) await act();
  });

  /** A server that takes connections and does with them what it is told. */
  async function listen(answer: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  function clientOf(address: string, rpcTimeoutMs: number): SwitchClient {
    const client = new SwitchClient({
      address,
      electionId: 9n,
      rpcTimeoutMs,
      backoff: { initialMs: 5, maxMs: 50 },
      channelOptions: { 'grpc.keepalive_time_ms': 200, 'grpc.keepalive_timeout_ms': 100 },
    });
    cleanUp.push(() => client.close());
    return client;
  }

  const endsWith = (client: SwitchClient, code: string): Promise<ArbitrationState> =>
    new Promise((resolve) => {
      client.stateChanged.subscribe((state) => {
        if (state.kind === 'disconnected' && state.error?.code === code) resolve(state);
      });
    });

  it('gives a bid up that nobody answers, says so, and tries again', async () => {
    const client = clientOf(await listen(() => undefined), 150);
    const ended = endsWith(client, 'DEADLINE_EXCEEDED');
    client.start();
    await ended;
    await endsWith(client, 'DEADLINE_EXCEEDED');
    assert.ok(client.stats.connections >= 2);
    await assert.rejects(client.whenPrimary(AbortSignal.timeout(20)), (error) => {
      assert.ok(error instanceof P4RuntimeError && error.code === 'CANCELLED');
      assert.match(error.message, /whenPrimary: aborted while .*no answer to the bid for 150 ms/);
      return true;
    });
  });

  it('takes what is no gRPC for a lost connection', async () => {
    const client = clientOf(await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 2000);
    await assert.rejects(client.capabilities(), (error) => error instanceof P4RuntimeError);
    const ended = endsWith(client, 'UNAVAILABLE');
    client.start();
    await ended;
  });

  it('ends calls under way when it is closed, though the peer is silent', async () => {
    const client = clientOf(await listen(() => undefined), 3_600_000);
    client.start();
    const cancelled = (error: unknown) => error instanceof P4RuntimeError && error.code === 'CANCELLED';
    const calls = [client.capabilities(), client.pipelineCookie(), client.setPipeline(pipeline)];
    const outcomes = calls.map((call) => assert.rejects(call, cancelled));
    await client.close();
    await Promise.all(outcomes);
    await client.close();
  });

  it('finds out that its peer is gone without a word, and comes back with the id it had', async () => {
    const embedded = await startEmbedded();
    cleanUp.push(() => embedded.stop());
    const proxy = new CuttingProxy(embedded.server.port);
    cleanUp.push(() => proxy.stop());
    const client = clientOf(await proxy.start(), 5000);
    await client.whenPrimary();
    // The switch still has the old stream, so the id is taken until it finds out too.
    const lost = endsWith(client, 'UNAVAILABLE');
    const endHung = proxy.hang();
    await lost;
    for (let refusals = 0; refusals < 8; refusals += 1) await endsWith(client, 'INVALID_ARGUMENT');
    endHung();
    await client.whenPrimary(AbortSignal.timeout(20_000));
    assert.deepEqual(client.state, { kind: 'primary', electionId: 9n });
  });

  for (const how of ['reset', 'hang'] as const) {
    it(`ends every call with a typed error or success where the connection is cut (${how})`, async () => {
      const embedded: Embedded = await startEmbedded();
      cleanUp.push(() => embedded.stop());
      const stations = Array.from({ length: 1200 }, (_, i) => station(i));
      const proxy = new CuttingProxy(embedded.server.port);
      cleanUp.push(() => proxy.stop());
      const address = await proxy.start();
      const outcomes = new Map<string, number>();
      const seen = async (call: Promise<unknown>) => {
        try {
          await call;
          outcomes.set('success', (outcomes.get('success') ?? 0) + 1);
        } catch (error) {
          assert.ok(error instanceof P4RuntimeError, String(error));
          outcomes.set(error.code, (outcomes.get(error.code) ?? 0) + 1);
        }
      };
      // Arbitration takes 600 bytes, the pipeline some 40,000, the writes 70,000 and the read as much.
      const bytes = fc.oneof(fc.nat(1000), fc.nat(40_000), fc.nat(250_000));
      await fc.assert(
        fc.asyncProperty(bytes, async (afterBytes) => {
          proxy.cut = { afterBytes, how };
          const client = clientOf(address, 400);
          await seen(client.whenPrimary(AbortSignal.timeout(300)));
          await seen(client.setPipeline(pipeline, { force: true }));
          await seen(client.write(stations.map(insert)));
          const read = async () => {
            await client.adoptPipeline();
            for await (const _ of client.read({ kind: 'table-entry' }));
          };
          await seen(read());
          await seen(client.write(stations.map(remove)));
          await client.close();
        }),
        { numRuns: CUTS },
      );
      assert.ok(outcomes.size > 2, [...outcomes].join(' '));
    });
  }
});
