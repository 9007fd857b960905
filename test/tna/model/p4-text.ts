import { readFileSync } from 'node:fs';
import { ROOT } from '../p4info.js';

interface Macro {
  readonly params: readonly string[] | undefined;
  readonly body: string;
}

/**
 * A file of p4src/tna as the compiler sees it: without comments, for one target, macros replaced. It knows of the
 * preprocessor what those files use.
 */
export function p4Text(files: readonly string[], defined: Readonly<Record<string, string>>): string {
  const macros = new Map<string, Macro>(
    Object.entries(defined).map(([name, body]) => [name, { params: undefined, body }]),
  );
  const out: string[] = [];
  for (const file of files) {
    const text = readFileSync(new URL(`p4src/tna/${file}`, ROOT), 'utf8')
      .replaceAll(/\\\n/g, ' ')
      .replaceAll(/\/\/.*$/gm, '');
    /** Of each conditional that is open: whether this branch holds, and whether one has. */
    const open: { holds: boolean; done: boolean }[] = [];
    for (const line of text.split('\n')) {
      const [, word, rest = ''] = /^#(\w+)\s*(.*)$/.exec(line) ?? [];
      const last = open.at(-1);
      if (word === undefined) {
        if (open.every(({ holds }) => holds)) out.push(expand(line, macros));
      } else if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
        const holds = word === 'if' ? isTrue(rest, macros) : macros.has(rest.trim()) === (word === 'ifdef');
        open.push({ holds, done: holds });
      } else if ((word === 'elif' || word === 'else') && last !== undefined) {
        last.holds = !last.done && (word === 'else' || isTrue(rest, macros));
        last.done ||= last.holds;
      } else if (word === 'endif') {
        open.pop();
      } else if (word === 'define' && open.every(({ holds }) => holds)) {
        const [, name = '', list, body = ''] = /^(\w+)(?:\(([^)]*)\))?\s*(.*)$/.exec(rest) ?? [];
        macros.set(name, { params: list?.split(',').map((param) => param.trim()), body });
      }
    }
  }
  return out.join('\n');
}

function isTrue(condition: string, macros: ReadonlyMap<string, Macro>): boolean {
  return condition.split('&&').every((part) => {
    const [, name = '', value] = /^\s*(?:defined\()?(\w+)\)?(?:\s*==\s*(\w+))?\s*$/.exec(part) ?? [];
    if (name === '') throw new Error(`a condition nobody has foreseen: #if ${condition}`);
    const macro = macros.get(name);
    return value === undefined ? macro !== undefined : macro?.body === value;
  });
}

function expand(line: string, macros: ReadonlyMap<string, Macro>): string {
  let text = line;
  for (let round = 0; round < 8; round++) {
    let isChanged = false;
    for (const [name, { params, body }] of macros) {
      const pattern = new RegExp(
        `\\b${name}\\b${params === undefined ? '' : '\\(((?:[^()]|\\([^()]*\\))*)\\)'}`,
        'g',
      );
      text = text.replaceAll(pattern, (_, list: string | undefined) => {
        isChanged = true;
        const given = split(typeof list === 'string' ? list : '');
        return (params ?? [])
          .reduce(
            (made, param, n) => made.replaceAll(new RegExp(`\\b${param}\\b`, 'g'), given[n] ?? ''),
            body,
          )
          .replaceAll(/\s*##\s*/g, '');
      });
    }
    if (!isChanged) return text;
  }
  throw new Error(`macros without end: ${line}`);
}

/** At commas that no parentheses hold. */
function split(list: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of list) {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}
