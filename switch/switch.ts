import type { Clock } from './clock.js';
import type { PacketFault } from './compile/fail.js';
import type { Program } from './compile/program.js';
import type { PacketTrace } from './compile/trace.js';
import type { Port } from './port.js';
import { SwitchError } from './runtime/index.js';
import type { ProgramSpec } from './spec/types.js';
import { PacketProcessor } from './v1model/processor.js';
import { seededRandom } from './v1model/random.js';
import { ReplicationEngine } from './v1model/replication.js';
import { newStats, type SwitchStats } from './v1model/stats.js';

export interface SwitchOptions {
  readonly clock: Clock;
  /** Port whose frames go to the controller where nothing is attached to it. */
  readonly cpuPort?: number | undefined;
  /** Value of egress_spec that drops. Default 511, as simple_switch. */
  readonly dropPort?: number;
  /** Priority queues per port, 1 to 8. Default 8: every value of bit<3> priority has one. */
  readonly priorityQueues?: number;
  /** Seed of v1model's random. Default 1. */
  readonly seed?: number;
  readonly name?: string;
}

/** Takes what a program says with log_msg: the format and its values. */
export type LogListener = (format: string, values: readonly bigint[]) => void;

/**
 * A P4 switch in this process: loads a program, takes frames on ports and sends frames on ports. One packet
 * runs to completion before the next; control-plane changes take effect between two packets.
 */
export class EmbeddedSwitch {
  readonly name: string;
  readonly clock: Clock;
  readonly cpuPort: number | undefined;
  readonly dropPort: number;
  readonly pre = new ReplicationEngine();
  readonly stats: SwitchStats = newStats();
  private readonly priorityQueues: number;
  private readonly random: () => number;
  private readonly ports: (Port | undefined)[] = [];
  /** Ports a device was taken off: down, for action selectors that watch them and replicas with backups. */
  private readonly down = new Set<number>();
  private readonly packetIn = new Set<(frame: Uint8Array) => void>();
  private readonly idle = new Set<(table: string, slots: readonly number[]) => void>();
  private readonly logs = new Set<LogListener>();
  private readonly traces = new Set<(trace: PacketTrace) => void>();
  private readonly faults = new Set<(fault: PacketFault) => void>();
  private processor: PacketProcessor | undefined;
  /** Frames that arrived while a packet was under way: from a port that leads back to this switch. */
  private backlog: { readonly port: number; readonly frame: Uint8Array }[] = [];
  private busy = false;

  constructor(options: SwitchOptions) {
    this.name = options.name ?? 'switch';
    this.clock = options.clock;
    this.cpuPort = options.cpuPort;
    this.dropPort = options.dropPort ?? 511;
    this.priorityQueues = options.priorityQueues ?? 8;
    this.random = seededRandom(options.seed ?? 1);
  }

  /** The program in use, with its tables and other objects. */
  get program(): Program | undefined {
    return this.processor?.program;
  }

  /**
   * Compiles a program and puts it in place of the current one, from the next packet on. Its tables are as
   * the program declares them; multicast groups and clone sessions are cleared.
   *
   * @throws SwitchError INVALID_ARGUMENT for entries or hash algorithms that cannot be.
   */
  load(spec: ProgramSpec): void {
    this.processor = new PacketProcessor(spec, {
      clock: this.clock,
      dropPort: this.dropPort,
      priorityQueues: this.priorityQueues,
      random: this.random,
      pre: this.pre,
      stats: this.stats,
      output: (port, frame) => this.transmit(port, frame),
      queued: (port) => this.ports[port]?.queued?.() ?? 0,
      log: (format, values) => {
        for (const listener of this.logs) listener(format, values);
      },
      onTrace: (trace) => {
        for (const listener of this.traces) listener(trace);
      },
      onFault: (fault) => {
        for (const listener of this.faults) listener(fault);
      },
    });
    this.pre.clear();
    if (this.traces.size > 0) this.processor.setTracing(true);
    for (const port of this.down) this.setPortState(port, false);
  }

