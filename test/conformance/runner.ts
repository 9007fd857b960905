import {
  EmbeddedSwitch,
  type MatchKey,
  type MatchTable,
  type ProgramSpec,
  type TableSpec,
} from '../../switch/index.js';
import { type StfCall, type StfCommand, StfError, type StfKey, stfNumber } from './stf.js';

interface Expectation {
  readonly line: number;
  readonly nibbles: string | undefined;
  readonly exact: boolean;
}

/** Ports a script may use: more than any of the corpus does. */
const PORTS = 512;

/**
 * Runs an STF script against a program on an embedded switch of its own. Returns what is wrong, nothing
 * where all is as expected. Order is checked per port, as p4c's runner does.
 */
export function runStf(spec: ProgramSpec, commands: readonly StfCommand[]): string[] {
  const run = new StfRun(spec);
  for (const command of commands) run.execute(command);
  return run.finish();
}

class StfRun {
  private readonly spec: ProgramSpec;
  private readonly device: EmbeddedSwitch;
  private readonly expected = new Map<number, Expectation[]>();
  private readonly received = new Map<number, string[]>();
  /** Ports the script mentions; p4c's runner gives the switch no others, so what leaves elsewhere is lost. */
  private readonly ports = new Set<number>();
  private readonly nodes: { id: number; ports: readonly number[] }[] = [];
  private readonly groups = new Map<number, number[]>();
  private readonly problems: string[] = [];
  private now = 0;

  constructor(spec: ProgramSpec) {
    this.spec = spec;
    this.device = new EmbeddedSwitch({ clock: { now: () => this.now } });
    this.device.load(spec);
    this.device.onFault((fault) => {
      this.problems.push(fault.message);
    });
    for (let port = 0; port < PORTS; port++)
      this.device.attach(port, {
        transmit: (frame) => {
          const list = this.received.get(port) ?? [];
          list.push(Buffer.from(frame).toString('hex'));
          this.received.set(port, list);
        },
      });
  }

  execute(command: StfCommand): void {
    const { device } = this;
    switch (command.verb) {
      case 'packet':
        this.ports.add(command.port);
        this.now += 1000;
        device.receive(command.port, command.bytes);
        break;
      case 'expect': {
        this.ports.add(command.port);
        const list = this.expected.get(command.port) ?? [];
        list.push(command);
        this.expected.set(command.port, list);
        break;
      }
      case 'add':
        this.add(command);
        break;
      case 'setdefault': {
        const { spec, table } = this.table(command.line, command.table);
        table.setDefault(this.call(command.line, spec, command.call));
        break;
      }
      case 'check_counter':
        this.checkCounter(command);
        break;
      case 'counter_write':
        this.find(command.line, 'counter', this.program().counters, command.counter).write(command.index, {
          packets: command.packets,
          bytes: command.bytes,
        });
        break;
      case 'register_write':
        this.find(command.line, 'register', this.program().registers, command.register).write(
          command.index,
          command.value,
        );
        break;
      case 'register_reset':
        this.find(command.line, 'register', this.program().registers, command.register).reset();
        break;
      case 'mirroring_add':
        device.pre.setCloneSession(command.session, {
          replicas: [{ port: command.to, instance: 0 }],
          packetLength: 0,
          classOfService: 0,
        });
        break;
      case 'mirroring_add_mc':
        device.pre.setCloneSession(command.session, {
          replicas: this.replicas(command.to),
          packetLength: 0,
          classOfService: 0,
        });
        break;
      case 'mirroring_delete':
        device.pre.setCloneSession(command.session, undefined);
        break;
      case 'mc_mgrp_create':
        this.groups.set(command.group, []);
        this.updateGroup(command.group);
        break;
      case 'mc_node_create':
        this.nodes.push(command);
        break;
      case 'mc_node_update': {
        const node = this.nodes[command.id];
        if (node === undefined) throw new StfError(`line ${command.line}: there is no node ${command.id}`);
        node.ports = command.ports;
        for (const group of this.groups.keys()) this.updateGroup(group);
        break;
      }
      case 'mc_node_associate': {
        const group = this.groups.get(command.group);
        if (group === undefined)
          throw new StfError(`line ${command.line}: there is no multicast group ${command.group}`);
        group.push(command.node);
        this.updateGroup(command.group);
        break;
      }
      case 'remove_all':
        for (const table of this.program().tables.values()) if (!table.immutable) table.clear();
        break;
      case 'no_packet':
      case 'wait':
        break;
    }
  }

