import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import type { Pipeline } from '../controller/index.js';
import { packagePath } from './package-path.js';

/** The CPU port sincmesh.p4 is compiled for (docs/protocol.md section 5). */
export const CPU_PORT = 510;

/** sincmesh.p4 as p4c made it for BMv2 and the embedded switch (p4src/build). */
export function sincmeshPipeline(): Pipeline {
  return {
    p4info: parseP4Info(readFileSync(packagePath('p4src/build/sincmesh.p4info.txtpb'))),
    deviceConfig: readFileSync(packagePath('p4src/build/sincmesh.json')),
  };
}
