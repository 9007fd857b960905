import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

/**
 * The same job over plain TCP, as training does it without a computing network: every worker streams its values to a
 * parameter server, which streams the sums back as soon as it has a value of every worker. The kernels do segmentation,
 * congestion control and recovery; values are int32 in the machine's byte order, one round after the other on one connection.
 */
export const TCP_PARAMETER_SERVER_PORT = 7078;

/** Sums are sent in pieces of at least this many values, but for the end of a round: small writes cost more than they gain. */
const PIECE_VALUES = 8192;

/** One worker's connection, and how far its values of this round have come. */
interface Peer {
  readonly socket: Socket;
  /** Values of this round that are in the sum. */
  position: number;
  /** Bytes of a value that has come in part, and bytes of rounds to come. */
  waiting: Buffer[];
}

/** Sums what `workers` connections send, round after round of `values` int32 values. */
export class TcpParameterServer {
  readonly #workers: number;
  readonly #sums: Int32Array;
  readonly #peers = new Set<Peer>();
  readonly #server: Server;
  /** Values of this round whose sums have been sent. */
  #sent = 0;

  private constructor(workers: number, values: number) {
    this.#workers = workers;
    this.#sums = new Int32Array(values);
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** @param values - values of a round. Resolves when it listens. */
  static async listen(
    address: string,
    workers: number,
    values: number,
    port: number = TCP_PARAMETER_SERVER_PORT,
  ): Promise<TcpParameterServer> {
    const server = new TcpParameterServer(workers, values);
    server.#server.listen(port, address);
    await once(server.#server, 'listening');
    return server;
  }

  /** The port it listens on. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    this.#server.close();
    for (const { socket } of this.#peers) socket.destroy();
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    const peer: Peer = { socket, position: 0, waiting: [] };
    this.#peers.add(peer);
    socket.on('data', (bytes) => {
      peer.waiting.push(bytes);
      this.#drain(peer);
      this.#answer();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#peers.delete(peer));
  }

  /** Adds what has come of this round; the rest waits for the next. */
  #drain(peer: Peer): void {
    const bytes = peer.waiting.length === 1 ? peer.waiting[0] : Buffer.concat(peer.waiting);
    if (bytes === undefined) return;
    const count = Math.min(bytes.length >> 2, this.#sums.length - peer.position);
    // A copy puts the values at an address that an Int32Array can have.
    const values = new Int32Array(new Uint8Array(bytes.subarray(0, 4 * count)).buffer);
    const sums = this.#sums;
    for (let i = 0, at = peer.position; i < count; i++, at++) sums[at] = (sums[at] ?? 0) + (values[i] ?? 0);
    peer.position += count;
    peer.waiting = 4 * count === bytes.length ? [] : [bytes.subarray(4 * count)];
  }

  #answer(): void {
    if (this.#peers.size < this.#workers) return;
    let ready = this.#sums.length;
    for (const { position } of this.#peers) ready = Math.min(ready, position);
    const isLast = ready === this.#sums.length;
    if (ready - this.#sent < (isLast ? 1 : PIECE_VALUES)) return;
    const piece = Buffer.from(this.#sums.slice(this.#sent, ready).buffer);
    for (const { socket } of this.#peers) socket.write(piece);
    this.#sent = ready;
    if (!isLast) return;
    this.#sums.fill(0);
    this.#sent = 0;
    for (const peer of this.#peers) peer.position = 0;
    for (const peer of this.#peers) this.#drain(peer);
    this.#answer();
  }
}

/** A worker of a TcpParameterServer. */
export class TcpParameterWorker {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(
    server: string,
    port: number = TCP_PARAMETER_SERVER_PORT,
  ): Promise<TcpParameterWorker> {
    const socket = createConnection({ host: server, port, noDelay: true });
    await once(socket, 'connect');
    // What goes wrong later shows as its end.
    socket.on('error', () => socket.destroy());
    return new TcpParameterWorker(socket);
  }

  /** The sum over all workers, modulo 2^32; `values` is as long as the server's rounds. One at a time. */
  allReduce(values: Int32Array): Promise<Int32Array> {
    const socket = this.#socket;
    const result = new Uint8Array(4 * values.length);
    let received = 0;
    return new Promise((resolve, reject) => {
      const onData = (bytes: Buffer) => {
        result.set(bytes, received);
        received += bytes.length;
        if (received === result.length) settle(() => resolve(new Int32Array(result.buffer)));
      };
      const onClose = () => {
        const problem = `the parameter server closed after ${received} of ${result.length} bytes`;
        settle(() => reject(new Error(problem)));
      };
      const settle = (act: () => void) => {
        socket.off('data', onData).off('close', onClose);
        act();
      };
      socket.on('data', onData).on('close', onClose);
      if (socket.destroyed) onClose();
      else socket.write(new Uint8Array(values.slice().buffer));
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
