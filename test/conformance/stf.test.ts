import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProgram } from '../../switch/index.js';
import { assign, field, pipelineJson, programJson, tableJson } from '../switch/program-json.js';
import { runStf } from './runner.js';
import { parseStf, StfError } from './stf.js';

/** A table `ingress.t` on h.key, ternary, whose action `ingress.set` writes h.out. */
function document() {
  const set = {
    name: 'ingress.set',
    runtime_data: [{ name: 'val', bitwidth: 8 }],
    primitives: [assign('h', 'out', { type: 'local', value: 0 })],
  };
  const table = tableJson('ingress.t', 0, [[2, 'ingress.set']], {
    key: [{ match_type: 'ternary', name: 'h.key', target: ['h', 'key'], mask: null }],
    match_type: 'ternary',
  });
  return programJson({
    headers: {
      h: {
        fields: [
          ['key', 16],
          ['out', 8],
        ],
      },
    },
    actions: [set],
    ingress: [assign('h', 'out', field('h', 'out'))],
    pipelines: [pipelineJson('ingress', 'ingress.t', [table]), pipelineJson('egress', null, [])],
    extra: { counter_arrays: [{ name: 'ingress.c', id: 0, size: 4, is_direct: false }] },
  });
}

const run = (script: string) => runStf(loadProgram(document()), parseStf(script));

describe('STF scripts', () => {
  it('add entries by suffix, with wildcards and priorities, and expect per port', () => {
    assert.deepEqual(
      run(`
        # the higher priority wins
        add t 10 key:0x12** set(val:0x33)
        add ingress.t 20 h.key:0x1234 ingress.set(val:68)
        packet 1 1234 00 aa
        expect 0 1234 44 aa$
        packet 1 1299 00
        expect 0 12** 33
        packet 1 9999 55
        expect 0
        check_counter c(0) packets == 0
        wait
      `),
      [],
    );
  });

  it('say what differs: content, length, number, counters', () => {
    assert.match(
      run('packet 1 1234 00\nexpect 0 1234 01')[0] ?? '',
      /port 0, packet 1 \(line 2\): expected 123401, got 123400/,
    );
    assert.match(run('packet 1 1234 00 aa\nexpect 0 1234 00$')[0] ?? '', /123400\$/);
    assert.match(run('packet 1 1234 00\nexpect 0 123400aa')[0] ?? '', /got 123400/);
    assert.match(run('packet 1 1234 00\nexpect 1 123400')[0] ?? '', /port 1: expected 1 packet\(s\), got 0/);
    assert.match(run('packet 0 1234 00')[0] ?? '', /port 0: expected 0 packet\(s\), got 1/);
    assert.match(run('check_counter c(1) bytes > 5')[0] ?? '', /has 0 bytes, not > 5/);
  });

  it('are refused with the line where they make no sense', () => {
    const refused = (script: string, message: RegExp) =>
      assert.throws(
        () => run(script),
        (error: unknown) => error instanceof StfError && message.test(error.message),
      );
    refused('fly 1', /line 1: "fly" is not a known command/);
    refused('\npacket x 12', /line 2: packet needs a port number/);
    refused('packet 1 123', /line 1: packet data must be whole bytes/);
    refused('expect 1 12zz', /line 1: expected data/);
    refused('add nope key:1 set(val:1)', /line 1: there is no one table nope/);
    refused('add t 1 lock:0x1 set(val:1)', /has no key lock; it has h\.key/);
    refused('add t 1 key:0x1 get(val:1)', /has no one action get/);
    refused('add t 1 key:0x1 set(vol:1)', /needs a value for val/);
    refused('add t 1 key:0x1 set(val:1', /expected/);
    refused('mc_node_associate 1 0', /no multicast group 1/);
  });
});

describe('conformance command', () => {
  const main = new URL('./main.js', import.meta.url).pathname;
  const command = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

  it('prints passes and failures and exits 0 or 1', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-stf-'));
    try {
      writeFileSync(join(folder, 'good.json'), JSON.stringify(document()));
      writeFileSync(join(folder, 'good.stf'), 'packet 1 123400\nexpect 0 123400$\n');
      const good = command(folder);
      assert.equal(good.stdout, '1 passed, 0 failed\n');
      assert.equal(good.status, 0);
      writeFileSync(join(folder, 'bad.json'), '{"__meta__": ');
      writeFileSync(join(folder, 'bad.stf'), '');
      writeFileSync(join(folder, 'alone.json'), '{}');
      const bad = command(folder);
      assert.match(bad.stdout, /^FAIL alone: there is no alone\.stf$/m);
      assert.match(bad.stdout, /^FAIL bad: SyntaxError/m);
      assert.match(bad.stdout, /^1 passed, 2 failed$/m);
      assert.equal(bad.status, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('exits 2 and says what is wrong with its argument', () => {
    for (const [args, message] of [
      [[], /usage/],
      [['/no/such/folder'], /is not a directory/],
      [['a', 'b'], /usage/],
      [[new URL('../../../docs', import.meta.url).pathname], /has no \.json files/],
    ] as const) {
      const { status, stderr } = command(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });
});
