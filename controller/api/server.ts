import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import type { Controller } from '../controller.js';
import { checkExposure, type ServerTls, TokenGuard } from './auth.js';
import type { LoggedEvent } from './event-log.js';
import { GrpcFace } from './grpc.js';
import type { Surroundings } from './host-agent.js';
import { Metrics } from './metrics.js';
import { Operations } from './operations.js';
import { ApiError } from './problem.js';
import { makeRest } from './rest.js';

export interface ApiOptions {
  readonly controller: Controller;
  /** Default 127.0.0.1: this machine only. */
  readonly address?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default 0: a free one; undefined explicitly = no gRPC. */
  readonly grpcPort?: number | 'off';
  /** Hashes of tokens, of hashToken(). */
  readonly tokens?: readonly string[];
  readonly tls?: ServerTls;
  /** Take tokens without TLS on other addresses than loopback, where something else encrypts. */
  readonly allowsClearTokens?: boolean;
  readonly surroundings?: Surroundings;
  /** JSON lines; default: nothing is logged. */
  readonly logger?: Logger;
  readonly version?: string;
}

/** The controller's faces: REST, gRPC, metrics and events, on one address. */
export class ApiServer {
  readonly port: number;
  readonly grpcPort: number | undefined;
  readonly #rest: FastifyInstance;
  readonly #grpc: GrpcFace | undefined;
  readonly #operations: Operations;
  readonly #metrics: Metrics;

  private constructor(
    rest: FastifyInstance,
    grpc: GrpcFace | undefined,
    operations: Operations,
    metrics: Metrics,
    port: number,
  ) {
    this.#rest = rest;
    this.#grpc = grpc;
    this.#operations = operations;
    this.#metrics = metrics;
    this.port = port;
    this.grpcPort = grpc?.port;
  }

  /**
   * Starts the faces. Throws ApiError UNSAFE where others than this machine could give orders without showing who
   * they are, CANNOT_LISTEN where an address or port is not to be had.
   */
  static async start(options: ApiOptions): Promise<ApiServer> {
    const { controller, tls, address = '127.0.0.1' } = options;
    const guard = new TokenGuard(options.tokens ?? []);
    checkExposure(address, guard, tls, options.allowsClearTokens === true);
    const logger = options.logger ?? pino({ level: 'silent' });
    const operations = new Operations(controller, options.surroundings);
    const metrics = new Metrics(controller, operations.events);
    operations.watchEvents((event) => logEvent(logger, event));
    const rest = await makeRest({ operations, metrics, guard, tls, logger, version: options.version ?? '0' });
    try {
      const { port: wanted = 0, grpcPort = 0 } = options;
      await rest.listen({ host: address, port: wanted }).catch(cannotListen('REST', address, wanted));
      const grpc =
        grpcPort === 'off'
          ? undefined
          : await GrpcFace.listen(address, grpcPort, {
              operations,
              guard,
              tls,
              onError: (error, method) => logger.error({ err: error, method }, 'request failed'),
            }).catch(cannotListen('gRPC', address, grpcPort));
      const { port } = rest.server.address() as AddressInfo;
      return new ApiServer(rest, grpc, operations, metrics, port);
    } catch (error) {
      await rest.close();
      metrics.close();
      operations.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#grpc?.close();
    await this.#rest.close();
    this.#metrics.close();
    this.#operations.close();
  }
}

function cannotListen(face: string, address: string, port: number): (error: unknown) => never {
  return (error) => {
    const words = error instanceof Error ? error.message : String(error);
    const why = /EADDRINUSE/.test(words)
      ? 'something listens there already; give another port'
      : /EADDRNOTAVAIL/.test(words)
        ? 'this machine has no such address'
        : /EACCES/.test(words)
          ? 'ports below 1024 want more rights; give another port'
          : words;
    throw new ApiError('CANNOT_LISTEN', `${face} cannot listen on ${address}:${port}: ${why}`, {
      cause: error,
    });
  };
}

function logEvent(logger: Logger, { sequence, event }: LoggedEvent): void {
  const { kind, ...fields } = event as { kind: string };
  const level = kind === 'error' || kind === 'refused' ? 'warn' : 'info';
  logger[level]({ sequence, kind, ...fields }, kind);
}
