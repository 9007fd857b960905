import type { Command, RawCommand } from './command.js';

/** A command of the table: what it is called, and where it is; nothing of it is loaded until it is asked for. */
export interface CommandPlace {
  readonly name: string;
  readonly summary: string;
  /** Words that may follow. */
  readonly words?: readonly string[];
  load(argv: readonly string[]): Promise<Command | RawCommand>;
}

const fabric = () => import('./client/fabric.js');
const names = () => import('./client/names.js');
const collections = () => import('./client/collections.js');

const ALTER = ['list', 'show', 'apply', 'delete'];

export const COMMANDS: readonly CommandPlace[] = [
  {
    name: 'up',
    summary: 'run a fabric, its controller and the API until interrupted',
    load: async () => (await import('./up/up.js')).up,
  },
  {
    name: 'demo',
    summary: 'bring up a fabric in this process and try everything on it',
    load: async () => (await import('./demo.js')).demo,
  },
  {
    name: 'switch',
    summary: 'run one embedded switch as a process; list, show: switches of a running fabric',
    words: ['list', 'show', 'trace'],
    load: async ([first]) =>
      first === 'list' || first === 'show'
        ? (await fabric()).switchQueries
        : (await import('./switch.js')).switchCommand,
  },
  {
    name: 'gateway',
    summary: 'take HTTP, TCP and UDP into the fabric and out of it',
    load: async () => (await import('./gateway.js')).gateway,
  },
  {
    name: 'pipeline',
    summary: 'pack what a P4 compiler wrote as a switch takes it; the ports of a Stratum switch',
    words: ['build', 'show', 'chassis'],
    load: async () => (await import('./pipeline.js')).pipeline,
  },
  {
    name: 'token',
    summary: 'make a token for the API, and add its hash to a file',
    load: async () => (await import('./token.js')).token,
  },
  {
    name: 'topology',
    summary: 'the switches, links and hosts of the fabric',
    load: async () => (await fabric()).topology,
  },
  {
    name: 'cluster',
    summary: 'the controllers that share the fabric',
    load: async () => (await fabric()).cluster,
  },
  {
    name: 'service',
    summary: 'services and their instances',
    words: ['list', 'show', 'register', 'deregister', 'serve', 'stop'],
    load: async () => (await names()).service,
  },
  {
    name: 'name',
    summary: 'who serves a name, where it leads',
    load: async () => (await import('./client/name.js')).name,
  },
  {
    name: 'policy',
    summary: 'policies of names',
    words: ALTER,
    load: async () => (await collections()).policy,
  },
  {
    name: 'group',
    summary: 'in-network groups and caches',
    words: ['list', 'reduce', 'cells', 'cache', 'delete'],
    load: async () => (await collections()).group,
  },
  {
    name: 'kinds',
    summary: 'every kind of thing managed by name',
    load: async () => (await collections()).kinds,
  },
  {
    name: 'get',
    summary: 'list a kind, or show one thing of it',
    load: async () => (await collections()).get,
  },
  { name: 'apply', summary: 'make a thing of any kind be so', load: async () => (await collections()).apply },
  { name: 'delete', summary: 'delete a thing of any kind', load: async () => (await collections()).remove },
  {
    name: 'watch',
    summary: 'changes of a kind as they happen',
    load: async () => (await collections()).watch,
  },
  { name: 'call', summary: 'call a service by name', load: async () => (await names()).call },
  {
    name: 'ping',
    summary: 'ask the owner of a name for a sign of life',
    load: async () => (await names()).ping,
  },
  { name: 'trace', summary: 'the switches on the way to a name', load: async () => (await names()).trace },
  {
    name: 'kv',
    summary: 'keys of a key-value service',
    words: ['get', 'put', 'delete'],
    load: async () => (await names()).kv,
  },
  {
    name: 'entries',
    summary: 'table entries, read from a switch',
    load: async () => (await import('./client/entries.js')).entries,
  },
  {
    name: 'diff',
    summary: 'what switches should hold against what they hold',
    load: async () => (await fabric()).diff,
  },
  { name: 'counters', summary: 'counters, read from a switch', load: async () => (await fabric()).counters },
  { name: 'packets', summary: 'what packets do in a switch', load: async () => (await fabric()).packets },
  {
    name: 'events',
    summary: 'events of the controller as they happen',
    load: async () => (await fabric()).events,
  },
  { name: 'top', summary: 'switches and services, live', load: async () => (await fabric()).top },
  {
    name: 'metrics',
    summary: 'the metrics as Prometheus reads them',
    load: async () => (await fabric()).metrics,
  },
  {
    name: 'openapi',
    summary: 'the OpenAPI description of the API',
    load: async () => (await fabric()).openapi,
  },
  {
    name: 'types',
    summary: "TypeScript types of a program's tables, from its P4Info",
    load: async () => (await import('./types.js')).types,
  },
  {
    name: 'completion',
    summary: 'completion of these commands for a shell',
    words: ['bash', 'zsh', 'fish'],
    load: async () => (await import('./completion.js')).completion,
  },
];
