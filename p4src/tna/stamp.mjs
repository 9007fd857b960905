// The sha256 of every source of the Tofino program and of everything made of them.
// usage: node stamp.mjs OUT COMPILER

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const [out, compiler] = process.argv.slice(2);
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const walk = (folder) =>
  readdirSync(folder).flatMap((entry) => {
    const file = `${folder}/${entry}`;
    return statSync(file).isDirectory() ? walk(file) : [file];
  });
const hashes = (files) => Object.fromEntries(files.sort().map((file) => [file, sha256(file)]));
const stamp = {
  compiler,
  // Of shared, what sincmesh.p4 includes.
  sources: hashes([
    ...walk('p4src/tna').filter((file) => file.endsWith('.p4')),
    ...['constants', 'headers', 'metadata'].map((name) => `p4src/shared/${name}.p4`),
  ]),
  outputs: hashes(walk(out).filter((file) => file !== `${out}/stamp.json`)),
};
writeFileSync(`${out}/stamp.json`, `${JSON.stringify(stamp, null, 2)}\n`);
