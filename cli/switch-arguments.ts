import { UsageError } from './errors.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'off'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What `sincmesh switch` was asked to do. */
export interface SwitchArguments {
  /** File of the program, undefined with --no-p4. */
  readonly program: string | undefined;
  readonly ports: readonly { readonly port: number; readonly device: string }[];
  readonly pcap: string | undefined;
  /** Seconds before files are read; undefined where ports are devices. */
  readonly useFiles: number | undefined;
  readonly deviceId: bigint;
  readonly log: { readonly level: LogLevel; readonly console: boolean; readonly file: string | undefined };
  readonly grpcAddress: string;
  readonly tls: TlsFiles | undefined;
  readonly cpuPort: number | undefined;
  readonly dropPort: number;
  readonly priorityQueues: number;
  /** Options that were taken and change nothing, with the reason. */
  readonly notes: readonly string[];
}

export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** Whom client certificates must come from; undefined takes clients without. */
  readonly clientAuthority: string | undefined;
}

interface SwitchOption {
  /** What stands for the value in the help; undefined for a flag. */
  readonly value?: string;
  /** The value where only the name is given. */
  readonly implied?: string;
  readonly short?: string;
  readonly help: string;
  /** Taken for simple_switch_grpc's sake: why it changes nothing. */
  readonly ignored?: string;
  /** Not taken, because leaving it out would change what the user gets: what to do instead. */
  readonly refused?: string;
}

