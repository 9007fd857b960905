import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { EmbeddedSwitch, loadProgram, type ProgramSpec } from '../../switch/index.js';
import { corpusCases } from '../conformance/corpus.js';
import { parseStf } from '../conformance/stf.js';

const directory = process.env['SINCMESH_CONFORMANCE'] ?? resolve('../shared/conformance/v1model');
const PORTS = 16;

interface Subject {
  readonly name: string;
  readonly spec: ProgramSpec;
  /** Packets of the program's own script. */
  readonly samples: readonly Uint8Array[];
}

function subjects(): Subject[] {
  return corpusCases(directory).map(({ name }) => {
    const document: unknown = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
    const samples = parseStf(readFileSync(join(directory, `${name}.stf`), 'utf8')).flatMap((command) =>
      command.verb === 'packet' ? [command.bytes] : [],
    );
    return { name, spec: loadProgram(document), samples };
  });
}

/** A switch whose output is collected as "port:hex". */
function rigOf(spec: ProgramSpec): { readonly device: EmbeddedSwitch; readonly sent: string[] } {
  const device = new EmbeddedSwitch({ clock: { now: () => 0 } });
  const sent: string[] = [];
  device.load(spec);
  for (let port = 0; port < PORTS; port++)
    device.attach(port, { transmit: (frame) => sent.push(`${port}:${Buffer.from(frame).toString('hex')}`) });
  return { device, sent };
}

/** Packets like the samples but cut, lengthened and with bytes changed, and packets of nothing but noise. */
function packets(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const noise = fc.uint8Array({ maxLength: 120 });
  if (samples.length === 0) return noise;
  const changed = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(200), { nil: undefined }),
      fc.uint8Array({ maxLength: 8 }),
    )
    .map(([sample, changes, length, tail]) => {
      const bytes = Uint8Array.from([...sample.subarray(0, length ?? sample.length), ...tail]);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
  return fc.oneof({ weight: 3, arbitrary: changed }, { weight: 1, arbitrary: noise });
}

describe('packets of any content', () => {
  before(function () {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
    console.log(`      skipped: ${directory} is not there (set SINCMESH_CONFORMANCE to a corpus)`);
    this.skip();
  });

  it('never throw, and every packet is accounted for', function () {
    this.timeout(60_000);
    for (const { name, spec, samples } of subjects()) {
      const { device, sent } = rigOf(spec);
      fc.assert(
        fc.property(fc.nat(511), packets(samples), (port, frame) => {
          const before = { ...device.stats, dropped: { ...device.stats.dropped } };
          sent.length = 0;
          device.receive(port, frame);
          const { stats } = device;
          assert.equal(stats.received, before.received + 1, name);
          assert.equal(stats.transmitted, before.transmitted + sent.length, name);
          const dropped = Object.values(stats.dropped).reduce((a, b) => a + b, 0);
          const droppedBefore = Object.values(before.dropped).reduce((a, b) => a + b, 0);
          assert.ok(sent.length > 0 || dropped > droppedBefore, `${name}: a packet vanished`);
        }),
        { numRuns: 40 },
      );
    }
  });

  it('leave nothing behind: a packet fares the same first and after any others', function () {
    this.timeout(60_000);
    for (const { name, spec, samples } of subjects()) {
      if (spec.registers.length > 0) continue;
      fc.assert(
        fc.property(
          fc.array(packets(samples), { minLength: 1, maxLength: 4 }),
          packets(samples),
          (others, last) => {
            const used = rigOf(spec);
            for (const frame of others) used.device.receive(1, frame);
            used.sent.length = 0;
            used.device.receive(1, last);
            const fresh = rigOf(spec);
            fresh.device.receive(1, last);
            assert.deepEqual(used.sent, fresh.sent, name);
          },
        ),
        { numRuns: 3 },
      );
    }
  });
});
