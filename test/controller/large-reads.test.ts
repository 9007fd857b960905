import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ReadResponse } from 'p4runtime-js';
import { P4RuntimeService } from 'p4runtime-js/service';
import { encodeEntity } from '../../controller/p4runtime/entities/index.js';
import { P4RuntimeError, Schema, SwitchClient } from '../../controller/p4runtime/index.js';
import { workbench } from './workbench.js';

const ENTRIES = Number(process.env['SINCMESH_CLIENT_ENTRIES'] ?? 200_000);
const PER_ANSWER = 1000;

describe('a read of a large table', function () {
  this.timeout(60_000);
  let server: Server;
  let client: SwitchClient;
  let sent = 0;
  let wasCancelled = false;
  /** Answers after which the server says no more. */
  let silentAfter = Number.POSITIVE_INFINITY;

  before(async () => {
    const schema = new Schema(workbench().p4info);
    const answer = new ReadResponse();
    for (let i = 0; i < PER_ANSWER; i += 1) {
      const match = { 'hdr.ethernet.dst': i };
      const action = { kind: 'action', name: 'forward', params: { port: 1 } } as const;
      answer.addEntities(encodeEntity(schema, { kind: 'table-entry', table: 'stations', match, action }));
    }
    const bytes = Buffer.from(answer.serializeBinary());
    server = new Server();
    const { Read, GetForwardingPipelineConfig, SetForwardingPipelineConfig } = P4RuntimeService;
    const services = {
      Read: { ...Read, responseSerialize: () => bytes },
      GetForwardingPipelineConfig,
      SetForwardingPipelineConfig,
    };
    server.addService(services, {
      GetForwardingPipelineConfig: (_call: unknown, done: (error: object) => void) => done({ code: 12 }),
      SetForwardingPipelineConfig: (_call: unknown, done: (error: null, answer: object) => void) =>
        done(null, { serializeBinary: () => new Uint8Array(0) }),
      Read: (call: {
        write(message: object): boolean;
        end(): void;
        once(name: string, act: () => void): void;
      }) => {
        call.once('cancelled', () => {
          wasCancelled = true;
        });
        const more = () => {
          while (sent * PER_ANSWER < ENTRIES) {
            if (sent >= silentAfter) return;
            sent += 1;
            if (!call.write({})) {
              call.once('drain', more);
              return;
            }
          }
          call.end();
        };
        more();
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    client = new SwitchClient({ address: `127.0.0.1:${port}`, rpcTimeoutMs: 1500 });
    await client.setPipeline(workbench(), { timeoutMs: 10_000 });
  });
  after(async () => {
    await client.close();
    server.forceShutdown();
  });
  beforeEach(() => {
    sent = 0;
    wasCancelled = false;
    silentAfter = Number.POSITIVE_INFINITY;
  });

  it('fetches no more than is taken, and has no deadline as a whole', async () => {
    let taken = 0;
    let pauses = 0;
    for await (const entry of client.read({ kind: 'table-entry', table: 'stations' }, { timeoutMs: 5000 })) {
      assert.equal(entry.kind, 'table-entry');
      taken += 1;
      if (taken % (ENTRIES / 4) !== 1) continue;
      pauses += 1;
      // Until the switch has stopped sending: the memory that takes has a bound.
      for (let before = -1; before !== sent; await sleep(100)) before = sent;
      assert.ok(sent * PER_ANSWER - taken < 80_000, `${sent * PER_ANSWER - taken} fetched and not taken`);
    }
    assert.equal(taken, ENTRIES);
    assert.equal(pauses, 4);
  });

  it('may take longer than the deadline where it is the reader who takes his time', async () => {
    let answers = 0;
    for await (const list of client.readIdentified({ kind: 'table-entry' })) {
      assert.equal(list.length, PER_ANSWER);
      answers += 1;
      if (answers < 4) await sleep(600);
      else break;
    }
    while (!wasCancelled) await sleep(10);
  });

  it('ends with DEADLINE_EXCEEDED where the switch falls silent in the middle', async () => {
    silentAfter = 3;
    let taken = 0;
    const read = async () => {
      for await (const _ of client.read({ kind: 'table-entry' })) taken += 1;
    };
    await assert.rejects(
      read(),
      (error) =>
        error instanceof P4RuntimeError &&
        error.code === 'DEADLINE_EXCEEDED' &&
        /Read: no answer for 1500 ms/.test(error.message),
    );
    assert.equal(taken, 3 * PER_ANSWER);
  });

  it('ends where it is aborted, with nothing handed out after that', async () => {
    const abort = new AbortController();
    let taken = 0;
    const read = async () => {
      for await (const _ of client.read({ kind: 'table-entry' }, { signal: abort.signal })) {
        assert.equal(abort.signal.aborted, false);
        taken += 1;
        if (taken === 1500) abort.abort();
      }
    };
    await assert.rejects(read(), (error) => error instanceof P4RuntimeError && error.code === 'CANCELLED');
    assert.equal(taken, 1500);
  });
});
