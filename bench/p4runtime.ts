import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Bmv2, bmv2Missing } from '../experiments/bmv2.js';
import { EmbeddedSwitch, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import { against, alone, type Bench, type Result } from './bench.js';
import { CPU_PORT } from './support/leaf.js';

const ENTRIES = 100_000;
/** BMv2 is slower: fewer entries say as much. */
const ENTRIES_BMV2 = 20_000;
const DEVICE_ID = 1;
const PEER = 'simple_switch_grpc';
/** Message objects of a response outlive a small nursery, and half of the client's time goes to moving them. */
const CLIENT_FLAGS = ['--max-semi-space-size=64'];

/** Entries per second, as the client in its own process sees them. */
interface Rates {
  readonly insert: number;
  readonly modify: number;
  readonly delete: number;
  readonly read: number;
  readonly readCounted: number;
}

function isRates(value: unknown): value is Rates {
  return typeof value === 'object' && value !== null && 'insert' in value && 'readCounted' in value;
}

/** Runs the controller process against `address`. */
async function load(address: string, entries: number): Promise<Rates> {
  const script = fileURLToPath(new URL('support/p4runtime-load.js', import.meta.url));
  const child = spawn(
    process.execPath,
    [...CLIENT_FLAGS, script, address, String(DEVICE_ID), String(entries)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the controller process ended with ${code}`);
  const rates: unknown = JSON.parse(output);
  if (!isRates(rates)) throw new Error(`the controller process said ${output}`);
  return rates;
}

async function embedded(): Promise<Rates> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  const server = await serveP4Runtime({ switch: device, deviceId: DEVICE_ID, address: '127.0.0.1:0' });
  try {
    return await load(`127.0.0.1:${server.port}`, ENTRIES);
  } finally {
    await server.close();
  }
}

async function bmv2(): Promise<Rates> {
  const peer = await Bmv2.start({
    inputs: new Map([[1, []]]),
    waitS: 600,
    cpuPort: CPU_PORT,
    deviceId: DEVICE_ID,
  });
  try {
    return await load(peer.address, ENTRIES_BMV2);
  } finally {
    await peer.stop();
  }
}

const NAMES: readonly (readonly [string, keyof Rates])[] = [
  ['insert, 500 entries a Write', 'insert'],
  ['modify, 500 entries a Write', 'modify'],
  ['delete, 500 entries a Write', 'delete'],
  ['read back, decoded by p4runtime-js', 'read'],
  ['read back, counted only', 'readCounted'],
];

export const p4runtimeBench: Bench = {
  name: 'p4runtime',
  summary: 'table entries written and read over gRPC, one connection, the client in a process of its own',
  run: async (note) => {
    const ours = await embedded();
    const missing = bmv2Missing();
    if (missing !== undefined) note(`without ${PEER}: ${missing}`);
    const theirs = missing === undefined ? await bmv2() : undefined;
    return NAMES.map(
      ([name, key]): Result =>
        theirs === undefined
          ? alone(name, ours[key], 'entries/s')
          : against(name, ours[key], 'entries/s', PEER, theirs[key]),
    );
  },
};
