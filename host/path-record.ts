import { HOP_LIMIT_DEFAULT, type Hop, type NamedPacket } from '../wire/index.js';

/** What the switches noted of a request and its answer. */
export interface PathRecord {
  /** On the way to the service, in the order they were passed. Times are each switch's own clock. */
  readonly forward: readonly Hop[];
  /** On the way back, in the order they were passed. */
  readonly back: readonly Hop[];
  /** Switches of the way back that found no room: a packet carries 8 notes. */
  readonly dropped: number;
}

/** The record an answer carries; undefined where nothing was asked for or the answer came as an exchange. */
export function pathRecord(answer: NamedPacket): PathRecord | undefined {
  const { telemetry } = answer;
  if (telemetry === undefined) return undefined;
  // Newest first. The answer set out with a full hop limit, so that tells how many of them are of the way back.
  const { hops, dropped } = telemetry;
  const passed = Math.max(0, HOP_LIMIT_DEFAULT - answer.hopLimit);
  const ofBack = Math.min(hops.length, Math.max(0, passed - dropped));
  return { forward: hops.slice(ofBack).reverse(), back: hops.slice(0, ofBack).reverse(), dropped };
}