  /** Compares what came out with what was expected. */
  finish(): string[] {
    for (const port of [...this.ports].sort((a, b) => a - b)) {
      const expected = this.expected.get(port) ?? [];
      const received = this.received.get(port) ?? [];
      if (expected.length !== received.length)
        this.problems.push(`port ${port}: expected ${expected.length} packet(s), got ${received.length}`);
      for (let i = 0; i < Math.min(expected.length, received.length); i++) {
        const want = expected[i];
        const got = received[i];
        if (want === undefined || got === undefined || want.nibbles === undefined) continue;
        if (!matches(want.nibbles.toLowerCase(), got, want.exact))
          this.problems.push(
            `port ${port}, packet ${i + 1} (line ${want.line}): expected ${want.nibbles}${want.exact ? '$' : ''}, got ${got}`,
          );
      }
    }
    return this.problems;
  }

  private program() {
    const { program } = this.device;
    if (program === undefined) throw new StfError('no program is loaded');
    return program;
  }

  private add(command: Extract<StfCommand, { verb: 'add' }>): void {
    const { spec, table } = this.table(command.line, command.table);
    const match = table.fields.map(({ kind, width }) => anyKey(kind, width));
    for (const key of command.keys) {
      const index = this.keyIndex(command.line, table, key.name);
      const field = table.fields[index];
      if (field !== undefined) match[index] = keyMatch(command.line, field.kind, field.width, key);
    }
    const priority = table.prioritised ? (command.priority ?? 1) : 0;
    table.insert({ match, priority, action: this.call(command.line, spec, command.call) });
  }

  /** Finds a key by the name an STF script may give it: `$n` for `[n]`, a suffix, or just `valid`. */
  private keyIndex(line: number, table: MatchTable, given: string): number {
    const name = given.replace(/^(.*)\$(\d+)/, '$1[$2]');
    const names = table.fields.map((field) => field.name);
    const tries: ((candidate: string) => boolean)[] = [
      (candidate) => candidate === name,
      (candidate) => candidate === `${name}$` || candidate === `${name}.$valid$`,
      (candidate) => name.endsWith('.valid') && candidate === `${name.slice(0, -5)}$valid$`,
      (candidate) => candidate.endsWith(`.${name}`) || candidate.endsWith(`.${name}$`),
      (candidate) => name === 'valid' && candidate.endsWith('$valid$'),
    ];
    for (const attempt of tries) {
      const index = names.findIndex(attempt);
      if (index >= 0) return index;
    }
    throw new StfError(`line ${line}: table ${table.name} has no key ${given}; it has ${names.join(', ')}`);
  }

  private call(line: number, table: TableSpec, call: StfCall) {
    const names = table.actions.map((action) => action.name);
    const actionIndex = unique(names, call.action);
    const action = table.actions[actionIndex];
    if (action === undefined)
      throw new StfError(`line ${line}: table ${table.name} has no one action ${call.action}`);
    const params = action.parameters.map((parameter) => {
      const argument = call.arguments.find(({ name }) => name === parameter.name);
      if (argument === undefined)
        throw new StfError(`line ${line}: action ${action.name} needs a value for ${parameter.name}`);
      const value = stfNumber(argument.value, (detail) => new StfError(`line ${line}: ${detail}`));
      return BigInt.asUintN(parameter.width, value);
    });
    return { actionIndex, params };
  }

  private table(line: number, name: string): { readonly spec: TableSpec; readonly table: MatchTable } {
    const index = unique(
      this.spec.tables.map((table) => table.name),
      name,
    );
    const spec = this.spec.tables[index];
    const table = spec === undefined ? undefined : this.program().tables.get(spec.name);
    if (spec === undefined || table === undefined)
      throw new StfError(`line ${line}: there is no one table ${name}`);
    return { spec, table };
  }

