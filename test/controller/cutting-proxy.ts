import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a connection does when its bytes are used up: it breaks, or it stays and carries nothing more. */
export type Cut = { readonly afterBytes: number; readonly how: 'reset' | 'hang' };

/** A TCP proxy before a server, which cuts connections as it is told to. */
export class CuttingProxy {
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Of connections from now on, counted over both directions; undefined = none is cut. */
  cut: Cut | undefined;

  constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  /** Connections that are there carry nothing more, not even their end. Returns what ends them after all. */
  hang(): () => void {
    const hung = [...this.#sockets];
    for (const socket of hung) {
      socket.removeAllListeners('data');
      socket.removeAllListeners('close');
      socket.pause();
    }
    return () => {
      for (const socket of hung) socket.destroy();
    };
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #join(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    const { cut } = this;
    let left = cut?.afterBytes ?? Number.POSITIVE_INFINITY;
    const carry = (from: Socket, to: Socket) => {
      this.#sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes: Buffer) => {
        if (left <= 0) return;
        to.write(bytes.subarray(0, left));
        left -= bytes.length;
        if (left > 0 || cut?.how === 'hang') return;
        near.resetAndDestroy();
        far.destroy();
      });
    };
    carry(near, far);
    carry(far, near);
  }
}
