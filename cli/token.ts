import { hashToken, newToken } from '../controller/api/index.js';
import type { Command } from './command.js';
import { UsageError } from './errors.js';
import { writeOutput } from './input.js';

export const token: Command = {
  name: 'token',
  summary: 'make a token for the API, and add its hash to a file',
  usage: 'sincmesh token FILE [OPTIONS]',
  details: [
    'Prints a new token, once, and appends its hash to FILE, which sincmesh up --token-file reads. The token itself is',
    'kept nowhere. To take a token back, delete its line and start the controller anew.',
  ].join('\n'),
  options: { name: { type: 'string', value: 'TEXT', help: 'whose it is, as a comment in the file' } },
  positionals: 1,
  run: async (args) => {
    const [file] = args.positionals;
    if (file === undefined) throw new UsageError('give the file for its hash');
    const owner = args.options.get('name');
    if (typeof owner === 'string' && /[\n\r]/.test(owner)) throw new UsageError('--name is one line');
    const made = newToken();
    const comment = typeof owner === 'string' ? `  # ${owner}` : '';
    writeOutput(file, `${hashToken(made)}${comment}\n`, { append: true, mode: 0o600 });
    process.stdout.write(`${made}\n`);
    return 0;
  },
};
