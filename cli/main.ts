#!/usr/bin/env node
import { nearest } from '../controller/nearest.js';
import { runCommand } from './client/client-command.js';
import { COMMANDS } from './commands.js';
import { ClientError, UsageError } from './errors.js';
import { version } from './version.js';

function overview(): string {
  const rows = COMMANDS.map((command) => `  ${command.name.padEnd(11)} ${command.summary}`);
  return [
    'sincmesh: name-based forwarding and in-network operations on P4 switches',
    '',
    'Usage: sincmesh COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...rows,
    '',
    'sincmesh help COMMAND tells more. sincmesh --version prints the version.',
    'Exit status: 0 done, 1 failed, 2 wrong command line, 3 nobody answered, 4 not authenticated, 5 no such thing.',
    '',
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === 'help' && rest[0] !== undefined) return main([...rest, '--help']);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(overview());
    return 0;
  }
  if (first === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const place = COMMANDS.find((candidate) => candidate.name === first);
  if (place === undefined) {
    const near = nearest(
      first,
      COMMANDS.map(({ name }) => name),
    );
    throw new UsageError(
      `there is no command '${first}'${near === undefined ? '' : `; did you mean ${near}?`} (sincmesh --help lists them)`,
    );
  }
  return runCommand(await place.load(rest), rest);
}

function isTopologyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'TopologyError';
}

// A reader that has seen enough (head) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`sincmesh: ${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof ClientError) {
    process.stderr.write(`sincmesh: ${error.code}: ${error.message}\n`);
    process.exitCode = error.exitStatus;
  } else if (isTopologyError(error) || isExpected(error)) {
    process.stderr.write(`sincmesh: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(
      `sincmesh: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

/** What the machine or the user's files are to blame for: its message says it all. */
function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    /^(ENOENT|EACCES|EISDIR|EADDRINUSE|EADDRNOTAVAIL)$/.test(String(error.code)) ||
    /^(Api|Store|Controller|P4Runtime|Input|\w+Format)Error$/.test(error.name)
  );
}
