import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateTypes, Schema } from '../../controller/p4runtime/index.js';
import { packagePath } from '../../experiments/package-path.js';
import { sincmeshPipeline } from '../../experiments/program.js';
import { workbench } from './workbench.js';

describe('generated types', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    // Below the project, so that imports find what it has installed.
    folder = mkdtempSync(join(packagePath('dist'), 'typegen-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** What the compiler says of a use of the types of a program. */
  function compile(types: string, use: string): string {
    writeFileSync(join(folder, 'program.ts'), types);
    writeFileSync(
      join(folder, 'use.ts'),
      `import type { ProgramEntry } from './program.js';\nimport type { TableEntry } from '${from}';\n${use}\n`,
    );
    const compiler = packagePath('node_modules/typescript/bin/tsc');
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      '--target',
      'es2022',
    ];
    const modules = ['--module', 'nodenext', '--types', 'node'];
    const result = spawnSync(process.execPath, [compiler, ...flags, ...modules, join(folder, 'use.ts')], {
      encoding: 'utf8',
      cwd: folder,
    });
    return result.stdout;
  }
  const from = '../../controller/p4runtime/index.js';

  it('take what the program has, as table entries', () => {
    const types = generateTypes(new Schema(workbench().p4info), { from });
    const good = `
      const entries: ProgramEntry[] = [
        { kind: 'table-entry', table: 'workbench.stations', match: { 'hdr.ethernet.dst': '00:00:00:00:00:01' },
          action: { kind: 'action', name: 'workbench.forward', params: { port: 3 } } },
        { kind: 'table-entry', table: 'workbench.rules', priority: 7, match: { src: 1 } },
        { kind: 'table-entry', table: 'workbench.spread', match: { 'hdr.ethernet.dst': 2n },
          action: { kind: 'group', group: 1 } },
      ];
      export const general: readonly TableEntry[] = entries;`;
    assert.equal(compile(types, good), '');
  });

  it('refuse tables, fields, actions and parameters it has not', () => {
    const types = generateTypes(new Schema(workbench().p4info), { from });
    const action = (name: string, params: string): string =>
      `export const e: ProgramEntry = { kind: 'table-entry', table: 'workbench.stations', match: { 'hdr.ethernet.dst': 1 }, action: { kind: 'action', name: '${name}', params: ${params} } };`;
    const bad = [
      `export const e: ProgramEntry = { kind: 'table-entry', table: 'workbench.station', match: {} };`,
      `export const e: ProgramEntry = { kind: 'table-entry', table: 'workbench.stations', match: {} };`,
      `export const e: ProgramEntry = { kind: 'table-entry', table: 'workbench.rules', match: { src: 1 } };`,
      action('workbench.forwards', '{ port: 1 }'),
      action('workbench.forward', '{}'),
      action('workbench.forward', '{ ports: 1 }'),
    ];
    const said = compile(types, bad.map((one, i) => one.replace('const e:', `const e${i}:`)).join('\n'));
    // The first two lines are imports.
    for (const [i, line] of bad.entries()) {
      assert.match(said, new RegExp(`use\\.ts\\(${i + 3},\\d+\\): error TS2`), `${line}\n${said}`);
    }
  });

  it('are made of sincmesh.p4 as well', () => {
    const types = generateTypes(new Schema(sincmeshPipeline().p4info), { from });
    assert.equal(compile(types, 'export const all = (entry: ProgramEntry): TableEntry => entry;'), '');
  });
});
