import type {
  CallOptions,
  ChannelCredentials,
  Client,
  ClientOptions,
  ClientReadableStream,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  MethodDefinition,
} from '@grpc/grpc-js';
import type {
  DeleteResourceResponse,
  DeregisterResponse,
  Document,
  Event,
  GetClusterRequest,
  GetMeasurementsRequest,
  GetTopologyRequest,
  HostRequest,
  Instance,
  InstanceId,
  ListKindsRequest,
  ListKindsResponse,
  ListResourcesRequest,
  ListResourcesResponse,
  ListSwitchesRequest,
  LookupRequest,
  ReadCountersRequest,
  ReadEntriesRequest,
  Registration,
  RenewRequest,
  Resource,
  ResourceChange,
  ResourceName,
  Service,
  SwitchName,
  WatchEventsRequest,
  WatchResourcesRequest,
  WatchServicesRequest,
} from './gen/sincmesh/v1/mesh_pb.js';
import type { UnaryMethod } from './service.js';

export {
  DeleteResourceResponse,
  DeregisterResponse,
  Document,
  Event,
  GetClusterRequest,
  GetMeasurementsRequest,
  GetTopologyRequest,
  HostRequest,
  Instance,
  InstanceId,
  Kind,
  ListKindsRequest,
  ListKindsResponse,
  ListResourcesRequest,
  ListResourcesResponse,
  ListSwitchesRequest,
  LookupRequest,
  ReadCountersRequest,
  ReadEntriesRequest,
  Registration,
  RenewRequest,
  Resource,
  ResourceChange,
  ResourceName,
  Service,
  SwitchName,
  Tag,
  WatchEventsRequest,
  WatchResourcesRequest,
  WatchServicesRequest,
} from './gen/sincmesh/v1/mesh_pb.js';

/** The sincmesh.v1.Mesh service: `server.addService(MeshService, handlers)`. */
export declare const MeshService: {
  readonly ListKinds: MethodDefinition<ListKindsRequest, ListKindsResponse>;
  readonly ListResources: MethodDefinition<ListResourcesRequest, ListResourcesResponse>;
  readonly GetResource: MethodDefinition<ResourceName, Resource>;
  readonly PutResource: MethodDefinition<Resource, Resource>;
  readonly DeleteResource: MethodDefinition<ResourceName, DeleteResourceResponse>;
  readonly WatchResources: MethodDefinition<WatchResourcesRequest, ResourceChange>;
  readonly Register: MethodDefinition<Registration, Instance>;
  readonly Renew: MethodDefinition<RenewRequest, Instance>;
  readonly Deregister: MethodDefinition<InstanceId, DeregisterResponse>;
  readonly Lookup: MethodDefinition<LookupRequest, Service>;
  readonly WatchServices: MethodDefinition<WatchServicesRequest, Service>;
  readonly GetTopology: MethodDefinition<GetTopologyRequest, Document>;
  readonly GetCluster: MethodDefinition<GetClusterRequest, Document>;
  readonly GetName: MethodDefinition<LookupRequest, Document>;
  readonly ListSwitches: MethodDefinition<ListSwitchesRequest, Document>;
  readonly GetSwitch: MethodDefinition<SwitchName, Document>;
  readonly ReadEntries: MethodDefinition<ReadEntriesRequest, Document>;
  readonly ReadCounters: MethodDefinition<ReadCountersRequest, Document>;
  readonly GetDiff: MethodDefinition<SwitchName, Document>;
  readonly WatchPackets: MethodDefinition<SwitchName, Document>;
  readonly GetMeasurements: MethodDefinition<GetMeasurementsRequest, Document>;
  readonly WatchEvents: MethodDefinition<WatchEventsRequest, Event>;
  readonly AskHost: MethodDefinition<HostRequest, Document>;
};

