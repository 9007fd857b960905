import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { COMMANDS } from '../../cli/commands.js';
import { blocksOf, ROOT, readDocument } from './blocks.js';

const DOCUMENTS = [
  'README.md',
  ...readdirSync(new URL('docs/', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the documents', () => {
  it('lead to files that are there', () => {
    const broken = DOCUMENTS.flatMap((path) =>
      [...readDocument(path).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !existsSync(new URL(link, new URL(path, ROOT))))
        .map((link) => `${path}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it('are all to be found from the README', () => {
    const links = new Set([...readDocument('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link));
    assert.deepEqual(
      DOCUMENTS.filter((path) => path !== 'README.md' && !links.has(path)),
      [],
    );
  });

  it('name commands there are, with the words that follow them', () => {
    const known = new Map(COMMANDS.map(({ name, words }) => [name, words]));
    let named = 0;
    for (const path of DOCUMENTS) {
      for (const { place, text } of blocksOf(path, 'sh')) {
        for (const [, command = '', word = ''] of text.matchAll(/\bsincmesh ([a-z]+)(?: ([a-z]+)\b)?/g)) {
          if (!known.has(command)) assert.fail(`${place}: there is no command ${command}`);
          named += 1;
          const words = known.get(command);
          // `sincmesh switch PROGRAM.json` and `sincmesh switch --no-p4` have no word of the table.
          if (words !== undefined && word !== '')
            assert.ok(words.includes(word), `${place}: ${command} ${word}`);
        }
      }
    }
    assert.ok(named >= 20, `${named}`);
  });
});
