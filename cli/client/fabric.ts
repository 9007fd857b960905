import type { Arguments } from '../command.js';
import { UsageError } from '../errors.js';
import type { ApiClient } from './api.js';
import {
  atMost,
  COUNT,
  clientCommand,
  commandGroup,
  countOf,
  followingCommand,
  option,
  positional,
} from './client-command.js';
import { cell, colour, print, stateColour, table } from './output.js';
import { packetText, type SentTrace } from './packet-text.js';

interface Link {
  readonly a: { switch: string; port: number };
  readonly b: { switch: string; port: number };
  /** What probes say. */
  readonly found?: 'up' | 'down';
  /** Whether paths lead over it. */
  readonly used?: boolean;
}

interface Topology {
  readonly switches: readonly {
    name: string;
    role: string;
    id: number;
    site: string | null;
    grpc: string | null;
    pipeline: string | null;
    target: string | null;
  }[];
  readonly links: readonly Link[];
  readonly hosts: readonly { name: string; switch: string; port: number; ipv4: string }[];
}

interface SwitchRow {
  readonly name: string;
  readonly role: string;
  readonly id: number;
  readonly pipeline: string | null;
  readonly program: string;
  readonly connection: string;
  readonly reconciler: string;
  readonly desired: number;
  readonly refused: number;
  readonly written: number;
  readonly leader: string | null;
}

interface Measurement {
  readonly service: string;
  readonly requests: number;
  readonly responses: number;
  readonly nacks: Readonly<Record<string, number>>;
  readonly latencyUs?: { readonly p50: number; readonly p99: number };
  readonly requestsPerSecond: number;
  readonly instances: readonly unknown[];
}

export const switchPath = (name: string, rest = '') => `/v1/switches/${encodeURIComponent(name)}${rest}`;

export const topology = clientCommand({
  name: 'topology',
  summary: 'the switches, links and hosts of the fabric, and which links carry packets',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.get<Topology>('/v1/topology'),
  show: ({ switches, links, hosts }) =>
    [
      table(
        ['SWITCH', 'ROLE', 'ID', 'SITE', 'P4RUNTIME', 'PIPELINE', 'TARGET'],
        switches.map((s) => [s.name, s.role, s.id, s.site, s.grpc, s.pipeline, s.target]),
      ),
      table(
        ['LINK', '', 'STATE'],
        links.map((link) => [
          `${link.a.switch}:${link.a.port}`,
          `${link.b.switch}:${link.b.port}`,
          linkState(link),
        ]),
      ),
      table(
        ['HOST', 'SWITCH', 'PORT', 'ADDRESS'],
        hosts.map((h) => [h.name, h.switch, h.port, h.ipv4]),
      ),
    ].join('\n\n'),
});

function linkState({ found, used }: Link): string {
  if (found === undefined) return '-';
  if (found === 'down') return colour('down', 'red');
  return used === false ? colour('taken out', 'yellow') : colour('up', 'green');
}

function showSwitches(rows: readonly SwitchRow[]): string {
  const isShared = rows.some(({ leader }) => leader !== null);
  return table(
    [
      ...['SWITCH', 'ROLE', 'ID', 'PROGRAM', 'CONNECTION', 'ENTRIES ARE', 'DESIRED', 'REFUSED', 'WRITTEN'],
      ...(isShared ? ['LED BY'] : []),
    ],
    rows.map((s) => [
      s.name,
      s.role,
      s.id,
      s.pipeline === null ? s.program : `${s.pipeline} (${s.program})`,
      stateColour(s.connection),
      stateColour(s.reconciler),
      s.desired,
      s.refused,
      s.written,
      ...(isShared ? [s.leader] : []),
    ]),
  );
}

const switchesList = clientCommand({
  name: 'switch list',
  summary: 'where every switch stands',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.get<SwitchRow[]>('/v1/switches'),
  show: showSwitches,
});

