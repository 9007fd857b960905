import type { CommandGroup } from './client/client-command.js';
import type { Command, Option } from './command.js';
import { COMMANDS } from './commands.js';
import { UsageError } from './errors.js';

/** A command, or one under a word of it, and its options. */
interface Line {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
}

const HELP: Readonly<Record<string, Option>> = { help: { type: 'boolean', help: 'explain it' } };

/** Every command line that has options of its own. */
async function lines(): Promise<Line[]> {
  const all: Line[] = [];
  for (const { name, words = [], load } of COMMANDS) {
    for (const word of ['', ...words]) {
      const command = await load(word === '' ? [] : [word]);
      if ('commands' in command) {
        const under = (command as CommandGroup).commands.find((each) => each.name === `${name} ${word}`);
        if (under !== undefined) all.push({ words: [name, word], options: { ...under.options, ...HELP } });
        else if (word === '') all.push({ words: [name], options: HELP });
      } else if (word === '') {
        all.push({ words: [name], options: 'options' in command ? { ...command.options, ...HELP } : HELP });
      }
    }
  }
  return all;
}

const names = (): string => COMMANDS.map(({ name }) => name).join(' ');

async function bash(): Promise<string> {
  const cases = COMMANDS.filter(({ words: next }) => next !== undefined).map(
    ({ name, words: next = [] }) => `    ${name}) words='${next.join(' ')}' ;;`,
  );
  const options = (await lines())
    // The longer ones first: a command under a word has options of its own.
    .sort((a, b) => b.words.length - a.words.length)
    .map(({ words, options: of }) => {
      const flags = Object.keys(of).map((name) => `--${name}`);
      return `    '${words.join(' ')} '*) words='${flags.join(' ')}' ;;`;
    });
  return [
    '_sincmesh() {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '  local words current="${COMP_WORDS[COMP_CWORD]}"',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words='${names()} help'`,
    '  elif [[ "$current" == -* ]]; then',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '    case "${COMP_WORDS[*]:1} " in',
    ...options,
    '    esac',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '  elif [ "$COMP_CWORD" -eq 2 ]; then case "${COMP_WORDS[1]}" in',
    `    help) words='${names()}' ;;`,
    ...cases,
    '    *) COMPREPLY=($(compgen -f -- "$current")); return ;;',
    '    esac',
    '  else COMPREPLY=($(compgen -f -- "$current")); return',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _sincmesh sincmesh',
  ].join('\n');
}

async function fish(): Promise<string> {
  const commands = COMMANDS.flatMap(({ name, summary, words: next = [] }) => [
    `complete -c sincmesh -n __fish_use_subcommand -f -a ${name} -d '${quoted(summary)}'`,
    ...(next.length === 0
      ? []
      : [`complete -c sincmesh -n '__fish_seen_subcommand_from ${name}' -f -a '${next.join(' ')}'`]),
  ]);
  const options = (await lines()).flatMap(({ words, options: of }) => {
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    return Object.entries(of).map(([name, { type, help }]) => {
      return `complete -c sincmesh -n '${seen}' -l ${name}${type === 'string' ? ' -x' : ''} -d '${quoted(help)}'`;
    });
  });
  return [...commands, ...options].join('\n');
}

const quoted = (text: string): string => text.replaceAll("'", '');

export const completion: Command = {
  name: 'completion',
  summary: 'completion of these commands for a shell',
  usage: 'sincmesh completion bash|zsh|fish',
  details: [
    'Prints what the shell has to read: bash, zsh: source <(sincmesh completion bash|zsh);',
    'fish: sincmesh completion fish > ~/.config/fish/completions/sincmesh.fish',
  ].join('\n'),
  options: {},
  positionals: 1,
  run: async ({ positionals: [shell] }) => {
    const scripts = new Map([
      ['bash', bash],
      ['zsh', async () => `autoload -U +X bashcompinit && bashcompinit\n${await bash()}`],
      ['fish', fish],
    ]);
    const script = scripts.get(shell ?? '');
    if (script === undefined) throw new UsageError(`say which shell: ${[...scripts.keys()].join(', ')}`);
    process.stdout.write(`${await script()}\n`);
    return 0;
  },
};
