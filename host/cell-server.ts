import {
  CELL_BYTES,
  decodeCell,
  encodeCell,
  encodeSinc,
  isCellOperation,
  SINC_BYTES,
  SINC_FETCH_ADD,
  SINC_OFFSET,
  type SincHeader,
} from '../wire/index.js';
import { requireInteger } from './errors.js';
import type { SincEndpoint } from './sinc-endpoint.js';

export interface CellServerOptions {
  readonly group: number;
  readonly sources: number;
  /** Cells 0 to cells-1 exist. Default 65536. */
  readonly cells?: number | undefined;
}

export interface CellServerCounters {
  executed: number;
  /** Requests that got their first answer again. */
  repeated: number;
  /** Requests older than the source's last. */
  late: number;
  /** Requests that contradict the group or name a cell that does not exist. */
  inconsistent: number;
}

interface Last {
  readonly seq: number;
  readonly answer: Uint8Array;
}

/** The drafts' fallback for cells: the destination host executes D=0 requests, with the rules of protocol section 4.6. */
export class CellServer {
  readonly counters: CellServerCounters = { executed: 0, repeated: 0, late: 0, inconsistent: 0 };
  readonly #endpoint: SincEndpoint;
  readonly #options: CellServerOptions;
  readonly #cells: Uint32Array;
  readonly #last = new Map<number, Last>();
  readonly #unlisten: () => void;

  constructor(endpoint: SincEndpoint, options: CellServerOptions) {
    const cells = options.cells ?? 65_536;
    requireInteger(`cell server of group ${options.group}`, 'cells', cells, 1, 1 << 24);
    requireInteger(`cell server of group ${options.group}`, 'sources', options.sources, 1, 0xffff);
    this.#endpoint = endpoint;
    this.#options = options;
    this.#cells = new Uint32Array(cells);
    this.#unlisten = endpoint.listen(options.group, 'requests', (header, bytes, address, port) =>
      this.#receive(header, bytes, address, port),
    );
  }

  close(): void {
    this.#unlisten();
  }

  #receive(header: Readonly<SincHeader>, bytes: Uint8Array, address: string, port: number): void {
    const cell = decodeCell(bytes, header);
    if (
      header.sources !== this.#options.sources ||
      !isCellOperation(header.operation) ||
      cell.index >= this.#cells.length
    ) {
      this.counters.inconsistent++;
      return;
    }
    const last = this.#last.get(header.source);
    if (last !== undefined && header.seq === last.seq) {
      this.counters.repeated++;
      this.#endpoint.send(last.answer, address, port);
      return;
    }
    if (last !== undefined && ((header.seq - last.seq) | 0) < 0) {
      this.counters.late++;
      return;
    }
    this.counters.executed++;
    const before = this.#cells[cell.index] ?? 0;
    if (header.operation === SINC_FETCH_ADD) this.#cells[cell.index] = before + cell.operand;
    else if (before === cell.operand) this.#cells[cell.index] = cell.replacement;
    const answer = new Uint8Array(SINC_BYTES + CELL_BYTES);
    encodeSinc({ ...header, done: true, offset: SINC_OFFSET }, answer);
    encodeCell({ ...cell, result: before }, answer, SINC_BYTES);
    this.#last.set(header.source, { seq: header.seq, answer });
    this.#endpoint.send(answer, address, port);
  }
}
