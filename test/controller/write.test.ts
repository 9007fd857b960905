import assert from 'node:assert/strict';
import { WriteRequest } from 'p4runtime-js';
import {
  insert,
  MAX_BATCH_BYTES,
  MAX_BATCH_UPDATES,
  Schema,
  type Update,
} from '../../controller/p4runtime/index.js';
import { type Batch, makeBatches } from '../../controller/p4runtime/write.js';
import { workbench } from './workbench.js';

const schema = new Schema(workbench().p4info);

function requestOf(batch: Batch): WriteRequest {
  return WriteRequest.deserializeBinary(batch.body);
}

function entry(number: number, metadata = new Uint8Array(0)): Update {
  return insert({
    kind: 'table-entry',
    table: 'stations',
    match: { 'hdr.ethernet.dst': number },
    action: { kind: 'action', name: 'forward', params: { port: number % 512 } },
    metadata,
  });
}

describe('write batches', () => {
  it('hold at most 500 updates, in order', () => {
    const updates = Array.from({ length: 1201 }, (_, i) => entry(i));
    const batches = makeBatches(schema, updates, 'continue-on-error');
    assert.deepEqual(
      batches.map((batch) => [
        batch.firstIndex,
        batch.updates.length,
        requestOf(batch).getUpdatesList().length,
      ]),
      [
        [0, MAX_BATCH_UPDATES, MAX_BATCH_UPDATES],
        [500, MAX_BATCH_UPDATES, MAX_BATCH_UPDATES],
        [1000, 201, 201],
      ],
    );
  });

  it('stay below 4 MB', () => {
    const updates = Array.from({ length: 20 }, (_, i) => entry(i, new Uint8Array(600_000)));
    const batches = makeBatches(schema, updates, 'continue-on-error');
    assert.equal(batches.length, 4);
    for (const { body } of batches) assert.ok(body.length < 4_194_304);
  });

  it('bound the size of what they carry from above', () => {
    const updates: Update[] = [
      entry(1),
      insert({
        kind: 'table-entry',
        table: 'rules',
        priority: 0x7fffffff,
        match: { src: 2n ** 47n, ether_type: '1..65534', port: 511 },
        action: { kind: 'action', name: 'forward', params: { port: 511 } },
        idleTimeoutNs: 2 ** 52,
        meter: { cir: 2 ** 52, cburst: 2 ** 52, pir: 2 ** 52, pburst: 2 ** 52 },
        counter: { packets: 2 ** 52, bytes: 2 ** 52 },
      }),
    ];
    const [batch] = makeBatches(schema, updates, 'continue-on-error');
    assert.ok((batch?.body.length ?? 0) < MAX_BATCH_BYTES);
  });

  it('pass the atomicity on, and refuse to split what must be atomic', () => {
    const [batch] = makeBatches(schema, [entry(1)], 'dataplane-atomic');
    assert.ok(batch);
    assert.equal(requestOf(batch).getAtomicity(), WriteRequest.Atomicity.DATAPLANE_ATOMIC);
    const many = Array.from({ length: 501 }, (_, i) => entry(i));
    assert.throws(
      () => makeBatches(schema, many, 'rollback-on-error'),
      /do not fit one request .* rollback-on-error needs/,
    );
  });

  it('refuse an update that no request can carry', () => {
    assert.throws(
      () => makeBatches(schema, [entry(0), entry(1, new Uint8Array(4_100_000))], 'continue-on-error'),
      /update 1 has 41\d+ bytes/,
    );
  });

  it('are none for no updates', () => assert.deepEqual(makeBatches(schema, [], 'dataplane-atomic'), []));
});
