import type {
  CallOptions,
  ChannelCredentials,
  Client,
  ClientDuplexStream,
  ClientOptions,
  ClientReadableStream,
  ClientUnaryCall,
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  MethodDefinition,
  ServiceError,
} from '@grpc/grpc-js';
import type {
  CapabilitiesRequest,
  CapabilitiesResponse,
  GetForwardingPipelineConfigRequest,
  GetForwardingPipelineConfigResponse,
  ReadRequest,
  ReadResponse,
  SetForwardingPipelineConfigRequest,
  SetForwardingPipelineConfigResponse,
  StreamMessageRequest,
  StreamMessageResponse,
  WriteRequest,
  WriteResponse,
} from './index.js';

/** The p4.v1.P4Runtime service: `server.addService(P4RuntimeService, handlers)`. */
export declare const P4RuntimeService: {
  readonly Write: MethodDefinition<WriteRequest, WriteResponse>;
  readonly Read: MethodDefinition<ReadRequest, ReadResponse>;
  readonly SetForwardingPipelineConfig: MethodDefinition<
    SetForwardingPipelineConfigRequest,
    SetForwardingPipelineConfigResponse
  >;
  readonly GetForwardingPipelineConfig: MethodDefinition<
    GetForwardingPipelineConfigRequest,
    GetForwardingPipelineConfigResponse
  >;
  readonly StreamChannel: MethodDefinition<StreamMessageRequest, StreamMessageResponse>;
  readonly Capabilities: MethodDefinition<CapabilitiesRequest, CapabilitiesResponse>;
};

/** What a P4Runtime server implements. A type, not an interface, so that it fits addService. */
export type P4RuntimeHandlers = {
  Write: handleUnaryCall<WriteRequest, WriteResponse>;
  Read: handleServerStreamingCall<ReadRequest, ReadResponse>;
  SetForwardingPipelineConfig: handleUnaryCall<
    SetForwardingPipelineConfigRequest,
    SetForwardingPipelineConfigResponse
  >;
  GetForwardingPipelineConfig: handleUnaryCall<
    GetForwardingPipelineConfigRequest,
    GetForwardingPipelineConfigResponse
  >;
  StreamChannel: handleBidiStreamingCall<StreamMessageRequest, StreamMessageResponse>;
  Capabilities: handleUnaryCall<CapabilitiesRequest, CapabilitiesResponse>;
};

/** A unary call with the argument lists grpc-js accepts. */
export interface UnaryMethod<Request, Response> {
  (request: Request, callback: UnaryCallback<Response>): ClientUnaryCall;
  (request: Request, options: CallOptions, callback: UnaryCallback<Response>): ClientUnaryCall;
  (request: Request, metadata: Metadata, callback: UnaryCallback<Response>): ClientUnaryCall;
  (
    request: Request,
    metadata: Metadata,
    options: CallOptions,
    callback: UnaryCallback<Response>,
  ): ClientUnaryCall;
}

/** Exactly one of the two arguments is set. */
export type UnaryCallback<Response> = (error: ServiceError | null, response?: Response) => void;

/** gRPC client of one P4Runtime server; `address` as grpc-js takes it ("127.0.0.1:9559"). */
export declare class P4RuntimeClient extends Client {
  constructor(address: string, credentials: ChannelCredentials, options?: ClientOptions);
  write: UnaryMethod<WriteRequest, WriteResponse>;
  read(request: ReadRequest, options?: CallOptions): ClientReadableStream<ReadResponse>;
  read(request: ReadRequest, metadata: Metadata, options?: CallOptions): ClientReadableStream<ReadResponse>;
  setForwardingPipelineConfig: UnaryMethod<
    SetForwardingPipelineConfigRequest,
    SetForwardingPipelineConfigResponse
  >;
  getForwardingPipelineConfig: UnaryMethod<
    GetForwardingPipelineConfigRequest,
    GetForwardingPipelineConfigResponse
  >;
  streamChannel(options?: CallOptions): ClientDuplexStream<StreamMessageRequest, StreamMessageResponse>;
  streamChannel(
    metadata: Metadata,
    options?: CallOptions,
  ): ClientDuplexStream<StreamMessageRequest, StreamMessageResponse>;
  capabilities: UnaryMethod<CapabilitiesRequest, CapabilitiesResponse>;
}
