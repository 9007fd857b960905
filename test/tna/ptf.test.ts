import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../program/lab.js';
import { KINDS } from '../program/labs.js';
import { apply, comparable, type Scenario } from '../ptf/scenario.js';

const folder = new URL('test/ptf/scenarios/', ROOT);
const scenarios = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Scenario,
);

describe('The bodies of the PTF tests', function () {
  this.timeout(60_000);

  it('are there', () => {
    assert.deepEqual(scenarios.map(({ name }) => name).sort(), ['cells', 'names', 'reduce']);
    for (const { steps } of scenarios) assert(steps.some(({ out }) => out.length > 0));
  });

  for (const kind of KINDS) {
    for (const scenario of scenarios) {
      it(`${scenario.name} on ${kind.name}: ${scenario.about}`, async function () {
        const reason = kind.missing();
        if (reason !== undefined) {
          console.log(`      ${reason}`);
          this.skip();
        }
        const lab = await kind.start();
        try {
          await lab.client.write(scenario.entries.map(apply));
          for (const [at, step] of scenario.steps.entries()) {
            const out = await lab.send(step.port, Buffer.from(step.frame, 'hex'));
            const told = out.map(({ port, bytes }) => `${port} ${comparable(bytes, scenario)}`);
            assert.deepEqual(
              told.sort(),
              step.out.map(({ port, frame }) => `${port} ${frame}`).sort(),
              `step ${at}`,
            );
          }
        } finally {
          await lab.close();
        }
      });
    }
  }

  it('have a runner for ptf that says why it does not run where it cannot', function () {
    const runner = fileURLToPath(new URL('test/ptf/ptf_runner.py', ROOT));
    const ran = spawnSync('python3', [runner, '--check'], { encoding: 'utf8' });
    if (ran.error !== undefined) this.skip();
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^(3 scenarios; ptf is here|3 scenarios; skipped: no module )/);
  });
});
