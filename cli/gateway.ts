import { readFileSync } from 'node:fs';
import { createServer as createHttp2Server, createSecureServer } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import {
  ContentCache,
  Egress,
  Ingress,
  type IngressRoute,
  type OriginTls,
  tcpEgress,
  tcpIngress,
  UdpIngress,
  udpEgress,
} from '../host/gateway/index.js';
import { Host, NodeEnvironment } from '../host/index.js';
import { FabricKey } from '../wire/index.js';
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
  const match = /^(\/[^=]+)=((?:https?|h2c):\/\/.+)$/.exec(word);
  const [, name = '', target = ''] = match ?? [];
  if (match === null || !URL.canParse(target)) {
    throw new UsageError(`--serve takes /name=URL with http://, https:// or h2c://, got '${word}'`);
  }
  return { name, target };
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

function endpoint(word: string, option: string): Endpoint {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(word);
  const port = Number(match?.[2]);
  if (match === null || port > 65535) throw new UsageError(`--${option} takes [ADDRESS:]PORT, got '${word}'`);
  return { host: match[1] ?? '0.0.0.0', port };
}

/** `[ADDRESS:]PORT=/name` */
function listener(word: string, option: string): { readonly at: Endpoint; readonly name: string } {
  const match = /^([^=]+)=(\/.+)$/.exec(word);
  const [, at = '', name = ''] = match ?? [];
  if (match === null) throw new UsageError(`--${option} takes [ADDRESS:]PORT=/name, got '${word}'`);
  return { at: endpoint(at, option), name };
}

/** `/name=HOST:PORT` */
function server(word: string, option: string): { readonly name: string; readonly to: Endpoint } {
  const match = /^(\/[^=]+)=([^:]+:\d{1,5})$/.exec(word);
  const [, name = '', to = ''] = match ?? [];
  if (match === null) throw new UsageError(`--${option} takes /name=HOST:PORT, got '${word}'`);
  return { name, to: endpoint(to, option) };
}

function file(args: Arguments, name: string): string | undefined {
  const path = text(args, name);
  return path === undefined ? undefined : readFileSync(path, 'utf8');
}

function originTls(args: Arguments): OriginTls {
  return {
    ca: file(args, 'origin-ca'),
    verify: !args.options.has('origin-insecure'),
    serverName: text(args, 'origin-name'),
    cert: file(args, 'origin-cert'),
    key: file(args, 'origin-key'),
  };
}

const GRACE_MS = 2000;

/** Undefined leaves it to the environment. */
function offload(args: Arguments): boolean | undefined {
  const word = text(args, 'offload');
  if (word === undefined) return undefined;
  if (word !== 'on' && word !== 'off') throw new UsageError(`--offload takes on or off, got '${word}'`);
  return word === 'on';
}

const say = (line: string): void => {
  process.stdout.write(`gateway: ${line}\n`);
};

interface Parts {
  readonly host: Host;
  readonly register: boolean;
  readonly servers: Server[];
  /** Connections of the servers. */
  readonly sockets: Set<Socket>;
  readonly closers: (() => void | Promise<void>)[];
}

async function listen(
  { servers, sockets }: Parts,
  server: Server,
  word: string,
  option: string,
  what: string,
): Promise<void> {
  servers.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const at = endpoint(word, option);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  say(`${what} on ${at.host}:${port}`);
}

/** The end of services: what hands calls on to servers. */
async function serveAll(args: Arguments, { host, register, closers }: Parts): Promise<void> {
  const maxBytes = integer(args, 'cache-mb', 0, 65_536) * 2 ** 20;
  const idleUs = integer(args, 'udp-idle-ms', 1, 86_400_000) * 1000;
  for (const { name, target } of list(args, 'serve').map(service)) {
    const cache = maxBytes === 0 ? undefined : new ContentCache({ maxBytes });
    const egress = await Egress.serve(host, name, { target, cache, register, tls: originTls(args) });
    closers.push(() => egress.close());
    say(`${name} served by ${target}`);
  }
  for (const { name, to } of list(args, 'tcp-serve').map((word) => server(word, 'tcp-serve'))) {
    const served = await tcpEgress(host, name, { ...to, register });
    closers.push(() => served.stop());
    say(`${name} served by TCP ${to.host}:${to.port}`);
  }
  for (const { name, to } of list(args, 'udp-serve').map((word) => server(word, 'udp-serve'))) {
    const served = await udpEgress(host, name, { ...to, register, idleUs });
    closers.push(() => served.stop());
    say(`${name} served by UDP ${to.host}:${to.port}`);
  }
}

