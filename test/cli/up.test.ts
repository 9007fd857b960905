import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packagePath } from '../../experiments/package-path.js';

const MAIN = packagePath('dist/cli/main.js');
const TOPOLOGY = packagePath('experiments/topologies/small.yaml');

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function sincmesh(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out, err };
}

/** Starts `sincmesh up` on free ports; resolves with the process and where its API is. */
async function up(...options: readonly string[]): Promise<{ child: ChildProcess; api: string }> {
  const args = [MAIN, 'up', TOPOLOGY, '--port', '0', '--grpc-port', '0', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, api] = /API on (\S+?),/.exec(line) ?? [];
    if (api !== undefined) {
      child.stdout.resume();
      return { child, api };
    }
  }
  throw new Error('sincmesh up ended before it was up');
}

async function interrupt(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  return (await ended)[0];
}

describe('sincmesh up and its commands', function () {
  this.timeout(180_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-up-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("a newcomer's session: start, serve, call, a policy, stop, and the state is still there", async () => {
    const state = join(folder, 'state');
    const first = await up('--state', state);
    const ask = async (...args: string[]): Promise<string> => {
      const { status, out, err } = await sincmesh(args, { SINCMESH_API: first.api });
      assert.equal(status, 0, `${args.join(' ')}: ${err}`);
      return out;
    };
    assert.match(await ask('topology'), /h4\s+leaf2\s+2\s+10\.0\.2\.2/);
    assert.match(
      await ask('service', 'serve', '/shop/cart', '--host', 'h3', '--answer', 'hello'),
      /instance 1/,
    );
    assert.match(await ask('service', 'list'), /\/shop\/cart/);
    assert.equal(await ask('call', '/shop/cart', '--host', 'h1'), 'hello\n');
    assert.match(await ask('trace', '/shop/cart'), /leaf1[\s\S]*spine1[\s\S]*leaf2[\s\S]*owner/);
    assert.match(await ask('apply', 'reduce-groups', 'sums', '{"hosts": ["h1", "h3"]}'), /sum/);
    assert.match(await ask('diff', 'leaf1'), /as it should be/);
    const kinds = JSON.parse(await ask('kinds', '--json')) as { kind: string }[];
    assert.ok(kinds.some(({ kind }) => kind === 'policies'));
    const refused = await sincmesh(['policy', 'apply', 'p', '{"nowhere": 1}'], {
      SINCMESH_API: first.api,
    });
    assert.equal(refused.status, 1);
    assert.match(refused.err, /BAD_REQUEST/);
    const missing = await sincmesh(['get', 'reduce-groups', 'none'], { SINCMESH_API: first.api });
    assert.equal(missing.status, 5);
    assert.equal(await interrupt(first.child), 0);

    const second = await up('--state', state);
    const { out } = await sincmesh(['get', 'reduce-groups', '--json'], { SINCMESH_API: second.api });
    assert.equal((JSON.parse(out) as { name: string }[])[0]?.name, 'sums');
    assert.equal(await interrupt(second.child), 0);
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

  it('makes tokens, keeps hashes, and asks for them', async () => {
    const file = join(folder, 'tokens');
    const { out: token } = await sincmesh(['token', file, '--name', 'me']);
    assert.ok(!readFileSync(file, 'utf8').includes(token.trim()));
    const running = await up('--token-file', file);
    assert.equal((await sincmesh(['topology'], { SINCMESH_API: running.api })).status, 4);
    const kept = join(folder, 'token');
    writeFileSync(kept, token);
    const { status } = await sincmesh(['topology', '--api', running.api, '--token-from', kept]);
    assert.equal(status, 0);
    assert.equal(await interrupt(running.child), 0);
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
