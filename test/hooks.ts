import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';

/** Time after the last test in which what it closes may end, in ms. */
const GRACE_MS = Number(process.env['SINCMESH_TEST_GRACE_MS'] ?? 15_000);

const children = new Set<ChildProcess>();
subscribe('child_process', (message) => {
  const { process: child } = message as { readonly process?: unknown };
  if (!(child instanceof ChildProcess)) return;
  children.add(child);
  child.once('exit', () => children.delete(child));
});
// A child of a test that failed, or that took too long, must not outlive the run.
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Root hooks of mocha. A test that fails may leave a socket or a timer behind, and a run that waits for it would
 * never say what failed to whoever waits for its end. So the run ends, and says that something was left open.
 */
export const mochaHooks = {
  afterAll(): void {
    setTimeout(() => {
      const open = process.getActiveResourcesInfo().join(', ');
      writeSync(2, `the tests left something open, ${GRACE_MS} ms after the last of them: ${open}\n`);
      // mocha sets the code itself when the process exits: the number of tests that failed.
      process.exit();
    }, GRACE_MS).unref();
  },
};
