import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  EtcdStore,
  FileStore,
  macBytes,
  portMac,
  type Store,
  type Topology,
  wallClock,
} from '../controller/index.js';
import { Registry } from '../controller/registry/registry.js';
import { freePort } from '../experiments/free-port.js';
import { sincmeshPipeline } from '../experiments/program.js';
import {
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  Name,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../wire/index.js';
import { against, alone, type Bench, median, type Result } from './bench.js';
import { MeshSwitches, meshTopology } from './support/mesh.js';

const SERVICES = 1000;
const INSTANCES = 10;
/** Services at the restart: with 16 leaves, more than 100,000 entities. */
const SERVICES_AT_RESTART = 500;
const ROUNDS = 60;
const RENEWALS_PER_SECOND = 1000;
const RENEWAL_SECONDS = 5;
const WARM_UPS = 2;
const TTL_MS = 3_600_000;
const ETCD = '/usr/bin/etcd';

/** Seconds of time and of this process's CPU. */
async function timed(work: () => Promise<void>): Promise<{ seconds: number; cpu: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

async function medianMs(rounds: number, work: (round: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) times.push((await timed(() => work(i))).seconds * 1000);
  return median(times);
}

class Mesh {
  readonly topology: Topology = meshTopology();
  readonly addresses = [...this.topology.hosts.values()].map(({ ipv4 }) => ipv4);
  readonly #switches: MeshSwitches;
  readonly #path: string;
  controller: Controller;

  private constructor(switches: MeshSwitches, path: string, store: Store) {
    this.#switches = switches;
    this.#path = path;
    this.controller = this.#make(store);
  }

  static async start(folder: string): Promise<Mesh> {
    const switches = await MeshSwitches.start(meshTopology());
    const path = join(folder, 'state');
    return new Mesh(switches, path, await FileStore.open(path));
  }

  get switches(): MeshSwitches {
    return this.#switches;
  }

  /** Brings the controller to where all switches hold what they should. */
  async up(): Promise<void> {
    await this.controller.start();
    for (const [name, port] of this.#switches.ports) {
      await this.controller.connect(name, `127.0.0.1:${port}`, { deviceId: 1n, rpcTimeoutMs: 120_000 });
    }
    await this.settled();
  }

  settled(): Promise<void> {
    return this.controller.settled(AbortSignal.timeout(300_000));
  }

  async register(service: number, instance: number): Promise<number> {
    const number = service * INSTANCES + instance;
    const { id } = await this.controller.registry.register({
      service: `/bench/s${service}`,
      address: this.addresses[number % this.addresses.length] ?? 0,
      port: 20_000 + (number % 30_000),
      ttlMs: TTL_MS,
    });
    return id;
  }

  /** The controller ends and another one takes its place. */
  async replace(): Promise<{ seconds: number; cpu: number }> {
    await this.controller.close();
    return timed(async () => {
      this.controller = this.#make(await FileStore.open(this.#path));
      await this.up();
    });
  }

  async stop(): Promise<void> {
    await this.controller.close();
    await this.#switches.stop();
  }

  #make(store: Store): Controller {
    return new Controller({
      topology: this.topology,
      program: sincmeshPipeline(),
      clock: wallClock(),
      store,
    });
  }
}

/** Another controller takes over a fabric that is as it should be. */
async function restart(folder: string, note: (text: string) => void): Promise<Result[]> {
  const mesh = await Mesh.start(folder);
  try {
    await mesh.up();
    const made: Promise<number>[] = [];
    for (let i = 0; i < SERVICES_AT_RESTART * INSTANCES; i += 1) {
      made.push(mesh.register(i % SERVICES_AT_RESTART, Math.floor(i / SERVICES_AT_RESTART)));
    }
    await Promise.all(made);
    await mesh.settled();
    const before = await mesh.switches.counts();
    const again = await mesh.replace();
    const after = await mesh.switches.counts();
    if (after.updates !== before.updates)
      throw new Error(`${after.updates - before.updates} needless writes`);
    note(`restart: ${before.updates} entities had been written, ${before.entities} of them table entries`);
    const name = `restart over ${before.updates} entities, zero writes`;
    return [
      against(name, again.seconds, 's', 'goal', 5, 'less'),
      alone(`${name}: CPU of the controller`, again.cpu, 's'),
      alone(`${name}: CPU of the embedded switches`, after.cpu - before.cpu, 's'),
    ];
  } finally {
    await mesh.stop();
  }
}

/** A renewal as the first leaf's first host sends it. */
function renewal(topology: Topology, instance: number, requestId: number): Uint8Array {
  const host = [...topology.hosts.values()][0];
  const leaf = topology.switches.get(host?.switch ?? '');
  if (host === undefined || leaf === undefined) throw new Error('the topology has no host');
  const to = Name.parse('/fabric/registry');
  const from = Name.parse(`/host/${host.name}`);
  const key = new FabricKey(topology.fabric.key);
  return encodeUdpFrame({
    srcMac: macBytes(host.mac),
    dstMac: macBytes(portMac(leaf.id, host.port)),
    src: host.ipv4,
    dst: topology.fabric.service,
    srcPort: UDP_PORT_NAMED,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: 64,
      reason: 0,
      dstComponents: to.components.length,
      srcComponents: from.components.length,
      tag: 0,
      instance: 0,
      requestId,
      stamp: 0,
      attempt: 0,
      dst: to.digest(key).bytes,
      src: from.digest(key).bytes,
      text: textBlock(to, from),
      payload: new TextEncoder().encode(JSON.stringify({ op: 'renew', instance })),
    }),
  });
}