/** What a server of the mesh's API implements. A type, not an interface, so that it fits addService. */
export type MeshHandlers = {
  ListKinds: handleUnaryCall<ListKindsRequest, ListKindsResponse>;
  ListResources: handleUnaryCall<ListResourcesRequest, ListResourcesResponse>;
  GetResource: handleUnaryCall<ResourceName, Resource>;
  PutResource: handleUnaryCall<Resource, Resource>;
  DeleteResource: handleUnaryCall<ResourceName, DeleteResourceResponse>;
  WatchResources: handleServerStreamingCall<WatchResourcesRequest, ResourceChange>;
  Register: handleUnaryCall<Registration, Instance>;
  Renew: handleUnaryCall<RenewRequest, Instance>;
  Deregister: handleUnaryCall<InstanceId, DeregisterResponse>;
  Lookup: handleUnaryCall<LookupRequest, Service>;
  WatchServices: handleServerStreamingCall<WatchServicesRequest, Service>;
  GetTopology: handleUnaryCall<GetTopologyRequest, Document>;
  GetCluster: handleUnaryCall<GetClusterRequest, Document>;
  GetName: handleUnaryCall<LookupRequest, Document>;
  ListSwitches: handleUnaryCall<ListSwitchesRequest, Document>;
  GetSwitch: handleUnaryCall<SwitchName, Document>;
  ReadEntries: handleUnaryCall<ReadEntriesRequest, Document>;
  ReadCounters: handleUnaryCall<ReadCountersRequest, Document>;
  GetDiff: handleUnaryCall<SwitchName, Document>;
  WatchPackets: handleServerStreamingCall<SwitchName, Document>;
  GetMeasurements: handleUnaryCall<GetMeasurementsRequest, Document>;
  WatchEvents: handleServerStreamingCall<WatchEventsRequest, Event>;
  AskHost: handleUnaryCall<HostRequest, Document>;
};

/** A call with a stream of answers, with the argument lists grpc-js accepts. */
export interface StreamingMethod<Request, Response> {
  (request: Request, options?: CallOptions): ClientReadableStream<Response>;
  (request: Request, metadata: Metadata, options?: CallOptions): ClientReadableStream<Response>;
}

/** gRPC client of a controller; `address` as grpc-js takes it ("127.0.0.1:8475"). */
export declare class MeshClient extends Client {
  constructor(address: string, credentials: ChannelCredentials, options?: ClientOptions);
  listKinds: UnaryMethod<ListKindsRequest, ListKindsResponse>;
  listResources: UnaryMethod<ListResourcesRequest, ListResourcesResponse>;
  getResource: UnaryMethod<ResourceName, Resource>;
  putResource: UnaryMethod<Resource, Resource>;
  deleteResource: UnaryMethod<ResourceName, DeleteResourceResponse>;
  watchResources: StreamingMethod<WatchResourcesRequest, ResourceChange>;
  register: UnaryMethod<Registration, Instance>;
  renew: UnaryMethod<RenewRequest, Instance>;
  deregister: UnaryMethod<InstanceId, DeregisterResponse>;
  lookup: UnaryMethod<LookupRequest, Service>;
  watchServices: StreamingMethod<WatchServicesRequest, Service>;
  getTopology: UnaryMethod<GetTopologyRequest, Document>;
  getCluster: UnaryMethod<GetClusterRequest, Document>;
  getName: UnaryMethod<LookupRequest, Document>;
  listSwitches: UnaryMethod<ListSwitchesRequest, Document>;
  getSwitch: UnaryMethod<SwitchName, Document>;
  readEntries: UnaryMethod<ReadEntriesRequest, Document>;
  readCounters: UnaryMethod<ReadCountersRequest, Document>;
  getDiff: UnaryMethod<SwitchName, Document>;
  watchPackets: StreamingMethod<SwitchName, Document>;
  getMeasurements: UnaryMethod<GetMeasurementsRequest, Document>;
  watchEvents: StreamingMethod<WatchEventsRequest, Event>;
  askHost: UnaryMethod<HostRequest, Document>;
}
