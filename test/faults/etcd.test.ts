import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { EtcdStore, type EtcdStoreOptions, type StoreChange, StoreError } from '../../controller/index.js';
import { SmallFabric } from '../controller/small-fabric.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { FreezingProxy } from '../store/freezing-proxy.js';
import { leaders, type Member, startMember, until, updates } from './members.js';

function refused(code: StoreError['code'], message = /./) {
  return (error: unknown) =>
    error instanceof StoreError && error.code === code && message.test(error.message);
}

describe(`etcd in trouble${etcdMissing === undefined ? '' : ` (skipped: ${etcdMissing})`}`, function () {
  this.timeout(60_000);
  let etcd: EtcdCluster;
  let proxy: FreezingProxy;
  const open = new Set<EtcdStore>();
  let prefixes = 0;
  before(async function () {
    if (etcdMissing !== undefined) this.skip();
    etcd = await EtcdCluster.start();
  });
  beforeEach(async () => {
    prefixes += 1;
    proxy = await FreezingProxy.start(etcd.endpoints[0] ?? '');
  });
  afterEach(async () => {
    proxy.thaw();
    for (const store of open) await store.close();
    open.clear();
    proxy.close();
  });
  after(() => etcd?.stop());

  const connect = async (id: string, options: Partial<EtcdStoreOptions> = {}): Promise<EtcdStore> => {
    const endpoints = etcd.endpoints;
    const store = await EtcdStore.connect({
      endpoints,
      id,
      prefix: `t${prefixes}/`,
      attemptMs: 500,
      ...options,
    });
    open.add(store);
    return store;
  };
  const listen = (store: EtcdStore): StoreChange[] => {
    const heard: StoreChange[] = [];
    store.watch((changes) => heard.push(...changes));
    return heard;
  };

  it('a watch whose connection has died without a word is noticed by who has nothing to say', async () => {
    const one = await connect('one');
    // A machine that is busy may leave a question unanswered for a while.
    const two = await connect('two', { endpoints: [proxy.endpoint], silenceMs: 200, attemptMs: 2000 });
    const heard = listen(two);
    await one.commit([{ key: 'a', value: 1 }]);
    await until('the first is heard', () => heard.length === 1);
    // Silence alone is no reason to connect anew; there is one connection for the watch, and one for the rest.
    await sleep(1000);
    assert.equal(proxy.connections, 2);
    proxy.freeze();
    await one.commit([{ key: 'a', value: 2 }]);
    await until('the second is heard', () => heard.length === 2);
    assert.deepEqual(heard.at(-1), { key: 'a', value: 2 });
  });

  it('a server that takes connections and says nothing is left for another', async () => {
    const two = await connect('two', { endpoints: [proxy.endpoint, ...etcd.endpoints], silenceMs: 200 });
    const heard = listen(two);
    proxy.freeze(true);
    await two.commit([{ key: 'a', value: 1 }]);
    await (await connect('one')).commit([{ key: 'b', value: 2 }]);
    await until('it hears', () => heard.length === 1);
  });

  it('no server that answers is said so, with their names, within the time that was given', async () => {
    // Enough to connect also where the machine is busy.
    const two = await connect('two', { endpoints: [proxy.endpoint], timeoutMs: 2500 });
    proxy.freeze(true);
    const { host } = new URL(proxy.endpoint);
    await Promise.all([
      assert.rejects(two.commit([{ key: 'a', value: 1 }]), refused('UNREACHABLE', new RegExp(host))),
      assert.rejects(two.get('a'), refused('UNREACHABLE', new RegExp(host))),
    ]);
  });

  it('what was forgotten while a watch heard nothing is read anew: changes, and what is gone', async () => {
    const one = await connect('one');
    const two = await connect('two', { endpoints: [proxy.endpoint], silenceMs: 200 });
    const heard = listen(two);
    for (const key of ['kept', 'changed', 'gone']) await one.commit([{ key, value: 1 }]);
    await until('all is heard', () => heard.length === 3);
    proxy.freeze(true);
    await one.commit([{ key: 'changed', value: 2 }]);
    await one.commit([{ key: 'gone', value: undefined }]);
    await one.commit([{ key: 'brief', value: 1 }]);
    await one.commit([{ key: 'brief', value: undefined }]);
    await one.commit([{ key: 'new', value: 3 }]);
    await etcd.compact();
    proxy.freeze();
    await until('it is heard', () => heard.length >= 6);
    const told = heard.slice(3).sort((a, b) => (a.key < b.key ? -1 : 1));
    assert.deepEqual(told, [
      { key: 'changed', value: 2 },
      { key: 'gone', value: undefined },
      { key: 'new', value: 3 },
    ]);
    assert.deepEqual(await two.load(), await one.load());
    await one.commit([{ key: 'after', value: 4 }]);
    await until('it goes on', () => heard.at(-1)?.key === 'after');
  });

  it('a lease that runs out while a commit is under way takes the commit with it', async () => {
    const one = await connect('one');
    const two = await connect('two', { endpoints: [proxy.endpoint], timeoutMs: 20_000 });
    const heard = listen(one);
    const lease = await two.lease(2000);
    await two.commit([{ key: 'leader', value: 'two' }], { lease });
    proxy.freeze(true);
    const late = two.commit([{ key: 'mine', value: 'two' }], { lease });
    const outcome = late.then(
      () => 'committed',
      (error: unknown) => error,
    );
    await until('the lease is over for its owner', () => lease.ended.aborted);
    await until('and for the others', () => heard.some(({ value }) => value === undefined));
    assert.equal(await one.get('leader'), undefined);
    proxy.freeze();
    proxy.thaw();
    assert.ok(refused('FENCED')(await outcome), String(await outcome));
    assert.equal(await one.get('mine'), undefined);
    await two.commit([{ key: 'after', value: 1 }]);
  });

  it('a commit whose answer is lost is carried out once', async () => {
    const one = await connect('one');
    const two = await connect('two', { endpoints: [proxy.endpoint, ...etcd.endpoints] });
    await two.commit([{ key: 'n', value: 1 }]);
    proxy.freezeAnswers();
    await two.commit([{ key: 'n', value: 2 }], { when: [{ key: 'n', value: 1 }] });
    assert.equal((await one.get('n'))?.value, 2);
    await assert.rejects(
      two.commit([{ key: 'n', value: 3 }], { when: [{ key: 'n', value: 1 }] }),
      refused('CONFLICT'),
    );
  });

  it('commits that are many, and large, go in as many requests as it takes', async () => {
    const one = await connect('one');
    const value = 'x'.repeat(300_000);
    await Promise.all(Array.from({ length: 20 }, (_, i) => one.commit([{ key: `large/${i}`, value }])));
    assert.equal((await one.load()).size, 20);
    await assert.rejects(
      one.commit([{ key: 'too large', value: 'x'.repeat(3_000_000) }]),
      refused('IO', /too large/),
    );
    await one.commit([{ key: 'after', value: 1 }]);
  });

  describe('with controllers on it', () => {
    let fabric: SmallFabric;
    let members: Member[];
    beforeEach(async () => {
      members = [];
      fabric = await SmallFabric.start();
      await fabric.controller.close();
    });
    afterEach(async () => {
      for (const { controller } of members) await controller.close();
      await fabric.stop();
    });
    const add = async (id: string, store: EtcdStore): Promise<Member> => {
      const member = await startMember(fabric, id, store, { leaseMs: 5000 });
      members.push(member);
      return member;
    };
    const lead = (...who: Member[]) => until('it leads', () => leaders(fabric, who).size === 3);

    it('a policy may concern more services than a transaction has room for', async () => {
      const a = await add('a', await connect('a'));
      const b = await add('b', await connect('b'));
      await lead(a, b);
      const { registry, policies } = a.controller;
      await policies.put('sticky', { destination: '/many', stickiness: { idleMs: 60_000 } });
      await Promise.all(
        Array.from({ length: 150 }, (_, i) =>
          registry.register({
            service: `/many/s${i}`,
            address: 0x0a000201,
            port: 1000 + i,
            ttlMs: 3_600_000,
          }),
        ),
      );
      await a.controller.settled();
      await lead(a, b);
      const before = updates(fabric);
      await policies.put('slow', { destination: '/many', rate: { packetsPerSecond: 1000 } });
      await until('the flows of each service end at both leaves', () => updates(fabric) >= before + 300);
      await until('the other has it', () => b.controller.policies.get('slow') !== undefined);
      await policies.delete('slow');
      await policies.delete('sticky');
    });

    it('a second controller of a name is refused, and the first one goes on', async () => {
      const first = await add('twin', await connect('twin'));
      await lead(first);
      const second = await connect('twin', { fenceAt: 'first-commit' });
      await assert.rejects(
        startMember(fabric, 'twin', second),
        /another controller of this fabric runs as 'twin'; give each a name of its own, or stop that one/,
      );
      await first.controller.registry.register({ service: '/s', address: 0x0a000201, port: 1 });
      assert.equal(first.controller.leadership.kind, 'active');
      // When it is gone without a word, its name is free as soon as its lease is over.
      const third = await connect('twin', { fenceAt: 'first-commit' });
      const joining = startMember(fabric, 'twin', third);
      await first.controller.close();
      members.push(await joining);
      await lead(...members.slice(1));
    });

    it('a controller whose name another one has taken ends, says why, and leads nothing', async () => {
      const first = await add('twin', await connect('twin'));
      await lead(first);
      // By force: it does not ask whether the name is free.
      const thief = await connect('twin');
      await thief.commit([{ key: 'cluster/member/twin', value: { session: 'other', prefers: [] } }]);
      await until('it has left', () => first.controller.leadership.kind === 'left');
      const said = first.events.flatMap((event) => (event.kind === 'error' ? [String(event.error)] : []));
      assert.ok(
        said.some((text) => /another controller of this fabric runs as 'twin'/.test(text)),
        said.join(),
      );
      assert.equal(leaders(fabric, [first]).size, 0);
      await assert.rejects(
        first.controller.registry.register({ service: '/s', address: 0x0a000201, port: 1 }),
        refused('FENCED'),
      );
    });

    it('one that is fenced off while it says nothing notices, too', async () => {
      const first = await add('twin', await connect('twin', { silenceMs: 200 }));
      await lead(first);
      await connect('twin');
      await until('it has left', () => first.controller.leadership.kind === 'left');
      assert.equal(leaders(fabric, [first]).size, 0);
    });
  });
});
