// package: sincmesh.v1
// file: sincmesh/v1/mesh.proto

import * as jspb from "google-protobuf";

export class Document extends jspb.Message {
  getJson(): string;
  setJson(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Document.AsObject;
  static toObject(includeInstance: boolean, msg: Document): Document.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Document, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Document;
  static deserializeBinaryFromReader(message: Document, reader: jspb.BinaryReader): Document;
}

export namespace Document {
  export type AsObject = {
    json: string,
  }
}

export class ListKindsRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ListKindsRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ListKindsRequest): ListKindsRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ListKindsRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ListKindsRequest;
  static deserializeBinaryFromReader(message: ListKindsRequest, reader: jspb.BinaryReader): ListKindsRequest;
}

export namespace ListKindsRequest {
  export type AsObject = {
  }
}

export class Kind extends jspb.Message {
  getKind(): string;
  setKind(value: string): void;

  getSummary(): string;
  setSummary(value: string): void;

  getSchemaJson(): string;
  setSchemaJson(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Kind.AsObject;
  static toObject(includeInstance: boolean, msg: Kind): Kind.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Kind, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Kind;
  static deserializeBinaryFromReader(message: Kind, reader: jspb.BinaryReader): Kind;
}

export namespace Kind {
  export type AsObject = {
    kind: string,
    summary: string,
    schemaJson: string,
  }
}

export class ListKindsResponse extends jspb.Message {
  clearKindsList(): void;
  getKindsList(): Array<Kind>;
  setKindsList(value: Array<Kind>): void;
  addKinds(value?: Kind, index?: number): Kind;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ListKindsResponse.AsObject;
  static toObject(includeInstance: boolean, msg: ListKindsResponse): ListKindsResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ListKindsResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ListKindsResponse;
  static deserializeBinaryFromReader(message: ListKindsResponse, reader: jspb.BinaryReader): ListKindsResponse;
}

export namespace ListKindsResponse {
  export type AsObject = {
    kindsList: Array<Kind.AsObject>,
  }
}

export class ListResourcesRequest extends jspb.Message {
  getKind(): string;
  setKind(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ListResourcesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ListResourcesRequest): ListResourcesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ListResourcesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ListResourcesRequest;
  static deserializeBinaryFromReader(message: ListResourcesRequest, reader: jspb.BinaryReader): ListResourcesRequest;
}

export namespace ListResourcesRequest {
  export type AsObject = {
    kind: string,
  }
}

export class ListResourcesResponse extends jspb.Message {
  clearResourcesList(): void;
  getResourcesList(): Array<Resource>;
  setResourcesList(value: Array<Resource>): void;
  addResources(value?: Resource, index?: number): Resource;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ListResourcesResponse.AsObject;
  static toObject(includeInstance: boolean, msg: ListResourcesResponse): ListResourcesResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ListResourcesResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ListResourcesResponse;
  static deserializeBinaryFromReader(message: ListResourcesResponse, reader: jspb.BinaryReader): ListResourcesResponse;
}

export namespace ListResourcesResponse {
  export type AsObject = {
    resourcesList: Array<Resource.AsObject>,
  }
}

export class ResourceName extends jspb.Message {
  getKind(): string;
  setKind(value: string): void;

  getName(): string;
  setName(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ResourceName.AsObject;
  static toObject(includeInstance: boolean, msg: ResourceName): ResourceName.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ResourceName, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ResourceName;
  static deserializeBinaryFromReader(message: ResourceName, reader: jspb.BinaryReader): ResourceName;
}

export namespace ResourceName {
  export type AsObject = {
    kind: string,
    name: string,
  }
}

export class Resource extends jspb.Message {
  getKind(): string;
  setKind(value: string): void;

  getName(): string;
  setName(value: string): void;

  getSpecJson(): string;
  setSpecJson(value: string): void;

