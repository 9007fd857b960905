import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as api from 'p4runtime-js';
import * as mesh from 'p4runtime-js/mesh';
import { root } from './support.js';

const proto = fileURLToPath(new URL('proto/', root));
const REFERENCE = 'libprotoc 3.12.4';

/** Why generating cannot be compared here; '' where it can. */
function obstacle(): string {
  const { PROTOC: protoc = 'protoc' } = process.env;
  const version = spawnSync(protoc, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return `no ${protoc}; set PROTOC`;
  const found = version.stdout.trim();
  if (found !== REFERENCE) return `${protoc} is ${found}, not ${REFERENCE}; set PROTOC`;
  return '';
}

function filesUnder(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, name);
    if (statSync(path).isFile()) files.set(name, readFileSync(path, 'utf8'));
  }
  return files;
}

describe('generated code', () => {
  const why = obstacle();
  const title = 'is what proto/generate.sh makes of the .proto files';
  (why === '' ? it : it.skip)(why === '' ? title : `${title} (skipped: ${why})`, function () {
    this.timeout(60_000);
    const out = mkdtempSync(join(tmpdir(), 'generated-'));
    try {
      const run = spawnSync('bash', [join(proto, 'generate.sh'), out], { encoding: 'utf8' });
      assert.equal(run.status, 0, run.stderr);
      const made = filesUnder(out);
      const committed = filesUnder(join(proto, 'gen'));
      assert.deepEqual([...made.keys()], [...committed.keys()]);
      for (const [name, text] of made)
        assert.ok(text === committed.get(name), `proto/gen/${name} differs; npm run generate`);
    } finally {
      rmSync(out, { recursive: true });
    }
  });

  it('generate.sh says what is missing where there is no usable protoc', () => {
    const out = join(tmpdir(), 'never-made');
    for (const [protoc, message] of [
      ['/nonexistent/protoc', /no protoc.*set PROTOC/],
      ['true', /no JavaScript generator; set PROTOC/],
    ] as const) {
      const run = spawnSync('bash', [join(proto, 'generate.sh'), out], {
        encoding: 'utf8',
        env: { ...process.env, PROTOC: protoc },
      });
      assert.notEqual(run.status, 0);
      assert.match(run.stderr, message);
    }
    assert.equal(existsSync(out), false);
  });

  it('every top-level message and enum of the .proto files is exported', () => {
    const ofP4Runtime = new Map(Object.entries(api));
    const renamed = new Map([
      ['p4/config/v1/p4info.proto Action', 'P4InfoAction'],
      ['p4/v1/p4runtime.proto Error', 'P4Error'],
    ]);
    const sources = [...filesUnder(proto)].filter(
      ([name]) => name.endsWith('.proto') && !name.includes('node_modules'),
    );
    const ofMesh = new Map(Object.entries(mesh).filter(([name]) => !/^Mesh(Service|Client)$/.test(name)));
    let count = 0;
    for (const [file, text] of sources) {
      const exported = file.startsWith('sincmesh/') ? ofMesh : ofP4Runtime;
      for (const [, name = ''] of text.matchAll(/^(?:message|enum) (\w+)/gm)) {
        assert.ok(exported.has(renamed.get(`${file} ${name}`) ?? name), `${file}: ${name}`);
        count++;
      }
    }
    assert.equal(ofP4Runtime.size + ofMesh.size, count, 'and nothing else');
  });
});
