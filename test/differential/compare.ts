import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  type Entity,
  P4RuntimeError,
  type Pipeline,
  Schema,
  SwitchClient,
} from '../../controller/p4runtime/index.js';
import { Random } from '../../emulator/random.js';
import { Bmv2 } from '../../experiments/bmv2.js';
import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { serveP4Runtime } from '../../switch/p4runtime/index.js';
import { parseStf } from '../conformance/stf.js';
import { PORTS, randomEntries } from './random-entries.js';
import { randomPackets } from './random-packets.js';

/** Not a port of any packet here. */
const CPU_PORT = 510;
/** Seconds BMv2 waits before it reads packets: long enough to be programmed. */
const WAIT_S = 2;
const SPACING_US = 10;

type Outputs = ReadonlyMap<number, readonly Uint8Array[]>;

export interface Comparison {
  readonly packets: number;
  readonly entries: number;
  /** Packets that came out of BMv2. */
  readonly forwarded: number;
  /** What differs, in words; empty where nothing does. */
  readonly differences: readonly string[];
}

interface Arrival {
  readonly port: number;
  readonly packet: Uint8Array;
}

/** Writes the entities one by one and gives those that were taken. */
async function program(
  client: SwitchClient,
  pipeline: Pipeline,
  entities: readonly Entity[],
): Promise<Set<number>> {
  client.start();
  await client.whenPrimary(AbortSignal.timeout(10_000));
  await client.setPipeline(pipeline, { force: true });
  const taken = new Set(entities.keys());
  try {
    await client.write(
      entities.map((entity) => ({
        type: entity.kind === 'table-entry' && entity.isDefault === true ? 'modify' : 'insert',
        entity,
      })),
    );
  } catch (error) {
    if (!(error instanceof P4RuntimeError)) throw error;
    for (const { index } of error.failures) taken.delete(index);
  }
  return taken;
}

async function throughBmv2(
  pipeline: Pipeline,
  entities: readonly Entity[],
  arrivals: readonly Arrival[],
): Promise<{ outputs: Outputs; taken: Set<number> }> {
  const inputs = new Map(
    PORTS.map((port) => [
      port,
      arrivals
        .map(({ port: at, packet }, index) => ({ at, timeUs: index * SPACING_US, frame: packet }))
        .filter(({ at }) => at === port),
    ]),
  );
  const started = performance.now();
  const peer = await Bmv2.start({ inputs, waitS: WAIT_S, cpuPort: CPU_PORT, deviceId: 1 });
  let stopped = false;
  try {
    const client = new SwitchClient({ address: peer.address });
    const taken = await program(client, pipeline, entities);
    await client.close();
    await sleep(Math.max(0, WAIT_S * 1000 + 300 - (performance.now() - started)));
    let before = -1;
    for (;;) {
      const now = PORTS.reduce((sum, port) => sum + peer.outputBytes(port), 0);
      if (now === before) break;
      before = now;
      await sleep(400);
    }
    stopped = true;
    return { outputs: await peer.stop(), taken };
  } finally {
    if (!stopped) await peer.stop();
  }
}

async function throughEmbedded(
  pipeline: Pipeline,
  entities: readonly Entity[],
  arrivals: readonly Arrival[],
): Promise<{ outputs: Outputs; taken: Set<number> }> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  const outputs = new Map<number, Uint8Array[]>(PORTS.map((port) => [port, []]));
  for (const [port, out] of outputs) device.attach(port, { transmit: (frame) => out.push(frame.slice()) });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  try {
    const client = new SwitchClient({ address: `127.0.0.1:${server.port}` });
    const taken = await program(client, pipeline, entities);
    await client.close();
    for (const { port, packet } of arrivals) device.receive(port, packet);
    return { outputs, taken };
  } finally {
    await server.close();
  }
}

function hex(packet: Uint8Array | undefined): string {
  return packet === undefined ? 'nothing' : Buffer.from(packet).toString('hex');
}

function differencesOf(ours: Outputs, theirs: Outputs): string[] {
  const found: string[] = [];
  for (const port of PORTS) {
    const a = ours.get(port) ?? [];
    const b = theirs.get(port) ?? [];
    const length = Math.max(a.length, b.length);
    for (let i = 0; i < length; i++) {
      if (hex(a[i]) === hex(b[i])) continue;
      found.push(
        `port ${port}, packet ${i} of ${a.length} here and ${b.length} from BMv2:\n    embedded ${hex(a[i])}\n    BMv2     ${hex(b[i])}`,
      );
      break;
    }
  }
  return found;
}

/**
 * Runs one compiled program on the embedded switch and on BMv2: random entries in its tables, `count` mutated
 * and random packets on random ports, those that `keep` takes, the same for both. Output must be the same, port by
 * port, byte by byte.
 */
export async function compare(
  folder: string,
  name: string,
  seed: number,
  count: number,
  keep: (packet: Uint8Array) => boolean = () => true,
): Promise<Comparison> {
  const random = new Random(seed);
  const pipeline: Pipeline = {
    p4info: parseP4Info(readFileSync(join(folder, `${name}.p4info.txtpb`))),
    deviceConfig: readFileSync(join(folder, `${name}.json`)),
  };
  const seeds: Uint8Array[] = [];
  for (const command of parseStf(readFileSync(join(folder, `${name}.stf`), 'utf8'))) {
    if (command.verb === 'packet' && command.bytes.length > 0) seeds.push(command.bytes);
  }
  const packets = randomPackets(random, seeds, count).filter((packet) => keep(packet));
  const arrivals = packets.map((packet) => ({ port: PORTS[random.below(PORTS.length)] ?? 0, packet }));
  const schema = new Schema(pipeline.p4info);
  const entities = randomEntries(random, schema, packets);

  const theirs = await throughBmv2(pipeline, entities, arrivals);
  // What BMv2 does not take (tables that p4c removed, for one) the embedded switch does not get.
  const common = entities.filter((_, index) => theirs.taken.has(index));
  const ours = await throughEmbedded(pipeline, common, arrivals);
  const refused = common.length - ours.taken.size;
  return {
    packets: packets.length,
    entries: common.length,
    forwarded: PORTS.reduce((sum, port) => sum + (theirs.outputs.get(port)?.length ?? 0), 0),
    differences: [
      ...(refused > 0
        ? [`the embedded switch refused ${refused} of ${common.length} entries BMv2 took`]
        : []),
      ...differencesOf(ours.outputs, theirs.outputs),
    ],
  };
}
