import { openHost } from '../../experiments/processes/open-host.js';
import { ReduceGroup } from '../../host/index.js';

/**
 * A script as somebody writes it who has a host of a fabric: `own-script.js serve NAME` or `own-script.js call NAME`, and
 * `own-script.js reduce GROUP SOURCE SOURCES WINDOW DESTINATION`. Says what it has done on one line.
 */
const [what = '', ...rest] = process.argv.slice(2);
const host = await openHost();
await host.attach({ deadlineUs: 20e6, attempts: 12 });
if (what === 'serve') {
  await host.serve(rest[0] ?? '', ({ payload, source }) => Buffer.from(`${source}: ${payload.length}`));
  console.log('serves');
} else {
  if (what === 'call') {
    const { payload } = await host.call(rest[0] ?? '', new Uint8Array(100_000), { deadlineUs: 20e6 });
    console.log(Buffer.from(payload).toString());
  } else {
    const [group = 0, source = 0, sources = 0, window = 0] = rest.map(Number);
    const member = new ReduceGroup(host.sinc, { group, source, sources, window, destination: rest[4] ?? '' });
    console.log(
      (await member.allReduce(new Int32Array(10_000).fill(source + 1))).join() === `${'3,'.repeat(9999)}3`,
    );
  }
  host.close();
  process.exit();
}
