/** A discrete-event network in one process: virtual time, links with faults, hosts with UDP sockets. */
export { type Barrier, Emulator, type Link, type RunOptions, type Timer } from './emulator.js';
export { EmulatorError, type EmulatorErrorCode } from './errors.js';
export { EmulatedHost, EmulatedSocket, type HostCounters, type HostInterface } from './host.js';
export { type Attachment, type LinkCounters, LinkEnd, type LinkProfile, PERFECT_LINK } from './link.js';
export { Random } from './random.js';
