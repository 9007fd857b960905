import { parseP4Info } from 'p4runtime-js/p4info-text';
import { generateTypes, Schema } from '../controller/p4runtime/index.js';
import type { Command } from './command.js';
import { UsageError } from './errors.js';
import { readInput } from './input.js';

export const types: Command = {
  name: 'types',
  summary: "TypeScript types of a program's tables, from its P4Info",
  usage: 'sincmesh types P4INFO [OPTIONS]',
  details: [
    'Prints a TypeScript module with a type for every table of the program: its match fields, its actions and their',
    'parameters. With it the compiler refuses entries the program cannot have. P4INFO is text, JSON or binary.',
  ].join('\n'),
  options: {
    from: {
      type: 'string',
      value: 'MODULE',
      help: 'module the types build on',
      default: 'sincmesh/controller/p4runtime',
    },
  },
  positionals: 1,
  run: async ({ positionals: [file], options }) => {
    if (file === undefined) throw new UsageError('give the P4Info of a program');
    const from = options.get('from');
    if (typeof from === 'string' && /['\\\s]/.test(from))
      throw new UsageError(`--from '${from}' is no module`);
    const schema = new Schema(parseP4Info(readInput(file)));
    process.stdout.write(generateTypes(schema, typeof from === 'string' ? { from } : {}));
    return 0;
  },
};
