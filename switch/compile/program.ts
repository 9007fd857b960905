import type { Clock } from '../clock.js';
import { createHash, hashModulo } from '../runtime/index.js';
import type { ProgramSpec } from '../spec/types.js';
import { actionFunction } from './actions.js';
import { controlFunction, tableFunction } from './control.js';
import { deparseFunction } from './deparser.js';
import { type FaultKind, PacketFault } from './fail.js';
import { headerFunctions } from './header-functions.js';
import { Layout } from './layout.js';
import { type IndexedObjects, makeObjects, type ProgramObjects } from './objects.js';
import { parseFunction } from './parser.js';
import { Source } from './source.js';
import { makeSupport } from './support.js';
import { Tracer } from './trace.js';

export interface CompileOptions {
  readonly clock: Clock;
  /** Port that stands for "drop" in egress_spec. */
  readonly dropPort: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Takes what log_msg prints, placeholders unfilled. */
  readonly log: (format: string, values: readonly bigint[]) => void;
}

/** The functions of one compiled program. They work on its one PHV and one packet buffer. */
export interface PacketFunctions {
  /** Parses packet bytes `start` to `end`; returns where the payload begins. */
  parse(start: number, end: number): number;
  ingress(): void;
  egress(): void;
  /** Writes headers right before the payload at `at`; returns where the packet begins. */
  deparse(at: number, end: number): number;
}

/** Packet bytes a buffer holds at first; larger frames make it grow. */
const FIRST_PACKET_BYTES = 16_384;
/** Bytes behind a buffer's end that multi-byte loads may touch. */
const SLACK = 16;

/** Programs instantiated in this process. */
let instances = 0;

/** A compiled program: its objects, its PHV, its buffers and the generated functions over them. */
export class Program implements ProgramObjects {
  readonly spec: ProgramSpec;
  readonly layout: Layout;
  /** The generated JavaScript, with the P4 lines it comes from as comments. */
  readonly source: string;
  readonly tables: ProgramObjects['tables'];
  readonly profiles: ProgramObjects['profiles'];
  readonly counters: ProgramObjects['counters'];
  readonly meters: ProgramObjects['meters'];
  readonly registers: ProgramObjects['registers'];
  readonly valueSets: ProgramObjects['valueSets'];
  readonly digests: ProgramObjects['digests'];
  readonly objects: IndexedObjects;
  readonly phv: Uint32Array;
  /** Bytes before a packet in the buffer: room for the headers the program may add. */
  readonly headroom: number;
  /** Bytes of packet the buffer takes. */
  capacity: number;
  packet: Uint8Array;
  functions: PacketFunctions;
  private readonly options: CompileOptions;
  /** The tracer that is told what packets do, while one is wanted. */
  tracer: Tracer | undefined;

  constructor(spec: ProgramSpec, options: CompileOptions) {
    this.spec = spec;
    this.options = options;
    this.layout = new Layout(spec);
    const { byName, byIndex } = makeObjects(spec, options.clock);
    this.tables = byName.tables;
    this.profiles = byName.profiles;
    this.counters = byName.counters;
    this.meters = byName.meters;
    this.registers = byName.registers;
    this.valueSets = byName.valueSets;
    this.digests = byName.digests;
    this.objects = byIndex;
    this.phv = new Uint32Array(this.layout.words);
    this.headroom = headroomOf(spec);
    this.source = generate(spec, this.layout, byIndex, options.dropPort, false);
    this.capacity = FIRST_PACKET_BYTES;
    this.packet = new Uint8Array(0);
    this.functions = this.instantiate();
  }

  /** Makes room for frames of `bytes` bytes: larger buffers and functions bound to them. */
  grow(bytes: number): void {
    while (this.capacity < bytes) this.capacity *= 2;
    this.functions = this.instantiate();
  }

  /** Changes to code that tells a tracer what it does, or back; tables and registers stay as they are. */
  setTracing(on: boolean): void {
    this.tracer = on ? new Tracer(this.spec, this.layout, this.phv) : undefined;
    this.functions = this.instantiate();
  }

  private instantiate(): PacketFunctions {
    this.packet = new Uint8Array(this.headroom + this.capacity + SLACK);
    const inputs = this.spec.calculations.map((calculation) =>
      calculation.inputs.reduce((sum, input) => {
        if (input.kind === 'constant') return sum + input.width;
        if (input.kind === 'field') return sum + (input.ref.header.type.fields[input.ref.field]?.width ?? 1);
        return sum + input.header.type.fields.reduce((bits, field) => bits + field.width, 0);
      }, 0),
    );
    const scratch = new Uint8Array(this.capacity + Math.ceil(Math.max(0, ...inputs) / 8) + 4096);
    const source =
      this.tracer === undefined
        ? this.source
        : generate(this.spec, this.layout, this.objects, this.options.dropPort, true);
    // V8 specialises functions on what they close over where there is one closure of each, so every
    // instance is a text of its own: equal ones would share code and feedback through V8's eval cache.
    const factory = new Function('env', `${source}// instance ${++instances}`) as Factory;
    return factory({
      P: this.phv,
      B: this.packet,
      D: new DataView(this.packet.buffer),
      H: scratch,
      HD: new DataView(scratch.buffer),
      support: makeSupport({ phv: this.phv, packet: this.packet, scratch }, this.options.random),
      hashModulo,
      objects: this.objects,
      now: () => this.options.clock.now(),
      log: this.options.log,
      fail: (kind, where) => {
        throw new PacketFault(kind, where);
      },
      IPV4: createHash('csum16'),
      NO_DATA: new Uint32Array(1),
      trace: this.tracer,
    });
  }
}

