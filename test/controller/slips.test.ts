import assert from 'node:assert/strict';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import {
  MasterArbitrationUpdate,
  SetForwardingPipelineConfigRequest,
  SetForwardingPipelineConfigResponse,
  Status,
  type StreamMessageRequest,
  StreamMessageResponse,
  WriteResponse,
} from 'p4runtime-js';
import { type P4RuntimeHandlers, P4RuntimeService } from 'p4runtime-js/service';
import {
  type Entity,
  insert,
  P4RuntimeError,
  type PipelineAction,
  SwitchClient,
  type SwitchClientOptions,
  type Update,
} from '../../controller/p4runtime/index.js';
import { type Embedded, startEmbedded } from './embedded.js';
import { workbench } from './workbench.js';

const pipeline = workbench();
const failsWith = (code: string, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof P4RuntimeError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, text);
  return true;
};

describe('what a program in JavaScript gets wrong', () => {
  let embedded: Embedded;
  let client: SwitchClient;
  before(async () => {
    embedded = await startEmbedded();
    client = new SwitchClient({ address: embedded.address });
    await client.whenPrimary();
    await client.setPipeline(pipeline);
  });
  after(async () => {
    await client.close();
    await embedded.stop();
  });

  /** As JavaScript would, past the compiler. */
  const js = <T>(value: unknown): T => value as T;
  const entry = { kind: 'table-entry', table: 'stations', match: { 'hdr.ethernet.dst': 1 } } as const;

  it('in options', () => {
    const bad: [object, RegExp][] = [
      [{ address: '' }, /option address/],
      [{ address: 9559 }, /option address is 9559; it must be the server's 'host:port'/],
      [{ deviceId: 1.5 }, /option deviceId is 1\.5/],
      [{ deviceId: -1 }, /deviceId/],
      [{ deviceId: 1n << 64n }, /deviceId/],
      [{ electionId: 0n }, /option electionId is 0; it must be a whole number of 1 to 2\^128 - 1/],
      [{ electionId: '7' }, /electionId/],
      [{ rpcTimeoutMs: 0 }, /option rpcTimeoutMs is 0; it must be milliseconds above 0/],
      [{ rpcTimeoutMs: Number.NaN }, /rpcTimeoutMs/],
      [{ maxQueued: 0 }, /maxQueued/],
      [{ tls: { key: 'x' } }, /both key and cert/],
      [{ tls: { ca: 'no PEM', key: 'x', cert: 'y' } }, /option tls/],
    ];
    for (const [options, text] of bad) {
      const all: SwitchClientOptions = js({ address: '127.0.0.1:1', ...options });
      assert.throws(
        () => new SwitchClient(all),
        failsWith('BAD_VALUE', text),
        JSON.stringify(Object.keys(options)),
      );
    }
  });

  it('takes election ids as numbers, and one update without a list', async () => {
    const other = new SwitchClient({ address: embedded.address, electionId: 77 });
    await other.whenPrimary();
    assert.deepEqual(other.state, { kind: 'primary', electionId: 77n });
    await other.adoptPipeline();
    await other.write(insert({ ...entry, action: { kind: 'action', name: 'drop', params: {} } }));
    const found: unknown[] = [];
    for await (const one of other.read({ kind: 'table-entry', table: 'stations' })) found.push(one);
    assert.equal(found.length, 1);
    await other.close();
    await client.whenPrimary();
  });

  it('in updates', async () => {
    const bad: [unknown, string, RegExp][] = [
      [
        { type: 'add', entity: entry },
        'BAD_ENTITY',
        /update 0 is of type 'add'; give insert, modify or delete/,
      ],
      [{ type: 'insert' }, 'BAD_ENTITY', /update 0 has no entity/],
      [insert(js({ kind: 'tableEntry' })), 'BAD_ENTITY', /kind 'tableEntry'.*did you mean 'table-entry'/],
      [
        insert(js({ ...entry, action: { name: 'drop' } })),
        'BAD_ENTITY',
        /action of kind 'undefined'; give action, member/,
      ],
      [
        insert(js({ ...entry, action: { kind: 'action', name: 'forward' } })),
        'BAD_ENTITY',
        /lacks the parameter 'port'/,
      ],
    ];
    for (const [update, code, text] of bad)
      await assert.rejects(client.write([js<Update>(update)]), failsWith(code, text));
    const update = insert({ ...entry, action: { kind: 'action', name: 'drop', params: {} } });
    await assert.rejects(
      client.write([update], { atomicity: js('all-or-nothing') }),
      failsWith('BAD_VALUE', /atomicity 'all-or-nothing' is none of continue-on-error, /),
    );
    const spread: Entity = js({ ...entry, match: { ...entry.match, unset: undefined } });
    for await (const _ of client.read(spread));
  });

  it('in pipelines, packets and timeouts', async () => {
    const action = js<PipelineAction>('push');
    await assert.rejects(
      client.setPipeline(pipeline, { action }),
      failsWith('BAD_VALUE', /pipeline action 'push' is none of verify, /),
    );
    assert.throws(
      () => client.packetOut(js('text'), { egress_port: 1 }),
      failsWith('BAD_VALUE', /payload is string; give a Uint8Array/),
    );
    await assert.rejects(
      client.capabilities({ timeoutMs: Number.NaN }),
      failsWith('BAD_VALUE', /timeoutMs is NaN/),
    );
  });

  it('connects where it is waited for, though nobody called start()', async () => {
    const other = new SwitchClient({ address: embedded.address, electionId: 500n });
    await other.whenPrimary(AbortSignal.timeout(10_000));
    await other.close();
    assert.throws(() => other.start(), failsWith('CLOSED', /closed/));
    await client.whenPrimary();
  });
});

describe('SwitchClient and servers that do less, or other things', () => {
  let server: Server;
  let client: SwitchClient;
  let actions: number[] = [];
  const { Action } = SetForwardingPipelineConfigRequest;
  const unimplemented = { code: status.UNIMPLEMENTED, details: 'not here', metadata: new Metadata() };
  let implemented: readonly number[] = [];
  let arbitrationCode = 0;
  let streamMessages: Buffer[] = [];
  let bids = 0;
  let readAnswer = Buffer.alloc(0);
  let refusal = '';

  const handlers = {
    Capabilities: (_call, callback) => callback(unimplemented),
    GetForwardingPipelineConfig: (_call, callback) => callback(unimplemented),
    SetForwardingPipelineConfig: (call, callback) => {
      const action = call.request.getAction();
      if (refusal !== '')
        return callback({ code: status.UNKNOWN, details: refusal, metadata: new Metadata() });
      if (!implemented.includes(action)) return callback(unimplemented);
      actions.push(action);
      callback(null, new SetForwardingPipelineConfigResponse());
    },
    Read: (call) => call.end(),
    Write: (_call, callback) => callback(null, new WriteResponse()),
    StreamChannel: (stream) => {
      stream.on('error', () => undefined);
      stream.on('end', () => stream.end());
      stream.on('data', (message: StreamMessageRequest) => {
        const bid = message.getArbitration();
        if (bid === undefined) return;
        bids += 1;
        const update = new MasterArbitrationUpdate();
        update.setElectionId(bid.getElectionId());
        const code = new Status();
        code.setCode(arbitrationCode);
        update.setStatus(code);
        const answer = new StreamMessageResponse();
        answer.setArbitration(update);
        stream.write(answer);
        for (const bytes of streamMessages) stream.write(bytes as unknown as StreamMessageResponse);
      });
    },
  } satisfies P4RuntimeHandlers;
  const asBytes = (answer: Buffer | { serializeBinary(): Uint8Array }): Buffer =>
    Buffer.isBuffer(answer) ? answer : Buffer.from(answer.serializeBinary());

  beforeEach(async () => {
    actions = [];
    bids = 0;
    arbitrationCode = 0;
    streamMessages = [];
    refusal = '';
    server = new Server();
    const { Read, StreamChannel } = P4RuntimeService;
    server.addService(
      {
        ...P4RuntimeService,
        Read: { ...Read, responseSerialize: asBytes },
        StreamChannel: { ...StreamChannel, responseSerialize: asBytes },
      },
      {
        ...handlers,
        Read: (call: { write(bytes: Buffer): void; end(): void }) => {
          call.write(readAnswer);
          call.end();
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    client = new SwitchClient({ address: `127.0.0.1:${port}`, backoff: { initialMs: 5, maxMs: 20 } });
  });
  afterEach(async () => {
    await client.close();
    server.forceShutdown();
  });

  it('pushes to a server that cannot tell what it holds', async () => {
    implemented = [Action.VERIFY_AND_COMMIT];
    assert.equal(await client.setPipeline(pipeline), true);
    assert.deepEqual(actions, [Action.VERIFY_AND_COMMIT]);
  });

  it('saves and commits where a server does not do both at once', async () => {
    implemented = [Action.VERIFY_AND_SAVE, Action.COMMIT];
    assert.equal(await client.setPipeline(pipeline), true);
    assert.deepEqual(actions, [Action.VERIFY_AND_SAVE, Action.COMMIT]);
  });

  it('says what may be wrong where PI says only that something is', async () => {
    for (const [text, remedy] of [
      ['Error when trying to assign device', /device; its device id may not be 1 .*--device-id/],
      ['Error in first phase of device update', /update; it cannot load the device config/],
      ['something else', /something else$/],
    ] as const) {
      refusal = text;
      await assert.rejects(client.setPipeline(pipeline), failsWith('UNKNOWN', remedy));
    }
  });

  it('falls back where it was told to, and only then', async () => {
    implemented = [Action.VERIFY_AND_COMMIT];
    const action = 'reconcile-and-commit';
    await assert.rejects(client.setPipeline(pipeline, { action }), failsWith('UNIMPLEMENTED', /not here/));
    assert.equal(await client.setPipeline(pipeline, { action, fallback: 'verify-and-commit' }), true);
    assert.deepEqual(actions, [Action.VERIFY_AND_COMMIT]);
  });

  it('does not bid for ever where every bid is answered with "there is no primary"', async () => {
    arbitrationCode = status.NOT_FOUND;
    const states = client.stateChanged.values();
    client.start();
    let answers = 0;
    for await (const { kind } of states) if (kind === 'backup' && ++answers === 6) break;
    for (let i = 0; i < 10; i += 1) await assert.rejects(client.capabilities());
    assert.equal(client.state.kind, 'backup');
    assert.equal(bids, 6);
  });

  it('goes on after messages of kinds it does not know', async () => {
    const failed = client.failed.values();
    // Field 15 of a StreamMessageResponse of another time.
    streamMessages = [Buffer.from([0x7a, 0x01, 0x00])];
    await client.whenPrimary();
    const { value } = await failed.next();
    failsWith('BAD_ENTITY', /StreamChannel: a message of case 0 arrived, not supported/)(value);
    assert.equal(client.state.kind, 'primary');
  });

  it('connects anew, more and more slowly, where the stream carries nonsense', async () => {
    streamMessages = [Buffer.from([0x0a, 0xff, 0xff, 0xff])];
    const states = client.stateChanged.values();
    client.start();
    let ends = 0;
    for await (const state of states) {
      if (state.kind === 'disconnected' && state.error !== undefined && ++ends === 3) break;
    }
    assert.ok(client.stats.connections >= 3);
  });

  it('reads nonsense as a typed error', async () => {
    implemented = [Action.VERIFY_AND_COMMIT];
    await client.setPipeline(pipeline);
    for (const bytes of [
      [0x0a, 0x05, 1],
      [0xff, 0xff],
      [0x0a, 0x02, 0x12, 0x7f],
    ]) {
      readAnswer = Buffer.from(bytes);
      const read = async () => {
        for await (const _ of client.read({ kind: 'table-entry' }));
      };
      await assert.rejects(read(), failsWith('INTERNAL', /Read: an answer arrived that is no/));
    }
  });
});
