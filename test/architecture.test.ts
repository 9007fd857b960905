import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const document = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** What of ours a folder may import besides itself, as docs/architecture.md has it in its table. */
function ruleTable(): Map<
  string,
  { readonly all: boolean; readonly but: string[]; readonly folders: string[] }
> {
  const rules = new Map<string, { all: boolean; but: string[]; folders: string[] }>();
  for (const line of document.split('\n')) {
    const [, folders = '', , rule = ''] = line.split('|').map((cell) => cell.trim());
    if (!/^`[\w/]+\/`/.test(folders)) continue;
    const all = rule.startsWith('everything');
    const named = [...rule.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    for (const [, folder = ''] of folders.matchAll(/`([\w]+)\/`/g)) {
      rules.set(folder, { all, but: all ? named : [], folders: all ? [] : named });
    }
  }
  return rules;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

/** Modules a source names: imports, exports from, and import() of a literal. */
function importsOf(source: string): string[] {
  const text = readFileSync(join(ROOT, source), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const statements = text.matchAll(
    /^(?:import|export)\s+(?:type\s+)?(?:(?:[\w$]+|\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})(?:\s*,\s*\{[^}]*\})?\s+from\s+)?'([^'\n]+)';|\bimport\('([^'\n]+)'\)/gm,
  );
  return [...statements].map(([, stated, dynamic]) => stated ?? dynamic ?? '');
}

/** The folder of ours or the package that an import leads to. */
function targetOf(source: string, module: string): string {
  if (!module.startsWith('.')) {
    const [scope = '', name = ''] = module.split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  return relative(ROOT, resolve(ROOT, dirname(source), module)).split(sep)[0] ?? '';
}

describe('architecture', () => {
  const rules = ruleTable();
  const compiled = (
    JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as { readonly include: readonly string[] }
  ).include;
  const ours = new Set([...rules.keys(), 'p4runtime-js']);

  it('has every folder of sources in the table, and no folder that is not there', () => {
    for (const folder of compiled) assert.ok(rules.has(folder), folder);
    for (const folder of rules.keys()) assert.ok(statSync(join(ROOT, folder)).isDirectory(), folder);
  });

  it('keeps to the rule which folder may import which', () => {
    const wrong: string[] = [];
    let seen = 0;
    for (const folder of compiled) {
      const { all, but, folders: allowed } = rules.get(folder) ?? assert.fail(folder);
      for (const source of sourcesOf(folder)) {
        for (const module of importsOf(source)) {
          const target = targetOf(source, module);
          if (!ours.has(target) || target === folder) continue;
          seen += 1;
          if (all ? but.includes(target) : !allowed.includes(target)) wrong.push(`${source}: ${module}`);
        }
      }
    }
    assert.ok(seen > 300, `${seen} imports looked at`);
    assert.deepEqual(wrong, []);
  });

  it('states the rule it is meant to be', () => {
    assert.deepEqual(rules.get('wire')?.folders, []);
    assert.deepEqual(rules.get('host')?.folders, ['wire']);
    assert.deepEqual(rules.get('emulator')?.folders, ['wire']);
    assert.deepEqual(rules.get('switch')?.folders, ['p4runtime-js']);
    assert.deepEqual(rules.get('controller')?.folders.sort(), ['p4runtime-js', 'wire']);
    assert.deepEqual(rules.get('proto')?.folders, []);
  });

  it('needs no package that package.json does not name', () => {
    const named = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.optionalDependencies),
    ]);
    const missing = new Set<string>();
    for (const folder of ['switch', 'wire', 'controller', 'host', 'emulator', 'experiments', 'cli']) {
      for (const source of sourcesOf(folder)) {
        for (const module of importsOf(source)) {
          const target = targetOf(source, module);
          if (module.startsWith('.') || builtinModules.includes(target) || target.startsWith('node:'))
            continue;
          if (!named.has(target)) missing.add(`${source}: ${module}`);
        }
      }
    }
    assert.deepEqual([...missing], []);
  });
});

describe('the package', () => {
  it('gives every part it exports to a process of its own', async function () {
    this.timeout(60_000);
    const entries = Object.keys(manifest.exports).map((entry) => `sincmesh/${entry.slice(2)}`);
    const program = `
      for (const name of ${JSON.stringify(entries)}) {
        const count = Object.keys(await import(name)).length;
        if (count === 0) throw new Error(name + ' exports nothing');
        console.log(name);
      }
      process.exit(0);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: ROOT,
    });
    assert.deepEqual(stdout.trim().split('\n'), entries);
  });

  it('has types for each of them, and all it says it has', () => {
    for (const file of [...Object.values(manifest.exports), ...Object.values(manifest.bin)]) {
      assert.ok(existsSync(join(ROOT, file.replace(/\.js$/, '.d.ts'))), file);
    }
    for (const file of manifest.files.filter((each) => !each.startsWith('!'))) {
      assert.ok(existsSync(join(ROOT, file)), file);
    }
  });
});
