import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Update } from '../../controller/p4runtime/index.js';
import { type Lab, ROOT } from '../program/lab.js';
import { KINDS } from '../program/labs.js';
import { apply, comparable, type Scenario } from '../ptf/scenario.js';

const folder = new URL('test/ptf/scenarios/', ROOT);
const scenarios = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Scenario,
);

describe('The bodies of the PTF tests', function () {
  this.timeout(60_000);

  it('are there', () => {
    assert.deepEqual(scenarios.map(({ name }) => name).sort(), [
      'breaker',
      'cache',
      'cells',
      'credentials',
      'names',
      'outcomes',
      'reduce',
      'strategy',
      'underlay',
      'vectors',
    ]);
    for (const { steps } of scenarios) assert(steps.some(({ out }) => out.length > 0));
  });

  for (const kind of KINDS) {
    describe(`on ${kind.name}`, () => {
      let lab: Lab;

      before(async function () {
        const reason = kind.missing();
        if (reason !== undefined) {
          console.log(`      ${reason}`);
          this.skip();
        }
        lab = await kind.start();
      });
      after(() => lab?.close());

      for (const scenario of scenarios) {
        it(`${scenario.name}: ${scenario.about}`, async () => {
          // The pipeline stays from one to the next: their groups, cells and entries of the cache are not the same.
          const entries = scenario.entries.map(apply);
          await lab.client.write(entries);
          for (const [at, step] of scenario.steps.entries()) {
            const out = await lab.send(step.port, Buffer.from(step.frame, 'hex'));
            const told = out.map(({ port, bytes }) => `${port} ${comparable(bytes, scenario)}`);
            assert.deepEqual(
              told.sort(),
              step.out.map(({ port, frame }) => `${port} ${frame}`).sort(),
              `step ${at}`,
            );
          }
          const deletions = entries.map(({ entity }): Update => ({ type: 'delete', entity }));
          await lab.client.write(deletions.reverse());
        });
      }
    });
  }

  it('have a runner for ptf that says why it does not run where it cannot', function () {
    const runner = fileURLToPath(new URL('test/ptf/ptf_runner.py', ROOT));
    const ran = spawnSync('python3', [runner, '--check'], { encoding: 'utf8' });
    if (ran.error !== undefined) this.skip();
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^10 scenarios; (ptf is here|skipped: no module )/);
  });
});
