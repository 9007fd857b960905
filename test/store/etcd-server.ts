import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../experiments/free-port.js';

const ETCD = '/usr/bin/etcd';

/** Why tests with etcd cannot run here; undefined where they can. */
export const etcdMissing = existsSync(ETCD) ? undefined : `${ETCD} is not installed (etcd-server)`;

interface Member {
  readonly name: string;
  readonly client: string;
  readonly peer: string;
  process: ChildProcess | undefined;
}

interface ClientTls {
  readonly ca: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** Servers of etcd on loopback, with their data in a temporary folder. */
export class EtcdCluster {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sincmesh-etcd-'));
  readonly #members: Member[];
  readonly #options: readonly string[];
  readonly #agent: Agent | undefined;

  private constructor(members: Member[], options: readonly string[], tls: ClientTls | undefined) {
    this.#members = members;
    this.#options = options;
    this.#agent = tls && new Agent({ ...tls });
  }

  /** With `tls`, clients come over TLS, and tests themselves show these certificates. */
  static async start(size = 1, options: readonly string[] = [], tls?: ClientTls): Promise<EtcdCluster> {
    const scheme = tls === undefined ? 'http' : 'https';
    const members: Member[] = [];
    for (let i = 0; i < size; i += 1) {
      const client = `${scheme}://127.0.0.1:${await freePort()}`;
      const peer = `http://127.0.0.1:${await freePort()}`;
      members.push({ name: `m${i}`, client, peer, process: undefined });
    }
    const cluster = new EtcdCluster(members, options, tls);
    for (const member of members) cluster.#launch(member);
    try {
      await cluster.ready();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  get endpoints(): string[] {
    return this.#members.map(({ client }) => client);
  }

  /** Resolves when a write goes through at every server that runs: one more may fail then. */
  async ready(): Promise<void> {
    const running = this.#members.filter(({ process }) => process !== undefined).map(({ client }) => client);
    for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
      const answers = running.map((client) =>
        this.#post('/v3/kv/put', { key: 'cmVhZHk=', value: 'eA==' }, [client]),
      );
      if ((await Promise.all(answers)).every((answer) => answer !== undefined)) return;
    }
    throw new Error('etcd does not come up');
  }

  /** A user with a role of its own: `root`, or one for the keys that begin with `prefix`. */
  async addUser(name: string, password: string, role: string, prefix?: string): Promise<void> {
    if (prefix !== undefined) {
      const key = Buffer.from(prefix);
      const end = Buffer.from(prefix);
      end[end.length - 1] = (end.at(-1) ?? 0) + 1;
      await this.post('/v3/auth/role/add', { name: role });
      await this.post('/v3/auth/role/grant', {
        name: role,
        perm: { permType: 'READWRITE', key: key.toString('base64'), range_end: end.toString('base64') },
      });
    }
    await this.post('/v3/auth/user/add', { name, password });
    await this.post('/v3/auth/user/grant', { user: name, role });
  }

  /** Asks a server for something; throws where it refuses. */
  async post(path: string, body: object): Promise<void> {
    if ((await this.#post(path, body)) === undefined) throw new Error(`etcd refuses ${path}`);
  }

  #post(
    path: string,
    body: object,
    endpoints: readonly string[] = this.endpoints,
  ): Promise<Record<string, unknown> | undefined> {
    const agent = this.#agent;
    if (agent === undefined) return post(endpoints, path, body);
    return new Promise((resolve) => {
      const call = request(`${endpoints[0]}${path}`, { method: 'POST', agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode === 200 ? {} : undefined));
      });
      call.once('error', () => resolve(undefined));
      call.end(JSON.stringify(body));
    });
  }

  /** Kills the leader; returns its number. */
  async killLeader(): Promise<number> {
    for (;;) {
      for (const [index, { client, process }] of this.#members.entries()) {
        if (process === undefined) continue;
        const status = await post([client], '/v3/maintenance/status', {});
        const header = status?.['header'] as { member_id?: string } | undefined;
        if (status === undefined || status['leader'] !== header?.member_id) continue;
        await this.kill(index);
        return index;
      }
      await sleep(50);
    }
  }

  async kill(index: number): Promise<void> {
    const member = this.#members[index];
    const child = member?.process;
    if (member === undefined || child === undefined) return;
    member.process = undefined;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  restart(index: number): void {
    const member = this.#members[index];
    if (member !== undefined && member.process === undefined) this.#launch(member, 'existing');
  }

  /** Everything older than this is forgotten. */
  async compact(): Promise<void> {
    const put = await post(this.endpoints, '/v3/kv/put', { key: 'cmVhZHk=', value: 'eA==' });
    const header = put?.['header'] as { revision?: string } | undefined;
    await post(this.endpoints, '/v3/kv/compaction', { revision: header?.revision ?? '0' });
  }

  async stop(): Promise<void> {
    for (const index of this.#members.keys()) await this.kill(index);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #launch(member: Member, state: 'new' | 'existing' = 'new'): void {
    const { name, client, peer } = member;
    const all = this.#members.map((each) => `${each.name}=${each.peer}`).join(',');
    member.process = spawn(
      ETCD,
      [
        ['--name', name, '--data-dir', join(this.#folder, name), '--initial-cluster', all],
        ['--listen-client-urls', client, '--advertise-client-urls', client],
        ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
        ['--initial-cluster-state', state, ...this.#options],
      ].flat(),
      { stdio: 'ignore' },
    );
  }
}

async function post(
  endpoints: readonly string[],
  path: string,
  body: object,
): Promise<Record<string, unknown> | undefined> {
  for (const endpoint of endpoints) {
    try {
      const response = await fetch(endpoint + path, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(2000),
      });
      if (response.ok) return (await response.json()) as Record<string, unknown>;
    } catch {
      // The next one may answer.
    }
  }
  return undefined;
}
