import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  type BfPipeline,
  chassisConfig,
  decodeBfPipeline,
  decodePiConfig,
  decodePipelineFile,
  encodeBfPipeline,
  encodePiConfig,
} from '../../controller/device-config/index.js';
import { ControllerError, parseTopology } from '../../controller/index.js';
import { PROFILES, type Profile, ROOT } from './p4info.js';

const code = (expected: string, message: RegExp) => (error: unknown) =>
  error instanceof ControllerError && error.code === expected && message.test(error.message);
const bytes = (maxLength = 300) => fc.uint8Array({ maxLength });
const profileArbitrary = fc.record({
  name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  context: bytes(),
  binary: bytes(),
  pipes: fc.array(fc.nat(300), { maxLength: 4 }),
});
const pipelines = fc.record({
  program: fc.string({ minLength: 1, maxLength: 20 }),
  bfrt: bytes(),
  profiles: fc.array(profileArbitrary, { minLength: 1, maxLength: 3 }),
});
const plain = ({ program, bfrt, profiles }: BfPipeline) => ({
  program,
  bfrt: Buffer.from(bfrt).toString('hex'),
  profiles: profiles.map(({ name, context, binary, pipes }) => ({
    name,
    pipes,
    context: Buffer.from(context).toString('hex'),
    binary: Buffer.from(binary).toString('hex'),
  })),
});

describe('Device configs for Tofino', () => {
  it('say what was put into them', () => {
    fc.assert(
      fc.property(pipelines, (pipeline) => {
        assert.deepEqual(plain(decodeBfPipeline(encodeBfPipeline(pipeline))), plain(pipeline));
      }),
    );
  });

  it('are protobuf messages with the field numbers of Stratum', () => {
    const pipeline = {
      program: 'ab',
      bfrt: Uint8Array.of(1),
      profiles: [{ name: 'p', context: Uint8Array.of(2), binary: Uint8Array.of(3), pipes: [0, 300] }],
    };
    assert.equal(
      Buffer.from(encodeBfPipeline(pipeline)).toString('hex'),
      '0a026162' + '120101' + '1a0e' + '0a0170' + '120102' + '1a0103' + '220300ac02',
    );
    // Pipes one by one, and a field nobody knows: as other encoders may write them.
    const loose = Buffer.from('0a0161' + '1a0a' + '0a0170' + '2001' + '2002' + '4a0178' + '5005', 'hex');
    assert.deepEqual(decodeBfPipeline(loose).profiles[0]?.pipes, [1, 2]);
  });

  it('are refused where they are damaged, and never read past their end', () => {
    fc.assert(
      fc.property(bytes(), (noise) => {
        for (const decode of [decodeBfPipeline, decodePiConfig]) {
          try {
            decode(noise);
          } catch (error) {
            assert(code('BAD_REQUEST', /pipeline build/)(error), String(error));
          }
        }
      }),
    );
    const whole = encodeBfPipeline({ program: 'p', bfrt: bytesOf(9), profiles: [] });
    assert.throws(() => decodeBfPipeline(whole), code('BAD_REQUEST', /no pipe/));
    assert.throws(() => decodeBfPipeline(whole.subarray(0, 8)), code('BAD_REQUEST', /past its end/));
  });

  it('have an older form with lengths, lowest byte first, for one pipe program', () => {
    const pipeline = {
      program: 'ab',
      bfrt: new Uint8Array(0),
      profiles: [{ name: 'pipe', context: bytesOf(300), binary: Uint8Array.of(7), pipes: [] }],
    };
    const encoded = Buffer.from(encodePiConfig(pipeline));
    assert.equal(encoded.toString('hex', 0, 15), '020000006162' + '0100000007' + '2c010000');
    assert.deepEqual(plain(decodePiConfig(encoded)), plain(pipeline));
    const [profile] = pipeline.profiles;
    assert(profile !== undefined);
    assert.throws(
      () => encodePiConfig({ ...pipeline, profiles: [profile, profile] }),
      code('NOT_POSSIBLE', /holds one pipe program, and this image has 2/),
    );
  });
});

const MAIN = fileURLToPath(new URL('dist/cli/main.js', ROOT));
const cli = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, 'pipeline', ...args], { encoding: 'utf8' });

/** What the compiler lists in bfrt.json beside what P4Info has: selectors by their own names, with what reads them. */
const SELECTORS = ['ingress.names.chosen', 'ingress.underlay.chosen'];
const LISTED: Readonly<Record<Profile, readonly string[]>> = {
  routing: [...SELECTORS, 'ingress.names.strategy.rates'],
  reduce: SELECTORS,
  cells: SELECTORS,
  cache: SELECTORS,
  edge: [...SELECTORS, 'ingress.names.strategy.rates'],
  strategy: ['', '_get_member'].flatMap((reads) =>
    [...SELECTORS, 'ingress.names.strategy.chosen'].map((name) => `${name}${reads}`),
  ),
};

