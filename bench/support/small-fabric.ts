import { readFileSync } from 'node:fs';
import { parseTopology } from '../../controller/index.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { packagePath } from '../../experiments/package-path.js';
import type { Host } from '../../host/index.js';

/** The small fabric (one spine, two leaves, four hosts), with the figures a bench asks for. */
export interface SmallFabric {
  host(name: string): Host;
  run<T>(work: Promise<T>): Promise<T>;
  /** Virtual microseconds. */
  now(): number;
  /** Bytes of frames this host has sent. */
  sentBy(host: string): number;
  close(): Promise<void>;
}

/** @param lossPercent of the frames on the first host's cable, each way */
export async function smallFabric(seed: number, lossPercent = 0): Promise<SmallFabric> {
  const file = packagePath('experiments/topologies/small.yaml');
  const first = 'ipv4: 10.0.1.1';
  const text = readFileSync(file, 'utf8').replace(first, `${first}, loss: ${lossPercent / 100}`);
  const topology = parseTopology(text, file);
  const fabric = await EmulatedFabric.start({ topology, seed });
  return {
    host: (name) => fabric.host(name),
    run: (work) => fabric.run(work),
    now: () => fabric.emulator.now(),
    sentBy: (host) => fabric.linkUse().find(({ name }) => name.startsWith(`${host} to `))?.bytes ?? 0,
    close: () => fabric.close(),
  };
}