/** CPU share of the controller's process at 1,000 renewals a second, in band, answered by packet-out. */
async function renewals(mesh: Mesh, ids: readonly number[]): Promise<number> {
  const frames = ids.map((id, i) => renewal(mesh.topology, id, i + 1));
  const before = (await mesh.switches.counts()).answered;
  const total = RENEWALS_PER_SECOND * RENEWAL_SECONDS;
  const { seconds, cpu } = await timed(async () => {
    mesh.switches.play(frames, RENEWALS_PER_SECOND, total);
    await sleep(RENEWAL_SECONDS * 1000);
    for (let i = 0; (await mesh.switches.counts()).answered < before + total; i += 1) {
      if (i > 200) throw new Error('some renewals were not answered');
      await sleep(10);
    }
  });
  return (cpu / seconds) * 100;
}

/** Registry without switches: what a registration costs until it is acknowledged. */
function acknowledge(store: Store): (round: number) => Promise<void> {
  const registry = new Registry({
    clock: wallClock(),
    key: FabricKey.default,
    store,
    isReachable: () => true,
    onService: () => undefined,
    onHost: () => undefined,
    onEvent: () => undefined,
    onIdle: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return async (round) => {
    await registry.register({ service: '/bench/one', address: 1, port: 1 + round, ttlMs: TTL_MS });
  };
}

/** A line of a registration's size, written and synchronised: the least a durable file store can do. */
async function syncedWrite(folder: string): Promise<number> {
  const file = await open(join(folder, 'plain'), 'a');
  const line = Buffer.alloc(200, 'x');
  const took = await medianMs(ROUNDS, async () => {
    await file.appendFile(line);
    await file.datasync();
  });
  await file.close();
  return took;
}

async function inEtcd(folder: string): Promise<Result> {
  const [client, peer] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const server = spawn(
    ETCD,
    [
      ['--data-dir', join(folder, 'etcd'), '--initial-cluster', `default=${peer}`],
      ['--listen-client-urls', client, '--advertise-client-urls', client],
      ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ].flat(),
    { stdio: 'ignore' },
  );
  const agent = new Agent({ keepAlive: true });
  const put = (round: number) =>
    new Promise<void>((resolve, reject) => {
      const value = Buffer.alloc(130, 'x').toString('base64');
      const body = JSON.stringify({ key: Buffer.from(`plain/${round}`).toString('base64'), value });
      const call = request(`${client}/v3/kv/put`, { method: 'POST', agent }, (response) => {
        response.resume();
        response.once('end', resolve);
      });
      call.once('error', reject);
      call.end(body);
    });
  try {
    const store = await EtcdStore.connect({ endpoints: [client], id: 'bench', timeoutMs: 20_000 });
    const ours = await medianMs(ROUNDS, acknowledge(store));
    const plain = await medianMs(ROUNDS, put);
    await store.close();
    return against('registration acknowledged, store in etcd', ours, 'ms', 'plain etcd put', plain, 'less');
  } finally {
    agent.destroy();
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
  }
}

async function run(note: (text: string) => void): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sincmesh-bench-'));
  const results: Result[] = [];
  const mesh = await Mesh.start(folder);
  try {
    const ids: number[] = [];
    const fromNothing = await timed(async () => {
      await mesh.up();
      const made: Promise<number>[] = [];
      for (let i = 0; i < SERVICES * INSTANCES; i += 1) {
        made.push(mesh.register(Math.floor(i / INSTANCES), i % INSTANCES));
      }
      ids.push(...(await Promise.all(made)));
      await mesh.settled();
    });
    const what = `${SERVICES} services x ${INSTANCES}, ${mesh.topology.switches.size} switches, from nothing`;
    results.push(against(what, fromNothing.seconds, 's', 'goal', 60, 'less'));
    results.push(alone(`${what}: CPU of the controller`, fromNothing.cpu, 's'));

    const inForce = await medianMs(ROUNDS, async (round) => {
      await mesh.register(round, 100 + round);
      await mesh.settled();
    });
    results.push(against('one registration in force on every switch', inForce, 'ms', 'goal', 50, 'less'));

    // What lasts is what counts: the first ones are run by code that is still being compiled.
    for (let i = 0; i < WARM_UPS; i += 1) await renewals(mesh, ids);
    const share = await renewals(mesh, ids);
    results.push(
      against(`${RENEWALS_PER_SECOND} renewals/s in band: CPU`, share, '% of a core', 'goal', 10, 'less'),
    );
  } finally {
    await mesh.stop();
  }
  try {
    const another = join(folder, 'another');
    mkdirSync(another);
    results.push(...(await restart(another, note)));
    const store = await FileStore.open(join(folder, 'alone'));
    const ours = await medianMs(ROUNDS, acknowledge(store));
    await store.close();
    const peer = 'write and fdatasync of 200 bytes';
    results.push(
      against(
        'registration acknowledged, store in a file',
        ours,
        'ms',
        peer,
        await syncedWrite(folder),
        'less',
      ),
    );
    if (existsSync(ETCD)) results.push(await inEtcd(folder));
    else note(`${ETCD} is not installed: nothing measured against it`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

export const registryBench: Bench = {
  name: 'registry',
  summary:
    'services on 20 switches from nothing, one registration, renewals, restart; against goals, files, etcd',
  run,
};