/** The end of clients: what takes connections and turns them into calls. */
async function listenAll(args: Arguments, parts: Parts): Promise<void> {
  const { host, closers } = parts;
  const onError = (error: unknown): void => {
    if (args.options.has('verbose')) process.stderr.write(`gateway: ${String(error)}\n`);
  };
  const routes = list(args, 'route').map(route);
  // The longest prefix first, and a host before any host.
  routes.sort(
    (a, b) =>
      b.prefix.length - a.prefix.length || Number(b.host !== undefined) - Number(a.host !== undefined),
  );
  if (routes.length > 0) {
    const timeoutUs = integer(args, 'timeout-ms', 1, 3_600_000) * 1000;
    const ingress = new Ingress(host, { routes, timeoutUs, onError });
    const plain = ingress.createServer();
    await listen(parts, plain, text(args, 'listen') ?? '', 'listen', 'HTTP/1.1');
    const h2 = text(args, 'listen-h2');
    if (h2 !== undefined) {
      const clear = createHttp2Server(ingress.listener);
      await listen(parts, clear, h2, 'listen-h2', 'HTTP/2 without TLS');
    }
    const tls = text(args, 'listen-tls');
    if (tls !== undefined) {
      const cert = file(args, 'cert');
      const key = file(args, 'key');
      if (cert === undefined || key === undefined)
        throw new UsageError('--listen-tls needs --cert and --key');
      const secure = createSecureServer({ cert, key, allowHTTP1: true }, ingress.listener);
      secure.on('upgrade', ingress.upgrade);
      await listen(parts, secure, tls, 'listen-tls', 'HTTP/1.1 and HTTP/2 with TLS');
    }
  }
  for (const { at, name } of list(args, 'tcp-listen').map((word) => listener(word, 'tcp-listen'))) {
    const front = tcpIngress(host, { name, onError });
    await listen(parts, front, `${at.host}:${at.port}`, 'tcp-listen', `TCP to ${name}`);
  }
  const idleUs = integer(args, 'udp-idle-ms', 1, 86_400_000) * 1000;
  for (const { at, name } of list(args, 'udp-listen').map((word) => listener(word, 'udp-listen'))) {
    const front = await UdpIngress.listen(host, name, at, { idleUs });
    closers.push(() => front.close());
    say(`UDP to ${name} on ${at.host}:${front.port}`);
  }
}

