import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { DesiredSwitch } from '../../controller/fabric/desired.js';
import { Reconciler } from '../../controller/fabric/reconciler.js';
import {
  type Entity,
  type Pipeline,
  SwitchClient,
  type UpdateType,
} from '../../controller/p4runtime/index.js';

/*
 * The controller of the controller bench. As a program of its own: arguments are address, P4Info, device config,
 * entries to write, entries to reconcile; prints one line of JSON.
 */

const TABLE = 'ingress.cache.keys';
const SAMPLES = 3;

/** Entries per second, and how long a restart takes. */
export interface ControllerRates {
  readonly insert: number;
  readonly modify: number;
  readonly delete: number;
  readonly read: number;
  /** Seconds from a new connection to knowing that nothing has to be written; 0 where it was not asked for. */
  readonly reconcileS: number;
  /** Updates written meanwhile. */
  readonly reconcileWrites: number;
}

export function isControllerRates(value: unknown): value is ControllerRates {
  return typeof value === 'object' && value !== null && 'insert' in value && 'reconcileS' in value;
}

export function readPipeline(p4info: string, deviceConfig: string): Pipeline {
  return { p4info: parseP4Info(readFileSync(p4info)), deviceConfig: readFileSync(deviceConfig) };
}

function entry(number: number, generation: number): Entity {
  return {
    kind: 'table-entry',
    table: TABLE,
    match: { 'hdr.kv.key': BigInt(number + 1) << 90n },
    action: { kind: 'action', name: 'ingress.cache.cached', params: { index: number & 4095, generation } },
  };
}

function entries(count: number, generation: number): Entity[] {
  return Array.from({ length: count }, (_, i) => entry(i, generation));
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Writes and reads `count` entries, three times; the median counts. */
export async function loadSwitch(
  address: string,
  pipeline: Pipeline,
  count: number,
  reconciled: number,
): Promise<ControllerRates> {
  const client = new SwitchClient({ address, electionId: 20n, rpcTimeoutMs: 120_000 });
  client.start();
  await client.whenPrimary();
  await client.setPipeline(pipeline, { force: true, timeoutMs: 120_000 });
  const write = async (type: UpdateType, list: readonly Entity[]): Promise<number> => {
    const begun = performance.now();
    await client.write(list.map((entity) => ({ type, entity })));
    return (list.length * 1000) / (performance.now() - begun);
  };
  const rates = {
    insert: [] as number[],
    modify: [] as number[],
    delete: [] as number[],
    read: [] as number[],
  };
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const [first, second] = [entries(count, 1), entries(count, 2)];
    rates.insert.push(await write('insert', first));
    rates.modify.push(await write('modify', second));
    const begun = performance.now();
    let held = 0;
    for await (const _ of client.read({ kind: 'table-entry', table: TABLE })) held += 1;
    if (held !== count) throw new Error(`${held} of ${count} entries came back`);
    rates.read.push((count * 1000) / (performance.now() - begun));
    rates.delete.push(await write('delete', second));
  }
  if (reconciled > 0) await reconcile(client, reconciled);
  await client.close();
  const restart = reconciled > 0 ? await reconcileAnew(address, reconciled) : { seconds: 0, written: 0 };
  return {
    insert: middle(rates.insert),
    modify: middle(rates.modify),
    delete: middle(rates.delete),
    read: middle(rates.read),
    reconcileS: restart.seconds,
    reconcileWrites: restart.written,
  };
}

/** Brings a connected switch to `count` entries; resolves when it holds them. Returns what was written. */
function reconcile(client: SwitchClient, count: number): Promise<number> {
  const desired = new DesiredSwitch(client.schema);
  desired.replace('bench', entries(count, 1));
  return new Promise((resolve, reject) => {
    const reconciler: Reconciler = new Reconciler({
      client,
      schema: client.schema,
      desired,
      ownership: {
        tables: [TABLE],
        defaults: [],
        profiles: [],
        multicastGroups: { first: 1, last: 1 },
        digests: [],
        breakBeforeMake: [],
      },
      onState: (state) => {
        if (state === 'idle') resolve(reconciler.stats.written);
      },
      onRefused: ({ error }) => reject(new Error(error.message)),
      onError: reject,
    });
    reconciler.up();
  });
}

/** A controller that starts anew beside a switch that holds everything already. */
async function reconcileAnew(address: string, count: number): Promise<{ seconds: number; written: number }> {
  const begun = performance.now();
  const client = new SwitchClient({ address, electionId: 21n, rpcTimeoutMs: 120_000 });
  client.start();
  await client.whenPrimary();
  await client.adoptPipeline();
  const written = await reconcile(client, count);
  const seconds = (performance.now() - begun) / 1000;
  await client.close();
  return { seconds, written };
}

const [, program, address, p4info, deviceConfig, count, reconciled] = process.argv;
if (program !== undefined && import.meta.url === pathToFileURL(program).href && address !== undefined) {
  const pipeline = readPipeline(p4info ?? '', deviceConfig ?? '');
  const rates = await loadSwitch(address, pipeline, Number(count), Number(reconciled));
  process.stdout.write(`${JSON.stringify(rates)}\n`);
}
