import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { UsageError } from './errors.js';

const words = (): string => COMMANDS.map(({ name }) => name).join(' ');

function bash(): string {
  const cases = COMMANDS.filter(({ words: next }) => next !== undefined).map(
    ({ name, words: next = [] }) => `    ${name}) words='${next.join(' ')}' ;;`,
  );
  return [
    '_sincmesh() {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '  local words current="${COMP_WORDS[COMP_CWORD]}"',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words='${words()}'`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '  elif [ "$COMP_CWORD" -eq 2 ]; then case "${COMP_WORDS[1]}" in',
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

function fish(): string {
  return COMMANDS.flatMap(({ name, summary, words: next = [] }) => [
    `complete -c sincmesh -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", '')}'`,
    ...(next.length === 0
      ? []
      : [`complete -c sincmesh -n '__fish_seen_subcommand_from ${name}' -f -a '${next.join(' ')}'`]),
  ]).join('\n');
}

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
      ['zsh', () => `autoload -U +X bashcompinit && bashcompinit\n${bash()}`],
      ['fish', fish],
    ]);
    const script = scripts.get(shell ?? '');
    if (script === undefined) throw new UsageError(`say which shell: ${[...scripts.keys()].join(', ')}`);
    process.stdout.write(`${script()}\n`);
    return 0;
  },
};
