import assert from 'node:assert/strict';
import { Any } from 'p4runtime-js';
import {
  BMV2,
  detectTarget,
  EMBEDDED,
  modify,
  P4RuntimeError,
  Schema,
  SwitchClient,
  stratumRoleConfig,
  TARGETS,
  type TableEntry,
} from '../../controller/p4runtime/index.js';
import { decodeRoleConfig } from '../../switch/p4runtime/access.js';
import { type Embedded, startEmbedded } from './embedded.js';
import { workbench } from './workbench.js';

function station(number: number): { type: 'insert'; entity: TableEntry } {
  const entity: TableEntry = {
    kind: 'table-entry',
    table: 'stations',
    match: { 'hdr.ethernet.dst': number },
    action: { kind: 'action', name: 'forward', params: { port: number % 512 } },
  };
  return { type: 'insert', entity };
}

describe('target profiles', () => {
  it('are found out by version where that settles it', () => {
    assert.equal(detectTarget('1.3.0'), BMV2);
    for (const version of ['1.4.1', '1.5.0', '2.0.0', '', 'one', '1.33x']) {
      assert.equal(detectTarget(version), undefined, version);
    }
    for (const [name, profile] of Object.entries(TARGETS)) assert.equal(profile.name, name);
  });
});

describe('role.config', () => {
  const schema = new Schema(workbench().p4info);

  it('says what a role may do in the form the embedded switch reads', () => {
    const [table] = [schema.tables.get('stations')];
    const config = stratumRoleConfig(schema, {
      exclusive: ['stations'],
      shared: [schema.tables.get('rules').id],
      receivesPacketIns: true,
      canPushPipeline: true,
    });
    const any = new Any();
    any.setTypeUrl(`type.googleapis.com/${config.type}`);
    any.setValue(config.bytes);
    const read = decodeRoleConfig(any);
    assert.deepEqual([...(read?.exclusive ?? [])], [table.id]);
    assert.deepEqual([...(read?.shared ?? [])], [schema.tables.get('rules').id]);
    assert.equal(read?.receivesPacketIns, true);
    assert.equal(read?.canPushPipeline, true);
  });

  it('refuses what is not in the P4Info', () => {
    assert.throws(() => stratumRoleConfig(schema, { exclusive: ['nothing'] }), /nothing in the P4Info/);
    assert.throws(
      () => stratumRoleConfig(schema, { packetIns: { field: 'colour', value: 1 } }),
      (error) => error instanceof P4RuntimeError && error.code === 'UNKNOWN_NAME',
    );
  });
});

describe('writes in flight', () => {
  let embedded: Embedded;
  let client: SwitchClient;
  beforeEach(async () => {
    embedded = await startEmbedded();
    client = new SwitchClient({ address: embedded.address, target: EMBEDDED });
    client.start();
    await client.whenPrimary();
    await client.setPipeline(workbench());
  });
  afterEach(async () => {
    await client.close();
    await embedded.stop();
  });

  it('fail with every refused update, whichever request it was in', async () => {
    await client.write(Array.from({ length: 300 }, (_, i) => station(i)));
    const updates = Array.from({ length: 2100 }, (_, i) => {
      return modify(station(i === 700 || i === 1900 ? 400 : i % 300).entity);
    });
    const error: unknown = await client.write(updates).catch((thrown) => thrown);
    assert.ok(error instanceof P4RuntimeError);
    assert.deepEqual(
      error.failures.map(({ index, status }) => [index, status]),
      [
        [700, 'NOT_FOUND'],
        [1900, 'NOT_FOUND'],
      ],
    );
    assert.equal(error.applied, 2098);
    assert.ok(error.isNotFound);
  });

  it('stop when the call is given up', async () => {
    const abort = new AbortController();
    const updates = Array.from({ length: 5000 }, (_, i) => station(i));
    const write = client.write(updates, { signal: abort.signal });
    abort.abort();
    await assert.rejects(
      write,
      (error) => error instanceof P4RuntimeError && error.code === 'CANCELLED' && error.applied < 5000,
    );
  });
});
