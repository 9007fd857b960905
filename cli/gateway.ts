import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server, createSecureServer } from 'node:http2';
import type { Server } from 'node:net';
import { ContentCache, Egress, Ingress, type IngressRoute } from '../host/gateway/index.js';
import { Host, NodeEnvironment } from '../host/index.js';
import { type Arguments, type Command, integer } from './command.js';
import { UsageError } from './errors.js';

function list(args: Arguments, name: string): string[] {
  const text = args.options.get(name);
  return typeof text === 'string' ? text.split(',').map((word) => word.trim()) : [];
}

function text(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** `[HOST]/PREFIX=/name` */
function route(word: string): IngressRoute {
  const match = /^([^/=]*)(\/[^=]*)=(\/.+)$/.exec(word);
  const [, host = '', prefix = '', name = ''] = match ?? [];
  if (match === null) throw new UsageError(`--route takes [HOST]/PREFIX=/name, got '${word}'`);
  return { host: host === '' ? undefined : host, prefix, name };
}

/** `/name=http://host:port` */
function service(word: string): { readonly name: string; readonly target: string } {
  const match = /^(\/[^=]+)=(http:\/\/.+)$/.exec(word);
  const [, name = '', target = ''] = match ?? [];
  if (match === null || !URL.canParse(target)) {
    throw new UsageError(`--serve takes /name=http://host:port, got '${word}'`);
  }
  return { name, target };
}

function endpoint(word: string, option: string): { readonly host: string; readonly port: number } {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(word);
  const port = Number(match?.[2]);
  if (match === null || port > 65535) throw new UsageError(`--${option} takes [ADDRESS:]PORT, got '${word}'`);
  return { host: match[1] ?? '0.0.0.0', port };
}

async function listen(server: Server, word: string, option: string, what: string): Promise<void> {
  const at = endpoint(word, option);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  process.stdout.write(`gateway: ${what} on ${at.host}:${port}\n`);
}

async function run(args: Arguments): Promise<number> {
  const address = text(args, 'address');
  const serviceAddress = text(args, 'service-address');
  const name = text(args, 'name');
  const routes = list(args, 'route').map(route);
  const services = list(args, 'serve').map(service);
  if (address === undefined || serviceAddress === undefined || name === undefined) {
    throw new UsageError('--address, --service-address and --name are needed');
  }
  if (routes.length === 0 && services.length === 0) {
    throw new UsageError('give --route to take HTTP in, --serve to hand it to a server, or both');
  }
  // The longest prefix first, and a host before any host.
  routes.sort(
    (a, b) =>
      b.prefix.length - a.prefix.length || Number(b.host !== undefined) - Number(a.host !== undefined),
  );
  const environment = new NodeEnvironment({
    address,
    onError: (error) => process.stderr.write(`gateway: socket: ${error.message}\n`),
  });
  const host = new Host(environment, { name, serviceAddress });
  const servers: Server[] = [];
  const egresses: Egress[] = [];
  try {
    await host.attach({ deadlineUs: 10_000_000, attempts: 20 });
    const maxBytes = integer(args, 'cache-mb', 0, 65_536) * 2 ** 20;
    for (const { name: served, target } of services) {
      const cache = maxBytes === 0 ? undefined : new ContentCache({ maxBytes });
      egresses.push(await Egress.serve(host, served, { target, cache }));
      process.stdout.write(`gateway: ${served} served by ${target}\n`);
    }
    if (routes.length > 0) {
      const timeoutUs = integer(args, 'timeout-ms', 1, 3_600_000) * 1000;
      const { listener } = new Ingress(host, { routes, timeoutUs });
      const plain = createServer(listener);
      servers.push(plain);
      await listen(plain, text(args, 'listen') ?? '', 'listen', 'HTTP/1.1');
      const h2 = text(args, 'listen-h2');
      if (h2 !== undefined) {
        const server = createHttp2Server(listener);
        servers.push(server);
        await listen(server, h2, 'listen-h2', 'HTTP/2 without TLS');
      }
      const tls = text(args, 'listen-tls');
      const cert = text(args, 'cert');
      const key = text(args, 'key');
      if (tls !== undefined) {
        if (cert === undefined || key === undefined) {
          throw new UsageError('--listen-tls needs --cert and --key');
        }
        const pair = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true };
        const server = createSecureServer(pair, listener);
        servers.push(server);
        await listen(server, tls, 'listen-tls', 'HTTP/1.1 and HTTP/2 with TLS');
      }
    }
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    });
  } finally {
    for (const server of servers) server.close();
    for (const egress of egresses) await egress.close();
    host.close();
  }
  return 0;
}

export const gateway: Command = {
  name: 'gateway',
  summary: 'turn HTTP requests into named calls and back',
  usage: 'sincmesh gateway --address A --service-address S --name N [--route R,...] [--serve S,...]',
  details: [
    'Runs on a host of the fabric, over an ordinary UDP socket. --route takes HTTP in: a request whose path begins with PREFIX',
    '(and whose host is HOST) becomes a call to /name. --serve is the other end: calls to /name go to an HTTP server.',
    'A request may limit its own time by grpc-timeout or x-request-timeout-ms; a traceparent goes on as it is, or begins here.',
    'Ends on SIGINT or SIGTERM, after taking its services back from the registry.',
  ].join('\n'),
  options: {
    address: { type: 'string', value: 'IPV4', help: "this host's address in the fabric" },
    'service-address': { type: 'string', value: 'IPV4', help: 'where packets to unresolved names go' },
    name: { type: 'string', value: 'NAME', help: "this host's own name, for example /host/h1" },
    route: { type: 'string', value: 'LIST', help: '[HOST]/PREFIX=/name, separated by commas' },
    serve: { type: 'string', value: 'LIST', help: '/name=http://host:port, separated by commas' },
    listen: { type: 'string', value: '[A:]PORT', help: 'where HTTP/1.1 is taken', default: '8080' },
    'listen-h2': { type: 'string', value: '[A:]PORT', help: 'where HTTP/2 without TLS is taken' },
    'listen-tls': { type: 'string', value: '[A:]PORT', help: 'where both are taken with TLS' },
    cert: { type: 'string', value: 'FILE', help: 'certificate for --listen-tls, PEM' },
    key: { type: 'string', value: 'FILE', help: 'its key, PEM' },
    'cache-mb': { type: 'string', value: 'N', help: 'content kept at --serve, 0 = none', default: '64' },
    'timeout-ms': { type: 'string', value: 'N', help: 'time a request gets at most', default: '30000' },
  },
  positionals: 0,
  run,
};
