import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../controller/nearest.js';
import { UsageError } from './errors.js';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help: `--seed N`. */
  readonly value?: string;
  readonly help: string;
  readonly default?: string;
}

/** What a command was called with: only options that were given, or have a default. */
export interface Arguments {
  readonly options: ReadonlyMap<string, string | true>;
  readonly positionals: readonly string[];
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly details: string;
  readonly options: Readonly<Record<string, Option>>;
  /** How many positional arguments it takes at most. */
  readonly positionals: number;
  /** Resolves to the exit status. */
  run(args: Arguments): Promise<number>;
}

/** A command that reads its arguments, --help among them, by rules of its own. */
export interface RawCommand {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** Resolves to the exit status. */
  execute(argv: readonly string[]): Promise<number>;
}

export function parse(command: Command, argv: readonly string[]): Arguments {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, option] of Object.entries(command.options)) options[name] = { type: option.type };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const words = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${words}${suggestion(command, argv)}`, { cause: error });
  }
  if (parsed.positionals.length > command.positionals) {
    const extra = parsed.positionals[command.positionals] ?? '';
    throw new UsageError(`'${extra}' is one argument too many`);
  }
  const given = new Map<string, string | true>();
  for (const [name, option] of Object.entries(command.options)) {
    const value = parsed.values[name] ?? option.default;
    if (typeof value === 'string') given.set(name, value);
    else if (value === true) given.set(name, true);
  }
  return { options: given, positionals: parsed.positionals };
}

/** The number an option holds, inside its range. */
export function integer(args: Arguments, name: string, low: number, high: number): number {
  const text = args.options.get(name);
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) {
    throw new UsageError(`--${name} takes a whole number from ${low} to ${high}, got '${text}'`);
  }
  return value;
}

export function help(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const left = `--${name}${option.value === undefined ? '' : ` ${option.value}`}`;
    const fallback = option.default === undefined ? '' : ` (default ${option.default})`;
    return `  ${left.padEnd(22)} ${option.help}${fallback}`;
  });
  return `Usage: ${command.usage}\n\n${command.details}\n\nOptions:\n${rows.join('\n')}\n`;
}

/** The option that was probably meant. */
function suggestion(command: Command, argv: readonly string[]): string {
  for (const word of argv) {
    const name = /^--([^=]+)/.exec(word)?.[1];
    if (name === undefined || name in command.options) continue;
    const near = nearest(name, Object.keys(command.options));
    if (near !== undefined) return `; did you mean --${near}?`;
  }
  return '';
}
