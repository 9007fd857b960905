import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Collection, JsonSchema, Resource } from '../collection.js';
import type { Json } from '../store/store.js';
import { Fields } from './fields.js';
import { askHost, HOST_OPERATIONS, type HostOperation } from './host-requests.js';
import type { Operations } from './operations.js';
import { REGISTRATION_SCHEMA } from './registry-collections.js';
import type { EventStreams } from './sse.js';

const ANY: JsonSchema = {};
const TEXT: JsonSchema = { type: 'string' };
const LIST: JsonSchema = { type: 'array', items: {} };
const OBJECT: JsonSchema = { type: 'object' };

const PROBLEM: JsonSchema = {
  description: 'A problem as RFC 9457 has it, with the code of the error',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code', 'detail'],
        properties: { type: TEXT, title: TEXT, status: { type: 'integer' }, code: TEXT, detail: TEXT },
      },
    },
  },
};

interface Described {
  readonly tag: string;
  readonly summary: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonSchema;
  readonly answer?: JsonSchema;
  readonly status?: 200 | 204;
  readonly streams?: boolean;
}

/** OpenAPI's description of a route. */
function described({ tag, summary, params, query, body, answer, status = 200, streams }: Described): object {
  const texts = (of: Readonly<Record<string, string>>) => ({
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(of).map(([name, description]) => [name, { type: 'string', description }]),
    ),
  });
  const content = streams === true ? { content: { 'text/event-stream': { schema: TEXT } } } : (answer ?? ANY);
  return {
    schema: {
      tags: [tag],
      summary,
      ...(params !== undefined && { params: texts(params) }),
      ...(query !== undefined && { querystring: texts(query) }),
      ...(body !== undefined && { body }),
      response: {
        [status]: { description: streams === true ? 'Server-sent events' : 'Done', ...content },
        default: PROBLEM,
      },
    },
  };
}

/** No body at all is an empty spec; `null` is what it is. */
const bodyOf = ({ body }: FastifyRequest): Json => (body === undefined ? {} : (body as Json));

const param = (request: FastifyRequest, name: string): string => new Fields(request.params).text(name);

function resourceSchema({ schema }: Collection): JsonSchema {
  return {
    type: 'object',
    required: ['name', 'spec', 'status'],
    properties: { name: TEXT, spec: schema, status: {} },
  };
}

const plain = ({ name, spec, status }: Resource): Json => ({ name, spec, status });

/** Routes of every collection there is. */
export function collectionRoutes(api: FastifyInstance, operations: Operations, streams: EventStreams): void {
  api.get(
    '/v1/kinds',
    described({ tag: 'collections', summary: 'Every kind of thing that is managed by name', answer: LIST }),
    () => operations.kinds().map(({ kind, summary, schema }) => ({ kind, summary, schema })),
  );
  for (const collection of operations.kinds()) {
    const { kind, summary } = collection;
    const resource = resourceSchema(collection);
    const params = { name: `Name in ${kind}, percent-encoded (a slash is %2F)` };
    const tag = kind;
    api.get(
      `/v1/${kind}`,
      described({ tag, summary: `Lists ${kind}: ${summary}`, answer: { type: 'array', items: resource } }),
      () => operations.list(kind).map(plain),
    );
    api.get(
      `/v1/${kind}/:name`,
      described({ tag, summary: `One of ${kind}`, params, answer: resource }),
      (request) => plain(operations.get(kind, param(request, 'name'))),
    );
    api.put(
      `/v1/${kind}/:name`,
      described({
        tag,
        summary: `Makes one of ${kind} be so; the body is its spec`,
        params,
        body: collection.schema,
        answer: resource,
      }),
      async (request) => plain(await operations.put(kind, param(request, 'name'), bodyOf(request))),
    );
    api.delete(
      `/v1/${kind}/:name`,
      described({ tag, summary: `Deletes one of ${kind}`, params, status: 204, answer: { type: 'null' } }),
      async (request, reply) => {
        await operations.delete(kind, param(request, 'name'));
        return reply.code(204).send();
      },
    );
    api.get(
      `/v1/watch/${kind}`,
      described({
        tag,
        summary: `Changes of ${kind} as they happen: events 'put' and 'delete'`,
        streams: true,
      }),
      (request, reply) => {
        streams.serve(request, reply, (send) =>
          operations.watch(kind, ({ type, name, resource: now }) =>
            send({ type, data: now === undefined ? { name } : plain(now) }),
          ),
        );
      },
    );
  }
}

