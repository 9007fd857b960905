import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../experiments/free-port.js';
import { packagePath } from '../../experiments/package-path.js';
import { UdpTunnel } from '../../switch/ports/index.js';
import { assign, field, hex, pipelineJson, programJson, tableJson } from '../switch/program-json.js';

const MAIN = packagePath('dist/cli/main.js');

/** Sends a packet back where it came from, its second byte set by table t where its first is the key. */
function program(): unknown {
  const set = { name: 'set', runtime_data: [], primitives: [assign('h', 'out', hex(7))] };
  const table = tableJson('t', 0, [[2, 'set']], {
    key: [{ match_type: 'exact', name: 'key', target: ['h', 'key'], mask: null }],
  });
  const back = {
    name: 'back',
    runtime_data: [],
    primitives: [assign('standard_metadata', 'egress_spec', field('standard_metadata', 'ingress_port'))],
  };
  const turn = tableJson('turn', 1, [[3, 'back']], {
    default_entry: { action_id: 3, action_const: true, action_data: [], action_entry_const: true },
  });
  const headers = { h: { fields: [['key', 8] as const, ['out', 8] as const] } };
  const ingress = pipelineJson(
    'ingress',
    't',
    [{ ...(table as object), base_default_next: 'turn', next_tables: { set: 'turn' } }, turn],
    [],
  );
  return programJson({
    headers,
    actions: [set, back],
    pipelines: [ingress, pipelineJson('egress', null, [])],
  });
}

describe('sincmesh switch', function () {
  this.timeout(20_000);
  let folder = '';
  let file = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-switch-'));
    file = join(folder, 'program.json');
    writeFileSync(file, JSON.stringify(program()));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('forwards between tunnels and ends with 0 at SIGTERM', async () => {
    const [ours, theirs] = [await freePort(), await freePort()];
    const device = `1@udp:127.0.0.1:${theirs}-127.0.0.1:${ours}`;
    const child = spawn(process.execPath, [
      MAIN,
      'switch',
      file,
      '-i',
      device,
      '--',
      '--grpc-server-addr',
      '127.0.0.1:0',
    ]);
    const cable = new UdpTunnel({ address: '127.0.0.1', port: ours }, { address: '127.0.0.1', port: theirs });
    try {
      await once(child.stdout, 'data');
      const answer = new Promise<number[]>((resolve) => {
        void cable.open((frame) => resolve([...frame])).then(() => cable.transmit(Uint8Array.of(5, 0, 9)));
      });
      assert.deepEqual(await answer, [5, 0, 9]);
    } finally {
      await cable.close();
      child.kill('SIGTERM');
    }
    const [status] = await once(child, 'exit');
    assert.equal(status, 0);
  });

  it('says what failed: status 1 for what the machine refuses, 2 for the arguments', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [MAIN, 'switch', ...args], { encoding: 'utf8' });
    const missing = run(join(folder, 'none.json'));
    assert.deepEqual([missing.status, /none\.json/.test(missing.stderr)], [1, true]);
    const wrong = run('--no-p4', '--nonsense');
    assert.deepEqual([wrong.status, /no option/.test(wrong.stderr)], [2, true]);
  });

  it('trace: prints what a packet does, with the entry it hits', () => {
    const [packet, entries] = [join(folder, 'packet.hex'), join(folder, 'entries.json')];
    writeFileSync(packet, '0500 aa\n');
    writeFileSync(entries, JSON.stringify([{ table: 't', match: [{ exact: '0x5' }], action: 'set' }]));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [MAIN, 'switch', 'trace', file, packet, '--port', '3', ...args], {
        encoding: 'utf8',
      });
    assert.match(run('--entries', entries).stdout, /table t \(key=0x5\): hit \[0x5\] -> set\(\)/);
    assert.match(run().stdout, /table t \(key=0x5\): miss -> no action/);
    const [{ port, steps }] = JSON.parse(run('--json', '--entries', entries).stdout);
    assert.equal(port, 3);
    assert.deepEqual(steps.find((step: { kind: string }) => step.kind === 'table').entry.match, [
      { kind: 'exact', value: '5' },
    ]);
  });
});
