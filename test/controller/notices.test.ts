import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  type DecodedTableEntry,
  detectTarget,
  EMBEDDED,
  insert,
  P4RuntimeError,
  SwitchClient,
} from '../../controller/p4runtime/index.js';
import { packagePath } from '../../experiments/package-path.js';
import { type Embedded, startEmbedded } from './embedded.js';

describe('SwitchClient with what few programs have', function () {
  this.timeout(60_000);
  let device: Embedded;
  let client: SwitchClient;
  before(async () => {
    device = await startEmbedded();
    client = new SwitchClient({ address: device.address, target: EMBEDDED });
    client.start();
    await client.whenPrimary();
    const file = (name: string): Buffer => readFileSync(packagePath(`test/p4runtime/fixtures/${name}`));
    await client.setPipeline({
      p4info: parseP4Info(file('entities.p4info.txtpb')),
      deviceConfig: file('entities.json'),
    });
  });
  after(async () => {
    await client.close();
    await device.stop();
  });

  it('hears of entries that nothing hits for their idle timeout', async () => {
    const heard = new Promise<readonly DecodedTableEntry[]>((resolve) =>
      client.idleTimeout.subscribe(resolve),
    );
    await client.write([
      insert({
        kind: 'table-entry',
        table: 'forward',
        match: { 'hdr.ethernet.dst': 5 },
        action: { kind: 'action', name: 'set_port', params: { port: 2 } },
        idleTimeoutNs: 1_000_000,
      }),
    ]);
    // Whoever owns the switch's time says when to look.
    const looking = setInterval(() => device.switch.tick(), 5);
    const [entry] = await heard.finally(() => clearInterval(looking));
    assert.equal(entry?.table, 'FabricIngress.forward');
    assert.deepEqual(entry?.match, { 'hdr.ethernet.dst': 5n });
  });

  it('tells its API version, which does not tell the target', async () => {
    assert.match(await client.capabilities(), /^1\.\d+/);
    assert.equal(detectTarget(await client.capabilities()), undefined);
    assert.equal(await client.detectTarget(), EMBEDDED);
  });

  it('sets and reads value sets', async () => {
    const set = {
      kind: 'value-set' as const,
      valueSet: 'special_types',
      members: [{ '': 0x88cc }, { '': 0x8100 }],
    };
    await client.write([{ type: 'modify', entity: set }]);
    const read = [];
    for await (const entity of client.read({ kind: 'value-set', valueSet: 'special_types' }))
      read.push(entity);
    assert.deepEqual(read, [
      { ...set, valueSet: 'Parse.special_types', members: [{ '': 0x88ccn }, { '': 0x8100n }] },
    ]);
    const five = { ...set, members: Array.from({ length: 5 }, (_, i) => ({ '': i })) };
    await assert.rejects(
      client.write([{ type: 'modify', entity: five }]),
      (error) => error instanceof P4RuntimeError && error.failures.length <= 1,
    );
  });
});
