import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import type { Pipeline } from '../../controller/p4runtime/index.js';

/** The compiled test program of test/controller/fixtures. */
export function workbench(): Pipeline {
  const read = (name: string) => readFileSync(new URL(`test/controller/fixtures/${name}`, root()));
  return {
    p4info: parseP4Info(read('workbench.p4info.txtpb')),
    deviceConfig: new Uint8Array(read('workbench.json')),
  };
}

/** The project's root: compiled tests run from dist/. */
function root(): URL {
  return new URL('../../../', import.meta.url);
}
