/** What a switch port is attached to: a link, a tunnel, a network interface, or a decorator around one. */
export interface Port {
  /** Takes a frame the switch sends. The bytes are valid only during the call; copy what must outlive it. */
  transmit(frame: Uint8Array): void;
}
