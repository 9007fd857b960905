import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bmv2, bmv2Missing } from '../../experiments/bmv2.js';
import { CPU_PORT } from '../../experiments/program.js';
import { Elsewhere } from './elsewhere.js';
import { Up } from './sincmesh-process.js';

interface SwitchRow {
  readonly name: string;
  readonly connection: string;
  readonly reconciler: string;
  readonly written: number;
}

const areSettled = (rows: readonly SwitchRow[]) =>
  rows.every(({ connection, reconciler }) => connection === 'primary' && reconciler === 'idle');

describe('sincmesh up --connect', function () {
  this.timeout(180_000);
  let fabric: Elsewhere;
  let up: Up | undefined;
  before(async () => {
    fabric = await Elsewhere.start();
  });
  afterEach(async () => {
    await Up.killAll();
  });
  after(async () => {
    await fabric?.close();
  });

  const settled = (of: Up) =>
    of.until<SwitchRow[]>('/v1/switches', 'every switch holds what it should', areSettled);

  it('programs switches that run elsewhere, and is asked about them', async () => {
    up = await Up.start(fabric.file, '--connect');
    await settled(up);
    const server = await fabric.switches.host('h2');
    await server.ask('serve', { service: '/shop/cart', ttl_ms: 60_000 });
    await up.ask('diff');
    const caller = await fabric.switches.host('h1');
    const { answered } = (await caller.ask('call', { service: '/shop/cart', count: 10 })) as {
      answered: Record<string, number>;
    };
    assert.deepEqual(answered, { h2: 10 });
    assert.match(
      await up.ask('name', '/shop/cart'),
      /leaf1 +\/shop\/cart +1 +instance 1 at 10\.0\.2\.1:\d+ \(h2\)/,
    );
    assert.match(await up.ask('entries', 'leaf1', 'ingress.names.fib'), /name=\/host\/h2/);

    // There is nobody to ask here.
    const call = await up.run('call', '/shop/cart');
    assert.equal(call.status, 1);
    assert.match(call.err, /NOT_POSSIBLE.*ask from h1 itself/);
    assert.equal((await up.run('packets', 'leaf1')).status, 1);
    assert.equal(await up.interrupt(), 0);
  });

  it('leads round what fails, and says so', async () => {
    up = await Up.start(fabric.file, '--connect');
    await settled(up);
    await up.ask('group', 'reduce', 'sums', '{"hosts": ["h1", "h2"]}');
    interface Group {
      readonly status: { readonly switches: readonly string[]; readonly epoch: number };
    }
    const group = await up.get<Group>('/v1/reduce-groups/sums');
    const spine = group.status.switches.find((name) => name.startsWith('spine'));
    assert.ok(spine !== undefined);
    await up.until<{ links: { found: string }[] }>(
      '/v1/topology',
      'every link carries packets',
      ({ links }) => links.every(({ found }) => found === 'up'),
    );

    await fabric.switches.killSwitch(spine);
    const moved = await up.until<Group>(
      '/v1/reduce-groups/sums',
      'the group has moved',
      ({ status }) => !status.switches.includes(spine),
    );
    assert.notEqual(moved.status.epoch, group.status.epoch);
    const other = spine === 'spine1' ? 'spine2' : 'spine1';
    assert.ok(moved.status.switches.includes(other));
    await up.until<{ links: { found: string }[] }>(
      '/v1/topology',
      'both links of the switch are down',
      ({ links }) => links.filter(({ found }) => found === 'down').length === 2,
    );
    assert.match(await up.ask('topology'), new RegExp(`leaf1:1[12] +${spine}:1 +down`));
    const events = await up.ask('events', '--since', '0', '--count', '40');
    assert.match(events, /link +\{"link":"leaf1:1[12]-spine[12]:1","state":"down"\}/);
    assert.match(await up.ask('group', 'list'), new RegExp(`sums.*${other}`));

    await fabric.switches.restartSwitch(spine);
    await settled(up);
    await up.until<{ links: { found: string }[] }>('/v1/topology', 'every link is back', ({ links }) =>
      links.every(({ found }) => found === 'up'),
    );
  });
});

describe('sincmesh up --connect to simple_switch_grpc', function () {
  this.timeout(180_000);
  let bmv2: Bmv2 | undefined;
  let folder = '';
  afterEach(async () => {
    await Up.killAll();
    await bmv2?.stop();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  it('programs it, and reads from it what it holds', async function () {
    const missing = bmv2Missing();
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    bmv2 = await Bmv2.start({ inputs: new Map([[1, []]]), waitS: 1, cpuPort: CPU_PORT, deviceId: 7 });
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-bmv2-up-'));
    const file = join(folder, 'one.yaml');
    writeFileSync(
      file,
      [
        'fabric: { service: 10.255.255.1 }',
        `switches: [{ name: leaf1, role: leaf, id: 1, grpc: '${bmv2.address}' }]`,
        'links: []',
        'hosts: [{ name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }]',
        '',
      ].join('\n'),
    );
    const up = await Up.start(file, '--connect', '--device-id', '7');
    await up.until<SwitchRow[]>('/v1/switches', 'it holds what it should', areSettled);
    await up.ask('service', 'register', '/shop/cart', '10.0.1.1:7000');
    await up.until<SwitchRow[]>('/v1/switches', 'it holds what it should', areSettled);
    assert.match(await up.ask('diff'), /leaf1: as it should be; \d+ the same, 0 refused/);
    assert.match(
      await up.ask('name', '/shop/cart/item'),
      /leaf1 +\/shop\/cart +1 +instance 1 at 10\.0\.1\.1:7000 \(h1\) +1 +1/,
    );
    assert.match(await up.ask('entries', 'leaf1', 'ingress.names.fib'), /name=\/host\/h1/);
    assert.equal(await up.interrupt(), 0);
  });
});
