export { ContentCache, type ContentCacheCounters, type ContentCacheOptions } from './content-cache.js';
export { Egress, type EgressOptions } from './egress.js';
export { Ingress, type IngressCounters, type IngressOptions } from './ingress.js';
export type { OriginTls } from './origin.js';
export type { IngressRoute } from './routes.js';
export { statusOf } from './status.js';
