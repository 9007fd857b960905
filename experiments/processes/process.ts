import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long one request may take, milliseconds. */
const PATIENCE_MS = 120_000;

interface Waiter {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that answers requests line by line (lines.ts), seen from the one that started it. */
export class LineProcess {
  readonly name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 0;
  #complaints = '';

  /** @param args - of this Node.js: a script and its arguments. */
  constructor(name: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.name = name;
    this.#child = spawn(process.execPath, ['--enable-source-maps', ...args], { env });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#answered(line));
    this.#child.once('exit', (status) => {
      const error = new Error(`${name} has ended with status ${status}: ${this.#complaints}`);
      for (const waiter of this.#waiters.values()) waiter.reject(error);
      this.#waiters.clear();
    });
  }

  /** Resolves with what the process answers. Rejects with what it objects, when it ends, and after two minutes. */
  ask(op: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error(`${this.name}: no answer to ${op} within ${PATIENCE_MS} ms`))),
        PATIENCE_MS,
      );
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(id);
        act();
      };
      this.#waiters.set(id, {
        resolve: (result) => settle(() => resolve(result)),
        reject: (error) => settle(() => reject(error)),
      });
      if (this.#child.exitCode !== null) this.#waiters.get(id)?.reject(new Error(`${this.name} has ended`));
      this.#child.stdin.write(`${JSON.stringify({ ...args, id, op })}\n`);
    });
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  /** Ends its input, which it takes as the word to end in good order; where it does not within five seconds, kills it. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  }

  #answered(line: string): void {
    const answer = JSON.parse(line) as { id: number; ok: boolean; result?: unknown; message?: string };
    const waiter = this.#waiters.get(answer.id);
    if (answer.ok) waiter?.resolve(answer.result);
    else waiter?.reject(new Error(`${this.name}: ${answer.message}`));
  }
}
