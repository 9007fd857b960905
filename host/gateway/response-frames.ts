import { HostError } from '../errors.js';
import { FRAME_DATA, FRAME_HEAD, type Frame } from './frames.js';
import {
  type HeaderLines,
  type RequestHead,
  type ResponseHead,
  responseHead,
  trailerLines,
} from './heads.js';
import type { HttpClient } from './http-client.js';

const NO_BYTES = new Uint8Array(0);
const NO_LINES: HeaderLines = [];

/** The request a response is for. */
export interface Answered {
  readonly head: RequestHead;
  readonly client: HttpClient;
  /** The head of the response has gone to the client. */
  begun: boolean;
}

/** Gives the frames of a response to the client, and sees that they make one. */
export class ResponseFrames {
  readonly #run: Answered;
  readonly #streaming: boolean;
  #whole: ResponseHead | undefined;
  #body: Uint8Array = NO_BYTES;
  #trailers: HeaderLines = NO_LINES;
  /** Body bytes still to come where the head has said how many. */
  #left: number | undefined;

  /** @param streaming whether frames come one by one, their bytes valid while they are taken only */
  constructor(run: Answered, streaming = false) {
    this.#run = run;
    this.#streaming = streaming;
  }

  /** @returns false where the client wants no more for now */
  take(frame: Frame): boolean {
    const { client, head } = this.#run;
    if (frame.type === FRAME_HEAD) {
      const answer = responseHead(frame.text);
      const { status } = answer;
      if (this.#begun || status === 101) throw broken('a second head');
      if (status < 200) {
        client.informational(answer);
        return true;
      }
      const { contentLength } = answer.fields.framing;
      const bodiless = head.method === 'HEAD' || status === 204 || status === 304;
      if (Number.isNaN(contentLength)) throw broken('a content-length that is none');
      if (!bodiless) this.#left = contentLength;
      // gRPC's answers without a body have their trailers in the head, which has to be the end as well: it waits for that.
      if (this.#streaming && answer.fields.value('grpc-status') === undefined) {
        this.#run.begun = true;
        client.head(answer);
      } else this.#whole = answer;
      return true;
    }
    if (!this.#begun) throw broken('a body without head');
    if (frame.type !== FRAME_DATA) {
      this.#trailers = trailerLines(frame.text);
      return true;
    }
    if (this.#left !== undefined) {
      this.#left -= frame.data.length;
      if (this.#left < 0) throw broken('more body than its head says');
    }
    if (this.#whole === undefined) return client.data(frame.data);
    const keeps = !this.#streaming && this.#body.length === 0;
    this.#body = keeps ? frame.data : Buffer.concat([this.#body, frame.data]);
    return true;
  }

  end(): void {
    if (!this.#begun) throw broken('no response');
    if (this.#left !== undefined && this.#left > 0) throw broken('less body than its head says');
    const { client } = this.#run;
    const whole = this.#whole;
    if (whole === undefined) client.end(this.#trailers);
    else if (this.#trailers.length === 0) client.whole(whole, this.#body);
    else {
      client.head(whole);
      client.data(this.#body);
      client.end(this.#trailers);
    }
  }

  get #begun(): boolean {
    return this.#whole !== undefined || this.#run.begun;
  }
}

function broken(problem: string): HostError {
  return new HostError('BAD_REPLY', `HTTP over an exchange: ${problem}`);
}
