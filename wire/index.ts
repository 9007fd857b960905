export * from './arp.js';
export * from './auth-tag.js';
export {
  readI32,
  readU16,
  readU24,
  readU32,
  sameBytes,
  toHex,
  writeU16,
  writeU24,
  writeU32,
} from './bytes.js';
export * from './checksum.js';
export * from './constants.js';
export { WireError, type WireErrorCode } from './errors.js';
export * from './ethernet.js';
export * from './frame.js';
export * from './halfsiphash.js';
export * from './ipv4.js';
export * from './kv.js';
export type { Field, Layout } from './layout.js';
export { LAYOUTS } from './layouts.js';
export * from './mpls.js';
export * from './name.js';
export * from './named.js';
export * from './nsh.js';
export * from './packet-io.js';
export * from './sinc.js';
export * from './siphash.js';
export * from './telemetry.js';
export * from './udp.js';