  private find<T>(line: number, what: string, objects: ReadonlyMap<string, T>, name: string): T {
    const names = [...objects.keys()];
    const object = objects.get(names[unique(names, name)] ?? '');
    if (object === undefined) throw new StfError(`line ${line}: there is no one ${what} ${name}`);
    return object;
  }

  private checkCounter(command: Extract<StfCommand, { verb: 'check_counter' }>): void {
    const counter = this.find(command.line, 'counter', this.program().counters, command.counter);
    const value = counter.read(command.index);
    const { check } = command;
    if (check === undefined) return;
    const actual = check.unit === 'packets' ? value.packets : value.bytes;
    if (!compare(actual, check.operator, check.value))
      this.problems.push(
        `line ${command.line}: counter ${command.counter}(${command.index}) has ${actual} ${check.unit}, not ${check.operator} ${check.value}`,
      );
  }

  private replicas(group: number) {
    return (this.groups.get(group) ?? []).flatMap((handle) => {
      const node = this.nodes[handle];
      return (node?.ports ?? []).map((port) => ({ port, instance: node?.id ?? 0 }));
    });
  }

  private updateGroup(group: number): void {
    this.device.pre.setMulticastGroup(group, { replicas: this.replicas(group) });
  }
}

/** Index of the one name equal to `name`, or else of the one that ends in it; -1 where there is not one. */
function unique(names: readonly string[], name: string): number {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const ending = names.flatMap((candidate, index) => (candidate.endsWith(name) ? [index] : []));
  return ending.length === 1 ? (ending[0] ?? -1) : -1;
}

function matches(wanted: string, got: string, exact: boolean): boolean {
  if (exact ? got.length !== wanted.length : got.length < wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (wanted[i] !== '*' && wanted[i] !== got[i]) return false;
  return true;
}

function compare(a: bigint, operator: string, b: bigint): boolean {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      throw new StfError(`${JSON.stringify(operator)} is not a comparison`);
  }
}

/** What an STF script means by leaving a key out. */
function anyKey(kind: MatchKey['kind'], width: number): MatchKey {
  switch (kind) {
    case 'exact':
      return { kind, value: 0n };
    case 'lpm':
      return { kind, value: 0n, prefixLength: 0 };
    case 'ternary':
      return { kind, value: 0n, mask: 0n };
    case 'range':
      return { kind, low: 0n, high: (1n << BigInt(width)) - 1n };
  }
}

function keyMatch(line: number, kind: MatchKey['kind'], width: number, key: StfKey): MatchKey {
  const error = (detail: string) => new StfError(`line ${line}, key ${key.name}: ${detail}`);
  const [text = '', length] = key.value.split('/');
  const { value, mask } = starred(text, width, error);
  switch (kind) {
    case 'exact':
      return { kind, value };
    case 'lpm': {
      if (length !== undefined) return { kind, value, prefixLength: Number(length) };
      const digits = /\*/.test(text) ? (text.length - 2 - (text.match(/\*/g) ?? []).length) * 4 : width;
      return { kind, value, prefixLength: Math.min(digits, width) };
    }
    case 'ternary':
      return { kind, value, mask };
    case 'range':
      return { kind, low: value, high: value };
  }
}

/** A number whose `*` digits do not matter. */
function starred(text: string, width: number, error: (detail: string) => Error) {
  const full = (1n << BigInt(width)) - 1n;
  if (!text.includes('*')) {
    const value = stfNumber(text, error);
    // p4c's runner masks the digits given only: shorter values leave the bits above them open.
    const digit = /^0x/i.test(text) ? 4 : /^0b/i.test(text) ? 1 : /^0o/i.test(text) ? 3 : 0;
    const mask = digit === 0 ? full : (1n << BigInt(digit * (text.length - 2))) - 1n;
    return { value: value & full, mask: mask & full };
  }
  if (!/^0[xbo]/i.test(text)) throw error('"*" needs 0x, 0b or 0o before it');
  const ones = /^0x/i.test(text) ? 'f' : /^0b/i.test(text) ? '1' : '7';
  const mask = BigInt(text.slice(0, 2) + text.slice(2).replace(/[^*]/g, ones).replace(/\*/g, '0'));
  return { value: BigInt(text.replace(/\*/g, '0')) & full, mask: mask & full };
}
