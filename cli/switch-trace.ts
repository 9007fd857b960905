import { EmbeddedSwitch, type MatchKey, wallClock } from '../switch/index.js';
import { printTrace, traceP4Packet } from '../switch/trace/index.js';
import { runCommand } from './client/client-command.js';
import { type Command, integer } from './command.js';
import { UsageError } from './errors.js';
import { readInputText } from './input.js';
import { readJson, readProgram } from './switch-process.js';

const trace: Command = {
  name: 'switch trace',
  summary: 'what one packet does in a program',
  usage: 'sincmesh switch trace PROGRAM.json PACKET.hex [OPTIONS]',
  details: [
    'Sends one packet through a program and prints what it did: parser states, headers, tables with the entry that',
    'hit, statements with their P4 line, replication, verdict. Entries are a JSON array of',
    '{"table","match":[...],"action","params":[...],"priority"}; a key is {"exact":V}, {"lpm":V,"length":N},',
    '{"ternary":V,"mask":M} or {"range":[LOW,HIGH]}; values are numbers or strings such as "0x0a000001".',
  ].join('\n'),
  options: {
    entries: { type: 'string', value: 'FILE', help: 'entries to put into the tables first' },
    port: { type: 'string', value: 'N', help: 'port the packet comes in on', default: '0' },
    json: { type: 'boolean', help: 'print the trace as JSON; large numbers are decimal strings' },
  },
  positionals: 2,
  run: async (args) => {
    const [program, packet] = args.positionals;
    if (program === undefined || packet === undefined) throw new UsageError('give a program and a packet');
    const device = new EmbeddedSwitch({ clock: wallClock() });
    device.load(readProgram(program));
    const entries = args.options.get('entries');
    if (typeof entries === 'string') insertAll(device, readJson(entries));
    const traces = traceP4Packet(device, integer(args, 'port', 0, 65_535), readHex(packet));
    const plain = (_: string, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value instanceof Uint8Array ? hexOf(value) : value;
    process.stdout.write(
      args.options.has('json') ? `${JSON.stringify(traces, plain, 2)}\n` : traces.map(printTrace).join(''),
    );
    return 0;
  },
};

export function traceCommand(argv: readonly string[]): Promise<number> {
  return runCommand(trace, argv);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function readHex(path: string): Uint8Array {
  const text = readInputText(path).replace(/\s|^0x/g, '');
  if (!/^([0-9a-f]{2})+$/i.test(text)) throw new UsageError(`${path} holds no packet: two hex digits a byte`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

type Fields = Readonly<Record<string, unknown>>;

function insertAll(device: EmbeddedSwitch, document: unknown): void {
  if (!Array.isArray(document)) throw new UsageError('--entries: the file holds no array');
  for (const [i, entry] of (document as Fields[]).entries()) {
    const place = `--entries, [${i}]`;
    const table = device.program?.tables.get(String(entry['table']));
    const spec = device.program?.spec.tables.find(({ name }) => name === entry['table']);
    if (table === undefined || spec === undefined)
      throw new UsageError(`${place}: there is no table '${entry['table']}'`);
    const actionIndex = spec.actions.findIndex(({ name }) => name === entry['action']);
    if (actionIndex < 0) throw new UsageError(`${place}: ${spec.name} has no action '${entry['action']}'`);
    const list = (name: string) => (Array.isArray(entry[name]) ? (entry[name] as unknown[]) : []);
    table.insert({
      match: list('match').map((key) => matchKey(key as Fields, place)),
      priority: Number(entry['priority'] ?? 0),
      action: { actionIndex, params: list('params').map((value) => number(value, place)) },
    });
  }
}

function matchKey(key: Fields, place: string): MatchKey {
  const value = (name: string) => number(key[name], place);
  if ('exact' in key) return { kind: 'exact', value: value('exact') };
  if ('lpm' in key) return { kind: 'lpm', value: value('lpm'), prefixLength: Number(key['length']) };
  if ('ternary' in key) return { kind: 'ternary', value: value('ternary'), mask: value('mask') };
  const [low, high] = Array.isArray(key['range']) ? (key['range'] as unknown[]) : [];
  return { kind: 'range', low: number(low, place), high: number(high, place) };
}

function number(value: unknown, place: string): bigint {
  const text = String(value);
  if (!/^(\d+|0x[0-9a-f]+)$/i.test(text)) throw new UsageError(`${place}: '${text}' is no number`);
  return BigInt(text);
}
