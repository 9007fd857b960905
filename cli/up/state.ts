import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  agreeOnTopology,
  Cluster,
  EtcdStore,
  FileStore,
  parseTopology,
  type Store,
  type Topology,
  wallClock,
} from '../../controller/index.js';
import { type Arguments, integer, type Option } from '../command.js';
import { UsageError } from '../errors.js';
import { readInputText } from '../input.js';

/** After how long without etcd that is logged, milliseconds. */
const PATIENCE_MS = 3000;

/** Where `up` keeps its state, and with whom it shares it. */
export const STATE_OPTIONS: Readonly<Record<string, Option>> = {
  state: { type: 'string', value: 'DIR', help: 'keep the state there; default: it ends with the process' },
  etcd: {
    type: 'string',
    value: 'URL[,URL]',
    help: 'with --connect: share state and switches with other controllers through etcd',
  },
  'etcd-prefix': { type: 'string', value: 'TEXT', help: 'begins every key in etcd; default sincmesh/' },
  'etcd-ca': { type: 'string', value: 'FILE', help: "authority of etcd's certificate, PEM" },
  'etcd-cert': { type: 'string', value: 'FILE', help: 'certificate to show to etcd, PEM' },
  'etcd-key': { type: 'string', value: 'FILE', help: 'its key, PEM' },
  'etcd-user': {
    type: 'string',
    value: 'NAME',
    help: 'name to log in to etcd with; its password stands in SINCMESH_ETCD_PASSWORD',
  },
  'controller-id': {
    type: 'string',
    value: 'TEXT',
    help: 'with --etcd: name of this controller, unlike all others',
  },
  share: {
    type: 'boolean',
    help: 'with --etcd: share the switches out; default: one leads all, the others stand by',
  },
  prefer: { type: 'string', value: 'SWITCH[,SWITCH]', help: 'with --share: switches to lead before others' },
  lease: {
    type: 'string',
    value: 'SECONDS',
    help: 'with --etcd: a controller not heard of for so long is replaced; default 5',
  },
  'replace-topology': {
    type: 'boolean',
    help: 'with --etcd: run this file from now on, not the one in etcd; then start all controllers anew',
  },
};

/** What `up` runs, from where it is kept. */
export interface FabricState {
  readonly topology: Topology;
  /** Undefined = it ends with the process. */
  readonly store: Store | undefined;
  readonly cluster: Cluster | undefined;
  /** Lets go of the store, where no controller has come to own it. */
  close(): Promise<void>;
}

/** Opens the store and reads the topology; `warn` is told what keeps it waiting. Throws UsageError, TopologyError, ControllerError, StoreError. */
export async function openState(
  file: string | undefined,
  args: Arguments,
  warn: (message: string) => void = () => undefined,
): Promise<FabricState> {
  const endpoints = text(args, 'etcd');
  if (endpoints !== undefined) return shareState(endpoints.split(','), file, args, warn);
  for (const name of Object.keys(STATE_OPTIONS)) {
    if (name !== 'state' && args.options.has(name)) throw new UsageError(`--${name} goes with --etcd`);
  }
  if (file === undefined) throw new UsageError('give a topology file');
  const topology = parseTopology(readInputText(file), file);
  const folder = text(args, 'state');
  if (folder === undefined) return { topology, store: undefined, cluster: undefined, close: async () => {} };
  makeFolder(resolve(folder));
  const store = await FileStore.open(join(folder, 'state.log'));
  return { topology, store, cluster: undefined, close: () => store.close() };
}

/** With the folders above it. mkdir's own `recursive` does not come back where a file system such as /proc takes none. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}

async function shareState(
  endpoints: readonly string[],
  file: string | undefined,
  args: Arguments,
  warn: (message: string) => void,
): Promise<FabricState> {
  if (!args.options.has('connect')) {
    throw new UsageError('--etcd is for switches that several controllers reach: give --connect as well');
  }
  if (args.options.has('state')) throw new UsageError('--state and --etcd are two places; give one');
  const id = text(args, 'controller-id');
  if (id === undefined || !/^[\w.-]{1,63}$/.test(id)) {
    throw new UsageError('--etcd needs --controller-id: 1 to 63 letters, digits, . _ or -');
  }
  const leaseMs = args.options.has('lease') ? integer(args, 'lease', 2, 3600) * 1000 : 5000;
  const prefers = text(args, 'prefer')?.split(',');
  if (prefers !== undefined && !args.options.has('share')) throw new UsageError('--prefer goes with --share');
  const prefix = text(args, 'etcd-prefix');
  const given = file === undefined ? undefined : readInputText(file);
  // What is wrong with a file is told before anybody else gets it.
  if (given !== undefined) parseTopology(given, file);
  const tls = { ...pem(args, 'ca'), ...pem(args, 'cert'), ...pem(args, 'key') };
  const waiting = setTimeout(() => {
    warn(`no etcd server of ${endpoints.join(', ')} has answered yet; going on asking`);
  }, PATIENCE_MS);
  const store = await EtcdStore.connect({
    endpoints,
    id,
    tls,
    // One of this name that is at work is left alone.
    fenceAt: 'first-commit',
    ...etcdUser(args),
    ...(prefix !== undefined && { prefix }),
  }).finally(() => clearTimeout(waiting));
  try {
    const agreed = await agreeOnTopology(store, given, args.options.has('replace-topology'));
    const topology = parseTopology(agreed, file ?? 'the topology in etcd');
    const unknown = prefers?.find((name) => !topology.switches.has(name));
    if (unknown !== undefined) throw new UsageError(`--prefer: the topology has no switch '${unknown}'`);
    const cluster = new Cluster({
      id,
      store,
      switches: [...topology.switches.keys()],
      clock: wallClock(),
      mode: args.options.has('share') ? 'shared' : 'leader',
      leaseMs,
      ...(prefers !== undefined && { prefers }),
    });
    return { topology, store: cluster.store, cluster, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function pem(args: Arguments, what: 'ca' | 'cert' | 'key'): { readonly [name in typeof what]?: string } {
  const path = text(args, `etcd-${what}`);
  return path === undefined ? {} : { [what]: readInputText(path) };
}

function etcdUser(args: Arguments): { readonly user?: { readonly name: string; readonly password: string } } {
  const name = text(args, 'etcd-user');
  if (name === undefined) return {};
  const password = process.env['SINCMESH_ETCD_PASSWORD'];
  if (password === undefined) {
    throw new UsageError('--etcd-user needs the password in the environment, as SINCMESH_ETCD_PASSWORD');
  }
  return { user: { name, password } };
}

function text(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}
