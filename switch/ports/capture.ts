import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PortDevice } from '../port.js';
import { PortDecorator } from './decorator.js';
import { PortError } from './error.js';
import { encodePcap } from './pcap.js';

const FILE_HEADER_BYTES = 24;
const FLUSH_BYTES = 64 * 1024;
const FLUSH_MS = 100;

/** A pcap file that grows; what is written is on disk at the latest a tenth of a second later. */
export class PcapWriter {
  private readonly file: number;
  private readonly timer: NodeJS.Timeout;
  private parts: Uint8Array[] = [];
  private bytes = 0;

  constructor(path: string) {
    this.file = openSync(path, 'w');
    writeSync(this.file, encodePcap([]));
    this.timer = setInterval(() => this.flush(), FLUSH_MS);
    this.timer.unref();
  }

  write(timeUs: number, frame: Uint8Array): void {
    const record = encodePcap([{ timeUs, frame }]).subarray(FILE_HEADER_BYTES);
    this.parts.push(record);
    this.bytes += record.length;
    if (this.bytes >= FLUSH_BYTES) this.flush();
  }

  close(): void {
    clearInterval(this.timer);
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    if (this.parts.length > 0) writeSync(this.file, Buffer.concat(this.parts));
    this.parts = [];
    this.bytes = 0;
  }
}

/** Writes what passes a device to NAME_in.pcap and NAME_out.pcap, the names simple_switch gives them. */
export class PcapCapture extends PortDecorator {
  private readonly folder: string;
  private readonly timeUs: () => number;
  private files: { readonly in: PcapWriter; readonly out: PcapWriter } | undefined;

  /** `timeUs` gives the time of records, microseconds since 1970. */
  constructor(inner: PortDevice, folder: string, timeUs: () => number) {
    super(inner);
    this.folder = folder;
    this.timeUs = timeUs;
  }

  override async open(receive: (frame: Uint8Array) => void): Promise<void> {
    const base = join(this.folder, this.name.replaceAll(/[/:]/g, '_'));
    try {
      this.files = { in: new PcapWriter(`${base}_in.pcap`), out: new PcapWriter(`${base}_out.pcap`) };
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new PortError('SYSTEM', this.name, `cannot write its capture: ${words}`, { cause });
    }
    await super.open(receive);
  }

  override async close(): Promise<void> {
    await super.close();
    this.files?.in.close();
    this.files?.out.close();
    this.files = undefined;
  }

  protected override incoming(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.files?.in.write(this.timeUs(), frame);
    pass(frame);
  }

  protected override outgoing(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.files?.out.write(this.timeUs(), frame);
    pass(frame);
  }
}
