#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { packagePath } from '../experiments/package-path.js';
import { type Command, distance, help, parse, type RawCommand } from './command.js';
import { demo } from './demo.js';
import { UsageError } from './errors.js';
import { gateway } from './gateway.js';
import { switchCommand } from './switch.js';

const COMMANDS: readonly (Command | RawCommand)[] = [demo, gateway, switchCommand];

function overview(): string {
  const rows = COMMANDS.map((command) => `  ${command.name.padEnd(10)} ${command.summary}`);
  return [
    'sincmesh: name-based forwarding and in-network operations on P4 switches',
    '',
    'Usage: sincmesh COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...rows,
    '',
    'sincmesh COMMAND --help tells more. sincmesh --version prints the version.',
    '',
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(overview());
    return 0;
  }
  if (first === '--version') {
    const manifest: unknown = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
    const version = (manifest as { readonly version?: unknown }).version;
    process.stdout.write(`${String(version)}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === first);
  if (command === undefined) {
    const near = COMMANDS.find((candidate) => distance(candidate.name, first) <= 2);
    throw new UsageError(
      `there is no command '${first}'${near === undefined ? '' : `; did you mean ${near.name}?`} (sincmesh --help lists them)`,
    );
  }
  if (!('execute' in command) && (rest.includes('--help') || rest.includes('-h'))) {
    process.stdout.write(help(command));
    return 0;
  }
  try {
    return await ('execute' in command ? command.execute(rest) : command.run(parse(command, rest)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\nUsage: ${command.usage}\n(--help explains every option)`, {
      cause: error,
    });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`sincmesh: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `sincmesh: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
