import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const hooks = fileURLToPath(new URL('./hooks.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

describe('a run of the tests', function () {
  this.timeout(60_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sincmesh-run-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function run(body: string): Promise<Ended> {
    const file = join(folder, 'some.test.mjs');
    await writeFile(file, body);
    const env = { ...process.env, SINCMESH_TEST_GRACE_MS: '200' };
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [mocha, '--no-config', '--require', hooks, file],
        { env, cwd: folder, timeout: 50_000 },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
  }

  it('ends where a test that failed left a timer behind, and says both', async () => {
    const { code, output } = await run(
      "it('a', () => { setInterval(() => undefined, 1000); throw new Error('no'); });",
    );
    assert.equal(code, 1);
    assert.match(output, /1 failing/);
    assert.match(output, /left something open, 200 ms after the last of them: .*Timeout/);
  });

  it('takes with it a process that a test has left behind', async () => {
    const { code, output } = await run(
      "import { spawn } from 'node:child_process';" +
        "it('a', () => { console.log('child', spawn('sleep', ['600'], { stdio: 'ignore' }).pid); throw new Error('no'); });",
    );
    assert.equal(code, 1);
    const pid = Number(/child (\d+)/.exec(output)?.[1]);
    assert.ok(pid > 0, output);
    // It is gone, or dead and not fetched yet by whoever inherited it.
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '(sleep) Z');
    assert.match(state, /\) Z/);
  });

  it('says nothing more where nothing is left', async () => {
    const { code, output } = await run("it('a', () => undefined);");
    assert.equal(code, 0);
    assert.doesNotMatch(output, /left something open/);
  });
});
