import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { Http1Response } from '../../host/gateway/http1-response.js';
import { HostError } from '../../host/index.js';
import { listening } from './support.js';

interface Read {
  readonly statuses: number[];
  lines: string;
  body: string;
  trailers: readonly (readonly [string, string])[] | undefined;
  persistent: boolean;
  /** Bytes left behind the response. */
  left: number;
}

/** Reads a connection's bytes in pieces, to its end. @throws HostError */
function read(text: string, cuts: readonly number[], method = 'GET'): Read {
  const bytes = Buffer.from(text, 'latin1');
  const result: Read = {
    statuses: [],
    lines: '',
    body: '',
    trailers: undefined,
    persistent: false,
    left: 0,
  };
  const response = new Http1Response(method, {
    head: ({ status, fields }) => {
      result.statuses.push(status);
      result.lines = fields.lines;
    },
    data: (part) => {
      result.body += part.toString('latin1');
    },
    end: (trailers) => {
      result.trailers = trailers;
    },
  });
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  places.sort((a, b) => a - b);
  for (let i = 0; i + 1 < places.length && !response.done; i++) {
    // As a connection does: every piece lies in the same memory, which is overwritten.
    const piece = Buffer.from(bytes.subarray(places[i], places[i + 1]));
    const used = response.take(piece);
    piece.fill(0xdd);
    if (response.done) result.left = bytes.length - ((places[i] ?? 0) + used);
  }
  if (!response.done) response.close();
  result.persistent = response.persistent;
  return result;
}

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/);
const field = fc.tuple(
  token.map((name) => `x-${name}`),
  value,
);
const body = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const cuts = fc.array(fc.nat(4000), { maxLength: 12 });
const framings = ['length', 'chunked', 'close'] as const;

/** A response as a server may send it. */
const response = fc
  .record({
    status: fc.constantFrom(200, 201, 204, 304, 404, 500),
    reason: fc.constantFrom('', ' OK', ' Not  much'),
    fields: fc.array(field, { maxLength: 5 }),
    body,
    framing: fc.constantFrom(...framings),
    sizes: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 6 }),
    trailers: fc.array(field, { maxLength: 2 }),
    informational: fc.constantFrom('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
    upper: fc.boolean(),
  })
  .map((made) => {
    const { status, reason, fields, framing, sizes, trailers, informational, upper } = made;
    const bodiless = status === 204 || status === 304;
    const content = bodiless ? '' : made.body;
    const say = (name: string) => (upper ? name.toUpperCase() : name);
    let head = `HTTP/1.1 ${status}${reason === '' ? '' : reason}`;
    for (const [name, text] of fields) head += `\r\n${say(name)}:${upper ? '' : ' '}${text}`;
    let text = content;
    if (bodiless) head += '';
    else if (framing === 'length') head += `\r\n${say('content-length')}: ${content.length}`;
    else if (framing === 'chunked') {
      head += `\r\n${say('transfer-encoding')}: chunked`;
      text = '';
      for (let at = 0, i = 0; at < content.length; i++) {
        const part = content.slice(at, at + (sizes[i % sizes.length] ?? 1));
        text += `${part.length.toString(16)}${upper ? ';x=1' : ''}\r\n${part}\r\n`;
        at += part.length;
      }
      text += `0\r\n${trailers.map(([name, said]) => `${name}: ${said}\r\n`).join('')}\r\n`;
    }
    return { ...made, bodiless, content, text: `${informational}${head}\r\n\r\n${text}` };
  });

describe('responses of HTTP/1.1 servers', () => {
  it('are read as they were meant, in whatever pieces they come', () => {
    fc.assert(
      fc.property(response, cuts, fc.constantFrom('', 'HTTP/1.1 200 OK\r\n\r\n'), (made, places, behind) => {
        const { text, framing, bodiless, content, status, fields, trailers } = made;
        const endsItself = bodiless || framing !== 'close';
        const result = read(text + (endsItself ? behind : ''), places);
        assert.equal(result.statuses[result.statuses.length - 1], status);
        assert.equal(result.body, content);
        assert.equal(result.persistent, endsItself);
        if (endsItself) assert.ok(result.left <= behind.length);
        for (const [name, said] of fields) {
          assert.ok(result.lines.toLowerCase().includes(`\r\n${name}:`), name);
          assert.ok(result.lines.includes(said));
        }
        assert.doesNotMatch(result.lines, /transfer-encoding/i);
        const sent = !bodiless && framing === 'chunked' ? trailers : [];
        assert.deepEqual(result.trailers, sent);
      }),
    );
  });

  it('without a body where there can be none, whatever their head says', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';
    const result = read(`${head}HTTP/1.1`, [], 'HEAD');
    assert.deepEqual([result.body, result.persistent, result.left], ['', true, 8]);
    assert.match(result.lines, /Content-Length: 5/);
  });

  it('that can be read in two ways, or are none, are refused', () => {
    const bad = [
      'hello\r\n\r\n',
      'HTTP/2 200 OK\r\n\r\n',
      'HTTP/1.1 99 OK\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      'HTTP/1.1 200 OK\nContent-Length: 0\n\n',
      'HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nA: \u0000\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n',
      'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nno trailer\r\n\r\n',
      // Broken off.
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n',
      'HTTP/1.1 200 OK\r\nConte',
      '',
      `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(300_000)}\r\n\r\n`,
    ];
    for (const text of bad) {
      for (const places of [[], [1, 5, 17, 33, 40, 60], Array.from(text.slice(0, 200), (_, i) => i)]) {
        assert.throws(
          () => read(text, places),
          (error: unknown) => error instanceof HostError && error.code === 'BAD_REPLY',
          JSON.stringify(text.slice(0, 80)),
        );
      }
    }
  });

  it('spoilt in any place are refused, or mean to node’s own client what they mean here', async function () {
    this.timeout(30_000);
    let text = '';
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(text, 'latin1'));
    });
    const port = await listening(server);
    const spoilt = fc.tuple(
      response,
      fc.nat(),
      fc.constantFrom('', '\r', '\n', ':', ' ', '0', '9', '\u0000'),
    );
    try {
      await fc.assert(
        fc.asyncProperty(spoilt, cuts, async ([made, at, by], places) => {
          const place = at % made.text.length;
          text = made.text.slice(0, place) + by + made.text.slice(place + 1);
          let ours: Read;
          try {
            ours = read(text, places);
          } catch (error) {
            assert.ok(error instanceof HostError && error.code === 'BAD_REPLY', String(error));
            return;
          }
          // What stands behind a response is nobody's: the connection is closed.
          if (ours.left > 0) return;
          const outgoing = get({ host: '127.0.0.1', port, agent: false });
          const [theirs] = (await once(outgoing, 'response')) as [IncomingMessage];
          let heard = '';
          for await (const part of theirs.setEncoding('latin1')) heard += part;
          assert.equal(theirs.statusCode, ours.statuses[ours.statuses.length - 1]);
          assert.equal(heard, ours.body);
        }),
        { numRuns: 300 },
      );
    } finally {
      server.close();
    }
  });
});
