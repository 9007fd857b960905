import {
  decodeCell,
  decodeSinc,
  encodeCell,
  encodeSinc,
  readValues,
  SINC_FETCH_ADD,
  SINC_MAX,
  SINC_MIN,
  SINC_SUM_AHEAD,
  type SincHeader,
  UDP_PORT_SINC,
  writeValues,
} from '../../wire/index.js';
import type { Datagram, SimNetwork } from './sim-network.js';

interface SlotCell {
  epoch: number;
  seq: number;
  bitmap: number;
  values: Int32Array;
  overflow: boolean;
}

/** What a switch of a reduce tree is told by the controller. */
export interface ReduceSwitchConfig {
  readonly group: number;
  readonly epoch: number;
  readonly window: number;
  readonly operation: number;
  readonly saturating?: boolean | undefined;
  /** What packets from below give as the number of sources. */
  readonly sources: number;
  /** Source IDs below this switch; bit i of the bitmap is members[i]. */
  readonly members: readonly number[];
  /** Where a partial result goes, and as which source; the root has no parent. */
  readonly parent?: { readonly node: ReduceSwitch; readonly source: number } | undefined;
  /** Where a root sends results of requests with L=0. */
  readonly destination?: string | undefined;
  /** What hangs below, member by member: hosts by address or further switches. */
  readonly below: readonly (string | ReduceSwitch)[];
}

/** A switch of protocol section 4.5, written from the text as plainly as can be. */
export class ReduceSwitch {
  config: ReduceSwitchConfig | undefined;
  late = 0;
  repeated = 0;
  foreign = 0;
  readonly #network: SimNetwork;
  readonly #cells = new Map<number, SlotCell>();

  constructor(network: SimNetwork) {
    this.#network = network;
  }

  /** A packet with D=0 from below; returns false where the switch does not compute it. */
  request(bytes: Uint8Array): boolean {
    const header = decodeSinc(bytes);
    const config = this.config;
    const member = config?.members.indexOf(header.source) ?? -1;
    if (
      config === undefined ||
      member < 0 ||
      header.group !== config.group ||
      header.sources !== config.sources ||
      header.operation !== config.operation ||
      header.offset !== 16
    ) {
      this.foreign++;
      return false;
    }
    const count = (bytes.length - 16) / 4;
    const values = new Int32Array(count);
    readValues(bytes, 16, values, 0, count);
    const index = header.seq & (2 * config.window - 1);
    const full = 2 ** config.members.length - 1;
    const bit = 1 << member;
    const cell = this.#cells.get(index) ?? { epoch: -1, seq: 0, bitmap: 0, values, overflow: false };
    this.#cells.set(index, cell);
    const age = (header.seq - cell.seq) | 0;
    if (cell.epoch === config.epoch && age < 0) {
      this.late++;
      return true;
    }
    if (cell.epoch !== config.epoch || age > 0) {
      Object.assign(cell, { epoch: config.epoch, seq: header.seq, bitmap: 0, values, overflow: false });
    } else if ((cell.bitmap & bit) !== 0) {
      this.repeated++;
      if (cell.bitmap === full) this.#emit(config, header, cell, member);
      return true;
    } else {
      for (let i = 0; i < count; i++) {
        const a = cell.values[i] ?? 0;
        const b = values[i] ?? 0;
        const isAhead = config.operation === SINC_SUM_AHEAD;
        if (config.operation === SINC_MIN) cell.values[i] = Math.min(a, b);
        else if (config.operation === SINC_MAX || (isAhead && i % 32 === 31)) cell.values[i] = Math.max(a, b);
        else {
          const sum = a + b;
          if (sum !== (sum | 0)) cell.overflow = true;
          const held = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, sum));
          cell.values[i] = config.saturating === true ? held : sum;
        }
      }
    }
    if (header.overflow === true) cell.overflow = true;
    cell.bitmap |= bit;
    if (cell.bitmap === full) this.#emit(config, header, cell, undefined);
    return true;
  }

  /** A packet with D=1 from the parent. */
  result(bytes: Uint8Array): void {
    for (const below of this.config?.below ?? []) this.#down(below, bytes);
  }

  #emit(config: ReduceSwitchConfig, header: SincHeader, cell: SlotCell, to: number | undefined): void {
    const bytes = new Uint8Array(16 + 4 * cell.values.length);
    writeValues(bytes, 16, cell.values, 0, cell.values.length);
    const parent = config.parent;
    if (parent !== undefined) {
      const sources = parent.node.config?.sources ?? 0;
      encodeSinc({ ...header, overflow: cell.overflow, sources, source: parent.source }, bytes);
      this.#network.hop(() => parent.node.request(bytes));
      return;
    }
    encodeSinc({ ...header, overflow: cell.overflow, done: true }, bytes);
    if (!header.loopback) {
      if (config.destination !== undefined) this.#down(config.destination, bytes);
      return;
    }
    const targets = to === undefined ? config.below : config.below.slice(to, to + 1);
    for (const below of targets) this.#down(below, bytes);
  }

  #down(below: string | ReduceSwitch, bytes: Uint8Array): void {
    if (below instanceof ReduceSwitch) this.#network.hop(() => below.result(bytes));
    else {
      this.#network.deliver({
        bytes,
        src: '10.255.0.2',
        srcPort: UDP_PORT_SINC,
        dst: below,
        dstPort: UDP_PORT_SINC,
      });
    }
  }
}

/** A switch that holds the cells [0, count) of a group (protocol section 4.6). */
export class CellSwitch {
  readonly cells: Uint32Array;
  readonly #network: SimNetwork;
  readonly #group: number;
  readonly #last = new Map<number, { seq: number; result: number }>();
  /** Takes no packets. */
  down = false;

  constructor(network: SimNetwork, group: number, count: number) {
    this.#network = network;
    this.#group = group;
    this.cells = new Uint32Array(count);
  }

  /** Is away for a while and comes back knowing nothing. */
  restart(downUs: number): void {
    this.down = true;
    this.#network.schedule(downUs, () => {
      this.down = false;
      this.cells.fill(0);
      this.#last.clear();
    });
  }

  /** Executes a request; returns false where this switch does not. */
  request(datagram: Datagram): boolean {
    const header = decodeSinc(datagram.bytes);
    if (header.group !== this.#group || header.done) return false;
    if (this.down) return true;
    const cell = decodeCell(datagram.bytes, header);
    if (cell.index >= this.cells.length) return false;
    const last = this.#last.get(header.source);
    let result = last?.result ?? 0;
    if (last === undefined || ((header.seq - last.seq) | 0) > 0) {
      result = this.cells[cell.index] ?? 0;
      if (header.operation === SINC_FETCH_ADD) this.cells[cell.index] = result + cell.operand;
      else if (result === cell.operand) this.cells[cell.index] = cell.replacement;
      this.#last.set(header.source, { seq: header.seq, result });
    } else if (header.seq !== last.seq) {
      return true;
    }
    const bytes = new Uint8Array(32);
    encodeSinc({ ...header, done: true }, bytes);
    encodeCell({ ...cell, result }, bytes, 16);
    const dst = datagram.src;
    this.#network.deliver({ bytes, src: datagram.dst, srcPort: UDP_PORT_SINC, dst, dstPort: UDP_PORT_SINC });
    return true;
  }
}
