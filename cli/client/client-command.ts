import { nearest } from '../../controller/nearest.js';
import {
  type Arguments,
  type Command,
  help,
  integer,
  type Option,
  parse,
  type RawCommand,
} from '../command.js';
import { UsageError } from '../errors.js';
import { ApiClient, CLIENT_OPTIONS } from './api.js';
import { print, printJson } from './output.js';

/** What a command of the API is made of: `json` is the answer, `show` makes it readable. */
export interface ClientCommandSpec<T> {
  readonly name: string;
  readonly summary: string;
  /** What stands after the name: `NAME [BODY]`. */
  readonly takes: string;
  readonly details?: string;
  readonly options?: Readonly<Record<string, Option>>;
  /** Positional arguments at least and at most. */
  readonly positionals: readonly [least: number, most: number];
  ask(client: ApiClient, args: Arguments): Promise<T>;
  /** Text for people. */
  show(answer: T, args: Arguments): string;
  /** Exit status, where an answer may be bad news. Default 0. */
  status?(answer: T): number;
}

/** A command that asks once and prints the answer. */
export function clientCommand<T>(spec: ClientCommandSpec<T>): Command {
  return {
    ...describeCommand(spec),
    run: async (args) => {
      checkPositionals(spec, args);
      const answer = await spec.ask(new ApiClient(args), args);
      if (args.options.has('json')) printJson(answer ?? null);
      else {
        const text = spec.show(answer, args);
        if (text !== '') print(text);
      }
      return spec.status?.(answer) ?? 0;
    },
  };
}

type Described = Omit<ClientCommandSpec<never>, 'ask' | 'show' | 'status'>;

export type FollowingSpec = Described & {
  run(client: ApiClient, args: Arguments): Promise<void>;
};

/** A command that prints as things happen. */
export function followingCommand(spec: FollowingSpec): Command {
  return {
    ...describeCommand(spec),
    run: async (args) => {
      checkPositionals(spec, args);
      await spec.run(new ApiClient(args), args);
      return 0;
    },
  };
}

/** For commands that follow something. */
export const COUNT: Readonly<Record<string, Option>> = {
  count: { type: 'string', value: 'N', help: 'end after so many' },
};

/** What --count says; Infinity where it is not given. Throws UsageError. */
export function countOf(args: Arguments): number {
  return args.options.has('count') ? integer(args, 'count', 1, 1e9) : Infinity;
}

/** The first `count` items; then the source is ended. */
export async function* atMost<T>(count: number, items: AsyncIterable<T>): AsyncGenerator<T> {
  let left = count;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}

function describeCommand(spec: Described): Omit<Command, 'run'> {
  const { name, summary, takes, options = {}, positionals } = spec;
  return {
    name,
    summary,
    usage: `sincmesh ${name} ${takes === '' ? '' : `${takes} `}[OPTIONS]`,
    details: spec.details ?? `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    options: { ...options, ...CLIENT_OPTIONS },
    positionals: positionals[1],
  };
}

function checkPositionals({ takes, positionals }: Described, args: Arguments) {
  if (args.positionals.length < positionals[0]) throw new UsageError(`arguments are missing: ${takes}`);
}

/** Commands under one word: `sincmesh service list`. */
export function commandGroup(name: string, summary: string, commands: readonly Command[]): CommandGroup {
  const words = commands.map((command) => command.name.slice(name.length + 1));
  return {
    name,
    summary,
    usage: `sincmesh ${name} ${words.join('|')} ...`,
    words,
    commands,
    execute: async (argv) => {
      const [first, ...rest] = argv;
      if (first === undefined || first === '--help' || first === '-h') {
        const rows = commands.map((command) => `  ${command.name.padEnd(22)} ${command.summary}`);
        print(
          `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n${rows.join('\n')}\n\nEach has its own --help.`,
        );
        if (first === undefined) throw new UsageError(`say which: ${words.join(', ')}`);
        return 0;
      }
      const command = commands.find((candidate) => candidate.name === `${name} ${first}`);
      if (command === undefined) {
        const near = nearest(first, words);
        throw new UsageError(
          `there is no '${name} ${first}'${near === undefined ? '' : `; did you mean ${name} ${near}?`} (${words.join(', ')})`,
        );
      }
      return runCommand(command, rest);
    },
  };
}

export interface CommandGroup extends RawCommand {
  readonly words: readonly string[];
  readonly commands: readonly Command[];
}

/** Runs a command, or prints its help. */
export async function runCommand(command: Command | RawCommand, argv: readonly string[]): Promise<number> {
  if (!('execute' in command) && (argv.includes('--help') || argv.includes('-h'))) {
    process.stdout.write(help(command));
    return 0;
  }
  try {
    return await ('execute' in command ? command.execute(argv) : command.run(parse(command, argv)));
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.includes('\nUsage: ')) throw error;
    throw new UsageError(`${error.message}\nUsage: ${command.usage}\n(--help explains every option)`, {
      cause: error,
    });
  }
}

/** The text of an option that takes one. */
export function option(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** A positional argument that is there. */
export function positional(args: Arguments, index: number): string {
  return args.positionals[index] ?? '';
}
