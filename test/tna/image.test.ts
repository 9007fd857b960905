import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROFILES, ROOT, TARGETS } from './p4info.js';

interface Stamp {
  readonly compiler: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

type Amounts = Readonly<Record<string, number>>;

interface Resources {
  readonly target: string;
  readonly profile: string;
  readonly stages: { readonly used: number; readonly of: number };
  readonly used: Amounts;
  readonly of: Amounts;
  readonly byStage: readonly Amounts[];
}

const OUT = 'p4src/build/tna';
const read = (path: string): Buffer => readFileSync(new URL(path, ROOT));
const sha256 = (path: string): string => createHash('sha256').update(read(path)).digest('hex');
const walk = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT)).flatMap((entry) => {
    const path = `${folder}/${entry}`;
    return statSync(new URL(path, ROOT)).isDirectory() ? walk(path) : [path];
  });

describe('p4src/build/tna', () => {
  const stamp = JSON.parse(read(`${OUT}/stamp.json`).toString()) as Stamp;

  it('comes from the sources as they stand (else: p4src/tna/build.sh)', () => {
    const sources = [
      ...walk('p4src/tna').filter((file) => file.endsWith('.p4')),
      ...['constants', 'headers', 'metadata'].map((name) => `p4src/shared/${name}.p4`),
    ];
    assert.deepEqual(stamp.sources, Object.fromEntries(sources.sort().map((file) => [file, sha256(file)])));
  });

  it('includes of p4src/shared what the stamp says', () => {
    const program = read('p4src/tna/sincmesh.p4').toString();
    const included = [...program.matchAll(/#include "\.\.\/(shared\/\w+\.p4)"/g)].map(
      ([, file]) => `p4src/${file}`,
    );
    assert.deepEqual(
      Object.keys(stamp.sources).filter((file) => file.startsWith('p4src/shared/')),
      included.sort(),
    );
  });

  it('is what the compiler made, not edited since', () => {
    const outputs = walk(OUT).filter((file) => file !== `${OUT}/stamp.json`);
    assert.deepEqual(stamp.outputs, Object.fromEntries(outputs.sort().map((file) => [file, sha256(file)])));
  });

  for (const target of TARGETS) {
    for (const profile of PROFILES) {
      it(`${target}/${profile} fits the chip`, () => {
        const report = JSON.parse(read(`${OUT}/${target}/${profile}/resources.json`).toString()) as Resources;
        assert.equal(report.target, target);
        assert.equal(report.profile, profile);
        assert.equal(report.stages.of, target === 'tofino' ? 12 : 20);
        assert(report.stages.used <= report.stages.of);
        for (const [what, amount] of Object.entries(report.used)) {
          const limit = report.of[what];
          if (limit !== undefined) assert(amount <= limit, `${what}: ${amount} of ${limit}`);
        }
        // Four meter ALUs to a stage, which stateful registers, meters and selectors share.
        for (const stage of report.byStage) assert((stage['meterAlus'] ?? 5) <= 4, `stage ${stage['stage']}`);
      });
    }
  }

  it('is what docs/tofino.md says of it', () => {
    const lines = read('docs/tofino.md').toString().split('\n');
    for (const target of TARGETS) {
      for (const profile of PROFILES) {
        const report = JSON.parse(read(`${OUT}/${target}/${profile}/resources.json`).toString()) as Resources;
        const amounts = [
          'sram',
          'tcam',
          'mapRam',
          'meterAlus',
          'statefulAlus',
          'hashBits',
          'logicalTables',
          'phvBits',
        ];
        const row = [
          `${target}/${profile}`,
          `${report.stages.used} of ${report.stages.of}`,
          ...amounts.map((what) => String(report.used[what])),
        ];
        assert(lines.includes(`| ${row.join(' | ')} |`), row.join(' | '));
      }
    }
  });

  it('reduces 32 values in one pass: a stateful ALU for each, and four to know the cell', () => {
    for (const target of TARGETS) {
      const report = JSON.parse(read(`${OUT}/${target}/reduce/resources.json`).toString()) as Resources;
      assert.equal(report.used['statefulAlus'], 36);
    }
  });
});

describe('p4src/tna/sincmesh.p4', () => {
  it('compiles where a p4c with the Tofino back end is', function () {
    const driver = process.env['SINCMESH_TOFINO_P4C'] ?? 'p4c';
    const help = spawnSync(driver, ['--target-help'], { encoding: 'utf8' });
    if (help.error !== undefined || !`${help.stdout}${help.stderr}`.includes('tofino')) {
      console.log(`      ${driver} is not there, or has no Tofino back end (SINCMESH_TOFINO_P4C names one)`);
      this.skip();
    }
    this.timeout(300_000);
    const out = mkdtempSync(join(tmpdir(), 'sincmesh-tna-'));
    try {
      execFileSync(
        driver,
        [
          ...['--target', 'tofino', '--arch', 'tna', '-DPROFILE_CELLS', '-o', out],
          fileURLToPath(new URL('p4src/tna/sincmesh.p4', ROOT)),
        ],
        { stdio: 'pipe' },
      );
      assert(statSync(join(out, 'pipe', 'tofino.bin')).size > 0);
      assert(statSync(join(out, 'pipe', 'context.json')).size > 0);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  it('reports the source of what it denies: turned round by then, its name is the destination', () => {
    const deny = /action deny\(\) \{([^}]*)\}/.exec(read('p4src/tna/admission.p4').toString());
    assert.match(deny?.[1] ?? '', /meta\.answer = 1;/);
    const packed = [
      ...read('p4src/tna/parser.p4')
        .toString()
        .matchAll(/denied\.pack\(\{ ([\w.]+),/g),
    ];
    assert.deepEqual([...new Set(packed.map(([, name]) => name))], ['hdr.digests.dst']);
  });

  it('has the profiles that are built, and no default one', () => {
    const profile = read('p4src/tna/profile.p4').toString();
    const declared = [...profile.matchAll(/defined\(PROFILE_(\w+)\)\n#define WITH/g)].map(([, name]) =>
      name?.toLowerCase(),
    );
    assert.deepEqual(declared, [...PROFILES]);
    assert.match(profile, /#else\n#error /);
  });
});
