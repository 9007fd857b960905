import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { credentials, Metadata } from '@grpc/grpc-js';
import { HostRequest, ListSwitchesRequest, MeshClient, Resource } from 'p4runtime-js/mesh';
import type { LiveFabric } from '../../cli/up/fabric.js';
import type { ApiServer } from '../../controller/api/index.js';
import { liveFabric, serveApi } from './support.js';

const CALLS = Number(process.env['SINCMESH_MALFORMED_CALLS'] ?? 10_000);
const AT_ONCE = 50;

/** Numbers from 0 to 1, always the same. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('malformed calls', function () {
  this.timeout(300_000);
  let fabric: LiveFabric;
  let api: ApiServer;
  before(async () => {
    fabric = await liveFabric();
    api = await serveApi(fabric);
  });
  after(async () => {
    await api?.close();
    await fabric?.close();
  });

  async function eachOf(count: number, call: (index: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async () => {
      while (next < count) await call(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  it(`neither end nor hang the server: ${CALLS} over REST, raw sockets and gRPC`, async () => {
    const random = randomNumbers(1);
    const pick = <T>(items: readonly [T, ...T[]]): T =>
      items[Math.floor(random() * items.length)] ?? items[0];
    const before = JSON.stringify(fabric.controller.registry.services().map(({ name }) => name.text));
    const kinds = [...fabric.controller.collections.keys()];

    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '0',
      '"x"',
      '{"__proto__":{"a":1}}',
      '{"hosts":5}',
      '\u0000',
      '{"a":'.repeat(500),
    ] as const;
    await eachOf(Math.floor(CALLS * 0.5), async () => {
      const kind = kinds[Math.floor(random() * kinds.length)] ?? 'services';
      const path = pick([
        `/v1/${kind}/%00`,
        `/v1/${kind}/${'a'.repeat(300)}`,
        `/v1/${kind}/..%2f..`,
        '/v1/registry/register',
        '/v1/registry/renew/x',
        '/v1/registry/deregister/99999999',
        '/v1/hosts/h9/call',
        '/v1/hosts/h1/kv-put',
        '/v1/switches/%ff/entries',
        '/v1/nothing',
      ]);
      const response = await fetch(`http://127.0.0.1:${api.port}${path}`, {
        method: pick(['PUT', 'POST', 'DELETE']),
        headers: { 'content-type': pick(['application/json', 'text/plain', 'x']) },
        body: pick(bodies),
      });
      const text = await response.text();
      assert.ok(response.status >= 400 && response.status < 500, `${response.status} ${path}: ${text}`);
    });

    const raw = [
      'GET / HTTP/9.9\r\n\r\n',
      'PUT /v1/policies/x HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
      'POST /v1/registry/register HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
      'GET /v1/switches HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    ] as const;
    await eachOf(
      Math.floor(CALLS * 0.2),
      (index) =>
        new Promise((resolve) => {
          const socket = connect(
            index % 4 === 0 && api.grpcPort !== undefined ? api.grpcPort : api.port,
            '127.0.0.1',
          );
          socket.once('close', () => resolve());
          socket.on('error', () => undefined);
          socket.on('data', () => socket.destroy());
          socket.end(pick(raw));
          // What is answered by silence is left.
          socket.setTimeout(300, () => socket.destroy());
        }),
    );

    const client = new MeshClient(`127.0.0.1:${api.grpcPort}`, credentials.createInsecure());
    const codes = new Set<number>();
    await eachOf(
      Math.floor(CALLS * 0.3),
      () =>
        new Promise((resolve, reject) => {
          const done = (error: { code: number } | null) => {
            if (error === null) reject(new Error('a malformed call was taken'));
            else resolve();
            if (error !== null) codes.add(error.code);
          };
          if (random() < 0.5) {
            const request = new Resource();
            request.setKind(pick(['', 'nothing', 'policies', 'reduce-groups', 'instances']));
            request.setName(pick(['', '\u0000', 'x'.repeat(500)]));
            request.setSpecJson(pick(['{', 'nul', '[', '5', '{"a":1}']));
            client.putResource(request, done);
          } else {
            const request = new HostRequest();
            request.setHost(pick(['', 'h9', 'h1']));
            request.setOperation(pick(['', 'nothing', 'call']));
            request.setBodyJson(pick(['', '{', '[]', '{"name":5}']));
            client.askHost(request, done);
          }
        }),
    );
    // INVALID_ARGUMENT and NOT_FOUND, never INTERNAL or UNAVAILABLE.
    assert.deepEqual(
      [...codes].filter((code) => code !== 3 && code !== 5),
      [],
    );

    const response = await fetch(`http://127.0.0.1:${api.port}/v1/switches`);
    assert.equal(response.status, 200);
    const answer = await new Promise<string>((resolve, reject) => {
      client.listSwitches(new ListSwitchesRequest(), new Metadata(), (error, document) =>
        error === null ? resolve(document?.getJson() ?? '') : reject(error),
      );
    });
    assert.equal(JSON.parse(answer).length, 3);
    client.close();
    assert.equal(JSON.stringify(fabric.controller.registry.services().map(({ name }) => name.text)), before);
  });
});
