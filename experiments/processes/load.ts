import { type Host, HostError } from '../../host/index.js';

/** How calls under load ended. */
export interface LoadResult {
  readonly answered: number;
  /** Typed errors by code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Errors that are no HostError. */
  readonly untyped: number;
  /** Calls that took more than their deadline and what a busy machine may add to it. */
  readonly late: number;
  /** Calls without any end. */
  readonly unfinished: number;
}

/** A timer of a process among twenty on two cores fires late; a call that hangs takes for ever. */
const GRACE_MS = 2000;
const CALLERS = 8;
/** Between a caller's calls: what is tried is how they end, not how many there are. */
const PAUSE_MS = 10;

/** Requests of one datagram, and messages of several. */
const BYTES = [64, 30_000];

/** Calls a service from several callers at once until it is stopped, and counts how calls end. */
export class Load {
  readonly #host: Host;
  readonly #service: string;
  readonly #deadlineMs: number;
  readonly #errors: Record<string, number> = {};
  #answered = 0;
  #untyped = 0;
  #late = 0;
  #running = 0;
  #isStopped = false;

  constructor(host: Host, service: string, deadlineMs: number) {
    this.#host = host;
    this.#service = service;
    this.#deadlineMs = deadlineMs;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves some time after stop(): when all calls have ended, or should have long ago. */
  async run(): Promise<LoadResult> {
    const callers = Promise.all(
      Array.from({ length: CALLERS }, (_, i) => this.#caller(BYTES[i % BYTES.length] ?? 0)),
    );
    while (!this.#isStopped) await pause(20);
    await Promise.race([callers, pause(this.#deadlineMs + GRACE_MS)]);
    return {
      answered: this.#answered,
      errors: this.#errors,
      untyped: this.#untyped,
      late: this.#late,
      unfinished: this.#running,
    };
  }

  async #caller(bytes: number): Promise<void> {
    while (!this.#isStopped) {
      const begun = performance.now();
      this.#running++;
      try {
        await this.#host.call(this.#service, new Uint8Array(bytes), {
          deadlineUs: this.#deadlineMs * 1000,
          attempts: 20,
        });
        this.#answered++;
      } catch (error) {
        const code = error instanceof HostError ? error.code : 'untyped';
        this.#errors[code] = (this.#errors[code] ?? 0) + 1;
        if (!(error instanceof HostError)) this.#untyped++;
      }
      this.#running--;
      if (performance.now() - begun > this.#deadlineMs + GRACE_MS) this.#late++;
      await pause(PAUSE_MS);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
