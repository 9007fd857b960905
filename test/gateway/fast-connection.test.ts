import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { Egress, Ingress } from '../../host/gateway/index.js';
import { listening, socketPair } from './support.js';

/** How long a server that says nothing may be busy, milliseconds: at first, and where another one did answer. */
const WAITS_MS = [1000, 10_000] as const;

/** All a server says to these parts, until it closes the connection. */
function talk(port: number, parts: readonly string[], waitsMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let heard = '';
    const done = (): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(heard);
    };
    // A length that was spoilt makes a server wait for more.
    const limit = setTimeout(() => {
      heard += '[waits]';
      done();
    }, waitsMs);
    socket.setEncoding('latin1').on('data', (part: string) => {
      heard += part;
    });
    socket.on('error', done);
    socket.on('close', done);
    void (async () => {
      for (const part of parts) {
        socket.write(part, 'latin1');
        await new Promise((next) => setImmediate(next));
      }
    })();
  });
}

const name = fc.constantFrom(
  'Accept',
  'x-a',
  'X-Request-Id',
  'cookie',
  'TE',
  'Keep-Alive',
  'Proxy-Connection',
);
const value = fc.stringMatching(/^([!-~]([ -~]{0,10}[!-~])?)?$/);
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH');
const path = fc.stringMatching(/^\/[a-z0-9/?=&%.~-]{0,20}$/);
const connection = fc.constantFrom(
  '',
  'Connection: keep-alive\r\n',
  'Connection: close\r\n',
  'Connection: x-a\r\n',
);
/** Stands where the number of an attempt goes. */
const ASK = '######';
const SENTINEL = `GET /sentinel HTTP/1.1\r\nHost: service\r\nX-Ask: ${ASK}\r\nConnection: close\r\n\r\n`;

/** Requests as clients send them, and some nobody should send. */
const request = fc
  .record({
    method,
    path,
    fields: fc.array(fc.tuple(name, value), { maxLength: 4 }),
    connection,
    body: fc.option(fc.stringMatching(/^[a-z]{0,40}$/), { nil: undefined }),
    spoil: fc.option(fc.tuple(fc.nat(), fc.constantFrom('', '\r', '\n', ' ', ':', '\t', '\u0001', '7')), {
      nil: undefined,
      freq: 4,
    }),
    cuts: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ method: verb, path: target, fields, connection: said, body, spoil, cuts }) => {
    let text = `${verb} ${target} HTTP/1.1\r\nHost: service\r\nX-Ask: ${ASK}\r\n${said}`;
    for (const [field, content] of fields) text += `${field}: ${content}\r\n`;
    if (body !== undefined) text += `Content-Length: ${body.length}\r\n`;
    text += `\r\n${body ?? ''}`;
    if (spoil !== undefined) {
      const at = spoil[0] % text.length;
      text = text.slice(0, at) + spoil[1] + text.slice(at + 1);
    }
    const places = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
      (a, b) => a - b,
    );
    const parts = places.slice(1).map((to, i) => text.slice(places[i], to));
    return { parts, text };
  });

describe('requests that are whole and plain', function () {
  this.timeout(60_000);

  it('reach the server as they do by way of node:http, and so do those that are neither', async () => {
    const pair = socketPair(14);
    const seen = new Map<string, string[]>();
    const origin = createServer((incoming: IncomingMessage, response) => {
      let body = '';
      incoming.setEncoding('latin1').on('data', (part: string) => {
        body += part;
      });
      incoming.on('end', () => {
        const fields: [string, string][] = [];
        for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
          const field = (incoming.rawHeaders[i] ?? '').toLowerCase();
          // A trace begins here; how the body is framed is each connection's own affair.
          if (
            !['x-ask', 'traceparent', 'connection', 'content-length', 'transfer-encoding'].includes(field)
          ) {
            fields.push([field, incoming.rawHeaders[i + 1] ?? '']);
          }
        }
        seen
          .get(`${incoming.headers['x-ask']}`)
          ?.push(JSON.stringify([incoming.method, incoming.url, fields, body]));
        response.setHeader('x-last', 'last');
        response.end('answer');
      });
    });
    const target = `http://127.0.0.1:${await listening(origin)}`;
    const egress = await Egress.serve(pair.server, '/web', { target, register: false });
    const ingress = new Ingress(pair.client, { routes: [{ prefix: '/', name: '/web' }] });
    const fast = ingress.createServer();
    const plain = createServer(ingress.listener);
    const [fastPort, plainPort] = [await listening(fast), await listening(plain)];
    let asks = 0;
    let taken = 0;
    try {
      await fc.assert(
        fc.asyncProperty(request, async ({ parts }) => {
          const ask = async (
            port: number,
            waitsMs: number,
          ): Promise<{ said: string[]; reached: string[] }> => {
            const id = `${++asks}`.padStart(ASK.length, '0');
            const reached: string[] = [];
            seen.set(id, reached);
            // node:http takes requests ahead of answers at the same time, in any order. Behind each there is one that ends the
            // connection: whatever the first was, both servers go on from the same byte.
            const heard = await talk(
              port,
              [...parts, SENTINEL].map((part) => part.replace(ASK, id)),
              waitsMs,
            );
            seen.delete(id);
            const said: string[] = heard.match(/HTTP\/1\.1 \d{3}|answer|\[waits\]/g) ?? [];
            // Of a connection that ends with a refusal, node:http may drop what is still being answered.
            if (said.some((word) => word.endsWith(' 400'))) return { said: ['refused'], reached: [] };
            // A request without effect may reach the server twice, where an answer was slow to come.
            return { said, reached: [...new Set(reached)].sort() };
          };
          const handedOver = ingress.counters.handedOver;
          let one = await ask(fastPort, WAITS_MS[0]);
          if (ingress.counters.handedOver === handedOver) taken++;
          let other = await ask(plainPort, WAITS_MS[0]);
          // Where one alone waits, it may be the machine that was busy.
          if (one.said.includes('[waits]') !== other.said.includes('[waits]')) {
            one = await ask(fastPort, WAITS_MS[1]);
            other = await ask(plainPort, WAITS_MS[1]);
          }
          assert.deepEqual(one, other);
        }),
        { numRuns: 150 },
      );
      assert.ok(
        ingress.counters.requests > 100,
        `${ingress.counters.requests} requests, ${taken} without node:http`,
      );
    } finally {
      fast.close();
      plain.close();
      plain.closeAllConnections();
      await egress.close();
      origin.close();
      pair.close();
    }
  });
});