/** Routes of the fabric: topology, switches, what they hold and count. */
export function fabricRoutes(api: FastifyInstance, operations: Operations, streams: EventStreams): void {
  const params = { switch: 'A switch of the topology' };
  const tag = 'switches';
  const name = (request: FastifyRequest) => param(request, 'switch');
  const query = (request: FastifyRequest) => new Fields(request.query);
  api.get(
    '/v1/topology',
    described({ tag, summary: 'The fabric as its file describes it', answer: OBJECT }),
    () => operations.topology(),
  );
  api.get('/v1/switches', described({ tag, summary: 'Where every switch stands', answer: LIST }), () =>
    operations.switches(),
  );
  api.get(
    '/v1/names/:name',
    described({
      tag: 'names',
      summary: 'Who serves a name, and what each leaf holds for it, read from the leaves',
      params: { name: 'A name, percent-encoded (a slash is %2F)' },
      answer: OBJECT,
    }),
    (request) => operations.name(param(request, 'name')),
  );
  api.get(
    '/v1/cluster',
    described({
      tag,
      summary: 'The controllers that share the fabric, and who leads which switch',
      answer: OBJECT,
    }),
    () => operations.cluster(),
  );
  api.get(
    '/v1/switches/:switch',
    described({ tag, summary: 'One switch, and what it says itself', params, answer: OBJECT }),
    (request) => operations.switch(name(request)),
  );
  api.get(
    '/v1/switches/:switch/entries',
    described({
      tag,
      summary: 'Table entries, read from the switch',
      params,
      query: { table: 'only this table' },
      answer: LIST,
    }),
    (request) => operations.entries(name(request), query(request).optionalText('table')),
  );
  api.get(
    '/v1/switches/:switch/counters',
    described({
      tag,
      summary: 'Counter cells that are not zero, read from the switch',
      params,
      query: { counter: 'only this counter' },
      answer: LIST,
    }),
    (request) => operations.counters(name(request), query(request).optionalText('counter')),
  );
  api.get(
    '/v1/switches/:switch/diff',
    described({ tag, summary: 'What the switch should hold against what it holds', params, answer: OBJECT }),
    (request) => operations.diff(name(request)),
  );
  api.get(
    '/v1/switches/:switch/packets',
    described({
      tag,
      summary:
        'Traces of the packets the switch handles, as they happen; embedded switches of `sincmesh up` only',
      params,
      streams: true,
    }),
    (request, reply) => {
      streams.serve(request, reply, (send) =>
        operations.tracePackets(name(request), (trace) => send({ type: 'packet', data: trace })),
      );
    },
  );
  api.get(
    '/v1/measurements',
    described({
      tag: 'events',
      summary: 'What the switches count for every service, read from them now',
      answer: LIST,
    }),
    () => operations.services(),
  );
  api.get(
    '/v1/events',
    described({
      tag: 'events',
      summary:
        'Events of the controller as they happen; with `since` (or the header Last-Event-ID) also those kept after that number',
      query: { since: 'number of an event; 0 = all that are kept' },
      streams: true,
    }),
    (request, reply) => {
      const since =
        query(request).optionalInteger('since', 0, Number.MAX_SAFE_INTEGER) ?? lastEventId(request);
      streams.serve(request, reply, (send) => {
        const tell = ({ sequence, at, event }: { sequence: number; at: string; event: Json }) =>
          send({ id: sequence, type: 'event', data: { sequence, at, event } });
        for (const event of since === undefined ? [] : operations.events.since(since)) tell(event);
        return operations.watchEvents(tell);
      });
    },
  );
}

