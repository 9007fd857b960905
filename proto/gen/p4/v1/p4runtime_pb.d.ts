// package: p4.v1
// file: p4/v1/p4runtime.proto

import * as jspb from "google-protobuf";
import * as google_protobuf_any_pb from "google-protobuf/google/protobuf/any_pb";
import * as google_rpc_status_pb from "../../google/rpc/status_pb";
import * as p4_config_v1_p4info_pb from "../../p4/config/v1/p4info_pb";
import * as p4_v1_p4data_pb from "../../p4/v1/p4data_pb";

export class WriteRequest extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  getRoleId(): string;
  setRoleId(value: string): void;

  hasElectionId(): boolean;
  clearElectionId(): void;
  getElectionId(): Uint128 | undefined;
  setElectionId(value?: Uint128): void;

  clearUpdatesList(): void;
  getUpdatesList(): Array<Update>;
  setUpdatesList(value: Array<Update>): void;
  addUpdates(value?: Update, index?: number): Update;

  getAtomicity(): WriteRequest.AtomicityMap[keyof WriteRequest.AtomicityMap];
  setAtomicity(value: WriteRequest.AtomicityMap[keyof WriteRequest.AtomicityMap]): void;

  getRole(): string;
  setRole(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): WriteRequest.AsObject;
  static toObject(includeInstance: boolean, msg: WriteRequest): WriteRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: WriteRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): WriteRequest;
  static deserializeBinaryFromReader(message: WriteRequest, reader: jspb.BinaryReader): WriteRequest;
}

export namespace WriteRequest {
  export type AsObject = {
    deviceId: string,
    roleId: string,
    electionId?: Uint128.AsObject,
    updatesList: Array<Update.AsObject>,
    atomicity: WriteRequest.AtomicityMap[keyof WriteRequest.AtomicityMap],
    role: string,
  }

  export interface AtomicityMap {
    CONTINUE_ON_ERROR: 0;
    ROLLBACK_ON_ERROR: 1;
    DATAPLANE_ATOMIC: 2;
  }

  export const Atomicity: AtomicityMap;
}

export class WriteResponse extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): WriteResponse.AsObject;
  static toObject(includeInstance: boolean, msg: WriteResponse): WriteResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: WriteResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): WriteResponse;
  static deserializeBinaryFromReader(message: WriteResponse, reader: jspb.BinaryReader): WriteResponse;
}

export namespace WriteResponse {
  export type AsObject = {
  }
}

export class ReadRequest extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  clearEntitiesList(): void;
  getEntitiesList(): Array<Entity>;
  setEntitiesList(value: Array<Entity>): void;
  addEntities(value?: Entity, index?: number): Entity;

  getRole(): string;
  setRole(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ReadRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ReadRequest): ReadRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ReadRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ReadRequest;
  static deserializeBinaryFromReader(message: ReadRequest, reader: jspb.BinaryReader): ReadRequest;
}

export namespace ReadRequest {
  export type AsObject = {
    deviceId: string,
    entitiesList: Array<Entity.AsObject>,
    role: string,
  }
}

export class ReadResponse extends jspb.Message {
  clearEntitiesList(): void;
  getEntitiesList(): Array<Entity>;
  setEntitiesList(value: Array<Entity>): void;
  addEntities(value?: Entity, index?: number): Entity;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ReadResponse.AsObject;
  static toObject(includeInstance: boolean, msg: ReadResponse): ReadResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ReadResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ReadResponse;
  static deserializeBinaryFromReader(message: ReadResponse, reader: jspb.BinaryReader): ReadResponse;
}

export namespace ReadResponse {
  export type AsObject = {
    entitiesList: Array<Entity.AsObject>,
  }
}

export class Update extends jspb.Message {
  getType(): Update.TypeMap[keyof Update.TypeMap];
  setType(value: Update.TypeMap[keyof Update.TypeMap]): void;

  hasEntity(): boolean;
  clearEntity(): void;
  getEntity(): Entity | undefined;
  setEntity(value?: Entity): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Update.AsObject;
  static toObject(includeInstance: boolean, msg: Update): Update.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Update, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Update;
  static deserializeBinaryFromReader(message: Update, reader: jspb.BinaryReader): Update;
}

export namespace Update {
  export type AsObject = {
    type: Update.TypeMap[keyof Update.TypeMap],
    entity?: Entity.AsObject,
  }

  export interface TypeMap {
    UNSPECIFIED: 0;
    INSERT: 1;
    MODIFY: 2;
    DELETE: 3;
  }

  export const Type: TypeMap;
}

export class Entity extends jspb.Message {
  hasExternEntry(): boolean;
  clearExternEntry(): void;
  getExternEntry(): ExternEntry | undefined;
  setExternEntry(value?: ExternEntry): void;

  hasTableEntry(): boolean;
  clearTableEntry(): void;
  getTableEntry(): TableEntry | undefined;
  setTableEntry(value?: TableEntry): void;

  hasActionProfileMember(): boolean;
  clearActionProfileMember(): void;
  getActionProfileMember(): ActionProfileMember | undefined;
  setActionProfileMember(value?: ActionProfileMember): void;

  hasActionProfileGroup(): boolean;
  clearActionProfileGroup(): void;
  getActionProfileGroup(): ActionProfileGroup | undefined;
  setActionProfileGroup(value?: ActionProfileGroup): void;

  hasMeterEntry(): boolean;
  clearMeterEntry(): void;
  getMeterEntry(): MeterEntry | undefined;
  setMeterEntry(value?: MeterEntry): void;

  hasDirectMeterEntry(): boolean;
  clearDirectMeterEntry(): void;
  getDirectMeterEntry(): DirectMeterEntry | undefined;
  setDirectMeterEntry(value?: DirectMeterEntry): void;

  hasCounterEntry(): boolean;
  clearCounterEntry(): void;
  getCounterEntry(): CounterEntry | undefined;
  setCounterEntry(value?: CounterEntry): void;

  hasDirectCounterEntry(): boolean;
  clearDirectCounterEntry(): void;
  getDirectCounterEntry(): DirectCounterEntry | undefined;
  setDirectCounterEntry(value?: DirectCounterEntry): void;

  hasPacketReplicationEngineEntry(): boolean;
  clearPacketReplicationEngineEntry(): void;
  getPacketReplicationEngineEntry(): PacketReplicationEngineEntry | undefined;
  setPacketReplicationEngineEntry(value?: PacketReplicationEngineEntry): void;

  hasValueSetEntry(): boolean;
  clearValueSetEntry(): void;
  getValueSetEntry(): ValueSetEntry | undefined;
  setValueSetEntry(value?: ValueSetEntry): void;

  hasRegisterEntry(): boolean;
  clearRegisterEntry(): void;
  getRegisterEntry(): RegisterEntry | undefined;
  setRegisterEntry(value?: RegisterEntry): void;

  hasDigestEntry(): boolean;
  clearDigestEntry(): void;
  getDigestEntry(): DigestEntry | undefined;
  setDigestEntry(value?: DigestEntry): void;

  getEntityCase(): Entity.EntityCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Entity.AsObject;
  static toObject(includeInstance: boolean, msg: Entity): Entity.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Entity, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Entity;
  static deserializeBinaryFromReader(message: Entity, reader: jspb.BinaryReader): Entity;
}

export namespace Entity {
  export type AsObject = {
    externEntry?: ExternEntry.AsObject,
    tableEntry?: TableEntry.AsObject,
    actionProfileMember?: ActionProfileMember.AsObject,
    actionProfileGroup?: ActionProfileGroup.AsObject,
    meterEntry?: MeterEntry.AsObject,
    directMeterEntry?: DirectMeterEntry.AsObject,
    counterEntry?: CounterEntry.AsObject,
    directCounterEntry?: DirectCounterEntry.AsObject,
    packetReplicationEngineEntry?: PacketReplicationEngineEntry.AsObject,
    valueSetEntry?: ValueSetEntry.AsObject,
    registerEntry?: RegisterEntry.AsObject,
    digestEntry?: DigestEntry.AsObject,
  }

