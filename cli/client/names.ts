import { type Arguments, integer, type Option } from '../command.js';
import { UsageError } from '../errors.js';
import type { ApiClient } from './api.js';
import { clientCommand, commandGroup, option, positional } from './client-command.js';
import type { Resource } from './collections.js';
import { resourcePath } from './collections.js';
import { table } from './output.js';

export interface Instance {
  readonly id: number;
  readonly service: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly ttlMs: number;
  readonly version?: string;
  readonly locator?: string;
}

export interface ServiceStatus {
  readonly number: number;
  readonly instances: readonly Instance[];
}

export interface HostPlace {
  readonly name: string;
  readonly switch: string;
  readonly port: number;
  readonly ipv4: string;
}

const FROM: Readonly<Record<string, Option>> = {
  host: { type: 'string', value: 'HOST', help: 'host to ask from; default: the first of the topology' },
  deadline: { type: 'string', value: 'MS', help: 'time it may take, milliseconds', default: '5000' },
};

async function askHost<T>(
  client: ApiClient,
  args: Arguments,
  operation: string,
  body: Readonly<Record<string, unknown>>,
): Promise<T> {
  const deadlineMs = args.options.has('deadline') ? integer(args, 'deadline', 1, 600_000) : undefined;
  const hosts = () => client.get<{ hosts: readonly HostPlace[] }>('/v1/topology');
  const host = option(args, 'host') ?? (await hosts()).hosts[0]?.name ?? '';
  return client.post<T>(`/v1/hosts/${encodeURIComponent(host)}/${operation}`, {
    ...body,
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
}

const microseconds = (us: number) => (us < 10_000 ? `${Math.round(us)} us` : `${(us / 1000).toFixed(1)} ms`);

export function showInstances(
  instances: readonly Instance[],
  places: ReadonlyMap<string, HostPlace>,
): string {
  if (instances.length === 0) return 'no instance';
  return table(
    ['INSTANCE', 'ADDRESS', 'HOST', 'SWITCH', 'WEIGHT', 'LEASE MS', 'VERSION', 'LOCATOR'],
    instances.map((i) => {
      const place = places.get(i.address);
      const at = place === undefined ? undefined : `${place.switch}:${place.port}`;
      return [i.id, `${i.address}:${i.port}`, place?.name, at, i.weight, i.ttlMs, i.version, i.locator];
    }),
  );
}

export async function placesOf(client: ApiClient): Promise<ReadonlyMap<string, HostPlace>> {
  const { hosts } = await client.get<{ hosts: readonly HostPlace[] }>('/v1/topology');
  return new Map(hosts.map((host) => [host.ipv4, host]));
}

export const service = commandGroup('service', 'services and their instances', [
  clientCommand({
    name: 'service list',
    summary: 'every service',
    takes: '',
    positionals: [0, 0],
    ask: (client) => client.get<Resource[]>('/v1/services'),
    show: (services) =>
      services.length === 0
        ? 'none; sincmesh service serve NAME --host HOST has a host of the fabric serve one'
        : table(
            ['SERVICE', 'NUMBER', 'INSTANCES', 'AT'],
            services.map(({ name, status }) => {
              const { number, instances } = status as ServiceStatus;
              return [
                name,
                number,
                instances.length,
                instances.map((i) => `${i.address}:${i.port}`).join(' '),
              ];
            }),
          ),
  }),
  clientCommand({
    name: 'service show',
    summary: 'a service and its instances',
    takes: 'NAME',
    positionals: [1, 1],
    ask: async (client, args) => ({
      service: await client.get<Resource>(resourcePath('services', positional(args, 0))),
      places: await placesOf(client),
    }),
    show: ({ service: { name, status }, places }) => {
      const { number, instances } = status as ServiceStatus;
      return `${name} (number ${number})\n${showInstances(instances, places)}`;
    },
  }),
  clientCommand({
    name: 'service register',
    summary: 'register an instance that runs at an address, or renew it',
    takes: 'NAME ADDRESS:PORT',
    details:
      'Registers an instance; it is taken out when its lease is not renewed in time, by this command again or by itself.',
    options: {
      weight: { type: 'string', value: 'N', help: 'share of the calls, 1 to 100', default: '1' },
      ttl: { type: 'string', value: 'MS', help: 'length of the lease, milliseconds', default: '3600000' },
      version: { type: 'string', value: 'VERSION', help: 'version of the service it runs' },
      locator: { type: 'string', value: 'TEXT', help: 'where it is, in whatever terms' },
    },
    positionals: [2, 2],
    ask: (client, args) => {
      const [, address, port] = /^([\d.]+):(\d{1,5})$/.exec(positional(args, 1)) ?? [];
      if (address === undefined) throw new UsageError(`give ADDRESS:PORT, not '${positional(args, 1)}'`);
      const [version, locator] = [option(args, 'version'), option(args, 'locator')];
      return client.post<Instance>('/v1/registry/register', {
        service: positional(args, 0),
        address,
        port: Number(port),
        weight: integer(args, 'weight', 1, 100),
        ttlMs: integer(args, 'ttl', 100, 3_600_000),
        ...(version !== undefined && { version }),
        ...(locator !== undefined && { locator }),
      });
    },
    show: (i) => `instance ${i.id} of ${i.service} at ${i.address}:${i.port}, lease ${i.ttlMs} ms`,
  }),
  clientCommand({
    name: 'service deregister',
    summary: 'take an instance out',
    takes: 'INSTANCE',
    details: 'INSTANCE is its number, as sincmesh service show has it.',
    positionals: [1, 1],
    ask: (client, args) => {
      const id = positional(args, 0);
      if (!/^\d{1,5}$/.test(id)) throw new UsageError(`'${id}' is no number of an instance`);
      return client.post(`/v1/registry/deregister/${id}`, {});
    },
    show: (_, args) => `instance ${positional(args, 0)} is out`,
  }),
  clientCommand({
    name: 'service serve',
    summary: 'have a host of the fabric serve a name, until it is stopped',
    takes: 'NAME',
    details:
      'The host registers, renews its lease and answers: by an echo, by the text of --answer, or as a key-value store.',
    options: {
      ...FROM,
      answer: { type: 'string', value: 'TEXT', help: 'answer every call with it' },
      kv: { type: 'boolean', help: 'be a key-value store' },
      weight: { type: 'string', value: 'N', help: 'share of the calls, 1 to 100', default: '1' },
      version: { type: 'string', value: 'VERSION', help: 'version of the service' },
    },
    positionals: [1, 1],
    ask: (client, args) => {
      const [answer, version] = [option(args, 'answer'), option(args, 'version')];
      return askHost<{ instance: number }>(client, args, 'serve', {
        name: positional(args, 0),
        weight: integer(args, 'weight', 1, 100),
        ...(args.options.has('kv') && { kind: 'kv' }),
        ...(answer !== undefined && { answer }),
        ...(version !== undefined && { version }),
      });
    },
    show: ({ instance }, args) => `${positional(args, 0)} is served by instance ${instance}`,
  }),
  clientCommand({
    name: 'service stop',
    summary: 'end what service serve began',
    takes: 'NAME',
    options: FROM,
    positionals: [1, 1],
    ask: (client, args) => askHost(client, args, 'stop', { name: positional(args, 0) }),
    show: (_, args) => `${positional(args, 0)} is stopped`,
  }),
]);

interface Answer {
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly instance: number;
  readonly attempts: number;
  readonly rttUs: number;
}

export const call = clientCommand({
  name: 'call',
  summary: 'call a service by name from a host of the fabric',
  takes: 'NAME [BODY]',
  options: FROM,
  positionals: [1, 2],
  ask: (client, args) =>
    askHost<Answer>(client, args, 'call', { name: positional(args, 0), body: args.positionals[1] ?? '' }),
  show: ({ body, bodyBase64 }) => body ?? `base64 ${bodyBase64}`,
});

export const ping = clientCommand({
  name: 'ping',
  summary: 'ask whoever owns a name for a sign of life',
  takes: 'NAME',
  options: FROM,
  positionals: [1, 1],
  ask: (client, args) => askHost<Answer>(client, args, 'ping', { name: positional(args, 0) }),
  show: ({ instance, attempts, rttUs }, args) =>
    `${positional(args, 0)}: ${instance === 0 ? 'answered' : `instance ${instance}`} in ${microseconds(rttUs)}, attempt ${attempts}`,
});

interface Step {
  readonly kind: 'switch' | 'owner' | 'silent';
  readonly switch?: string | null;
  readonly instance?: number;
  readonly rttUs?: number;
}

export const trace = clientCommand({
  name: 'trace',
  summary: 'the switches between a host and whoever owns a name',
  takes: 'NAME',
  options: FROM,
  positionals: [1, 1],
  ask: (client, args) => askHost<Step[]>(client, args, 'trace', { name: positional(args, 0) }),
  show: (steps) =>
    steps
      .map(({ kind, switch: at, instance, rttUs }, index) => {
        const who = kind === 'switch' ? (at ?? '?') : kind === 'owner' ? `owner (instance ${instance})` : '*';
        return `${String(index + 1).padStart(2)}  ${who.padEnd(24)} ${rttUs === undefined ? '' : microseconds(rttUs)}`.trimEnd();
      })
      .join('\n'),
});

interface KvAnswer {
  readonly value?: string | null;
  readonly valueBase64?: string;
  readonly version: number;
  readonly cached: boolean;
}

function showKv({ value, valueBase64, version, cached }: KvAnswer): string {
  const text = valueBase64 === undefined ? (value ?? '(no value)') : `base64 ${valueBase64}`;
  return `${text}  (version ${version}${cached ? ', from a switch' : ''})`;
}

export const kv = commandGroup('kv', 'keys of a key-value service', [
  clientCommand({
    name: 'kv get',
    summary: 'read a key',
    takes: 'SERVICE KEY',
    options: FROM,
    positionals: [2, 2],
    ask: (client, args) =>
      askHost<KvAnswer>(client, args, 'kv-get', { name: positional(args, 0), key: positional(args, 1) }),
    show: showKv,
  }),
  clientCommand({
    name: 'kv put',
    summary: 'write a key',
    takes: 'SERVICE KEY VALUE',
    options: FROM,
    positionals: [3, 3],
    ask: (client, args) =>
      askHost<KvAnswer>(client, args, 'kv-put', {
        name: positional(args, 0),
        key: positional(args, 1),
        value: positional(args, 2),
      }),
    show: ({ version }, args) => `${positional(args, 1)} is written, version ${version}`,
  }),
  clientCommand({
    name: 'kv delete',
    summary: 'delete a key',
    takes: 'SERVICE KEY',
    options: FROM,
    positionals: [2, 2],
    ask: (client, args) =>
      askHost<KvAnswer>(client, args, 'kv-delete', { name: positional(args, 0), key: positional(args, 1) }),
    show: ({ version }, args) => `${positional(args, 1)} is deleted, version ${version}`,
  }),
]);
