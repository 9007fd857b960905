export type PortErrorCode =
  /** The name of a device cannot be read. */
  | 'BAD_NAME'
  /** The optional package koffi is not installed, or has no build for this machine. */
  | 'NO_KOFFI'
  /** Not Linux. */
  | 'NOT_SUPPORTED'
  /** The process may not open packet sockets. */
  | 'NOT_PERMITTED'
  /** No interface of that name. */
  | 'NO_INTERFACE'
  /** The address is taken, or not one of this machine. */
  | 'ADDRESS'
  /** The operating system said no for another reason. */
  | 'SYSTEM'
  /** The device is open already. */
  | 'OPEN';

/** A device that cannot be what was asked for; the message ends with what helps. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;
  /** The device, as it was named. */
  readonly device: string;

  constructor(code: PortErrorCode, device: string, message: string, options?: ErrorOptions) {
    super(`port device ${device}: ${message}`, options);
    this.code = code;
    this.device = device;
  }
}
