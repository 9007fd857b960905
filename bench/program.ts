import { setTimeout as sleep } from 'node:timers/promises';
import { bmv2Missing } from '../experiments/bmv2.js';
import { EmbeddedSwitch, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import { against, alone, type Bench, median, type Result } from './bench.js';
import { bmv2Rate } from './support/bmv2-rate.js';
import { KINDS, type Kind } from './support/kinds.js';
import { CPU_PORT, PORTS, programLeaf } from './support/leaf.js';

const SERVICES = 100;
/** A round, and rounds: the first ones warm the compiler up. */
const PACKETS = 4000;
const WARM_ROUNDS = 5;
const ROUNDS = 9;
/** Long enough that its output files grow for about a second. */
const PACKETS_BMV2 = 30_000;
const PEER = 'BMv2 (simple_switch_grpc)';

async function embedded(kind: Kind): Promise<number> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  let out = 0;
  for (const port of PORTS) device.attach(port, { transmit: () => out++ });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  const controller = await programLeaf(`127.0.0.1:${server.port}`, 1n, SERVICES);
  try {
    const before = await kind.prepare(controller);
    await controller.settled(AbortSignal.timeout(30_000));
    for (const { port, frame } of before) device.receive(port, frame);
    const rates: number[] = [];
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
      const arrivals = kind.packets(round * PACKETS, PACKETS);
      out = 0;
      const begun = process.hrtime.bigint();
      for (const { port, frame } of arrivals) device.receive(port, frame);
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      if (out !== PACKETS) throw new Error(`${kind.name}: of ${PACKETS} packets came ${out}`);
      if (round >= WARM_ROUNDS) rates.push(PACKETS / seconds);
      await sleep(0);
    }
    return median(rates);
  } finally {
    await controller.close();
    await server.close();
  }
}

async function bmv2(kind: Kind): Promise<number> {
  const packets = kind.packets(0, PACKETS_BMV2);
  // What comes before the measured packets has to be known before the switch starts: it reads files.
  const before = await preparation(kind);
  const { rate, forwarded } = await bmv2Rate([...before, ...packets], async (address) => {
    const controller = await programLeaf(address, 1n, SERVICES);
    await kind.prepare(controller);
    await controller.settled(AbortSignal.timeout(30_000));
    return () => controller.close();
  });
  const expected = before.length + packets.length;
  if (forwarded !== expected) throw new Error(`${kind.name}: of ${expected} packets BMv2 sent ${forwarded}`);
  return rate;
}

async function preparation(kind: Kind): ReturnType<Kind['prepare']> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  const controller = await programLeaf(`127.0.0.1:${server.port}`, 1n, SERVICES);
  try {
    return await kind.prepare(controller);
  } finally {
    await controller.close();
    await server.close();
  }
}

export const programBench: Bench = {
  name: 'program',
  summary: 'the full program, kind of packet by kind of packet: the embedded switch in process, against BMv2',
  run: async (note) => {
    const missing = bmv2Missing();
    if (missing !== undefined) note(`without BMv2: ${missing}`);
    const results: Result[] = [];
    for (const kind of KINDS) {
      const rate = await embedded(kind);
      if (missing === undefined) results.push(against(kind.name, rate, 'packets/s', PEER, await bmv2(kind)));
      else results.push(alone(kind.name, rate, 'packets/s'));
      note(`${kind.name}: ${rate.toFixed(0)} packets/s`);
    }
    return results;
  },
};