  export enum EntityCase {
    ENTITY_NOT_SET = 0,
    EXTERN_ENTRY = 1,
    TABLE_ENTRY = 2,
    ACTION_PROFILE_MEMBER = 3,
    ACTION_PROFILE_GROUP = 4,
    METER_ENTRY = 5,
    DIRECT_METER_ENTRY = 6,
    COUNTER_ENTRY = 7,
    DIRECT_COUNTER_ENTRY = 8,
    PACKET_REPLICATION_ENGINE_ENTRY = 9,
    VALUE_SET_ENTRY = 10,
    REGISTER_ENTRY = 11,
    DIGEST_ENTRY = 12,
  }
}

export class ExternEntry extends jspb.Message {
  getExternTypeId(): number;
  setExternTypeId(value: number): void;

  getExternId(): number;
  setExternId(value: number): void;

  hasEntry(): boolean;
  clearEntry(): void;
  getEntry(): google_protobuf_any_pb.Any | undefined;
  setEntry(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ExternEntry.AsObject;
  static toObject(includeInstance: boolean, msg: ExternEntry): ExternEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ExternEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ExternEntry;
  static deserializeBinaryFromReader(message: ExternEntry, reader: jspb.BinaryReader): ExternEntry;
}

export namespace ExternEntry {
  export type AsObject = {
    externTypeId: number,
    externId: number,
    entry?: google_protobuf_any_pb.Any.AsObject,
  }
}

export class TableEntry extends jspb.Message {
  getTableId(): number;
  setTableId(value: number): void;

  clearMatchList(): void;
  getMatchList(): Array<FieldMatch>;
  setMatchList(value: Array<FieldMatch>): void;
  addMatch(value?: FieldMatch, index?: number): FieldMatch;

  hasAction(): boolean;
  clearAction(): void;
  getAction(): TableAction | undefined;
  setAction(value?: TableAction): void;

  getPriority(): number;
  setPriority(value: number): void;

  getControllerMetadata(): string;
  setControllerMetadata(value: string): void;

  hasMeterConfig(): boolean;
  clearMeterConfig(): void;
  getMeterConfig(): MeterConfig | undefined;
  setMeterConfig(value?: MeterConfig): void;

  hasCounterData(): boolean;
  clearCounterData(): void;
  getCounterData(): CounterData | undefined;
  setCounterData(value?: CounterData): void;

  getIsDefaultAction(): boolean;
  setIsDefaultAction(value: boolean): void;

  getIdleTimeoutNs(): number;
  setIdleTimeoutNs(value: number): void;

  hasTimeSinceLastHit(): boolean;
  clearTimeSinceLastHit(): void;
  getTimeSinceLastHit(): TableEntry.IdleTimeout | undefined;
  setTimeSinceLastHit(value?: TableEntry.IdleTimeout): void;

  getMetadata(): Uint8Array | string;
  getMetadata_asU8(): Uint8Array;
  getMetadata_asB64(): string;
  setMetadata(value: Uint8Array | string): void;

  hasMeterCounterData(): boolean;
  clearMeterCounterData(): void;
  getMeterCounterData(): MeterCounterData | undefined;
  setMeterCounterData(value?: MeterCounterData): void;

  getIsConst(): boolean;
  setIsConst(value: boolean): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TableEntry.AsObject;
  static toObject(includeInstance: boolean, msg: TableEntry): TableEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TableEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TableEntry;
  static deserializeBinaryFromReader(message: TableEntry, reader: jspb.BinaryReader): TableEntry;
}

export namespace TableEntry {
  export type AsObject = {
    tableId: number,
    matchList: Array<FieldMatch.AsObject>,
    action?: TableAction.AsObject,
    priority: number,
    controllerMetadata: string,
    meterConfig?: MeterConfig.AsObject,
    counterData?: CounterData.AsObject,
    isDefaultAction: boolean,
    idleTimeoutNs: number,
    timeSinceLastHit?: TableEntry.IdleTimeout.AsObject,
    metadata: Uint8Array | string,
    meterCounterData?: MeterCounterData.AsObject,
    isConst: boolean,
  }

  export class IdleTimeout extends jspb.Message {
    getElapsedNs(): number;
    setElapsedNs(value: number): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): IdleTimeout.AsObject;
    static toObject(includeInstance: boolean, msg: IdleTimeout): IdleTimeout.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: IdleTimeout, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): IdleTimeout;
    static deserializeBinaryFromReader(message: IdleTimeout, reader: jspb.BinaryReader): IdleTimeout;
  }

  export namespace IdleTimeout {
    export type AsObject = {
      elapsedNs: number,
    }
  }
}

export class FieldMatch extends jspb.Message {
  getFieldId(): number;
  setFieldId(value: number): void;

  hasExact(): boolean;
  clearExact(): void;
  getExact(): FieldMatch.Exact | undefined;
  setExact(value?: FieldMatch.Exact): void;

  hasTernary(): boolean;
  clearTernary(): void;
  getTernary(): FieldMatch.Ternary | undefined;
  setTernary(value?: FieldMatch.Ternary): void;

  hasLpm(): boolean;
  clearLpm(): void;
  getLpm(): FieldMatch.LPM | undefined;
  setLpm(value?: FieldMatch.LPM): void;

  hasRange(): boolean;
  clearRange(): void;
  getRange(): FieldMatch.Range | undefined;
  setRange(value?: FieldMatch.Range): void;

  hasOptional(): boolean;
  clearOptional(): void;
  getOptional(): FieldMatch.Optional | undefined;
  setOptional(value?: FieldMatch.Optional): void;

  hasOther(): boolean;
  clearOther(): void;
  getOther(): google_protobuf_any_pb.Any | undefined;
  setOther(value?: google_protobuf_any_pb.Any): void;

  getFieldMatchTypeCase(): FieldMatch.FieldMatchTypeCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): FieldMatch.AsObject;
  static toObject(includeInstance: boolean, msg: FieldMatch): FieldMatch.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: FieldMatch, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): FieldMatch;
  static deserializeBinaryFromReader(message: FieldMatch, reader: jspb.BinaryReader): FieldMatch;
}

export namespace FieldMatch {
  export type AsObject = {
    fieldId: number,
    exact?: FieldMatch.Exact.AsObject,
    ternary?: FieldMatch.Ternary.AsObject,
    lpm?: FieldMatch.LPM.AsObject,
    range?: FieldMatch.Range.AsObject,
    optional?: FieldMatch.Optional.AsObject,
    other?: google_protobuf_any_pb.Any.AsObject,
  }

  export class Exact extends jspb.Message {
    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Exact.AsObject;
    static toObject(includeInstance: boolean, msg: Exact): Exact.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Exact, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Exact;
    static deserializeBinaryFromReader(message: Exact, reader: jspb.BinaryReader): Exact;
  }

  export namespace Exact {
    export type AsObject = {
      value: Uint8Array | string,
    }
  }

  export class Ternary extends jspb.Message {
    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    getMask(): Uint8Array | string;
    getMask_asU8(): Uint8Array;
    getMask_asB64(): string;
    setMask(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Ternary.AsObject;
    static toObject(includeInstance: boolean, msg: Ternary): Ternary.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Ternary, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Ternary;
    static deserializeBinaryFromReader(message: Ternary, reader: jspb.BinaryReader): Ternary;
  }

  export namespace Ternary {
    export type AsObject = {
      value: Uint8Array | string,
      mask: Uint8Array | string,
    }
  }

