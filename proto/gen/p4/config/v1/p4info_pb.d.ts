// package: p4.config.v1
// file: p4/config/v1/p4info.proto

import * as jspb from "google-protobuf";
import * as google_protobuf_any_pb from "google-protobuf/google/protobuf/any_pb";
import * as p4_config_v1_p4types_pb from "../../../p4/config/v1/p4types_pb";

export class P4Info extends jspb.Message {
  hasPkgInfo(): boolean;
  clearPkgInfo(): void;
  getPkgInfo(): PkgInfo | undefined;
  setPkgInfo(value?: PkgInfo): void;

  clearTablesList(): void;
  getTablesList(): Array<Table>;
  setTablesList(value: Array<Table>): void;
  addTables(value?: Table, index?: number): Table;

  clearActionsList(): void;
  getActionsList(): Array<Action>;
  setActionsList(value: Array<Action>): void;
  addActions(value?: Action, index?: number): Action;

  clearActionProfilesList(): void;
  getActionProfilesList(): Array<ActionProfile>;
  setActionProfilesList(value: Array<ActionProfile>): void;
  addActionProfiles(value?: ActionProfile, index?: number): ActionProfile;

  clearCountersList(): void;
  getCountersList(): Array<Counter>;
  setCountersList(value: Array<Counter>): void;
  addCounters(value?: Counter, index?: number): Counter;

  clearDirectCountersList(): void;
  getDirectCountersList(): Array<DirectCounter>;
  setDirectCountersList(value: Array<DirectCounter>): void;
  addDirectCounters(value?: DirectCounter, index?: number): DirectCounter;

  clearMetersList(): void;
  getMetersList(): Array<Meter>;
  setMetersList(value: Array<Meter>): void;
  addMeters(value?: Meter, index?: number): Meter;

  clearDirectMetersList(): void;
  getDirectMetersList(): Array<DirectMeter>;
  setDirectMetersList(value: Array<DirectMeter>): void;
  addDirectMeters(value?: DirectMeter, index?: number): DirectMeter;

  clearControllerPacketMetadataList(): void;
  getControllerPacketMetadataList(): Array<ControllerPacketMetadata>;
  setControllerPacketMetadataList(value: Array<ControllerPacketMetadata>): void;
  addControllerPacketMetadata(value?: ControllerPacketMetadata, index?: number): ControllerPacketMetadata;

  clearValueSetsList(): void;
  getValueSetsList(): Array<ValueSet>;
  setValueSetsList(value: Array<ValueSet>): void;
  addValueSets(value?: ValueSet, index?: number): ValueSet;

  clearRegistersList(): void;
  getRegistersList(): Array<Register>;
  setRegistersList(value: Array<Register>): void;
  addRegisters(value?: Register, index?: number): Register;

  clearDigestsList(): void;
  getDigestsList(): Array<Digest>;
  setDigestsList(value: Array<Digest>): void;
  addDigests(value?: Digest, index?: number): Digest;

  clearExternsList(): void;
  getExternsList(): Array<Extern>;
  setExternsList(value: Array<Extern>): void;
  addExterns(value?: Extern, index?: number): Extern;

  hasTypeInfo(): boolean;
  clearTypeInfo(): void;
  getTypeInfo(): p4_config_v1_p4types_pb.P4TypeInfo | undefined;
  setTypeInfo(value?: p4_config_v1_p4types_pb.P4TypeInfo): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4Info.AsObject;
  static toObject(includeInstance: boolean, msg: P4Info): P4Info.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4Info, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4Info;
  static deserializeBinaryFromReader(message: P4Info, reader: jspb.BinaryReader): P4Info;
}

