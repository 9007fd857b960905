/** What a switch port is attached to: a link, a tunnel, a network interface, or a decorator around one. */
export interface Port {
  /** Takes a frame the switch sends. The bytes are valid only during the call; copy what must outlive it. */
  transmit(frame: Uint8Array): void;
  /** Frames that wait in front of the wire at present, where the device has a queue and knows it. */
  queued?(): number;
}

/** What went through a device since it was opened. Bytes are those of frames, without preamble and checksum. */
export interface PortCounters {
  receivedFrames: number;
  receivedBytes: number;
  /** Frames that came and could not be taken: a full socket buffer, a closed device. */
  receiveDropped: number;
  sentFrames: number;
  sentBytes: number;
  /** Frames that could not be sent: too long for the link, a full queue, a link that is down. */
  sendDropped: number;
}

/** A device of its own that can be opened and closed. Frames it receives go where `open` was told. */
export interface PortDevice extends Port {
  /** How messages and capture files call it, e.g. the interface's name. */
  readonly name: string;
  readonly counters: Readonly<PortCounters>;
  /** Starts receiving. A frame's bytes are valid only during the call. Rejects with a PortError. */
  open(receive: (frame: Uint8Array) => void): Promise<void>;
  /** Stops receiving, sends what waits, and gives the device back. Closing twice is no error. */
  close(): Promise<void>;
}

export function newPortCounters(): PortCounters {
  return {
    receivedFrames: 0,
    receivedBytes: 0,
    receiveDropped: 0,
    sentFrames: 0,
    sentBytes: 0,
    sendDropped: 0,
  };
}
