import type { Clock } from '../clock.js';
import { PacketFault } from '../compile/fail.js';
import type { Layout } from '../compile/layout.js';
import { type PacketFunctions, Program } from '../compile/program.js';
import type { PacketTrace, Tracer } from '../compile/trace.js';
import type { FieldRef, ProgramSpec } from '../spec/types.js';
import { FrameViews } from './frame-views.js';
import { type Intrinsic, type StandardMetadata, standardMetadata } from './metadata.js';
import type { Destination, ReplicationEngine } from './replication.js';
import { PacketQueue, type SavedPacket } from './saved-packet.js';
import type { SwitchStats } from './stats.js';

/** Values of standard_metadata.instance_type (simple_switch). */
const INSTANCE = {
  normal: 0,
  ingressClone: 1,
  egressClone: 2,
  recirculated: 4,
  replication: 5,
  resubmitted: 6,
};

/** Bit of the clone register that says a clone was asked for; the session is below it. */
const SESSION_MASK = 0x7fff;

/** Passes through ingress one received frame may cause; simple_switch would go on for ever. */
const MOST_INGRESS_PASSES = 1024;
/** Passes through egress one received frame may cause. */
const MOST_EGRESS_PASSES = 65_536;

export interface ProcessorOptions {
  readonly clock: Clock;
  readonly dropPort: number;
  /** Priority queues per port: a packet of a higher priority is dropped, as by simple_switch. */
  readonly priorityQueues: number;
  readonly random: () => number;
  readonly log: (format: string, values: readonly bigint[]) => void;
  readonly pre: ReplicationEngine;
  readonly stats: SwitchStats;
  /** Takes a finished frame; the bytes are valid during the call. */
  readonly output: (port: number, frame: Uint8Array) => void;
  /** Frames that wait at a port's device; 0 where it has no queue. */
  readonly queued: (port: number) => number;
  /** Takes the trace of a received frame, while tracing is on. */
  readonly onTrace: (trace: PacketTrace) => void;
  /** Told of a packet that stopped in the middle of the program. */
  readonly onFault: (fault: PacketFault) => void;
}

/** Field places of a list, to copy it word by word. */
type WordList = Int32Array;

/**
 * The path of a packet through a v1model program, in the order simple_switch takes it: parser, ingress,
 * then clone, digest, resubmit, multicast, drop or unicast; egress, clone, drop, deparser, recirculate.
 */
export class PacketProcessor {
  readonly program: Program;
  private readonly options: ProcessorOptions;
  private readonly metadata: StandardMetadata;
  private readonly phv: Uint32Array;
  private readonly backup: Uint32Array;
  private readonly metadataWords: number;
  private readonly fieldLists = new Map<number, WordList>();
  private readonly digestLists = new Map<number, { readonly index: number; readonly words: WordList }>();
  private readonly ingressQueue: PacketQueue;
  private readonly egressQueue: PacketQueue;
  private functions: PacketFunctions;
  private tracer: Tracer | undefined;
  private packet: Uint8Array;
  private views: FrameViews;
  // Packet registers, by their place in the PHV.
  private readonly cloneSession: number;
  private readonly cloneFieldList: number;
  private readonly digest: number;
  private readonly resubmit: number;
  private readonly recirculate: number;
  private readonly packetLength: number;
  private readonly ingressLength: number;
  private readonly truncate: number;
  private readonly exit: number;

  constructor(spec: ProgramSpec, options: ProcessorOptions) {
    this.options = options;
    this.program = new Program(spec, options);
    const { layout } = this.program;
    this.metadata = standardMetadata(spec, layout);
    this.phv = this.program.phv;
    this.backup = new Uint32Array(layout.words);
    this.metadataWords = layout.metadataWords;
    for (const list of spec.fieldLists) this.fieldLists.set(list.id, wordsOf(layout, list.fields));
    spec.digests.forEach((digest, index) => {
      this.digestLists.set(digest.id, {
        index,
        words: wordsOf(
          layout,
          digest.fields.map(({ ref }) => ref),
        ),
      });
    });
    const pool: SavedPacket[] = [];
    this.ingressQueue = new PacketQueue(pool, layout.words);
    this.egressQueue = new PacketQueue(pool, layout.words);
    this.functions = this.program.functions;
    this.packet = this.program.packet;
    this.tracer = this.program.tracer;
    this.views = new FrameViews(this.packet);
    this.cloneSession = layout.register('cloneSession');
    this.cloneFieldList = layout.register('cloneFieldList');
    this.digest = layout.register('digest');
    this.resubmit = layout.register('resubmit');
    this.recirculate = layout.register('recirculate');
    this.packetLength = layout.register('packetLength');
    this.ingressLength = layout.register('ingressLength');
    this.truncate = layout.register('truncate');
    this.exit = layout.register('exit');
  }