export namespace P4Info {
  export type AsObject = {
    pkgInfo?: PkgInfo.AsObject,
    tablesList: Array<Table.AsObject>,
    actionsList: Array<Action.AsObject>,
    actionProfilesList: Array<ActionProfile.AsObject>,
    countersList: Array<Counter.AsObject>,
    directCountersList: Array<DirectCounter.AsObject>,
    metersList: Array<Meter.AsObject>,
    directMetersList: Array<DirectMeter.AsObject>,
    controllerPacketMetadataList: Array<ControllerPacketMetadata.AsObject>,
    valueSetsList: Array<ValueSet.AsObject>,
    registersList: Array<Register.AsObject>,
    digestsList: Array<Digest.AsObject>,
    externsList: Array<Extern.AsObject>,
    typeInfo?: p4_config_v1_p4types_pb.P4TypeInfo.AsObject,
  }
}

export class Documentation extends jspb.Message {
  getBrief(): string;
  setBrief(value: string): void;

  getDescription(): string;
  setDescription(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Documentation.AsObject;
  static toObject(includeInstance: boolean, msg: Documentation): Documentation.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Documentation, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Documentation;
  static deserializeBinaryFromReader(message: Documentation, reader: jspb.BinaryReader): Documentation;
}

export namespace Documentation {
  export type AsObject = {
    brief: string,
    description: string,
  }
}

export class PkgInfo extends jspb.Message {
  getName(): string;
  setName(value: string): void;

  getVersion(): string;
  setVersion(value: string): void;

  hasDoc(): boolean;
  clearDoc(): void;
  getDoc(): Documentation | undefined;
  setDoc(value?: Documentation): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  getArch(): string;
  setArch(value: string): void;

  getOrganization(): string;
  setOrganization(value: string): void;

  getContact(): string;
  setContact(value: string): void;

  getUrl(): string;
  setUrl(value: string): void;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
  addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
  setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
  addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

  hasPlatformProperties(): boolean;
  clearPlatformProperties(): void;
  getPlatformProperties(): PlatformProperties | undefined;
  setPlatformProperties(value?: PlatformProperties): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PkgInfo.AsObject;
  static toObject(includeInstance: boolean, msg: PkgInfo): PkgInfo.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PkgInfo, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PkgInfo;
  static deserializeBinaryFromReader(message: PkgInfo, reader: jspb.BinaryReader): PkgInfo;
}

export namespace PkgInfo {
  export type AsObject = {
    name: string,
    version: string,
    doc?: Documentation.AsObject,
    annotationsList: Array<string>,
    arch: string,
    organization: string,
    contact: string,
    url: string,
    structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
    platformProperties?: PlatformProperties.AsObject,
  }
}

export class PlatformProperties extends jspb.Message {
  getMulticastGroupTableSize(): number;
  setMulticastGroupTableSize(value: number): void;

  getMulticastGroupTableTotalReplicas(): number;
  setMulticastGroupTableTotalReplicas(value: number): void;

  getMulticastGroupTableMaxReplicasPerEntry(): number;
  setMulticastGroupTableMaxReplicasPerEntry(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PlatformProperties.AsObject;
  static toObject(includeInstance: boolean, msg: PlatformProperties): PlatformProperties.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PlatformProperties, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PlatformProperties;
  static deserializeBinaryFromReader(message: PlatformProperties, reader: jspb.BinaryReader): PlatformProperties;
}

export namespace PlatformProperties {
  export type AsObject = {
    multicastGroupTableSize: number,
    multicastGroupTableTotalReplicas: number,
    multicastGroupTableMaxReplicasPerEntry: number,
  }
}

export class P4Ids extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4Ids.AsObject;
  static toObject(includeInstance: boolean, msg: P4Ids): P4Ids.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4Ids, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4Ids;
  static deserializeBinaryFromReader(message: P4Ids, reader: jspb.BinaryReader): P4Ids;
}

export namespace P4Ids {
  export type AsObject = {
  }

  export interface PrefixMap {
    UNSPECIFIED: 0;
    ACTION: 1;
    TABLE: 2;
    VALUE_SET: 3;
    CONTROLLER_HEADER: 4;
    PSA_EXTERNS_START: 16;
    ACTION_PROFILE: 17;
    COUNTER: 18;
    DIRECT_COUNTER: 19;
    METER: 20;
    DIRECT_METER: 21;
    REGISTER: 22;
    DIGEST: 23;
    OTHER_EXTERNS_START: 128;
    MAX: 255;
  }