  export class LPM extends jspb.Message {
    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    getPrefixLen(): number;
    setPrefixLen(value: number): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): LPM.AsObject;
    static toObject(includeInstance: boolean, msg: LPM): LPM.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: LPM, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): LPM;
    static deserializeBinaryFromReader(message: LPM, reader: jspb.BinaryReader): LPM;
  }

  export namespace LPM {
    export type AsObject = {
      value: Uint8Array | string,
      prefixLen: number,
    }
  }

  export class Range extends jspb.Message {
    getLow(): Uint8Array | string;
    getLow_asU8(): Uint8Array;
    getLow_asB64(): string;
    setLow(value: Uint8Array | string): void;

    getHigh(): Uint8Array | string;
    getHigh_asU8(): Uint8Array;
    getHigh_asB64(): string;
    setHigh(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Range.AsObject;
    static toObject(includeInstance: boolean, msg: Range): Range.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Range, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Range;
    static deserializeBinaryFromReader(message: Range, reader: jspb.BinaryReader): Range;
  }

  export namespace Range {
    export type AsObject = {
      low: Uint8Array | string,
      high: Uint8Array | string,
    }
  }

  export class Optional extends jspb.Message {
    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Optional.AsObject;
    static toObject(includeInstance: boolean, msg: Optional): Optional.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Optional, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Optional;
    static deserializeBinaryFromReader(message: Optional, reader: jspb.BinaryReader): Optional;
  }

  export namespace Optional {
    export type AsObject = {
      value: Uint8Array | string,
    }
  }

  export enum FieldMatchTypeCase {
    FIELD_MATCH_TYPE_NOT_SET = 0,
    EXACT = 2,
    TERNARY = 3,
    LPM = 4,
    RANGE = 6,
    OPTIONAL = 7,
    OTHER = 100,
  }
}

export class TableAction extends jspb.Message {
  hasAction(): boolean;
  clearAction(): void;
  getAction(): Action | undefined;
  setAction(value?: Action): void;

  hasActionProfileMemberId(): boolean;
  clearActionProfileMemberId(): void;
  getActionProfileMemberId(): number;
  setActionProfileMemberId(value: number): void;

  hasActionProfileGroupId(): boolean;
  clearActionProfileGroupId(): void;
  getActionProfileGroupId(): number;
  setActionProfileGroupId(value: number): void;

  hasActionProfileActionSet(): boolean;
  clearActionProfileActionSet(): void;
  getActionProfileActionSet(): ActionProfileActionSet | undefined;
  setActionProfileActionSet(value?: ActionProfileActionSet): void;

  getTypeCase(): TableAction.TypeCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TableAction.AsObject;
  static toObject(includeInstance: boolean, msg: TableAction): TableAction.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TableAction, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TableAction;
  static deserializeBinaryFromReader(message: TableAction, reader: jspb.BinaryReader): TableAction;
}

export namespace TableAction {
  export type AsObject = {
    action?: Action.AsObject,
    actionProfileMemberId: number,
    actionProfileGroupId: number,
    actionProfileActionSet?: ActionProfileActionSet.AsObject,
  }

  export enum TypeCase {
    TYPE_NOT_SET = 0,
    ACTION = 1,
    ACTION_PROFILE_MEMBER_ID = 2,
    ACTION_PROFILE_GROUP_ID = 3,
    ACTION_PROFILE_ACTION_SET = 4,
  }
}

export class Action extends jspb.Message {
  getActionId(): number;
  setActionId(value: number): void;

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
    actionId: number,
    paramsList: Array<Action.Param.AsObject>,
  }

  export class Param extends jspb.Message {
    getParamId(): number;
    setParamId(value: number): void;

    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

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
      paramId: number,
      value: Uint8Array | string,
    }
  }
}

export class ActionProfileActionSet extends jspb.Message {
  clearActionProfileActionsList(): void;
  getActionProfileActionsList(): Array<ActionProfileAction>;
  setActionProfileActionsList(value: Array<ActionProfileAction>): void;
  addActionProfileActions(value?: ActionProfileAction, index?: number): ActionProfileAction;

  getActionSelectionMode(): ActionProfileActionSet.ActionSelectionModeMap[keyof ActionProfileActionSet.ActionSelectionModeMap];
  setActionSelectionMode(value: ActionProfileActionSet.ActionSelectionModeMap[keyof ActionProfileActionSet.ActionSelectionModeMap]): void;

  getSizeSemantics(): ActionProfileActionSet.SizeSemanticsMap[keyof ActionProfileActionSet.SizeSemanticsMap];
  setSizeSemantics(value: ActionProfileActionSet.SizeSemanticsMap[keyof ActionProfileActionSet.SizeSemanticsMap]): void;

  hasGroupAction(): boolean;
  clearGroupAction(): void;
  getGroupAction(): Action | undefined;
  setGroupAction(value?: Action): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionProfileActionSet.AsObject;
  static toObject(includeInstance: boolean, msg: ActionProfileActionSet): ActionProfileActionSet.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionProfileActionSet, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionProfileActionSet;
  static deserializeBinaryFromReader(message: ActionProfileActionSet, reader: jspb.BinaryReader): ActionProfileActionSet;
}

export namespace ActionProfileActionSet {
  export type AsObject = {
    actionProfileActionsList: Array<ActionProfileAction.AsObject>,
    actionSelectionMode: ActionProfileActionSet.ActionSelectionModeMap[keyof ActionProfileActionSet.ActionSelectionModeMap],
    sizeSemantics: ActionProfileActionSet.SizeSemanticsMap[keyof ActionProfileActionSet.SizeSemanticsMap],
    groupAction?: Action.AsObject,
  }

  export interface ActionSelectionModeMap {
    DEFAULT_MODE_DETERMINED_BY_ACTION_SELECTOR: 0;
    HASH: 1;
    RANDOM: 2;
  }

  export const ActionSelectionMode: ActionSelectionModeMap;

  export interface SizeSemanticsMap {
    DEFAULT_SIZE_DETERMINED_BY_ACTION_SELECTOR: 0;
    SUM_OF_WEIGHTS: 1;
    SUM_OF_MEMBERS: 2;
  }

  export const SizeSemantics: SizeSemanticsMap;
}

export class ActionProfileAction extends jspb.Message {
  hasAction(): boolean;
  clearAction(): void;
  getAction(): Action | undefined;
  setAction(value?: Action): void;

  getWeight(): number;
  setWeight(value: number): void;

  hasWatch(): boolean;
  clearWatch(): void;
  getWatch(): number;
  setWatch(value: number): void;

  hasWatchPort(): boolean;
  clearWatchPort(): void;
  getWatchPort(): Uint8Array | string;
  getWatchPort_asU8(): Uint8Array;
  getWatchPort_asB64(): string;
  setWatchPort(value: Uint8Array | string): void;

  getWatchKindCase(): ActionProfileAction.WatchKindCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionProfileAction.AsObject;
  static toObject(includeInstance: boolean, msg: ActionProfileAction): ActionProfileAction.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionProfileAction, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionProfileAction;
  static deserializeBinaryFromReader(message: ActionProfileAction, reader: jspb.BinaryReader): ActionProfileAction;
}

export namespace ActionProfileAction {
  export type AsObject = {
    action?: Action.AsObject,
    weight: number,
    watch: number,
    watchPort: Uint8Array | string,
  }

  export enum WatchKindCase {
    WATCH_KIND_NOT_SET = 0,
    WATCH = 3,
    WATCH_PORT = 4,
  }
}

export class ActionProfileMember extends jspb.Message {
  getActionProfileId(): number;
  setActionProfileId(value: number): void;

  getMemberId(): number;
  setMemberId(value: number): void;

  hasAction(): boolean;
  clearAction(): void;
  getAction(): Action | undefined;
  setAction(value?: Action): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionProfileMember.AsObject;
  static toObject(includeInstance: boolean, msg: ActionProfileMember): ActionProfileMember.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionProfileMember, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionProfileMember;
  static deserializeBinaryFromReader(message: ActionProfileMember, reader: jspb.BinaryReader): ActionProfileMember;
}

export namespace ActionProfileMember {
  export type AsObject = {
    actionProfileId: number,
    memberId: number,
    action?: Action.AsObject,
  }
}

export class ActionProfileGroup extends jspb.Message {
  getActionProfileId(): number;
  setActionProfileId(value: number): void;