  getStatusJson(): string;
  setStatusJson(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Resource.AsObject;
  static toObject(includeInstance: boolean, msg: Resource): Resource.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Resource, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Resource;
  static deserializeBinaryFromReader(message: Resource, reader: jspb.BinaryReader): Resource;
}

export namespace Resource {
  export type AsObject = {
    kind: string,
    name: string,
    specJson: string,
    statusJson: string,
  }
}

export class DeleteResourceResponse extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DeleteResourceResponse.AsObject;
  static toObject(includeInstance: boolean, msg: DeleteResourceResponse): DeleteResourceResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DeleteResourceResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DeleteResourceResponse;
  static deserializeBinaryFromReader(message: DeleteResourceResponse, reader: jspb.BinaryReader): DeleteResourceResponse;
}

export namespace DeleteResourceResponse {
  export type AsObject = {
  }
}

export class WatchResourcesRequest extends jspb.Message {
  getKind(): string;
  setKind(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): WatchResourcesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: WatchResourcesRequest): WatchResourcesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: WatchResourcesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): WatchResourcesRequest;
  static deserializeBinaryFromReader(message: WatchResourcesRequest, reader: jspb.BinaryReader): WatchResourcesRequest;
}

export namespace WatchResourcesRequest {
  export type AsObject = {
    kind: string,
  }
}

export class ResourceChange extends jspb.Message {
  getType(): ResourceChange.TypeMap[keyof ResourceChange.TypeMap];
  setType(value: ResourceChange.TypeMap[keyof ResourceChange.TypeMap]): void;

  getKind(): string;
  setKind(value: string): void;

  getName(): string;
  setName(value: string): void;

  hasResource(): boolean;
  clearResource(): void;
  getResource(): Resource | undefined;
  setResource(value?: Resource): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ResourceChange.AsObject;
  static toObject(includeInstance: boolean, msg: ResourceChange): ResourceChange.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ResourceChange, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ResourceChange;
  static deserializeBinaryFromReader(message: ResourceChange, reader: jspb.BinaryReader): ResourceChange;
}

export namespace ResourceChange {
  export type AsObject = {
    type: ResourceChange.TypeMap[keyof ResourceChange.TypeMap],
    kind: string,
    name: string,
    resource?: Resource.AsObject,
  }

  export interface TypeMap {
    UNSPECIFIED: 0;
    PUT: 1;
    DELETE: 2;
  }

  export const Type: TypeMap;
}

export class Tag extends jspb.Message {
  getKey(): string;
  setKey(value: string): void;

  getValue(): string;
  setValue(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Tag.AsObject;
  static toObject(includeInstance: boolean, msg: Tag): Tag.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Tag, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Tag;
  static deserializeBinaryFromReader(message: Tag, reader: jspb.BinaryReader): Tag;
}

export namespace Tag {
  export type AsObject = {
    key: string,
    value: string,
  }
}

export class Registration extends jspb.Message {
  getService(): string;
  setService(value: string): void;

  getAddress(): string;
  setAddress(value: string): void;

  getPort(): number;
  setPort(value: number): void;

  getWeight(): number;
  setWeight(value: number): void;

  getTtlMs(): number;
  setTtlMs(value: number): void;

  getVersion(): string;
  setVersion(value: string): void;

  clearTagsList(): void;
  getTagsList(): Array<Tag>;
  setTagsList(value: Array<Tag>): void;
  addTags(value?: Tag, index?: number): Tag;

  getLocator(): string;
  setLocator(value: string): void;

  getLoadPermillePlusOne(): number;
  setLoadPermillePlusOne(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Registration.AsObject;
  static toObject(includeInstance: boolean, msg: Registration): Registration.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Registration, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Registration;
  static deserializeBinaryFromReader(message: Registration, reader: jspb.BinaryReader): Registration;
}

export namespace Registration {
  export type AsObject = {
    service: string,
    address: string,
    port: number,
    weight: number,
    ttlMs: number,
    version: string,
    tagsList: Array<Tag.AsObject>,
    locator: string,
    loadPermillePlusOne: number,
  }
}

export class Instance extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  getService(): string;
  setService(value: string): void;

  getAddress(): string;
  setAddress(value: string): void;

  getPort(): number;
  setPort(value: number): void;

  getWeight(): number;
  setWeight(value: number): void;

  getTtlMs(): number;
  setTtlMs(value: number): void;

  getVersion(): string;
  setVersion(value: string): void;