const switchShow = clientCommand({
  name: 'switch show',
  summary: 'one switch, and what it says itself',
  takes: 'SWITCH',
  positionals: [1, 1],
  ask: (client, args) => client.get<Readonly<Record<string, unknown>>>(switchPath(positional(args, 0))),
  show: (detail) =>
    Object.entries(detail)
      .flatMap(([key, value]) =>
        (key === 'sections' || key === 'holds') && typeof value === 'object' && value !== null
          ? [
              key,
              ...Object.entries(value).map(([section, count]) => `  ${section.padEnd(28)} ${cell(count)}`),
            ]
          : [`${key.padEnd(16)} ${cell(value)}`],
      )
      .join('\n'),
});

/** `switch list` and `switch show`; every other `switch` is the embedded switch as a process. */
export const switchQueries = commandGroup('switch', 'switches of a running fabric', [
  switchesList,
  switchShow,
]);

interface Cluster {
  readonly controller: string | null;
  readonly state: string;
  readonly members: readonly string[];
  readonly leaders: Readonly<Record<string, string | null>>;
}

export const cluster = clientCommand({
  name: 'cluster',
  summary: 'the controllers that share the fabric, and who leads which switch',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.get<Cluster>('/v1/cluster'),
  show: ({ controller, state, members, leaders }) => {
    if (controller === null) return 'this controller is alone, and leads every switch';
    const of = (member: string) =>
      Object.entries(leaders).flatMap(([name, leader]) => (leader === member ? [name] : []));
    const nobodys = Object.entries(leaders).flatMap(([name, leader]) => (leader === null ? [name] : []));
    return [
      `this is ${controller}: ${stateColour(state)}`,
      table(
        ['CONTROLLER', 'LEADS'],
        members.map((member) => [member, of(member).join(' ') || '-']),
      ),
      ...(nobodys.length > 0 ? [`nobody leads ${nobodys.join(', ')} at present`] : []),
    ].join('\n');
  },
});

interface Diff {
  readonly switch: string;
  readonly same: number;
  readonly refused: number;
  readonly missing: readonly { section: string; entity: unknown }[];
  readonly surplus: readonly { entity: unknown }[];
  readonly different: readonly { section: string; entity: unknown; held: unknown }[];
}

const isClean = ({ missing, surplus, different, refused }: Diff) =>
  missing.length + surplus.length + different.length + refused === 0;

const everySwitch = async (client: ApiClient, args: Arguments): Promise<string[]> => {
  const [name] = args.positionals;
  if (name !== undefined) return [name];
  return (await client.get<Topology>('/v1/topology')).switches.map((spec) => spec.name);
};

export const diff = clientCommand({
  name: 'diff',
  summary: 'what switches should hold against what they hold, read from them now',
  takes: '[SWITCH]',
  details: [
    'What switches should hold against what they hold, read from them now. Exit status 1 where something is missing, too',
    'much, different or refused.',
  ].join('\n'),
  positionals: [0, 1],
  ask: async (client, args) => {
    const names = await everySwitch(client, args);
    return Promise.all(names.map((name) => client.get<Diff>(switchPath(name, '/diff'))));
  },
  status: (diffs) => (diffs.every(isClean) ? 0 : 1),
  show: (diffs) =>
    diffs
      .map(({ switch: name, same, refused, missing, surplus, different }) => {
        const isSame = missing.length + surplus.length + different.length === 0;
        const verdict = isSame ? colour('as it should be', 'green') : colour('differs', 'red');
        return [
          `${name}: ${verdict}; ${same} the same, ${refused} refused`,
          ...missing.map(({ section, entity }) => `  missing   ${section} ${JSON.stringify(entity)}`),
          ...different.map(({ section, entity }) => `  different ${section} ${JSON.stringify(entity)}`),
          ...surplus.map(({ entity }) => `  surplus   ${JSON.stringify(entity)}`),
        ].join('\n');
      })
      .join('\n'),
});

export const counters = clientCommand({
  name: 'counters',
  summary: 'counters that are not zero, read from a switch',
  takes: 'SWITCH [COUNTER]',
  positionals: [1, 2],
  ask: (client, args) => {
    const wanted = args.positionals[1];
    const query = wanted === undefined ? '' : `?counter=${encodeURIComponent(wanted)}`;
    return client.get<{ counter: string; index: number; packets: number; bytes: number }[]>(
      switchPath(positional(args, 0), `/counters${query}`),
    );
  },
  show: (cells) =>
    cells.length === 0
      ? 'all are zero'
      : table(
          ['COUNTER', 'INDEX', 'PACKETS', 'BYTES'],
          cells.map((c) => [c.counter, c.index, c.packets, c.bytes]),
        ),
});

