import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from '../../cli/command.js';
import { apiSettings } from '../../cli/up/api-settings.js';
import { openState } from '../../cli/up/state.js';
import { up } from '../../cli/up/up.js';
import { packagePath } from '../../experiments/package-path.js';
import { Certificates } from '../api/certificates.js';
import { MAIN, sincmesh, Up } from './sincmesh-process.js';

const TOPOLOGY = packagePath('experiments/topologies/small.yaml');

describe('sincmesh up and its commands', function () {
  this.timeout(180_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-up-'));
  });
  afterEach(() => Up.killAll());
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('says where its API is in JSON, for scripts', async () => {
    const words = [MAIN, 'up', TOPOLOGY, '--json', '--port', '0', '--no-grpc'];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        const { api, ...rest } = JSON.parse(line) as { api: string };
        assert.deepEqual(rest, { grpc: null, switches: 3, embedded: true, hosts: 4 });
        assert.equal((await fetch(`${api}/healthz`)).status, 200);
        child.kill('SIGINT');
      }
      assert.deepEqual(await ended, [0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it("a newcomer's session: start, serve, call, a policy, stop, and the state is still there, behind a token", async () => {
    const state = join(folder, 'state');
    const first = await Up.start(TOPOLOGY, '--state', state);
    assert.match(await first.ask('topology'), /h4\s+leaf2\s+2\s+10\.0\.2\.2/);
    assert.match(
      await first.ask('service', 'serve', '/shop/cart', '--host', 'h3', '--answer', 'hello'),
      /instance 1/,
    );
    assert.match(await first.ask('service', 'list'), /\/shop\/cart/);
    assert.equal(await first.ask('call', '/shop/cart', '--host', 'h1'), 'hello\n');
    assert.match(await first.ask('trace', '/shop/cart'), /leaf1[\s\S]*spine1[\s\S]*leaf2[\s\S]*owner/);
    assert.match(await first.ask('apply', 'reduce-groups', 'sums', '{"hosts": ["h1", "h3"]}'), /sum/);

    // h1 may not call the shop any more, others may.
    await first.ask('policy', 'apply', 'closed', '{destination: /shop, source: /host/h1, access: deny}');
    await first.until<{ missing: unknown[] }>(
      '/v1/switches/leaf1/diff',
      'the leaf has the policy',
      ({ missing }) => missing.length === 0,
    );
    const denied = await first.run('call', '/shop/cart', '--host', 'h1');
    assert.equal(denied.status, 1);
    assert.match(denied.err, /NACK.*DENIED/);
    assert.equal(await first.ask('call', '/shop/cart', '--host', 'h2'), 'hello\n');
    assert.match(await first.ask('name', '/shop/cart'), /policy closed: .*deny/);
    assert.match(await first.ask('entries', 'leaf1'), /strategy\.acl +dst=\/shop src=\/host\/h1 /);
    assert.match(await first.ask('diff', 'leaf1'), /as it should be/);
    assert.equal(await first.interrupt(), 0);

    // It comes back asking for tokens, of which only the hashes are kept.
    const file = join(folder, 'tokens');
    const { out: token } = await sincmesh(['token', file, '--name', 'me']);
    assert.ok(!readFileSync(file, 'utf8').includes(token.trim()));
    const kept = join(folder, 'token');
    writeFileSync(kept, token);
    const second = await Up.start(TOPOLOGY, '--state', state, '--token-file', file);
    const { status, err } = await second.run('topology');
    assert.equal(status, 4);
    assert.match(err, /UNAUTHENTICATED/);
    const shown = ['--token-from', kept];
    const groups = await second.json<{ name: string }[]>('get', 'reduce-groups', ...shown);
    assert.deepEqual(
      groups.map(({ name }) => name),
      ['sums'],
    );
    assert.match(await second.ask('policy', 'list', ...shown), /closed/);
    await second.ask('policy', 'delete', 'closed', ...shown);
    assert.equal(await second.ask('policy', 'list', ...shown), 'none\n');
    assert.equal(await second.interrupt(), 0);
  });

  it('says where nobody answers, and ends with 3', async () => {
    const { status, err } = await sincmesh(['switch', 'list', '--api', 'http://127.0.0.1:9']);
    assert.equal(status, 3);
    assert.match(err, /UNREACHABLE.*sincmesh up/);
  });

  it('finds the command that was meant', async () => {
    const { status, err } = await sincmesh(['servce']);
    assert.equal(status, 2);
    assert.match(err, /did you mean service\?/);
    assert.match((await sincmesh(['service', 'lst'])).err, /did you mean service list\?/);
  });

  it('does not open itself to others without authentication', async () => {
    const { status, err } = await sincmesh([
      'up',
      TOPOLOGY,
      '--listen',
      '0.0.0.0',
      '--port',
      '0',
      '--no-grpc',
    ]);
    assert.equal(status, 1);
    assert.match(err, /--token-file/);
  });

  it('serves TLS, and knows clients by certificate', async function () {
    const { missing } = Certificates;
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    const certificates = new Certificates();
    const path = (name: string) => [
      '--cert',
      certificates.path(name),
      '--key',
      certificates.path(name, 'key'),
    ];
    const ca = ['--ca', certificates.path('ca')];
    try {
      const running = await Up.start(
        TOPOLOGY,
        ...['--tls-cert', certificates.path('server'), '--tls-key', certificates.path('server', 'key')],
        ...['--tls-client-ca', certificates.path('ca')],
      );
      assert.match(running.api, /^https:/);
      await running.ask('topology', ...ca, ...path('client'));
      assert.equal((await running.run('topology', ...ca)).status, 4);
      assert.equal((await running.run('topology', ...ca, ...path('stranger'))).status, 4);
      const untrusted = await running.run('topology', ...path('client'));
      assert.equal(untrusted.status, 3);
      assert.match(untrusted.err, /certificate/);
      assert.equal(await running.interrupt(), 0);
    } finally {
      certificates.remove();
    }
  });

  it('says what is wrong with a folder for its state, a file, and a certificate', async () => {
    // mkdir does not come back from a folder of /proc by itself.
    await assert.rejects(openState(TOPOLOGY, parse(up, ['--state', '/proc/sincmesh'])), {
      message: /^E\w+: .*\/proc\/sincmesh/,
    });
    await assert.rejects(openState(folder, parse(up, [])), { code: 'INPUT', message: /: it is a folder/ });
    const pair = ['--tls-cert', TOPOLOGY, '--tls-key', TOPOLOGY];
    assert.throws(() => apiSettings(parse(up, pair)), {
      code: 'INPUT',
      message: /small\.yaml are no certificate and its key/,
    });
    const { status, err } = await sincmesh(['up', folder]);
    assert.equal(status, 1);
    assert.match(err, /^sincmesh: cannot read .*: it is a folder, not a file\n$/);
  });

  it('tells about a topology that is wrong by line', async () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'switches: 5\n');
    const { status, err } = await sincmesh(['up', file]);
    assert.equal(status, 1);
    assert.match(err, /wrong\.yaml:1/);
    assert.doesNotMatch(err, /at .*\.js/);
  });
});
