/** A packet that waits: its PHV and its bytes (all of them before ingress, the payload before egress). */
export class SavedPacket {
  readonly phv: Uint32Array;
  bytes: Uint8Array;
  length = 0;
  /** Port it waits for, before egress. */
  port = 0;

  constructor(words: number) {
    this.phv = new Uint32Array(words);
    this.bytes = new Uint8Array(2048);
  }

  keep(phv: Uint32Array, bytes: Uint8Array, start: number, end: number, port: number): void {
    this.phv.set(phv);
    this.length = end - start;
    this.port = port;
    if (this.bytes.length < this.length) this.bytes = new Uint8Array(2 * this.length);
    for (let i = 0; i < this.length; i++) this.bytes[i] = bytes[start + i] ?? 0;
  }
}

/** First in, first out; packets come from a pool and go back to it. */
export class PacketQueue {
  private readonly pool: SavedPacket[];
  private readonly words: number;
  private waiting: SavedPacket[] = [];
  private head = 0;

  constructor(pool: SavedPacket[], words: number) {
    this.pool = pool;
    this.words = words;
  }

  get length(): number {
    return this.waiting.length - this.head;
  }

  push(phv: Uint32Array, bytes: Uint8Array, start: number, end: number, port: number): void {
    const packet = this.pool.pop() ?? new SavedPacket(this.words);
    packet.keep(phv, bytes, start, end, port);
    this.waiting.push(packet);
  }

  /** The oldest packet, to be given back with `release`. */
  shift(): SavedPacket | undefined {
    const packet = this.waiting[this.head];
    if (packet === undefined) return undefined;
    this.head++;
    if (this.head === this.waiting.length) {
      this.waiting.length = 0;
      this.head = 0;
    }
    return packet;
  }

  release(packet: SavedPacket): void {
    this.pool.push(packet);
  }

  clear(): void {
    for (let packet = this.shift(); packet !== undefined; packet = this.shift()) this.release(packet);
  }
}
