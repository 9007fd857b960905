import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ROOT } from './lab.js';

interface Key {
  readonly name: string;
  readonly match_type: string;
}
interface Table {
  readonly name: string;
  readonly key: readonly Key[];
  readonly max_size: number;
  readonly actions: readonly string[];
}
interface Program {
  readonly pipelines: readonly { name: string; tables: readonly Table[]; conditionals: readonly unknown[] }[];
  readonly register_arrays: readonly { name: string; bitwidth: number; size: number }[];
  readonly counter_arrays: readonly { name: string }[];
}

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const program = JSON.parse(read('p4src/build/sincmesh.json')) as Program;
const document = read('docs/program.md');

/** Rows of the document's table whose first column is called `head`. */
function rows(head: string): string[][] {
  const [, rest = ''] = document.split(`\n| ${head} |`);
  const lines = rest.split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A control of the program's own, not one p4c has wrapped around an action. */
const isDeclared = ({ name }: { name: string }): boolean =>
  name.startsWith('ingress.') || name.startsWith('egress.');
const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

describe('docs/program.md', () => {
  it('has every table of the program, with its key, size and actions', () => {
    const tables = program.pipelines.flatMap((pipeline) => pipeline.tables).filter(isDeclared);
    const expected = tables.map((table) => ({
      name: table.name,
      key: table.key.map((key) => `${key.name} (${key.match_type}`),
      size: String(table.max_size),
      actions: table.actions.map(last).filter((action) => action !== 'NoAction'),
    }));
    const written = rows('table').map(([name = '', key = '', size = '', actions = '']) => ({
      name,
      key: key === '' ? [] : key.split(', ').map((part) => part.replace(/ \d+\)$/, '')),
      size,
      actions: actions.split(', '),
    }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    assert.deepEqual(written.sort(byName), expected.sort(byName));
  });

  it('has every register, and adds them up', () => {
    const written = rows('register').flatMap(([name = '', bits = '', cells = '']) => {
      const [, prefix = '', to] = /^(.*?)\d+ \.\. [a-z]+(\d+)$/.exec(name) ?? [];
      const names =
        to === undefined ? [name] : Array.from({ length: Number(to) + 1 }, (_, i) => `${prefix}${i}`);
      return names.map((each) => `${each} ${bits} ${cells}`);
    });
    const expected = program.register_arrays.map(({ name, bitwidth, size }) => `${name} ${bitwidth} ${size}`);
    assert.deepEqual(written.sort(), expected.sort());
    const bits = program.register_arrays.reduce((sum, { bitwidth, size }) => sum + bitwidth * size, 0);
    assert(document.includes(`Together ${bits.toLocaleString('en-US')} bits`), `${bits} bits`);
  });

  it('has every counter', () => {
    const written = rows('counter').map(([name]) => name);
    assert.deepEqual(written.sort(), program.counter_arrays.map(({ name }) => name).sort());
  });

  it('says how large the program is', () => {
    const sizes = ['ingress', 'egress'].map((name) => {
      const pipeline = program.pipelines.find((each) => each.name === name);
      return `${pipeline?.tables.length} tables and ${pipeline?.conditionals.length} conditions of ${name}`;
    });
    assert(document.replaceAll('\n', ' ').includes(sizes.join(', ')), sizes.join(', '));
  });
});
