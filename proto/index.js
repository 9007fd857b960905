// Every message class and enum under its own name. Two would clash: the Action of
// P4Info is P4InfoAction, and P4Runtime's Error, which would hide the global one,
// is P4Error.

import anyModule from 'google-protobuf/google/protobuf/any_pb.js';
import code from './gen/google/rpc/code_pb.js';
import status from './gen/google/rpc/status_pb.js';
import p4info from './gen/p4/config/v1/p4info_pb.js';
import p4types from './gen/p4/config/v1/p4types_pb.js';
import p4config from './gen/p4/tmp/p4config_pb.js';
import p4data from './gen/p4/v1/p4data_pb.js';
import p4runtime from './gen/p4/v1/p4runtime_pb.js';

export const { Any } = anyModule;

export const { Code } = code;

export const { Status } = status;

export const {
  Action: P4InfoAction,
  ActionProfile,
  ActionRef,
  ControllerPacketMetadata,
  Counter,
  CounterSpec,
  Digest,
  DirectCounter,
  DirectMeter,
  Documentation,
  Extern,
  ExternInstance,
  MatchField,
  Meter,
  MeterSpec,
  P4Ids,
  P4Info,
  PkgInfo,
  PlatformProperties,
  Preamble,
  Register,
  Table,
  TableActionCall,
  ValueSet,
} = p4info;

export const {
  Expression,
  ExpressionList,
  KeyValuePair,
  KeyValuePairList,
  P4BitTypeSpec,
  P4BitstringLikeTypeSpec,
  P4BoolType,
  P4DataTypeSpec,
  P4EnumTypeSpec,
  P4ErrorType,
  P4ErrorTypeSpec,
  P4HeaderStackTypeSpec,
  P4HeaderTypeSpec,
  P4HeaderUnionStackTypeSpec,
  P4HeaderUnionTypeSpec,
  P4IntTypeSpec,
  P4NamedType,
  P4NewTypeSpec,
  P4NewTypeTranslation,
  P4SerializableEnumTypeSpec,
  P4StructTypeSpec,
  P4TupleTypeSpec,
  P4TypeInfo,
  P4VarbitTypeSpec,
  SourceLocation,
  StructuredAnnotation,
} = p4types;

export const { P4DeviceConfig } = p4config;

export const { P4Data, P4Header, P4HeaderStack, P4HeaderUnion, P4HeaderUnionStack, P4StructLike, P4Varbit } =
  p4data;

export const {
  Action,
  ActionProfileAction,
  ActionProfileActionSet,
  ActionProfileGroup,
  ActionProfileMember,
  BackupReplica,
  CapabilitiesRequest,
  CapabilitiesResponse,
  CloneSessionEntry,
  CounterData,
  CounterEntry,
  DigestEntry,
  DigestList,
  DigestListAck,
  DigestListAckError,
  DirectCounterEntry,
  DirectMeterEntry,
  Entity,
  Error: P4Error,
  ExternEntry,
  FieldMatch,
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  GetForwardingPipelineConfigResponse,
  IdleTimeoutNotification,
  Index,
  MasterArbitrationUpdate,
  MeterConfig,
  MeterCounterData,
  MeterEntry,
  MulticastGroupEntry,
  PacketIn,
  PacketMetadata,
  PacketOut,
  PacketOutError,
  PacketReplicationEngineEntry,
  ReadRequest,
  ReadResponse,
  RegisterEntry,
  Replica,
  Role,
  SdnPort,
  SetForwardingPipelineConfigRequest,
  SetForwardingPipelineConfigResponse,
  StreamError,
  StreamMessageRequest,
  StreamMessageResponse,
  StreamOtherError,
  TableAction,
  TableEntry,
  Uint128,
  Update,
  ValueSetEntry,
  ValueSetMember,
  WriteRequest,
  WriteResponse,
} = p4runtime;
