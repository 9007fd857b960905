import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type ChannelCredentials, credentials, Metadata } from '@grpc/grpc-js';
import { type Document, ListSwitchesRequest, MeshClient } from 'p4runtime-js/mesh';
import type { LiveFabric } from '../../cli/up/fabric.js';
import { type ApiServer, hashToken, newToken } from '../../controller/api/index.js';
import { Certificates } from './certificates.js';
import { liveFabric, serveApi } from './support.js';

interface Shown {
  readonly ca?: string;
  readonly cert?: string;
  readonly token?: string;
}

describe('the API over TLS', function () {
  this.timeout(120_000);
  let certificates: Certificates;
  let fabric: LiveFabric;
  let api: ApiServer | undefined;
  before(async function () {
    const { missing } = Certificates;
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    certificates = new Certificates();
    fabric = await liveFabric();
  });
  afterEach(async () => {
    await api?.close();
    api = undefined;
  });
  after(async () => {
    await fabric?.close();
    certificates?.remove();
  });

  const pair = () => ({ cert: certificates.pem('server'), key: certificates.pem('server', 'key') });

  /** HTTP status of one request to REST; rejects where there is no answer. */
  function rest(path: string, { ca = 'ca', cert, token }: Shown = {}): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          host: '127.0.0.1',
          port: api?.port,
          path,
          agent: false,
          ca: certificates.pem(ca),
          ...(cert !== undefined && { cert: certificates.pem(cert), key: certificates.pem(cert, 'key') }),
          ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      request.end();
    });
  }

  /** gRPC status of one call; 0 = answered. */
  async function grpc({ ca = 'ca', cert, token }: Shown = {}, channel?: ChannelCredentials): Promise<number> {
    const roots = Buffer.from(certificates.pem(ca));
    const own =
      cert === undefined
        ? []
        : ([Buffer.from(certificates.pem(cert, 'key')), Buffer.from(certificates.pem(cert))] as const);
    const client = new MeshClient(
      `localhost:${api?.grpcPort}`,
      channel ?? credentials.createSsl(roots, own[0] ?? null, own[1] ?? null),
    );
    const metadata = new Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    try {
      return await new Promise<number>((resolve) => {
        client.listSwitches(new ListSwitchesRequest(), metadata, (error, document?: Document) => {
          if (error === null) assert.equal(JSON.parse(document?.getJson() ?? '[]').length, 3);
          resolve(error === null ? 0 : error.code);
        });
      });
    } finally {
      client.close();
    }
  }

  const UNAVAILABLE = 14;
  const UNAUTHENTICATED = 16;

  it('takes tokens, and none that is wrong', async () => {
    const token = newToken();
    api = await serveApi(fabric, { tls: pair(), tokens: [hashToken(token)] });
    assert.equal(await rest('/v1/switches', { token }), 200);
    assert.equal(await grpc({ token }), 0);
    assert.equal(await rest('/v1/switches'), 401);
    assert.equal(await rest('/v1/switches', { token: newToken() }), 401);
    assert.equal(await rest('/metrics'), 401);
    assert.equal(await rest('/openapi.json'), 401);
    // Whether it runs is told to whoever asks.
    assert.equal(await rest('/healthz'), 200);
    assert.equal(await grpc(), UNAUTHENTICATED);
    assert.equal(await grpc({ token: `${token}x` }), UNAUTHENTICATED);
  });

  it('a token that was taken back opens nothing any more', async () => {
    const [kept, revoked] = [newToken(), newToken()];
    api = await serveApi(fabric, { tls: pair(), tokens: [kept, revoked].map(hashToken) });
    assert.equal(await rest('/v1/switches', { token: revoked }), 200);
    await api.close();
    api = await serveApi(fabric, { tls: pair(), tokens: [hashToken(kept)] });
    assert.equal(await rest('/v1/switches', { token: revoked }), 401);
    assert.equal(await grpc({ token: revoked }), UNAUTHENTICATED);
    assert.equal(await rest('/v1/switches', { token: kept }), 200);
  });

  it('takes client certificates of its authority alone, and those while they are valid', async () => {
    api = await serveApi(fabric, { tls: { ...pair(), clientCa: certificates.pem('ca') } });
    assert.equal(await rest('/v1/switches', { cert: 'client' }), 200);
    assert.equal(await grpc({ cert: 'client' }), 0);
    for (const cert of ['stranger', 'late']) {
      assert.equal(await rest('/v1/switches', { cert }), 401, cert);
      assert.equal(await grpc({ cert }), UNAVAILABLE, cert);
    }
    assert.equal(await rest('/v1/switches'), 401);
    assert.equal(await grpc(), UNAVAILABLE);
    assert.equal(await rest('/v1/switches', { token: newToken() }), 401);
  });

  it('takes either where both are set up', async () => {
    const token = newToken();
    const tls = { ...pair(), clientCa: certificates.pem('ca') };
    api = await serveApi(fabric, { tls, tokens: [hashToken(token)] });
    assert.equal(await rest('/v1/switches', { cert: 'client' }), 200);
    assert.equal(await rest('/v1/switches', { token }), 200);
    assert.equal(await rest('/v1/switches', { cert: 'stranger' }), 401);
    assert.equal(await rest('/v1/switches', { cert: 'stranger', token }), 200);
    assert.equal(await rest('/v1/switches'), 401);
    assert.equal(await grpc({ token }), 0);
    assert.equal(await grpc({ cert: 'client', token }), 0);
    assert.equal(await grpc({ cert: 'stranger' }), UNAUTHENTICATED);
  });

  it('is not trusted by clients of another authority', async () => {
    const token = newToken();
    api = await serveApi(fabric, { tls: pair(), tokens: [hashToken(token)] });
    await assert.rejects(rest('/v1/switches', { ca: 'other', token }), {
      code: /UNABLE_TO_VERIFY|SELF_SIGNED/,
    });
    assert.equal(await grpc({ ca: 'other', token }), UNAVAILABLE);
  });

  it('answers nobody in the clear', async () => {
    const token = newToken();
    api = await serveApi(fabric, { tls: pair(), tokens: [hashToken(token)] });
    const { port } = api;
    await assert.rejects(
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        httpRequest({ host: '127.0.0.1', port, path: '/v1/switches', headers, agent: false }, resolve)
          .on('error', reject)
          .end();
      }),
      { code: 'ECONNRESET' },
    );
    assert.equal(await grpc({ token }, credentials.createInsecure()), UNAVAILABLE);
    // And it still answers those who come properly.
    assert.equal(await rest('/v1/switches', { token }), 200);
  });

  it('says which face cannot listen, and why', async () => {
    api = await serveApi(fabric);
    const { port, grpcPort } = api;
    assert.ok(grpcPort !== undefined);
    await assert.rejects(serveApi(fabric, { port, grpcPort: 'off' }), {
      code: 'CANNOT_LISTEN',
      message: `REST cannot listen on 127.0.0.1:${port}: something listens there already; give another port`,
    });
    // grpc-js would say something of its own.
    const { error: print } = console;
    const printed: unknown[][] = [];
    console.error = (...words: unknown[]) => printed.push(words);
    try {
      await assert.rejects(serveApi(fabric, { grpcPort }), {
        code: 'CANNOT_LISTEN',
        message: `gRPC cannot listen on 127.0.0.1:${grpcPort}: something listens there already; give another port`,
      });
    } finally {
      console.error = print;
    }
    assert.deepEqual(printed, []);
  });

  it('starts for others with TLS and tokens, or with TLS and a client authority, and no less', async () => {
    const address = '0.0.0.0';
    const tokens = [hashToken(newToken())];
    for (const options of [
      { tls: pair(), tokens },
      { tls: { ...pair(), clientCa: certificates.pem('ca') } },
      { tokens, allowsClearTokens: true },
    ]) {
      api = await serveApi(fabric, { address, ...options });
      await api.close();
      api = undefined;
    }
    for (const [options, remedy] of [
      [{}, /--token-file/],
      [{ tls: pair() }, /--token-file/],
      [{ allowsClearTokens: true }, /--token-file/],
      [{ tokens }, /--tls-cert/],
    ] as const) {
      await assert.rejects(serveApi(fabric, { address, ...options }), { code: 'UNSAFE', message: remedy });
    }
  });
});
