import {
  encodeSinc,
  isReduceOperation,
  MAX_VECTORS,
  readValues,
  SINC_OFFSET,
  SINC_SUM,
  type SincHeader,
  UDP_PORT_SINC,
  VECTOR_BYTES,
  VECTOR_VALUES,
  vectorCount,
  writeValues,
} from '../wire/index.js';
import { combine } from './combine.js';
import { HostError, requireInteger } from './errors.js';
import type { SincEndpoint } from './sinc-endpoint.js';

export interface ReduceServerOptions {
  readonly group: number;
  readonly sources: number;
  /** The sources' window, a power of two. */
  readonly window: number;
  /** SINC_SUM (default), SINC_MIN, SINC_MAX or SINC_SUM_AHEAD. */
  readonly operation?: number | undefined;
  /** Whether sums stop at the ends of int32, as the group's switches have them do; else they wrap. Default false. */
  readonly saturating?: boolean | undefined;
  /**
   * The sources' addresses by data source ID. They are learned from packets too, but a source whose packets switches have
   * computed so far is not known otherwise, and could not be asked for a result that a peer has missed.
   */
  readonly members?: readonly string[] | undefined;
  /** Takes the results; the sources are only told that they have arrived. ReduceSink uses it. Default: results go to the sources. */
  readonly sink?: ResultSink | undefined;
}

/** Where results stay that no source is to have (L=0). */
export interface ResultSink {
  /** Takes `count` values at `values[at...]`, valid during the call; false where nobody wants them yet. */
  take(seq: number, values: Int32Array, at: number, count: number, overflow: boolean): boolean;
}

export interface ReduceServerCounters {
  combined: number;
  /** Packets of a SeqNum a cell has left behind. */
  late: number;
  /** Packets of a source already counted. */
  repeated: number;
  /** Packets that contradict the group: other sources, operation or length. */
  inconsistent: number;
  results: number;
  /** Results sources shared because a peer may have missed them; with a sink, those switches have sent. */
  shared: number;
}

const MAX_VALUES = MAX_VECTORS * VECTOR_VALUES;
/** Operand offset of packets switches leave alone (protocol section 4.5, recovery): so a result is not sent to a whole group. */
const BYPASS_OFFSET = 20;
const MAX_PACKET = BYPASS_OFFSET + MAX_VECTORS * VECTOR_BYTES;

/**
 * The drafts' fallback: the destination host computes what no switch did. Takes D=0 packets of a group and sends the
 * D=1 result to every source, with the cells and duplicate rules of protocol section 4.5.
 */
export class ReduceServer {
  readonly counters: ReduceServerCounters = {
    combined: 0,
    late: 0,
    repeated: 0,
    inconsistent: 0,
    results: 0,
    shared: 0,
  };
  readonly #endpoint: SincEndpoint;
  readonly #header: SincHeader;
  readonly #saturating: boolean;
  readonly #sink: ResultSink | undefined;
  readonly #mask: number;
  readonly #packet = new Uint8Array(MAX_PACKET);
  readonly #unlisten: readonly (() => void)[];
  readonly #addresses: (string | undefined)[];
  readonly #ports: Int32Array;

  // By cell; vectors 0 = never used.
  readonly #seq: Uint32Array;
  readonly #vectors: Uint8Array;
  readonly #counts: Int32Array;
  readonly #seen: Uint8Array;
  readonly #overflow: Uint8Array;
  readonly #values: Int32Array;
  /** Whether the sink has the cell's result. */
  readonly #taken: Uint8Array;

