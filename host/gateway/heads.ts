import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { HostError } from '../errors.js';
import {
  FIELD_LINES,
  type FieldLines,
  type Framing,
  fieldOf,
  framingOf,
  type HeaderLines,
  headersOf,
  linesOf,
  linesOfRaw,
  type RawHeaders,
} from './field-lines.js';

export type { HeaderLines } from './field-lines.js';

/** What follows a request's head: nothing, a body, or, where the server agrees, bytes both ways (Upgrade, CONNECT). */
export type RequestKind = 'bare' | 'body' | 'tunnel';

/** Fields of a message, as lines and as names and values, whichever is asked for. */
export class Fields {
  #lines: FieldLines | undefined;
  #headers: HeaderLines | undefined;
  #framing: Framing | undefined;

  private constructor(
    lines: FieldLines | undefined,
    headers: HeaderLines | undefined,
    framing: Framing | undefined,
  ) {
    this.#lines = lines;
    this.#headers = headers;
    this.#framing = framing;
  }

  /** Of lines that are well formed. */
  static ofLines(lines: FieldLines): Fields {
    return new Fields(lines, undefined, undefined);
  }

  static ofHeaders(headers: HeaderLines): Fields {
    return new Fields(undefined, headers, undefined);
  }

  /** Of lines that have been read: those that travel. */
  static of(framing: Framing): Fields {
    return new Fields(framing.lines, undefined, framing);
  }

  /** Of node's flat list of names and values: those that travel. `keepUpgrade` as in `framingOf`. */
  static ofRaw(raw: RawHeaders, keepUpgrade = false): Fields {
    return Fields.of(framingOf(linesOfRaw(raw), keepUpgrade));
  }

  /** Of a request's lines that have been read: those that travel, in its trace or a new one. */
  static inTrace(framing: Framing): Fields {
    return Fields.of({ ...framing, lines: withTrace(framing) });
  }

  /** What they say of the body. */
  get framing(): Framing {
    this.#framing ??= framingOf(this.lines);
    return this.#framing;
  }

  get lines(): FieldLines {
    this.#lines ??= linesOf(this.#headers ?? []);
    return this.#lines;
  }

  get headers(): HeaderLines {
    this.#headers ??= headersOf(this.#lines ?? '');
    return this.#headers;
  }

  /** The first value of a field, its name in lower case. */
  value(name: string): string | undefined {
    return this.#headers === undefined ? fieldOf(this.lines, name) : header(this.#headers, name);
  }
}

export interface RequestHead {
  readonly method: string;
  /** Path and query; of a CONNECT the authority. */
  readonly path: string;
  readonly kind: RequestKind;
  /** Time the caller still gives it, milliseconds. */
  readonly timeoutMs: number;
  readonly fields: Fields;
}

export interface ResponseHead {
  /** 100 to 199 are informational: another head follows. */
  readonly status: number;
  readonly fields: Fields;
}

/** Node's flat list of names and values as they travel: without what belongs to one connection. */
export function endToEnd(raw: RawHeaders): HeaderLines {
  return Fields.ofRaw(raw).headers;
}

/** The first value of a header. */
export function header(lines: HeaderLines, name: string): string | undefined {
  for (const line of lines) if (line[0] === name) return line[1];
  return undefined;
}

/** Lines as node takes them; repeated ones as a list. */
export function toNode(lines: HeaderLines): Record<string, string | string[]> {
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of lines) {
    const known = headers.get(name);
    if (known === undefined) headers.set(name, value);
    else headers.set(name, Array.isArray(known) ? [...known, value] : [known, value]);
  }
  return Object.fromEntries(headers);
}

/** The first line of an HTTP/1.1 response, without its end. */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
}

const KINDS: readonly RequestKind[] = ['bare', 'body', 'tunnel'];

/** The text of docs/protocol.md section 8.4. */
export function requestText({ method, path, kind, fields }: RequestHead, timeoutMs: number): string {
  return `${method} ${path} ${KINDS.indexOf(kind)} ${timeoutMs}${fields.lines}`;
}

export function responseText({ status, fields }: ResponseHead): string {
  return `${status}${fields.lines}`;
}

export function trailerText(headers: HeaderLines): string {
  return linesOf(headers);
}

function malformed(what: string): HostError {
  return new HostError('BAD_REPLY', `HTTP over an exchange: no ${what} head where one should be`);
}

