import assert from 'node:assert/strict';
import {
  credentials,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import {
  CapabilitiesRequest,
  CapabilitiesResponse,
  Entity,
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  GetForwardingPipelineConfigResponse,
  MasterArbitrationUpdate,
  ReadRequest,
  ReadResponse,
  SetForwardingPipelineConfigRequest,
  SetForwardingPipelineConfigResponse,
  StreamMessageRequest,
  StreamMessageResponse,
  TableEntry,
  Uint128,
  WriteRequest,
  WriteResponse,
} from 'p4runtime-js';
import {
  P4RuntimeClient,
  type P4RuntimeHandlers,
  P4RuntimeService,
  type UnaryCallback,
} from 'p4runtime-js/service';

/** Answers every call with something made from the request. */
function echoHandlers(): P4RuntimeHandlers {
  let written: WriteRequest | undefined;
  let config: ForwardingPipelineConfig | undefined;
  return {
    Write(call: ServerUnaryCall<WriteRequest, WriteResponse>, callback: sendUnaryData<WriteResponse>) {
      if (call.request.getDeviceId() === '0') {
        callback({ code: status.INVALID_ARGUMENT, details: 'device 0' });
        return;
      }
      written = call.request;
      callback(null, new WriteResponse());
    },
    Read(call) {
      for (const update of written?.getUpdatesList() ?? []) {
        const response = new ReadResponse();
        const entity = update.getEntity();
        response.setEntitiesList(entity === undefined ? [] : [entity]);
        call.write(response);
      }
      call.end();
    },
    SetForwardingPipelineConfig(call, callback) {
      config = call.request.getConfig();
      callback(null, new SetForwardingPipelineConfigResponse());
    },
    GetForwardingPipelineConfig(_call, callback) {
      const response = new GetForwardingPipelineConfigResponse();
      response.setConfig(config);
      callback(null, response);
    },
    StreamChannel(call) {
      call.on('data', (request: StreamMessageRequest) => {
        const response = new StreamMessageResponse();
        response.setArbitration(request.getArbitration());
        call.write(response);
      });
      call.on('end', () => call.end());
    },
    Capabilities(_call, callback) {
      const response = new CapabilitiesResponse();
      response.setP4runtimeApiVersion('1.4.1');
      callback(null, response);
    },
  };
}

function answer<T>(start: (callback: UnaryCallback<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (response === undefined) reject(error ?? new Error('no response'));
      else resolve(response);
    });
  });
}

describe('P4Runtime over gRPC', () => {
  const server = new Server();
  let client: P4RuntimeClient;

  before(async () => {
    server.addService(P4RuntimeService, echoHandlers());
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    client = new P4RuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });

  after(() => {
    client.close();
    server.forceShutdown();
  });

  it('writes, then streams back what was written', async () => {
    const request = new WriteRequest();
    request.setDeviceId('18446744073709551615');
    for (let id = 1; id <= 3; id++) {
      const entry = new TableEntry();
      entry.setTableId(id);
      const entity = new Entity();
      entity.setTableEntry(entry);
      request.addUpdates().setEntity(entity);
    }
    await answer<WriteResponse>((callback) => client.write(request, callback));
    const ids: (number | undefined)[] = [];
    for await (const response of client.read(new ReadRequest())) {
      assert.ok(response instanceof ReadResponse);
      for (const entity of response.getEntitiesList()) ids.push(entity.getTableEntry()?.getTableId());
    }
    assert.deepEqual(ids, [1, 2, 3]);
  });

  it('passes a status through', async () => {
    await assert.rejects(
      answer<WriteResponse>((callback) => client.write(new WriteRequest(), callback)),
      { code: status.INVALID_ARGUMENT, details: 'device 0' },
    );
  });

  it('keeps a pipeline config of a megabyte and its cookie to the bit', async () => {
    const config = new ForwardingPipelineConfig();
    const device = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 7) & 0xff);
    config.setP4DeviceConfig(device);
    const cookie = new ForwardingPipelineConfig.Cookie();
    cookie.setCookie('9223372036854775809');
    config.setCookie(cookie);
    const set = new SetForwardingPipelineConfigRequest();
    set.setAction(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT);
    set.setConfig(config);
    await answer<SetForwardingPipelineConfigResponse>((callback) =>
      client.setForwardingPipelineConfig(set, callback),
    );
    const got = await answer<GetForwardingPipelineConfigResponse>((callback) =>
      client.getForwardingPipelineConfig(new GetForwardingPipelineConfigRequest(), callback),
    );
    assert.deepEqual(Buffer.from(got.getConfig()?.getP4DeviceConfig_asU8() ?? []), Buffer.from(device));
    assert.equal(got.getConfig()?.getCookie()?.getCookie(), '9223372036854775809');
  });

  it('runs the stream channel both ways', async () => {
    const stream = client.streamChannel();
    const electionId = new Uint128();
    electionId.setLow('18446744073709551615');
    const arbitration = new MasterArbitrationUpdate();
    arbitration.setElectionId(electionId);
    const request = new StreamMessageRequest();
    request.setArbitration(arbitration);
    stream.write(request);
    stream.end();
    const lows: (string | undefined)[] = [];
    for await (const response of stream) {
      assert.ok(response instanceof StreamMessageResponse);
      lows.push(response.getArbitration()?.getElectionId()?.getLow());
    }
    assert.deepEqual(lows, ['18446744073709551615']);
  });

  it('reports capabilities', async () => {
    const response = await answer<CapabilitiesResponse>((callback) =>
      client.capabilities(new CapabilitiesRequest(), callback),
    );
    assert.equal(response.getP4runtimeApiVersion(), '1.4.1');
  });
});
