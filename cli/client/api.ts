import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import type { Arguments, Option } from '../command.js';
import { ClientError, UsageError } from '../errors.js';
import { readInputText } from '../input.js';

const DEFAULT_API = 'http://127.0.0.1:8474';

/** Options every command has that asks a running controller. */
export const CLIENT_OPTIONS: Readonly<Record<string, Option>> = {
  api: { type: 'string', value: 'URL', help: `where the API is; or SINCMESH_API (default ${DEFAULT_API})` },
  'token-from': {
    type: 'string',
    value: 'FILE',
    help: 'file with the token; or the token in SINCMESH_TOKEN',
  },
  ca: { type: 'string', value: 'FILE', help: 'authority that signed the certificate of the API, PEM' },
  cert: { type: 'string', value: 'FILE', help: 'certificate to show, PEM' },
  key: { type: 'string', value: 'FILE', help: 'its key, PEM' },
  json: { type: 'boolean', help: 'print JSON' },
};

export interface StreamedEvent {
  readonly type: string;
  readonly data: unknown;
}

/** A client of the controller's REST API. Every method throws ClientError. */
export class ApiClient {
  readonly #base: URL;
  readonly #token: string | undefined;
  readonly #tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };

  /** @param args - of a command that has CLIENT_OPTIONS */
  constructor(args: Arguments) {
    const option = (name: string): string | undefined => {
      const value = args.options.get(name);
      return typeof value === 'string' ? value : undefined;
    };
    const url = option('api') ?? process.env['SINCMESH_API'] ?? DEFAULT_API;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new UsageError(`--api takes a URL such as ${DEFAULT_API}, got '${url}'`);
    }
    this.#base = new URL(url);
    const file = option('token-from');
    this.#token = file === undefined ? process.env['SINCMESH_TOKEN'] : readInputText(file).trim();
    const pem = (name: 'ca' | 'cert' | 'key') => {
      const path = option(name);
      return path === undefined ? {} : { [name]: readInputText(path) };
    };
    this.#tls = { ...pem('ca'), ...pem('cert'), ...pem('key') };
  }

  get<T = unknown>(path: string): Promise<T> {
    return this.ask<T>('GET', path);
  }

  post<T = unknown>(path: string, body: unknown): Promise<T> {
    return this.ask<T>('POST', path, body);
  }

  /** The JSON of an answer; undefined where it has none. */
  async ask<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await this.text(method, path, body);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async text(method: string, path: string, body?: unknown): Promise<string> {
    const response = await this.#send(method, path, body);
    return readAll(response);
  }

  /** Events of a stream, until it ends or `signal` is aborted. */
  async *stream(path: string, signal?: AbortSignal): AsyncGenerator<StreamedEvent> {
    const response = await this.#send('GET', path, undefined, signal);
    let type = 'message';
    try {
      for await (const line of createInterface({ input: response })) {
        if (line.startsWith('event: ')) type = line.slice('event: '.length);
        else if (line.startsWith('data: ')) yield { type, data: JSON.parse(line.slice('data: '.length)) };
      }
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    } finally {
      // A reader that has seen enough leaves no connection behind.
      response.destroy();
    }
  }

  #send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(path, this.#base);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const options = {
      method,
      ...this.#tls,
      ...(signal !== undefined && { signal }),
      headers: {
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
        ...(this.#token !== undefined && this.#token !== '' && { authorization: `Bearer ${this.#token}` }),
      },
    };
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, options, (response) => {
        const { statusCode = 500 } = response;
        if (statusCode < 300) resolve(response);
        else readAll(response).then((said) => reject(refusal(statusCode, said)), reject);
      });
      request.once('error', (error) => {
        reject(
          new ClientError(
            'UNREACHABLE',
            `no answer from ${this.#base.href}: ${error.message || String(error)}; is 'sincmesh up' running? --api says where`,
            { cause: error },
          ),
        );
      });
      request.end(text);
    });
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function refusal(status: number, text: string): ClientError {
  let code = `HTTP_${status}`;
  let detail = text;
  try {
    const problem = JSON.parse(text) as { readonly code?: unknown; readonly detail?: unknown };
    code = typeof problem.code === 'string' ? problem.code : code;
    detail = typeof problem.detail === 'string' ? problem.detail : detail;
  } catch {
    // Some other server; its own words are all there is.
  }
  return new ClientError(code, detail);
}
