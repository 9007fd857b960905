import type { Clock } from '../clock.js';
import { macBytes, portMac } from '../fabric/addresses.js';
import { answerExpired, answerOwn, RateLimit } from '../fabric/icmp.js';
import type { SwitchSpec, Topology } from '../fabric/topology.js';
import { type AnswerRegistry, answerArp, answerNamed } from './in-band.js';

export interface PacketDeskOptions {
  readonly topology: Topology;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** The last packet under way has been dealt with. */
  readonly onIdle: () => void;
}

/** ICMP messages a switch sends per second; Linux hosts send no more themselves. */
const ICMP_PER_SECOND = 1000;

/** Answers the packets that switches hand to the controller. A malformed one is reported and dropped. */
export class PacketDesk {
  readonly #options: PacketDeskOptions;
  readonly #addresses: ReadonlySet<number>;
  readonly #icmp: RateLimit;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(options: PacketDeskOptions) {
    this.#options = options;
    this.#icmp = new RateLimit(options.clock, ICMP_PER_SECOND);
    const { fabric, hosts, switches } = options.topology;
    this.#addresses = new Set([
      fabric.service,
      ...[...hosts.values()].map(({ ipv4 }) => ipv4),
      ...[...switches.values()].map(({ loopback }) => loopback),
    ]);
  }

  get busy(): boolean {
    return this.#underWay > 0;
  }

  idle(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A packet to a name of the controller; `send` takes the answer. */
  named(frame: Uint8Array, registry: AnswerRegistry, send: (frame: Uint8Array) => void): void {
    this.#underWay += 1;
    answerNamed(registry, frame)
      .then((answer) => {
        if (answer !== undefined) send(answer);
      })
      .catch(this.#options.onError)
      .finally(() => {
        this.#underWay -= 1;
        if (this.#underWay > 0) return;
        for (const wake of this.#waiting.splice(0)) wake();
        this.#options.onIdle();
      });
  }

  /** A packet whose time to live a switch has used up. */
  expired(frame: Uint8Array, at: SwitchSpec, send: (frame: Uint8Array) => void): void {
    this.#say(at, send, () => answerExpired(frame, at.loopback));
  }

  /** A packet for a switch's own address. */
  own(frame: Uint8Array, at: SwitchSpec, send: (frame: Uint8Array) => void): void {
    this.#say(at, send, () => answerOwn(frame, at.loopback));
  }

  #say(at: SwitchSpec, send: (frame: Uint8Array) => void, answer: () => Uint8Array | undefined): void {
    try {
      if (!this.#icmp.take(at.name)) return;
      const frame = answer();
      if (frame !== undefined) send(frame);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** Hosts ask for everything; whatever it is lies behind the switch. */
  arp(frame: Uint8Array, at: SwitchSpec, port: number, send: (frame: Uint8Array) => void): void {
    try {
      const gateway = macBytes(portMac(at.id, port));
      const local = [...this.#options.topology.hosts.values()].find(
        (host) => host.switch === at.name && host.port === port,
      );
      // The host's own address is not ours to claim.
      const knows = (address: number) => address !== local?.ipv4 && this.#addresses.has(address);
      const answer = answerArp(frame, gateway, knows);
      if (answer !== undefined) send(answer);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