  export const Prefix: PrefixMap;
}

export class Preamble extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  getName(): string;
  setName(value: string): void;

  getAlias(): string;
  setAlias(value: string): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  hasDoc(): boolean;
  clearDoc(): void;
  getDoc(): Documentation | undefined;
  setDoc(value?: Documentation): void;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
  addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
  setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
  addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Preamble.AsObject;
  static toObject(includeInstance: boolean, msg: Preamble): Preamble.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Preamble, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Preamble;
  static deserializeBinaryFromReader(message: Preamble, reader: jspb.BinaryReader): Preamble;
}

export namespace Preamble {
  export type AsObject = {
    id: number,
    name: string,
    alias: string,
    annotationsList: Array<string>,
    doc?: Documentation.AsObject,
    structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
  }
}

export class Extern extends jspb.Message {
  getExternTypeId(): number;
  setExternTypeId(value: number): void;

  getExternTypeName(): string;
  setExternTypeName(value: string): void;

  clearInstancesList(): void;
  getInstancesList(): Array<ExternInstance>;
  setInstancesList(value: Array<ExternInstance>): void;
  addInstances(value?: ExternInstance, index?: number): ExternInstance;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Extern.AsObject;
  static toObject(includeInstance: boolean, msg: Extern): Extern.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Extern, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Extern;
  static deserializeBinaryFromReader(message: Extern, reader: jspb.BinaryReader): Extern;
}

export namespace Extern {
  export type AsObject = {
    externTypeId: number,
    externTypeName: string,
    instancesList: Array<ExternInstance.AsObject>,
  }
}

export class ExternInstance extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasInfo(): boolean;
  clearInfo(): void;
  getInfo(): google_protobuf_any_pb.Any | undefined;
  setInfo(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ExternInstance.AsObject;
  static toObject(includeInstance: boolean, msg: ExternInstance): ExternInstance.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ExternInstance, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ExternInstance;
  static deserializeBinaryFromReader(message: ExternInstance, reader: jspb.BinaryReader): ExternInstance;
}

export namespace ExternInstance {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    info?: google_protobuf_any_pb.Any.AsObject,
  }
}

export class MatchField extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  getName(): string;
  setName(value: string): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  getBitwidth(): number;
  setBitwidth(value: number): void;

  hasMatchType(): boolean;
  clearMatchType(): void;
  getMatchType(): MatchField.MatchTypeMap[keyof MatchField.MatchTypeMap];
  setMatchType(value: MatchField.MatchTypeMap[keyof MatchField.MatchTypeMap]): void;

  hasOtherMatchType(): boolean;
  clearOtherMatchType(): void;
  getOtherMatchType(): string;
  setOtherMatchType(value: string): void;

  hasDoc(): boolean;
  clearDoc(): void;
  getDoc(): Documentation | undefined;
  setDoc(value?: Documentation): void;

  hasTypeName(): boolean;
  clearTypeName(): void;
  getTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
  setTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
  addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
  setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
  addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

  getMatchCase(): MatchField.MatchCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MatchField.AsObject;
  static toObject(includeInstance: boolean, msg: MatchField): MatchField.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MatchField, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MatchField;
  static deserializeBinaryFromReader(message: MatchField, reader: jspb.BinaryReader): MatchField;
}

export namespace MatchField {
  export type AsObject = {
    id: number,
    name: string,
    annotationsList: Array<string>,
    bitwidth: number,
    matchType: MatchField.MatchTypeMap[keyof MatchField.MatchTypeMap],
    otherMatchType: string,
    doc?: Documentation.AsObject,
    typeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
    structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
  }

  export interface MatchTypeMap {
    UNSPECIFIED: 0;
    EXACT: 2;
    LPM: 3;
    TERNARY: 4;
    RANGE: 5;
    OPTIONAL: 6;
  }

  export const MatchType: MatchTypeMap;

