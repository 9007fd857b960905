import { EmbeddedSwitch, loadProgram, type SwitchOptions } from '../../switch/index.js';

/** A frame the switch sent. */
export interface Sent {
  readonly port: number;
  readonly hex: string;
}

/** A switch with a program, a clock the test moves, and devices on ports 0 to 15 that keep what is sent. */
export class Rig {
  readonly device: EmbeddedSwitch;
  readonly sent: Sent[] = [];
  now = 0;

  constructor(document: unknown, options: Partial<SwitchOptions> = {}) {
    this.device = new EmbeddedSwitch({ clock: { now: () => this.now }, ...options });
    this.device.load(loadProgram(document));
    for (let port = 0; port < 16; port++) {
      if (port === options.cpuPort) continue;
      this.device.attach(port, {
        transmit: (frame) => this.sent.push({ port, hex: Buffer.from(frame).toString('hex') }),
      });
    }
  }

  get program() {
    const { program } = this.device;
    if (program === undefined) throw new Error('no program is loaded');
    return program;
  }

  /** Puts a frame in on a port; returns what came out because of it. */
  send(port: number, hex: string): Sent[] {
    this.sent.length = 0;
    this.device.receive(port, Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex')));
    return [...this.sent];
  }
}
