import { connect, createServer, type Server, type Socket } from 'node:net';
import { NackReason } from '../../wire/index.js';
import { Refusal } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import { join } from './join.js';

export interface TcpIngressOptions {
  /** Name each connection is carried to. */
  readonly name: string;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** TCP in: each connection becomes an exchange with one instance of a name. Not listening yet. */
export function tcpIngress(host: Host, options: TcpIngressOptions): Server {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    try {
      join(host.open(options.name, { attempts: 20 }), socket).catch((error: unknown) =>
        options.onError?.(error),
      );
    } catch (error) {
      socket.resetAndDestroy();
      options.onError?.(error);
    }
  });
  const close = server.close.bind(server);
  server.close = (done) => {
    for (const socket of open) socket.resetAndDestroy();
    return close(done);
  };
  return server;
}

export interface TcpEgressOptions extends ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Time a connection to it may take to be made, microseconds. Default 5,000,000. */
  readonly connectUs?: number | undefined;
}

/** TCP out: serves `name` with the TCP server at a host and port. @throws HostError of the registration */
export function tcpEgress(host: Host, name: string, options: TcpEgressOptions): Promise<Service> {
  return host.serveStreams(
    name,
    async (exchange) => {
      const socket = await connected(options, exchange.signal);
      await join(exchange, socket);
    },
    options,
  );
}

function connected(options: TcpEgressOptions, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const at = { host: options.host, port: options.port, allowHalfOpen: true, noDelay: true };
    const socket = connect(at);
    const fail = (): void => {
      socket.destroy();
      reject(new Refusal(NackReason.UNAVAILABLE, `${options.host}:${options.port} cannot be reached`));
    };
    socket.setTimeout((options.connectUs ?? 5_000_000) / 1000, fail);
    socket.once('error', fail);
    signal.addEventListener('abort', fail, { once: true });
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('timeout', fail);
      socket.off('error', fail);
      signal.removeEventListener('abort', fail);
      resolve(socket);
    });
  });
}
