import { readFileSync } from 'node:fs';
import { Controller, parseTopology, wallClock } from '../../controller/index.js';
import { sincmeshPipeline } from '../program.js';
import { serveLines } from './lines.js';

/**
 * The controller as a process of its own: `controller.js TOPOLOGY`. The switches' gRPC addresses are connected with the
 * operation `connect`; groups and caches are made with the others (serveLines describes the form).
 */
const [file = ''] = process.argv.slice(2);
const topology = parseTopology(readFileSync(file, 'utf8'), file);
const controller = new Controller({
  topology,
  program: sincmeshPipeline(),
  clock: wallClock(),
  log: (event) => {
    if (event.kind === 'refused')
      process.stderr.write(`${event.switch} refused ${event.section}: ${event.message}\n`);
    if (event.kind === 'error')
      process.stderr.write(`${event.switch ?? 'controller'}: ${String(event.error)}\n`);
  },
});
await controller.start();

const settled = (): Promise<void> => controller.settled(AbortSignal.timeout(60_000));

await serveLines({
  /** Connects a switch; the device id is what its server was started with. */
  connect: (args) =>
    controller.connect(args.text('switch'), args.text('address'), {
      deviceId: BigInt(args.number('device_id')),
    }),
  settled,
  services: async () =>
    controller.registry.services().map(({ name, instances }) => [name.text, instances.length]),
  reduce: async (args) => {
    const group = await controller.groups.createReduce({
      hosts: args.texts('hosts'),
      operation: 'sum',
      window: args.number('window'),
      destination: args.text('destination'),
    });
    await settled();
    return { group: group.id, sources: group.sources.map(({ host, source }) => [host, source]) };
  },
  cells: async (args) => {
    const group = await controller.groups.createCells({
      hosts: args.texts('hosts'),
      cells: args.number('cells'),
      destination: args.text('destination'),
    });
    await settled();
    return { group: group.id, sources: group.sources.map(({ host, source }) => [host, source]) };
  },
  cache: async (args) => {
    await controller.cache.enable({
      service: args.text('service'),
      threshold: args.number('threshold'),
      capacity: args.number('capacity'),
    });
    await settled();
  },
});
await controller.close();