async function run(args: Arguments): Promise<number> {
  const address = text(args, 'address');
  const serviceAddress = text(args, 'service-address');
  const name = text(args, 'name');
  const ends = ['route', 'serve', 'tcp-listen', 'tcp-serve', 'udp-listen', 'udp-serve'];
  // Whatever is wrong with the words is said before anything is opened.
  list(args, 'route').forEach(route);
  list(args, 'serve').forEach(service);
  for (const kind of ['tcp', 'udp']) {
    for (const word of list(args, `${kind}-listen`)) listener(word, `${kind}-listen`);
    for (const word of list(args, `${kind}-serve`)) server(word, `${kind}-serve`);
  }
  if (address === undefined || serviceAddress === undefined || name === undefined) {
    throw new UsageError('--address, --service-address and --name are needed');
  }
  if (!ends.some((end) => list(args, end).length > 0)) {
    throw new UsageError(
      'give --route to take HTTP in, --serve to hand it to a server, or one for TCP or UDP',
    );
  }
  const key = text(args, 'fabric-key');
  if (key !== undefined && !/^[0-9a-f]{32}$/i.test(key)) {
    throw new UsageError(`--fabric-key takes 32 hexadecimal digits, got '${key}'`);
  }
  // A gateway's garbage is young and little at a time: helper threads that collect it take more from the processes around (the other
  // gateway, the server) than they save.
  setFlagsFromString('--no-parallel-scavenge');
  const environment = new NodeEnvironment({
    address,
    offload: offload(args),
    mtu: args.options.has('mtu') ? integer(args, 'mtu', 1500, 65_535) : undefined,
    onError: (error) => process.stderr.write(`gateway: socket: ${error.message}\n`),
  });
  const host = new Host(environment, {
    name,
    serviceAddress,
    key: key === undefined ? undefined : new FabricKey(Buffer.from(key, 'hex')),
  });
  const register = !args.options.has('unregistered');
  const parts: Parts = { host, register, servers: [], sockets: new Set(), closers: [] };
  try {
    if (register) await host.attach({ deadlineUs: 10_000_000, attempts: 20 });
    await serveAll(args, parts);
    await listenAll(args, parts);
    say('ready');
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    });
  } finally {
    for (const open of parts.servers) open.close();
    // Requests at work get a moment to end; connections that stay open do not keep the process.
    setTimeout(() => {
      for (const socket of parts.sockets) socket.destroy();
    }, GRACE_MS).unref();
    for (const close of parts.closers) await close();
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
    '--tcp-listen and --udp-listen take TCP connections and UDP datagrams to a name, --tcp-serve and --udp-serve are their other ends.',
    'A request may limit its own time by grpc-timeout or x-request-timeout-ms; a traceparent goes on as it is, or begins here.',
    'Prints "gateway: ready" when it is. Ends on SIGINT or SIGTERM, after taking its services back from the registry.',
  ].join('\n'),
  options: {
    address: { type: 'string', value: 'IPV4', help: "this host's address in the fabric" },
    'service-address': { type: 'string', value: 'IPV4', help: 'where packets to unresolved names go' },
    name: { type: 'string', value: 'NAME', help: "this host's own name, for example /host/h1" },
    route: { type: 'string', value: 'LIST', help: '[HOST]/PREFIX=/name, separated by commas' },
    serve: { type: 'string', value: 'LIST', help: '/name=URL with http://, https:// or h2c://, commas' },
    'tcp-listen': { type: 'string', value: 'LIST', help: '[ADDRESS:]PORT=/name: TCP to a name' },
    'tcp-serve': { type: 'string', value: 'LIST', help: '/name=HOST:PORT: a TCP server' },
    'udp-listen': { type: 'string', value: 'LIST', help: '[ADDRESS:]PORT=/name: UDP (so QUIC) to a name' },
    'udp-serve': { type: 'string', value: 'LIST', help: '/name=HOST:PORT: a UDP server' },
    'udp-idle-ms': { type: 'string', value: 'N', help: 'silence that ends a UDP session', default: '120000' },
    listen: { type: 'string', value: '[A:]PORT', help: 'where HTTP/1.1 is taken', default: '8080' },
    'listen-h2': { type: 'string', value: '[A:]PORT', help: 'where HTTP/2 without TLS is taken' },
    'listen-tls': { type: 'string', value: '[A:]PORT', help: 'where both are taken with TLS' },
    cert: { type: 'string', value: 'FILE', help: 'certificate for --listen-tls, PEM' },
    key: { type: 'string', value: 'FILE', help: 'its key, PEM' },
    'origin-ca': { type: 'string', value: 'FILE', help: 'certificates trusted for https:// servers, PEM' },
    'origin-name': { type: 'string', value: 'NAME', help: 'name their certificate is for, if not the host' },
    'origin-cert': { type: 'string', value: 'FILE', help: 'certificate shown to them, PEM' },
    'origin-key': { type: 'string', value: 'FILE', help: 'its key, PEM' },
    'origin-insecure': { type: 'boolean', help: 'takes any certificate of theirs' },
    'fabric-key': {
      type: 'string',
      value: 'HEX',
      help: "the fabric's key, 32 digits (default: the public one)",
    },
    offload: {
      type: 'string',
      value: 'on|off',
      help: 'the system cuts and joins datagrams (default: on 127.x only)',
    },
    mtu: {
      type: 'string',
      value: 'BYTES',
      help: 'longest IP packet the way takes, 1500 to 65535 (default: what the interface takes)',
    },
    unregistered: { type: 'boolean', help: 'neither attaches nor registers: routes are made by other means' },
    verbose: { type: 'boolean', help: 'says on standard error what became of failed requests' },
    'cache-mb': { type: 'string', value: 'N', help: 'content kept at --serve, 0 = none', default: '64' },
    'timeout-ms': { type: 'string', value: 'N', help: 'time a request gets at most', default: '30000' },
  },
  positionals: 0,
  run,
};
