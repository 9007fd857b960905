import CachePolicy from 'http-cache-semantics';
import { Fields, type HeaderLines, header, type RequestHead, type ResponseHead, toNode } from './heads.js';

export interface ContentCacheOptions {
  /** Bytes of bodies kept at most. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** Longest body kept. Default 8 MiB. */
  readonly maxBodyBytes?: number | undefined;
}

export interface ContentCacheCounters {
  hits: number;
  misses: number;
  /** Answers of the origin that what is kept still holds. */
  revalidated: number;
  /** Served stale because the origin failed. */
  staleOnError: number;
  stored: number;
  evicted: number;
}

/** A response that is kept. */
export interface Kept {
  policy: CachePolicy;
  readonly status: number;
  readonly body: Uint8Array;
  /** The request's values of the headers the response varies by. */
  readonly selecting: ReadonlyMap<string, string | undefined>;
  refreshing: boolean;
}

/** What the cache says of a request. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'miss' }
  /** Kept, and to be served now; `refresh` where the origin should be asked meanwhile (stale-while-revalidate). */
  | { readonly kind: 'hit'; readonly kept: Kept; readonly refresh: RequestHead | undefined }
  /** Kept, but the origin has to be asked first, with these headers. */
  | { readonly kind: 'stale'; readonly kept: Kept; readonly ask: RequestHead };

/** Headers of the client's own conditions: answered here where something is kept. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'range',
  'if-range',
]);

/** A shared cache by HTTP's own rules (RFC 9111 through http-cache-semantics), with ranges cut from whole bodies. */
export class ContentCache {
  readonly counters: ContentCacheCounters = {
    hits: 0,
    misses: 0,
    revalidated: 0,
    staleOnError: 0,
    stored: 0,
    evicted: 0,
  };
  /** By host and path; least recently used first. */
  readonly #entries = new Map<string, Kept[]>();
  readonly #maxBytes: number;
  readonly maxBodyBytes: number;
  #bytes = 0;

  constructor(options: ContentCacheOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 64 << 20;
    this.maxBodyBytes = options.maxBodyBytes ?? 8 << 20;
  }

  /** Bytes of bodies that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  look(head: RequestHead): Verdict {
    if (head.kind !== 'bare' || (head.method !== 'GET' && head.method !== 'HEAD')) return { kind: 'pass' };
    const key = keyOf(head);
    const variants = this.#entries.get(key);
    const kept = variants?.find(({ selecting }) => selects(selecting, head.fields));
    if (variants === undefined || kept === undefined) {
      this.counters.misses++;
      return { kind: 'miss' };
    }
    this.#entries.delete(key);
    this.#entries.set(key, variants);
    const { response, revalidation } = kept.policy.evaluateRequest(policyRequest(head));
    const ask = revalidation && {
      ...head,
      method: 'GET',
      fields: Fields.ofHeaders(Object.entries(flat(revalidation.headers))),
    };
    if (response !== undefined) {
      this.counters.hits++;
      const refresh = kept.refreshing ? undefined : ask;
      return { kind: 'hit', kept, refresh };
    }
    return { kind: 'stale', kept, ask: ask ?? head };
  }

  /**
   * Takes the origin's answer to a `stale` verdict; undefined where there was none.
   * @returns whether what is kept may be served; otherwise the answer is to be passed on
   */
  revalidate(kept: Kept, head: RequestHead, answer: ResponseHead | undefined): boolean {
    const failed = answer === undefined || answer.status >= 500;
    const strict = /must-revalidate|proxy-revalidate|no-cache/.test(
      String(kept.policy.responseHeaders()['cache-control'] ?? ''),
    );
    if (failed && strict) return false;
    const response = { status: answer?.status ?? 504, headers: toNode(answer?.fields.headers ?? []) };
    const { policy, modified } = kept.policy.revalidatedPolicy(policyRequest(head), response);
    if (failed) {
      // The library gives the same policy back where stale-if-error covers it.
      if (policy !== kept.policy) return false;
      this.counters.staleOnError++;
      return true;
    }
    if (modified) return false;
    kept.policy = policy;
    this.counters.revalidated++;
    return true;
  }

  /** Whether the origin's answer may be kept once its body is there. */
  storable(head: RequestHead, answer: ResponseHead): boolean {
    if (head.method !== 'GET' || head.kind !== 'bare') return false;
    const length = Number(answer.fields.value('content-length') ?? 0);
    return length <= this.maxBodyBytes && policyOf(head, answer).storable() && varyOf(answer) !== '*';
  }

