import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Exchange } from '../transport/exchange.js';
import { drained } from './drained.js';

/**
 * Joins a socket and an exchange until both directions have ended: an end is handed on as an end, a reset of either as a reset of the
 * other, and who does not read holds up who writes. The socket has to allow half-open connections.
 */
export async function join(exchange: Exchange, socket: Duplex): Promise<void> {
  let sentAll = socket.readableEnded;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      // A socket that is gone before it has ended was reset, or nobody is left to read for.
      if (!sentAll || !socket.writableFinished) exchange.cancel();
      resolve();
    });
  });
  // Told by 'close' as well.
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    if (exchange.send(chunk)) return;
    socket.pause();
    void exchange.room().then(() => socket.resume());
  });
  socket.once('end', () => {
    sentAll = true;
    exchange.end();
  });
  if (sentAll) exchange.end();
  socket.resume();
  if (socket.destroyed) exchange.cancel();
  try {
    for (;;) {
      const bytes = exchange.readNow() ?? (await exchange.read());
      if (bytes === undefined) break;
      if (!socket.write(bytes)) await drained(socket);
    }
    socket.end();
    await exchange.ended();
    if (exchange.state === 'failed') reset(socket);
  } catch {
    // What became of the exchange the socket's other end is told the only way there is.
    reset(socket);
  }
  await closed;
}

function reset(stream: Duplex): void {
  if (stream.destroyed) return;
  if (stream instanceof Socket) stream.resetAndDestroy();
  else stream.destroy();
}
