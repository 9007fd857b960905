import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const FIRST = 10_000;
/** Where Linux begins by itself to choose ports of connections, unless told otherwise; others choose above it. */
const USUAL_FIRST_CHOSEN = 32_768;
const TRIES = 1000;

/** Ports this process has given out: they may be free between two uses. */
const given = new Set<number>();

/**
 * A port of 127.0.0.1 that was free a moment ago, for TCP and for UDP, for a process that has to be told one; another one
 * each time. It is none of those the system chooses itself: one of those could become another connection's before it
 * is used, or while a server that is to come back to it is away, be it of a client that tries to reach just that server.
 */
export async function freePort(): Promise<number> {
  const last = Math.max(firstChosen(), FIRST + TRIES) - 1;
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST + Math.floor(Math.random() * (last - FIRST + 1));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port of 127.0.0.1 between ${FIRST} and ${last} in ${TRIES} tries`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const socket = createSocket('udp4');
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    await once(socket.bind(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await Promise.all([
      new Promise<void>((resolve) => server.close(() => resolve())),
      new Promise<void>((resolve) => socket.close(() => resolve())),
    ]);
  }
}

/** The first port the system chooses by itself. */
function firstChosen(): number {
  try {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
    return Number(range.trim().split(/\s+/)[0]) || USUAL_FIRST_CHOSEN;
  } catch {
    return USUAL_FIRST_CHOSEN;
  }
}