  /** Connects a device to a port. Throws INVALID_ARGUMENT for a number no port can have. */
  attach(port: number, device: Port): void {
    if (!Number.isInteger(port) || port < 0 || port > 0xffff)
      throw new SwitchError('INVALID_ARGUMENT', `${this.name}, port ${port}`, 'a port is 0 to 65535');
    while (this.ports.length <= port) this.ports.push(undefined);
    this.ports[port] = device;
    if (this.down.delete(port)) this.setPortState(port, true);
  }

  /** Takes the device off a port: the port is down, also for action selectors that watch it. */
  detach(port: number): void {
    if (this.ports[port] === undefined) return;
    this.ports[port] = undefined;
    this.down.add(port);
    this.setPortState(port, false);
  }

  /** Runs a frame that came in on a port, and every packet it gives rise to. */
  receive(port: number, frame: Uint8Array): void {
    if (this.busy) {
      this.backlog.push({ port, frame: frame.slice() });
      return;
    }
    this.busy = true;
    try {
      this.run(port, frame);
      while (this.backlog.length > 0) {
        const waiting = this.backlog;
        this.backlog = [];
        for (const next of waiting) this.run(next.port, next.frame);
      }
    } finally {
      this.busy = false;
    }
  }

  /** Takes frames sent to the CPU port; the bytes are valid during the call. Returns how to stop. */
  onPacketIn(listener: (frame: Uint8Array) => void): () => void {
    return register(this.packetIn, listener);
  }

  /** Takes the slots of entries that have been idle for their timeout. Returns how to stop. */
  onIdleTimeout(listener: (table: string, slots: readonly number[]) => void): () => void {
    return register(this.idle, listener);
  }

  /** Takes what programs print with log_msg. Returns how to stop. */
  onLog(listener: LogListener): () => void {
    return register(this.logs, listener);
  }

  /**
   * Takes a trace of every frame received from now on: what was parsed, which entries hit, which statements
   * ran. Traced packets take many times as long; without listeners nothing is spent on it. Returns how to stop.
   */
  onTrace(listener: (trace: PacketTrace) => void): () => void {
    this.traces.add(listener);
    if (this.traces.size === 1) this.processor?.setTracing(true);
    return () => {
      if (this.traces.delete(listener) && this.traces.size === 0) this.processor?.setTracing(false);
    };
  }

  /** Takes packets that stopped in the middle of the program, e.g. at an assert. Returns how to stop. */
  onFault(listener: (fault: PacketFault) => void): () => void {
    return register(this.faults, listener);
  }

  /** Runs what is due by the clock: idle timeouts and digest timeouts. Whoever owns time calls it. */
  tick(): void {
    const { program } = this;
    if (program === undefined) return;
    const now = this.clock.now();
    for (const table of program.tables.values()) {
      const slots = table.idle?.sweep(now);
      if (slots === undefined || slots.length === 0) continue;
      for (const listener of this.idle) listener(table.name, slots);
    }
    for (const digest of program.digests.values()) digest.tick();
  }

  private setPortState(port: number, up: boolean): void {
    this.pre.setPortState(port, up);
    for (const profile of this.program?.profiles.values() ?? []) profile.setPortState(port, up);
  }

  private run(port: number, frame: Uint8Array): void {
    this.stats.received++;
    if (this.processor === undefined) this.stats.dropped.noProgram++;
    else this.processor.process(port, frame);
  }

  private transmit(port: number, frame: Uint8Array): void {
    const device = this.ports[port];
    if (device !== undefined) {
      this.stats.transmitted++;
      device.transmit(frame);
    } else if (port === this.cpuPort) {
      this.stats.packetIns++;
      for (const listener of this.packetIn) listener(frame);
    } else this.stats.dropped.noPort++;
  }
}

function register<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