  getGroupId(): number;
  setGroupId(value: number): void;

  clearMembersList(): void;
  getMembersList(): Array<ActionProfileGroup.Member>;
  setMembersList(value: Array<ActionProfileGroup.Member>): void;
  addMembers(value?: ActionProfileGroup.Member, index?: number): ActionProfileGroup.Member;

  getMaxSize(): number;
  setMaxSize(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ActionProfileGroup.AsObject;
  static toObject(includeInstance: boolean, msg: ActionProfileGroup): ActionProfileGroup.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ActionProfileGroup, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ActionProfileGroup;
  static deserializeBinaryFromReader(message: ActionProfileGroup, reader: jspb.BinaryReader): ActionProfileGroup;
}

export namespace ActionProfileGroup {
  export type AsObject = {
    actionProfileId: number,
    groupId: number,
    membersList: Array<ActionProfileGroup.Member.AsObject>,
    maxSize: number,
  }

  export class Member extends jspb.Message {
    getMemberId(): number;
    setMemberId(value: number): void;

    getWeight(): number;
    setWeight(value: number): void;

    hasWatch(): boolean;
    clearWatch(): void;
    getWatch(): number;
    setWatch(value: number): void;

    hasWatchPort(): boolean;
    clearWatchPort(): void;
    getWatchPort(): Uint8Array | string;
    getWatchPort_asU8(): Uint8Array;
    getWatchPort_asB64(): string;
    setWatchPort(value: Uint8Array | string): void;

    getWatchKindCase(): Member.WatchKindCase;
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      memberId: number,
      weight: number,
      watch: number,
      watchPort: Uint8Array | string,
    }

    export enum WatchKindCase {
      WATCH_KIND_NOT_SET = 0,
      WATCH = 3,
      WATCH_PORT = 4,
    }
  }
}

export class Index extends jspb.Message {
  getIndex(): number;
  setIndex(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Index.AsObject;
  static toObject(includeInstance: boolean, msg: Index): Index.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Index, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Index;
  static deserializeBinaryFromReader(message: Index, reader: jspb.BinaryReader): Index;
}

export namespace Index {
  export type AsObject = {
    index: number,
  }
}

export class MeterEntry extends jspb.Message {
  getMeterId(): number;
  setMeterId(value: number): void;

  hasIndex(): boolean;
  clearIndex(): void;
  getIndex(): Index | undefined;
  setIndex(value?: Index): void;

  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): MeterConfig | undefined;
  setConfig(value?: MeterConfig): void;

  hasCounterData(): boolean;
  clearCounterData(): void;
  getCounterData(): MeterCounterData | undefined;
  setCounterData(value?: MeterCounterData): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MeterEntry.AsObject;
  static toObject(includeInstance: boolean, msg: MeterEntry): MeterEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MeterEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MeterEntry;
  static deserializeBinaryFromReader(message: MeterEntry, reader: jspb.BinaryReader): MeterEntry;
}

export namespace MeterEntry {
  export type AsObject = {
    meterId: number,
    index?: Index.AsObject,
    config?: MeterConfig.AsObject,
    counterData?: MeterCounterData.AsObject,
  }
}

export class DirectMeterEntry extends jspb.Message {
  hasTableEntry(): boolean;
  clearTableEntry(): void;
  getTableEntry(): TableEntry | undefined;
  setTableEntry(value?: TableEntry): void;

  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): MeterConfig | undefined;
  setConfig(value?: MeterConfig): void;

  hasCounterData(): boolean;
  clearCounterData(): void;
  getCounterData(): MeterCounterData | undefined;
  setCounterData(value?: MeterCounterData): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DirectMeterEntry.AsObject;
  static toObject(includeInstance: boolean, msg: DirectMeterEntry): DirectMeterEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DirectMeterEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DirectMeterEntry;
  static deserializeBinaryFromReader(message: DirectMeterEntry, reader: jspb.BinaryReader): DirectMeterEntry;
}

export namespace DirectMeterEntry {
  export type AsObject = {
    tableEntry?: TableEntry.AsObject,
    config?: MeterConfig.AsObject,
    counterData?: MeterCounterData.AsObject,
  }
}

export class MeterConfig extends jspb.Message {
  getCir(): number;
  setCir(value: number): void;

  getCburst(): number;
  setCburst(value: number): void;

  getPir(): number;
  setPir(value: number): void;

  getPburst(): number;
  setPburst(value: number): void;

  getEburst(): number;
  setEburst(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MeterConfig.AsObject;
  static toObject(includeInstance: boolean, msg: MeterConfig): MeterConfig.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MeterConfig, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MeterConfig;
  static deserializeBinaryFromReader(message: MeterConfig, reader: jspb.BinaryReader): MeterConfig;
}

export namespace MeterConfig {
  export type AsObject = {
    cir: number,
    cburst: number,
    pir: number,
    pburst: number,
    eburst: number,
  }
}

export class CounterEntry extends jspb.Message {
  getCounterId(): number;
  setCounterId(value: number): void;

  hasIndex(): boolean;
  clearIndex(): void;
  getIndex(): Index | undefined;
  setIndex(value?: Index): void;

  hasData(): boolean;
  clearData(): void;
  getData(): CounterData | undefined;
  setData(value?: CounterData): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterEntry.AsObject;
  static toObject(includeInstance: boolean, msg: CounterEntry): CounterEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterEntry;
  static deserializeBinaryFromReader(message: CounterEntry, reader: jspb.BinaryReader): CounterEntry;
}

export namespace CounterEntry {
  export type AsObject = {
    counterId: number,
    index?: Index.AsObject,
    data?: CounterData.AsObject,
  }
}

export class DirectCounterEntry extends jspb.Message {
  hasTableEntry(): boolean;
  clearTableEntry(): void;
  getTableEntry(): TableEntry | undefined;
  setTableEntry(value?: TableEntry): void;

  hasData(): boolean;
  clearData(): void;
  getData(): CounterData | undefined;
  setData(value?: CounterData): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DirectCounterEntry.AsObject;
  static toObject(includeInstance: boolean, msg: DirectCounterEntry): DirectCounterEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DirectCounterEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DirectCounterEntry;
  static deserializeBinaryFromReader(message: DirectCounterEntry, reader: jspb.BinaryReader): DirectCounterEntry;
}

export namespace DirectCounterEntry {
  export type AsObject = {
    tableEntry?: TableEntry.AsObject,
    data?: CounterData.AsObject,
  }
}

export class CounterData extends jspb.Message {
  getByteCount(): number;
  setByteCount(value: number): void;

  getPacketCount(): number;
  setPacketCount(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterData.AsObject;
  static toObject(includeInstance: boolean, msg: CounterData): CounterData.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterData, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterData;
  static deserializeBinaryFromReader(message: CounterData, reader: jspb.BinaryReader): CounterData;
}

export namespace CounterData {
  export type AsObject = {
    byteCount: number,
    packetCount: number,
  }
}

export class MeterCounterData extends jspb.Message {
  hasGreen(): boolean;
  clearGreen(): void;
  getGreen(): CounterData | undefined;
  setGreen(value?: CounterData): void;

  hasYellow(): boolean;
  clearYellow(): void;
  getYellow(): CounterData | undefined;
  setYellow(value?: CounterData): void;

  hasRed(): boolean;
  clearRed(): void;
  getRed(): CounterData | undefined;
  setRed(value?: CounterData): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MeterCounterData.AsObject;
  static toObject(includeInstance: boolean, msg: MeterCounterData): MeterCounterData.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MeterCounterData, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MeterCounterData;
  static deserializeBinaryFromReader(message: MeterCounterData, reader: jspb.BinaryReader): MeterCounterData;
}

export namespace MeterCounterData {
  export type AsObject = {
    green?: CounterData.AsObject,
    yellow?: CounterData.AsObject,
    red?: CounterData.AsObject,
  }
}

export class RegisterEntry extends jspb.Message {
  getRegisterId(): number;
  setRegisterId(value: number): void;

