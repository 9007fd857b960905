import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mininetMissing, PYTHON, runIsolated, runMininet } from '../../experiments/mininet.js';
import { packagePath } from '../../experiments/package-path.js';

/** A line of links.py. */
interface Said {
  readonly options: Readonly<Record<string, unknown>>;
  /** Why this kernel has no netem. */
  readonly missing: string | null;
  readonly qdiscs?: readonly string[];
  readonly classes?: readonly string[];
  readonly error?: string;
  readonly commands: readonly (readonly [command: string, answer: string])[];
}

async function madeOf(quality: object): Promise<Said> {
  const arguments_ = [packagePath('test/mininet/links.py'), packagePath('mininet'), JSON.stringify(quality)];
  const { status, stdout, output } = await runIsolated(PYTHON, arguments_);
  assert.equal(status, 0, output);
  return JSON.parse(stdout) as Said;
}

const SMALL = `
fabric: { service: 10.255.255.1 }
switches: [{ name: LEAF, role: leaf, id: 1 }]
links: []
hosts:
  - { name: h1, switch: LEAF, port: 1, ipv4: 10.0.1.1 }
  - { name: h2, switch: LEAF, port: 2, ipv4: 10.0.1.2, QUALITY }
`;

/** Runs a topology; its file stands beside the package, since the run has a /tmp of its own. */
async function run(text: string) {
  const folder = mkdtempSync(packagePath('dist/links-'));
  const file = join(folder, 'topology.yaml');
  writeFileSync(file, text);
  try {
    return await runMininet(['--topology', file, '--test', 'pingall']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('links in Mininet', function () {
  this.timeout(120_000);
  const absent = mininetMissing();
  before(function () {
    if (absent !== undefined) this.skip();
  });

  it('have the rate and the queue of the file, in either direction, whatever the kernel', async () => {
    const { options, qdiscs = [], classes = [], error } = await madeOf({ rateMbps: 100, queuePackets: 64 });
    assert.equal(error, undefined);
    assert.deepEqual(options, { bw: 100, max_queue_size: 64 });
    assert.equal(qdiscs.length, 2);
    for (const qdisc of qdiscs) assert.match(qdisc, /qdisc pfifo 10: parent 5:1 limit 64p/);
    for (const each of classes) assert.match(each, /class htb 5:1 .*rate 100Mbit ceil 100Mbit/);
  });

  it('are a bare cable where the file says nothing, or more than tc can do', async () => {
    for (const quality of [{}, { rateMbps: 10_000, delayUs: 5, queuePackets: 64 }]) {
      const { options, qdiscs = [], commands } = await madeOf(quality);
      assert.deepEqual([options, commands], [{}, []]);
      for (const qdisc of qdiscs) assert.match(qdisc, /qdisc noqueue/);
    }
  });

  it('delay, lose and double by netem, told as tc takes it, or say that the kernel has none', async () => {
    const told: readonly [object, string][] = [
      [{ delayUs: 200 }, 'root handle 10: netem delay 200us limit 101000'],
      [{ loss: 0.01 }, 'root handle 10: netem loss 1.00000% limit 101000'],
      // 62 frames are under way in 5 ms, and 64 may wait.
      [
        { rateMbps: 100, delayUs: 5000, loss: 0.001, duplicate: 0.5, queuePackets: 64 },
        'parent 5:1 handle 10: netem delay 5000us loss 0.10000% duplicate 50.00000% limit 126',
      ],
    ];
    for (const [quality, words] of told) {
      const { commands, missing, qdiscs = [], error = '' } = await madeOf(quality);
      const [command = '', answer = ''] = commands.at(-1) ?? [];
      assert.equal(command.replace(/\s+/g, ' '), `tc qdisc add dev va ${words}`);
      if (missing === null) {
        assert.equal(answer, '');
        for (const qdisc of qdiscs) assert.match(qdisc, /qdisc netem 10: /);
      } else {
        // What is wrong is the kernel, not the words.
        assert.equal(answer, 'Error: Specified qdisc kind is unknown.\n');
        assert.match(error, /^a-eth0: no netem after its set-up; tc said: .*Specified qdisc kind is unknown/);
      }
    }
  });

  it('that cannot be had are refused before anything is made, with the link and the remedy', async () => {
    const long = await run(SMALL.replaceAll('LEAF', 'frankfurt-leaf').replace(', QUALITY', ''));
    assert.equal(long.status, 1);
    assert.match(
      long.output,
      /'frankfurt-leaf-eth1' is too long for an interface of Linux, which takes 15 characters; give 'frankfurt-leaf' a shorter name/,
    );
    const { missing } = await madeOf({});
    const { status, output } = await run(
      SMALL.replaceAll('LEAF', 'leaf').replace('QUALITY', 'delay_us: 2000'),
    );
    if (missing === null) assert.equal(status, 0, output);
    else {
      assert.equal(status, 1, output);
      assert.match(
        output,
        /link h2 - leaf: this kernel has no netem for the delay, .*; modprobe sch_netem, or leave/,
      );
    }
    assert.doesNotMatch(long.output + output, /Traceback/);
  });
});
