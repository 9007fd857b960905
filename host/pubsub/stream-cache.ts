import type { Name } from '../../wire/index.js';
import type { Host } from '../host.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import { cacheName, repairName, serveRepairs } from './repair.js';
import { SegmentStore } from './segment-store.js';
import { type SubscribeOptions, Subscription } from './subscription.js';

export interface StreamCacheOptions extends SubscribeOptions {
  /** Segments, and bytes of them, kept. Defaults 256, 64 MiB. */
  readonly keep?: number | undefined;
  readonly keepBytes?: number | undefined;
  /** Name it answers under. Default: the stream's with `/cache`, which several caches may serve. */
  readonly name?: string | undefined;
  readonly service?: ServeOptions | undefined;
}

/** Hears a live stream and keeps its last segments, for those who join late or have lost some. */
export class StreamCache {
  readonly #store: SegmentStore;
  readonly #subscription: Subscription;
  #service: Service | undefined;
  /** Segments others have asked for. */
  asked = 0;

  private constructor(store: SegmentStore, subscription: Subscription) {
    this.#store = store;
    this.#subscription = subscription;
  }

  /** @throws HostError where the registry refuses or cannot be reached. */
  static async start(
    host: Host,
    stream: string | Name,
    options: StreamCacheOptions = {},
  ): Promise<StreamCache> {
    const { text } = host.nameOf(stream);
    const keep = options.keep ?? 256;
    const store = new SegmentStore(keep, options.keepBytes ?? 1 << 26);
    // Not itself, which has what it has.
    const repair = options.repair ?? [repairName(text)];
    const subscription = await Subscription.start(host, stream, { from: { back: keep }, ...options, repair });
    const cache = new StreamCache(store, subscription);
    void cache.#fill();
    try {
      const name = options.name ?? cacheName(text);
      cache.#service = await serveRepairs(host, name, store, options.service ?? {}, (from, to) => {
        cache.asked += to - from;
      });
    } catch (error) {
      await subscription.close();
      throw error;
    }
    return cache;
  }

  /** Segments kept, and their bytes. */
  get size(): number {
    return this.#store.size;
  }

  get bytes(): number {
    return this.#store.bytes;
  }

  get subscription(): Subscription {
    return this.#subscription;
  }

  /** Leaves the stream and answers no more. */
  async close(): Promise<void> {
    await this.#subscription.close();
    await this.#service?.stop();
  }

  async #fill(): Promise<void> {
    for await (const event of this.#subscription) {
      if (event.kind === 'segment') {
        if (event.epoch !== this.#store.epoch) this.#store.restart(event.epoch, event.sequence);
        this.#store.put(event.sequence, event.data);
      } else if (event.kind === 'restart') this.#store.restart(event.epoch, 0);
      else if (event.kind === 'end') {
        if (event.epoch !== this.#store.epoch) this.#store.restart(event.epoch, event.sequence);
        this.#store.ended = true;
      }
    }
  }
}
