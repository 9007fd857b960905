import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './lab.js';

interface Stamp {
  readonly compiler: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const read = (path: string): Buffer => readFileSync(new URL(path, ROOT));
const sha256 = (path: string): string => createHash('sha256').update(read(path)).digest('hex');
const stamp = JSON.parse(read('p4src/build/sincmesh.stamp.json').toString()) as Stamp;

describe('p4src/build', () => {
  it('comes from the sources as they stand (else: npm run p4:build)', () => {
    const sources = ['p4src/shared', 'p4src/v1model'].flatMap((folder) =>
      readdirSync(new URL(folder, ROOT))
        .filter((file) => file.endsWith('.p4'))
        .map((file) => `${folder}/${file}`),
    );
    assert.deepEqual(stamp.sources, Object.fromEntries(sources.sort().map((file) => [file, sha256(file)])));
  });

  it('is what p4c made, not edited since', () => {
    for (const [file, hash] of Object.entries(stamp.outputs)) assert.equal(sha256(file), hash, file);
  });

  it('names no place outside the repository', () => {
    const program = JSON.parse(read('p4src/build/sincmesh.json').toString());
    assert.equal(program.program, 'p4src/v1model/sincmesh.p4');
    const files = new Set<string>();
    JSON.stringify(program, (key, value) => {
      if (key === 'filename' && value !== '') files.add(String(value));
      return value;
    });
    for (const file of files) {
      assert(file.startsWith('p4include/') || stamp.sources[file] !== undefined, file);
    }
  });
});
