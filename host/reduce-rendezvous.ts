import { NackReason, type Name } from '../wire/index.js';
import type { CallOptions } from './call-options.js';
import { HostError, Refusal, requireInteger } from './errors.js';
import type { Host } from './host.js';
import type { ReduceGroup } from './reduce-group.js';
import type { ServeOptions } from './serve-options.js';
import type { Service } from './service.js';
import type { ServiceRequest } from './service-request.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

interface Waiting {
  readonly next: number | undefined;
  readonly answer: (payload: Uint8Array) => void;
}

/**
 * Where the sources of a reduce group agree on a SeqNum to begin anew with, after a TIMEOUT or because one of them has
 * restarted: all ask, each with the SeqNum it would send next, and get the same answer once the last has asked.
 */
export class ReduceRendezvous {
  readonly #sources: number;
  readonly #window: number;
  readonly #waiting = new Map<number, Waiting>();
  #service: Service | undefined;
  #last: number | undefined;
  /** Meetings that came about. */
  met = 0;

  private constructor(sources: number, window: number) {
    requireInteger('reduce rendezvous', 'sources', sources, 1, 0xffff);
    requireInteger('reduce rendezvous', 'window', window, 1, 65_536);
    this.#sources = sources;
    this.#window = window;
  }

  /** Serves a meeting place; one host of the fabric does. @throws HostError as Host.serve */
  static async start(
    host: Host,
    name: string | Name,
    group: { readonly sources: number; readonly window: number },
    options: ServeOptions = {},
  ): Promise<ReduceRendezvous> {
    const rendezvous = new ReduceRendezvous(group.sources, group.window);
    rendezvous.#service = await host.serve(name, (request) => rendezvous.#meet(request), options);
    return rendezvous;
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
  }

  #meet(request: ServiceRequest): Promise<Uint8Array> {
    const { source, next } = parse(request.payload);
    if (source >= this.#sources)
      throw new Refusal(NackReason.UNAVAILABLE, `source ${source} of ${this.#sources}`);
    return new Promise((answer) => {
      // A source that asks again has given its earlier question up.
      this.#waiting.set(source, { next, answer });
      if (this.#waiting.size === this.#sources) this.#agree();
    });
  }

  #agree(): void {
    // A source that has restarted does not know what it sent; none was more than W ahead of the others.
    let base = this.#last ?? 0;
    let isFirst = this.#last === undefined;
    for (const { next } of this.#waiting.values()) {
      if (next === undefined) continue;
      if (isFirst || ((next - base) | 0) > 0) base = next;
      isFirst = false;
    }
    const firstSeq = (base + 2 * this.#window) >>> 0;
    this.#last = firstSeq;
    this.met++;
    const payload = utf8.encode(JSON.stringify({ first_seq: firstSeq }));
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { answer } of all) answer(payload);
  }
}

function parse(payload: Uint8Array): { readonly source: number; readonly next: number | undefined } {
  try {
    const { source, next }: { source?: unknown; next?: unknown } = JSON.parse(text.decode(payload));
    const isNext = next === undefined || (Number.isInteger(next) && Number(next) >= 0);
    if (Number.isInteger(source) && Number(source) >= 0 && isNext) {
      return { source: Number(source), next: next === undefined ? undefined : Number(next) };
    }
  } catch {
    // As below.
  }
  throw new Refusal(NackReason.UNAVAILABLE, 'not {"source", "next"}');
}

/**
 * Meets the other sources at a ReduceRendezvous and gives the SeqNum to begin with: for `ReduceGroup.renew`, or as
 * `firstSeq` of a source that has restarted.
 * @param group the source's group, or just its number where it has restarted
 * @throws HostError as Host.call (default deadline 30 s): some source has not come; BAD_REPLY
 */
export async function meetSources(
  host: Host,
  name: string | Name,
  group: ReduceGroup | { readonly source: number },
  options: CallOptions = {},
): Promise<number> {
  const next = 'nextSeq' in group ? group.nextSeq : undefined;
  const question = utf8.encode(JSON.stringify({ source: group.source, next }));
  // A question stays open until the last source has come, so it is repeated for as long as there is time.
  const { payload } = await host.call(name, question, {
    deadlineUs: 30_000_000,
    attempts: 255,
    ...options,
  });
  try {
    const { first_seq: firstSeq }: { first_seq?: unknown } = JSON.parse(text.decode(payload));
    if (Number.isInteger(firstSeq)) return Number(firstSeq) >>> 0;
  } catch {
    // As below.
  }
  throw new HostError('BAD_REPLY', `${name}: the answer holds no "first_seq"; is it a ReduceRendezvous?`);
}
