export { ContentCache, type ContentCacheCounters, type ContentCacheOptions } from './content-cache.js';
export { Egress, type EgressOptions } from './egress.js';
export { Ingress, type IngressCounters, type IngressOptions, type IngressRoute } from './ingress.js';
export { statusOf } from './status.js';