const REQUEST = new RegExp(
  `^([!#$%&'*+\\-.^_\`|~0-9A-Za-z]+) ([\\x21-\\x7e\\x80-\\xff]+) ([012]) (\\d{1,9})(${FIELD_LINES})$`,
);
const RESPONSE = new RegExp(`^([1-5]\\d\\d)(${FIELD_LINES})$`);
const TRAILERS = new RegExp(`^${FIELD_LINES}$`);

/** What comes over the fabric may be anybody's: it is read as strictly as what comes over a connection. @throws HostError BAD_REPLY */
export function requestHead(text: string): RequestHead {
  const match = REQUEST.exec(text);
  if (match === null) throw malformed('request');
  const [, method = '', path = '', number = '', timeout = '', lines = ''] = match;
  const kind = KINDS[Number(number)] ?? 'bare';
  const framing = framingOf(lines, kind === 'tunnel');
  if (Number.isNaN(framing.contentLength)) throw malformed('request');
  return { method, path, kind, timeoutMs: Number(timeout), fields: Fields.of(framing) };
}

/** @throws HostError BAD_REPLY */
export function responseHead(text: string, ofTunnel = false): ResponseHead {
  const match = RESPONSE.exec(text);
  if (match === null) throw malformed('response');
  const [, status = '', lines = ''] = match;
  const framing = framingOf(lines, ofTunnel);
  return { status: Number(status), fields: Fields.of(framing) };
}

/** Lines of trailers. @throws HostError BAD_REPLY */
export function trailerLines(text: string): HeaderLines {
  if (!TRAILERS.test(text)) throw malformed('trailer');
  return headersOf(framingOf(text).lines);
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;
const CHANCE_BYTES = 24 * 256;
let chance = '';
let chanceUsed = 2 * CHANCE_BYTES;

function newTraceparent(): string {
  if (chanceUsed === 2 * CHANCE_BYTES) {
    chance = randomBytes(CHANCE_BYTES).toString('hex');
    chanceUsed = 0;
  }
  const trace = chance.slice(chanceUsed, chanceUsed + 32);
  const parent = chance.slice(chanceUsed + 32, chanceUsed + 48);
  chanceUsed += 48;
  return `00-${trace}-${parent}-01`;
}

/** A valid traceparent (W3C Trace Context) goes on as it is; where there is none, a trace begins here. */
function withTrace({ lines, traceparent, tracestate }: Framing): FieldLines {
  if (traceparent !== undefined && TRACEPARENT.test(traceparent)) return lines;
  // State of a trace that is not understood is not kept (section 3.2.2.4 there).
  const rest =
    traceparent === undefined && !tracestate
      ? lines
      : linesOf(headersOf(lines).filter(([name]) => name !== 'traceparent' && name !== 'tracestate'));
  return `${rest}\r\ntraceparent: ${newTraceparent()}`;
}

const TIMEOUT_UNITS: Readonly<Record<string, number>> = {
  H: 3_600_000_000,
  M: 60_000_000,
  S: 1_000_000,
  m: 1_000,
  u: 1,
  n: 0.001,
};

/** The time a request gives itself, microseconds: `grpc-timeout`, or `x-request-timeout-ms`; undefined where it says nothing. */
export function requestTimeoutUs({ grpcTimeout, timeoutMs }: Framing): number | undefined {
  if (grpcTimeout !== undefined) {
    const grpc = /^(\d{1,8})([HMSmun])$/.exec(grpcTimeout);
    if (grpc !== null) return Number(grpc[1]) * (TIMEOUT_UNITS[grpc[2] ?? ''] ?? 0);
  }
  return timeoutMs !== undefined && /^\d{1,9}$/.test(timeoutMs) ? Number(timeoutMs) * 1000 : undefined;
}

/** The headers that limit a request's time, cut to what is left of it. */
export function withTimeLeft(fields: Fields, leftMs: number): Fields {
  const { grpcTimeout, timeoutMs } = fields.framing;
  if (grpcTimeout === undefined && timeoutMs === undefined) return fields;
  return Fields.ofHeaders(
    fields.headers.map((line): readonly [string, string] => {
      if (line[0] === 'grpc-timeout') return ['grpc-timeout', `${Math.min(99_999_999, leftMs)}m`];
      return line[0] === 'x-request-timeout-ms' ? [line[0], `${leftMs}`] : line;
    }),
  );
}
