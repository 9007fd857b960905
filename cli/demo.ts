import { runDemo, SECTIONS, type SectionName } from '../experiments/demo/demo.js';
import { type Command, integer } from './command.js';
import { UsageError } from './errors.js';

function sections(list: string | true | undefined): readonly SectionName[] {
  if (typeof list !== 'string') return SECTIONS;
  return list.split(',').map((word) => {
    const section = SECTIONS.find((name) => name === word.trim());
    if (section === undefined) {
      throw new UsageError(`--only takes a list of ${SECTIONS.join(', ')}; '${word}' is none of them`);
    }
    return section;
  });
}

export const demo: Command = {
  name: 'demo',
  summary: 'bring up a fabric in this process and try everything on it',
  usage: 'sincmesh demo [OPTIONS]   (npm start -- [OPTIONS])',
  details: [
    'Brings up a leaf-spine fabric of embedded P4 switches in the emulator, each running the compiled sincmesh.p4 behind its',
    'own P4Runtime server; the controller programs them over gRPC. Then, with real packets: named calls over weighted',
    'instances, training with gradients summed in the network, a key-value cache, a sequencer and a lock.',
    'Exits 0 only if every check held.',
  ].join('\n'),
  options: {
    seed: { type: 'string', value: 'N', help: 'seed of everything random', default: '1' },
    only: { type: 'string', value: 'LIST', help: `only these parts: ${SECTIONS.join(',')}` },
    loss: { type: 'string', value: 'PERCENT', help: 'frames lost on every link, percent', default: '0' },
    json: { type: 'boolean', help: 'print the findings as JSON and nothing else' },
  },
  positionals: 0,
  run: (args) => {
    return runDemo({
      seed: integer(args, 'seed', 0, 2 ** 32 - 1),
      sections: sections(args.options.get('only')),
      loss: integer(args, 'loss', 0, 20) / 100,
      json: args.options.get('json') === true,
    });
  },
};
