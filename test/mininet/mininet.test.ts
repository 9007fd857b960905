import assert from 'node:assert/strict';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { interfacesMissing, mininetMissing, runMininet } from '../../experiments/mininet.js';
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
    it(`runs every scenario on ${kind}`, async () => {
      const topology = packagePath('experiments/topologies/small.yaml');
      const { status, output } = await runMininet(['--topology', topology, '--switch', kind]);
      assert.equal(status, 0, output);
      assert.match(output, /^9 passed, 0 failed$/m);
    });
  }
});
