import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { packagePath } from '../../experiments/package-path.js';
import { compare } from './compare.js';

const CORPUS = packagePath('../shared/conformance/v1model');
/** A few that forward, match and compute; main.ts runs all of them, in minutes. */
const PROGRAMS = ['ternary2-bmv2', 'issue561-1-bmv2', 'stack_complex-bmv2'];
const PACKETS = 300;

describe('random entries and packets, embedded switch and BMv2', function () {
  this.timeout(60_000);

  const missing = bmv2Missing() ?? (existsSync(CORPUS) ? undefined : `${CORPUS} is not there`);
  if (missing !== undefined) {
    it(`agree (skipped: ${missing})`);
    return;
  }
  for (const name of PROGRAMS) {
    if (!existsSync(join(CORPUS, `${name}.json`))) continue;
    it(`agree on ${name}`, async () => {
      const { differences, forwarded } = await compare(CORPUS, name, 1, PACKETS);
      assert.deepEqual(differences, []);
      assert.ok(forwarded > 0, 'BMv2 forwarded nothing');
    });
  }
});
