import type { ContentCache } from './content-cache.js';
import type { HeaderLines, RequestHead, ResponseHead } from './heads.js';
import type { OriginSink } from './origin.js';

/** Hands an origin's answer on, and keeps it where it may be kept, is not too long and comes to its end. */
export class Keeping implements OriginSink {
  readonly #cache: ContentCache;
  readonly #request: RequestHead;
  readonly #next: OriginSink;
  readonly #settle: (kept: boolean) => void;
  #answer: ResponseHead | undefined;
  #parts: Uint8Array[] = [];
  #length = 0;

  /** `onKept` is told once whether the answer was kept, as soon as that is known. */
  constructor(
    cache: ContentCache,
    request: RequestHead,
    next: OriginSink,
    onKept: ((kept: boolean) => void) | undefined,
  ) {
    this.#cache = cache;
    this.#request = request;
    this.#next = next;
    this.#settle = onKept ?? (() => undefined);
  }

  head(head: ResponseHead): void {
    if (head.status >= 200) {
      this.#cache.invalidate(this.#request, head);
      if (this.#cache.storable(this.#request, head)) this.#answer = head;
      else this.#settle(false);
    }
    this.#next.head(head);
  }

  data(bytes: Uint8Array): boolean {
    if (this.#answer !== undefined) {
      this.#length += bytes.length;
      if (this.#length <= this.#cache.maxBodyBytes) this.#parts.push(Buffer.from(bytes));
      else this.#give(undefined);
    }
    return this.#next.data(bytes);
  }

  end(trailers: HeaderLines): void {
    if (this.#answer !== undefined) this.#give(this.#answer);
    this.#next.end(trailers);
  }

  failed(error: Error): void {
    this.#give(undefined);
    this.#next.failed(error);
  }

  #give(answer: ResponseHead | undefined): void {
    if (answer !== undefined) this.#cache.store(this.#request, answer, Buffer.concat(this.#parts));
    this.#answer = undefined;
    this.#parts = [];
    this.#settle(answer !== undefined);
  }
}