  constructor(endpoint: SincEndpoint, options: ReduceServerOptions) {
    const what = `reduce server of group ${options.group}`;
    requireInteger(what, 'group', options.group, 0, 0xffffff);
    requireInteger(what, 'sources', options.sources, 1, 0xffff);
    requireInteger(what, 'window', options.window, 1, 65536);
    const operation = options.operation ?? SINC_SUM;
    if ((options.window & (options.window - 1)) !== 0 || !isReduceOperation(operation)) {
      const problem = `window ${options.window}, operation ${operation}`;
      throw HostError.invalid(what, problem, 'give a power of two, and an operation of section 4.2');
    }
    const cells = 2 * options.window;
    this.#endpoint = endpoint;
    this.#saturating = options.saturating === true;
    this.#sink = options.sink;
    this.#mask = cells - 1;
    this.#header = {
      done: true,
      loopback: options.sink === undefined,
      group: options.group,
      sources: options.sources,
      source: 0,
      seq: 0,
      operation,
      offset: BYPASS_OFFSET,
    };
    this.#addresses = Array.from({ length: options.sources }, (_, source) => options.members?.[source]);
    this.#ports = new Int32Array(options.sources).fill(UDP_PORT_SINC);
    this.#seq = new Uint32Array(cells);
    this.#vectors = new Uint8Array(cells);
    this.#counts = new Int32Array(cells);
    this.#seen = new Uint8Array(cells * options.sources);
    this.#overflow = new Uint8Array(cells);
    this.#values = new Int32Array(cells * MAX_VALUES);
    this.#taken = new Uint8Array(cells);
    this.#unlisten = [
      endpoint.listen(options.group, 'requests', (header, bytes, address, port) =>
        this.#receive(header, bytes, address, port),
      ),
      endpoint.listen(options.group, 'results', (header, bytes) => {
        if (this.#sink === undefined) this.#share(header, bytes);
        else this.#computed(header, bytes);
      }),
    ];
  }

  /** Gives the sink what it would not take before. */
  offer(): void {
    const { sources } = this.#header;
    for (let cell = 0; cell <= this.#mask; cell++) {
      if (this.#counts[cell] === sources && this.#taken[cell] === 0) this.#complete(cell, 0, sources);
    }
  }

  close(): void {
    for (const unlisten of this.#unlisten) unlisten();
  }

  #receive(header: Readonly<SincHeader>, bytes: Uint8Array, address: string, port: number): void {
    const vectors = vectorCount(header, bytes.length);
    const { sources, operation } = this.#header;
    const isOther = header.loopback !== this.#header.loopback;
    if (header.sources !== sources || header.operation !== operation || isOther) {
      this.counters.inconsistent++;
      return;
    }
    const cell = header.seq & this.#mask;
    const source = header.source;
    this.#addresses[source] = address;
    this.#ports[source] = port;
    const age = (header.seq - (this.#seq[cell] ?? 0)) | 0;
    if (this.#vectors[cell] === 0 || age > 0) this.#takeOver(cell, header.seq, vectors);
    else if (age < 0) {
      this.counters.late++;
      return;
    } else if (this.#vectors[cell] !== vectors) {
      this.counters.inconsistent++;
      return;
    }
    if (this.#seen[cell * sources + source] === 1) {
      this.counters.repeated++;
      if (this.#counts[cell] === sources) this.#complete(cell, source, source + 1);
      else if (header.offset !== SINC_OFFSET) this.#askOthers(cell, bytes);
      return;
    }
    if (header.overflow === true) this.#overflow[cell] = 1;
    this.#combine(cell, bytes, header.offset, vectors * VECTOR_VALUES);
    this.#seen[cell * sources + source] = 1;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
    this.counters.combined++;
    if (this.#counts[cell] === sources) this.#complete(cell, 0, sources);
  }

  /** A cell's result is there: it goes to sources [from, to), or to the sink and they are told. */
  #complete(cell: number, from: number, to: number): void {
    if (this.#sink === undefined) {
      this.#send(cell, from, to);
      return;
    }
    if (this.#taken[cell] === 1) {
      this.#acknowledge(cell, from, to);
      return;
    }
    const seq = this.#seq[cell] ?? 0;
    const count = (this.#vectors[cell] ?? 0) * VECTOR_VALUES;
    const overflow = this.#overflow[cell] === 1;
    if (!this.#sink.take(seq, this.#values, cell * MAX_VALUES, count, overflow)) return;
    this.#taken[cell] = 1;
    this.#acknowledge(cell, 0, this.#header.sources);
  }

  /** A result of a switch for the sink: kept as if computed here. It comes again where a source repeats itself. */
  #computed(header: Readonly<SincHeader>, bytes: Uint8Array): void {
    if (header.loopback || header.operation !== this.#header.operation) {
      this.counters.inconsistent++;
      return;
    }
    const vectors = vectorCount(header, bytes.length);
    const { sources } = this.#header;
    const cell = header.seq & this.#mask;
    const age = (header.seq - (this.#seq[cell] ?? 0)) | 0;
    if (this.#vectors[cell] === 0 || age > 0) this.#takeOver(cell, header.seq, vectors);
    else if (age < 0 || this.#vectors[cell] !== vectors) {
      this.counters.late++;
      return;
    }
    if (this.#counts[cell] !== sources) {
      readValues(bytes, header.offset, this.#values, cell * MAX_VALUES, vectors * VECTOR_VALUES);
      this.#overflow[cell] = header.overflow === true ? 1 : 0;
      this.#counts[cell] = sources;
      this.#seen.fill(1, cell * sources, (cell + 1) * sources);
      this.counters.shared++;
    }
    this.#complete(cell, 0, sources);
  }

  /** Passes a request that came past the switches on to the sources not heard of: one may hold the result. */
  #askOthers(cell: number, bytes: Uint8Array): void {
    // Where results stay here no source holds one.
    if (this.#sink !== undefined) return;
    const { sources } = this.#header;
    for (let source = 0; source < sources; source++) {
      const address = this.#addresses[source];
      if (address === undefined || this.#seen[cell * sources + source] === 1) continue;
      this.#endpoint.send(bytes, address, this.#ports[source]);
    }
  }

  #takeOver(cell: number, seq: number, vectors: number): void {
    const { sources } = this.#header;
    this.#seq[cell] = seq;
    this.#vectors[cell] = vectors;
    this.#counts[cell] = 0;
    this.#overflow[cell] = 0;
    this.#taken[cell] = 0;
    this.#seen.fill(0, cell * sources, (cell + 1) * sources);
  }

  /**
   * A result a source holds and a peer may have missed (protocol section 4.5, recovery): kept as if computed here, and
   * passed on to the sources that have asked. Results of switches, which come by when this host is a source as well, have
   * the usual offset and are none of the server's business.
   */
  #share(header: Readonly<SincHeader>, bytes: Uint8Array): void {
    const vectors = vectorCount(header, bytes.length);
    const { sources, operation } = this.#header;
    if (header.offset === SINC_OFFSET) return;
    if (header.sources !== sources || header.operation !== operation) {
      this.counters.inconsistent++;
      return;
    }
    const cell = header.seq & this.#mask;
    const age = (header.seq - (this.#seq[cell] ?? 0)) | 0;
    if (this.#vectors[cell] === 0 || age > 0) this.#takeOver(cell, header.seq, vectors);
    else if (age < 0 || this.#counts[cell] === sources || this.#vectors[cell] !== vectors) return;
    this.counters.shared++;
    readValues(bytes, header.offset, this.#values, cell * MAX_VALUES, vectors * VECTOR_VALUES);
    this.#overflow[cell] = header.overflow === true ? 1 : 0;
    this.#counts[cell] = sources;
    for (let source = 0; source < sources; source++) {
      const asked = this.#seen[cell * sources + source] === 1;
      this.#seen[cell * sources + source] = 1;
      if (asked) this.#send(cell, source, source + 1);
    }
  }

  #combine(cell: number, bytes: Uint8Array, at: number, count: number): void {
    const base = cell * MAX_VALUES;
    const values = this.#values;
    if (this.#counts[cell] === 0) {
      readValues(bytes, at, values, base, count);
      return;
    }
    const { operation } = this.#header;
    if (combine(operation, this.#saturating, values, base, bytes, at, count)) this.#overflow[cell] = 1;
  }

  /** Sends the cell's result to sources [from, to). */
  #send(cell: number, from: number, to: number): void {
    const vectors = this.#vectors[cell] ?? 0;
    this.#header.seq = this.#seq[cell] ?? 0;
    this.#header.overflow = this.#overflow[cell] === 1;
    writeValues(this.#packet, BYPASS_OFFSET, this.#values, cell * MAX_VALUES, vectors * VECTOR_VALUES);
    this.#sendTo(this.#packet.subarray(0, BYPASS_OFFSET + vectors * VECTOR_BYTES), from, to);
  }

  /** Tells sources [from, to) that the cell's result has arrived: a result without values. */
  #acknowledge(cell: number, from: number, to: number): void {
    this.#header.seq = this.#seq[cell] ?? 0;
    this.#packet.fill(0, 0, BYPASS_OFFSET);
    this.#sendTo(this.#packet.subarray(0, BYPASS_OFFSET), from, to);
  }

  #sendTo(bytes: Uint8Array, from: number, to: number): void {
    for (let source = from; source < to; source++) {
      const address = this.#addresses[source];
      if (address === undefined) continue;
      this.#header.source = source;
      encodeSinc(this.#header, this.#packet);
      this.#endpoint.send(bytes, address, this.#ports[source]);
      this.counters.results++;
    }
  }
}
