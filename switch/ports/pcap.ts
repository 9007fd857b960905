/**
 * pcap files (the classic format, magic a1b2c3d4, microseconds, Ethernet): what tcpdump, tshark and simple_switch
 * read and write.
 */
const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const LINKTYPE_ETHERNET = 1;
const MAX_FRAME_BYTES = 262144;

export interface CapturedFrame {
  /** Microseconds since the file's epoch. */
  readonly timeUs: number;
  readonly frame: Uint8Array;
}

/** A file that is no pcap file, or ends in the middle; `offset` says where. */
export class PcapError extends Error {
  override readonly name = 'PcapError';
  readonly code = 'PCAP';
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(`pcap, byte ${offset}: ${message}`);
    this.offset = offset;
  }
}

/** The bytes of a pcap file that holds `frames`. */
export function encodePcap(frames: Iterable<CapturedFrame>): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.writeUInt32LE(MAGIC_MICROSECONDS, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(MAX_FRAME_BYTES, 16);
  header.writeUInt32LE(LINKTYPE_ETHERNET, 20);
  const parts: Uint8Array[] = [header];
  for (const { timeUs, frame } of frames) {
    const record = Buffer.alloc(RECORD_HEADER_BYTES);
    record.writeUInt32LE(Math.floor(timeUs / 1e6), 0);
    record.writeUInt32LE(Math.floor(timeUs % 1e6), 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    parts.push(record, frame);
  }
  return Buffer.concat(parts);
}

/** The frames of a pcap file, in either byte order and resolution. @throws PcapError */
export function decodePcap(file: Uint8Array): CapturedFrame[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < FILE_HEADER_BYTES) {
    throw new PcapError(
      file.length,
      `the file header takes ${FILE_HEADER_BYTES} bytes; the file is cut short`,
    );
  }
  const magic = view.getUint32(0, true);
  const little = magic === MAGIC_MICROSECONDS || magic === MAGIC_NANOSECONDS;
  const native = little ? magic : view.getUint32(0, false);
  if (native !== MAGIC_MICROSECONDS && native !== MAGIC_NANOSECONDS) {
    throw new PcapError(0, `magic is ${magic.toString(16)}; expected a pcap file (pcapng is not read)`);
  }
  const unitsPerMicrosecond = native === MAGIC_NANOSECONDS ? 1000 : 1;
  const frames: CapturedFrame[] = [];
  let at = FILE_HEADER_BYTES;
  while (at < file.length) {
    if (at + RECORD_HEADER_BYTES > file.length)
      throw new PcapError(at, 'the file ends inside a record header');
    const length = view.getUint32(at + 8, little);
    const start = at + RECORD_HEADER_BYTES;
    if (length > MAX_FRAME_BYTES) throw new PcapError(at + 8, `a frame of ${length} bytes is too long`);
    if (start + length > file.length) throw new PcapError(start, 'the file ends inside a frame');
    frames.push({
      timeUs: view.getUint32(at, little) * 1e6 + view.getUint32(at + 4, little) / unitsPerMicrosecond,
      frame: file.subarray(start, start + length),
    });
    at = start + length;
  }
  return frames;
}
