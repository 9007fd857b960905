import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { packagePath } from '../../experiments/package-path.js';

export const MAIN = packagePath('dist/cli/main.js');

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one command to its end. */
export async function sincmesh(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...environment } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out, err };
}

export interface UpOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Hears what it has said on standard error so far. */
  readonly onSaid?: (said: string) => void;
}

/** A `sincmesh up` that has said where its API is. */
export class Up {
  readonly api: string;
  /** `ADDRESS:PORT` of gRPC. */
  readonly grpc: string;
  readonly #child: ChildProcess;
  readonly #said: () => string;
  /** Those that run, be they up or not. */
  static readonly #running = new Set<ChildProcess>();

  private constructor(child: ChildProcess, api: string, grpc: string, said: () => string) {
    this.#child = child;
    this.api = api;
    this.grpc = grpc;
    this.#said = said;
  }

  /** For the end of a test, which may have failed: kills those that still run. */
  static async killAll(): Promise<void> {
    await Promise.all([...Up.#running].map((child) => end(child, 'SIGKILL')));
  }

  /** Starts it on free ports. Rejects with what it said where it ends before. */
  static start(...args: readonly string[]): Promise<Up> {
    return Up.startWith({}, ...args);
  }

  /** The same, with more to it. */
  static async startWith({ environment = {}, onSaid }: UpOptions, ...args: readonly string[]): Promise<Up> {
    const words = [MAIN, 'up', ...args, '--port', '0', '--grpc-port', '0'];
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    Up.#running.add(child);
    child.once('exit', () => Up.#running.delete(child));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-8000);
      onSaid?.(said);
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const [, api, grpc] = /API on (\S+), gRPC on (\S+)/.exec(line) ?? [];
      if (api === undefined || grpc === undefined) continue;
      child.stdout.resume();
      return new Up(child, api, grpc, () => said);
    }
    throw new Error(`sincmesh up ended before it was up: ${said}`);
  }

  /** Runs a command that asks this controller. */
  run(...args: readonly string[]): Promise<Outcome> {
    return sincmesh(args, { SINCMESH_API: this.api });
  }

  /** The same; what it prints. Fails where it does not end with 0. */
  async ask(...args: readonly string[]): Promise<string> {
    const { status, out, err } = await this.run(...args);
    assert.equal(status, 0, `${args.join(' ')}: ${err}${this.#said()}`);
    return out;
  }

  /** The same; its JSON. */
  async json<T>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.ask(...args, '--json')) as T;
  }

  /** Asks REST itself: a process for each question would be slow. Rejects where the answer is no 2xx. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.api + path);
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${text}${this.#said()}`);
    return JSON.parse(text) as T;
  }

  /** Waits, a minute at most, until an answer of REST is as it should be; gives that answer. */
  async until<T>(path: string, what: string, isSo: (answer: T) => boolean): Promise<T> {
    let last: unknown;
    for (const end = performance.now() + 60_000; performance.now() < end; await sleep(50)) {
      const answer = await this.get<T>(path);
      if (isSo(answer)) return answer;
      last = answer;
    }
    assert.fail(`not so after a minute: ${what}; ${path} says ${JSON.stringify(last)}${this.#said()}`);
  }

  /** Ctrl-C; the exit status. */
  async interrupt(): Promise<unknown> {
    return end(this.#child, 'SIGINT');
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  return (await ended)[0];
}
