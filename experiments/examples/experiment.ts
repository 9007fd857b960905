/**
 * An experiment to copy: a fabric from a topology file, a service and calls to it, an all-reduce, counters read from a
 * switch, a link that is cut. Times are virtual, and the same seed gives the same numbers.
 *
 *     npm run build && node dist/experiments/examples/experiment.js [TOPOLOGY.yaml]
 */
import { readFileSync } from 'node:fs';
import { parseTopology } from '../../controller/index.js';
import { ReduceGroup, ReduceServer } from '../../host/index.js';
import { EmulatedFabric } from '../fabric.js';
import { packagePath } from '../package-path.js';

const CALLS = 200;
const SERVICE = '/lab/echo';
const file = process.argv[2] ?? packagePath('experiments/examples/diamond.yaml');

const fabric = await EmulatedFabric.start({
  topology: parseTopology(readFileSync(file, 'utf8'), file),
  seed: 1,
  probeLinks: { intervalUs: 20_000, misses: 3 },
});
try {
  await calls();
  await reduce();
  await counters();
  await cut();
} finally {
  await fabric.close();
}

/** Two instances of a service, three to one; whatever is awaited on hosts goes through fabric.run(), in which time passes. */
async function calls(): Promise<void> {
  for (const [host, weight] of [
    ['h3', 3],
    ['h4', 1],
  ] as const) {
    await fabric.run(fabric.host(host).serve(SERVICE, () => Buffer.from(host), { weight }));
  }
  const answered = new Map<string, number>();
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const { payload, rttUs } = await fabric.run(fabric.host('h1').call(SERVICE, Buffer.from(`call ${i}`)));
    const host = Buffer.from(payload).toString();
    answered.set(host, (answered.get(host) ?? 0) + 1);
    times.push(rttUs);
  }
  times.sort((a, b) => a - b);
  const shares = [...answered].sort().map(([host, count]) => `${host} ${count}`);
  console.log(
    `${CALLS} calls: ${shares.join(', ')}; median ${times[CALLS / 2]?.toFixed(1)} us, slowest ${times.at(-1)?.toFixed(1)} us`,
  );
}

/** Three hosts sum a vector; the fourth is where packets go that no switch computes. */
async function reduce(): Promise<void> {
  const [operation, window, home] = ['sum', 64, 'h4'] as const;
  const made = await fabric.controller.groups.createReduce({
    hosts: ['h1', 'h2', 'h3'],
    operation,
    window,
    destination: home,
  });
  await fabric.settle();
  const common = { group: made.id, sources: made.sources.length, window };
  const server = new ReduceServer(fabric.host(home).sinc, common);
  const members = made.sources.map(
    ({ host, source }) =>
      new ReduceGroup(fabric.host(host).sinc, { ...common, source, destination: fabric.nic(home).address }),
  );
  const begun = fabric.emulator.now();
  const vector = Int32Array.from({ length: 10_000 }, (_, i) => i);
  const sums = await fabric.run(Promise.all(members.map((member) => member.allReduce(vector))));
  const isExact = sums.every((sum) => sum.every((value, i) => value === 3 * i));
  console.log(
    `all-reduce of ${vector.length} values: ${isExact ? 'exact' : 'WRONG'}, ` +
      `${server.counters.results} packets by the host, ${Math.round(fabric.emulator.now() - begun)} us`,
  );
  for (const member of members) member.close();
  server.close();
  await fabric.controller.groups.delete(made.id);
}

/** What a leaf counted: by the controller's telemetry, and any counter of the program by P4Runtime. */
async function counters(): Promise<void> {
  const { telemetry } = fabric.controller;
  await telemetry.measure();
  for (const { service, requests, responses } of telemetry.services()) {
    console.log(`${service}: ${requests} requests, ${responses} answers`);
  }
  const { client } = fabric.controller.session('leaf1');
  if (client === undefined) throw new Error('the controller is not connected to leaf1');
  for await (const cell of client.read({ kind: 'counter', counter: 'ingress.services.requests' })) {
    if (cell.kind === 'counter' && cell.data.packets > 0) {
      console.log(`leaf1 ${cell.counter}[${cell.index}]: ${cell.data.packets} packets`);
    }
  }
}

/** Calls go on where a link is cut: the controller's probes notice, and paths lead round it. */
async function cut(): Promise<void> {
  fabric.cut('leaf1', 'spine1');
  await fabric.run(fabric.sleep(120_000));
  const link = fabric.controller.collections.get('links')?.get('leaf1:11-spine1:1');
  console.log(`leaf1 to spine1 is cut: ${JSON.stringify(link?.status)}`);
  let lost = 0;
  for (let i = 0; i < CALLS; i++) {
    const call = fabric.host('h1').call(SERVICE, Buffer.from(`call ${i}`), { attempts: 1 });
    await fabric.run(call.catch(() => lost++));
  }
  console.log(`${CALLS} calls round it: ${lost} lost`);
}
