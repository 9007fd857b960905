import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import {
  ApiServer,
  checkToken,
  hashToken,
  readTokenFile,
  type ServerTls,
} from '../../controller/api/index.js';
import { FileStore, parseTopology } from '../../controller/index.js';
import { type Arguments, type Command, integer } from '../command.js';
import { UsageError } from '../errors.js';
import { version } from '../version.js';
import { LiveFabric } from './fabric.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const SETTLE_MS = 120_000;

export const up: Command = {
  name: 'up',
  summary: 'run a fabric, its controller and the API until interrupted',
  usage: 'sincmesh up TOPOLOGY.yaml [OPTIONS]',
  details: [
    'Runs embedded switches joined by links in memory, the controller that programs them, and its API (REST, gRPC,',
    'metrics, events). Hosts of the topology come up when a command first asks something of them. Links have no rate,',
    'delay or loss of their own, whatever the file says. With --connect the switches run elsewhere (simple_switch_grpc,',
    "Stratum, sincmesh switch) and are driven at the topology's grpc addresses; there are no hosts to ask then.",
    'The first line on standard output says where the API is, once every embedded switch holds what it should.',
    'SIGINT or SIGTERM end it: exit status 0. The log goes to standard error as JSON lines.',
  ].join('\n'),
  options: {
    listen: { type: 'string', value: 'ADDRESS', help: 'address of the API', default: '127.0.0.1' },
    port: { type: 'string', value: 'N', help: 'port of REST; 0 = a free one', default: '8474' },
    'grpc-port': { type: 'string', value: 'N', help: 'port of gRPC; 0 = a free one', default: '8475' },
    'no-grpc': { type: 'boolean', help: 'no gRPC' },
    state: { type: 'string', value: 'DIR', help: 'keep the state there; default: it ends with the process' },
    connect: { type: 'boolean', help: "drive switches elsewhere, at the topology's grpc addresses" },
    'device-id': {
      type: 'string',
      value: 'N',
      help: "with --connect: their P4Runtime device id; default each switch's id",
    },
    'election-id': { type: 'string', value: 'N', help: 'P4Runtime election id', default: '10' },
    'token-file': { type: 'string', value: 'FILE', help: 'hashes of tokens, made by sincmesh token' },
    'tls-cert': { type: 'string', value: 'FILE', help: 'certificate of the API, PEM' },
    'tls-key': { type: 'string', value: 'FILE', help: 'its key, PEM' },
    'tls-client-ca': {
      type: 'string',
      value: 'FILE',
      help: 'clients with a certificate of this authority need no token',
    },
    'clear-tokens': { type: 'boolean', help: 'take tokens without TLS on any address' },
    log: {
      type: 'string',
      value: 'LEVEL',
      help: `least level logged: ${LEVELS.join(', ')}`,
      default: 'warn',
    },
  },
  positionals: 1,
  run,
};

async function run(args: Arguments): Promise<number> {
  const [file] = args.positionals;
  if (file === undefined) throw new UsageError('give a topology file');
  const settings = apiSettings(args);
  const port = integer(args, 'port', 0, 65_535);
  const grpcPort = args.options.has('no-grpc') ? ('off' as const) : integer(args, 'grpc-port', 0, 65_535);
  const electionId = BigInt(integer(args, 'election-id', 1, Number.MAX_SAFE_INTEGER));
  const deviceId = args.options.has('device-id') ? BigInt(integer(args, 'device-id', 0, 2 ** 32)) : undefined;
  const elsewhere = args.options.has('connect') ? (id: number) => deviceId ?? BigInt(id) : undefined;
  const logger = makeLogger(args);
  const topology = parseTopology(readFileSync(file, 'utf8'), file);
  const state = text(args, 'state');
  if (state !== undefined) mkdirSync(state, { recursive: true });
  const store = state === undefined ? undefined : await FileStore.open(join(state, 'state.log'));

  // A signal during the start ends it as well.
  const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  const fabric = await LiveFabric.start({
    topology,
    electionId,
    ...(store !== undefined && { store }),
    ...(elsewhere !== undefined && { elsewhere }),
  });
  let api: ApiServer | undefined;
  try {
    api = await ApiServer.start({
      ...settings,
      controller: fabric.controller,
      port,
      grpcPort,
      logger,
      version: version(),
      surroundings: fabric.isEmbedded
        ? {
            host: (name) => fabric.host(name),
            tracePackets: (name, listener) => fabric.tracePackets(name, listener),
          }
        : {},
    });
    const settled = fabric.isEmbedded
      ? fabric.controller.settled(AbortSignal.timeout(SETTLE_MS))
      : Promise.resolve();
    if ((await Promise.race([settled.then(() => 'settled'), interrupted])) === 'settled') {
      const scheme = settings.tls === undefined ? 'http' : 'https';
      const host = settings.address.includes(':') ? `[${settings.address}]` : settings.address;
      const grpc = api.grpcPort === undefined ? '' : `, gRPC on ${host}:${api.grpcPort}`;
      process.stdout.write(`sincmesh: API on ${scheme}://${host}:${api.port}${grpc}\n`);
      process.stdout.write(
        `${topology.switches.size} switches ${fabric.isEmbedded ? 'in this process' : 'elsewhere'}, ` +
          `${topology.hosts.size} hosts; try: sincmesh topology; Ctrl-C ends it\n`,
      );
      await interrupted;
    }
  } finally {
    await api?.close();
    await fabric.close();
  }
  return 0;
}

interface ApiSettings {
  readonly address: string;
  readonly tokens: readonly string[];
  readonly allowsClearTokens: boolean;
  readonly tls?: ServerTls;
}

function apiSettings(args: Arguments): ApiSettings {
  const tokenFile = text(args, 'token-file');
  const token = process.env['SINCMESH_TOKEN'];
  const [cert, key, clientCa] = ['tls-cert', 'tls-key', 'tls-client-ca'].map((name) => {
    const path = text(args, name);
    return path === undefined ? undefined : readFileSync(path, 'utf8');
  });
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key go together');
  if (clientCa !== undefined && cert === undefined) {
    throw new UsageError('--tls-client-ca needs --tls-cert and --tls-key');
  }
  return {
    address: text(args, 'listen') ?? '127.0.0.1',
    tokens: [
      ...(tokenFile === undefined ? [] : readTokenFile(tokenFile)),
      ...(token === undefined || token === '' ? [] : [hashToken(checkToken(token))]),
    ],
    allowsClearTokens: args.options.has('clear-tokens'),
    ...(cert !== undefined &&
      key !== undefined && { tls: { cert, key, ...(clientCa !== undefined && { clientCa }) } }),
  };
}

function makeLogger(args: Arguments): Logger {
  const word = text(args, 'log') ?? '';
  const level = LEVELS.find((known) => known === word);
  if (level === undefined) throw new UsageError(`--log takes one of ${LEVELS.join(', ')}, got '${word}'`);
  return pino({ level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}

function text(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}
