import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import {
  DeleteResourceResponse,
  DeregisterResponse,
  Document,
  Event,
  Instance,
  Kind,
  ListKindsResponse,
  ListResourcesResponse,
  type MeshHandlers,
  MeshService,
  type Registration,
  Resource,
  ResourceChange,
  Service,
  Tag,
} from 'p4runtime-js/mesh';
import type { Resource as CollectionResource } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Json } from '../store/store.js';
import type { ServerTls, TokenGuard } from './auth.js';
import { askHost, HOST_OPERATIONS, isHostOperation } from './host-requests.js';
import type { Operations } from './operations.js';
import { ApiError, problemOf } from './problem.js';

const MAX_MESSAGE = 2 ** 20;
const MAX_STREAMS = 256;
/** Messages a stream may be behind before it is ended. */
const MAX_BEHIND = 4096;

export interface GrpcOptions {
  readonly operations: Operations;
  readonly guard: TokenGuard;
  readonly tls: ServerTls | undefined;
  readonly onError: (error: unknown, method: string) => void;
}

/** The gRPC face. Resolves with the port it listens on. */
export class GrpcFace {
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async listen(address: string, port: number, options: GrpcOptions): Promise<GrpcFace> {
    const server = new Server({
      'grpc.max_receive_message_length': MAX_MESSAGE,
      'grpc.max_concurrent_streams': 1024,
    });
    server.addService(MeshService, makeHandlers(options));
    // grpc-js writes to standard error where it cannot listen, and says less of why.
    await tryPort(address, port);
    const host = address.includes(':') ? `[${address}]` : address;
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${port}`, credentialsOf(options), (error, chosen) => {
        if (error === null) resolve(chosen);
        else reject(error);
      });
    });
    return new GrpcFace(server, bound);
  }

  close(): void {
    this.#server.forceShutdown();
  }
}

/** Throws what the operating system says where nobody can listen there. */
async function tryPort(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

function credentialsOf({ tls, guard }: GrpcOptions): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  // grpc-js asks for a certificate only by insisting on one; where there are tokens, they are asked for.
  const insists = tls.clientCa !== undefined && guard.isOpen;
  return ServerCredentials.createSsl(insists ? Buffer.from(tls.clientCa) : null, [pair], insists);
}

function makeHandlers({ operations, guard, onError }: GrpcOptions): MeshHandlers {
  let streams = 0;

  const admit = (metadata: Metadata): void => {
    if (guard.isOpen || guard.admits(metadata.get('authorization')[0]?.toString())) return;
    throw new ApiError('UNAUTHENTICATED', "give a token in the metadata 'authorization: Bearer TOKEN'");
  };
  const failure = (error: unknown, method: string) => {
    const { grpc, code, detail } = problemOf(error);
    if (grpc === status.INTERNAL) onError(error, method);
    return { code: grpc, details: `${code}: ${detail}` };
  };
  const unary =
    <Q, A>(work: (request: Q) => A | Promise<A>): handleUnaryCall<Q, A> =>
    (call, done) => {
      const answer = async (): Promise<A> => {
        admit(call.metadata);
        return work(call.request);
      };
      answer().then(
        (value) => done(null, value),
        (error: unknown) => done(failure(error, call.getPath())),
      );
    };
  const stream =
    <Q, A>(begin: (request: Q, send: (answer: A) => void) => () => void): handleServerStreamingCall<Q, A> =>
    (call: ServerWritableStream<Q, A>) => {
      try {
        admit(call.metadata);
        if (streams >= MAX_STREAMS)
          throw new ApiError('TOO_MANY', `${MAX_STREAMS} streams are open; close one first`);
        const stop = begin(call.request, (answer) => {
          if (call.writableLength > MAX_BEHIND) call.destroy();
          else call.write(answer);
        });
        streams += 1;
        const end = (): void => {
          streams -= 1;
          stop();
        };
        let isOpen = true;
        const once = (): void => {
          if (isOpen) end();
          isOpen = false;
        };
        call.once('cancelled', once);
        call.once('close', once);
        call.on('error', once);
        // Clients wait for headers to know that the watch has begun.
        call.sendMetadata(new Metadata());
      } catch (error) {
        call.emit('error', failure(error, call.getPath()));
      }
    };

  return {
    ListKinds: unary(() => {
      const answer = new ListKindsResponse();
      for (const { kind, summary, schema } of operations.kinds()) {
        const message = new Kind();
        message.setKind(kind);
        message.setSummary(summary);
        message.setSchemaJson(JSON.stringify(schema));
        answer.addKinds(message);
      }
      return answer;
    }),
    ListResources: unary((request) => {
      const answer = new ListResourcesResponse();
      const kind = request.getKind();
      answer.setResourcesList(operations.list(kind).map((resource) => resourceMessage(kind, resource)));
      return answer;
    }),
    GetResource: unary((request) =>
      resourceMessage(request.getKind(), operations.get(request.getKind(), request.getName())),
    ),
    PutResource: unary(async (request) => {
      const spec = readJson('spec_json', request.getSpecJson());
      return resourceMessage(
        request.getKind(),
        await operations.put(request.getKind(), request.getName(), spec),
      );
    }),
    DeleteResource: unary(async (request) => {
      await operations.delete(request.getKind(), request.getName());
      return new DeleteResourceResponse();
    }),
    WatchResources: stream((request, send) =>
      operations.watch(request.getKind(), ({ kind, type, name, resource }) => {
        const change = new ResourceChange();
        change.setType(type === 'put' ? ResourceChange.Type.PUT : ResourceChange.Type.DELETE);
        change.setKind(kind);
        change.setName(name);
        if (resource !== undefined) change.setResource(resourceMessage(kind, resource));
        send(change);
      }),
    ),
    Register: unary(async (request) => instanceMessage(await operations.register(registrationJson(request)))),
    Renew: unary(async (request) => {
      const load = request.getLoadPermillePlusOne();
      const told = load === 0 ? undefined : (load - 1) / 1000;
      return instanceMessage(await operations.renew(request.getId(), told));
    }),
    Deregister: unary(async (request) => {
      await operations.deregister(request.getId());
      return new DeregisterResponse();
    }),
    Lookup: unary((request) => serviceMessage(operations.lookup(request.getName()))),
    WatchServices: stream((request, send) =>
      operations.watchServices(request.getPrefix() || '/', (service) => send(serviceMessage(service))),
    ),
    GetTopology: unary(() => document(operations.topology())),
    GetCluster: unary(() => document(operations.cluster())),
    GetName: unary(async (request) => document(await operations.name(request.getName()))),
    ListSwitches: unary(() => document(operations.switches())),
    GetSwitch: unary(async (request) => document(await operations.switch(request.getSwitch()))),
    ReadEntries: unary(async (request) =>
      document(await operations.entries(request.getSwitch(), request.getTable() || undefined)),
    ),
    ReadCounters: unary(async (request) =>
      document(await operations.counters(request.getSwitch(), request.getCounter() || undefined)),
    ),
    GetDiff: unary(async (request) => document(await operations.diff(request.getSwitch()))),
    WatchPackets: stream((request, send) =>
      operations.tracePackets(request.getSwitch(), (trace) => send(document(trace))),
    ),
    GetMeasurements: unary(async () => document(await operations.services())),
    WatchEvents: stream((request, send) => {
      const tell = ({ sequence, at, event }: { sequence: number; at: string; event: Json }) => {
        const message = new Event();
        message.setSequence(sequence);
        message.setAt(at);
        message.setEventJson(JSON.stringify(event));
        send(message);
      };
      if (request.getSince() > 0)
        for (const event of operations.events.since(request.getSince())) tell(event);
      return operations.watchEvents(tell);
    }),
    AskHost: unary(async (request) => {
      const operation = request.getOperation();
      if (!isHostOperation(operation)) {
        const known = Object.keys(HOST_OPERATIONS).join(', ');
        throw new ControllerError('BAD_REQUEST', `no operation '${operation}'; there are ${known}`);
      }
      const body = readJson('body_json', request.getBodyJson());
      return document(await askHost(operations, request.getHost(), operation, body));
    }),
  };
}

function readJson(field: string, text: string): Json {
  try {
    return text === '' ? {} : (JSON.parse(text) as Json);
  } catch (error) {
    throw new ControllerError('BAD_REQUEST', `${field} is no JSON: ${String(error)}`, { cause: error });
  }
}

function document(json: Json): Document {
  const message = new Document();
  message.setJson(JSON.stringify(json));
  return message;
}

function resourceMessage(kind: string, { name, spec, status: now }: CollectionResource): Resource {
  const message = new Resource();
  message.setKind(kind);
  message.setName(name);
  message.setSpecJson(JSON.stringify(spec));
  message.setStatusJson(JSON.stringify(now));
  return message;
}

/** What is not set is left out, so that the registry's defaults hold. */
function registrationJson(request: Registration): Json {
  const load = request.getLoadPermillePlusOne();
  const tags = request.getTagsList();
  return {
    service: request.getService(),
    address: request.getAddress(),
    port: request.getPort(),
    ...(request.getWeight() > 0 && { weight: request.getWeight() }),
    ...(request.getTtlMs() > 0 && { ttlMs: request.getTtlMs() }),
    ...(request.getVersion() !== '' && { version: request.getVersion() }),
    ...(request.getLocator() !== '' && { locator: request.getLocator() }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags.map((tag) => [tag.getKey(), tag.getValue()])) }),
    ...(load > 0 && { load: (load - 1) / 1000 }),
  };
}

interface InstanceJson {
  readonly id: number;
  readonly service: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly ttlMs: number;
  readonly version?: string;
  readonly locator?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

function instanceMessage(json: Json): Instance {
  const instance = json as unknown as InstanceJson;
  const message = new Instance();
  message.setId(instance.id);
  message.setService(instance.service);
  message.setAddress(instance.address);
  message.setPort(instance.port);
  message.setWeight(instance.weight);
  message.setTtlMs(instance.ttlMs);
  message.setVersion(instance.version ?? '');
  message.setLocator(instance.locator ?? '');
  for (const [key, value] of Object.entries(instance.tags ?? {})) {
    const tag = new Tag();
    tag.setKey(key);
    tag.setValue(value);
    message.addTags(tag);
  }
  return message;
}

function serviceMessage(json: Json): Service {
  const { name, number, instances } = json as { name: string; number: number; instances: readonly Json[] };
  const message = new Service();
  message.setName(name);
  message.setNumber(number);
  message.setInstancesList(instances.map(instanceMessage));
  return message;
}
