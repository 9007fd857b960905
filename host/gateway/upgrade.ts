import type { Duplex } from 'node:stream';
import type { Name } from '../../wire/index.js';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';
import { drained } from './drained.js';
import type { FieldLines } from './field-lines.js';
import { FRAME_DATA, FRAME_HEAD, type Frame, FrameReader, headFrame } from './frames.js';
import { type RequestHead, requestText, responseHead, statusLine } from './heads.js';
import { join } from './join.js';
import { statusOf } from './status.js';

/** Whether a response agrees to a tunnel: 101 to an Upgrade, 2xx to a CONNECT. */
export function agrees(method: string, status: number): boolean {
  return method === 'CONNECT' ? status >= 200 && status < 300 : status === 101;
}

function headText(status: number, lines: FieldLines): string {
  return `${statusLine(status)}${lines}\r\n\r\n`;
}

const CLOSE: FieldLines = '\r\nconnection: close';

/**
 * Carries an Upgrade or CONNECT a client has asked for; `first` is what it has sent already. Ends when the tunnel does.
 * @throws HostError after the client has been told
 */
export async function carryUpgrade(
  host: Host,
  name: Name | undefined,
  head: RequestHead,
  socket: Duplex,
  first: Uint8Array,
  timeoutUs: number,
): Promise<void> {
  // Its end is seen by who reads or writes.
  socket.on('error', () => undefined);
  if (name === undefined) {
    socket.end(headText(404, CLOSE));
    return;
  }
  const exchange = host.open(name, { attempts: 20 });
  const gone = () => exchange.cancel();
  socket.once('close', gone);
  const limit = host.environment.setTimer(timeoutUs, () =>
    exchange.fail(new HostError('TIMEOUT', `${name}: did not agree to ${head.method} in time`), 130),
  );
  try {
    const text = requestText(head, Math.ceil(timeoutUs / 1000));
    exchange.send(headFrame(FRAME_HEAD, text));
    if (first.length > 0) exchange.send(first.slice());
    const reader = new FrameReader();
    const next = async (): Promise<Frame | undefined> => {
      for (;;) {
        const frame = reader.next();
        if (frame !== undefined) return frame;
        const bytes = await exchange.read();
        if (bytes === undefined) return undefined;
        reader.push(bytes);
      }
    };
    for (;;) {
      const frame = await next();
      if (frame?.type !== FRAME_HEAD) throw new HostError('BAD_REPLY', 'HTTP over an exchange: no response');
      const { status, fields } = responseHead(frame.text, true);
      if (agrees(head.method, status)) {
        limit.cancel();
        const own = status === 101 ? '\r\nconnection: Upgrade' : '';
        socket.write(headText(status, fields.lines + own), 'latin1');
        const rest = reader.rest();
        if (rest.length > 0) socket.write(rest);
        socket.off('close', gone);
        await join(exchange, socket);
        return;
      }
      if (status < 200) continue;
      // No tunnel: an ordinary response, and the end of the connection.
      limit.cancel();
      exchange.end();
      const known = fields.value('content-length') !== undefined;
      socket.write(headText(status, fields.lines + CLOSE), 'latin1');
      for (let part = await next(); part !== undefined; part = await next()) {
        if (part.type === FRAME_DATA && !socket.write(part.data)) await drained(socket);
      }
      if (!known || !socket.destroyed) socket.end();
      return;
    }
  } catch (error) {
    exchange.cancel();
    if (!socket.destroyed) socket.end(headText(statusOf(error), CLOSE));
    throw error;
  } finally {
    limit.cancel();
    socket.off('close', gone);
  }
}
