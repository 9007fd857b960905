import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { CPU_PORT } from './leaf.js';

/*
 * The switches of the registry bench, a process of their own. Arguments: how many. Sends the ports of their servers,
 * then, whenever it is asked, what they have taken and hold (table entries). Frames it is given arrive at port 11 of
 * the first one, and what leaves there is counted.
 */

interface Order {
  /** In base64; they arrive one after another, again and again. */
  readonly frames: readonly string[];
  readonly perSecond: number;
  readonly total: number;
}

const nodes: { device: EmbeddedSwitch; server: P4RuntimeServer }[] = [];
for (let i = 0; i < Number(process.argv[2]); i += 1) {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  nodes.push({
    device,
    server: await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' }),
  });
}
process.send?.({ ports: nodes.map(({ server }) => server.port) });

let answered = 0;
nodes[0]?.device.attach(11, {
  transmit: () => {
    answered += 1;
  },
});

/** Lets frames arrive at a steady rate. */
function play({ frames, perSecond, total }: Order): void {
  const bytes = frames.map((frame) => Buffer.from(frame, 'base64'));
  const start = performance.now();
  let next = 0;
  const timer = setInterval(() => {
    const due = Math.min(total, Math.ceil(((performance.now() - start) / 1000) * perSecond));
    for (; next < due; next += 1) nodes[0]?.device.receive(11, bytes[next % bytes.length] ?? Buffer.alloc(0));
    if (next === total) clearInterval(timer);
  }, 10);
}

process.on('message', (order: Order | 'counts') => {
  if (order !== 'counts') {
    play(order);
    return;
  }
  let updates = 0;
  let entities = 0;
  for (const { device, server } of nodes) {
    updates += server.counters.updates;
    for (const table of device.program?.tables.values() ?? []) entities += table.size;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ updates, entities, answered, cpu: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit(0));
