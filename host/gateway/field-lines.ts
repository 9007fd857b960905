/**
 * Header fields as HTTP/1.1 has them (RFC 9112 section 5), each behind CRLF: `\r\nname: value\r\nname: value`. A message that passes a
 * gateway is read as little as may be: its fields stay this one text unless somebody asks for one.
 */
export type FieldLines = string;

/** Source of a regular expression for field lines: a name is a token, a value holds no control characters (RFC 9110 section 5). */
export const FIELD_LINES = "(?:\\r\\n[!#$%&'*+\\-.^_`|~0-9A-Za-z]+:[\\t\\x20-\\x7e\\x80-\\xff]*)*";

/** Header lines in order, names in lower case. */
export type HeaderLines = readonly (readonly [string, string])[];

/** What the fields of a message say of the connection and of the body. */
export interface Framing {
  /** The fields without those that belong to one connection (RFC 9110 section 7.6.1). */
  readonly lines: FieldLines;
  /** Values of Host, the last of them. */
  readonly hosts: number;
  readonly host: string;
  /** Undefined where there is none, NaN where there are several, or one that is no number. */
  readonly contentLength: number | undefined;
  /** Their values, '' where there is none, several joined by commas, in lower case. */
  readonly connection: string;
  readonly transferEncoding: string;
  readonly keepAlive: string;
  readonly upgrade: string;
  readonly expects: boolean;
  readonly traceparent: string | undefined;
  readonly tracestate: boolean;
  /** The last of each. */
  readonly grpcTimeout: string | undefined;
  readonly timeoutMs: string | undefined;
}

const SPECIAL =
  /\r\n(?:host|content-length|connection|keep-alive|transfer-encoding|upgrade|expect|te|trailer|traceparent|tracestate|grpc-timeout|x-request-timeout-ms|http2-settings|proxy-(?:connection|authenticate|authorization)):/gi;
const ONLY_PERSISTENCE = /^(?:keep-alive|close)?$/;

/** Reads field lines that are known to be well formed. `keepUpgrade`: the field Upgrade travels, as it does where a tunnel is asked for. */
export function framingOf(lines: FieldLines, keepUpgrade = false): Framing {
  let kept = '';
  let keptTo = 0;
  let hosts = 0;
  let host = '';
  let contentLength: number | undefined;
  let connection = '';
  let transferEncoding = '';
  let keepAlive = '';
  let upgrade = '';
  let expects = false;
  let traceparent: string | undefined;
  let tracestate = false;
  let grpcTimeout: string | undefined;
  let timeoutMs: string | undefined;
  SPECIAL.lastIndex = 0;
  // Without a match's array: this is done to every head that passes.
  while (SPECIAL.test(lines)) {
    const { lastIndex } = SPECIAL;
    // Before the name: behind an empty value the next line begins at once.
    const begins = lines.lastIndexOf('\r', lastIndex - 1);
    const found = lines.indexOf('\r', lastIndex);
    const ends = found < 0 ? lines.length : found;
    const value = valueIn(lines, lastIndex, ends);
    SPECIAL.lastIndex = ends;
    let travels = false;
    const nameLength = lastIndex - begins - 3;
    switch (nameLength === 4 ? 'host' : lines.slice(begins + 2, lastIndex - 1).toLowerCase()) {
      case 'host':
        hosts++;
        host = value;
        travels = true;
        break;
      case 'content-length': {
        const length = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
        contentLength = contentLength === undefined ? length : Number.NaN;
        travels = true;
        break;
      }
      case 'traceparent':
        traceparent = value;
        travels = true;
        break;
      case 'tracestate':
        tracestate = true;
        travels = true;
        break;
      case 'grpc-timeout':
        grpcTimeout = value;
        travels = true;
        break;
      case 'x-request-timeout-ms':
        timeoutMs = value;
        travels = true;
        break;
      case 'connection':
        connection = joined(connection, value);
        break;
      case 'keep-alive':
        keepAlive = joined(keepAlive, value);
        break;
      case 'transfer-encoding':
        transferEncoding = joined(transferEncoding, value);
        break;
      case 'upgrade':
        upgrade = joined(upgrade, value);
        travels = keepUpgrade;
        break;
      case 'expect':
        expects = true;
    }
    if (travels) continue;
    kept += lines.slice(keptTo, begins);
    keptTo = ends;
  }
  const rest = keptTo === 0 ? lines : kept + lines.slice(keptTo);
  return {
    lines: ONLY_PERSISTENCE.test(connection) ? rest : withoutNamed(rest, connection, keepUpgrade),
    hosts,
    host,
    contentLength,
    connection,
    transferEncoding,
    keepAlive,
    upgrade,
    expects,
    traceparent,
    tracestate,
    grpcTimeout,
    timeoutMs,
  };
}

function joined(known: string, value: string): string {
  const lower = value.toLowerCase();
  return known === '' ? lower : `${known},${lower}`;
}

/** Lines without those a Connection field names. */
function withoutNamed(lines: FieldLines, connection: string, keepUpgrade: boolean): FieldLines {
  const named = new Set(connection.split(',').map((word) => word.trim()));
  if (keepUpgrade) named.delete('upgrade');
  return linesOf(headersOf(lines).filter(([name]) => !named.has(name)));
}

/** Whether a list of tokens, as Connection has, holds one (in lower case). */
export function hasToken(list: string, token: string): boolean {
  return list === token || list.split(',').some((word) => word.trim() === token);
}

/** Well-formed lines as names and values. */
export function headersOf(lines: FieldLines): HeaderLines {
  const headers: [string, string][] = [];
  let at = 2;
  while (at < lines.length) {
    const found = lines.indexOf('\r\n', at);
    const end = found < 0 ? lines.length : found;
    const colon = lines.indexOf(':', at);
    headers.push([lines.slice(at, colon).toLowerCase(), valueIn(lines, colon + 1, end)]);
    at = end + 2;
  }
  return headers;
}

/** The value between two places: without the white space around it, which is blanks and tabs and nothing else. */
function valueIn(lines: FieldLines, from: number, to: number): string {
  let [begins, ends] = [from, to];
  while (begins < ends && isBlank(lines.charCodeAt(begins))) begins++;
  while (ends > begins && isBlank(lines.charCodeAt(ends - 1))) ends--;
  return lines.slice(begins, ends);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Names and values as node has them, one after the other. */
export type RawHeaders = readonly (string | Buffer)[];

/** Node's names and values as lines; not HTTP/2's pseudo headers. */
export function linesOfRaw(raw: RawHeaders): FieldLines {
  let lines = '';
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = textOf(raw[i]);
    if (!name.startsWith(':')) lines += `\r\n${name}: ${textOf(raw[i + 1])}`;
  }
  return lines;
}

function textOf(value: string | Buffer | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '');
}

export function linesOf(headers: HeaderLines): FieldLines {
  let lines = '';
  for (const line of headers) lines += `\r\n${line[0]}: ${line[1]}`;
  return lines;
}

const SEARCHES = new Map<string, RegExp>();

/** The first value of a field, its name in lower case. */
export function fieldOf(lines: FieldLines, name: string): string | undefined {
  let search = SEARCHES.get(name);
  if (search === undefined) {
    search = new RegExp(`\\r\\n${name.replace(/[^a-z0-9-]/g, '\\$&')}:([^\\r]*)`, 'i');
    SEARCHES.set(name, search);
  }
  const value = search.exec(lines)?.[1];
  return value === undefined ? undefined : valueIn(value, 0, value.length);
}
