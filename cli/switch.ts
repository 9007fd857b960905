import { SpecError, SwitchError } from '../switch/index.js';
import { PcapError, PortError } from '../switch/ports/index.js';
import type { RawCommand } from './command.js';
import { UsageError } from './errors.js';
import { InputError } from './input.js';
import { switchArguments, switchHelp } from './switch-arguments.js';
import { startSwitch } from './switch-process.js';
import { traceCommand } from './switch-trace.js';

/** Resolves at the first signal that asks the process to end. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

async function serve(argv: readonly string[]): Promise<number> {
  const args = switchArguments(argv);
  if (args === 'help') {
    process.stdout.write(switchHelp());
    return 0;
  }
  // Before anything is opened, so that a signal in between ends it cleanly too.
  const end = ended();
  const running = await startSwitch(args);
  for (const note of args.notes) process.stderr.write(`sincmesh switch: ${note}\n`);
  process.stdout.write(
    `sincmesh switch: P4Runtime on port ${running.grpcPort}, ${args.ports.length} ports\n`,
  );
  await end;
  await running.close();
  return 0;
}

/** What a failure says for itself: no stack where the message names the thing and the remedy. */
function explained(error: unknown): error is Error {
  if (error instanceof PortError || error instanceof SpecError || error instanceof SwitchError) return true;
  if (error instanceof PcapError || error instanceof SyntaxError) return true;
  // Files that cannot be read, addresses that are taken.
  return error instanceof Error && ('code' in error || error.cause !== undefined);
}

export const switchCommand: RawCommand = {
  name: 'switch',
  summary: 'the embedded P4 switch as a process, with the arguments of simple_switch_grpc',
  usage: 'sincmesh switch [OPTIONS] PROGRAM.json [-- TARGET OPTIONS]',
  execute: async (argv) => {
    try {
      return await (argv[0] === 'trace' ? traceCommand(argv.slice(1)) : serve(argv));
    } catch (error) {
      if (error instanceof UsageError || !explained(error)) throw error;
      process.stderr.write(`sincmesh switch: ${error.message}\n`);
      if (error instanceof InputError) {
        process.stderr.write(
          'It takes a program of p4c, or one of list, show, trace; sincmesh switch --help\n',
        );
      }
      return 1;
    }
  },
};
