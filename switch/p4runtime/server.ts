import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
} from '@grpc/grpc-js';
import {
  CapabilitiesResponse,
  type ReadRequest,
  type ReadResponse,
  SetForwardingPipelineConfigResponse,
  WriteResponse,
} from 'p4runtime-js';
import { type P4RuntimeHandlers, P4RuntimeService } from 'p4runtime-js/service';
import type { ServerCounters } from './counters.js';
import { Device } from './device.js';
import { batchFailure, rpcFailure } from './failure.js';
import type { SwitchTarget } from './target.js';
import type { TranslationMaps } from './translation.js';
import { decodeWriteRequest, type EncodedWrite } from './write-request.js';

/** Version of the P4Runtime specification the server follows. */
export const P4RUNTIME_API_VERSION = '1.5.0';

/** Largest request, in bytes; BMv2's server takes the same. */
const MAX_REQUEST = 256 * 1024 * 1024;

export interface ServeOptions {
  /** The switch to serve, an EmbeddedSwitch. */
  readonly switch: SwitchTarget;
  readonly deviceId: bigint | number;
  /** "host:port"; port 0 lets the system choose one. */
  readonly address: string;
  /** Values of translated types (p4runtime_translation) by URI; without one, types map as translation.ts says. */
  readonly translations?: TranslationMaps;
  /** Without them the server takes plain connections. */
  readonly credentials?: ServerCredentials;
}

export interface P4RuntimeServer {
  /** Port the server listens on. */
  readonly port: number;
  readonly counters: Readonly<ServerCounters>;
  /** Ends all streams and stops listening. */
  close(): Promise<void>;
}

/** A Write's request stays encoded for the most part; what Read sends may be encoded already. */
const WRITE: MethodDefinition<EncodedWrite, WriteResponse> = {
  ...P4RuntimeService.Write,
  requestSerialize: () => {
    throw new Error('a server sends no requests');
  },
  requestDeserialize: decodeWriteRequest,
};
const READ: MethodDefinition<ReadRequest, ReadResponse | Buffer> = {
  ...P4RuntimeService.Read,
  responseSerialize: (response) =>
    Buffer.isBuffer(response) ? response : P4RuntimeService.Read.responseSerialize(response),
};
const SERVICE = { ...P4RuntimeService, Write: WRITE, Read: READ };

type Handlers = Omit<P4RuntimeHandlers, 'Write' | 'Read'> & {
  readonly Write: handleUnaryCall<EncodedWrite, WriteResponse>;
  readonly Read: handleServerStreamingCall<ReadRequest, ReadResponse | Buffer>;
};

/** Serves a switch over P4Runtime. Rejects if the address cannot be had. */
export async function serveP4Runtime(options: ServeOptions): Promise<P4RuntimeServer> {
  const device = new Device(BigInt(options.deviceId), options.switch, options.translations);
  const server = new Server({ 'grpc.max_receive_message_length': MAX_REQUEST });
  server.addService(SERVICE, handlers(device));
  const port = await listen(server, options).catch((error: unknown) => {
    device.close();
    throw error;
  });
  return {
    port,
    counters: device.counters,
    close: async () => {
      device.close();
      await shutDown(server);
    },
  };
}

function listen(server: Server, options: ServeOptions): Promise<number> {
  const credentials = options.credentials ?? ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(options.address, credentials, (error, port) => {
      if (error === null) resolve(port);
      else
        reject(new Error(`cannot serve P4Runtime on ${options.address}: ${error.message}`, { cause: error }));
    });
  });
}

/** Lets the last messages of ended streams out, then drops what is left. */
function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), 250);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

function handlers(device: Device): Handlers {
  return {
    Write: (call, callback) => {
      try {
        const results = device.write(call.request);
        if (results.every((result) => result === undefined)) callback(null, new WriteResponse());
        else callback(batchFailure(results));
      } catch (error) {
        callback(rpcFailure(error));
      }
    },
    Read: (call) => {
      try {
        const results = device.read(call.request, (chunk) => call.write(chunk));
        if (results.every((result) => result === undefined)) call.end();
        else call.emit('error', batchFailure(results));
      } catch (error) {
        call.emit('error', rpcFailure(error));
      }
    },
    SetForwardingPipelineConfig: (call, callback) => {
      try {
        device.setPipeline(call.request);
        callback(null, new SetForwardingPipelineConfigResponse());
      } catch (error) {
        callback(rpcFailure(error));
      }
    },
    GetForwardingPipelineConfig: (call, callback) => {
      try {
        callback(null, device.getPipeline(call.request));
      } catch (error) {
        callback(rpcFailure(error));
      }
    },
    StreamChannel: (call) => device.openStream(call),
    Capabilities: (call, callback) => {
      const deviceId = call.request.getDeviceId();
      try {
        // 0: what goes for the whole server.
        if (deviceId !== '0') device.checkDevice(deviceId);
      } catch (error) {
        callback(rpcFailure(error));
        return;
      }
      const response = new CapabilitiesResponse();
      response.setP4runtimeApiVersion(P4RUNTIME_API_VERSION);
      callback(null, response);
    },
  };
}
