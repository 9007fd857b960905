import type { CallOptions, ClientUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { ReadRequest } from 'p4runtime-js';
import { type P4RuntimeClient, P4RuntimeService } from 'p4runtime-js/service';
import { P4RuntimeError } from './errors.js';
import { fromServiceError, isServiceError } from './status.js';

const READ = P4RuntimeService.Read;
const asIs = (response: Buffer): Buffer => response;

/** What a caller can set on any call. */
export interface CallControl {
  /** Aborting it cancels the call, which then fails with CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline, milliseconds from now; the client's default where left out. */
  readonly timeoutMs?: number | undefined;
}

export interface CallsOptions {
  readonly client: P4RuntimeClient;
  readonly address: string;
  readonly timeoutMs: number;
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
  ): Promise<R> {
    const where = `${this.#options.address}: ${name}`;
    return new Promise<R>((resolve, reject) => {
      this.#checkOpen(control, where);
      const call = start(this.#callOptions(control), (error, response) => {
        control.signal?.removeEventListener('abort', cancel);
        if (error !== null) reject(fromServiceError(error, where));
        else if (response === undefined) reject(new P4RuntimeError('INTERNAL', `${where}: empty answer`));
        else resolve(response);
      });
      const cancel = () => call.cancel();
      control.signal?.addEventListener('abort', cancel);
    });
  }

  /** The answers of a Read as they came, each a ReadResponse's bytes. */
  async *read(request: ReadRequest, control: CallControl): AsyncGenerator<Buffer, void, undefined> {
    const where = `${this.#options.address}: Read`;
    this.#checkOpen(control, where);
    const call = this.#options.client.makeServerStreamRequest(
      READ.path,
      READ.requestSerialize,
      asIs,
      request,
      this.#callOptions(control),
    );
    const responses: AsyncIterable<Buffer> = call;
    const cancel = () => call.cancel();
    control.signal?.addEventListener('abort', cancel);
    try {
      yield* responses;
    } catch (error) {
      throw isServiceError(error) ? fromServiceError(error, where) : error;
    } finally {
      control.signal?.removeEventListener('abort', cancel);
      call.cancel();
    }
  }

  #checkOpen(control: CallControl, where: string): void {
    if (this.#options.closing.aborted) throw closedError(this.#options.address);
    if (control.signal?.aborted === true) throw abortError(where);
  }

  #callOptions(control: CallControl): CallOptions {
    return { deadline: Date.now() + (control.timeoutMs ?? this.#options.timeoutMs) };
  }
}

export function closedError(address: string): P4RuntimeError {
  return new P4RuntimeError('CLOSED', `${address}: the client is closed`);
}

export function abortError(where: string): P4RuntimeError {
  return new P4RuntimeError('CANCELLED', `${where}: aborted`);
}
