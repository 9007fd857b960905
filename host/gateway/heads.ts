import { randomBytes } from 'node:crypto';
import { HostError } from '../errors.js';

/** Header lines in order, names in lower case. */
export type HeaderLines = readonly (readonly [string, string])[];

export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: HeaderLines;
  /** Whether a body follows. */
  readonly body: boolean;
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: HeaderLines;
}

/** RFC 9110 section 7.6.1, and the older ones that belong to a connection too. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  // Answered by the gateway itself.
  'expect',
]);

/** Node's flat list of names and values as lines without what belongs to one connection. */
export function endToEnd(raw: readonly string[]): [string, string][] {
  const lines: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([(raw[i] ?? '').toLowerCase(), raw[i + 1] ?? '']);
  const named = new Set(
    lines
      .filter(([name]) => name === 'connection')
      .flatMap(([, value]) => value.split(',').map((word) => word.trim().toLowerCase())),
  );
  return lines.filter(([name]) => !name.startsWith(':') && !HOP_BY_HOP.has(name) && !named.has(name));
}

/** The first value of a header. */
export function header(lines: HeaderLines, name: string): string | undefined {
  return lines.find(([known]) => known === name)?.[1];
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

function linesOf(value: unknown): HeaderLines | undefined {
  if (!Array.isArray(value)) return undefined;
  const lines: [string, string][] = [];
  for (const line of value as unknown[]) {
    if (!Array.isArray(line)) return undefined;
    const [name, text] = line as unknown[];
    if (typeof name !== 'string' || typeof text !== 'string') return undefined;
    lines.push([name, text]);
  }
  return lines;
}

function malformed(what: string): HostError {
  return new HostError('BAD_REPLY', `HTTP over an exchange: no ${what} head where one should be`);
}

/** @throws HostError BAD_REPLY */
export function requestHead(json: unknown): RequestHead {
  if (typeof json !== 'object' || json === null) throw malformed('request');
  const fields = new Map<string, unknown>(Object.entries(json));
  const [method, path, body] = [fields.get('method'), fields.get('path'), fields.get('body')];
  const headers = linesOf(fields.get('headers'));
  if (typeof method !== 'string' || typeof path !== 'string' || typeof body !== 'boolean' || !headers) {
    throw malformed('request');
  }
  return { method, path, headers, body };
}

/** @throws HostError BAD_REPLY */
export function responseHead(json: unknown): ResponseHead {
  if (typeof json !== 'object' || json === null) throw malformed('response');
  const fields = new Map<string, unknown>(Object.entries(json));
  const status = fields.get('status');
  const headers = linesOf(fields.get('headers'));
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599 || !headers) {
    throw malformed('response');
  }
  return { status, headers };
}

/** Lines of trailers. @throws HostError BAD_REPLY */
export function trailerLines(json: unknown): HeaderLines {
  const lines = linesOf(json);
  if (lines === undefined) throw malformed('trailer');
  return lines;
}

/** A valid traceparent (W3C Trace Context) goes on as it is; where there is none, a trace begins here. */
export function withTrace(lines: HeaderLines): HeaderLines {
  const known = header(lines, 'traceparent');
  if (
    known !== undefined &&
    /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/.test(known)
  ) {
    return lines;
  }
  const begun = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  // State of a trace that is not understood is not kept (section 3.2.2.4 there).
  return [
    ...lines.filter(([name]) => name !== 'traceparent' && name !== 'tracestate'),
    ['traceparent', begun],
  ];
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
export function requestTimeoutUs(lines: HeaderLines): number | undefined {
  const grpc = /^(\d{1,8})([HMSmun])$/.exec(header(lines, 'grpc-timeout') ?? '');
  if (grpc !== null) return Number(grpc[1]) * (TIMEOUT_UNITS[grpc[2] ?? ''] ?? 0);
  const own = header(lines, 'x-request-timeout-ms');
  return own !== undefined && /^\d{1,9}$/.test(own) ? Number(own) * 1000 : undefined;
}
