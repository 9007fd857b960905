import { setTimeout as sleep } from 'node:timers/promises';
import { bmv2Missing } from '../experiments/bmv2.js';
import { EmbeddedSwitch, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import { against, alone, type Bench, median, type Result } from './bench.js';
import { bmv2Rate } from './support/bmv2-rate.js';
import { CPU_PORT, namedRequests, PORTS, programLeaf } from './support/leaf.js';

const SERVICES = 100;
const PAYLOAD = 32;
const [IN = 1, ...OUT] = PORTS;
/** Different packets; they are sent round and round to the embedded switch. */
const PACKETS = 20_000;
const ROUNDS = 9;
const PACKETS_BMV2 = 100_000;
const PEER = 'BMv2 (simple_switch_grpc)';

/** Median rate of the embedded switch over ROUNDS rounds, packets per second, and how much the heap grew. */
async function embedded(): Promise<{ rate: number; heapBytesPerPacket: number }> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  let out = 0;
  for (const port of OUT) device.attach(port, { transmit: () => out++ });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  const controller = await programLeaf(`127.0.0.1:${server.port}`, 1n, SERVICES);
  const frames = namedRequests(PACKETS, SERVICES, PAYLOAD);
  const rates: number[] = [];
  const heap: number[] = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    out = 0;
    const heapBefore = process.memoryUsage().heapUsed;
    const begun = process.hrtime.bigint();
    for (const frame of frames) device.receive(IN, frame);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    if (out !== PACKETS) throw new Error(`the embedded switch forwarded ${out} of ${PACKETS} packets`);
    // The first rounds warm the compiler up.
    if (round >= 2) {
      rates.push(PACKETS / seconds);
      heap.push((process.memoryUsage().heapUsed - heapBefore) / PACKETS);
    }
    await sleep(0);
  }
  await controller.close();
  await server.close();
  return { rate: median(rates), heapBytesPerPacket: Math.max(0, median(heap)) };
}

/** Rate of BMv2, packets per second, on the same packets with the same entries. */
async function bmv2(): Promise<number> {
  const arrivals = namedRequests(PACKETS_BMV2, SERVICES, PAYLOAD).map((frame) => ({ port: IN, frame }));
  const { rate, forwarded } = await bmv2Rate(arrivals, async (address) => {
    const controller = await programLeaf(address, 1n, SERVICES);
    return () => controller.close();
  });
  if (forwarded !== PACKETS_BMV2) throw new Error(`BMv2 forwarded ${forwarded} of ${PACKETS_BMV2} packets`);
  return rate;
}

export const switchBench: Bench = {
  name: 'switch',
  summary: 'named forwarding through sincmesh.p4: the embedded switch in process, against BMv2',
  run: async (note) => {
    const name = `named forwarding, ${SERVICES} services of ${OUT.length} instances`;
    const { rate, heapBytesPerPacket } = await embedded();
    const results: Result[] = [];
    const missing = bmv2Missing();
    if (missing === undefined) {
      results.push(against(name, rate, 'packets/s', PEER, await bmv2()));
    } else {
      note(`without BMv2: ${missing}`);
      results.push(alone(name, rate, 'packets/s'));
    }
    results.push(alone('heap growth in steady state', heapBytesPerPacket, 'bytes/packet'));
    return results;
  },
};