const GENERAL: Readonly<Record<string, SwitchOption>> = {
  help: { short: 'h', help: 'this text' },
  interface: { short: 'i', value: 'PORT@DEVICE', help: 'a port; may be given many times' },
  pcap: { value: 'DIR', implied: '.', help: 'write DIR/DEVICE_in.pcap and DEVICE_out.pcap' },
  'use-files': { value: 'SECONDS', help: 'ports are files DEVICE_in.pcap and DEVICE_out.pcap' },
  'no-p4': { help: 'start without a program; a controller pushes one' },
  'device-id': { value: 'N', help: 'P4Runtime device id (default 0)' },
  'log-console': { help: 'log to standard output' },
  'log-file': { value: 'FILE', help: 'log to a file' },
  'log-level': { short: 'L', value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (default trace)` },
  'thrift-port': { value: 'N', help: 'taken', ignored: 'there is no Thrift server; use P4Runtime' },
  nanolog: { value: 'ADDR', help: 'taken', ignored: 'there is no nanomsg log; use --log-console' },
  'notifications-addr': { value: 'ADDR', help: 'taken', ignored: 'notices go over P4Runtime' },
  'log-flush': { help: 'taken', ignored: 'a log file is always written at once' },
  'log-file-max-size': { value: 'BYTES', help: 'taken', ignored: 'log files are not rotated' },
  'log-file-max-files': { value: 'N', help: 'taken', ignored: 'log files are not rotated' },
  'dump-packet-data': { value: 'BYTES', help: 'taken', ignored: 'use --pcap' },
  'max-port-count': { value: 'N', help: 'taken', ignored: 'any number of ports fits' },
  'packet-in': { value: 'ADDR', help: 'not taken', refused: 'use UDP ports: -i PORT@udp:LOCAL-REMOTE' },
  'restore-state': { value: 'FILE', help: 'not taken', refused: 'a controller writes the state again' },
};

const TARGET: Readonly<Record<string, SwitchOption>> = {
  'grpc-server-addr': { value: 'HOST:PORT', help: 'where P4Runtime is served (default 0.0.0.0:9559)' },
  'grpc-server-ssl': { help: 'serve TLS' },
  'grpc-server-cert': { value: 'FILE', help: 'PEM file of the server certificate' },
  'grpc-server-key': { value: 'FILE', help: 'PEM file of the server key' },
  'grpc-server-cacert': {
    value: 'FILE',
    help: 'PEM file of the authority client certificates must come from',
  },
  'grpc-server-with-client-auth': { help: 'clients must have a certificate' },
  'cpu-port': { value: 'N', help: 'port of packet-in and packet-out (none: no packet I/O)' },
  'drop-port': { value: 'N', help: 'egress_spec that drops (default 511)' },
  'priority-queues': { value: 'N', help: 'priority queues of a port, 1 to 8 (default 1)' },
  'disable-swap': { help: 'taken', ignored: 'a program is always replaced between two packets' },
  'max-mc-groups': { value: 'N', help: 'taken', ignored: 'any number of multicast groups fits' },
  'max-l1-entries': { value: 'N', help: 'taken', ignored: 'any number of replicas fits' },
  'max-l2-entries': { value: 'N', help: 'taken', ignored: 'any number of replicas fits' },
  'load-modules': { value: 'FILES', help: 'not taken', refused: 'externs in C++ cannot be loaded' },
  'dp-grpc-server-addr': { value: 'ADDR', help: 'not taken', refused: 'use UDP ports' },
};

const OPTIONS: ReadonlyMap<string, SwitchOption> = new Map([
  ...Object.entries(GENERAL),
  ...Object.entries(TARGET),
]);

export function switchHelp(): string {
  const rows = (options: Readonly<Record<string, SwitchOption>>) =>
    Object.entries(options).map(([name, { short, value, help, ignored, refused }]) => {
      const left = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
      const reason = ignored ?? refused;
      return `  ${left.padEnd(36)} ${help}${reason === undefined ? '' : `: ${reason}`}`;
    });
  return [
    'Usage: sincmesh switch [OPTIONS] PROGRAM.json [-- TARGET OPTIONS]',
    '       sincmesh switch trace PROGRAM.json PACKET.hex [OPTIONS]   (--help tells more)',
    '',
    'The embedded P4 switch as a process of its own, with the arguments of simple_switch_grpc. DEVICE is a network',
    'interface (Linux, root) or a cable over UDP: udp:127.0.0.1:5003-127.0.0.1:6003, the local and the remote end.',
    '',
    'Options:',
    ...rows(GENERAL),
    '',
    'Target options, behind "--":',
    ...rows(TARGET),
    '',
    'Ends with 0 at SIGINT or SIGTERM, 1 where a port, the program or the server fails, 2 for wrong arguments.',
    '',
  ].join('\n');
}

/** Reads the arguments. 'help' where help was asked for. @throws UsageError */
export function switchArguments(argv: readonly string[]): SwitchArguments | 'help' {
  const { given, positionals } = scan(argv);
  if (given.has('help')) return 'help';
  if (positionals.length > 1) throw new UsageError(`'${positionals[1]}' is one argument too many`);
  const notes: string[] = [];
  for (const name of given.keys()) {
    const { ignored, refused } = OPTIONS.get(name) ?? { help: '' };
    if (refused !== undefined) throw new UsageError(`--${name} is not supported: ${refused}`);
    if (ignored !== undefined) notes.push(`--${name} changes nothing: ${ignored}`);
  }
  const one = (name: string) => given.get(name)?.at(-1);
  const number = (name: string, low: number, high: number, text = one(name)) =>
    text === undefined ? undefined : whole(`--${name}`, text, low, high);
  const [program] = positionals;
  if ((program === undefined) === !given.has('no-p4'))
    throw new UsageError('give the JSON of a program, or --no-p4 where a controller will push one');
  const level = LOG_LEVELS.find((known) => known === (one('log-level') ?? 'trace'));
  if (level === undefined)
    throw new UsageError(`--log-level is one of ${LOG_LEVELS.join(', ')}, got '${one('log-level')}'`);
  const dropPort = number('drop-port', 0, 65_535) ?? 511;
  const cpuPort = number('cpu-port', 1, 65_535);
  if (cpuPort === dropPort) throw new UsageError(`--cpu-port and --drop-port are both ${cpuPort}`);
  const ports = (given.get('interface') ?? []).map(portOf);
  for (const [i, { port }] of ports.entries()) {
    if (ports.findIndex((other) => other.port === port) !== i)
      throw new UsageError(`-i ${port}@ is given twice`);
    if (port === cpuPort) throw new UsageError(`-i ${port}@: ${port} is the --cpu-port`);
  }
  const id = one('device-id') ?? '0';
  if (!/^\d{1,19}$/.test(id)) throw new UsageError(`--device-id takes a whole number, got '${id}'`);
  return {
    program,
    ports,
    pcap: one('pcap'),
    useFiles: number('use-files', 0, 3600),
    deviceId: BigInt(id),
    log: { level, console: given.has('log-console'), file: one('log-file') },
    grpcAddress: one('grpc-server-addr') ?? '0.0.0.0:9559',
    tls: given.has('grpc-server-ssl') ? tlsFiles(one, given.has('grpc-server-with-client-auth')) : undefined,
    cpuPort,
    dropPort,
    priorityQueues: number('priority-queues', 1, 8) ?? 1,
    notes,
  };
}

/** Splits the words into options and the rest, as boost's program_options does for simple_switch_grpc. */
function scan(argv: readonly string[]) {
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') continue;
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word);
      continue;
    }
    const { name, attached } = word.startsWith('--') ? long(word) : short(word);
    const option = OPTIONS.get(name);
    if (option === undefined) throw new UsageError(`there is no option ${word}`);
    const values = given.get(name) ?? [];
    given.set(name, values);
    if (option.value === undefined) {
      if (attached !== undefined) throw new UsageError(`--${name} takes no value`);
    } else if (attached !== undefined) values.push(attached);
    else {
      const next = argv[at + 1];
      const usable = next !== undefined && !next.startsWith('-');
      if (usable && (option.implied === undefined || !next.endsWith('.json'))) {
        values.push(next);
        at++;
      } else if (option.implied !== undefined) values.push(option.implied);
      else throw new UsageError(`--${name} takes a value: --${name} ${option.value}`);
    }
  }
  return { given, positionals };
}

function long(word: string): { name: string; attached: string | undefined } {
  const [, name = '', , attached] = /^--([^=]*)(=(.*))?$/s.exec(word) ?? [];
  if (OPTIONS.has(name)) return { name, attached };
  // An unambiguous beginning will do.
  const matches = [...OPTIONS.keys()].filter((known) => name.length > 0 && known.startsWith(name));
  return { name: matches.length === 1 ? (matches[0] ?? name) : name, attached };
}

function short(word: string): { name: string; attached: string | undefined } {
  const letter = word.slice(1, 2);
  const name = [...OPTIONS].find(([, option]) => option.short === letter)?.[0] ?? word;
  return { name, attached: word.length > 2 ? word.slice(2) : undefined };
}

function portOf(text: string): { port: number; device: string } {
  const [, port = '', device = ''] = /^(\d+)@(.+)$/.exec(text) ?? [];
  if (device === '')
    throw new UsageError(
      `-i takes PORT@DEVICE, e.g. 1@veth1 or 1@udp:127.0.0.1:5001-127.0.0.1:6001, got '${text}'`,
    );
  return { port: whole('-i', port, 0, 65_535), device };
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high))
    throw new UsageError(`${name} takes a whole number from ${low} to ${high}, got '${text}'`);
  return value;
}

function tlsFiles(one: (name: string) => string | undefined, clients: boolean): TlsFiles {
  const need = (name: string) => {
    const path = one(name);
    if (path === undefined) throw new UsageError(`--grpc-server-ssl needs --${name} FILE`);
    return path;
  };
  return {
    certificate: need('grpc-server-cert'),
    key: need('grpc-server-key'),
    clientAuthority: clients ? need('grpc-server-cacert') : undefined,
  };
}
