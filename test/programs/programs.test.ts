import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../experiments/package-path.js';
import { EmbeddedSwitch, loadProgram } from '../../switch/index.js';
import { corpusCases, runCase } from '../conformance/corpus.js';
import { parseStf } from '../conformance/stf.js';
import { PROGRAMS } from './scenario.js';

describe('test programs', () => {
  it('are compiled from the sources that are here', () => {
    const stamp: unknown = JSON.parse(readFileSync(join(PROGRAMS, 'stamp.json'), 'utf8'));
    assert.ok(typeof stamp === 'object' && stamp !== null && 'sources' in stamp && 'outputs' in stamp);
    const entries = Object.entries({ ...(stamp.sources as object), ...(stamp.outputs as object) });
    const wrong = entries.filter(
      ([path, hash]) =>
        createHash('sha256')
          .update(readFileSync(packagePath(path)))
          .digest('hex') !== hash,
    );
    assert.deepEqual(
      wrong.map(([path]) => path),
      [],
      'run test/programs/build.sh',
    );
    const sources = readdirSync(packagePath('test/programs')).filter((file) => file.endsWith('.p4'));
    for (const source of sources) assert.ok(entries.some(([path]) => path === `test/programs/${source}`));
  });

  for (const { name } of corpusCases(PROGRAMS).filter((program) => program.name !== 'stamp')) {
    it(`${name} takes its packets without a fault`, () => {
      const device = new EmbeddedSwitch({ clock: { now: () => 0 } });
      device.load(loadProgram(JSON.parse(readFileSync(join(PROGRAMS, `${name}.json`), 'utf8'))));
      const faults: string[] = [];
      device.onFault(({ message }) => faults.push(message));
      const commands = parseStf(readFileSync(join(PROGRAMS, `${name}.stf`), 'utf8'));
      const packets = commands.flatMap((command) => (command.verb === 'packet' ? [command] : []));
      for (const { port, bytes } of packets) device.receive(port, bytes);
      assert.ok(packets.length > 0);
      assert.deepEqual(faults, []);
    });
  }

  for (const { name, directory } of corpusCases(PROGRAMS).filter((program) =>
    program.name.startsWith('corner-'),
  )) {
    it(`${name} sends what BMv2 sends`, () => {
      assert.deepEqual(runCase({ name, directory }), []);
    });
  }
});
