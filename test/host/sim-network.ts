import { type DatagramSocket, type HostEnvironment, MAX_DATAGRAM, type Timer } from '../../host/index.js';

/** A UDP datagram in the simulated network. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly src: string;
  readonly srcPort: number;
  readonly dst: string;
  readonly dstPort: number;
}

/** What every hop does to a datagram. */
export interface Faults {
  /** Probabilities. */
  readonly loss: number;
  readonly duplicate: number;
  /** Delay of a hop, uniform, microseconds: a wide range reorders. */
  readonly minDelayUs: number;
  readonly maxDelayUs: number;
}

export const CALM: Faults = { loss: 0, duplicate: 0, minDelayUs: 10, maxDelayUs: 10 };
export const ROUGH: Faults = { loss: 0.1, duplicate: 0.1, minDelayUs: 10, maxDelayUs: 400 };

interface Event {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
  cancelled: boolean;
}

/** Hosts and whatever a test puts between them, in virtual time, with one seed. */
export class SimNetwork {
  faults: Faults;
  /** Where a host's datagrams go after the first hop; the default knows addresses and nothing else. */
  route: (datagram: Datagram) => void = (datagram) => this.deliver(datagram);
  /** Datagrams that were put on a hop. */
  hops = 0;
  readonly #hosts = new Map<string, SimHost>();
  readonly #heap: Event[] = [];
  #now = 0;
  #order = 0;
  #seed: number;

  constructor(seed: number, faults: Faults = CALM) {
    this.#seed = seed >>> 0;
    this.faults = faults;
  }

  now(): number {
    return this.#now;
  }

  /** mulberry32 */
  random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0;
    let t = this.#seed;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  }

  schedule(delayUs: number, fn: () => void): Timer {
    const event: Event = { at: this.#now + Math.max(0, delayUs), order: this.#order++, fn, cancelled: false };
    this.#push(event);
    return {
      cancel: () => {
        event.cancelled = true;
      },
    };
  }

  host(address: string, maxDatagram?: number): SimHost {
    const host = new SimHost(this, address, maxDatagram);
    this.#hosts.set(address, host);
    return host;
  }

  /** Carries something over one faulty hop: never, once or twice, now or later. */
  hop(arrive: () => void): void {
    this.hops++;
    const { loss, duplicate, minDelayUs, maxDelayUs } = this.faults;
    const delay = () => minDelayUs + this.random() * (maxDelayUs - minDelayUs);
    if (this.random() >= loss) this.schedule(delay(), arrive);
    if (this.random() < duplicate) this.schedule(delay(), arrive);
  }

  /** The last hop: to the host with the destination address. */
  deliver(datagram: Datagram): void {
    this.hop(() => this.#hosts.get(datagram.dst)?.arrive(datagram));
  }

  /** Runs until the promise settles. @throws where nothing is left to happen, or virtual time runs out. */
  async run<T>(until: Promise<T>, limitUs = 60_000_000): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    until.then(mark, mark);
    const end = this.#now + limitUs;
    await drain();
    while (!settled) {
      const event = this.#pop();
      if (event === undefined) throw new Error(`at ${this.#now} µs nothing is left to happen: it hangs`);
      if (event.at > end) throw new Error(`not done after ${limitUs} µs of virtual time`);
      this.#now = event.at;
      event.fn();
      await drain();
    }
    return until;
  }

  /** Runs for a time. */
  async sleep(us: number): Promise<void> {
    await this.run(new Promise<void>((wake) => this.schedule(us, wake)), us + 1);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let i = heap.push(event) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(event, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    for (;;) {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        let i = 0;
        for (;;) {
          let child = 2 * i + 1;
          let least = heap[child];
          const right = heap[child + 1];
          if (least !== undefined && right !== undefined && before(right, least)) {
            least = right;
            child++;
          }
          if (least === undefined || !before(least, last)) break;
          heap[i] = least;
          i = child;
        }
        heap[i] = last;
      }
      if (!top.cancelled) return top;
    }
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Lets every promise that can go on go on. */
function drain(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A host of the simulated network. */
export class SimHost implements HostEnvironment {
  readonly address: string;
  readonly network: SimNetwork;
  readonly maxDatagram: number;
  readonly #sockets = new Map<number, DatagramSocket>();
  #alive = true;
  #nextPort = 49152;

  constructor(network: SimNetwork, address: string, maxDatagram = MAX_DATAGRAM) {
    this.network = network;
    this.maxDatagram = maxDatagram;
    this.address = address;
  }

  now(): number {
    return this.network.now();
  }

  random(): number {
    return this.network.random();
  }

  setTimer(delayUs: number, fn: () => void): Timer {
    return this.network.schedule(delayUs, () => {
      if (this.#alive) fn();
    });
  }

  openSocket(port: number): DatagramSocket {
    const chosen = port === 0 ? this.#nextPort++ : port;
    const socket: DatagramSocket = {
      port: chosen,
      onMessage: undefined,
      send: (payload, dst, dstPort) => {
        if (!this.#alive) return;
        const datagram = { bytes: payload.slice(), src: this.address, srcPort: chosen, dst, dstPort };
        this.network.hop(() => this.network.route(datagram));
      },
      close: () => {
        this.#sockets.delete(chosen);
      },
    };
    this.#sockets.set(chosen, socket);
    return socket;
  }

  /** Sends nothing, hears nothing, forgets its timers. */
  die(): void {
    this.#alive = false;
  }

  arrive(datagram: Datagram): void {
    if (!this.#alive) return;
    // A copy that is spoilt afterwards: whoever keeps the view has a bug that shows.
    const bytes = datagram.bytes.slice();
    this.#sockets.get(datagram.dstPort)?.onMessage?.(bytes, datagram.src, datagram.srcPort);
    bytes.fill(0xdd);
  }
}
