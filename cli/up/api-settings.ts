import { createSecureContext } from 'node:tls';
import pino, { type Logger } from 'pino';
import { checkToken, hashToken, readTokenFile, type ServerTls } from '../../controller/api/index.js';
import { type Arguments, integer, type Option } from '../command.js';
import { UsageError } from '../errors.js';
import { InputError, readInputText } from '../input.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Where the API of `up` listens, and to whom. */
export const API_OPTIONS: Readonly<Record<string, Option>> = {
  listen: { type: 'string', value: 'ADDRESS', help: 'address of the API', default: '127.0.0.1' },
  port: { type: 'string', value: 'N', help: 'port of REST; 0 = a free one', default: '8474' },
  'grpc-port': { type: 'string', value: 'N', help: 'port of gRPC; 0 = a free one', default: '8475' },
  'no-grpc': { type: 'boolean', help: 'no gRPC' },
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
};

export interface ApiSettings {
  readonly address: string;
  readonly port: number;
  readonly grpcPort: number | 'off';
  readonly tokens: readonly string[];
  readonly allowsClearTokens: boolean;
  readonly tls?: ServerTls;
  readonly logger: Logger;
}

/** Throws UsageError, ApiError for tokens that can be guessed, and what reading files throws. */
export function apiSettings(args: Arguments): ApiSettings {
  const tokenFile = text(args, 'token-file');
  const token = process.env['SINCMESH_TOKEN'];
  const [cert, key, clientCa] = ['tls-cert', 'tls-key', 'tls-client-ca'].map((name) => {
    const path = text(args, name);
    return path === undefined ? undefined : readInputText(path);
  });
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('--tls-cert and --tls-key go together');
  }
  if (clientCa !== undefined && cert === undefined) {
    throw new UsageError('--tls-client-ca needs --tls-cert and --tls-key');
  }
  if (cert !== undefined && key !== undefined) checkPair(args, cert, key);
  return {
    address: text(args, 'listen') ?? '127.0.0.1',
    port: integer(args, 'port', 0, 65_535),
    grpcPort: args.options.has('no-grpc') ? 'off' : integer(args, 'grpc-port', 0, 65_535),
    tokens: [
      ...(tokenFile === undefined ? [] : readTokenFile(tokenFile)),
      ...(token === undefined || token === '' ? [] : [hashToken(checkToken(token))]),
    ],
    allowsClearTokens: args.options.has('clear-tokens'),
    ...(cert !== undefined &&
      key !== undefined && { tls: { cert, key, ...(clientCa !== undefined && { clientCa }) } }),
    logger: makeLogger(args),
  };
}

function checkPair(args: Arguments, cert: string, key: string): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const [certFile, keyFile] = [text(args, 'tls-cert'), text(args, 'tls-key')];
    throw new InputError(
      `${certFile} and ${keyFile} are no certificate and its key, both PEM: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
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
