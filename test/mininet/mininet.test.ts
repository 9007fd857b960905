import assert from 'node:assert/strict';
import { bmv2Missing } from '../../experiments/bmv2.js';
import {
  interfacesMissing,
  type MininetRun,
  mininetMissing,
  runMininet,
  runMn,
} from '../../experiments/mininet.js';
import { packagePath } from '../../experiments/package-path.js';

describe('Mininet', function () {
  this.timeout(180_000);

  const absent = mininetMissing();
  const kinds = [
    ['embedded', absent ?? interfacesMissing()],
    ['bmv2', absent ?? bmv2Missing()],
  ] as const;
  for (const [kind, missing] of kinds) {
    if (missing !== undefined) {
      it(`runs every scenario on ${kind} (skipped: ${missing})`);
      continue;
    }
    const topology = packagePath('experiments/topologies/small.yaml');
    // Most of either run is waiting, so they wait at once.
    let viaMn: Promise<MininetRun> | undefined;
    const mn = (): Promise<MininetRun> => {
      viaMn ??= runMn([
        ...['--custom', packagePath('mininet/custom.py'), '--topo', `sincmesh,${topology}`],
        ...['--switch', kind === 'bmv2' ? 'bmv2' : 'sincmesh', '--controller', 'sincmesh'],
        ...['--test', 'pingall'],
      ]);
      return viaMn;
    };

    it(`runs every scenario on ${kind}`, async () => {
      void mn();
      const { status, output } = await runMininet(['--topology', topology, '--switch', kind]);
      assert.equal(status, 0, output);
      assert.match(output, /^10 passed, 0 failed$/m);
    });

    it(`is a switch class for Mininet's own command on ${kind}`, async () => {
      const { status, output } = await mn();
      assert.equal(status, 0, output);
      assert.match(output, /Results: 0% dropped \(12\/12 received\)/);
    });
  }

  it('says what is wrong with a topology file, where, and what to do', async function () {
    if (absent !== undefined) return this.skip();
    const gone = await runMininet(['--topology', '/nowhere.yaml']);
    assert.equal(gone.status, 1);
    assert.match(gone.output, /^topology file '\/nowhere.yaml': .*; give the path of a YAML file/m);
    const bad = packagePath('package.json');
    const { status, output } = await runMininet(['--topology', bad]);
    assert.equal(status, 1);
    assert.match(output, /^\S+package\.json:\d+:\d+: .*; .+$/m);
    assert.doesNotMatch(output, /Traceback/);
  });

  it('says which scenarios there are where one is unknown', async function () {
    if (absent !== undefined) return this.skip();
    const { status, output } = await runMininet(['--test', 'juggling']);
    assert.equal(status, 1);
    assert.match(output, /no scenario 'juggling'; there are: all, pingall/);
  });
});
