import assert from 'node:assert/strict';
import type { LiveFabric } from '../../cli/up/fabric.js';
import { type ApiServer, hashToken, newToken } from '../../controller/api/index.js';
import { liveFabric, serveApi } from './support.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
}

describe('REST', function () {
  this.timeout(120_000);
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

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${api.port}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const json = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await ask(method, path, body);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text) as T;
  };

  it('describes every route and every kind in OpenAPI 3.1', async () => {
    const document = await json<{
      openapi: string;
      paths: Record<string, Record<string, { summary?: string; requestBody?: unknown }>>;
    }>('GET', '/openapi.json');
    assert.equal(document.openapi, '3.1.0');
    for (const kind of fabric.controller.collections.keys()) {
      const put = document.paths[`/v1/${kind}/{name}`]?.['put'];
      assert.ok(put?.requestBody !== undefined, `${kind} has no schema`);
    }
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { summary }] of Object.entries(methods)) {
        assert.ok(summary, `${method} ${path} is not described`);
      }
    }
  });

  it('puts, gets, lists and deletes things of a collection', async () => {
    const path = `/v1/instances/${encodeURIComponent('10.0.1.1:7000/shop/cart')}`;
    const made = await json<{ spec: { weight: number }; status: { id: number } }>('PUT', path, { weight: 3 });
    assert.equal(made.spec.weight, 3);
    const again = await json<{ status: { id: number } }>('PUT', path, { weight: 3 });
    assert.equal(again.status.id, made.status.id);
    const service = await json<{ status: { instances: unknown[] } }>(
      'GET',
      `/v1/services/${encodeURIComponent('/shop/cart')}`,
    );
    assert.equal(service.status.instances.length, 1);
    assert.equal((await ask('DELETE', path)).status, 204);
    assert.equal((await ask('GET', path)).status, 404);
  });

  it('names the field that is wrong, and what would be right', async () => {
    const response = await ask('PUT', '/v1/reduce-groups/sums', { hosts: ['h1'], window: 3 });
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-type') ?? '', /problem\+json/);
    const { code, detail } = (await response.json()) as Problem;
    assert.equal(code, 'BAD_REQUEST');
    assert.match(detail, /\/window must be one of 1, 2, 4/);
  });

  it('says in the same form what is wrong with a path or a body as such', async () => {
    const body = '{"destination": "/shop"}';
    for (const [path, type, text, status, remedy] of [
      ['/v1/policies/%2', 'application/json', body, 400, /'\/v1\/policies\/%2' is not a valid url/],
      ['/v1/policies/p', 'application/x-www-form-urlencoded', body, 415, /content-type: application\/json/],
      ['/v1/policies/p', 'application/json', '{', 400, /not valid JSON/],
      ['/v1/policies/p', 'application/json', `"${'x'.repeat(2 ** 20)}"`, 413, /at most 1048576 bytes/],
      ['/v1/watch/juggling', 'application/json', undefined, 404, /no kind 'juggling'; there are /],
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${api.port}${path}`, {
        headers: { 'content-type': type },
        ...(text === undefined ? {} : { method: 'PUT', body: text }),
      });
      assert.equal(response.status, status, path);
      assert.match(response.headers.get('content-type') ?? '', /problem\+json/);
      assert.match(((await response.json()) as Problem).detail, remedy);
    }
  });

  it('makes, changes and deletes a reduce group under its name', async () => {
    interface Made {
      readonly status: { group: number; switches: string[] };
    }
    const first = await json<Made>('PUT', '/v1/reduce-groups/sums', { hosts: ['h1', 'h2'] });
    assert.deepEqual([...first.status.switches].sort(), ['leaf1', 'leaf2', 'spine1']);
    const same = await json<Made>('PUT', '/v1/reduce-groups/sums', { hosts: ['h1', 'h2'] });
    assert.equal(same.status.group, first.status.group);
    const other = await json<Made>('PUT', '/v1/reduce-groups/sums', {
      hosts: ['h1', 'h2'],
      operation: 'max',
    });
    assert.notEqual(other.status.group, first.status.group);
    assert.equal((await json<unknown[]>('GET', '/v1/reduce-groups')).length, 1);
    assert.equal((await ask('DELETE', '/v1/reduce-groups/sums')).status, 204);
    assert.deepEqual(await json('GET', '/v1/reduce-groups'), []);
  });

  it('has hosts serve, call, ping and trace', async () => {
    await json('POST', '/v1/hosts/h2/serve', { name: '/echo' });
    await fabric.controller.settled(AbortSignal.timeout(30_000));
    const { body } = await json<{ body: string }>('POST', '/v1/hosts/h1/call', {
      name: '/echo',
      body: 'hello',
    });
    assert.equal(body, 'hello');
    const steps = await json<{ kind: string; switch?: string }[]>('POST', '/v1/hosts/h1/trace', {
      name: '/echo',
    });
    assert.deepEqual(
      steps.map((step) => step.switch ?? step.kind),
      ['leaf1', 'spine1', 'leaf2', 'owner'],
    );
    const missing = await ask('POST', '/v1/hosts/h1/call', { name: '/nobody' });
    assert.equal(missing.status, 502);
    assert.match(((await missing.json()) as Problem).detail, /NO_ROUTE/);
  });

  it('shows that switches hold what they should', async () => {
    await fabric.controller.settled(AbortSignal.timeout(30_000));
    for (const name of fabric.topology.switches.keys()) {
      const diff = await json<{ missing: unknown[]; surplus: unknown[]; different: unknown[]; same: number }>(
        'GET',
        `/v1/switches/${name}/diff`,
      );
      assert.deepEqual([diff.missing, diff.surplus, diff.different], [[], [], []]);
      assert.ok(diff.same > 0);
    }
    const entries = await json<{ table: string }[]>(
      'GET',
      '/v1/switches/leaf1/entries?table=ingress.names.fib',
    );
    assert.ok(entries.length > 0 && entries.every(({ table }) => table === 'ingress.names.fib'));
    assert.equal((await ask('GET', '/v1/switches/leaf9/diff')).status, 404);
  });

  it('streams events, with those that were kept', async () => {
    const stop = new AbortController();
    const response = await fetch(`http://127.0.0.1:${api.port}/v1/events?since=0`, { signal: stop.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"registered"')) {
      const part = await reader?.read();
      assert.ok(part?.value !== undefined, 'the stream ended');
      text += part.value;
    }
    stop.abort();
  });

  it('counts for Prometheus', async () => {
    const text = await (await ask('GET', '/metrics')).text();
    assert.match(text, /sincmesh_switch_connected\{switch="leaf1"\} 1/);
    assert.match(text, /sincmesh_registry_changes_total\{change="registered"\} [1-9]/);
    assert.match(text, /process_cpu_seconds_total/);
  });

  it('refuses web pages of others and names that are not localhost', async () => {
    assert.equal(
      (await ask('GET', '/v1/switches', undefined, { origin: 'http://evil.example' })).status,
      403,
    );
  });

  it('does not start for others without authentication, nor with tokens in the clear', async () => {
    await assert.rejects(serveApi(fabric, { address: '0.0.0.0' }), {
      code: 'UNSAFE',
      message: /--token-file/,
    });
    const tokens = [hashToken(newToken())];
    await assert.rejects(serveApi(fabric, { address: '0.0.0.0', tokens }), {
      code: 'UNSAFE',
      message: /--tls-cert/,
    });
  });

  it('asks for a token where it has some', async () => {
    const token = newToken();
    const guarded = await serveApi(fabric, { tokens: [hashToken(token)] });
    try {
      const status = async (authorization?: string) =>
        (
          await fetch(`http://127.0.0.1:${guarded.port}/v1/switches`, {
            headers: authorization === undefined ? {} : { authorization },
          })
        ).status;
      assert.equal(await status(), 401);
      assert.equal(await status(`Bearer ${newToken()}`), 401);
      assert.equal(await status(`Bearer ${token}`), 200);
    } finally {
      await guarded.close();
    }
  });
});