  hasIndex(): boolean;
  clearIndex(): void;
  getIndex(): Index | undefined;
  setIndex(value?: Index): void;

  hasData(): boolean;
  clearData(): void;
  getData(): p4_v1_p4data_pb.P4Data | undefined;
  setData(value?: p4_v1_p4data_pb.P4Data): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): RegisterEntry.AsObject;
  static toObject(includeInstance: boolean, msg: RegisterEntry): RegisterEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: RegisterEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): RegisterEntry;
  static deserializeBinaryFromReader(message: RegisterEntry, reader: jspb.BinaryReader): RegisterEntry;
}

export namespace RegisterEntry {
  export type AsObject = {
    registerId: number,
    index?: Index.AsObject,
    data?: p4_v1_p4data_pb.P4Data.AsObject,
  }
}

export class ValueSetMember extends jspb.Message {
  clearMatchList(): void;
  getMatchList(): Array<FieldMatch>;
  setMatchList(value: Array<FieldMatch>): void;
  addMatch(value?: FieldMatch, index?: number): FieldMatch;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ValueSetMember.AsObject;
  static toObject(includeInstance: boolean, msg: ValueSetMember): ValueSetMember.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ValueSetMember, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ValueSetMember;
  static deserializeBinaryFromReader(message: ValueSetMember, reader: jspb.BinaryReader): ValueSetMember;
}

export namespace ValueSetMember {
  export type AsObject = {
    matchList: Array<FieldMatch.AsObject>,
  }
}

export class ValueSetEntry extends jspb.Message {
  getValueSetId(): number;
  setValueSetId(value: number): void;

  clearMembersList(): void;
  getMembersList(): Array<ValueSetMember>;
  setMembersList(value: Array<ValueSetMember>): void;
  addMembers(value?: ValueSetMember, index?: number): ValueSetMember;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ValueSetEntry.AsObject;
  static toObject(includeInstance: boolean, msg: ValueSetEntry): ValueSetEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ValueSetEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ValueSetEntry;
  static deserializeBinaryFromReader(message: ValueSetEntry, reader: jspb.BinaryReader): ValueSetEntry;
}

export namespace ValueSetEntry {
  export type AsObject = {
    valueSetId: number,
    membersList: Array<ValueSetMember.AsObject>,
  }
}

export class PacketReplicationEngineEntry extends jspb.Message {
  hasMulticastGroupEntry(): boolean;
  clearMulticastGroupEntry(): void;
  getMulticastGroupEntry(): MulticastGroupEntry | undefined;
  setMulticastGroupEntry(value?: MulticastGroupEntry): void;

  hasCloneSessionEntry(): boolean;
  clearCloneSessionEntry(): void;
  getCloneSessionEntry(): CloneSessionEntry | undefined;
  setCloneSessionEntry(value?: CloneSessionEntry): void;

  getTypeCase(): PacketReplicationEngineEntry.TypeCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PacketReplicationEngineEntry.AsObject;
  static toObject(includeInstance: boolean, msg: PacketReplicationEngineEntry): PacketReplicationEngineEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PacketReplicationEngineEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PacketReplicationEngineEntry;
  static deserializeBinaryFromReader(message: PacketReplicationEngineEntry, reader: jspb.BinaryReader): PacketReplicationEngineEntry;
}

export namespace PacketReplicationEngineEntry {
  export type AsObject = {
    multicastGroupEntry?: MulticastGroupEntry.AsObject,
    cloneSessionEntry?: CloneSessionEntry.AsObject,
  }

  export enum TypeCase {
    TYPE_NOT_SET = 0,
    MULTICAST_GROUP_ENTRY = 1,
    CLONE_SESSION_ENTRY = 2,
  }
}

export class MulticastGroupEntry extends jspb.Message {
  getMulticastGroupId(): number;
  setMulticastGroupId(value: number): void;

  clearReplicasList(): void;
  getReplicasList(): Array<Replica>;
  setReplicasList(value: Array<Replica>): void;
  addReplicas(value?: Replica, index?: number): Replica;

  getMetadata(): Uint8Array | string;
  getMetadata_asU8(): Uint8Array;
  getMetadata_asB64(): string;
  setMetadata(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MulticastGroupEntry.AsObject;
  static toObject(includeInstance: boolean, msg: MulticastGroupEntry): MulticastGroupEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MulticastGroupEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MulticastGroupEntry;
  static deserializeBinaryFromReader(message: MulticastGroupEntry, reader: jspb.BinaryReader): MulticastGroupEntry;
}

export namespace MulticastGroupEntry {
  export type AsObject = {
    multicastGroupId: number,
    replicasList: Array<Replica.AsObject>,
    metadata: Uint8Array | string,
  }
}

export class CloneSessionEntry extends jspb.Message {
  getSessionId(): number;
  setSessionId(value: number): void;

  clearReplicasList(): void;
  getReplicasList(): Array<Replica>;
  setReplicasList(value: Array<Replica>): void;
  addReplicas(value?: Replica, index?: number): Replica;

  getClassOfService(): number;
  setClassOfService(value: number): void;

  getPacketLengthBytes(): number;
  setPacketLengthBytes(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CloneSessionEntry.AsObject;
  static toObject(includeInstance: boolean, msg: CloneSessionEntry): CloneSessionEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CloneSessionEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CloneSessionEntry;
  static deserializeBinaryFromReader(message: CloneSessionEntry, reader: jspb.BinaryReader): CloneSessionEntry;
}

export namespace CloneSessionEntry {
  export type AsObject = {
    sessionId: number,
    replicasList: Array<Replica.AsObject>,
    classOfService: number,
    packetLengthBytes: number,
  }
}

export class Replica extends jspb.Message {
  hasEgressPort(): boolean;
  clearEgressPort(): void;
  getEgressPort(): number;
  setEgressPort(value: number): void;

  hasPort(): boolean;
  clearPort(): void;
  getPort(): Uint8Array | string;
  getPort_asU8(): Uint8Array;
  getPort_asB64(): string;
  setPort(value: Uint8Array | string): void;

  getInstance(): number;
  setInstance(value: number): void;

  clearBackupReplicasList(): void;
  getBackupReplicasList(): Array<BackupReplica>;
  setBackupReplicasList(value: Array<BackupReplica>): void;
  addBackupReplicas(value?: BackupReplica, index?: number): BackupReplica;

  getPortKindCase(): Replica.PortKindCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Replica.AsObject;
  static toObject(includeInstance: boolean, msg: Replica): Replica.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Replica, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Replica;
  static deserializeBinaryFromReader(message: Replica, reader: jspb.BinaryReader): Replica;
}

export namespace Replica {
  export type AsObject = {
    egressPort: number,
    port: Uint8Array | string,
    instance: number,
    backupReplicasList: Array<BackupReplica.AsObject>,
  }

  export enum PortKindCase {
    PORT_KIND_NOT_SET = 0,
    EGRESS_PORT = 1,
    PORT = 3,
  }
}

export class BackupReplica extends jspb.Message {
  getPort(): Uint8Array | string;
  getPort_asU8(): Uint8Array;
  getPort_asB64(): string;
  setPort(value: Uint8Array | string): void;

  getInstance(): number;
  setInstance(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): BackupReplica.AsObject;
  static toObject(includeInstance: boolean, msg: BackupReplica): BackupReplica.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: BackupReplica, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): BackupReplica;
  static deserializeBinaryFromReader(message: BackupReplica, reader: jspb.BinaryReader): BackupReplica;
}

export namespace BackupReplica {
  export type AsObject = {
    port: Uint8Array | string,
    instance: number,
  }
}

export class DigestEntry extends jspb.Message {
  getDigestId(): number;
  setDigestId(value: number): void;

  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): DigestEntry.Config | undefined;
  setConfig(value?: DigestEntry.Config): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DigestEntry.AsObject;
  static toObject(includeInstance: boolean, msg: DigestEntry): DigestEntry.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DigestEntry, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DigestEntry;
  static deserializeBinaryFromReader(message: DigestEntry, reader: jspb.BinaryReader): DigestEntry;
}

