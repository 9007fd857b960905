import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { type Entity, type Pipeline, SwitchClient } from '../controller/p4runtime/index.js';
import { Emulator } from '../emulator/index.js';
import { Bmv2, bmv2Missing } from '../experiments/bmv2.js';
import { packagePath } from '../experiments/package-path.js';
import { EmbeddedSwitch, loadProgram, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import { against, alone, type Bench, median, type Result } from './bench.js';
import { CPU_PORT, namedRequests, PORTS, programLeaf } from './support/leaf.js';

const PROGRAMS = packagePath('test/programs/fixtures');
const PEER = 'BMv2 (simple_switch_grpc)';
const [IN, OUT] = [1, 2];
const ENTRIES = 1000;
/** Different packets; they are sent round and round to the embedded switch. */
const PACKETS = 10_000;
const ROUNDS = 60;
const PACKETS_BMV2 = 60_000;
const WAIT_S = 6;

interface Micro {
  readonly program: string;
  readonly title: string;
  readonly entries: readonly Entity[];
  readonly packet: (index: number) => Uint8Array;
}

/** Ethernet, IPv4 to 10.x.y.0 with `index` in the last two bytes but one, 26 bytes of payload. */
function ipv4(index: number): Uint8Array {
  const frame = new Uint8Array(60);
  frame.set([0x08, 0x00, 0x45, 0, 0, 46], 12);
  frame.set([64, 17], 22);
  frame.set([10, 0, 0, 1, 10, (index >> 8) & 0xff, index & 0xff, 1], 26);
  return frame;
}

/** Sixteen headers of eight bytes. */
function parts(index: number): Uint8Array {
  const frame = new Uint8Array(16 * 8 + 20);
  for (let i = 0; i < 16; i++) frame.set([i < 15 ? 1 : 0, i, index >> 8, index & 0xff], i * 8);
  return frame;
}

type Match = NonNullable<Extract<Entity, { kind: 'table-entry' }>['match']>[string];

function routes(match: (address: bigint, index: number) => Match, prioritised = false): Entity[] {
  return Array.from({ length: ENTRIES }, (_, index): Entity => {
    const address = BigInt(0x0a000001 + index * 256);
    return {
      kind: 'table-entry',
      table: 'ingress.routes',
      match: { 'hdr.ipv4.dst': match(address, index) },
      action: { kind: 'action', name: 'ingress.forward', params: { mac: 0x02aa00000000 + index, port: OUT } },
      ...(prioritised ? { priority: index + 1 } : {}),
    };
  });
}

const MICROS: readonly Micro[] = [
  {
    program: 'stress-exact',
    title: `exact match, ${ENTRIES} entries`,
    entries: routes((address) => address),
    packet: (index) => ipv4(index % ENTRIES),
  },
  {
    program: 'stress-lpm',
    title: `LPM, ${ENTRIES} prefixes of /24`,
    entries: routes((address) => ({ value: address, prefixLength: 24 })),
    packet: (index) => ipv4(index % ENTRIES),
  },
  {
    program: 'stress-ternary',
    title: `ternary, ${ENTRIES} entries, 4 masks`,
    entries: routes(
      (address, index) => ({ value: address, mask: BigInt(0xffffff00 + (1 << (index % 4)) - 1) }),
      true,
    ),
    packet: (index) => ipv4(index % ENTRIES),
  },
  { program: 'stress-parser', title: 'parser and deparser, 16 headers', entries: [], packet: parts },
];

function pipelineOf(program: string): Pipeline {
  return {
    p4info: parseP4Info(readFileSync(join(PROGRAMS, `${program}.p4info.txtpb`))),
    deviceConfig: readFileSync(join(PROGRAMS, `${program}.json`)),
  };
}

async function program(address: string, micro: Micro): Promise<void> {
  const client = new SwitchClient({ address });
  client.start();
  await client.whenPrimary(AbortSignal.timeout(10_000));
  await client.setPipeline(pipelineOf(micro.program), { force: true });
  await client.write(micro.entries.map((entity) => ({ type: 'insert', entity })));
  await client.close();
}

/** Median rate of the embedded switch, packets per second. */
async function embedded(micro: Micro): Promise<number> {
  const device = new EmbeddedSwitch({ clock: wallClock() });
  let out = 0;
  device.attach(OUT, { transmit: () => out++ });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  await program(`127.0.0.1:${server.port}`, micro);
  const frames = Array.from({ length: PACKETS }, (_, index) => micro.packet(index));
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    out = 0;
    const begun = process.hrtime.bigint();
    for (const frame of frames) device.receive(IN, frame);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    if (out !== PACKETS) throw new Error(`${micro.program}: ${out} of ${PACKETS} packets came out`);
    // The first rounds warm the compiler up.
    if (round >= 20) rates.push(PACKETS / seconds);
    await sleep(0);
  }
  await server.close();
  return median(rates);
}

