/** Devices for the ports of a switch, and decorators around them. */
export { newPortCounters, type Port, type PortCounters, type PortDevice } from '../port.js';
export { AfPacketPort } from './af-packet.js';
export { PcapCapture, PcapWriter } from './capture.js';
export { type FrameDirection, PortDecorator, PortTracer } from './decorator.js';
export { deviceOf } from './device-name.js';
export { PortError, type PortErrorCode } from './error.js';
export { FaultInjector, type Faults } from './fault-injector.js';
export { MemoryPort } from './memory.js';
export { type CapturedFrame, decodePcap, encodePcap, PcapError } from './pcap.js';
export { type Endpoint, UdpTunnel } from './udp-tunnel.js';
