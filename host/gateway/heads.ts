import { randomFillSync } from 'node:crypto';
import { HostError } from '../errors.js';

/** Header lines in order, names in lower case. */
export type HeaderLines = readonly (readonly [string, string])[];

/** What follows a request's head: nothing, a body, or, where the server agrees, bytes both ways (Upgrade, CONNECT). */
export type RequestKind = 'bare' | 'body' | 'tunnel';

export interface RequestHead {
  readonly method: string;
  /** Path and query; of a CONNECT the authority. */
  readonly path: string;
  readonly kind: RequestKind;
  /** Time the caller still gives it, milliseconds. */
  readonly timeoutMs: number;
  readonly headers: HeaderLines;
}

export interface ResponseHead {
  /** 100 to 199 are informational: another head follows. */
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

/** Whether a header (lower case) belongs to one connection. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name);
}

/** Node's flat list of names and values as lines without what belongs to one connection. */
export function endToEnd(raw: readonly (string | Buffer)[]): [string, string][] {
  const lines: [string, string][] = [];
  let connection = '';
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = textOf(raw[i]).toLowerCase();
    const value = textOf(raw[i + 1]);
    if (name === 'connection') connection += `,${value}`;
    if (!HOP_BY_HOP.has(name) && !name.startsWith(':')) lines.push([name, value]);
  }
  return withoutNamed(lines, connection);
}

/** Lines without those a Connection header names. */
export function withoutNamed(lines: [string, string][], connection: string): [string, string][] {
  if (connection === '' || /^[, ]*(keep-alive|close)[, ]*$/i.test(connection)) return lines;
  const named = new Set(connection.split(',').map((word) => word.trim().toLowerCase()));
  return lines.filter(([name]) => !named.has(name));
}

function textOf(value: string | Buffer | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '');
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

const KINDS: readonly RequestKind[] = ['bare', 'body', 'tunnel'];

function withLines(first: string, lines: HeaderLines): string {
  let text = first;
  for (const line of lines) text += `\n${line[0]}:${line[1]}`;
  return text;
}

/** The text of docs/protocol.md section 8.4. */
export function requestText({ method, path, kind, timeoutMs, headers }: RequestHead): string {
  return withLines(`${method} ${path} ${KINDS.indexOf(kind)} ${timeoutMs}`, headers);
}

export function responseText({ status, headers }: ResponseHead): string {
  return withLines(`${status}`, headers);
}

export function trailerText(headers: HeaderLines): string {
  return withLines('', headers);
}

/** A name is a token, a value holds no control characters (RFC 9110 section 5): what comes over the fabric may be anybody's. */
const LINE = /^[!#$%&'*+\-.^_`|~0-9a-z]+:[\t\x20-\x7e\x80-\xff]*$/;

function linesAfterFirst(lines: readonly string[], what: string): HeaderLines {
  const headers: [string, string][] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!LINE.test(line)) throw malformed(what);
    const colon = line.indexOf(':');
    headers.push([line.slice(0, colon), line.slice(colon + 1)]);
  }
  return headers;
}

function malformed(what: string): HostError {
  return new HostError('BAD_REPLY', `HTTP over an exchange: no ${what} head where one should be`);
}

const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) ([012]) (\d{1,9})$/;

/** @throws HostError BAD_REPLY */
export function requestHead(text: string): RequestHead {
  const lines = text.split('\n');
  const match = REQUEST_LINE.exec(lines[0] ?? '');
  const [, method = '', path = '', kind = '', timeout = ''] = match ?? [];
  if (match === null) throw malformed('request');
  return {
    method,
    path,
    kind: KINDS[Number(kind)] ?? 'bare',
    timeoutMs: Number(timeout),
    headers: linesAfterFirst(lines, 'request'),
  };
}

/** @throws HostError BAD_REPLY */
export function responseHead(text: string): ResponseHead {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  if (!/^[1-5]\d\d$/.test(first)) throw malformed('response');
  return { status: Number(first), headers: linesAfterFirst(lines, 'response') };
}

/** Lines of trailers. @throws HostError BAD_REPLY */
export function trailerLines(text: string): HeaderLines {
  const lines = text.split('\n');
  if (lines[0] !== '') throw malformed('trailer');
  return linesAfterFirst(lines, 'trailer');
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;
const chance = Buffer.alloc(24 * 256);
let chanceUsed = chance.length;

/** A valid traceparent (W3C Trace Context) goes on as it is; where there is none, a trace begins here. */
export function withTrace(lines: [string, string][]): [string, string][] {
  const known = header(lines, 'traceparent');
  if (known !== undefined && TRACEPARENT.test(known)) return lines;
  if (chanceUsed === chance.length) {
    randomFillSync(chance);
    chanceUsed = 0;
  }
  const hex = chance.toString('hex', chanceUsed, chanceUsed + 24);
  chanceUsed += 24;
  const begun: [string, string] = ['traceparent', `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`];
  if (known === undefined && header(lines, 'tracestate') === undefined) {
    lines.push(begun);
    return lines;
  }
  // State of a trace that is not understood is not kept (section 3.2.2.4 there).
  return [...lines.filter(([name]) => name !== 'traceparent' && name !== 'tracestate'), begun];
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
  const said = header(lines, 'grpc-timeout');
  const grpc = said === undefined ? null : /^(\d{1,8})([HMSmun])$/.exec(said);
  if (grpc !== null) return Number(grpc[1]) * (TIMEOUT_UNITS[grpc[2] ?? ''] ?? 0);
  const own = header(lines, 'x-request-timeout-ms');
  return own !== undefined && /^\d{1,9}$/.test(own) ? Number(own) * 1000 : undefined;
}

/** The headers that limit a request's time, cut to what is left of it. */
export function withTimeLeft(lines: HeaderLines, leftMs: number): HeaderLines {
  if (header(lines, 'grpc-timeout') === undefined && header(lines, 'x-request-timeout-ms') === undefined) {
    return lines;
  }
  return lines.map((line): readonly [string, string] => {
    if (line[0] === 'grpc-timeout') return ['grpc-timeout', `${Math.min(99_999_999, leftMs)}m`];
    return line[0] === 'x-request-timeout-ms' ? [line[0], `${leftMs}`] : line;
  });
}
