import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy whose connections can fall silent without being closed, as behind a firewall that has forgotten them. */
export class FreezingProxy {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #server: Server;
  #newAreFrozen = false;
  /** Connections that were taken. */
  connections = 0;

  private constructor(target: number) {
    this.#server = createServer((socket) => {
      this.connections += 1;
      const onward = createConnection(target, '127.0.0.1');
      const pair = [socket, onward] as const;
      this.#pairs.add(pair);
      for (const each of pair) {
        each.on('error', () => undefined);
        each.on('close', () => {
          this.#pairs.delete(pair);
          socket.destroy();
          onward.destroy();
        });
      }
      socket.pipe(onward);
      onward.pipe(socket);
      if (this.#newAreFrozen) freeze(pair);
    });
  }

  /** In front of a server of `http://HOST:PORT`. */
  static async start(endpoint: string): Promise<FreezingProxy> {
    const proxy = new FreezingProxy(Number(new URL(endpoint).port));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** Nothing passes on the connections there are, either way; with `all`, nor on those to come. */
  freeze(all = false): void {
    this.#newAreFrozen = all;
    for (const pair of this.#pairs) freeze(pair);
  }

  /** What was held back passes after all. */
  thaw(): void {
    this.#newAreFrozen = false;
    for (const [socket, onward] of this.#pairs) {
      socket.pipe(onward);
      onward.pipe(socket);
    }
  }

  /** From the servers' side alone: requests are carried out, and their answers are held back. */
  freezeAnswers(): void {
    for (const [socket, onward] of this.#pairs) {
      onward.unpipe(socket);
      onward.pause();
    }
  }

  close(): void {
    for (const pair of this.#pairs) for (const each of pair) each.destroy();
    this.#server.close();
  }
}

function freeze([socket, onward]: readonly [Socket, Socket]): void {
  socket.unpipe(onward);
  onward.unpipe(socket);
  socket.pause();
  onward.pause();
}
