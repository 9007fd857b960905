import assert from 'node:assert/strict';
import { parse } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { openState } from '../../cli/up/state.js';
import { up as upCommand } from '../../cli/up/up.js';
import { agreeOnTopology, EtcdStore } from '../../controller/index.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { Elsewhere } from './elsewhere.js';
import { sincmesh, Up } from './sincmesh-process.js';

interface ClusterAnswer {
  readonly controller: string;
  readonly state: string;
  readonly leads: readonly string[];
  readonly members: readonly string[];
  readonly leaders: Readonly<Record<string, string | null>>;
}

interface SwitchRow {
  readonly connection: string;
  readonly reconciler: string;
  readonly leader: string | null;
  readonly written: number;
}

describe('sincmesh up --etcd', function () {
  this.timeout(240_000);
  let etcd: EtcdCluster | undefined;
  let fabric: Elsewhere;
  const running = new Set<Up>();
  before(async function () {
    if (etcdMissing !== undefined) {
      console.log(`      skipped: ${etcdMissing}`);
      this.skip();
    }
    etcd = await EtcdCluster.start();
    fabric = await Elsewhere.start();
  });
  afterEach(async () => {
    for (const up of running) await up.kill();
    running.clear();
  });
  after(async () => {
    await fabric?.close();
    await etcd?.stop();
  });

  // Links are not what is tried: where the machine is busy, probes of theirs get lost, and paths change.
  const shared = (id: string, prefix: string, ...more: string[]) => [
    '--connect',
    '--no-probes',
    ...['--etcd', etcd?.endpoints.join(',') ?? '', '--etcd-prefix', prefix],
    ...['--controller-id', id, '--lease', '2', ...more],
  ];
  const start = async (...args: string[]): Promise<Up> => {
    const up = await Up.start(...args);
    running.add(up);
    return up;
  };
  const leads = (up: Up, what: string, isSo: (answer: ClusterAnswer) => boolean) =>
    up.until<ClusterAnswer>('/v1/cluster', what, isSo);
  const settled = (up: Up) =>
    up.until<SwitchRow[]>('/v1/switches', 'every switch holds what it should', (rows) =>
      rows.every(({ connection, reconciler }) => connection === 'primary' && reconciler === 'idle'),
    );

  it('the second takes over when the first is killed: nothing acknowledged is lost, nothing written anew', async () => {
    const first = await start(fabric.file, ...shared('first', 'one/'));
    await leads(first, 'the first leads', ({ leads: led }) => led.length === 4);
    await settled(first);
    // One more of its name waits whether the first renews its lease.
    const twin = sincmesh(['up', '--port', '0', '--no-grpc', ...shared('first', 'one/')]);
    // It has no file: the topology comes from etcd.
    const second = await start(...shared('second', 'one/'));
    await leads(second, 'both are there', ({ members }) => members.length === 2);
    assert.equal((await second.get<ClusterAnswer>('/v1/cluster')).state, 'standby');
    assert.match(await second.ask('cluster'), /first +leaf1 leaf2 spine1 spine2/);

    await first.ask('service', 'register', '/shop/cart', '10.0.2.1:7000');
    await second.ask('service', 'register', '/shop/till', '10.0.1.1:7000');
    await settled(first);
    const refused = await second.run('entries', 'leaf1');
    assert.equal(refused.status, 1);
    assert.match(refused.err, /UNAVAILABLE.*sincmesh cluster/);

    const { status, err } = await twin;
    assert.match(err, /^sincmesh: another controller of this fabric runs as 'first'; give each/);
    assert.equal(status, 1);
    assert.equal((await first.get<ClusterAnswer>('/v1/cluster')).leads.length, 4);

    await first.kill();
    running.delete(first);
    await leads(second, 'the second leads', ({ leads: led }) => led.length === 4);
    const rows = await settled(second);
    assert.deepEqual([...new Set(rows.map(({ leader }) => leader))], ['second']);
    assert.deepEqual(
      rows.map(({ written }) => written),
      [0, 0, 0, 0],
    );
    assert.match(await second.ask('service', 'list'), /\/shop\/cart +\d +1 +10\.0\.2\.1:7000/);
    assert.match(await second.ask('name', '/shop/cart'), /leaf2 +\/shop\/cart/);
    await second.ask('policy', 'apply', 'slow', '{"destination": "/shop", "stickiness": {"idleMs": 1000}}');
    await settled(second);
    assert.match(await second.ask('diff'), /leaf1: as it should be/);

    // The first may come back, and stands by.
    const again = await start(fabric.file, ...shared('first', 'one/'));
    await leads(again, 'it stands by', ({ state, members }) => state === 'standby' && members.length === 2);
    assert.match(await again.ask('policy', 'list'), /slow/);
    assert.equal(await second.interrupt(), 0);
    running.delete(second);
    await leads(again, 'it leads when the other has left', ({ leads: led }) => led.length === 4);
  });

  it('switches are shared out with --share, where each prefers its own', async () => {
    const a = await start(fabric.file, ...shared('a', 'two/', '--share', '--prefer', 'leaf1,spine1'));
    const b = await start(...shared('b', 'two/', '--share', '--prefer', 'leaf2,spine2'));
    const of = (up: Up, ...wanted: string[]) =>
      leads(up, `it leads ${wanted}`, ({ leads: led }) => led.join() === wanted.join());
    await of(a, 'leaf1', 'spine1');
    await of(b, 'leaf2', 'spine2');
    await a.ask('service', 'register', '/shop/cart', '10.0.2.1:7000');
    for (const [up, leaf] of [
      [a, 'leaf1'],
      [b, 'leaf2'],
    ] as const) {
      await up.until<{ leaves: { switch: string; entry?: { name: string } | null }[] }>(
        `/v1/names/${encodeURIComponent('/shop/cart')}`,
        `${leaf} has the name`,
        ({ leaves }) => leaves.find((each) => each.switch === leaf)?.entry?.name === '/shop/cart',
      );
    }
  });

  it('logs in to etcd with a name, and the password from the environment', async () => {
    const guarded = await EtcdCluster.start();
    try {
      await guarded.addUser('root', 'secret', 'root');
      await guarded.addUser('mesh', 'pass', 'mesh', 'sincmesh/');
      await guarded.post('/v3/auth/enable', {});
      const args = [
        fabric.file,
        ...['--connect', '--no-probes', '--controller-id', 'a', '--etcd', guarded.endpoints.join(',')],
        ...['--etcd-user', 'mesh'],
      ];
      const up = await Up.startWith({ environment: { SINCMESH_ETCD_PASSWORD: 'pass' } }, ...args);
      running.add(up);
      await up.ask('service', 'register', '/shop/cart', '10.0.2.1:7000');
      assert.match(await up.ask('service', 'list'), /\/shop\/cart/);
      assert.equal(await up.interrupt(), 0);
      running.delete(up);

      const more = ['--port', '0', '--no-grpc'];
      const without = await sincmesh(['up', ...args, ...more]);
      assert.equal(without.status, 2);
      assert.match(without.err, /needs the password in the environment, as SINCMESH_ETCD_PASSWORD/);
      const wrong = await sincmesh(['up', ...args, ...more], { SINCMESH_ETCD_PASSWORD: 'wrong' });
      assert.equal(wrong.status, 1);
      assert.match(wrong.err, /^sincmesh: etcd: .*invalid user ID or password/);
    } finally {
      await guarded.stop();
    }
  });

  it('waits for an etcd that is not there yet, and says so', async () => {
    const late = await EtcdCluster.start();
    try {
      await late.kill(0);
      let warned = '';
      const starting = Up.startWith(
        {
          onSaid: (said) => {
            const [line] = said.split('\n');
            if (warned !== '' || line === undefined || !said.includes('\n')) return;
            warned = line;
            late.restart(0);
          },
        },
        fabric.file,
        ...['--connect', '--no-probes', '--controller-id', 'a', '--etcd', late.endpoints.join(',')],
      );
      running.add(await starting);
      const { level, msg } = JSON.parse(warned) as { level: number; msg: string };
      assert.equal(level, 40);
      assert.equal(msg, `no etcd server of ${late.endpoints[0]} has answered yet; going on asking`);
    } finally {
      await late.stop();
    }
  });

  it('says what goes together', async () => {
    const cases: [string[], RegExp][] = [
      [['--etcd', 'http://127.0.0.1:9'], /give --connect as well/],
      [['--etcd', 'http://127.0.0.1:9', '--connect'], /needs --controller-id/],
      [['--share'], /--share goes with --etcd/],
      [
        ['--etcd', 'x', '--connect', '--controller-id', 'a', '--prefer', 'leaf1'],
        /--prefer goes with --share/,
      ],
      [['--etcd', 'x', '--connect', '--controller-id', 'a', '--lease', '1'], /--lease takes .* from 2/],
    ];
    for (const [args, message] of cases) {
      await assert.rejects(openState(fabric.file, parse(upCommand, args)), (error: unknown) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return true;
      });
    }
    const store = await EtcdStore.connect({
      endpoints: etcd?.endpoints ?? [],
      id: 'other',
      prefix: 'three/',
    });
    await agreeOnTopology(store, 'switches: []');
    await store.close();
    const other = await sincmesh([
      ...['up', 'experiments/topologies/small.yaml', '--port', '0', '--no-grpc'],
      ...shared('c', 'three/'),
    ]);
    assert.equal(other.status, 1);
    assert.match(other.err, /run another topology; give all the same file/);
    assert.doesNotMatch(other.err, /at .*\.js/);
  });
});