export namespace DigestEntry {
  export type AsObject = {
    digestId: number,
    config?: DigestEntry.Config.AsObject,
  }

  export class Config extends jspb.Message {
    getMaxTimeoutNs(): number;
    setMaxTimeoutNs(value: number): void;

    getMaxListSize(): number;
    setMaxListSize(value: number): void;

    getAckTimeoutNs(): number;
    setAckTimeoutNs(value: number): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Config.AsObject;
    static toObject(includeInstance: boolean, msg: Config): Config.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Config, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Config;
    static deserializeBinaryFromReader(message: Config, reader: jspb.BinaryReader): Config;
  }

  export namespace Config {
    export type AsObject = {
      maxTimeoutNs: number,
      maxListSize: number,
      ackTimeoutNs: number,
    }
  }
}

export class DigestList extends jspb.Message {
  getDigestId(): number;
  setDigestId(value: number): void;

  getListId(): string;
  setListId(value: string): void;

  clearDataList(): void;
  getDataList(): Array<p4_v1_p4data_pb.P4Data>;
  setDataList(value: Array<p4_v1_p4data_pb.P4Data>): void;
  addData(value?: p4_v1_p4data_pb.P4Data, index?: number): p4_v1_p4data_pb.P4Data;

  getTimestamp(): string;
  setTimestamp(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DigestList.AsObject;
  static toObject(includeInstance: boolean, msg: DigestList): DigestList.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DigestList, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DigestList;
  static deserializeBinaryFromReader(message: DigestList, reader: jspb.BinaryReader): DigestList;
}

export namespace DigestList {
  export type AsObject = {
    digestId: number,
    listId: string,
    dataList: Array<p4_v1_p4data_pb.P4Data.AsObject>,
    timestamp: string,
  }
}

export class DigestListAck extends jspb.Message {
  getDigestId(): number;
  setDigestId(value: number): void;

  getListId(): string;
  setListId(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DigestListAck.AsObject;
  static toObject(includeInstance: boolean, msg: DigestListAck): DigestListAck.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DigestListAck, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DigestListAck;
  static deserializeBinaryFromReader(message: DigestListAck, reader: jspb.BinaryReader): DigestListAck;
}

export namespace DigestListAck {
  export type AsObject = {
    digestId: number,
    listId: string,
  }
}

export class StreamMessageRequest extends jspb.Message {
  hasArbitration(): boolean;
  clearArbitration(): void;
  getArbitration(): MasterArbitrationUpdate | undefined;
  setArbitration(value?: MasterArbitrationUpdate): void;

  hasPacket(): boolean;
  clearPacket(): void;
  getPacket(): PacketOut | undefined;
  setPacket(value?: PacketOut): void;

  hasDigestAck(): boolean;
  clearDigestAck(): void;
  getDigestAck(): DigestListAck | undefined;
  setDigestAck(value?: DigestListAck): void;

  hasOther(): boolean;
  clearOther(): void;
  getOther(): google_protobuf_any_pb.Any | undefined;
  setOther(value?: google_protobuf_any_pb.Any): void;

  getUpdateCase(): StreamMessageRequest.UpdateCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StreamMessageRequest.AsObject;
  static toObject(includeInstance: boolean, msg: StreamMessageRequest): StreamMessageRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StreamMessageRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StreamMessageRequest;
  static deserializeBinaryFromReader(message: StreamMessageRequest, reader: jspb.BinaryReader): StreamMessageRequest;
}

export namespace StreamMessageRequest {
  export type AsObject = {
    arbitration?: MasterArbitrationUpdate.AsObject,
    packet?: PacketOut.AsObject,
    digestAck?: DigestListAck.AsObject,
    other?: google_protobuf_any_pb.Any.AsObject,
  }

  export enum UpdateCase {
    UPDATE_NOT_SET = 0,
    ARBITRATION = 1,
    PACKET = 2,
    DIGEST_ACK = 3,
    OTHER = 4,
  }
}

export class StreamMessageResponse extends jspb.Message {
  hasArbitration(): boolean;
  clearArbitration(): void;
  getArbitration(): MasterArbitrationUpdate | undefined;
  setArbitration(value?: MasterArbitrationUpdate): void;

  hasPacket(): boolean;
  clearPacket(): void;
  getPacket(): PacketIn | undefined;
  setPacket(value?: PacketIn): void;

  hasDigest(): boolean;
  clearDigest(): void;
  getDigest(): DigestList | undefined;
  setDigest(value?: DigestList): void;

  hasIdleTimeoutNotification(): boolean;
  clearIdleTimeoutNotification(): void;
  getIdleTimeoutNotification(): IdleTimeoutNotification | undefined;
  setIdleTimeoutNotification(value?: IdleTimeoutNotification): void;

  hasOther(): boolean;
  clearOther(): void;
  getOther(): google_protobuf_any_pb.Any | undefined;
  setOther(value?: google_protobuf_any_pb.Any): void;

  hasError(): boolean;
  clearError(): void;
  getError(): StreamError | undefined;
  setError(value?: StreamError): void;

  getUpdateCase(): StreamMessageResponse.UpdateCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StreamMessageResponse.AsObject;
  static toObject(includeInstance: boolean, msg: StreamMessageResponse): StreamMessageResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StreamMessageResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StreamMessageResponse;
  static deserializeBinaryFromReader(message: StreamMessageResponse, reader: jspb.BinaryReader): StreamMessageResponse;
}

export namespace StreamMessageResponse {
  export type AsObject = {
    arbitration?: MasterArbitrationUpdate.AsObject,
    packet?: PacketIn.AsObject,
    digest?: DigestList.AsObject,
    idleTimeoutNotification?: IdleTimeoutNotification.AsObject,
    other?: google_protobuf_any_pb.Any.AsObject,
    error?: StreamError.AsObject,
  }

  export enum UpdateCase {
    UPDATE_NOT_SET = 0,
    ARBITRATION = 1,
    PACKET = 2,
    DIGEST = 3,
    IDLE_TIMEOUT_NOTIFICATION = 4,
    OTHER = 5,
    ERROR = 6,
  }
}

export class PacketOut extends jspb.Message {
  getPayload(): Uint8Array | string;
  getPayload_asU8(): Uint8Array;
  getPayload_asB64(): string;
  setPayload(value: Uint8Array | string): void;

  clearMetadataList(): void;
  getMetadataList(): Array<PacketMetadata>;
  setMetadataList(value: Array<PacketMetadata>): void;
  addMetadata(value?: PacketMetadata, index?: number): PacketMetadata;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PacketOut.AsObject;
  static toObject(includeInstance: boolean, msg: PacketOut): PacketOut.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PacketOut, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PacketOut;
  static deserializeBinaryFromReader(message: PacketOut, reader: jspb.BinaryReader): PacketOut;
}

export namespace PacketOut {
  export type AsObject = {
    payload: Uint8Array | string,
    metadataList: Array<PacketMetadata.AsObject>,
  }
}

export class PacketIn extends jspb.Message {
  getPayload(): Uint8Array | string;
  getPayload_asU8(): Uint8Array;
  getPayload_asB64(): string;
  setPayload(value: Uint8Array | string): void;

  clearMetadataList(): void;
  getMetadataList(): Array<PacketMetadata>;
  setMetadataList(value: Array<PacketMetadata>): void;
  addMetadata(value?: PacketMetadata, index?: number): PacketMetadata;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PacketIn.AsObject;
  static toObject(includeInstance: boolean, msg: PacketIn): PacketIn.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PacketIn, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PacketIn;
  static deserializeBinaryFromReader(message: PacketIn, reader: jspb.BinaryReader): PacketIn;
}

export namespace PacketIn {
  export type AsObject = {
    payload: Uint8Array | string,
    metadataList: Array<PacketMetadata.AsObject>,
  }
}

export class PacketMetadata extends jspb.Message {
  getMetadataId(): number;
  setMetadataId(value: number): void;