  /** Keeps an answer that is `storable`. */
  store(head: RequestHead, answer: ResponseHead, body: Uint8Array): void {
    const key = keyOf(head);
    const names = varyOf(answer)
      .split(',')
      .map((name) => name.trim().toLowerCase());
    const selecting = new Map(
      names.filter((name) => name !== '').map((name) => [name, head.fields.value(name)]),
    );
    const kept: Kept = {
      policy: policyOf(head, answer),
      status: answer.status,
      body,
      selecting,
      refreshing: false,
    };
    const others = (this.#entries.get(key) ?? []).filter((known) => {
      const same = selects(known.selecting, head.fields);
      if (same) this.#bytes -= known.body.length;
      return !same;
    });
    this.#entries.delete(key);
    this.#entries.set(key, [kept, ...others]);
    this.#bytes += body.length;
    this.counters.stored++;
    for (const [oldest, variants] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      for (const { body: gone } of variants) this.#bytes -= gone.length;
      this.counters.evicted += variants.length;
      this.#entries.delete(oldest);
    }
  }

  /** A request that may change something has succeeded: what is kept of its target holds no more (RFC 9111 section 4.4). */
  invalidate(head: RequestHead, answer: ResponseHead): void {
    if (['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(head.method) || answer.status >= 400) return;
    const key = keyOf(head);
    for (const { body } of this.#entries.get(key) ?? []) this.#bytes -= body.length;
    this.#entries.delete(key);
  }

  /** The response to `head` from what is kept: whole, a part, or 304. `how` says so in Cache-Status (RFC 9211). */
  serve(
    kept: Kept,
    head: RequestHead,
    how: string,
  ): { readonly head: ResponseHead; readonly body: Uint8Array } {
    const headers = Object.entries(flat(kept.policy.responseHeaders())).filter(
      ([name]) => name !== 'content-length' && name !== 'transfer-encoding',
    );
    headers.push(['cache-status', `sincmesh; ${how}`]);
    const nothing = new Uint8Array(0);
    if (kept.status === 200 && notModified(head.fields, headers)) {
      return { head: { status: 304, fields: Fields.ofHeaders(headers) }, body: nothing };
    }
    const range = kept.status === 200 ? rangeOf(head, headers, kept.body.length) : undefined;
    if (range === 'unsatisfiable') {
      headers.push(['content-range', `bytes */${kept.body.length}`], ['content-length', '0']);
      return { head: { status: 416, fields: Fields.ofHeaders(headers) }, body: nothing };
    }
    const body = range === undefined ? kept.body : kept.body.subarray(range.from, range.to + 1);
    if (range !== undefined) {
      headers.push(['content-range', `bytes ${range.from}-${range.to}/${kept.body.length}`]);
    }
    headers.push(['content-length', `${body.length}`]);
    const status = range === undefined ? kept.status : 206;
    return {
      head: { status, fields: Fields.ofHeaders(headers) },
      body: head.method === 'HEAD' ? nothing : body,
    };
  }
}

/** What responses are kept by. */
export function keyOf(head: RequestHead): string {
  return `${head.fields.value('host') ?? ''} ${head.path}`;
}

function flat(headers: CachePolicy.Headers): Record<string, string> {
  const lines: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) lines.push([name, Array.isArray(value) ? value.join(', ') : value]);
  }
  return Object.fromEntries(lines);
}

/** The request as the policy sees it: without the client's own conditions, and a HEAD as the GET it asks about. */
function policyRequest(head: RequestHead): CachePolicy.HttpRequest {
  const headers = toNode(head.fields.headers.filter(([name]) => !CONDITIONS.has(name)));
  return { method: 'GET', url: head.path, headers };
}

function policyOf(head: RequestHead, answer: ResponseHead): CachePolicy {
  const response = { status: answer.status, headers: toNode(answer.fields.headers) };
  return new CachePolicy(policyRequest(head), response, { shared: true });
}

function varyOf(answer: ResponseHead): string {
  return answer.fields.headers
    .filter(([name]) => name === 'vary')
    .map(([, value]) => value)
    .join(',');
}

function selects(selecting: ReadonlyMap<string, string | undefined>, fields: Fields): boolean {
  for (const [name, value] of selecting) if (fields.value(name) !== value) return false;
  return true;
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** RFC 9110 section 13.1: If-None-Match, else If-Modified-Since. */
function notModified(request: Fields, response: HeaderLines): boolean {
  const tags = request.value('if-none-match');
  const tag = header(response, 'etag');
  if (tags !== undefined) {
    return tag !== undefined && (tags.trim() === '*' || tags.split(',').map(opaque).includes(opaque(tag)));
  }
  const since = Date.parse(request.value('if-modified-since') ?? '');
  const modified = Date.parse(header(response, 'last-modified') ?? '');
  return modified <= since;
}

/** The one part asked for; undefined = the whole (also for several parts, which a server need not give). */
function rangeOf(
  head: RequestHead,
  response: HeaderLines,
  length: number,
): { readonly from: number; readonly to: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(head.fields.value('range')?.trim() ?? '');
  if (match === null || head.method !== 'GET') return undefined;
  const condition = head.fields.value('if-range');
  if (condition !== undefined) {
    const tag = header(response, 'etag');
    const strong = tag !== undefined && !tag.startsWith('W/') && tag === condition;
    if (!strong && condition !== header(response, 'last-modified')) return undefined;
  }
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  return from >= length || from > to ? 'unsatisfiable' : { from, to };
}
