import assert from 'node:assert/strict';
import { EtcdStore, StoreError } from '../../controller/index.js';
import { Certificates } from '../api/certificates.js';
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
  let certificates: Certificates | undefined;
  let cluster: EtcdCluster | undefined;
  const file = (name: string, kind?: 'key') => Buffer.from(certificates?.pem(name, kind) ?? '');
  const path = (name: string, kind?: 'key') => certificates?.path(name, kind) ?? '';

  before(function () {
    if (etcdMissing !== undefined) this.skip();
    if (Certificates.missing !== undefined) {
      console.log(`      skipped: ${Certificates.missing}`);
      this.skip();
    }
    certificates = new Certificates();
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
  });
  after(() => certificates?.remove());

  const serverTls = () => ['--cert-file', path('server'), '--key-file', path('server', 'key')];

  it('goes over TLS, to a server whose authority is known', async () => {
    cluster = await EtcdCluster.start(1, serverTls(), { ca: file('ca') });
    const endpoints = cluster.endpoints;
    assert.match(endpoints[0] ?? '', /^https:/);
    const store = await EtcdStore.connect({ endpoints, id: 'a', tls: { ca: file('ca') } });
    await works(store);
    await store.close();
    const wrong = { endpoints, id: 'b', tls: { ca: file('other') }, timeoutMs: 2000 };
    await assert.rejects(EtcdStore.connect(wrong), refused('UNREACHABLE', /certificate|self.signed|verify/));
  });

  it('shows its certificate where the server wants one', async () => {
    const tls = { ca: file('ca'), cert: file('client'), key: file('client', 'key') };
    const options = [...serverTls(), '--client-cert-auth', '--trusted-ca-file', path('ca')];
    cluster = await EtcdCluster.start(1, options, tls);
    const endpoints = cluster.endpoints;
    const store = await EtcdStore.connect({ endpoints, id: 'a', tls });
    await works(store);
    await store.close();
    for (const other of [
      { ca: file('ca') },
      { ca: file('ca'), cert: file('stranger'), key: file('stranger', 'key') },
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
