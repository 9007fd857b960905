import { isReduceOperation, MAX_VECTORS } from '../wire/index.js';
import { requireIpv4 } from './arguments.js';
import { HostError, requireInteger } from './errors.js';

export interface ReduceGroupOptions {
  /** Group ID, 24 bits. */
  readonly group: number;
  /** This host's data source ID, 0 to sources-1. */
  readonly source: number;
  readonly sources: number;
  /** SeqNums outstanding, W of protocol section 4.5: a power of two, the same for all sources and the switches. */
  readonly window: number;
  /** Address packets are sent to: the host that computes where no switch does. */
  readonly destination: string;
  /** SINC_SUM (default), SINC_MIN, SINC_MAX or SINC_SUM_AHEAD. */
  readonly operation?: number | undefined;
  /**
   * Who gets the result: all sources (`reduce`, `allReduce`), or the destination host alone, which has a ReduceSink
   * (`contribute`). Default group.
   */
  readonly resultTo?: 'group' | 'destination' | undefined;
  /** Vectors of 32 values in a packet, 1 to 4. Default 4. */
  readonly vectors?: number | undefined;
  /** Timeouts of one packet in a row, without any result meanwhile, before the group fails. Default 40. */
  readonly maxRetries?: number | undefined;
  /** Retransmission timeout: before the first measurement, least and most, microseconds. Defaults 20,000, 1,000, 500,000. */
  readonly initialTimeoutUs?: number | undefined;
  readonly minTimeoutUs?: number | undefined;
  readonly maxTimeoutUs?: number | undefined;
  /** SeqNum of the first packet, the same for all sources. Default 0. */
  readonly firstSeq?: number | undefined;
}

/** @throws HostError INVALID_ARGUMENT with the option that makes no sense. */
export function checkReduceGroup(options: ReduceGroupOptions): void {
  const what = `reduce group ${options.group}`;
  requireInteger(what, 'group', options.group, 0, 0xffffff);
  requireInteger(what, 'sources', options.sources, 1, 0xffff);
  requireInteger(what, 'source', options.source, 0, options.sources - 1);
  requireInteger(what, 'window', options.window, 1, 65536);
  if ((options.window & (options.window - 1)) !== 0) {
    throw HostError.invalid(what, `window is ${options.window}`, 'give a power of two');
  }
  requireInteger(what, 'vectors', options.vectors ?? MAX_VECTORS, 1, MAX_VECTORS);
  requireInteger(what, 'firstSeq', options.firstSeq ?? 0, 0, 0xffffffff);
  requireIpv4(what, 'destination', options.destination);
  const { operation } = options;
  if (operation !== undefined && !isReduceOperation(operation)) {
    const remedy = 'give SINC_SUM, SINC_MIN, SINC_MAX or SINC_SUM_AHEAD';
    throw HostError.invalid(what, `operation is ${operation}`, remedy);
  }
}

export interface ReduceCounters {
  sent: number;
  retransmitted: number;
  results: number;
  /** Results of SeqNums that are not outstanding (any more). */
  stale: number;
  /** Results that contradict what was sent. */
  inconsistent: number;
  /** Results of which a sum has left int32. */
  overflowed: number;
}

/** What a reduction gives. */
export interface Reduced {
  readonly values: Int32Array;
  /** A sum has left int32 on the way to one of the values: it has wrapped, or saturated where the group saturates. */
  readonly overflow: boolean;
}

/** Looks into a reduction packet by packet; a packet's values are those from `packet` times 32 times `vectors` on. */
export interface Stages {
  /** Called before a packet's values are read. The results of packets up to W before it are there. */
  before(packet: number): void;
  /** Called when a packet's results are there. */
  after(packet: number): void;
}