  /** Runs a received frame and all it gives rise to. Nothing in a packet makes it throw. */
  process(port: number, frame: Uint8Array): void {
    const { length } = frame;
    if (length > this.program.capacity) this.grow(length);
    const { phv, metadata } = this;
    const start = this.program.headroom;
    this.packet.set(frame, start);
    phv.fill(0);
    phv[metadata.ingressPort.at] = port & metadata.ingressPort.mask;
    phv[metadata.packetLength.at] = length;
    phv[this.packetLength] = length;
    phv[this.ingressLength] = length;
    if (metadata.ingressTime !== undefined) this.setTime(metadata.ingressTime);
    if (this.tracer !== undefined) this.tracer.events = [];
    try {
      this.runIngress(start, start + length);
      if (this.egressQueue.length > 0 || this.ingressQueue.length > 0) this.drain();
    } catch (error) {
      this.fault(error);
      this.drain();
    }
    if (this.tracer !== undefined) {
      const { events } = this.tracer;
      this.options.onTrace({ port, frame: frame.slice(), events });
    }
  }

  /** Starts or stops telling `onTrace` what packets do; not while a packet is under way. */
  setTracing(on: boolean): void {
    this.program.setTracing(on);
    this.bind();
  }

  private bind(): void {
    this.functions = this.program.functions;
    this.packet = this.program.packet;
    this.tracer = this.program.tracer;
    this.views = new FrameViews(this.packet);
  }

  /** Takes a packet's own fault; an error of a device or listener ends the frame and goes on to the caller. */
  private fault(error: unknown): void {
    if (!(error instanceof PacketFault)) {
      this.egressQueue.clear();
      this.ingressQueue.clear();
      throw error;
    }
    this.options.stats.dropped.fault++;
    this.tracer?.add({ kind: 'fault', message: error.message });
    this.options.onFault(error);
  }

  private grow(length: number): void {
    this.program.grow(length);
    this.bind();
  }

  /** Runs everything that waits: egress first, since those packets are older. */
  private drain(): void {
    let ingressPasses = 0;
    let egressPasses = 0;
    for (;;) {
      const toEgress = this.egressQueue.shift();
      const packet = toEgress ?? this.ingressQueue.shift();
      if (packet === undefined) return;
      const endless =
        toEgress === undefined ? ++ingressPasses > MOST_INGRESS_PASSES : ++egressPasses > MOST_EGRESS_PASSES;
      if (endless) {
        this.options.stats.dropped.endless += 1 + this.egressQueue.length + this.ingressQueue.length;
        this.egressQueue.release(packet);
        this.egressQueue.clear();
        this.ingressQueue.clear();
        return;
      }
      if (packet.length > this.program.capacity) this.grow(packet.length);
      const start = this.program.headroom;
      const end = start + packet.length;
      this.phv.set(packet.phv);
      for (let i = 0; i < packet.length; i++) this.packet[start + i] = packet.bytes[i] ?? 0;
      const { port } = packet;
      this.egressQueue.release(packet);
      try {
        if (toEgress === undefined) this.runIngress(start, end);
        else this.runEgress(port, start, end);
      } catch (error) {
        this.fault(error);
      }
    }
  }

