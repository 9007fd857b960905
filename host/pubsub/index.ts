export type { StreamEvent } from './event-queue.js';
export { Publisher, type PublisherCounters, type PublisherOptions } from './publisher.js';
export { StreamCache, type StreamCacheOptions } from './stream-cache.js';
export { type SubscribeOptions, Subscription, type SubscriptionCounters } from './subscription.js';