  export enum MatchCase {
    MATCH_NOT_SET = 0,
    MATCH_TYPE = 5,
    OTHER_MATCH_TYPE = 7,
  }
}

export class TableActionCall extends jspb.Message {
  getActionId(): number;
  setActionId(value: number): void;

  clearArgumentsList(): void;
  getArgumentsList(): Array<TableActionCall.Argument>;
  setArgumentsList(value: Array<TableActionCall.Argument>): void;
  addArguments(value?: TableActionCall.Argument, index?: number): TableActionCall.Argument;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TableActionCall.AsObject;
  static toObject(includeInstance: boolean, msg: TableActionCall): TableActionCall.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TableActionCall, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TableActionCall;
  static deserializeBinaryFromReader(message: TableActionCall, reader: jspb.BinaryReader): TableActionCall;
}

export namespace TableActionCall {
  export type AsObject = {
    actionId: number,
    argumentsList: Array<TableActionCall.Argument.AsObject>,
  }

  export class Argument extends jspb.Message {
    getParamId(): number;
    setParamId(value: number): void;

    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Argument.AsObject;
    static toObject(includeInstance: boolean, msg: Argument): Argument.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Argument, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Argument;
    static deserializeBinaryFromReader(message: Argument, reader: jspb.BinaryReader): Argument;
  }

  export namespace Argument {
    export type AsObject = {
      paramId: number,
      value: Uint8Array | string,
    }
  }
}

export class Table extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  clearMatchFieldsList(): void;
  getMatchFieldsList(): Array<MatchField>;
  setMatchFieldsList(value: Array<MatchField>): void;
  addMatchFields(value?: MatchField, index?: number): MatchField;

  clearActionRefsList(): void;
  getActionRefsList(): Array<ActionRef>;
  setActionRefsList(value: Array<ActionRef>): void;
  addActionRefs(value?: ActionRef, index?: number): ActionRef;

  getConstDefaultActionId(): number;
  setConstDefaultActionId(value: number): void;

  hasInitialDefaultAction(): boolean;
  clearInitialDefaultAction(): void;
  getInitialDefaultAction(): TableActionCall | undefined;
  setInitialDefaultAction(value?: TableActionCall): void;

  getImplementationId(): number;
  setImplementationId(value: number): void;

  clearDirectResourceIdsList(): void;
  getDirectResourceIdsList(): Array<number>;
  setDirectResourceIdsList(value: Array<number>): void;
  addDirectResourceIds(value: number, index?: number): number;

  getSize(): number;
  setSize(value: number): void;

  getIdleTimeoutBehavior(): Table.IdleTimeoutBehaviorMap[keyof Table.IdleTimeoutBehaviorMap];
  setIdleTimeoutBehavior(value: Table.IdleTimeoutBehaviorMap[keyof Table.IdleTimeoutBehaviorMap]): void;

  getIsConstTable(): boolean;
  setIsConstTable(value: boolean): void;

  getHasInitialEntries(): boolean;
  setHasInitialEntries(value: boolean): void;

  hasOtherProperties(): boolean;
  clearOtherProperties(): void;
  getOtherProperties(): google_protobuf_any_pb.Any | undefined;
  setOtherProperties(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Table.AsObject;
  static toObject(includeInstance: boolean, msg: Table): Table.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Table, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Table;
  static deserializeBinaryFromReader(message: Table, reader: jspb.BinaryReader): Table;
}

export namespace Table {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    matchFieldsList: Array<MatchField.AsObject>,
    actionRefsList: Array<ActionRef.AsObject>,
    constDefaultActionId: number,
    initialDefaultAction?: TableActionCall.AsObject,
    implementationId: number,
    directResourceIdsList: Array<number>,
    size: number,
    idleTimeoutBehavior: Table.IdleTimeoutBehaviorMap[keyof Table.IdleTimeoutBehaviorMap],
    isConstTable: boolean,
    hasInitialEntries: boolean,
    otherProperties?: google_protobuf_any_pb.Any.AsObject,
  }

  export interface IdleTimeoutBehaviorMap {
    NO_TIMEOUT: 0;
    NOTIFY_CONTROL: 1;
  }

  export const IdleTimeoutBehavior: IdleTimeoutBehaviorMap;
}

