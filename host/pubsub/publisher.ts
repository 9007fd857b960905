import { NAMED_FIXED_BYTES, type Name, UDP_PORT_NAMED } from '../../wire/index.js';
import { requireBytes, requireTime } from '../arguments.js';
import { MAX_DATAGRAM, type Timer } from '../environment.js';
import { HostError, requireInteger } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import { ChannelLease } from './channel-lease.js';
import { repairName, serveRepairs } from './repair.js';
import { SegmentStore } from './segment-store.js';
import { encodeStreamPacket, STREAM_HEADER_BYTES, StreamKind } from './stream-packet.js';

export interface PublisherOptions {
  /** Segments, and bytes of them, kept for repairs. Defaults 256, 16 MiB. */
  readonly keep?: number | undefined;
  readonly keepBytes?: number | undefined;
  /** Longest time without a packet, microseconds: so subscribers notice what they have lost last. Default 100,000. */
  readonly heartbeatUs?: number | undefined;
  /** Rate at which parts of segments leave, bits per second. Default 200,000,000. */
  readonly rateBps?: number | undefined;
  /** Requests for one segment within 20 ms from which on it is sent to all once more. Default 3. */
  readonly republishAfter?: number | undefined;
  /** Name repairs are asked for under. Default: the stream's with `/repair`. */
  readonly repair?: string | undefined;
  /** Life of the announcement to the registry without renewal, milliseconds. Default 3000. */
  readonly ttlMs?: number | undefined;
  /** Of the repair service. */
  readonly service?: ServeOptions | undefined;
  /** Called with every failure to renew; the publisher goes on. */
  readonly onError?: ((error: HostError) => void) | undefined;
}

/** Time over which requests for a segment are counted, and in which it is sent again at most once. */
const REPUBLISH_WINDOW_US = 20_000;
/** Packets that may leave at once. */
const BURST = 16;
const EMPTY = new Uint8Array(0);

export interface PublisherCounters {
  segments: number;
  packets: number;
  /** Segments asked for by subscribers or caches. */
  repairs: number;
  /** Segments sent to all again because several had missed them. */
  republished: number;
}

/** Publishes a live stream: segments of any length, numbered from 0, to whoever subscribes to its name. */
export class Publisher {
  readonly counters: PublisherCounters = { segments: 0, packets: 0, repairs: 0, republished: 0 };
  readonly name: Name;
  readonly #host: Host;
  readonly #store: SegmentStore;
  readonly #lease: ChannelLease;
  readonly #heartbeatUs: number;
  readonly #packetUs: number;
  readonly #republishAfter: number;
  readonly #room: number;
  readonly #queue: Uint8Array[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #asked = new Map<number, { since: number; times: number }>();
  #service: Service | undefined;
  #pacing: Timer | undefined;
  #heartbeat: Timer | undefined;
  #credit = BURST;
  #creditAt: number;
  #closed = false;

  private constructor(host: Host, name: Name, options: PublisherOptions) {
    const what = `publisher of ${name}`;
    this.#host = host;
    this.name = name;
    this.#store = new SegmentStore(options.keep ?? 256, options.keepBytes ?? 1 << 24);
    requireInteger(what, 'keep', options.keep ?? 256, 1, 1 << 20);
    const { rateBps, heartbeatUs } = options;
    if (rateBps !== undefined) requireInteger(what, 'rateBps', rateBps, 1, 1e12);
    if (heartbeatUs !== undefined) requireTime(what, 'heartbeatUs', heartbeatUs);
    // Another life of the publisher must not be taken for this one.
    this.#store.restart(Math.floor(host.environment.random() * 0x100000000), 0);
    this.#heartbeatUs = options.heartbeatUs ?? 100_000;
    this.#packetUs = (MAX_DATAGRAM * 8e6) / (options.rateBps ?? 200e6);
    this.#republishAfter = options.republishAfter ?? 3;
    this.#room =
      MAX_DATAGRAM - NAMED_FIXED_BYTES - name.bytes.length - host.name.bytes.length - STREAM_HEADER_BYTES;
    this.#creditAt = host.environment.now();
    const place = { name: name.text, port: UDP_PORT_NAMED, ttlMs: options.ttlMs ?? 3000 };
    this.#lease = new ChannelLease(host, 'publish', place, (error) => options.onError?.(error));
  }

  /** Announces the stream, and serves repairs of it. @throws HostError where the registry refuses or cannot be reached. */
  static async start(host: Host, stream: string | Name, options: PublisherOptions = {}): Promise<Publisher> {
    const publisher = new Publisher(host, host.nameOf(stream), options);
    await publisher.#lease.take();
    const name = options.repair ?? repairName(publisher.name.text);
    try {
      const asked = (from: number, to: number) => publisher.#wasAsked(from, to);
      publisher.#service = await serveRepairs(host, name, publisher.#store, options.service ?? {}, asked);
    } catch (error) {
      await publisher.#lease.leave();
      throw error;
    }
    publisher.#beat();
    return publisher;
  }

