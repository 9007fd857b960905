export { ContentCache, type ContentCacheCounters, type ContentCacheOptions } from './content-cache.js';
export { Egress, type EgressOptions } from './egress.js';
export { Ingress, type IngressCounters, type IngressOptions } from './ingress.js';
export type { OriginTls } from './origin.js';
export type { IngressRoute } from './routes.js';
export { statusOf } from './status.js';
export { type TcpEgressOptions, type TcpIngressOptions, tcpEgress, tcpIngress } from './tcp.js';
export { type UdpCounters, type UdpEgressOptions, UdpIngress, type UdpOptions, udpEgress } from './udp.js';
