/** What a P4Runtime server has done since it started. */
export interface ServerCounters {
  /** Messages written to StreamChannels: arbitration, packets, digests, notices, errors. */
  streamMessagesSent: number;
  streamMessagesReceived: number;
  /** Messages for a controller that was too slow or had gone. */
  streamMessagesDropped: number;
  packetsIn: number;
  packetsOut: number;
  /** Packets for the controller that nobody got: no primary, or shorter than the packet_in header. */
  packetsInLost: number;
  digestLists: number;
  writes: number;
  updates: number;
  updatesFailed: number;
  reads: number;
  entitiesRead: number;
}

export function newCounters(): ServerCounters {
  return {
    streamMessagesSent: 0,
    streamMessagesReceived: 0,
    streamMessagesDropped: 0,
    packetsIn: 0,
    packetsOut: 0,
    packetsInLost: 0,
    digestLists: 0,
    writes: 0,
    updates: 0,
    updatesFailed: 0,
    reads: 0,
    entitiesRead: 0,
  };
}