  private runIngress(start: number, end: number): void {
    const { phv, metadata, options } = this;
    const length = phv[this.packetLength] ?? 0;
    this.tracer?.add({ kind: 'ingress', port: phv[metadata.ingressPort.at] ?? 0 });
    const payload = this.functions.parse(start, end);
    this.functions.ingress();
    phv[this.exit] = 0;
    const egressSpec = phv[metadata.egressSpec.at] ?? 0;
    const group = metadata.multicastGroup === undefined ? 0 : (phv[metadata.multicastGroup.at] ?? 0);
    if (phv[this.cloneSession] !== 0) this.cloneIngress(start, end, length);
    const digest = phv[this.digest] ?? 0;
    if (digest !== 0) this.sendDigest(digest);
    if (phv[this.resubmit] !== 0) {
      this.restart(INSTANCE.resubmitted, phv[this.resubmit] ?? 0, length, phv[this.ingressLength] ?? 0);
      this.ingressQueue.push(phv, this.packet, start, end, 0);
      this.tracer?.add({ kind: 'resubmitted' });
      return;
    }
    if (group !== 0) {
      phv[metadata.instanceType.at] = INSTANCE.replication;
      const replicas = options.pre.copiesOfGroup(group);
      if (replicas === undefined || replicas.length === 0) options.stats.dropped.noReplica++;
      else this.replicate(replicas, payload, end);
      this.tracer?.add({ kind: 'multicast', ports: portsOf(replicas) });
      return;
    }
    if (egressSpec === options.dropPort) {
      options.stats.dropped.ingress++;
      this.tracer?.add({ kind: 'dropped', where: 'ingress' });
      return;
    }
    phv[metadata.instanceType.at] = INSTANCE.normal;
    if (this.egressQueue.length === 0) {
      if (this.admit()) this.runEgress(egressSpec, payload, end);
    } else this.enqueue(egressSpec, payload, end);
  }

  private runEgress(port: number, payload: number, end: number): void {
    const { phv, metadata, options } = this;
    if (metadata.egressTime !== undefined) this.setTime(metadata.egressTime);
    if (metadata.enqueueDepth !== undefined) this.setDepth(metadata.enqueueDepth, port);
    if (metadata.dequeueDepth !== undefined) this.setDepth(metadata.dequeueDepth, port);
    phv[metadata.egressPort.at] = port & metadata.egressPort.mask;
    // Anything but the drop port, so that only egress itself can ask for a drop.
    phv[metadata.egressSpec.at] = (options.dropPort + 1) & metadata.egressSpec.mask;
    phv[metadata.packetLength.at] = phv[this.packetLength] ?? 0;
    this.tracer?.add({ kind: 'egress', port });
    this.functions.egress();
    if (phv[this.cloneSession] !== 0) this.cloneEgress(payload, end);
    if (phv[metadata.egressSpec.at] === options.dropPort) {
      options.stats.dropped.egress++;
      this.tracer?.add({ kind: 'dropped', where: 'egress' });
      return;
    }
    const start = this.functions.deparse(payload, end);
    if (phv[this.recirculate] !== 0) {
      const size = end - start;
      this.restart(INSTANCE.recirculated, phv[this.recirculate] ?? 0, size, size);
      this.ingressQueue.push(phv, this.packet, start, end, 0);
      this.tracer?.add({ kind: 'recirculated' });
      return;
    }
    const truncate = phv[this.truncate] ?? 0;
    const length = truncate === 0 ? end - start : Math.min(end - start, truncate - 1);
    this.tracer?.add({ kind: 'sent', port, bytes: length });
    options.output(port, this.views.get(start, start + length));
  }

  /** Whether the packet's priority has a queue; stamps the time it enters it. */
  private admit(): boolean {
    const { priority, enqueueTime } = this.metadata;
    if (priority !== undefined && (this.phv[priority.at] ?? 0) >= this.options.priorityQueues) {
      this.options.stats.dropped.priority++;
      return false;
    }
    if (enqueueTime !== undefined) this.setTime(enqueueTime);
    return true;
  }

  private enqueue(port: number, payload: number, end: number): void {
    if (this.admit()) this.egressQueue.push(this.phv, this.packet, payload, end, port);
  }

  /** Sends a copy of the current packet to every replica; only the packet's length outlives the copying. */
  private replicate(replicas: readonly Destination[], payload: number, end: number): void {
    const { phv } = this;
    const { replicationId } = this.metadata;
    this.clearRegisters();
    for (const { port, instance } of replicas) {
      if (replicationId !== undefined) phv[replicationId.at] = instance & replicationId.mask;
      this.enqueue(port, payload, end);
    }
  }

  /** A clone of the packet as it came in: parsed again, metadata fresh but for the field list. */
  private cloneIngress(start: number, end: number, length: number): void {
    const { phv, backup, metadata } = this;
    const id = (phv[this.cloneSession] ?? 0) & SESSION_MASK;
    const list = phv[this.cloneFieldList] ?? 0;
    phv[this.cloneSession] = 0;
    phv[this.cloneFieldList] = 0;
    if (!this.options.pre.cloneSessions.has(id)) return;
    backup.set(phv);
    phv.fill(0);
    phv[metadata.ingressPort.at] = backup[metadata.ingressPort.at] ?? 0;
    phv[this.ingressLength] = backup[this.ingressLength] ?? 0;
    const payload = this.functions.parse(start, end);
    phv.fill(0, 0, this.metadataWords);
    this.copyFields(list);
    phv[metadata.instanceType.at] = INSTANCE.ingressClone;
    phv[this.packetLength] = length;
    this.sendClones(id, payload, end);
    phv.set(backup);
  }

