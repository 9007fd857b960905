/** Devices that collect frames and hand them over together: at the end of a burst, else in the next turn. */
export class FlushQueue<Device extends { flush(): void }> {
  private readonly devices: Device[] = [];
  private scheduled = false;
  private bursts = 0;

  /** A device that has something waiting; it is added once per flush. */
  add(device: Device): void {
    this.devices.push(device);
    if (this.bursts > 0 || this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.bursts === 0) this.run();
    });
  }

  begin(): void {
    this.bursts++;
  }

  end(): void {
    if (--this.bursts === 0) this.run();
  }

  private run(): void {
    for (const device of this.devices) device.flush();
    this.devices.length = 0;
  }
}
