import { writeSync } from 'node:fs';
import {
  Cluster,
  Controller,
  EtcdStore,
  FileStore,
  parseTopology,
  type Store,
  wallClock,
} from '../../controller/index.js';
import { sincmesh } from '../controller/small-fabric.js';
import type { ChildOrders } from './child.js';

/** A controller in a process of its own, which registers and deregisters until it is killed, and says what it did. */
const orders = JSON.parse(process.env['SINCMESH_CHILD'] ?? '{}') as ChildOrders;
const topology = parseTopology(orders.topology);
const clock = wallClock();
const { id, etcd, file } = orders;

function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

async function openStore(): Promise<Store> {
  if (etcd !== undefined)
    return EtcdStore.connect({ endpoints: etcd, id, prefix: orders.prefix ?? 'child/' });
  return FileStore.open(file ?? '');
}

const store = await openStore();
const cluster =
  etcd === undefined
    ? undefined
    : new Cluster({ id, store, clock, switches: [...topology.switches.keys()], leaseMs: 2000 });
const controller = new Controller({
  topology,
  program: sincmesh(),
  clock,
  store: cluster?.store ?? store,
  ...(cluster !== undefined && { cluster }),
  log: (event) => {
    if (event.kind === 'cluster') say(`state ${event.state.kind}`);
    if (event.kind === 'pipeline') say(`pipeline ${event.pushed}`);
    if (event.kind === 'refused') say(`refused ${event.message}`);
  },
});
await controller.start();
for (const [name, port] of Object.entries(orders.ports)) {
  await controller.connect(name, `127.0.0.1:${port}`, { backoff: { initialMs: 10, maxMs: 50 } });
}
say('started');
controller.settled().then(
  () => say('settled'),
  () => undefined,
);

let port = orders.firstPort;
const registered: number[] = [];

/** One registration after another, and now and then the end of one. */
async function lane(): Promise<void> {
  for (;;) {
    port += 1;
    const mine = port;
    try {
      const service = `/killed/s${mine % 7}`;
      const made = await controller.registry.register({
        service,
        address: orders.address,
        port: mine,
        ttlMs: 3_600_000,
      });
      say(`+ ${made.id} ${mine}`);
      registered.push(made.id);
      if (registered.length % 3 !== 0) continue;
      const gone = registered.splice(Math.floor(Math.random() * registered.length), 1)[0] ?? 0;
      say(`? ${gone}`);
      await controller.registry.deregister(gone);
      say(`- ${gone}`);
    } catch (error) {
      say(`failed ${error instanceof Error ? error.message : error}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => setTimeout(resolve, orders.pauseMs ?? 0));
  }
}

await Promise.all([lane(), lane(), lane(), lane()]);
