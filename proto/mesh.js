// The mesh's own API (sincmesh/v1/mesh.proto): its messages, its service and a client.
import { makeGenericClientConstructor } from '@grpc/grpc-js';
import mesh from './gen/sincmesh/v1/mesh_pb.js';

export const {
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
} = mesh;

function serialize(message) {
  const bytes = message.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function method(name, requestType, responseType, responseStream = false) {
  const deserializer = (type) => (buffer) =>
    type.deserializeBinary(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
  return {
    path: `/sincmesh.v1.Mesh/${name}`,
    originalName: name[0].toLowerCase() + name.slice(1),
    requestStream: false,
    responseStream,
    requestSerialize: serialize,
    requestDeserialize: deserializer(requestType),
    responseSerialize: serialize,
    responseDeserialize: deserializer(responseType),
  };
}

export const MeshService = {
  ListKinds: method('ListKinds', mesh.ListKindsRequest, mesh.ListKindsResponse),
  ListResources: method('ListResources', mesh.ListResourcesRequest, mesh.ListResourcesResponse),
  GetResource: method('GetResource', mesh.ResourceName, mesh.Resource),
  PutResource: method('PutResource', mesh.Resource, mesh.Resource),
  DeleteResource: method('DeleteResource', mesh.ResourceName, mesh.DeleteResourceResponse),
  WatchResources: method('WatchResources', mesh.WatchResourcesRequest, mesh.ResourceChange, true),
  Register: method('Register', mesh.Registration, mesh.Instance),
  Renew: method('Renew', mesh.RenewRequest, mesh.Instance),
  Deregister: method('Deregister', mesh.InstanceId, mesh.DeregisterResponse),
  Lookup: method('Lookup', mesh.LookupRequest, mesh.Service),
  WatchServices: method('WatchServices', mesh.WatchServicesRequest, mesh.Service, true),
  GetTopology: method('GetTopology', mesh.GetTopologyRequest, mesh.Document),
  GetCluster: method('GetCluster', mesh.GetClusterRequest, mesh.Document),
  GetName: method('GetName', mesh.LookupRequest, mesh.Document),
  ListSwitches: method('ListSwitches', mesh.ListSwitchesRequest, mesh.Document),
  GetSwitch: method('GetSwitch', mesh.SwitchName, mesh.Document),
  ReadEntries: method('ReadEntries', mesh.ReadEntriesRequest, mesh.Document),
  ReadCounters: method('ReadCounters', mesh.ReadCountersRequest, mesh.Document),
  GetDiff: method('GetDiff', mesh.SwitchName, mesh.Document),
  WatchPackets: method('WatchPackets', mesh.SwitchName, mesh.Document, true),
  GetMeasurements: method('GetMeasurements', mesh.GetMeasurementsRequest, mesh.Document),
  WatchEvents: method('WatchEvents', mesh.WatchEventsRequest, mesh.Event, true),
  AskHost: method('AskHost', mesh.HostRequest, mesh.Document),
};

export const MeshClient = makeGenericClientConstructor(MeshService, 'sincmesh.v1.Mesh');
