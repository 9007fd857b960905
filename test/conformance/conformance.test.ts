import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { corpusCases, runCase } from './corpus.js';

const directory = process.env['SINCMESH_CONFORMANCE'] ?? resolve('../shared/conformance/v1model');

describe('v1model conformance', () => {
  it('every program of the corpus behaves as its script says', function () {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
      console.log(`      skipped: ${directory} is not there (set SINCMESH_CONFORMANCE to a corpus)`);
      this.skip();
    }
    this.timeout(60_000);
    const cases = corpusCases(directory);
    const failures = cases.flatMap((test) => {
      const problems = runCase(test);
      return problems.length === 0 ? [] : [`${test.name}: ${problems.join('; ')}`];
    });
    console.log(`      ${cases.length - failures.length} of ${cases.length} programs pass`);
    for (const failure of failures) console.log(`      ${failure}`);
    assert.deepEqual(failures, []);
  });
});