describe('sincmesh pipeline', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-pipeline-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A folder as the compiler writes one, without the image itself. */
  function output(
    profile: Profile,
    changes: { target?: string; without?: string; conf?: boolean } = {},
  ): string {
    const at = mkdtempSync(join(folder, `${profile}-`));
    const info = parseP4Info(readFileSync(new URL(`p4src/build/tna/tofino/${profile}/p4info.txtpb`, ROOT)));
    const things = [
      ...info.getTablesList(),
      ...info.getActionProfilesList(),
      ...info.getCountersList(),
      ...info.getRegistersList(),
    ];
    mkdirSync(join(at, 'pipe'));
    const files: Record<string, string> = {
      'bfrt.json': JSON.stringify({
        tables: [...things.map((one) => one.getPreamble()?.getName() ?? ''), ...LISTED[profile]].map(
          (name) => ({ name: `pipe.${name}` }),
        ),
      }),
      'pipe/context.json': JSON.stringify({ target: changes.target ?? 'tofino', program_name: 'sincmesh' }),
      'pipe/tofino.bin': `image of ${profile}`,
    };
    if (changes.conf === true) {
      files['sincmesh.conf'] = JSON.stringify({
        p4_devices: [
          {
            p4_programs: [
              {
                'program-name': 'by_conf',
                'bfrt-config': 'bfrt.json',
                p4_pipelines: [
                  {
                    p4_pipeline_name: 'left',
                    context: 'pipe/context.json',
                    config: 'pipe/tofino.bin',
                    pipe_scope: [0, 1],
                  },
                ],
              },
            ],
          },
        ],
      });
    }
    for (const [name, text] of Object.entries(files))
      if (name !== changes.without) writeFileSync(join(at, name), text);
    return at;
  }
  const build = (from: string, profile: Profile, ...more: string[]) =>
    cli(
      'build',
      '--target',
      'tofino',
      '--profile',
      profile,
      '--from',
      from,
      '--output',
      join(folder, 'out'),
      ...more,
    );

  it('packs the files of the compiler, and shows what is in the pack', () => {
    const made = build(output('reduce'), 'reduce');
    assert.equal(made.status, 0, made.stderr);
    const { p4info, deviceConfig } = decodePipelineFile(readFileSync(join(folder, 'out')), 'out');
    assert.equal(p4info.getPkgInfo()?.getArch(), 'tna');
    const image = decodeBfPipeline(deviceConfig);
    assert.equal(image.program, 'sincmesh');
    assert.equal(Buffer.from(image.profiles[0]?.binary ?? []).toString(), 'image of reduce');
    assert.deepEqual(image.profiles[0]?.pipes, [0, 1, 2, 3]);
    const shown = cli('show', join(folder, 'out'));
    assert.match(shown.stdout, /^profile reduce, tna; 6 tables/);
    assert.match(shown.stdout, /pipe: binary 15 bytes/);
  });

  it('goes by a .conf where there is one, and writes the older form, bare', () => {
    const from = output('cache', { conf: true });
    assert.equal(build(from, 'cache').status, 0);
    const image = decodeBfPipeline(decodePipelineFile(readFileSync(join(folder, 'out')), 'out').deviceConfig);
    assert.equal(image.program, 'by_conf');
    assert.deepEqual(
      image.profiles.map(({ name, pipes }) => [name, pipes]),
      [['left', [0, 1]]],
    );
    assert.equal(build(from, 'cache', '--form', 'pi', '--bare').status, 0);
    assert.equal(decodePiConfig(readFileSync(join(folder, 'out'))).program, 'by_conf');
  });

  it('is read from beside the topology that names it, and refused in this process where it is for a Tofino', () => {
    assert.equal(build(output('cache'), 'cache').status, 0);
    const up = (file: string) => {
      const at = join(folder, 'fabric.yaml');
      writeFileSync(
        at,
        `pipelines:\n  - { name: cache, file: ${file}, roles: [leaf] }\nswitches:\n  - { name: leaf1, role: leaf, id: 1 }\n`,
      );
      return spawnSync(process.execPath, [MAIN, 'up', at, '--port', '0', '--no-grpc'], { encoding: 'utf8' });
    };
    const inProcess = up('out');
    assert.equal(inProcess.status, 2);
    assert.match(
      inProcess.stderr,
      /pipeline 'cache' \(out\) is for a Tofino, and the switches run in this process; give/,
    );
    const missing = up('nowhere.bin');
    assert.notEqual(missing.status, 0);
    assert.match(missing.stderr, /nowhere\.bin/);
  });

  it('packs every profile', () => {
    for (const profile of PROFILES) {
      const { status, stderr } = build(output(profile), profile);
      assert.equal(status, 0, stderr);
    }
  });

  it('says what is missing or does not belong together', () => {
    const refused = (result: ReturnType<typeof cli>, message: RegExp) => {
      assert.notEqual(result.status, 0);
      assert.match(result.stderr, message);
      assert.doesNotMatch(result.stderr, /\n\s+at /);
    };
    for (const without of ['bfrt.json', 'pipe/context.json', 'pipe/tofino.bin']) {
      refused(build(output('cells', { without }), 'cells'), new RegExp(`no .*${without}; give the folder`));
    }
    refused(build(output('cells', { target: 'tofino2' }), 'cells'), /for 'tofino2', not tofino/);
    for (const [held, told] of [
      ['reduce', 'cells'],
      ['cells', 'reduce'],
      ['routing', 'cache'],
      ['reduce', 'routing'],
      ['strategy', 'routing'],
    ] as const) {
      refused(build(output(held), told), /different builds: .*ingress/);
    }
    refused(cli('build', '--target', 'tofino9', '--output', 'x'), /--target takes/);
    refused(cli('show', join(folder, 'nothing')), /cannot read/);
    writeFileSync(join(folder, 'noise'), 'noise');
    refused(cli('show', join(folder, 'noise')), /no pipeline with P4Info/);
    refused(cli('chassis'), /give build, show FILE, or chassis/);
  });

  it('packs what the real compiler made, where one is named', function () {
    const driver = process.env['SINCMESH_TOFINO_P4C'];
    if (driver === undefined) {
      console.log('      SINCMESH_TOFINO_P4C names no p4c with the Tofino back end');
      this.skip();
    }
    this.timeout(300_000);
    const out = join(folder, 'compiled');
    const source = fileURLToPath(new URL('p4src/tna/sincmesh.p4', ROOT));
    execFileSync(driver, ['--target', 'tofino', '--arch', 'tna', '-DPROFILE_CELLS', '-o', out, source], {
      stdio: 'pipe',
    });
    assert.equal(build(out, 'cells').status, 0);
    const image = decodeBfPipeline(decodePipelineFile(readFileSync(join(folder, 'out')), 'out').deviceConfig);
    assert.deepEqual(image.profiles[0]?.binary, new Uint8Array(readFileSync(join(out, 'pipe/tofino.bin'))));
  });
});

