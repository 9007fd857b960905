import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as p4runtime from '../../controller/p4runtime/index.js';
import * as host from '../../host/index.js';
import * as embedded from '../../switch/index.js';
import { blocksOf, ROOT } from './blocks.js';

/** What an example takes for granted besides what it imports. */
const GIVEN: Readonly<Record<string, string>> = {
  'docs/host.md': `
    declare const host: Host, another: Host, third: Host;
    declare const bytes: Uint8Array, query: Uint8Array, segment: Uint8Array;
    declare const group: ReduceGroup, cells: CellClient;
    declare const sources: number, source: number, window: number;
    declare function work(payload: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
    declare function write(token: bigint, signal: AbortSignal): Promise<void>;
    declare function show(event: StreamEvent): void;`,
  'docs/p4runtime-client.md': `
    declare const p4info: Pipeline['p4info'], deviceConfig: Uint8Array;`,
  'README.md': `
    declare const json: string, frame: Uint8Array;`,
};
const MODULES: Readonly<
  Record<string, { readonly name: string; readonly values: object; readonly types: string }>
> = {
  'docs/host.md': { name: 'sincmesh/host', values: host, types: 'StreamEvent' },
  'docs/p4runtime-client.md': {
    name: 'sincmesh/controller/p4runtime',
    values: p4runtime,
    types: 'Pipeline',
  },
  'docs/tofino.md': { name: 'sincmesh/host', values: host, types: '' },
  'README.md': { name: 'sincmesh/switch', values: embedded, types: '' },
};
const OPTIONS = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
};

/** The examples of a document as one module, each in a function of its own. */
function moduleOf(path: string): string {
  const examples = blocksOf(path, 'ts');
  assert.ok(examples.length > 0, `${path} has no examples`);
  const { name, values, types } = MODULES[path] ?? assert.fail(path);
  const imports: string[] = [];
  const functions = examples.map(({ place, text }, index) => {
    const lines = text.split('\n');
    imports.push(...lines.filter((line) => line.startsWith('import ')));
    const body = lines.filter((line) => !line.startsWith('import ')).join('\n');
    return `// ${place}\nexport async function example${index}() {\n${body}}\n`;
  });
  const text = `${GIVEN[path] ?? ''}\n${functions.join('\n')}`;
  // What a checkout has besides the package, from where the examples are put.
  const stated = imports.join('\n').replaceAll(`'./experiments/`, `'../../../experiments/`);
  const used = Object.keys(values).filter(
    (each) => new RegExp(`\\b${each}\\b`).test(text) && !new RegExp(`\\b${each}\\b`).test(stated),
  );
  const given = [...used, ...types.split(' ').flatMap((type) => (type === '' ? [] : [`type ${type}`]))];
  return `${stated}\nimport { ${given.join(', ')} } from '${name}';\n${text}`;
}

describe('TypeScript in the documents', function () {
  this.timeout(120_000);
  it('compiles as it is printed, against what the package exports', async () => {
    // Within the package, so that its own name leads to it.
    const folder = mkdtempSync(fileURLToPath(new URL('dist/test/documents/examples-', ROOT)));
    try {
      const files = Object.keys(MODULES).map((path) => {
        const file = `${path.replace(/\W/g, '-')}.ts`;
        writeFileSync(join(folder, file), moduleOf(path));
        return file;
      });
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files }));
      const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
      const outcome = await promisify(execFile)(process.execPath, [tsc, '-p', folder], { cwd: folder }).then(
        () => '',
        (error: Error & { readonly stdout: string }) => error.stdout || error.message,
      );
      assert.equal(outcome, '');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