export class ActionRef extends jspb.Message {
  getId(): number;
  setId(value: number): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  getScope(): ActionRef.ScopeMap[keyof ActionRef.ScopeMap];
  setScope(value: ActionRef.ScopeMap[keyof ActionRef.ScopeMap]): void;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
  addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
  setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
  addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionRef.AsObject;
  static toObject(includeInstance: boolean, msg: ActionRef): ActionRef.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionRef, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionRef;
  static deserializeBinaryFromReader(message: ActionRef, reader: jspb.BinaryReader): ActionRef;
}

export namespace ActionRef {
  export type AsObject = {
    id: number,
    annotationsList: Array<string>,
    scope: ActionRef.ScopeMap[keyof ActionRef.ScopeMap],
    structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
  }

  export interface ScopeMap {
    TABLE_AND_DEFAULT: 0;
    TABLE_ONLY: 1;
    DEFAULT_ONLY: 2;
    GROUP_ACTION: 3;
  }

  export const Scope: ScopeMap;
}

export class Action extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  clearParamsList(): void;
  getParamsList(): Array<Action.Param>;
  setParamsList(value: Array<Action.Param>): void;
  addParams(value?: Action.Param, index?: number): Action.Param;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Action.AsObject;
  static toObject(includeInstance: boolean, msg: Action): Action.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Action, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Action;
  static deserializeBinaryFromReader(message: Action, reader: jspb.BinaryReader): Action;
}

export namespace Action {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    paramsList: Array<Action.Param.AsObject>,
  }

  export class Param extends jspb.Message {
    getId(): number;
    setId(value: number): void;

    getName(): string;
    setName(value: string): void;

    clearAnnotationsList(): void;
    getAnnotationsList(): Array<string>;
    setAnnotationsList(value: Array<string>): void;
    addAnnotations(value: string, index?: number): string;

    getBitwidth(): number;
    setBitwidth(value: number): void;

    hasDoc(): boolean;
    clearDoc(): void;
    getDoc(): Documentation | undefined;
    setDoc(value?: Documentation): void;

    hasTypeName(): boolean;
    clearTypeName(): void;
    getTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
    setTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

    clearStructuredAnnotationsList(): void;
    getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
    setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
    addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

    clearAnnotationLocationsList(): void;
    getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
    setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
    addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Param.AsObject;
    static toObject(includeInstance: boolean, msg: Param): Param.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Param, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Param;
    static deserializeBinaryFromReader(message: Param, reader: jspb.BinaryReader): Param;
  }

  export namespace Param {
    export type AsObject = {
      id: number,
      name: string,
      annotationsList: Array<string>,
      bitwidth: number,
      doc?: Documentation.AsObject,
      typeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
      structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
      annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
    }
  }
}

export class ActionProfile extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  clearTableIdsList(): void;
  getTableIdsList(): Array<number>;
  setTableIdsList(value: Array<number>): void;
  addTableIds(value: number, index?: number): number;

  getWithSelector(): boolean;
  setWithSelector(value: boolean): void;

  getSize(): number;
  setSize(value: number): void;

  getMaxGroupSize(): number;
  setMaxGroupSize(value: number): void;

  hasSumOfWeights(): boolean;
  clearSumOfWeights(): void;
  getSumOfWeights(): ActionProfile.SumOfWeights | undefined;
  setSumOfWeights(value?: ActionProfile.SumOfWeights): void;

  hasSumOfMembers(): boolean;
  clearSumOfMembers(): void;
  getSumOfMembers(): ActionProfile.SumOfMembers | undefined;
  setSumOfMembers(value?: ActionProfile.SumOfMembers): void;

  getWeightsDisallowed(): boolean;
  setWeightsDisallowed(value: boolean): void;

  getSelectorSizeSemanticsCase(): ActionProfile.SelectorSizeSemanticsCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionProfile.AsObject;
  static toObject(includeInstance: boolean, msg: ActionProfile): ActionProfile.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionProfile, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionProfile;
  static deserializeBinaryFromReader(message: ActionProfile, reader: jspb.BinaryReader): ActionProfile;
}

