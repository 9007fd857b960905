import { setTimeout as sleep } from 'node:timers/promises';
import { Bmv2 } from '../../experiments/bmv2.js';
import type { CapturedFrame } from '../../switch/ports/pcap.js';
import type { Arrival } from './kinds.js';
import { CPU_PORT, PORTS } from './leaf.js';

export interface Bmv2Run {
  /** Packets per second that came out while it was busy. */
  readonly rate: number;
  /** Frames that came out altogether. */
  readonly forwarded: number;
}

/**
 * Rate of BMv2 on frames that wait in files: it pays for no network card and drops nothing, so this is the best it can
 * do. What its output files grow by is watched while they grow.
 */
export async function bmv2Rate(
  arrivals: readonly Arrival[],
  program: (address: string) => Promise<() => Promise<void>>,
): Promise<Bmv2Run> {
  const inputs = new Map<number, CapturedFrame[]>(PORTS.map((port) => [port, []]));
  for (const [timeUs, { port, frame }] of arrivals.entries()) inputs.get(port)?.push({ timeUs, frame });
  const peer = await Bmv2.start({ inputs, waitS: 8, cpuPort: CPU_PORT, deviceId: 1 });
  const written = (): number => PORTS.reduce((sum, port) => sum + peer.outputBytes(port), 0);
  try {
    const end = await program(peer.address);
    const samples: { time: number; bytes: number }[] = [];
    const limit = performance.now() + 60_000;
    let last = { time: performance.now(), bytes: written() };
    while (performance.now() < limit) {
      await sleep(20);
      const now = { time: performance.now(), bytes: written() };
      if (now.bytes > last.bytes) samples.push(now);
      else if (samples.length > 0 && now.time - last.time > 1500) break;
      if (now.bytes > last.bytes || samples.length === 0) last = now;
    }
    await end();
    const total = samples.at(-1)?.bytes ?? 0;
    const steady = samples.filter(({ bytes }) => bytes > total * 0.1 && bytes < total * 0.9);
    const [first] = steady;
    const final = steady.at(-1);
    if (first === undefined || final === undefined || first === final) {
      throw new Error(`BMv2 wrote only ${total} bytes; was it programmed within its 8 s of waiting?`);
    }
    const bytesPerSecond = ((final.bytes - first.bytes) * 1000) / (final.time - first.time);
    const outputs = await peer.stop();
    const forwarded = PORTS.reduce((sum, port) => sum + (outputs.get(port)?.length ?? 0), 0);
    return { rate: (bytesPerSecond * forwarded) / total, forwarded };
  } catch (error) {
    await peer.stop();
    throw error;
  }
}