  getValue(): Uint8Array | string;
  getValue_asU8(): Uint8Array;
  getValue_asB64(): string;
  setValue(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PacketMetadata.AsObject;
  static toObject(includeInstance: boolean, msg: PacketMetadata): PacketMetadata.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PacketMetadata, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PacketMetadata;
  static deserializeBinaryFromReader(message: PacketMetadata, reader: jspb.BinaryReader): PacketMetadata;
}

export namespace PacketMetadata {
  export type AsObject = {
    metadataId: number,
    value: Uint8Array | string,
  }
}

export class MasterArbitrationUpdate extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  hasRole(): boolean;
  clearRole(): void;
  getRole(): Role | undefined;
  setRole(value?: Role): void;

  hasElectionId(): boolean;
  clearElectionId(): void;
  getElectionId(): Uint128 | undefined;
  setElectionId(value?: Uint128): void;

  hasStatus(): boolean;
  clearStatus(): void;
  getStatus(): google_rpc_status_pb.Status | undefined;
  setStatus(value?: google_rpc_status_pb.Status): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): MasterArbitrationUpdate.AsObject;
  static toObject(includeInstance: boolean, msg: MasterArbitrationUpdate): MasterArbitrationUpdate.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: MasterArbitrationUpdate, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): MasterArbitrationUpdate;
  static deserializeBinaryFromReader(message: MasterArbitrationUpdate, reader: jspb.BinaryReader): MasterArbitrationUpdate;
}

export namespace MasterArbitrationUpdate {
  export type AsObject = {
    deviceId: string,
    role?: Role.AsObject,
    electionId?: Uint128.AsObject,
    status?: google_rpc_status_pb.Status.AsObject,
  }
}

export class Role extends jspb.Message {
  getId(): string;
  setId(value: string): void;

  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): google_protobuf_any_pb.Any | undefined;
  setConfig(value?: google_protobuf_any_pb.Any): void;

  getName(): string;
  setName(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Role.AsObject;
  static toObject(includeInstance: boolean, msg: Role): Role.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Role, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Role;
  static deserializeBinaryFromReader(message: Role, reader: jspb.BinaryReader): Role;
}

export namespace Role {
  export type AsObject = {
    id: string,
    config?: google_protobuf_any_pb.Any.AsObject,
    name: string,
  }
}

export class Uint128 extends jspb.Message {
  getHigh(): string;
  setHigh(value: string): void;

  getLow(): string;
  setLow(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Uint128.AsObject;
  static toObject(includeInstance: boolean, msg: Uint128): Uint128.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Uint128, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Uint128;
  static deserializeBinaryFromReader(message: Uint128, reader: jspb.BinaryReader): Uint128;
}

export namespace Uint128 {
  export type AsObject = {
    high: string,
    low: string,
  }
}

export class IdleTimeoutNotification extends jspb.Message {
  clearTableEntryList(): void;
  getTableEntryList(): Array<TableEntry>;
  setTableEntryList(value: Array<TableEntry>): void;
  addTableEntry(value?: TableEntry, index?: number): TableEntry;

  getTimestamp(): string;
  setTimestamp(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): IdleTimeoutNotification.AsObject;
  static toObject(includeInstance: boolean, msg: IdleTimeoutNotification): IdleTimeoutNotification.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: IdleTimeoutNotification, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): IdleTimeoutNotification;
  static deserializeBinaryFromReader(message: IdleTimeoutNotification, reader: jspb.BinaryReader): IdleTimeoutNotification;
}

export namespace IdleTimeoutNotification {
  export type AsObject = {
    tableEntryList: Array<TableEntry.AsObject>,
    timestamp: string,
  }
}

export class StreamError extends jspb.Message {
  getCanonicalCode(): number;
  setCanonicalCode(value: number): void;

  getMessage(): string;
  setMessage(value: string): void;

  getSpace(): string;
  setSpace(value: string): void;

  getCode(): number;
  setCode(value: number): void;

  hasPacketOut(): boolean;
  clearPacketOut(): void;
  getPacketOut(): PacketOutError | undefined;
  setPacketOut(value?: PacketOutError): void;

  hasDigestListAck(): boolean;
  clearDigestListAck(): void;
  getDigestListAck(): DigestListAckError | undefined;
  setDigestListAck(value?: DigestListAckError): void;

  hasOther(): boolean;
  clearOther(): void;
  getOther(): StreamOtherError | undefined;
  setOther(value?: StreamOtherError): void;

  getDetailsCase(): StreamError.DetailsCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StreamError.AsObject;
  static toObject(includeInstance: boolean, msg: StreamError): StreamError.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StreamError, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StreamError;
  static deserializeBinaryFromReader(message: StreamError, reader: jspb.BinaryReader): StreamError;
}

export namespace StreamError {
  export type AsObject = {
    canonicalCode: number,
    message: string,
    space: string,
    code: number,
    packetOut?: PacketOutError.AsObject,
    digestListAck?: DigestListAckError.AsObject,
    other?: StreamOtherError.AsObject,
  }

  export enum DetailsCase {
    DETAILS_NOT_SET = 0,
    PACKET_OUT = 5,
    DIGEST_LIST_ACK = 6,
    OTHER = 7,
  }
}

export class PacketOutError extends jspb.Message {
  hasPacketOut(): boolean;
  clearPacketOut(): void;
  getPacketOut(): PacketOut | undefined;
  setPacketOut(value?: PacketOut): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PacketOutError.AsObject;
  static toObject(includeInstance: boolean, msg: PacketOutError): PacketOutError.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PacketOutError, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PacketOutError;
  static deserializeBinaryFromReader(message: PacketOutError, reader: jspb.BinaryReader): PacketOutError;
}

export namespace PacketOutError {
  export type AsObject = {
    packetOut?: PacketOut.AsObject,
  }
}

export class DigestListAckError extends jspb.Message {
  hasDigestListAck(): boolean;
  clearDigestListAck(): void;
  getDigestListAck(): DigestListAck | undefined;
  setDigestListAck(value?: DigestListAck): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DigestListAckError.AsObject;
  static toObject(includeInstance: boolean, msg: DigestListAckError): DigestListAckError.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DigestListAckError, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DigestListAckError;
  static deserializeBinaryFromReader(message: DigestListAckError, reader: jspb.BinaryReader): DigestListAckError;
}

export namespace DigestListAckError {
  export type AsObject = {
    digestListAck?: DigestListAck.AsObject,
  }
}

export class StreamOtherError extends jspb.Message {
  hasOther(): boolean;
  clearOther(): void;
  getOther(): google_protobuf_any_pb.Any | undefined;
  setOther(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StreamOtherError.AsObject;
  static toObject(includeInstance: boolean, msg: StreamOtherError): StreamOtherError.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StreamOtherError, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StreamOtherError;
  static deserializeBinaryFromReader(message: StreamOtherError, reader: jspb.BinaryReader): StreamOtherError;
}

export namespace StreamOtherError {
  export type AsObject = {
    other?: google_protobuf_any_pb.Any.AsObject,
  }
}

export class SetForwardingPipelineConfigRequest extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  getRoleId(): string;
  setRoleId(value: string): void;

  hasElectionId(): boolean;
  clearElectionId(): void;
  getElectionId(): Uint128 | undefined;
  setElectionId(value?: Uint128): void;

  getAction(): SetForwardingPipelineConfigRequest.ActionMap[keyof SetForwardingPipelineConfigRequest.ActionMap];
  setAction(value: SetForwardingPipelineConfigRequest.ActionMap[keyof SetForwardingPipelineConfigRequest.ActionMap]): void;

  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): ForwardingPipelineConfig | undefined;
  setConfig(value?: ForwardingPipelineConfig): void;

  getRole(): string;
  setRole(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SetForwardingPipelineConfigRequest.AsObject;
  static toObject(includeInstance: boolean, msg: SetForwardingPipelineConfigRequest): SetForwardingPipelineConfigRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SetForwardingPipelineConfigRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SetForwardingPipelineConfigRequest;
  static deserializeBinaryFromReader(message: SetForwardingPipelineConfigRequest, reader: jspb.BinaryReader): SetForwardingPipelineConfigRequest;
}

