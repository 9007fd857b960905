/**
 * A P4 program of one's own on the embedded switch, driven by the P4Runtime client. The same lines drive
 * simple_switch_grpc or `sincmesh switch`: leave out the server and give their address.
 *
 *     npm run build && node dist/experiments/examples/own-program.js [FOLDER]
 *
 * FOLDER has own-program.json and own-program.p4info.txtpb as p4c makes them of own-program.p4 (docs/own-program.md).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { insert, SwitchClient } from '../../controller/p4runtime/index.js';
import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { serveP4Runtime } from '../../switch/p4runtime/index.js';
import { packagePath } from '../package-path.js';

const folder = process.argv[2] ?? packagePath('experiments/examples/own-program');
const p4info = parseP4Info(readFileSync(join(folder, 'own-program.p4info.txtpb')));
const deviceConfig = readFileSync(join(folder, 'own-program.json'));

// A switch, a P4Runtime server before it on a free port, and what is plugged into port 2.
const device = new EmbeddedSwitch({ clock: wallClock() });
const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
device.attach(2, {
  transmit: (frame) => console.log(`port 2: ${Buffer.from(frame).toString('hex')}`),
});

const client = new SwitchClient({
  address: `127.0.0.1:${server.port}`,
  deviceId: 1,
  electionId: 1n,
});
try {
  client.start();
  await client.whenPrimary(AbortSignal.timeout(10_000));
  await client.setPipeline({ p4info, deviceConfig });
  await client.write([
    insert({
      kind: 'table-entry',
      table: 'ingress.stations',
      match: { 'hdr.ethernet.dst': '02:00:00:00:00:02' },
      action: { kind: 'action', name: 'ingress.forward', params: { port: 2 } },
    }),
  ]);

  // One frame for the station behind port 2, and one for nobody.
  device.receive(1, Buffer.from('02000000000202000000000188b5cafe', 'hex'));
  device.receive(1, Buffer.from('02000000000902000000000188b5cafe', 'hex'));

  for await (const cell of client.read({ kind: 'counter', counter: 'ingress.sent', index: 2 })) {
    if (cell.kind === 'counter')
      console.log(`sent on port 2: ${cell.data.packets} packet, ${cell.data.bytes} bytes`);
  }
} finally {
  await client.close();
  await server.close();
}
