import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { packagePath } from '../../experiments/package-path.js';
import type { Finding } from '../../experiments/report.js';

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function sincmesh(...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [packagePath('dist/cli/main.js'), ...args]);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

async function findings(...args: string[]): Promise<Finding[]> {
  const { status, stdout, stderr } = await sincmesh('demo', '--json', ...args);
  assert.equal(status, 0, `exit status ${status}\n${stderr}\n${stdout}`);
  return JSON.parse(stdout) as Finding[];
}

/** Everything but what real time has a part in. */
function virtual(all: readonly Finding[]): Finding[] {
  return all.filter(({ what }) => what !== 'up' && what !== 'real time');
}

describe('the main job', function () {
  this.timeout(120_000);

  it('runs to its end, and every check holds', async () => {
    const all = await findings();
    assert.deepEqual(
      [...new Set(all.map(({ section }) => section))],
      ['Fabric', 'Names', 'Aggregation', 'Key-value cache', 'Sequencer and lock', 'Altogether'],
    );
    const checks = all.filter(({ verdict }) => verdict !== 'measured');
    assert.ok(checks.length >= 20, `${checks.length} checks`);
    assert.deepEqual(
      checks.filter(({ verdict }) => verdict === 'failed'),
      [],
    );
  });

  it('holds with other chances and on links that lose frames', async () => {
    const all = await findings('--seed', '5', '--loss', '2');
    assert.deepEqual(
      all.filter(({ verdict }) => verdict === 'failed'),
      [],
    );
  });

  it('gives the same run for the same seed, and another for another', async () => {
    const first = virtual(await findings('--only', 'names,cells', '--seed', '3'));
    assert.deepEqual(virtual(await findings('--only', 'names,cells', '--seed', '3')), first);
    assert.notDeepEqual(virtual(await findings('--only', 'names,cells', '--seed', '4')), first);
  });
});

describe('the command line', function () {
  this.timeout(20_000);

  it('explains itself', async () => {
    const overview = await sincmesh('--help');
    assert.equal(overview.status, 0);
    assert.match(overview.stdout, /demo\s+bring up a fabric/);
    const demo = await sincmesh('demo', '--help');
    assert.equal(demo.status, 0);
    assert.match(demo.stdout, /--seed N\s+seed/);
    assert.match((await sincmesh('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('says what is wrong with an argument, and what would be right', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['demmo'], /no command 'demmo'; did you mean demo\?/],
      [['demo', '--sed', '1'], /'--sed'.*did you mean --seed\?/s],
      [['demo', '--seed', 'x'], /--seed takes a whole number/],
      [['demo', '--only', 'naming'], /names, training, cache, cells; 'naming' is none/],
      [['demo', 'extra'], /'extra' is one argument too many/],
    ];
    for (const [args, expected] of cases) {
      const { status, stderr, stdout } = await sincmesh(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, expected);
      assert.equal(stdout, '');
    }
  });
});