export namespace ActionProfile {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    tableIdsList: Array<number>,
    withSelector: boolean,
    size: number,
    maxGroupSize: number,
    sumOfWeights?: ActionProfile.SumOfWeights.AsObject,
    sumOfMembers?: ActionProfile.SumOfMembers.AsObject,
    weightsDisallowed: boolean,
  }

  export class SumOfWeights extends jspb.Message {
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): SumOfWeights.AsObject;
    static toObject(includeInstance: boolean, msg: SumOfWeights): SumOfWeights.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: SumOfWeights, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): SumOfWeights;
    static deserializeBinaryFromReader(message: SumOfWeights, reader: jspb.BinaryReader): SumOfWeights;
  }

  export namespace SumOfWeights {
    export type AsObject = {
    }
  }

  export class SumOfMembers extends jspb.Message {
    getMaxMemberWeight(): number;
    setMaxMemberWeight(value: number): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): SumOfMembers.AsObject;
    static toObject(includeInstance: boolean, msg: SumOfMembers): SumOfMembers.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: SumOfMembers, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): SumOfMembers;
    static deserializeBinaryFromReader(message: SumOfMembers, reader: jspb.BinaryReader): SumOfMembers;
  }

  export namespace SumOfMembers {
    export type AsObject = {
      maxMemberWeight: number,
    }
  }

  export enum SelectorSizeSemanticsCase {
    SELECTOR_SIZE_SEMANTICS_NOT_SET = 0,
    SUM_OF_WEIGHTS = 6,
    SUM_OF_MEMBERS = 7,
  }
}

export class CounterSpec extends jspb.Message {
  getUnit(): CounterSpec.UnitMap[keyof CounterSpec.UnitMap];
  setUnit(value: CounterSpec.UnitMap[keyof CounterSpec.UnitMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterSpec.AsObject;
  static toObject(includeInstance: boolean, msg: CounterSpec): CounterSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterSpec;
  static deserializeBinaryFromReader(message: CounterSpec, reader: jspb.BinaryReader): CounterSpec;
}

export namespace CounterSpec {
  export type AsObject = {
    unit: CounterSpec.UnitMap[keyof CounterSpec.UnitMap],
  }

  export interface UnitMap {
    UNSPECIFIED: 0;
    BYTES: 1;
    PACKETS: 2;
    BOTH: 3;
  }

  export const Unit: UnitMap;
}

export class Counter extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasSpec(): boolean;
  clearSpec(): void;
  getSpec(): CounterSpec | undefined;
  setSpec(value?: CounterSpec): void;

  getSize(): number;
  setSize(value: number): void;

  hasIndexTypeName(): boolean;
  clearIndexTypeName(): void;
  getIndexTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
  setIndexTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Counter.AsObject;
  static toObject(includeInstance: boolean, msg: Counter): Counter.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Counter, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Counter;
  static deserializeBinaryFromReader(message: Counter, reader: jspb.BinaryReader): Counter;
}

export namespace Counter {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    spec?: CounterSpec.AsObject,
    size: number,
    indexTypeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
  }
}

export class DirectCounter extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasSpec(): boolean;
  clearSpec(): void;
  getSpec(): CounterSpec | undefined;
  setSpec(value?: CounterSpec): void;

  getDirectTableId(): number;
  setDirectTableId(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DirectCounter.AsObject;
  static toObject(includeInstance: boolean, msg: DirectCounter): DirectCounter.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DirectCounter, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DirectCounter;
  static deserializeBinaryFromReader(message: DirectCounter, reader: jspb.BinaryReader): DirectCounter;
}

export namespace DirectCounter {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    spec?: CounterSpec.AsObject,
    directTableId: number,
  }
}