  /** A clone of the packet as egress leaves it: headers kept, metadata fresh but for the field list. */
  private cloneEgress(payload: number, end: number): void {
    const { phv, backup, metadata } = this;
    const id = (phv[this.cloneSession] ?? 0) & SESSION_MASK;
    const list = phv[this.cloneFieldList] ?? 0;
    phv[this.cloneSession] = 0;
    phv[this.cloneFieldList] = 0;
    if (!this.options.pre.cloneSessions.has(id)) return;
    backup.set(phv);
    phv.fill(0, 0, this.metadataWords);
    this.copyFields(list);
    phv[metadata.instanceType.at] = INSTANCE.egressClone;
    this.sendClones(id, payload, end);
    phv.set(backup);
  }

  private sendClones(session: number, payload: number, end: number): void {
    const { phv } = this;
    const { pre } = this.options;
    const replicas = pre.copiesOfSession(session) ?? [];
    const cut = pre.cloneSessions.get(session)?.packetLength ?? 0;
    const { replicationId } = this.metadata;
    this.tracer?.add({ kind: 'cloned', ports: portsOf(replicas) });
    this.clearRegisters();
    if (cut > 0) phv[this.truncate] = cut + 1;
    for (const { port, instance } of replicas) {
      if (replicationId !== undefined && instance !== 0)
        phv[replicationId.at] = instance & replicationId.mask;
      this.enqueue(port, payload, end);
    }
  }

  /** Makes the PHV that of a packet about to enter ingress again. */
  private restart(instance: number, list: number, length: number, ingressLength: number): void {
    const { phv, backup, metadata } = this;
    backup.set(phv);
    phv.fill(0);
    this.copyFields(list);
    phv[metadata.instanceType.at] = instance;
    phv[metadata.packetLength.at] = length;
    phv[this.packetLength] = length;
    phv[this.ingressLength] = ingressLength;
  }

  /** Copies a field list's fields from the backup. */
  private copyFields(list: number): void {
    const words = this.fieldLists.get(list);
    if (words === undefined) return;
    for (let i = 0; i < words.length; i++) {
      const at = words[i] ?? 0;
      this.phv[at] = this.backup[at] ?? 0;
    }
  }

  private clearRegisters(): void {
    const { phv } = this;
    phv[this.cloneSession] = 0;
    phv[this.cloneFieldList] = 0;
    phv[this.digest] = 0;
    phv[this.resubmit] = 0;
    phv[this.recirculate] = 0;
    phv[this.truncate] = 0;
    phv[this.exit] = 0;
  }

  private sendDigest(id: number): void {
    this.tracer?.add({ kind: 'digest', list: id });
    const list = this.digestLists.get(id);
    const stream = list === undefined ? undefined : this.program.objects.digests[list.index];
    if (list === undefined || stream === undefined) return;
    const { words } = list;
    for (let i = 0; i < words.length; i++) stream.sample[i] = this.phv[words[i] ?? 0] ?? 0;
    stream.add();
  }

  /** The queue a packet joins is its port's device's: the switch itself has none. */
  private setDepth(field: Intrinsic, port: number): void {
    this.phv[field.at] = Math.min(this.options.queued(port), field.mask);
  }

  private setTime(field: Intrinsic): void {
    const now = this.options.clock.now();
    if (field.words === 1) {
      this.phv[field.at] = (now % 4_294_967_296) & field.mask;
      return;
    }
    this.phv[field.at] = Math.floor(now / 4_294_967_296) & field.mask;
    this.phv[field.at + 1] = now;
  }
}

function portsOf(replicas: readonly Destination[] | undefined): number[] {
  return (replicas ?? []).map(({ port }) => port);
}

/** The PHV words of some fields, field after field. */
function wordsOf(layout: Layout, fields: readonly FieldRef[]): WordList {
  const words: number[] = [];
  for (const ref of fields) {
    const at = layout.field(ref);
    const count = ref.field < 0 ? 1 : layout.fieldPlace(ref.header.type, ref.field).words;
    for (let i = 0; i < count; i++) words.push(at + i);
  }
  return Int32Array.from(words);
}
