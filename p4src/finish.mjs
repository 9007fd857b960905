// Second half of build.sh: takes from p4c's output what depends on the machine it ran on, and stamps the result.
// usage: node finish.mjs WORK OUT PROGRAM COMPILER

import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const [work, out, source, compiler] = process.argv.slice(2);
const name = posix.basename(source, '.p4');

const root = `${process.cwd()}/`;
const path = (text) => {
  const inside = text.startsWith(root) ? text.slice(root.length) : text;
  const system = inside.match(/\/p4include\/(.*)$/);
  return system ? `p4include/${system[1]}` : posix.normalize(inside);
};

// A macro is one line to p4c, and each statement of it quotes all that follows: quotations are cut.
const FRAGMENT = 60;
const clean = (key, value) => {
  if (typeof value !== 'string') return value;
  if (key === 'filename') return path(value);
  if (key === 'source_fragment' && value.length > FRAGMENT) return `${value.slice(0, FRAGMENT)}...`;
  return value;
};

// Paths relative to the repository, and one object to a line, so that a change shows as the lines it touches.
const program = JSON.parse(readFileSync(join(work, `${name}.json`), 'utf8'), clean);
// The driver p4c compiles a preprocessed copy, and names that.
program.program = source;
const line = (value) => JSON.stringify(value);
const block = (value) =>
  Array.isArray(value) && value.length > 0 ? `[\n${value.map(line).join(',\n')}\n]` : line(value);
const body = Object.entries(program).map(([key, value]) => `${line(key)}: ${block(value)}`);
writeFileSync(join(out, `${name}.json`), `{\n${body.join(',\n')}\n}\n`);
for (const suffix of ['p4info.txtpb', 'p4info.bin']) {
  copyFileSync(join(work, `${name}.${suffix}`), join(out, `${name}.${suffix}`));
}

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const walk = (folder) =>
  readdirSync(folder).flatMap((entry) => {
    const file = `${folder}/${entry}`;
    return statSync(file).isDirectory() ? walk(file) : [file];
  });
const hashes = (files) => Object.fromEntries(files.sort().map((file) => [file, sha256(file)]));
const stamp = {
  compiler,
  sources: hashes([...walk('p4src/shared'), ...walk('p4src/v1model')].filter((file) => file.endsWith('.p4'))),
  outputs: hashes(['json', 'p4info.txtpb', 'p4info.bin'].map((suffix) => `${out}/${name}.${suffix}`)),
};
writeFileSync(join(out, `${name}.stamp.json`), `${JSON.stringify(stamp, null, 2)}\n`);
