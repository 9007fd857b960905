import {
  decodeNamed,
  decodeUdpFrame,
  encodeNamed,
  encodeUdpFrame,
  type FabricKey,
  HOP_LIMIT_DEFAULT,
  Name,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
  WireError,
} from '../../wire/index.js';
import type { Clock, Timer } from '../clock.js';
import { macBytes, portMac } from './addresses.js';
import { switchName } from './names.js';
import type { LinkSpec, Topology } from './topology.js';

export interface ProbeOptions {
  /** Time between two probes of a direction, microseconds. Default 200,000. */
  readonly intervalUs?: number;
  /** Probes in a row without answer after which a direction is down. Default 3. */
  readonly misses?: number;
  /** Answers in a row after which it is up again. Default 2. */
  readonly answers?: number;
  /**
   * Probes in a row without answer after which a direction is down whose neighbour has not answered yet and has not
   * been set up: it may be about to come up, or be dead since before the controller started. Default 50 (10 s).
   */
  readonly patience?: number;
}

export interface LinkMonitorOptions extends ProbeOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly clock: Clock;
  /** Whether a switch holds what it needs to send, answer and hand over probes. */
  readonly isReady: (name: string) => boolean;
  /** Sends a frame out of a switch's port. */
  readonly send: (name: string, port: number, frame: Uint8Array) => void;
  /** The state of a link has changed. */
  readonly onChanged: (link: LinkSpec, isUp: boolean) => void;
}

type Verdict = 'unknown' | 'up' | 'down';

/** A link in one direction. */
interface Direction {
  readonly link: LinkSpec;
  readonly from: string;
  readonly port: number;
  readonly to: string;
  readonly frame: (requestId: number) => Uint8Array;
  verdict: Verdict;
  /** Request id of the probe that has had no answer yet. */
  pending: number | undefined;
  misses: number;
  /** Probes without answer while the neighbour had never answered and never been seen ready. */
  early: number;
  answers: number;
}

/**
 * Finds out which links carry packets, by DMSC ping: every switch sends echo requests for its neighbour's own name out of
 * each port, which the neighbour's data plane answers without its controller. So a link is judged by what it does,
 * also where a switch has lost its controller, and a switch that has died is one all of whose links are down. What no
 * connected switch can probe stays as it was.
 */
export class LinkMonitor {
  readonly #options: LinkMonitorOptions;
  readonly #directions: readonly Direction[];
  readonly #byRequest = new Map<number, Direction>();
  readonly #down = new Set<LinkSpec>();
  /** Switches that were ready in some round: what they do not answer is missed, whatever became of them. */
  readonly #seen = new Set<string>();
  readonly #intervalUs: number;
  readonly #misses: number;
  readonly #answers: number;
  readonly #patience: number;
  #timer: Timer | undefined;
  #lastRequest = 0;

