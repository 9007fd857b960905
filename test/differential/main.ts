import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { compare } from './compare.js';
import { EXPLAINED } from './explained.js';

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
const [seed, packets] = [Number(values.seed), Number(values.packets)];
let passed = 0;
let failed = 0;

/** What differs and is not explained. */
async function unexplained(name: string): Promise<readonly string[]> {
  const { differences } = await compare(folder ?? '', name, seed, packets);
  const known = EXPLAINED.get(name);
  if (differences.length === 0 || known === undefined) return differences;
  process.stdout.write(`${name} differs, explained (${known.cause}): ${known.reason}\n`);
  const harmless = await compare(folder ?? '', name, seed, packets, known.harmless());
  process.stdout.write(`  with the ${harmless.packets} packets that do not bring it out: `);
  process.stdout.write(harmless.differences.length === 0 ? 'alike\n' : 'not alike\n');
  return harmless.differences;
}

for (const name of programs) {
  let differences: readonly string[];
  try {
    differences = await unexplained(name);
  } catch (error) {
    differences = [error instanceof Error ? error.message : String(error)];
  }
  if (differences.length === 0) passed++;
  else {
    failed++;
    process.stdout.write(`${name}:\n  ${differences.join('\n  ')}\n`);
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
