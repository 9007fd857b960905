import {
  type ChannelCredentials,
  type ClientOptions as ChannelOptions,
  credentials as grpcCredentials,
} from '@grpc/grpc-js';
import type { RoleConfig } from './arbitration.js';
import type { BackoffOptions } from './backoff.js';
import type { EncodeOptions } from './entities/index.js';
import { P4RuntimeError } from './errors.js';
import type { TargetProfile } from './target.js';

/** PEM texts. An empty object is TLS with the authorities of the system. */
export interface TlsOptions {
  /** Certificates of the authorities the switch's certificate may come from. Default: those of the system. */
  readonly ca?: Uint8Array | string;
  /** Key and certificate chain this client shows (mutual TLS); both or neither. */
  readonly key?: Uint8Array | string;
  readonly cert?: Uint8Array | string;
  /** Name the switch's certificate must have, where it is not that of the address. */
  readonly serverName?: string;
}

export interface SwitchClientOptions {
  /** `host:port` of the P4Runtime server, `[::1]:9559` for IPv6, `unix:PATH` for a socket. */
  readonly address: string;
  /** 0 to 2^64 - 1. Default 1. */
  readonly deviceId?: bigint | number;
  /** 1 to 2^128 - 1; the highest id of the clients of a device and role is primary. Default 1. */
  readonly electionId?: bigint | number;
  /** Bid with `electionId` only, whatever the switch says; give up where it is taken. Default false. */
  readonly fixedElectionId?: boolean;
  /** Default: the role that may do everything. */
  readonly role?: string;
  /** What the role may do, in the target's own message; see stratumRoleConfig. */
  readonly roleConfig?: RoleConfig;
  /** TLS; not together with `credentials`. Default: none. */
  readonly tls?: TlsOptions;
  /** The channel's credentials, where `tls` does not say enough. */
  readonly credentials?: ChannelCredentials;
  /**
   * How long the switch may leave a call, a bid on the stream, or the next answer of a read unanswered, milliseconds
   * above 0. Default 10,000.
   */
  readonly rpcTimeoutMs?: number;
  /**
   * How long writes may wait without any answer before it is looked whether the connection still carries anything, by a
   * small question on it and on a new one; milliseconds above 0, Infinity = never. Default 2,000.
   */
  readonly suspectAfterMs?: number;
  readonly backoff?: Partial<BackoffOptions>;
  /** Acknowledge digest lists when all listeners have seen them; where false, see acknowledge(). Default true. */
  readonly ackDigests?: boolean;
  /** Messages that may wait on the stream before packet-outs are dropped and counted. 1 or more, default 1,024. */
  readonly maxQueued?: number;
  /** Over the library's own: a dead peer is found out after 40 s (keepalive), an answer has at most 256 MiB. */
  readonly channelOptions?: ChannelOptions;
  readonly encode?: EncodeOptions;
  /** What the switch does differently; found out by detectTarget() where it is left out. */
  readonly target?: TargetProfile;
}

/** Options with what they leave out, checked. */
export interface ClientSettings {
  readonly address: string;
  readonly deviceId: string;
  readonly electionId: bigint;
  readonly credentials: ChannelCredentials;
  readonly channelOptions: ChannelOptions;
  readonly timeoutMs: number;
  readonly suspectAfterMs: number;
  readonly maxQueued: number;
}

const CHANNEL_DEFAULTS: ChannelOptions = {
  // Wildcard reads of large tables come in one message from some servers (PI).
  'grpc.max_receive_message_length': 256 * 1024 * 1024,
  'grpc.max_send_message_length': 64 * 1024 * 1024,
  // This client paces its attempts itself.
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.use_local_subchannel_pool': 1,
};

/** Throws P4RuntimeError BAD_VALUE, naming the option. */
export function checkedOptions(options: SwitchClientOptions): ClientSettings {
  const { address, tls } = options;
  if (typeof address !== 'string' || address.trim() === '')
    throw bad('address', address, "the server's 'host:port'");
  if (tls !== undefined && options.credentials !== undefined)
    throw new P4RuntimeError('BAD_VALUE', 'option tls says the same as credentials; give one of them');
  const serverName = tls?.serverName;
  return {
    address,
    deviceId: wholeNumber('deviceId', options.deviceId ?? 1, 0n, 64).toString(),
    electionId: wholeNumber('electionId', options.electionId ?? 1n, 1n, 128),
    credentials: options.credentials ?? (tls === undefined ? grpcCredentials.createInsecure() : secure(tls)),
    channelOptions: {
      ...CHANNEL_DEFAULTS,
      ...(serverName !== undefined && {
        'grpc.ssl_target_name_override': serverName,
        'grpc.default_authority': serverName,
      }),
      ...options.channelOptions,
    },
    timeoutMs: checkedTimeout('rpcTimeoutMs', options.rpcTimeoutMs ?? 10_000),
    suspectAfterMs: checkedTimeout('suspectAfterMs', options.suspectAfterMs ?? 2000),
    maxQueued: Number(wholeNumber('maxQueued', options.maxQueued ?? 1024, 1n, 32)),
  };
}

function secure({ ca, key, cert }: TlsOptions): ChannelCredentials {
  if ((key === undefined) !== (cert === undefined))
    throw new P4RuntimeError('BAD_VALUE', 'option tls needs both key and cert, or neither');
  try {
    return grpcCredentials.createSsl(pem(ca), pem(key), pem(cert));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new P4RuntimeError('BAD_VALUE', `option tls: no PEM that can be used (${why})`, { cause });
  }
}

function pem(text: Uint8Array | string | undefined): Buffer | null {
  return text === undefined ? null : Buffer.from(text);
}

function wholeNumber(name: string, value: bigint | number, least: bigint, bits: number): bigint {
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const integer = isWhole ? BigInt(value) : -1n;
  if (integer >= least && integer >> BigInt(bits) === 0n) return integer;
  throw bad(name, value, `a whole number of ${least} to 2^${bits} - 1`);
}

/** Infinity waits without end. */
function checkedTimeout(name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw bad(name, value, 'milliseconds above 0');
}

function bad(name: string, value: unknown, wanted: string): P4RuntimeError {
  return new P4RuntimeError('BAD_VALUE', `option ${name} is ${String(value)}; it must be ${wanted}`);
}