export const events = followingCommand({
  name: 'events',
  summary: 'events of the controller as they happen, until interrupted',
  takes: '',
  options: {
    since: { type: 'string', value: 'N', help: 'first those kept after this number; 0 = all that are kept' },
    ...COUNT,
  },
  positionals: [0, 0],
  run: async (client, args) => {
    const since = option(args, 'since');
    const path = since === undefined ? '/v1/events' : `/v1/events?since=${encodeURIComponent(since)}`;
    for await (const { data } of atMost(countOf(args), client.stream(path))) {
      const { sequence, at, event } = data as { sequence: number; at: string; event: { kind: string } };
      const { kind, ...rest } = event;
      const shade = kind === 'error' || kind === 'refused' || kind === 'denied' ? 'red' : 'cyan';
      print(
        args.options.has('json')
          ? JSON.stringify(data)
          : `${String(sequence).padStart(6)} ${at} ${colour(kind.padEnd(12), shade)} ${JSON.stringify(rest)}`,
      );
    }
  },
});

export const packets = followingCommand({
  name: 'packets',
  summary: 'what packets do in a switch, as they pass, until interrupted (embedded switches of sincmesh up)',
  takes: 'SWITCH',
  details: [
    'Prints parser states, headers, tables with their actions, statements with their P4 line, replication and verdict of',
    'every packet, until interrupted; --json prints a line of JSON for each. For embedded switches of sincmesh up. Probes',
    'of links pass all the time. What one packet of your own would do: sincmesh switch trace --help.',
  ].join('\n'),
  options: COUNT,
  positionals: [1, 1],
  run: async (client, args) => {
    const path = switchPath(positional(args, 0), '/packets');
    for await (const { data } of atMost(countOf(args), client.stream(path))) {
      print(args.options.has('json') ? JSON.stringify(data) : packetText(data as SentTrace));
    }
  },
});

function showTop([switches, services]: readonly [readonly SwitchRow[], readonly Measurement[]]): string {
  const rows = services.map((s) => [
    s.service,
    s.instances.length,
    Math.round(s.requestsPerSecond),
    s.requests,
    s.responses,
    Object.entries(s.nacks)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ') || '-',
    s.latencyUs === undefined ? '-' : Math.round(s.latencyUs.p50),
    s.latencyUs === undefined ? '-' : Math.round(s.latencyUs.p99),
  ]);
  const head = ['SERVICE', 'INSTANCES', 'REQUESTS/S', 'REQUESTS', 'ANSWERS', 'NACKS', 'P50 US', 'P99 US'];
  return `${showSwitches(switches)}\n\n${rows.length === 0 ? 'no service has been called yet' : table(head, rows)}`;
}

const measure = (client: ApiClient) =>
  Promise.all([client.get<SwitchRow[]>('/v1/switches'), client.get<Measurement[]>('/v1/measurements')]);

export const top = followingCommand({
  name: 'top',
  summary: 'switches and services, again and again until interrupted; once where the output is no terminal',
  takes: '',
  options: { interval: { type: 'string', value: 'SECONDS', help: 'time between two looks', default: '2' } },
  positionals: [0, 0],
  run: async (client, args) => {
    const seconds = Number(option(args, 'interval'));
    if (!(seconds >= 0.1 && seconds <= 3600))
      throw new UsageError('--interval takes seconds from 0.1 to 3600');
    for (;;) {
      const seen = await measure(client);
      const [switches, services] = seen;
      if (args.options.has('json')) print(JSON.stringify({ switches, services }));
      else print(`${process.stdout.isTTY === true ? '\x1b[2J\x1b[H' : ''}${showTop(seen)}`);
      if (process.stdout.isTTY !== true) return;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  },
});

export const metrics = clientCommand({
  name: 'metrics',
  summary: 'the metrics as Prometheus reads them',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.text('GET', '/metrics'),
  show: (text) => text.trimEnd(),
});

export const openapi = clientCommand({
  name: 'openapi',
  summary: 'the OpenAPI description of the API',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.get('/openapi.json'),
  show: (document) => JSON.stringify(document, null, 2),
});
