import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { compare } from './compare.js';

/** `node dist/test/differential/main.js DIR [--packets N] [--seed S] [--only NAME]`: the long run of the fuzzer. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    packets: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const [folder] = positionals;
const missing = bmv2Missing();
if (folder === undefined || missing !== undefined) {
  process.stderr.write(`differential: ${missing ?? 'give the folder of compiled programs'}\n`);
  process.exit(2);
}
const programs = readdirSync(folder)
  .filter((file) => file.endsWith('.stf'))
  .map((file) => file.slice(0, -'.stf'.length))
  .filter((name) => values.only === undefined || name === values.only);
let passed = 0;
let failed = 0;
for (const name of programs) {
  try {
    const { differences, forwarded, entries } = await compare(
      folder,
      name,
      Number(values.seed),
      Number(values.packets),
    );
    if (differences.length === 0) passed++;
    else {
      failed++;
      process.stdout.write(
        `${name} (${entries} entries, ${forwarded} packets out of BMv2):\n  ${differences.join('\n  ')}\n`,
      );
    }
  } catch (error) {
    failed++;
    process.stdout.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