  constructor(options: LinkMonitorOptions) {
    this.#options = options;
    this.#intervalUs = options.intervalUs ?? 200_000;
    this.#misses = options.misses ?? 3;
    this.#answers = options.answers ?? 2;
    this.#patience = Math.max(this.#misses, options.patience ?? 50);
    this.#directions = options.topology.links.flatMap((link) => {
      const { a, b } = link;
      return [this.#direction(link, a, b), this.#direction(link, b, a)];
    });
  }

  start(): void {
    this.#timer = this.#options.clock.setTimer(this.#intervalUs, () => {
      this.#round();
      this.start();
    });
  }

  close(): void {
    this.#timer?.cancel();
  }

  /** What is known from before: the link was down. */
  assume(link: LinkSpec): void {
    this.#down.add(link);
    for (const direction of this.#directions) if (direction.link === link) direction.verdict = 'down';
  }

  /** Whether a packet that a switch handed over was the answer to a probe; it is dealt with then. */
  received(name: string, frame: Uint8Array): boolean {
    let answered: Direction | undefined;
    let requestId: number;
    try {
      const { udp, payload } = decodeUdpFrame(frame);
      if (udp.dstPort !== UDP_PORT_NAMED) return false;
      const packet = decodeNamed(payload);
      if (packet.type !== PacketType.ECHO_REPLY) return false;
      requestId = packet.requestId;
      answered = this.#byRequest.get(requestId);
    } catch (error) {
      if (error instanceof WireError) return false;
      throw error;
    }
    if (answered?.from !== name) return false;
    this.#byRequest.delete(requestId);
    if (answered.pending !== requestId) return true;
    answered.pending = undefined;
    answered.misses = 0;
    answered.answers += 1;
    if (answered.verdict === 'unknown' || answered.answers >= this.#answers) this.#judge(answered, 'up');
    return true;
  }

  #round(): void {
    const { isReady, send, topology } = this.#options;
    for (const name of topology.switches.keys()) if (isReady(name)) this.#seen.add(name);
    for (const direction of this.#directions) {
      if (direction.pending !== undefined) this.#byRequest.delete(direction.pending);
      if (!isReady(direction.from)) {
        direction.pending = undefined;
        direction.misses = 0;
        direction.early = 0;
        direction.answers = 0;
        continue;
      }
      if (direction.pending !== undefined) this.#missed(direction);
      this.#lastRequest = (this.#lastRequest + 1) >>> 0;
      direction.pending = this.#lastRequest;
      this.#byRequest.set(direction.pending, direction);
      send(direction.from, direction.port, direction.frame(direction.pending));
    }
  }

  #missed(direction: Direction): void {
    direction.answers = 0;
    if (direction.verdict === 'unknown' && !this.#seen.has(direction.to)) {
      direction.early += 1;
      if (direction.early >= this.#patience) this.#judge(direction, 'down');
      return;
    }
    direction.misses += 1;
    if (direction.misses >= this.#misses) this.#judge(direction, 'down');
  }

  #judge(direction: Direction, verdict: 'up' | 'down'): void {
    if (direction.verdict === verdict) return;
    direction.verdict = verdict;
    const { link } = direction;
    // A direction nobody can probe now has no say.
    const isDown = this.#directions.some((each) => {
      return each.link === link && each.verdict === 'down' && this.#options.isReady(each.from);
    });
    if (isDown === this.#down.has(link)) return;
    if (isDown) this.#down.add(link);
    else this.#down.delete(link);
    this.#options.onChanged(link, !isDown);
  }

  #direction(link: LinkSpec, from: LinkSpec['a'], to: LinkSpec['a']): Direction {
    const { topology, key } = this.#options;
    const own = topology.switches.get(from.switch);
    const peer = topology.switches.get(to.switch);
    const dst = switchName(to.switch);
    // The answer leads to the switch's own address, and so to its controller.
    const src = Name.parse(`/fabric/probe/${from.switch}`);
    const frame = (requestId: number) =>
      encodeUdpFrame({
        srcMac: macBytes(portMac(own?.id ?? 0, from.port)),
        dstMac: macBytes(portMac(peer?.id ?? 0, to.port)),
        src: own?.loopback ?? 0,
        dst: topology.fabric.service,
        srcPort: UDP_PORT_NAMED,
        dstPort: UDP_PORT_NAMED,
        payload: encodeNamed({
          type: PacketType.ECHO_REQUEST,
          flags: 0,
          hopLimit: HOP_LIMIT_DEFAULT,
          reason: 0,
          dstComponents: dst.components.length,
          srcComponents: src.components.length,
          tag: 0,
          instance: 0,
          requestId,
          stamp: 0,
          attempt: 0,
          dst: dst.digest(key).bytes,
          src: src.digest(key).bytes,
          text: textBlock(dst, src),
          payload: new Uint8Array(0),
        }),
      });
    return {
      link,
      from: from.switch,
      port: from.port,
      to: to.switch,
      frame,
      verdict: 'unknown',
      pending: undefined,
      misses: 0,
      early: 0,
      answers: 0,
    };
  }
}