export namespace SetForwardingPipelineConfigRequest {
  export type AsObject = {
    deviceId: string,
    roleId: string,
    electionId?: Uint128.AsObject,
    action: SetForwardingPipelineConfigRequest.ActionMap[keyof SetForwardingPipelineConfigRequest.ActionMap],
    config?: ForwardingPipelineConfig.AsObject,
    role: string,
  }

  export interface ActionMap {
    UNSPECIFIED: 0;
    VERIFY: 1;
    VERIFY_AND_SAVE: 2;
    VERIFY_AND_COMMIT: 3;
    COMMIT: 4;
    RECONCILE_AND_COMMIT: 5;
  }

  export const Action: ActionMap;
}

export class SetForwardingPipelineConfigResponse extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SetForwardingPipelineConfigResponse.AsObject;
  static toObject(includeInstance: boolean, msg: SetForwardingPipelineConfigResponse): SetForwardingPipelineConfigResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SetForwardingPipelineConfigResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SetForwardingPipelineConfigResponse;
  static deserializeBinaryFromReader(message: SetForwardingPipelineConfigResponse, reader: jspb.BinaryReader): SetForwardingPipelineConfigResponse;
}

export namespace SetForwardingPipelineConfigResponse {
  export type AsObject = {
  }
}

export class ForwardingPipelineConfig extends jspb.Message {
  hasP4info(): boolean;
  clearP4info(): void;
  getP4info(): p4_config_v1_p4info_pb.P4Info | undefined;
  setP4info(value?: p4_config_v1_p4info_pb.P4Info): void;

  getP4DeviceConfig(): Uint8Array | string;
  getP4DeviceConfig_asU8(): Uint8Array;
  getP4DeviceConfig_asB64(): string;
  setP4DeviceConfig(value: Uint8Array | string): void;

  hasCookie(): boolean;
  clearCookie(): void;
  getCookie(): ForwardingPipelineConfig.Cookie | undefined;
  setCookie(value?: ForwardingPipelineConfig.Cookie): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ForwardingPipelineConfig.AsObject;
  static toObject(includeInstance: boolean, msg: ForwardingPipelineConfig): ForwardingPipelineConfig.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ForwardingPipelineConfig, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ForwardingPipelineConfig;
  static deserializeBinaryFromReader(message: ForwardingPipelineConfig, reader: jspb.BinaryReader): ForwardingPipelineConfig;
}

export namespace ForwardingPipelineConfig {
  export type AsObject = {
    p4info?: p4_config_v1_p4info_pb.P4Info.AsObject,
    p4DeviceConfig: Uint8Array | string,
    cookie?: ForwardingPipelineConfig.Cookie.AsObject,
  }

  export class Cookie extends jspb.Message {
    getCookie(): string;
    setCookie(value: string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Cookie.AsObject;
    static toObject(includeInstance: boolean, msg: Cookie): Cookie.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Cookie, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Cookie;
    static deserializeBinaryFromReader(message: Cookie, reader: jspb.BinaryReader): Cookie;
  }

  export namespace Cookie {
    export type AsObject = {
      cookie: string,
    }
  }
}

export class GetForwardingPipelineConfigRequest extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  getResponseType(): GetForwardingPipelineConfigRequest.ResponseTypeMap[keyof GetForwardingPipelineConfigRequest.ResponseTypeMap];
  setResponseType(value: GetForwardingPipelineConfigRequest.ResponseTypeMap[keyof GetForwardingPipelineConfigRequest.ResponseTypeMap]): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GetForwardingPipelineConfigRequest.AsObject;
  static toObject(includeInstance: boolean, msg: GetForwardingPipelineConfigRequest): GetForwardingPipelineConfigRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GetForwardingPipelineConfigRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GetForwardingPipelineConfigRequest;
  static deserializeBinaryFromReader(message: GetForwardingPipelineConfigRequest, reader: jspb.BinaryReader): GetForwardingPipelineConfigRequest;
}

export namespace GetForwardingPipelineConfigRequest {
  export type AsObject = {
    deviceId: string,
    responseType: GetForwardingPipelineConfigRequest.ResponseTypeMap[keyof GetForwardingPipelineConfigRequest.ResponseTypeMap],
  }

  export interface ResponseTypeMap {
    ALL: 0;
    COOKIE_ONLY: 1;
    P4INFO_AND_COOKIE: 2;
    DEVICE_CONFIG_AND_COOKIE: 3;
  }

  export const ResponseType: ResponseTypeMap;
}

export class GetForwardingPipelineConfigResponse extends jspb.Message {
  hasConfig(): boolean;
  clearConfig(): void;
  getConfig(): ForwardingPipelineConfig | undefined;
  setConfig(value?: ForwardingPipelineConfig): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): GetForwardingPipelineConfigResponse.AsObject;
  static toObject(includeInstance: boolean, msg: GetForwardingPipelineConfigResponse): GetForwardingPipelineConfigResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: GetForwardingPipelineConfigResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): GetForwardingPipelineConfigResponse;
  static deserializeBinaryFromReader(message: GetForwardingPipelineConfigResponse, reader: jspb.BinaryReader): GetForwardingPipelineConfigResponse;
}

export namespace GetForwardingPipelineConfigResponse {
  export type AsObject = {
    config?: ForwardingPipelineConfig.AsObject,
  }
}

export class Error extends jspb.Message {
  getCanonicalCode(): number;
  setCanonicalCode(value: number): void;

  getMessage(): string;
  setMessage(value: string): void;

  getSpace(): string;
  setSpace(value: string): void;

  getCode(): number;
  setCode(value: number): void;

  hasDetails(): boolean;
  clearDetails(): void;
  getDetails(): google_protobuf_any_pb.Any | undefined;
  setDetails(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Error.AsObject;
  static toObject(includeInstance: boolean, msg: Error): Error.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Error, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Error;
  static deserializeBinaryFromReader(message: Error, reader: jspb.BinaryReader): Error;
}

export namespace Error {
  export type AsObject = {
    canonicalCode: number,
    message: string,
    space: string,
    code: number,
    details?: google_protobuf_any_pb.Any.AsObject,
  }
}

export class CapabilitiesRequest extends jspb.Message {
  getDeviceId(): string;
  setDeviceId(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CapabilitiesRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CapabilitiesRequest): CapabilitiesRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CapabilitiesRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CapabilitiesRequest;
  static deserializeBinaryFromReader(message: CapabilitiesRequest, reader: jspb.BinaryReader): CapabilitiesRequest;
}

export namespace CapabilitiesRequest {
  export type AsObject = {
    deviceId: string,
  }
}

export class CapabilitiesResponse extends jspb.Message {
  getP4runtimeApiVersion(): string;
  setP4runtimeApiVersion(value: string): void;

  hasExperimental(): boolean;
  clearExperimental(): void;
  getExperimental(): google_protobuf_any_pb.Any | undefined;
  setExperimental(value?: google_protobuf_any_pb.Any): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CapabilitiesResponse.AsObject;
  static toObject(includeInstance: boolean, msg: CapabilitiesResponse): CapabilitiesResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CapabilitiesResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CapabilitiesResponse;
  static deserializeBinaryFromReader(message: CapabilitiesResponse, reader: jspb.BinaryReader): CapabilitiesResponse;
}

export namespace CapabilitiesResponse {
  export type AsObject = {
    p4runtimeApiVersion: string,
    experimental?: google_protobuf_any_pb.Any.AsObject,
  }
}

export interface SdnPortMap {
  SDN_PORT_UNKNOWN: 0;
  SDN_PORT_MIN: 1;
  SDN_PORT_MAX: -257;
  SDN_PORT_RECIRCULATE: -6;
  SDN_PORT_CPU: -3;
}

export const SdnPort: SdnPortMap;

