import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../experiments/package-path.js';

const FOLDER = packagePath('experiments/examples');

/** What a program of experiments/examples prints; rejects where it fails. */
async function run(name: string, ...args: readonly string[]): Promise<string> {
  const program = packagePath(`dist/experiments/examples/${name}.js`);
  return (await promisify(execFile)(process.execPath, [program, ...args], { cwd: tmpdir() })).stdout;
}

describe('examples to copy', function () {
  this.timeout(60_000);

  it('experiment: calls, an exact sum, counters, and no call lost round a cut', async () => {
    const [calls = '', sum = '', service, leaf, cut, round] = (await run('experiment')).split('\n');
    const [, h3, h4] = /^200 calls: h3 (\d+), h4 (\d+); median [\d.]+ us/.exec(calls) ?? assert.fail(calls);
    assert.equal(Number(h3) + Number(h4), 200);
    assert.ok(Number(h3) > Number(h4));
    assert.match(sum, /^all-reduce of 10000 values: exact, 0 packets by the host/);
    assert.equal(service, '/lab/echo: 200 requests, 200 answers');
    assert.equal(leaf, 'leaf1 ingress.services.requests[1]: 200 packets');
    assert.equal(cut, 'leaf1 to spine1 is cut: {"found":"down","used":false}');
    assert.equal(round, '200 calls round it: 0 lost');
  });

  it('own-program: prints what docs/own-program.md says, and is what p4c makes of its source', async function () {
    const document = readFileSync(packagePath('docs/own-program.md'), 'utf8');
    const printed = await run('own-program');
    assert.match(printed, /^port 2: 0200/);
    assert.ok(document.includes(`\`\`\`\n${printed}\`\`\``), printed);
    const [, flags = ''] =
      /^p4c-bm2-ss (.*) own-program\.p4/m.exec(document) ?? assert.fail('no call of p4c');
    if (spawnSync('p4c-bm2-ss', ['--version']).error !== undefined) this.skip();
    const made = mkdtempSync(join(tmpdir(), 'sincmesh-own-program-'));
    try {
      const words = flags.split(' ').map((word) => word.replace(/^own-program\//, `${made}/`));
      await promisify(execFile)('p4c-bm2-ss', [...words, 'own-program.p4'], { cwd: FOLDER });
      assert.equal(await run('own-program', made), printed);
      const [ours = '', theirs] = [join(FOLDER, 'own-program'), made].map((folder) =>
        readFileSync(join(folder, 'own-program.p4info.txtpb'), 'utf8'),
      );
      assert.equal(ours, theirs);
    } finally {
      rmSync(made, { recursive: true });
    }
  });
});
