import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy that cuts the connection when it has passed on so many bytes towards the server. */
export class CuttingProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #left = Number.POSITIVE_INFINITY;
  cuts = 0;

  private constructor(target: number) {
    this.#server = createServer((socket) => {
      const onward = createConnection(target, '127.0.0.1');
      for (const each of [socket, onward]) {
        this.#sockets.add(each);
        each.on('error', () => undefined);
        each.on('close', () => {
          this.#sockets.delete(each);
          socket.destroy();
          onward.destroy();
        });
      }
      onward.pipe(socket);
      socket.on('data', (bytes) => {
        const passed = bytes.subarray(0, Math.min(bytes.length, this.#left));
        onward.write(passed);
        this.#left -= passed.length;
        if (this.#left > 0) return;
        this.#left = Number.POSITIVE_INFINITY;
        this.cuts += 1;
        // What was passed on reaches the server; its answer reaches nobody.
        onward.unpipe(socket);
        onward.end();
        socket.destroy();
      });
    });
  }

  static async start(target: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** The connection is cut after `bytes` more. */
  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
