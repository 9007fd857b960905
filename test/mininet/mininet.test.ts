import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bmv2Missing } from '../../experiments/bmv2.js';
import {
  interfacesMissing,
  type MininetRun,
  mininetMissing,
  PYTHON,
  runIsolated,
  runMininet,
  runMn,
} from '../../experiments/mininet.js';
import { packagePath } from '../../experiments/package-path.js';
import { decodePcap } from '../../switch/ports/pcap.js';

/** SINCMESH_INTERRUPTS=100 for the long run. */
const INTERRUPTS = Number(process.env['SINCMESH_INTERRUPTS'] ?? 1);

/** A line of interrupted.py. */
interface Interrupted {
  readonly status: number;
  readonly hung: boolean;
  readonly error: string;
  readonly interfaces: readonly string[];
  readonly processes: readonly string[];
}

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

  for (const [kind, missing] of kinds) {
    it(`leaves nothing behind when a signal comes at a random moment, on ${kind} (${INTERRUPTS} times)`, async function () {
      if (missing !== undefined) return this.skip();
      this.timeout(60_000 + INTERRUPTS * 90_000);
      const seed = Number(process.env['SINCMESH_SEED'] ?? Math.floor(Math.random() * 1e9));
      const small = packagePath('experiments/topologies/small.yaml');
      const run = [PYTHON, packagePath('mininet/run.py'), '--switch', kind, '--topology', small];
      const tests = ['--test', 'services,gateway,iperf,kills'];
      const driver = [packagePath('test/mininet/interrupted.py'), String(INTERRUPTS), String(seed)];
      const { status, stdout, output } = await runIsolated(PYTHON, [...driver, ...run, ...tests]);
      assert.equal(status, 0, output);
      const rounds = stdout.trim().split('\n');
      assert.equal(rounds.length, INTERRUPTS);
      for (const line of rounds) {
        const round = JSON.parse(line) as Interrupted;
        const said = `SINCMESH_SEED=${seed}: ${line}`;
        assert.deepEqual([round.hung, round.interfaces, round.processes], [false, [], []], said);
        // 0 and 1 where it was over before.
        assert.ok([0, 129, 130, 143, -1, -2, -15].includes(round.status), said);
        assert.doesNotMatch(round.error, /Traceback/, said);
      }
    });

    it(`keeps packets and what was said where asked, on ${kind}`, async function () {
      if (missing !== undefined) return this.skip();
      // Beside the package: the run has a /tmp of its own.
      const folder = mkdtempSync(packagePath(`dist/kept-${kind}-`));
      try {
        const small = packagePath('experiments/topologies/small.yaml');
        const kept = ['--logs', join(folder, 'logs'), '--pcap', join(folder, 'pcaps')];
        const args = ['--topology', small, '--switch', kind, '--test', 'pingall', ...kept];
        const { status, output } = await runMininet(args);
        assert.equal(status, 0, output);
        assert.deepEqual(readdirSync(join(folder, 'logs')).sort(), [
          'controller.log',
          'leaf1.log',
          'leaf2.log',
          'spine1.log',
        ]);
        const files = readdirSync(join(folder, 'pcaps'));
        for (const port of ['leaf1-eth1', 'leaf1-eth2', 'leaf1-eth11', 'leaf2-eth1', 'spine1-eth2']) {
          const frames = files
            .filter((file) => file.startsWith(`${port}_`) || file.startsWith(`${port}.`))
            .flatMap((file) => decodePcap(readFileSync(join(folder, 'pcaps', file))));
          // An echo request and its reply at least.
          assert.ok(frames.length >= 2, `${port}: ${frames.length} frames in ${files.join(', ')}`);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it('is a library for scripts in Python, and runs scripts of one’s own on its hosts', async function () {
    const missing = absent ?? interfacesMissing();
    if (missing !== undefined) return this.skip();
    const { status, output } = await runIsolated(PYTHON, [
      packagePath('test/mininet/api.py'),
      packagePath('mininet'),
      packagePath('experiments/topologies/small.yaml'),
      'embedded',
      packagePath('dist/test/experiments/own-script.js'),
    ]);
    assert.match(output, /\{'answered': \{'h3': 10\}, 'wrong': 0\}/);
    assert.match(output, /^serves$/m);
    assert.match(output, /^\/host\/h1: 100000$/m);
    assert.match(output, /1 packets transmitted, 1 received/);
    // The network is torn down although the script ends with an error, and a process of its own still runs.
    assert.match(output, /^\d+ still runs$/m);
    assert.equal(status, 1, output);
  });

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