  clearTagsList(): void;
  getTagsList(): Array<Tag>;
  setTagsList(value: Array<Tag>): void;
  addTags(value?: Tag, index?: number): Tag;

  getLocator(): string;
  setLocator(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Instance.AsObject;
  static toObject(includeInstance: boolean, msg: Instance): Instance.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Instance, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Instance;
  static deserializeBinaryFromReader(message: Instance, reader: jspb.BinaryReader): Instance;
}

export namespace Instance {
  export type AsObject = {
    id: number,
    service: string,
    address: string,
    port: number,
    weight: number,
    ttlMs: number,
    version: string,
    tagsList: Array<Tag.AsObject>,
    locator: string,
  }
}

export class RenewRequest extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  getLoadPermillePlusOne(): number;
  setLoadPermillePlusOne(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): RenewRequest.AsObject;
  static toObject(includeInstance: boolean, msg: RenewRequest): RenewRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: RenewRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): RenewRequest;
  static deserializeBinaryFromReader(message: RenewRequest, reader: jspb.BinaryReader): RenewRequest;
}

export namespace RenewRequest {
  export type AsObject = {
    id: number,
    loadPermillePlusOne: number,
  }
}

export class InstanceId extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): InstanceId.AsObject;
  static toObject(includeInstance: boolean, msg: InstanceId): InstanceId.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: InstanceId, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): InstanceId;
  static deserializeBinaryFromReader(message: InstanceId, reader: jspb.BinaryReader): InstanceId;
}

export namespace InstanceId {
  export type AsObject = {
    id: number,
  }
}

export class DeregisterResponse extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DeregisterResponse.AsObject;
  static toObject(includeInstance: boolean, msg: DeregisterResponse): DeregisterResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DeregisterResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DeregisterResponse;
  static deserializeBinaryFromReader(message: DeregisterResponse, reader: jspb.BinaryReader): DeregisterResponse;
}

export namespace DeregisterResponse {
  export type AsObject = {
  }
}

export class LookupRequest extends jspb.Message {
  getName(): string;
  setName(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): LookupRequest.AsObject;
  static toObject(includeInstance: boolean, msg: LookupRequest): LookupRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: LookupRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): LookupRequest;
  static deserializeBinaryFromReader(message: LookupRequest, reader: jspb.BinaryReader): LookupRequest;
}

export namespace LookupRequest {
  export type AsObject = {
    name: string,
  }
}

export class WatchServicesRequest extends jspb.Message {
  getPrefix(): string;
  setPrefix(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): WatchServicesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: WatchServicesRequest): WatchServicesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: WatchServicesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): WatchServicesRequest;
  static deserializeBinaryFromReader(message: WatchServicesRequest, reader: jspb.BinaryReader): WatchServicesRequest;
}

export namespace WatchServicesRequest {
  export type AsObject = {
    prefix: string,
  }
}

export class Service extends jspb.Message {
  getName(): string;
  setName(value: string): void;

  getNumber(): number;
  setNumber(value: number): void;

  clearInstancesList(): void;
  getInstancesList(): Array<Instance>;
  setInstancesList(value: Array<Instance>): void;
  addInstances(value?: Instance, index?: number): Instance;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Service.AsObject;
  static toObject(includeInstance: boolean, msg: Service): Service.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Service, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Service;
  static deserializeBinaryFromReader(message: Service, reader: jspb.BinaryReader): Service;
}

export namespace Service {
  export type AsObject = {
    name: string,
    number: number,
    instancesList: Array<Instance.AsObject>,
  }
}

export class GetTopologyRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GetTopologyRequest.AsObject;
  static toObject(includeInstance: boolean, msg: GetTopologyRequest): GetTopologyRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GetTopologyRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GetTopologyRequest;
  static deserializeBinaryFromReader(message: GetTopologyRequest, reader: jspb.BinaryReader): GetTopologyRequest;
}

export namespace GetTopologyRequest {
  export type AsObject = {
  }
}

export class GetClusterRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GetClusterRequest.AsObject;
  static toObject(includeInstance: boolean, msg: GetClusterRequest): GetClusterRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GetClusterRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GetClusterRequest;
  static deserializeBinaryFromReader(message: GetClusterRequest, reader: jspb.BinaryReader): GetClusterRequest;
}

