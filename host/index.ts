export * from './ahead-reduce.js';
export * from './cell-client.js';
export * from './cell-server.js';
export type { CallOptions, CallResult, ClientCounters } from './client.js';
export * from './collective.js';
export * from './credentials.js';
export * from './environment.js';
export { HostError, type HostErrorCode, Refusal } from './errors.js';
export * from './float-reduce.js';
export * from './held-lock.js';
export * from './host.js';
export type { HostCounters, HostOptions, Probe, StreamOptions } from './host-options.js';
export * from './kv-client.js';
export * from './kv-server.js';
export { VersionFile, type VersionStore } from './kv-versions.js';
export * from './lock.js';
export * from './node-environment.js';
export type { PathRecord } from './path-record.js';
export * from './pubsub/index.js';
export * from './quantise.js';
export * from './reduce-group.js';
export * from './reduce-options.js';
export * from './reduce-rendezvous.js';
export * from './reduce-server.js';
export * from './reduce-sink.js';
export * from './retry-budget.js';
export { RttEstimator } from './rtt-estimator.js';
export * from './sequencer.js';
export type {
  Handler,
  ServeOptions,
  Service,
  ServiceCounters,
  ServiceState,
  StreamHandler,
} from './service.js';
export { ServiceRequest } from './service-request.js';
export * from './session.js';
export * from './sinc-endpoint.js';
export type { TracerouteOptions, TracerouteStep } from './traceroute.js';
export { Exchange } from './transport/exchange.js';
export type { TransportCounters } from './transport/transport.js';
