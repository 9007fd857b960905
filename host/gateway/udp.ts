import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { NackReason } from '../../wire/index.js';
import type { Timer } from '../environment.js';
import { Refusal } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import type { Exchange } from '../transport/exchange.js';

/** A session nobody sends in for this long is over, as with a NAT (RFC 4787 asks for two minutes at least). */
const IDLE_US = 120_000_000;
const LENGTH_BYTES = 2;
const MAX_SESSIONS = 16_384;

export interface UdpCounters {
  sessions: number;
  /** Datagrams thrown away because the way was full, or too many sessions were open. */
  dropped: number;
}

export interface UdpOptions {
  /** Silence that ends a session, microseconds. Default 120,000,000. */
  readonly idleUs?: number | undefined;
}

/** Datagrams over an exchange: two bytes of length before each. What the way has no room for is dropped, as UDP does. */
class Datagrams {
  readonly #exchange: Exchange;
  readonly #counters: UdpCounters;
  #full = false;

  constructor(exchange: Exchange, counters: UdpCounters) {
    this.#exchange = exchange;
    this.#counters = counters;
  }

  send(bytes: Uint8Array): void {
    if (this.#full) {
      this.#counters.dropped++;
      return;
    }
    const out = Buffer.allocUnsafe(LENGTH_BYTES + bytes.length);
    out.writeUInt16BE(bytes.length, 0);
    out.set(bytes, LENGTH_BYTES);
    if (this.#exchange.send(out)) return;
    this.#full = true;
    void this.#exchange.room().then(() => {
      this.#full = false;
    });
  }

  /** Gives every datagram that comes; resolves at the end. @throws HostError what the exchange ends with */
  async each(take: (bytes: Buffer) => void): Promise<void> {
    let held: Buffer = Buffer.alloc(0);
    for (;;) {
      const bytes = this.#exchange.readNow() ?? (await this.#exchange.read());
      if (bytes === undefined) return;
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      held = held.length === 0 ? view : Buffer.concat([held, view]);
      while (held.length >= LENGTH_BYTES) {
        const end = LENGTH_BYTES + held.readUInt16BE(0);
        if (held.length < end) break;
        take(held.subarray(LENGTH_BYTES, end));
        held = held.subarray(end);
      }
    }
  }
}

/** Ends a session when nothing has moved for a while. */
class Idle {
  readonly #host: Host;
  readonly #idleUs: number;
  readonly #over: () => void;
  #movedAt: number;
  #timer: Timer;

  constructor(host: Host, idleUs: number, over: () => void) {
    this.#host = host;
    this.#idleUs = idleUs;
    this.#over = over;
    this.#movedAt = host.environment.now();
    this.#timer = host.environment.setTimer(idleUs, () => this.#look());
  }

  moved(): void {
    this.#movedAt = this.#host.environment.now();
  }

  cancel(): void {
    this.#timer.cancel();
  }

  #look(): void {
    const left = this.#movedAt + this.#idleUs - this.#host.environment.now();
    if (left <= 0) this.#over();
    else this.#timer = this.#host.environment.setTimer(left, () => this.#look());
  }
}

interface Session {
  readonly datagrams: Datagrams;
  readonly idle: Idle;
  readonly exchange: Exchange;
}

/** UDP in: datagrams of each client address and port become a session with one instance of a name. */
export class UdpIngress {
  readonly counters: UdpCounters = { sessions: 0, dropped: 0 };
  readonly #host: Host;
  readonly #name: string;
  readonly #idleUs: number;
  readonly #socket: Socket;
  readonly #sessions = new Map<string, Session>();

  private constructor(host: Host, name: string, socket: Socket, options: UdpOptions) {
    this.#host = host;
    this.#name = name;
    this.#idleUs = options.idleUs ?? IDLE_US;
    this.#socket = socket;
    socket.on('message', (bytes, from) => this.#take(bytes, from.address, from.port));
    socket.on('error', () => undefined);
  }

  /** @throws Error where the port cannot be bound */
  static async listen(
    host: Host,
    name: string,
    at: { readonly host: string; readonly port: number },
    options: UdpOptions = {},
  ): Promise<UdpIngress> {
    const socket = await bound(at.host, at.port);
    return new UdpIngress(host, name, socket, options);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sessions that are open. */
  get open(): number {
    return this.#sessions.size;
  }

  close(): void {
    for (const { exchange, idle } of this.#sessions.values()) {
      idle.cancel();
      exchange.cancel();
    }
    this.#sessions.clear();
    this.#socket.close();
  }

  #take(bytes: Buffer, address: string, port: number): void {
    const key = `${address} ${port}`;
    const session = this.#sessions.get(key) ?? this.#begin(key, address, port);
    if (session === undefined) {
      this.counters.dropped++;
      return;
    }
    session.idle.moved();
    session.datagrams.send(bytes);
  }

  #begin(key: string, address: string, port: number): Session | undefined {
    if (this.#sessions.size >= MAX_SESSIONS) return undefined;
    const exchange = this.#host.open(this.#name, { attempts: 20 });
    const datagrams = new Datagrams(exchange, this.counters);
    const idle = new Idle(this.#host, this.#idleUs, () => exchange.cancel());
    const session: Session = { datagrams, idle, exchange };
    this.counters.sessions++;
    this.#sessions.set(key, session);
    const over = () => {
      idle.cancel();
      exchange.cancel();
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
    };
    datagrams
      .each((bytes) => {
        idle.moved();
        this.#socket.send(bytes, port, address);
      })
      // A session that fails is over without a word, as with a NAT; the client's next datagram begins another.
      .then(over, over);
    return session;
  }
}

export interface UdpEgressOptions extends ServeOptions, UdpOptions {
  readonly host: string;
  readonly port: number;
}

/** UDP out: serves `name` with the UDP server at a host and port, from a socket for each session. @throws HostError of the registration */
export function udpEgress(host: Host, name: string, options: UdpEgressOptions): Promise<Service> {
  const counters: UdpCounters = { sessions: 0, dropped: 0 };
  return host.serveStreams(
    name,
    async (exchange) => {
      const socket = await bound(isIPv6(options.host) ? '::' : '0.0.0.0', 0).catch(() => {
        throw new Refusal(NackReason.UNAVAILABLE, 'no more sockets');
      });
      const datagrams = new Datagrams(exchange, counters);
      const idle = new Idle(host, options.idleUs ?? IDLE_US, () => exchange.end());
      socket.on('error', () => undefined);
      exchange.signal.addEventListener('abort', () => idle.cancel(), { once: true });
      try {
        await new Promise<void>((resolve) => socket.connect(options.port, options.host, () => resolve()));
        socket.on('message', (bytes) => {
          idle.moved();
          datagrams.send(bytes);
        });
        await datagrams.each((bytes) => {
          idle.moved();
          socket.send(bytes);
        });
      } finally {
        idle.cancel();
        socket.close();
      }
    },
    options,
  );
}

function bound(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
