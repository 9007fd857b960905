import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import {
  type DataValue,
  insert,
  remove,
  SwitchClient,
  type Update,
} from '../../controller/p4runtime/index.js';
import { EmbeddedSwitch } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { FLAG_RESOLVED, KV_GET, KV_PUT, KvStatus } from '../../wire/index.js';
import { address, digestOf, mac, named, namedFrame, routerMac } from '../program/frames.js';
import { choice, entry, prefix, sincmeshPipeline } from '../program/lab.js';
import { SketchModel } from './model/sketch.js';

/*
 * Sketch and Bloom filter of the Tofino program, as a model of their registers, against the v1model program, whose time
 * stands still but where a sequence moves it: the same GETs, the same reports of hot keys. Kept out: what Tofino's
 * smaller filter does not look at (two bits of each slice), and units of time (an epoch is 2^20 of them).
 */
const RUNS = Number(process.env['SINCMESH_TNA_RUNS'] ?? 100);
const EPOCH_US = 2 ** 20;
const WATCHED = '/watched/keys';
/** Turns of the event loop after which a message over loopback gRPC has arrived. */
const TURNS = 50;

interface Ask {
  /** Which of two values each slice of the key has: keys meet in some rows and not in others. */
  readonly slices: readonly number[];
  readonly isGet: boolean;
  /** Epochs that pass before it. */
  readonly later: number;
}

const asks: fc.Arbitrary<Ask[]> = fc.array(
  fc.record({
    slices: fc.array(fc.nat(1), { minLength: 7, maxLength: 7 }),
    isGet: fc.nat(9).map((n) => n > 0),
    later: fc.nat(24).map((n) => (n === 0 ? 1 : 0)),
  }),
  { minLength: 10, maxLength: 80 },
);

/** Rows by bits 0 to 63, the filter by 16 bits from 64, 82 and 100 on. */
function keyOf(slices: readonly number[]): bigint {
  const lows = [0, 16, 32, 48, 64, 82, 100];
  return lows.reduce((key, low, n) => key | (BigInt(0x1100 * n + (slices[n] ?? 0)) << BigInt(low)), 0n);
}

describe('The sketch of the Tofino program, as a model, and that of the v1model program', function () {
  this.timeout(180_000);
  const model = new SketchModel();
  let device: EmbeddedSwitch;
  let server: P4RuntimeServer;
  let client: SwitchClient;
  let nowUs = 0;
  let told: { key: bigint; count: number }[] = [];

  before(async () => {
    device = new EmbeddedSwitch({ clock: { now: () => nowUs }, cpuPort: 510 });
    for (const port of [1, 2]) device.attach(port, { transmit: () => undefined });
    server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
    client = new SwitchClient({ address: `127.0.0.1:${server.port}` });
    client.digest.subscribe(({ samples }) => told.push(...samples.map(sampleOf)));
    client.start();
    await client.whenPrimary();
    await client.setPipeline(sincmeshPipeline());
    await client.write([
      choice('ingress.underlay.routes', { 'hdr.ipv4.dst': prefix(address(2), 32) }, [
        { name: 'ingress.underlay.next_hop', params: { port: 2, src_mac: routerMac(2), dst_mac: mac(2) } },
      ]),
      insert({ kind: 'digest', digest: 'hot_key_t', maxTimeoutNs: 0, maxListSize: 1, ackTimeoutNs: 0 }),
    ]);
  });
  after(async () => {
    await client.close();
    await server.close();
  });

  const watch = (threshold: number): Update =>
    entry('ingress.cache.services', { name: prefix(digestOf(WATCHED), 64) }, 'ingress.cache.watch', {
      threshold,
    });
  const unwatch = remove({
    kind: 'table-entry',
    table: 'ingress.cache.services',
    match: { name: prefix(digestOf(WATCHED), 64) },
  });

  it('report the same keys with the same counts', async () => {
    let reports = 0;
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 0, max: 6 }), async (sequence, threshold) => {
        await client.write([watch(threshold)]);
        try {
          told = [];
          const expected: { key: bigint; count: number }[] = [];
          nowUs += EPOCH_US;
          for (const { slices, isGet, later } of sequence) {
            nowUs += later * EPOCH_US;
            const key = keyOf(slices);
            device.receive(1, frameOf(key, isGet));
            const epoch = (Math.floor(nowUs / EPOCH_US) + 1) & 0xffff;
            const count = isGet ? model.pass(key, epoch, threshold) : undefined;
            if (count !== undefined) expected.push({ key, count });
          }
          await client.capabilities();
          for (let n = 0; n < TURNS; n++) await turn();
          assert.deepEqual(told, expected);
          reports += expected.length;
        } finally {
          await client.write([unwatch]);
        }
      }),
      { numRuns: RUNS },
    );
    assert(reports > RUNS, `${reports} reports`);
  });
});

function frameOf(key: bigint, isGet: boolean): Uint8Array {
  const bytes = Buffer.from(key.toString(16).padStart(32, '0'), 'hex');
  const value = new Uint8Array(0);
  return namedFrame(
    { from: 1, to: 2 },
    named(WATCHED, '/client/a', {
      flags: FLAG_RESOLVED,
      instance: 3,
      kv: {
        ...{ op: isGet ? KV_GET : KV_PUT, flags: 0, status: KvStatus.OK, generation: 0, version: 0 },
        ...{ key: bytes, valueLength: 0, value },
      },
    }),
  );
}

function sampleOf(sample: DataValue): { key: bigint; count: number } {
  assert(typeof sample === 'object' && 'key' in sample && 'count' in sample, 'a report');
  const { key, count } = sample;
  assert(typeof key === 'bigint' && typeof count === 'bigint');
  return { key, count: Number(count) };
}