/** Rate of BMv2 between a tenth and nine tenths of the packets, packets per second; its ports are files. */
async function bmv2(micro: Micro): Promise<number> {
  const frames = Array.from({ length: PACKETS_BMV2 }, (_, index) => micro.packet(index));
  const peer = await Bmv2.start({
    inputs: new Map([
      [IN, frames.map((frame, timeUs) => ({ timeUs, frame }))],
      [OUT, []],
    ]),
    waitS: WAIT_S,
    cpuPort: 510,
    deviceId: 1,
  });
  let stopped = false;
  try {
    await program(peer.address, micro);
    const samples: { readonly time: number; readonly bytes: number }[] = [];
    let last = { time: performance.now(), bytes: 0 };
    const limit = last.time + 60_000;
    for (;;) {
      await sleep(20);
      const now = { time: performance.now(), bytes: peer.outputBytes(OUT) };
      if (now.bytes > last.bytes) {
        samples.push(now);
        last = now;
      } else if ((samples.length > 0 && now.time - last.time > 1500) || now.time > limit) break;
    }
    const steady = samples.filter(({ bytes }) => bytes > last.bytes * 0.1 && bytes < last.bytes * 0.9);
    const [first, end] = [steady[0], steady.at(-1)];
    if (first === undefined || end === undefined || first === end)
      throw new Error(`BMv2 wrote ${last.bytes} bytes; was it programmed within ${WAIT_S} s?`);
    stopped = true;
    const forwarded = (await peer.stop()).get(OUT)?.length ?? 0;
    if (forwarded !== PACKETS_BMV2)
      throw new Error(`BMv2 forwarded ${forwarded} of ${PACKETS_BMV2} packets of ${micro.program}`);
    const packets = ((end.bytes - first.bytes) / last.bytes) * forwarded;
    return (packets * 1000) / (end.time - first.time);
  } finally {
    if (!stopped) await peer.stop();
  }
}

/** Milliseconds from the JSON text of sincmesh.p4 to a switch that takes packets, in a process that did so never before. */
function loadMs(): number {
  const text = readFileSync(packagePath('p4src/build/sincmesh.json'), 'utf8');
  const begun = performance.now();
  new EmbeddedSwitch({ clock: wallClock() }).load(loadProgram(JSON.parse(text)));
  return performance.now() - begun;
}

/** What a million named requests through sincmesh.p4 leave on the heap, bytes, garbage collected; the clock is the emulator's. */
async function heapGrowth(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('V8 gives no way to collect garbage');
  const emulator = new Emulator({ seed: 1 });
  const device = new EmbeddedSwitch({ clock: emulator, cpuPort: CPU_PORT });
  let out = 0;
  for (const port of PORTS.slice(1)) device.attach(port, { transmit: () => out++ });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  const controller = await programLeaf(`127.0.0.1:${server.port}`, 1n, 100);
  await controller.close();
  await server.close();
  const frames = namedRequests(10_000, 100, 32);
  const pass = (times: number): void => {
    for (let i = 0; i < times; i++) for (const frame of frames) device.receive(PORTS[0] ?? 1, frame);
  };
  pass(10);
  collect();
  const before = process.memoryUsage().heapUsed;
  out = 0;
  pass(100);
  collect();
  const after = process.memoryUsage().heapUsed;
  if (out !== 1_000_000) throw new Error(`${out} of a million packets came out`);
  return after - before;
}

export const microBench: Bench = {
  name: 'micro',
  summary: 'exact, LPM, ternary, parser and deparser: the embedded switch in process, against BMv2',
  run: async (note) => {
    const results: Result[] = [alone('sincmesh.p4, from JSON to a running pipeline', loadMs(), 'ms')];
    const missing = bmv2Missing();
    if (missing !== undefined) note(`without BMv2: ${missing}`);
    for (const micro of MICROS) {
      const rate = await embedded(micro);
      results.push(
        missing === undefined
          ? against(micro.title, rate, 'packets/s', PEER, await bmv2(micro))
          : alone(micro.title, rate, 'packets/s'),
      );
    }
    results.push(alone('heap growth over a million packets of sincmesh.p4', await heapGrowth(), 'bytes'));
    return results;
  },
};
