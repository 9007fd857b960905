import { statSync } from 'node:fs';
import { corpusCases, runCase } from './corpus.js';

const USAGE = `usage: npm run conformance -- DIR
Runs every NAME.json in DIR with its NAME.stf on the embedded switch.`;

/** 0 all passed, 1 some failed, 2 wrong arguments. */
function main(args: readonly string[]): number {
  const [directory] = args;
  if (directory === undefined || args.length !== 1 || directory.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    console.error(`${directory} is not a directory\n${USAGE}`);
    return 2;
  }
  const cases = corpusCases(directory);
  if (cases.length === 0) {
    console.error(`${directory} has no .json files: give a directory of NAME.json and NAME.stf pairs`);
    return 2;
  }
  let failed = 0;
  for (const test of cases) {
    const problems = runCase(test);
    if (problems.length === 0) continue;
    failed++;
    console.log(`FAIL ${test.name}: ${problems.join('; ')}`);
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
