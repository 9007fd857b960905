// Second half of build.sh: takes the paths of this machine out of p4c's output, and writes fixtures/stamp.json.
// usage: node stamp.mjs COMPILER

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [compiler] = process.argv.slice(2);
const sources = 'test/programs';
const outputs = `${sources}/fixtures`;

const files = (folder, pattern) =>
  readdirSync(folder)
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => `${folder}/${file}`);
const inside = (path) =>
  path.replace(/^.*\/p4include\//, 'p4include/').replace(/^.*\/(?=test\/programs\/)/, '');

for (const file of files(outputs, /^(?!stamp).*\.json$/)) {
  const program = JSON.parse(readFileSync(file, 'utf8'), (key, value) =>
    key === 'filename' || key === 'program' ? inside(value) : value,
  );
  const line = (value) => JSON.stringify(value);
  // One object to a line, so that a change shows as the lines it touches.
  const block = (value) =>
    Array.isArray(value) && value.length > 0 ? `[\n${value.map(line).join(',\n')}\n]` : line(value);
  const body = Object.entries(program).map(([key, value]) => `${line(key)}: ${block(value)}`);
  writeFileSync(file, `{\n${body.join(',\n')}\n}\n`);
}

const hashes = (paths) =>
  Object.fromEntries(
    paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
const stamp = {
  compiler,
  sources: hashes([...files(sources, /\.p4$/), ...files(`${sources}/include`, /\.p4$/)]),
  outputs: hashes(files(outputs, /^(?!stamp).*\.(json|txtpb)$/)),
};
writeFileSync(`${outputs}/stamp.json`, `${JSON.stringify(stamp, null, 2)}\n`);
