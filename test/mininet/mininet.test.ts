import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { packagePath } from '../../experiments/package-path.js';

// Debian's own Python: another one on the PATH does not see Debian's packages.
const PYTHON = '/usr/bin/python3';

/** Why Mininet cannot run here. */
function mininetMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  if (spawnSync('unshare', ['-n', 'true']).status !== 0) return 'may not make network namespaces';
  if (spawnSync(PYTHON, ['-c', 'import mininet.net, yaml']).status !== 0)
    return 'Mininet is not installed (apt-get install mininet)';
  for (const tool of ['ping', 'iperf', 'ethtool']) {
    if (spawnSync('which', [tool]).status !== 0) return `${tool} is not on the PATH`;
  }
  return undefined;
}

/** Runs every scenario on the small topology; gives the status and what was printed. */
function run(kind: string): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const topology = packagePath('experiments/topologies/small.yaml');
    const child = spawn(PYTHON, [packagePath('mininet/run.py'), '--topology', topology, '--switch', kind]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

describe('Mininet', function () {
  this.timeout(180_000);

  const absent = mininetMissing();
  const kinds = [
    [
      'embedded',
      absent ??
        (spawnSync(process.execPath, ['-e', 'require("koffi")']).status === 0 ? undefined : 'no koffi'),
    ],
    ['bmv2', absent ?? bmv2Missing()],
  ] as const;
  for (const [kind, missing] of kinds) {
    if (missing !== undefined) {
      it(`runs every scenario on ${kind} (skipped: ${missing})`);
      continue;
    }
    it(`runs every scenario on ${kind}`, async () => {
      const { status, output } = await run(kind);
      assert.equal(status, 0, output);
      assert.match(output, /^7 passed, 0 failed$/m);
    });
  }
});