export namespace GetClusterRequest {
  export type AsObject = {
  }
}

export class ListSwitchesRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ListSwitchesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ListSwitchesRequest): ListSwitchesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ListSwitchesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ListSwitchesRequest;
  static deserializeBinaryFromReader(message: ListSwitchesRequest, reader: jspb.BinaryReader): ListSwitchesRequest;
}

export namespace ListSwitchesRequest {
  export type AsObject = {
  }
}

export class SwitchName extends jspb.Message {
  getSwitch(): string;
  setSwitch(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SwitchName.AsObject;
  static toObject(includeInstance: boolean, msg: SwitchName): SwitchName.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SwitchName, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SwitchName;
  static deserializeBinaryFromReader(message: SwitchName, reader: jspb.BinaryReader): SwitchName;
}

export namespace SwitchName {
  export type AsObject = {
    pb_switch: string,
  }
}

export class ReadEntriesRequest extends jspb.Message {
  getSwitch(): string;
  setSwitch(value: string): void;

  getTable(): string;
  setTable(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ReadEntriesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ReadEntriesRequest): ReadEntriesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ReadEntriesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ReadEntriesRequest;
  static deserializeBinaryFromReader(message: ReadEntriesRequest, reader: jspb.BinaryReader): ReadEntriesRequest;
}

export namespace ReadEntriesRequest {
  export type AsObject = {
    pb_switch: string,
    table: string,
  }
}

export class ReadCountersRequest extends jspb.Message {
  getSwitch(): string;
  setSwitch(value: string): void;

  getCounter(): string;
  setCounter(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ReadCountersRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ReadCountersRequest): ReadCountersRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ReadCountersRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ReadCountersRequest;
  static deserializeBinaryFromReader(message: ReadCountersRequest, reader: jspb.BinaryReader): ReadCountersRequest;
}

export namespace ReadCountersRequest {
  export type AsObject = {
    pb_switch: string,
    counter: string,
  }
}

export class GetMeasurementsRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GetMeasurementsRequest.AsObject;
  static toObject(includeInstance: boolean, msg: GetMeasurementsRequest): GetMeasurementsRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GetMeasurementsRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GetMeasurementsRequest;
  static deserializeBinaryFromReader(message: GetMeasurementsRequest, reader: jspb.BinaryReader): GetMeasurementsRequest;
}

export namespace GetMeasurementsRequest {
  export type AsObject = {
  }
}

export class WatchEventsRequest extends jspb.Message {
  getSince(): number;
  setSince(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): WatchEventsRequest.AsObject;
  static toObject(includeInstance: boolean, msg: WatchEventsRequest): WatchEventsRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: WatchEventsRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): WatchEventsRequest;
  static deserializeBinaryFromReader(message: WatchEventsRequest, reader: jspb.BinaryReader): WatchEventsRequest;
}

export namespace WatchEventsRequest {
  export type AsObject = {
    since: number,
  }
}

export class Event extends jspb.Message {
  getSequence(): number;
  setSequence(value: number): void;

  getAt(): string;
  setAt(value: string): void;

  getEventJson(): string;
  setEventJson(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Event.AsObject;
  static toObject(includeInstance: boolean, msg: Event): Event.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Event, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Event;
  static deserializeBinaryFromReader(message: Event, reader: jspb.BinaryReader): Event;
}

export namespace Event {
  export type AsObject = {
    sequence: number,
    at: string,
    eventJson: string,
  }
}

export class HostRequest extends jspb.Message {
  getHost(): string;
  setHost(value: string): void;

  getOperation(): string;
  setOperation(value: string): void;

  getBodyJson(): string;
  setBodyJson(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): HostRequest.AsObject;
  static toObject(includeInstance: boolean, msg: HostRequest): HostRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: HostRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): HostRequest;
  static deserializeBinaryFromReader(message: HostRequest, reader: jspb.BinaryReader): HostRequest;
}

export namespace HostRequest {
  export type AsObject = {
    host: string,
    operation: string,
    bodyJson: string,
  }
}