  /** Which life of the publisher this is. */
  get epoch(): number {
    return this.#store.epoch;
  }

  /** Number of the next segment. */
  get next(): number {
    return this.#store.next;
  }

  /**
   * Publishes a segment (copied) and gives its number; resolves when it is on its way.
   * @throws HostError CLOSED after `end` or `close`, TOO_LARGE beyond 65,535 packets
   */
  async publish(data: Uint8Array): Promise<number> {
    if (this.#closed || this.#store.ended) throw HostError.closed(`publisher of ${this.name}`);
    requireBytes(`publisher of ${this.name}`, 'segment', data);
    const parts = Math.max(1, Math.ceil(data.length / this.#room));
    if (parts > 0xffff) {
      throw new HostError('TOO_LARGE', `segment of ${data.length} bytes: more than 65,535 packets; split it`);
    }
    const sequence = this.#store.next;
    this.#store.put(sequence, data.slice());
    this.counters.segments++;
    this.#enqueue(sequence);
    while (this.#queue.length > 0 && !this.#closed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return sequence;
  }

  /** Says that no more segments follow; repairs are served until `close`. */
  end(): void {
    if (this.#closed || this.#store.ended) return;
    this.#store.ended = true;
    this.#send(this.#sign(StreamKind.END));
    this.#beat();
  }

  /** Leaves. Subscribers that were not told the end take it for a silence. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.halt();
    await this.#lease.leave();
    await this.#service?.stop();
  }

  /** As close, without a word to anybody. */
  halt(): void {
    this.#closed = true;
    this.#pacing?.cancel();
    this.#heartbeat?.cancel();
    this.#queue.length = 0;
    for (const wake of this.#waiting.splice(0)) wake();
    this.#lease.drop();
    this.#service?.halt();
  }

  #enqueue(sequence: number): void {
    const data = this.#store.get(sequence);
    if (data === undefined) return;
    const parts = Math.max(1, Math.ceil(data.length / this.#room));
    for (let part = 0; part < parts; part++) {
      this.#queue.push(
        encodeStreamPacket({
          kind: StreamKind.PART,
          epoch: this.#store.epoch,
          sequence,
          part,
          parts,
          length: data.length,
          data: data.subarray(part * this.#room, (part + 1) * this.#room),
        }),
      );
    }
    this.#pump();
  }

  /** Sends what the rate allows. */
  #pump(): void {
    if (this.#closed || this.#pacing !== undefined) return;
    const now = this.#host.environment.now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#creditAt) / this.#packetUs);
    this.#creditAt = now;
    while (this.#queue.length > 0 && this.#credit >= 1) {
      this.#credit--;
      const packet = this.#queue.shift();
      if (packet !== undefined) this.#send(packet);
    }
    if (this.#queue.length === 0) {
      for (const wake of this.#waiting.splice(0)) wake();
      this.#beat();
      return;
    }
    // At least a microsecond, so that what rounding leaves missing of a packet is there then.
    const waitUs = Math.max(1, (1 - this.#credit) * this.#packetUs);
    this.#pacing = this.#host.environment.setTimer(waitUs, () => {
      this.#pacing = undefined;
      this.#pump();
    });
  }

  #send(packet: Uint8Array): void {
    this.counters.packets++;
    this.#host.publish(this.name, this.#store.next, packet);
  }

  #sign(kind: StreamKind): Uint8Array {
    const { epoch, next } = this.#store;
    return encodeStreamPacket({ kind, epoch, sequence: next, part: 0, parts: 0, length: 0, data: EMPTY });
  }

  #beat(): void {
    this.#heartbeat?.cancel();
    if (this.#closed) return;
    this.#heartbeat = this.#host.environment.setTimer(this.#heartbeatUs, () => {
      this.#send(this.#sign(this.#store.ended ? StreamKind.END : StreamKind.ALIVE));
      this.#beat();
    });
  }

  /** Several who ask for one segment have lost it at a place they share: then once to all is less than once to each. */
  #wasAsked(from: number, to: number): void {
    const now = this.#host.environment.now();
    for (let sequence = from; sequence < to && sequence < this.#store.next; sequence++) {
      this.counters.repairs++;
      const asked = this.#asked.get(sequence);
      if (asked === undefined || now - asked.since > REPUBLISH_WINDOW_US) {
        this.#asked.delete(sequence);
        this.#asked.set(sequence, { since: now, times: 1 });
        for (const [oldest, { since }] of this.#asked) {
          if (now - since <= REPUBLISH_WINDOW_US) break;
          this.#asked.delete(oldest);
        }
        continue;
      }
      asked.times++;
      if (asked.times !== this.#republishAfter) continue;
      this.counters.republished++;
      this.#enqueue(sequence);
    }
  }
}
