import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DecodedEntity,
  type DigestList,
  type Entity,
  P4RuntimeError,
  type Pipeline,
  SwitchClient,
  type UpdateType,
} from '../../controller/p4runtime/index.js';
import { Bmv2 } from '../../experiments/bmv2.js';
import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { serveP4Runtime } from '../../switch/p4runtime/index.js';
import { PORTS } from './random-entries.js';

/** Not a port of any packet here. */
export const CPU_PORT = 510;
/** Seconds BMv2 waits before it reads packets, to be programmed; the next where that was too short. */
const WAITS_S: readonly number[] = [2, 6, 15];
const SPACING_US = 10;
/** How long BMv2 may take from when it should begin to read to the first byte it sends, if it sends any. */
const FIRST_BYTE_MS = 4000;
/** How long digests and notices may take after the last packet, where some are expected. */
const PATIENCE_MS = 8000;

export interface Arrival {
  readonly port: number;
  readonly packet: Uint8Array;
}

/** What a switch is given: a program, its entries, then packets; and what is asked of it afterwards. */
export interface Run {
  readonly pipeline: Pipeline;
  readonly entities: readonly Entity[];
  readonly arrivals: readonly Arrival[];
  /** Read over P4Runtime once all packets are through. */
  readonly queries?: readonly Entity[];
  /** Digest samples to wait for. */
  readonly samples?: number;
  /** Idle entries to wait for. */
  readonly idle?: number;
}

export interface Seen {
  /** Frames by port, in hexadecimal, in order. */
  readonly outputs: ReadonlyMap<number, readonly string[]>;
  /** Which entities the switch took, by index. */
  readonly taken: ReadonlySet<number>;
  readonly read: readonly DecodedEntity[];
  readonly digests: readonly DigestList[];
  /** Matches of the entries reported idle, as text. */
  readonly idle: readonly string[];
}

function updateType(entity: Entity): UpdateType {
  switch (entity.kind) {
    case 'table-entry':
      return entity.isDefault === true ? 'modify' : 'insert';
    case 'counter':
    case 'direct-counter':
    case 'meter':
    case 'direct-meter':
    case 'register':
    case 'value-set':
      return 'modify';
    default:
      return 'insert';
  }
}

/** A client that programs a switch and keeps what it hears. */
class Observer {
  readonly client: SwitchClient;
  readonly digests: DigestList[] = [];
  readonly idle: string[] = [];
  taken = new Set<number>();
  private readonly run: Run;

  constructor(address: string, run: Run) {
    this.run = run;
    this.client = new SwitchClient({ address });
    this.client.digest.subscribe((list) => this.digests.push(list));
    this.client.idleTimeout.subscribe((entries) => {
      for (const { match } of entries) {
        const text = JSON.stringify(match, (_, value: unknown) =>
          typeof value === 'bigint' ? `${value}` : value,
        );
        if (!this.idle.includes(text)) this.idle.push(text);
      }
    });
  }

  async program(): Promise<void> {
    const { client, run } = this;
    client.start();
    await client.whenPrimary(AbortSignal.timeout(10_000));
    await client.setPipeline(run.pipeline, { force: true });
    this.taken = new Set(run.entities.keys());
    try {
      await client.write(run.entities.map((entity) => ({ type: updateType(entity), entity })));
    } catch (error) {
      if (!(error instanceof P4RuntimeError)) throw error;
      for (const { index } of error.failures) this.taken.delete(index);
    }
  }

  /** Waits for what is expected, calling `meanwhile` again and again, and gives all there is. */
  async finish(meanwhile: () => void): Promise<Omit<Seen, 'outputs'>> {
    const { client, run } = this;
    const heard = () => this.digests.reduce((sum, { samples }) => sum + samples.length, 0);
    const limit = performance.now() + PATIENCE_MS;
    while (heard() < (run.samples ?? 0) || this.idle.length < (run.idle ?? 0)) {
      if (performance.now() > limit) break;
      meanwhile();
      await sleep(20);
    }
    const read: DecodedEntity[] = [];
    for await (const entity of client.read(run.queries ?? [])) read.push(entity);
    await client.close();
    return { taken: this.taken, read, digests: this.digests, idle: this.idle.sort() };
  }
}

/** A run on simple_switch_grpc whose ports are files. */
export async function throughBmv2(run: Run): Promise<Seen> {
  for (const waitS of WAITS_S) {
    const seen = await attemptOnBmv2(run, waitS);
    if (seen !== undefined) return seen;
  }
  throw new Error(`simple_switch_grpc is not programmed within ${WAITS_S.at(-1)} s`);
}

/** Undefined where the packets may have been read before the switch was programmed. */
async function attemptOnBmv2(run: Run, waitS: number): Promise<Seen | undefined> {
  const inputs = new Map(
    PORTS.map((port) => [
      port,
      run.arrivals
        .map(({ port: at, packet }, index) => ({ at, timeUs: index * SPACING_US, frame: packet }))
        .filter(({ at }) => at === port),
    ]),
  );
  const started = performance.now();
  const peer = await Bmv2.start({ inputs, waitS, cpuPort: CPU_PORT, deviceId: 1 });
  let outputs: ReadonlyMap<number, readonly Uint8Array[]> | undefined;
  try {
    const observer = new Observer(peer.address, run);
    await observer.program();
    // BMv2 counts from some time after `started`.
    const left = waitS * 1000 - (performance.now() - started);
    if (left < 0) {
      await observer.client.close();
      return undefined;
    }
    await sleep(left + 300);
    const begun = performance.now();
    let before = -1;
    for (;;) {
      const now = PORTS.reduce((sum, port) => sum + peer.outputBytes(port), 0);
      // Nothing at all may be a switch that has not begun: on a busy machine it takes its time.
      if (now === before && peer.isAtRest && (now > 0 || performance.now() > begun + FIRST_BYTE_MS)) break;
      before = now;
      await sleep(800);
    }
    const seen = await observer.finish(() => undefined);
    outputs = await peer.stop();
    return { ...seen, outputs: new Map([...outputs].map(([port, frames]) => [port, frames.map(hex)])) };
  } finally {
    if (outputs === undefined) await peer.stop();
  }
}

/** A run on the embedded switch, with simple_switch's one queue for all priorities. */
export async function throughEmbedded(run: Run, onDevice?: (device: EmbeddedSwitch) => void): Promise<Seen> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT, priorityQueues: 1 });
  onDevice?.(device);
  const outputs = new Map<number, string[]>(PORTS.map((port) => [port, []]));
  for (const [port, out] of outputs) device.attach(port, { transmit: (frame) => out.push(hex(frame)) });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  try {
    const observer = new Observer(`127.0.0.1:${server.port}`, run);
    await observer.program();
    for (const { port, packet } of run.arrivals) device.receive(port, packet);
    return { ...(await observer.finish(() => device.tick())), outputs };
  } finally {
    await server.close();
  }
}

function hex(frame: Uint8Array): string {
  return Buffer.from(frame).toString('hex');
}