export class MeterSpec extends jspb.Message {
  getUnit(): MeterSpec.UnitMap[keyof MeterSpec.UnitMap];
  setUnit(value: MeterSpec.UnitMap[keyof MeterSpec.UnitMap]): void;

  getType(): MeterSpec.TypeMap[keyof MeterSpec.TypeMap];
  setType(value: MeterSpec.TypeMap[keyof MeterSpec.TypeMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MeterSpec.AsObject;
  static toObject(includeInstance: boolean, msg: MeterSpec): MeterSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MeterSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MeterSpec;
  static deserializeBinaryFromReader(message: MeterSpec, reader: jspb.BinaryReader): MeterSpec;
}

export namespace MeterSpec {
  export type AsObject = {
    unit: MeterSpec.UnitMap[keyof MeterSpec.UnitMap],
    type: MeterSpec.TypeMap[keyof MeterSpec.TypeMap],
  }

  export interface UnitMap {
    UNSPECIFIED: 0;
    BYTES: 1;
    PACKETS: 2;
  }

  export const Unit: UnitMap;

  export interface TypeMap {
    TWO_RATE_THREE_COLOR: 0;
    SINGLE_RATE_THREE_COLOR: 1;
    SINGLE_RATE_TWO_COLOR: 2;
  }

  export const Type: TypeMap;
}

export class Meter extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasSpec(): boolean;
  clearSpec(): void;
  getSpec(): MeterSpec | undefined;
  setSpec(value?: MeterSpec): void;

  getSize(): number;
  setSize(value: number): void;

  hasIndexTypeName(): boolean;
  clearIndexTypeName(): void;
  getIndexTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
  setIndexTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Meter.AsObject;
  static toObject(includeInstance: boolean, msg: Meter): Meter.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Meter, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Meter;
  static deserializeBinaryFromReader(message: Meter, reader: jspb.BinaryReader): Meter;
}

export namespace Meter {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    spec?: MeterSpec.AsObject,
    size: number,
    indexTypeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
  }
}

export class DirectMeter extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasSpec(): boolean;
  clearSpec(): void;
  getSpec(): MeterSpec | undefined;
  setSpec(value?: MeterSpec): void;

  getDirectTableId(): number;
  setDirectTableId(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DirectMeter.AsObject;
  static toObject(includeInstance: boolean, msg: DirectMeter): DirectMeter.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DirectMeter, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DirectMeter;
  static deserializeBinaryFromReader(message: DirectMeter, reader: jspb.BinaryReader): DirectMeter;
}

export namespace DirectMeter {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    spec?: MeterSpec.AsObject,
    directTableId: number,
  }
}

export class ControllerPacketMetadata extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  clearMetadataList(): void;
  getMetadataList(): Array<ControllerPacketMetadata.Metadata>;
  setMetadataList(value: Array<ControllerPacketMetadata.Metadata>): void;
  addMetadata(value?: ControllerPacketMetadata.Metadata, index?: number): ControllerPacketMetadata.Metadata;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ControllerPacketMetadata.AsObject;
  static toObject(includeInstance: boolean, msg: ControllerPacketMetadata): ControllerPacketMetadata.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ControllerPacketMetadata, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ControllerPacketMetadata;
  static deserializeBinaryFromReader(message: ControllerPacketMetadata, reader: jspb.BinaryReader): ControllerPacketMetadata;
}