function lastEventId(request: FastifyRequest): number | undefined {
  const { 'last-event-id': text } = request.headers;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Routes of the registry for whoever registers by itself, and of the hosts. */
export function registryRoutes(api: FastifyInstance, operations: Operations, streams: EventStreams): void {
  const tag = 'registry';
  const params = { id: 'number of an instance' };
  const id = (request: FastifyRequest) => new Fields(request.params).integer('id', 1, 65_535);
  api.post(
    '/v1/registry/register',
    described({
      tag,
      summary: 'Registers an instance, or renews and changes the one at the same place',
      body: REGISTRATION_SCHEMA,
      answer: OBJECT,
    }),
    (request) => operations.register(bodyOf(request)),
  );
  api.post(
    '/v1/registry/renew/:id',
    described({
      tag,
      summary: 'Renews the lease of an instance; the body may tell its load',
      params,
      body: OBJECT,
      answer: OBJECT,
    }),
    async (request) =>
      operations.renew(id(request), new Fields(request.body ?? {}).optionalNumber('load', 0)),
  );
  api.post(
    '/v1/registry/deregister/:id',
    described({ tag, summary: 'Takes an instance out', params, status: 204, answer: { type: 'null' } }),
    async (request, reply: FastifyReply) => {
      await operations.deregister(id(request));
      return reply.code(204).send();
    },
  );
  api.get(
    '/v1/registry/lookup',
    described({ tag, summary: 'The instances that serve a name', query: { name: 'a name' }, answer: OBJECT }),
    async (request) => operations.lookup(new Fields(request.query).text('name')),
  );
  api.get(
    '/v1/registry/watch',
    described({
      tag,
      summary: 'Changes of services at or below a prefix',
      query: { prefix: 'a name; default /' },
      streams: true,
    }),
    (request, reply) => {
      const prefix = new Fields(request.query).optionalText('prefix') ?? '/';
      streams.serve(request, reply, (send) =>
        operations.watchServices(prefix, (service) => send({ type: 'service', data: service })),
      );
    },
  );
  for (const [operation, summary] of Object.entries(HOST_OPERATIONS)) {
    api.post(
      `/v1/hosts/:host/${operation}`,
      described({
        tag: 'hosts',
        summary,
        params: { host: 'a host of the topology' },
        body: hostBody(operation as HostOperation),
        answer: OBJECT,
      }),
      (request) => askHost(operations, param(request, 'host'), operation as HostOperation, request.body),
    );
  }
}

function hostBody(operation: HostOperation): JsonSchema {
  const name: JsonSchema = { type: 'string', description: 'name of a service, for example /shop/cart' };
  const deadlineMs: JsonSchema = {
    type: 'integer',
    minimum: 1,
    maximum: 600_000,
    description: 'time it may take',
  };
  const key: JsonSchema = { type: 'string', description: 'key within the service' };
  const bytes = (of: string): JsonSchema => ({
    [of]: { type: 'string', description: 'as text' },
    [`${of}Base64`]: { type: 'string', description: 'or as base64' },
  });
  const fields: Readonly<Record<HostOperation, JsonSchema>> = {
    call: { ...bytes('body'), deadlineMs },
    ping: { deadlineMs },
    trace: { deadlineMs },
    serve: {
      kind: { enum: ['answer', 'echo', 'kv'], description: 'what is served' },
      answer: { type: 'string', description: 'the answer to every call' },
      weight: { type: 'integer', minimum: 1, maximum: 100, description: 'share of the calls' },
      version: { type: 'string', description: 'version of the service' },
    },
    stop: {},
    'kv-get': { key, deadlineMs },
    'kv-put': { key, ...bytes('value'), deadlineMs },
    'kv-delete': { key, deadlineMs },
  };
  return { type: 'object', required: ['name'], properties: { name, ...fields[operation] } };
}
