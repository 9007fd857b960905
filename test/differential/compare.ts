import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { type Pipeline, Schema } from '../../controller/p4runtime/index.js';
import { Random } from '../../emulator/random.js';
import { parseStf } from '../conformance/stf.js';
import { type Seen, throughBmv2, throughEmbedded } from './both.js';
import { PORTS, randomEntries } from './random-entries.js';
import { randomPackets } from './random-packets.js';
import { replicationOf } from './replication.js';

export interface Comparison {
  readonly packets: number;
  readonly entries: number;
  /** Packets that came out of BMv2. */
  readonly forwarded: number;
  /** What differs, in words; empty where nothing does. */
  readonly differences: readonly string[];
}

type Outputs = Seen['outputs'];

/** Packets that go through ingress or egress more than once may overtake others in BMv2, which has queues. */
const OVERTAKING = /"(clone_ingress_pkt_to_egress|clone_egress_pkt_to_egress|resubmit|recirculate)"/;

function differencesOf(ours: Outputs, theirs: Outputs, ordered: boolean): string[] {
  const found: string[] = [];
  for (const port of PORTS) {
    const [a, b] = [ours, theirs].map((outputs) => {
      const frames = outputs.get(port) ?? [];
      return ordered ? frames : [...frames].sort();
    });
    if (a === undefined || b === undefined) continue;
    const length = Math.max(a.length, b.length);
    for (let i = 0; i < length; i++) {
      if (a[i] === b[i]) continue;
      found.push(
        `port ${port}, packet ${i} of ${a.length} here and ${b.length} from BMv2:\n    embedded ${a[i] ?? 'nothing'}\n    BMv2     ${b[i] ?? 'nothing'}`,
      );
      break;
    }
  }
  return found;
}

/** A compiled program of a folder, as a switch is given it. */
export function readPipeline(folder: string, name: string): Pipeline {
  return {
    p4info: parseP4Info(readFileSync(join(folder, `${name}.p4info.txtpb`))),
    deviceConfig: readFileSync(join(folder, `${name}.json`)),
  };
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
  const pipeline = readPipeline(folder, name);
  const commands = parseStf(readFileSync(join(folder, `${name}.stf`), 'utf8'));
  const seeds: Uint8Array[] = [];
  for (const command of commands) {
    if (command.verb === 'packet' && command.bytes.length > 0) seeds.push(command.bytes);
  }
  const packets = randomPackets(random, seeds, count).filter((packet) => keep(packet));
  const arrivals = packets.map((packet) => ({ port: PORTS[random.below(PORTS.length)] ?? 0, packet }));
  const schema = new Schema(pipeline.p4info);
  const entities = [...randomEntries(random, schema, packets), ...replicationOf(commands)];

  const theirs = await throughBmv2({ pipeline, entities, arrivals });
  // What BMv2 does not take (tables that p4c removed, for one) the embedded switch does not get.
  const common = entities.filter((_, index) => theirs.taken.has(index));
  const ours = await throughEmbedded({ pipeline, entities: common, arrivals });
  const refused = common.length - ours.taken.size;
  const ordered = !OVERTAKING.test(Buffer.from(pipeline.deviceConfig).toString());
  return {
    packets: packets.length,
    entries: common.length,
    forwarded: PORTS.reduce((sum, port) => sum + (theirs.outputs.get(port)?.length ?? 0), 0),
    differences: [
      ...(refused > 0
        ? [`the embedded switch refused ${refused} of ${common.length} entries BMv2 took`]
        : []),
      ...differencesOf(ours.outputs, theirs.outputs, ordered),
    ],
  };
}
