import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { isLoopback, type ServerTls, type TokenGuard } from './auth.js';
import type { Metrics } from './metrics.js';
import type { Operations } from './operations.js';
import { ApiError, type Problem, problemDocument, problemOf } from './problem.js';
import { collectionRoutes, fabricRoutes, registryRoutes } from './routes.js';
import { EventStreams } from './sse.js';

const BODY_LIMIT = 2 ** 20;
const REQUEST_MS = 30_000;
/** Longest name in a path, percent-encoded: 255 bytes of three characters each, and an address. */
const MAX_PARAM = 1024;

/** First words of paths that are no collections. */
const OTHER_PATHS: ReadonlySet<string> = new Set([
  'kinds',
  'watch',
  'topology',
  'switches',
  'names',
  'cluster',
  'measurements',
  'events',
  'registry',
]);

export interface RestOptions {
  readonly operations: Operations;
  readonly metrics: Metrics;
  readonly guard: TokenGuard;
  readonly tls: ServerTls | undefined;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
}

/** The REST face. Close it with close(), which ends its event streams as well. */
export async function makeRest(options: RestOptions): Promise<FastifyInstance> {
  const { operations, metrics, tls, logger } = options;
  const common = {
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAM },
    frameworkErrors: (error: Error & { statusCode?: number }, _: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, restProblem(error));
    },
  } as const;
  const api: FastifyInstance =
    tls === undefined
      ? Fastify(common)
      : (Fastify({
          ...common,
          https: {
            cert: tls.cert,
            key: tls.key,
            ...(tls.clientCa !== undefined && {
              ca: tls.clientCa,
              requestCert: true,
              rejectUnauthorized: false,
            }),
          },
        }) as unknown as FastifyInstance);
  api.server.headersTimeout = REQUEST_MS;
  const streams = new EventStreams();
  // Collections check what they are given themselves, and answers are ours.
  api.setValidatorCompiler(() => () => true);
  api.setSerializerCompiler(() => (data) => JSON.stringify(data));
  api.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const problem = restProblem(error);
    // What a host was answered, or a switch that is away, is no fault of the controller's.
    if (problem.status === 500) request.log.error({ err: error }, 'request failed');
    else if (problem.status > 500) request.log.info({ code: problem.code }, problem.detail);
    sendProblem(reply, problem);
  });
  api.setNotFoundHandler((request) => {
    // Every kind has routes: a path of their form that has none names a kind that is not there, and is told those that are.
    const [, kind] = /^\/v1\/(?:watch\/)?([a-z-]+)(?:\/[^/]+)?$/.exec(request.url.split('?')[0] ?? '') ?? [];
    if (kind !== undefined && !OTHER_PATHS.has(kind)) operations.collection(kind);
    throw new ApiError(
      'NO_ROUTE',
      `there is no ${request.method} ${request.url}; /openapi.json has all routes`,
    );
  });
  api.addHook('onRequest', async (request) => authorize(request.raw, request.routeOptions.url, options));
  api.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  api.addHook('preClose', async () => streams.close());

  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'sincmesh controller',
        description: 'Names, policies, in-network groups and switches of one fabric',
        version: options.version,
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
  });
  await api.register((routes, _, done) => {
    collectionRoutes(routes, operations, streams);
    fabricRoutes(routes, operations, streams);
    registryRoutes(routes, operations, streams);
    const text = (summary: string, type: string) => ({
      schema: {
        tags: ['server'],
        summary,
        response: { 200: { description: 'Done', content: { [type]: { schema: {} } } } },
      },
    });
    routes.get('/metrics', text('Metrics for Prometheus', 'text/plain'), async (_, reply) => {
      const body = await metrics.text();
      return reply.header('content-type', metrics.registry.contentType).send(body);
    });
    routes.get('/healthz', text('Whether the server runs; needs no token', 'application/json'), () => ({
      status: 'ok',
    }));
    routes.get('/openapi.json', text('This description', 'application/json'), () => api.swagger());
    done();
  });
  await api.ready();
  return api;
}

function sendProblem(reply: FastifyReply, problem: Problem): void {
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .headers(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {})
    .send(JSON.stringify(problemDocument(problem)));
}

/** Throws ApiError where the request may not be answered. */
function authorize(message: IncomingMessage, route: string | undefined, { guard, tls }: RestOptions): void {
  const { origin, host } = message.headers;
  // A web page can have its visitor's browser ask a loopback port, by a name of its own even (DNS rebinding).
  if (origin !== undefined && !sameHost(origin, host)) {
    throw new ApiError(
      'FORBIDDEN_ORIGIN',
      `pages of ${origin} may not ask here; use a client outside of the browser`,
    );
  }
  if (route === '/healthz') return;
  if (tls?.clientCa !== undefined && (message.socket as TLSSocket).authorized) return;
  if (guard.isOpen && tls?.clientCa === undefined) {
    const name = hostname(host);
    if (name !== undefined && isLoopback(name)) return;
    throw new ApiError('FORBIDDEN_ORIGIN', `without authentication only localhost is served, not '${host}'`);
  }
  if (guard.admits(message.headers.authorization)) return;
  throw new ApiError(
    'UNAUTHENTICATED',
    "give a token in the header 'authorization: Bearer TOKEN', or a client certificate",
  );
}

function hostname(host: string | undefined): string | undefined {
  const [, name] = /^\[?([^\]]+?)\]?(?::\d+)?$/.exec(host ?? '') ?? [];
  return name;
}

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Fastify's own refusals (no JSON, too long, another content type) keep their status. */
function restProblem(error: Error & { statusCode?: number }): Problem {
  const problem = problemOf(error);
  const { statusCode } = error;
  if (problem.code !== 'INTERNAL' || statusCode === undefined || statusCode < 400 || statusCode >= 500)
    return problem;
  const code = statusCode === 413 ? 'TOO_LARGE' : 'BAD_REQUEST';
  const detail =
    statusCode === 415
      ? "bodies are JSON: send the header 'content-type: application/json'"
      : statusCode === 413
        ? `bodies are at most ${BODY_LIMIT} bytes`
        : error.message;
  return { ...problem, status: statusCode, code, detail };
}
