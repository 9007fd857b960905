import type { ArbitrationState } from './arbitration.js';
import type { DigestList } from './digests.js';
import type { DecodedTableEntry } from './entities/table-entry.js';
import type { PacketIn } from './packet-io.js';
import { Signal } from './signal.js';

/** An error the switch reported on the stream: a packet-out or an acknowledgement it could not use. */
export interface StreamProblem {
  readonly code: string;
  readonly message: string;
}

/** What a client tells those who subscribe. A listener that throws is reported by `failed`; the others are told. */
export class Notices {
  /** What listeners threw, and messages that could not be decoded. */
  readonly failed = new Signal<unknown>(() => undefined);
  readonly #report = (error: unknown) => this.failed.emit(error);
  readonly stateChanged = new Signal<ArbitrationState>(this.#report);
  readonly packetIn = new Signal<PacketIn>(this.#report);
  readonly digest = new Signal<DigestList>(this.#report);
  readonly idleTimeout = new Signal<readonly DecodedTableEntry[]>(this.#report);
  readonly streamProblem = new Signal<StreamProblem>(this.#report);
  #unheard = 0;

  /** Packet-ins, digest lists and idle notices that came while nobody listened. */
  get unheard(): number {
    return this.#unheard;
  }

  /** Tells it where somebody listens, and only then decodes it. */
  hear<T>(signal: Signal<T>, decode: () => T): void {
    if (!signal.isHeard) {
      this.#unheard += 1;
      return;
    }
    try {
      signal.emit(decode());
    } catch (error) {
      this.failed.emit(error);
    }
  }

  end(): void {
    const { stateChanged, packetIn, digest, idleTimeout, streamProblem, failed } = this;
    for (const signal of [stateChanged, packetIn, digest, idleTimeout, streamProblem, failed]) signal.end();
  }
}
