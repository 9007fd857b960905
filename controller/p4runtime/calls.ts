import type { CallOptions, ClientReadableStream, ClientUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { ReadRequest } from 'p4runtime-js';
import { type P4RuntimeClient, P4RuntimeService } from 'p4runtime-js/service';
import { P4RuntimeError } from './errors.js';
import { type Liveness, LostConnection } from './liveness.js';
import { fromServiceError, isServiceError } from './status.js';
import { clampedTimer } from './timer.js';

const READ = P4RuntimeService.Read;
/** How long a read that nobody reads any more may take to end by itself, in ms. */
const LEAVE_MS = 50;
const asIs = (response: Buffer): Buffer => response;

/** What a caller can set on any call. */
export interface CallControl {
  /** Aborting it cancels the call, which then fails with CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds until the call fails with DEADLINE_EXCEEDED; the client's rpcTimeoutMs where left out. For a
   * read it is the longest wait for each answer: a large table may take its time, and so may who reads it.
   */
  readonly timeoutMs?: number | undefined;
}

export interface CallsOptions {
  readonly client: P4RuntimeClient;
  readonly address: string;
  readonly timeoutMs: number;
  /** Aborted when the client is closed: calls under way are cancelled. */
  readonly closing: AbortSignal;
}

/** gRPC calls as promises and async iterators, with deadline, cancellation and typed errors. */
export class Calls {
  readonly #options: CallsOptions;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  unary<R>(
    name: string,
    control: CallControl,
    start: (
      options: CallOptions,
      done: (error: ServiceError | null, response?: R) => void,
    ) => ClientUnaryCall,
    liveness?: Liveness,
  ): Promise<R> {
    const where = `${this.#options.address}: ${name}`;
    return new Promise<R>((resolve, reject) => {
      this.#checkOpen(control, where);
      const deadline = Date.now() + this.#timeoutMs(control);
      const call = start({ deadline }, (error, response) => {
        release();
        stopWaiting?.();
        if (error !== null) reject(fromServiceError(error, where));
        else if (response === undefined) reject(new P4RuntimeError('INTERNAL', `${where}: empty answer`));
        else resolve(response);
      });
      const release = this.#onAbort(control, () => call.cancel());
      const stopWaiting = liveness?.waits((error) => {
        reject(new LostConnection(`${name}: ${error.rawMessage}`));
        call.cancel();
      });
    });
  }

  /** The answers of a Read as they came, each a ReadResponse's bytes. No more are fetched than are asked for. */
  async *read(request: ReadRequest, control: CallControl): AsyncGenerator<Buffer, void, undefined> {
    const where = `${this.#options.address}: Read`;
    this.#checkOpen(control, where);
    const timeoutMs = this.#timeoutMs(control);
    const call = this.#options.client.makeServerStreamRequest(
      READ.path,
      READ.requestSerialize,
      asIs,
      request,
    );
    const release = this.#onAbort(control, () => call.cancel());
    const responses: AsyncIterator<Buffer> = call[Symbol.asyncIterator]();
    let isLate = false;
    let isOver = false;
    try {
      for (;;) {
        const stopTimer = clampedTimer(timeoutMs, () => {
          isLate = true;
          call.cancel();
        });
        const step = await responses.next().finally(stopTimer);
        if (step.done === true) {
          isOver = true;
          return;
        }
        yield step.value;
        // What has arrived before the abort is not handed out after it.
        this.#checkOpen(control, where);
      }
    } catch (error) {
      isOver = true;
      if (isLate) throw new P4RuntimeError('DEADLINE_EXCEEDED', `${where}: no answer for ${timeoutMs} ms`);
      throw isServiceError(error) ? fromServiceError(error, where) : error;
    } finally {
      if (isOver) {
        release();
        call.cancel();
        await responses.return?.();
      } else {
        void leave(call, responses).finally(release);
      }
    }
  }

  #timeoutMs(control: CallControl): number {
    const { timeoutMs } = control;
    if (timeoutMs === undefined) return this.#options.timeoutMs;
    // What is left of somebody's time may be less than nothing.
    if (typeof timeoutMs === 'number' && !Number.isNaN(timeoutMs)) return timeoutMs;
    throw new P4RuntimeError('BAD_VALUE', `timeoutMs is ${String(timeoutMs)}; it must be milliseconds`);
  }

  #checkOpen(control: CallControl, where: string): void {
    if (this.#options.closing.aborted) throw closedError(this.#options.address);
    if (control.signal?.aborted === true) throw abortError(where);
  }

  /** Returns what ends the listening. */
  #onAbort(control: CallControl, act: () => void): () => void {
    const signals = [this.#options.closing, control.signal];
    for (const signal of signals) signal?.addEventListener('abort', act);
    return () => {
      for (const signal of signals) signal?.removeEventListener('abort', act);
    };
  }
}

/**
 * Ends a read whose reader has what he wanted. Where the answer he has is the last one, the end is about to come by
 * itself: a call that is cancelled is a stream that is reset, and Node's servers (others as well, since CVE-2023-44487)
 * end the connection of a client that resets some thousand of them in a short time.
 */
async function leave(call: ClientReadableStream<Buffer>, responses: AsyncIterator<Buffer>): Promise<void> {
  const stopTimer = clampedTimer(LEAVE_MS, () => call.cancel());
  try {
    await responses.next();
  } catch {
    // Whatever it is, nobody is interested any more.
  } finally {
    stopTimer();
    call.cancel();
    await responses.return?.();
  }
}

export function closedError(address: string): P4RuntimeError {
  return new P4RuntimeError('CLOSED', `${address}: the client is closed`);
}

export function abortError(where: string): P4RuntimeError {
  return new P4RuntimeError('CANCELLED', `${where}: aborted`);
}
