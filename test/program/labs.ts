import { bmv2 } from './bmv2-lab.js';
import { embedded } from './embedded-lab.js';
import type { Lab, LabKind } from './lab.js';

/** Every kind of switch the program's tests run on. */
export const KINDS: readonly LabKind[] = [embedded, bmv2];

/**
 * The same tests on every kind of switch, one switch per kind for all of them: each test takes names, groups and cells
 * of its own. Where a kind cannot run, its tests are skipped and say why.
 */
export function onEverySwitch(what: string, tests: (lab: () => Lab) => void): void {
  for (const kind of KINDS) {
    const reason = kind.missing();
    describe(`${what} on ${kind.name}${reason === undefined ? '' : ` (${reason})`}`, function () {
      this.timeout(60_000);
      let lab: Lab | undefined;
      before(async function () {
        if (reason !== undefined) this.skip();
        lab = await kind.start();
      });
      after(async () => {
        await lab?.close();
      });
      tests(() => {
        if (lab === undefined) throw new Error('the lab has not started');
        return lab;
      });
    });
  }
}
