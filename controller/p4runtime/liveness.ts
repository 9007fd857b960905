import { CapabilitiesRequest } from 'p4runtime-js';
import type { P4RuntimeClient } from 'p4runtime-js/service';
import { P4RuntimeError } from './errors.js';
import { clampedTimer } from './timer.js';

export interface LivenessOptions {
  readonly address: string;
  readonly deviceId: string;
  /** On the connection that is in use. */
  readonly client: P4RuntimeClient;
  /** Another one, on a connection of its own. */
  readonly another: () => P4RuntimeClient;
  /** How long requests may wait without any answer before the connection is looked at, milliseconds. */
  readonly suspectAfterMs: number;
  /** The connection carries nothing any more: a new one is needed. */
  readonly onLost: (error: P4RuntimeError) => void;
}

/** How long the switch has for an answer on a new connection, and for one on the old once it has given that. */
const ANSWER_MS = 5000;
const GRACE_MS = 1000;

/** gRPC codes that no switch has sent: the call did not get through, or was given up here. */
const NO_ANSWERS: ReadonlySet<number> = new Set([1, 4, 14]);

/** A request whose answer cannot come. */
export class LostConnection extends P4RuntimeError {
  constructor(message: string) {
    super('UNAVAILABLE', message);
  }
}

/**
 * Finds out a connection that is dead while the switch is not. HTTP/2 of Node gives a connection up without a word when a
 * header comes that is longer than it takes (65,536 bytes as it is on the wire): a refusal of many updates with long
 * messages is one. Everything on the connection would wait for its deadline, and keepalive takes 40 s.
 *
 * Where requests wait, the same small question goes by that connection and by a new one: a switch that answers the one and
 * not the other, a second later, is not slow.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #waiting = new Set<(error: P4RuntimeError) => void>();
  #stopTimer: (() => void) | undefined;
  #isChecking = false;
  #isClosed = false;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** A request waits for its answer. `giveUp` is called where none can come. Returns what ends the waiting. */
  waits(giveUp: (error: P4RuntimeError) => void): () => void {
    this.#waiting.add(giveUp);
    if (this.#stopTimer === undefined) this.#arm();
    return () => {
      if (!this.#waiting.delete(giveUp)) return;
      this.#arm();
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#arm();
  }

  /** From now: something has just been answered, or has begun to wait. */
  #arm(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#waiting.size === 0 || this.#isChecking || this.#isClosed) return;
    this.#stopTimer = clampedTimer(this.#options.suspectAfterMs, () => {
      this.#isChecking = true;
      this.#check()
        // Nothing rejects; whatever does all the same must not end the process, nor the watch.
        .catch(() => undefined)
        .finally(() => {
          this.#isChecking = false;
          this.#arm();
        });
    });
  }

  async #check(): Promise<void> {
    const { address, client, another, onLost } = this.#options;
    const suspects = new Set(this.#waiting);
    const here = ask(client, this.#options.deviceId, ANSWER_MS + GRACE_MS);
    const other = another();
    const there = await ask(other, this.#options.deviceId, ANSWER_MS);
    other.close();
    if (there !== 'answered') return;
    let stopGrace: () => void = () => undefined;
    const grace = new Promise<'silent'>((resolve) => {
      stopGrace = clampedTimer(GRACE_MS, () => resolve('silent'));
    });
    const verdict = await Promise.race([here, grace]);
    stopGrace();
    const lost = [...suspects].filter((giveUp) => this.#waiting.has(giveUp));
    // Some request has been answered meanwhile: that one was slow.
    if (verdict !== 'silent' || lost.length < suspects.size || this.#isClosed) return;
    const error = new P4RuntimeError(
      'UNAVAILABLE',
      `${address}: the switch answers, but not by this connection: HTTP/2 of Node gives a connection up after an answer ` +
        'that is longer than 64 KiB, as refusals of many updates can be; write fewer at a time (maxUpdates)',
    );
    this.#waiting.clear();
    for (const giveUp of lost) giveUp(error);
    onLost(error);
  }
}

/** Never rejects. Any answer of the switch's will do, a refusal as well. */
function ask(client: P4RuntimeClient, deviceId: string, withinMs: number): Promise<'answered' | 'failed'> {
  const request = new CapabilitiesRequest();
  request.setDeviceId(deviceId);
  return new Promise((resolve) => {
    client.capabilities(request, { deadline: Date.now() + withinMs }, (error) =>
      resolve(error !== null && NO_ANSWERS.has(error.code) ? 'failed' : 'answered'),
    );
  });
}
