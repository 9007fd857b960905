import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EtcdStore, StoreError } from '../../controller/index.js';
import { EtcdCluster, etcdMissing } from './etcd-server.js';

function refused(code: StoreError['code'], message?: RegExp) {
  return (error: unknown) =>
    error instanceof StoreError && error.code === code && (message?.test(error.message) ?? true);
}

/** Writes, and hears of it by the watch, which a commit waits for. */
async function works(store: EtcdStore): Promise<void> {
  await store.commit([{ key: 'one', value: { two: 3 } }]);
  assert.deepEqual((await store.get('one'))?.value, { two: 3 });
  const lease = await store.lease(5000);
  await lease.end();
}

describe(`access to etcd${etcdMissing === undefined ? '' : ` (skipped: ${etcdMissing})`}`, function () {
  this.timeout(60_000);
  let folder = '';
  let cluster: EtcdCluster | undefined;
  const file = (name: string): Buffer => readFileSync(join(folder, name));
  const openssl = (line: string): void => {
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
  };

  before(function () {
    if (etcdMissing !== undefined) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-etcd-access-'));
    const key = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
    try {
      for (const ca of ['ca', 'other']) {
        openssl(`${key} -x509 -days 2 -subj /CN=${ca} -keyout ${ca}.key -out ${ca}.crt`);
      }
    } catch {
      console.log('      skipped: there is no openssl to make certificates with');
      this.skip();
    }
    for (const [name, ca] of [
      ['server', 'ca'],
      ['controller', 'ca'],
      ['stranger', 'other'],
    ]) {
      openssl(
        `${key} -subj /CN=${name} -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout ${name}.key -out ${name}.csr`,
      );
      openssl(
        `x509 -req -days 2 -copy_extensions copy -CA ${ca}.crt -CAkey ${ca}.key -CAcreateserial -in ${name}.csr -out ${name}.crt`,
      );
    }
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  const serverTls = () => [
    '--cert-file',
    join(folder, 'server.crt'),
    '--key-file',
    join(folder, 'server.key'),
  ];

  it('goes over TLS, to a server whose authority is known', async () => {
    cluster = await EtcdCluster.start(1, serverTls(), { ca: file('ca.crt') });
    const endpoints = cluster.endpoints;
    assert.match(endpoints[0] ?? '', /^https:/);
    const store = await EtcdStore.connect({ endpoints, id: 'a', tls: { ca: file('ca.crt') } });
    await works(store);
    await store.close();
    const wrong = { endpoints, id: 'b', tls: { ca: file('other.crt') }, timeoutMs: 500 };
    await assert.rejects(EtcdStore.connect(wrong), refused('UNREACHABLE', /certificate|self.signed|verify/));
  });

  it('shows its certificate where the server wants one', async () => {
    const tls = { ca: file('ca.crt'), cert: file('controller.crt'), key: file('controller.key') };
    const options = [...serverTls(), '--client-cert-auth', '--trusted-ca-file', join(folder, 'ca.crt')];
    cluster = await EtcdCluster.start(1, options, tls);
    const endpoints = cluster.endpoints;
    const store = await EtcdStore.connect({ endpoints, id: 'a', tls });
    await works(store);
    await store.close();
    for (const other of [
      { ca: file('ca.crt') },
      { ca: file('ca.crt'), cert: file('stranger.crt'), key: file('stranger.key') },
    ]) {
      const connecting = EtcdStore.connect({ endpoints, id: 'b', tls: other, timeoutMs: 500 });
      await assert.rejects(connecting, refused('UNREACHABLE'));
    }
  });

  it('takes commits of up to 127 changes and conditions whole, and refuses longer ones', async () => {
    cluster = await EtcdCluster.start();
    const store = await EtcdStore.connect({ endpoints: cluster.endpoints, id: 'a' });
    const changes = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k/${i}`, value: i }));
    const absent = changes(127).map(({ key }) => ({ key, value: undefined }));
    await store.commit(changes(127), { when: absent });
    assert.equal((await store.load()).size, 127);
    const longer = changes(128).map(({ key }) => ({ key, value: 'other' }));
    await assert.rejects(store.commit(longer), refused('IO', /128 changes .* --max-txn-ops/));
    assert.deepEqual(await store.load(), new Map(changes(127).map(({ key, value }) => [key, value])));
    await store.close();
  });

  it('logs in with name and password, and again when its token is no longer good', async () => {
    cluster = await EtcdCluster.start();
    const endpoints = cluster.endpoints;
    const user = { name: 'mesh', password: 'pass' };
    await cluster.addUser('root', 'secret', 'root');
    await cluster.addUser(user.name, user.password, 'mesh', 'sincmesh/');
    await cluster.post('/v3/auth/enable', {});

    const store = await EtcdStore.connect({ endpoints, id: 'a', user });
    await works(store);
    // Its tokens are in the server's memory alone.
    for (let round = 0; round < 3; round += 1) {
      await cluster.kill(0);
      cluster.restart(0);
      await works(store);
    }
    await store.close();

    const wrong = { endpoints, id: 'b', user: { ...user, password: 'wrong' } };
    await assert.rejects(EtcdStore.connect(wrong), refused('IO', /invalid user ID or password/));
    await assert.rejects(EtcdStore.connect({ endpoints, id: 'b' }), refused('IO', /user name is empty/));
    const elsewhere = { endpoints, id: 'b', user, prefix: 'other/' };
    await assert.rejects(EtcdStore.connect(elsewhere), refused('IO', /permission denied/));
  });
});