describe("Stratum's chassis config", () => {
  const topology = parseTopology(`
switches: [{ name: leaf1, role: leaf, id: 1 }, { name: spine1, role: spine, id: 11 }]
links: [{ a: leaf1:132, b: spine1:4, rate_mbps: 40000 }]
hosts: [{ name: h1, switch: leaf1, port: 140, ipv4: 10.0.1.1 }]
`);
  const options = {
    platform: 'tofino' as const,
    node: 1,
    speedMbps: 100_000,
    autoneg: true,
    fec: false,
    front: new Map([
      [132, { port: 3, channel: undefined }],
      [140, { port: 5, channel: 2 }],
    ]),
  };

  it('has the ports that the topology uses, where they are on the panel', () => {
    const text = chassisConfig(topology, 'leaf1', options);
    const ports = [...text.matchAll(/singleton_ports \{\n([\s\S]*?)\n\}/g)].map(([, body]) => body);
    assert.equal(ports.length, 2);
    assert.match(
      ports[0] ?? '',
      /id: 132\n {2}name: "3\/0"\n {2}slot: 1\n {2}port: 3\n {2}speed_bps: 40000000000\n/,
    );
    assert.match(
      ports[1] ?? '',
      /id: 140\n {2}name: "5\/1"\n[\s\S]* {2}channel: 2\n {2}speed_bps: 100000000000\n/,
    );
    assert.match(text, /platform: PLT_GENERIC_BAREFOOT_TOFINO\n/);
    assert.match(text, /autoneg: TRI_STATE_TRUE/);
  });

  it('is refused where the panel or the speed is not known', () => {
    assert.throws(() => chassisConfig(topology, 'leaf9', options), code('UNKNOWN_SWITCH', /leaf9/));
    assert.throws(
      () => chassisConfig(topology, 'spine1', options),
      code('BAD_REQUEST', /device port 4 .* --front 4=/),
    );
    assert.throws(
      () => chassisConfig(topology, 'leaf1', { ...options, speedMbps: 7 }),
      code('BAD_REQUEST', /rate of 7 Mbit/),
    );
  });
});

function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => at % 256);
}