export namespace ControllerPacketMetadata {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    metadataList: Array<ControllerPacketMetadata.Metadata.AsObject>,
  }

  export class Metadata extends jspb.Message {
    getId(): number;
    setId(value: number): void;

    getName(): string;
    setName(value: string): void;

    clearAnnotationsList(): void;
    getAnnotationsList(): Array<string>;
    setAnnotationsList(value: Array<string>): void;
    addAnnotations(value: string, index?: number): string;

    getBitwidth(): number;
    setBitwidth(value: number): void;

    hasTypeName(): boolean;
    clearTypeName(): void;
    getTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
    setTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

    clearStructuredAnnotationsList(): void;
    getStructuredAnnotationsList(): Array<p4_config_v1_p4types_pb.StructuredAnnotation>;
    setStructuredAnnotationsList(value: Array<p4_config_v1_p4types_pb.StructuredAnnotation>): void;
    addStructuredAnnotations(value?: p4_config_v1_p4types_pb.StructuredAnnotation, index?: number): p4_config_v1_p4types_pb.StructuredAnnotation;

    clearAnnotationLocationsList(): void;
    getAnnotationLocationsList(): Array<p4_config_v1_p4types_pb.SourceLocation>;
    setAnnotationLocationsList(value: Array<p4_config_v1_p4types_pb.SourceLocation>): void;
    addAnnotationLocations(value?: p4_config_v1_p4types_pb.SourceLocation, index?: number): p4_config_v1_p4types_pb.SourceLocation;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Metadata.AsObject;
    static toObject(includeInstance: boolean, msg: Metadata): Metadata.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Metadata, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Metadata;
    static deserializeBinaryFromReader(message: Metadata, reader: jspb.BinaryReader): Metadata;
  }

  export namespace Metadata {
    export type AsObject = {
      id: number,
      name: string,
      annotationsList: Array<string>,
      bitwidth: number,
      typeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
      structuredAnnotationsList: Array<p4_config_v1_p4types_pb.StructuredAnnotation.AsObject>,
      annotationLocationsList: Array<p4_config_v1_p4types_pb.SourceLocation.AsObject>,
    }
  }
}

export class ValueSet extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  clearMatchList(): void;
  getMatchList(): Array<MatchField>;
  setMatchList(value: Array<MatchField>): void;
  addMatch(value?: MatchField, index?: number): MatchField;

  getSize(): number;
  setSize(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ValueSet.AsObject;
  static toObject(includeInstance: boolean, msg: ValueSet): ValueSet.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ValueSet, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ValueSet;
  static deserializeBinaryFromReader(message: ValueSet, reader: jspb.BinaryReader): ValueSet;
}

export namespace ValueSet {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    matchList: Array<MatchField.AsObject>,
    size: number,
  }
}

export class Register extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasTypeSpec(): boolean;
  clearTypeSpec(): void;
  getTypeSpec(): p4_config_v1_p4types_pb.P4DataTypeSpec | undefined;
  setTypeSpec(value?: p4_config_v1_p4types_pb.P4DataTypeSpec): void;

  getSize(): number;
  setSize(value: number): void;

  hasIndexTypeName(): boolean;
  clearIndexTypeName(): void;
  getIndexTypeName(): p4_config_v1_p4types_pb.P4NamedType | undefined;
  setIndexTypeName(value?: p4_config_v1_p4types_pb.P4NamedType): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Register.AsObject;
  static toObject(includeInstance: boolean, msg: Register): Register.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Register, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Register;
  static deserializeBinaryFromReader(message: Register, reader: jspb.BinaryReader): Register;
}

export namespace Register {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    typeSpec?: p4_config_v1_p4types_pb.P4DataTypeSpec.AsObject,
    size: number,
    indexTypeName?: p4_config_v1_p4types_pb.P4NamedType.AsObject,
  }
}

export class Digest extends jspb.Message {
  hasPreamble(): boolean;
  clearPreamble(): void;
  getPreamble(): Preamble | undefined;
  setPreamble(value?: Preamble): void;

  hasTypeSpec(): boolean;
  clearTypeSpec(): void;
  getTypeSpec(): p4_config_v1_p4types_pb.P4DataTypeSpec | undefined;
  setTypeSpec(value?: p4_config_v1_p4types_pb.P4DataTypeSpec): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Digest.AsObject;
  static toObject(includeInstance: boolean, msg: Digest): Digest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Digest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Digest;
  static deserializeBinaryFromReader(message: Digest, reader: jspb.BinaryReader): Digest;
}

export namespace Digest {
  export type AsObject = {
    preamble?: Preamble.AsObject,
    typeSpec?: p4_config_v1_p4types_pb.P4DataTypeSpec.AsObject,
  }
}

