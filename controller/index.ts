export { type Clock, type Timer, wallClock } from './clock.js';
export { assign, type Member } from './cluster/assignment.js';
export { Cluster, type ClusterOptions, type ClusterState } from './cluster/cluster.js';
export { agreeOnTopology } from './cluster/topology.js';
export type { Collection, JsonSchema, Resource, ResourceChange } from './collection.js';
export { Controller, type ControllerOptions } from './controller.js';
export { ControllerError, type ControllerErrorCode } from './errors.js';
export type { ControllerEvent } from './events.js';
export { macBytes, portMac } from './fabric/addresses.js';
export type { ProbeOptions } from './fabric/link-monitor.js';
export { linkName } from './fabric/links.js';
export { Paths } from './fabric/paths.js';
export {
  type Endpoint,
  type FabricSpec,
  type HostSpec,
  type LinkQuality,
  type LinkSpec,
  type PipelineSpec,
  parseTopology,
  type SwitchRole,
  type SwitchSpec,
  type Topology,
  TopologyError,
} from './fabric/topology.js';
export type { CacheRequest, CacheState, CacheStatus } from './inc/cache.js';
export type { CellsRequest } from './inc/cells.js';
export type { CellsGroup, Group, GroupSource, ReduceGroup } from './inc/groups.js';
export type { ReduceOperation, ReduceRequest } from './inc/reduce.js';
export type { Pipeline } from './p4runtime/index.js';
export type { AttachedHost, Instance, Registration, RegistryEvent, Service } from './registry/registry.js';
export { type Disk, type DiskFile, nodeDisk } from './store/disk.js';
export { StoreError, type StoreErrorCode } from './store/errors.js';
export { EtcdStore, type EtcdStoreOptions } from './store/etcd/etcd-store.js';
export { FileStore } from './store/file-store.js';
export { MemoryStore } from './store/memory-store.js';
export type {
  CommitOptions,
  Json,
  Store,
  StoreChange,
  StoreCondition,
  StoredValue,
  StoreLease,
} from './store/store.js';
export type { FinishedFlow } from './telemetry/flows.js';
export type { InstanceMeasurement, ServiceMeasurement } from './telemetry/telemetry.js';