/** Everything generated code refers to. */
interface Environment {
  readonly P: Uint32Array;
  readonly B: Uint8Array;
  readonly D: DataView;
  readonly H: Uint8Array;
  readonly HD: DataView;
  readonly support: ReturnType<typeof makeSupport>;
  readonly hashModulo: typeof hashModulo;
  readonly objects: IndexedObjects;
  readonly now: () => number;
  readonly log: CompileOptions['log'];
  readonly fail: (kind: FaultKind, where: string) => never;
  readonly IPV4: ReturnType<typeof createHash>;
  readonly NO_DATA: Uint32Array;
  readonly trace: Tracer | undefined;
}

type Factory = (environment: Environment) => PacketFunctions;

/** Most bytes of header the deparser can write. */
function headroomOf(spec: ProgramSpec): number {
  const bytes = spec.deparser.order.reduce((sum, header) => {
    const varbit = header.type.fields[header.type.varbit]?.width ?? 0;
    return sum + Math.ceil((header.type.fixedBits + varbit) / 8);
  }, 0);
  return bytes + SLACK;
}

function generate(
  spec: ProgramSpec,
  layout: Layout,
  objects: IndexedObjects,
  dropPort: number,
  trace: boolean,
): string {
  const out = new Source();
  const target = { spec, dropPort, hashBits: objects.calculations.map(({ bits }) => bits) };
  out.line("'use strict';");
  out.comment(undefined, spec.name);
  out.line('const { P, B, D, H, HD, objects, hashModulo, now, log, fail, IPV4, NO_DATA, trace } = env;');
  out.line(
    'const { POW, highProduct, bigAt, bigClamp, bigDivide, hashBig, random, randomBig } = env.support;',
  );
  out.line('const { putBits, putVarbit, loadVarbit, storeVarbit, appendBits, appendVarbit } = env.support;');
  spec.tables.forEach((_, i) => {
    out.line(`const T${i} = objects.tables[${i}], K${i} = T${i}.key, T${i}S = T${i}.stride;`);
  });
  const declare = (prefix: string, list: string, count: number, suffix = '') => {
    for (let i = 0; i < count; i++) out.line(`const ${prefix}${i} = objects.${list}[${i}]${suffix};`);
  };
  declare('R', 'registers', spec.registers.length, '.cells');
  declare('C', 'counters', spec.counters.length);
  declare('M', 'meters', spec.meters.length);
  declare('V', 'valueSets', spec.valueSets.length);
  declare('A', 'calculations', spec.calculations.length);
  declare('S', 'selectors', spec.profiles.length);
  // Where the payload lies, for calculations over it.
  out.line('let payloadAt = 0, payloadEnd = 0;');
  appendPayload(layout, out);
  const read = new Set(
    spec.parser.states.flatMap(({ operations }) =>
      operations.map((operation) => (operation.kind === 'extract' ? operation.type : undefined)),
    ),
  );
  const written = new Set(spec.deparser.order.map((header) => header.type));
  spec.headerTypes.forEach((type, id) => {
    headerFunctions(layout, out, type, id, { read: read.has(type), write: written.has(type) });
  });
  for (const action of spec.actions) actionFunction(layout, out, target, action, trace);
  for (const table of spec.tables) tableFunction(layout, out, table, trace);
  parseFunction(layout, out, target, trace);
  controlFunction(layout, out, spec.ingress, 'ingress', trace);
  controlFunction(layout, out, spec.egress, 'egress', trace);
  deparseFunction(layout, out, target);
  out.line('return { parse, ingress, egress, deparse };');
  return out.toString();
}

/** Appends the payload to the scratch buffer, as far as a truncated packet goes. */
function appendPayload(layout: Layout, out: Source): void {
  const truncate = `P[${layout.register('truncate')}]`;
  out.open('function appendPayload(at) {');
  out.line(`let n = payloadEnd - payloadAt;`);
  out.line(`if (${truncate} !== 0 && n > ${truncate} - 1) n = ${truncate} - 1;`);
  out.line('for (let i = 0; i < n; i++) H[at + i] = B[payloadAt + i];');
  out.line('return at + n;');
  out.close();
}
