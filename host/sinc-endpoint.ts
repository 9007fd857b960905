import { decodeSinc, emptySincHeader, type SincHeader, UDP_PORT_SINC, WireError } from '../wire/index.js';
import type { DatagramSocket, HostEnvironment } from './environment.js';
import { HostError } from './errors.js';

/** Takes packets of one group. Header and bytes are valid during the call only; a WireError thrown counts as malformed. */
export type SincListener = (
  header: Readonly<SincHeader>,
  bytes: Uint8Array,
  fromAddress: string,
  fromPort: number,
) => void;

export interface SincCounters {
  received: number;
  malformed: number;
  /** Packets of groups nobody here listens to. */
  unclaimed: number;
}

interface GroupListeners {
  readonly results: SincListener[];
  readonly requests: SincListener[];
}

/** The host's one SINC socket, on the SINC port, where the fabric delivers results (protocol section 4). */
export class SincEndpoint {
  readonly environment: HostEnvironment;
  readonly counters: SincCounters = { received: 0, malformed: 0, unclaimed: 0 };
  readonly #socket: DatagramSocket;
  readonly #groups = new Map<number, GroupListeners>();
  readonly #claimed = new Set<string>();
  readonly #header = emptySincHeader();
  #closed = false;

  constructor(environment: HostEnvironment) {
    this.environment = environment;
    this.#socket = environment.openSocket(UDP_PORT_SINC);
    this.#socket.onMessage = (bytes, address, port) => this.#receive(bytes, address, port);
  }

  /**
   * Makes this host a source of a group until the returned function is called: two under one number would take each other's results.
   * @throws HostError INVALID_ARGUMENT where it is that source already
   */
  claim(group: number, source: number): () => void {
    const key = `${group}/${source}`;
    if (this.#claimed.has(key)) {
      const problem = `this host has source ${source} of the group already`;
      throw HostError.invalid(`group ${group}`, problem, 'share that one, or close it first');
    }
    this.#claimed.add(key);
    return () => void this.#claimed.delete(key);
  }

  /** Hears packets with D=1 (`results`) or D=0 (`requests`) of a group until the returned function is called. */
  listen(group: number, kind: 'results' | 'requests', listener: SincListener): () => void {
    if (this.#closed) throw HostError.closed('SINC endpoint');
    let listeners = this.#groups.get(group);
    if (listeners === undefined) {
      listeners = { results: [], requests: [] };
      this.#groups.set(group, listeners);
    }
    const list = listeners[kind];
    list.push(listener);
    return () => {
      const at = list.indexOf(listener);
      if (at >= 0) list.splice(at, 1);
    };
  }

  /** Sends a datagram to a SINC port. */
  send(bytes: Uint8Array, address: string, port: number = UDP_PORT_SINC): void {
    if (!this.#closed) this.#socket.send(bytes, address, port);
  }

  close(): void {
    this.#closed = true;
    this.#groups.clear();
    this.#socket.close();
  }

  #receive(bytes: Uint8Array, fromAddress: string, fromPort: number): void {
    this.counters.received++;
    try {
      const header = decodeSinc(bytes, 0, this.#header);
      const listeners = this.#groups.get(header.group);
      const list = header.done ? listeners?.results : listeners?.requests;
      if (list === undefined || list.length === 0) {
        this.counters.unclaimed++;
        return;
      }
      for (const listener of list) listener(header, bytes, fromAddress, fromPort);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
    }
  }
}
