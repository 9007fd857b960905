import { makeGenericClientConstructor } from '@grpc/grpc-js';
import p4runtime from './gen/p4/v1/p4runtime_pb.js';

/**
 * gRPC wants a Buffer, the message gives a fresh Uint8Array: share its memory.
 */
function serialize(message) {
  const bytes = message.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Plain Uint8Array view of the Buffer, which google-protobuf reads in place. */
function deserializer(type) {
  return (buffer) =>
    type.deserializeBinary(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
}

function method(name, requestType, responseType, requestStream, responseStream) {
  return {
    path: `/p4.v1.P4Runtime/${name}`,
    originalName: name[0].toLowerCase() + name.slice(1),
    requestStream,
    responseStream,
    requestSerialize: serialize,
    requestDeserialize: deserializer(requestType),
    responseSerialize: serialize,
    responseDeserialize: deserializer(responseType),
  };
}

export const P4RuntimeService = {
  Write: method('Write', p4runtime.WriteRequest, p4runtime.WriteResponse, false, false),
  Read: method('Read', p4runtime.ReadRequest, p4runtime.ReadResponse, false, true),
  SetForwardingPipelineConfig: method(
    'SetForwardingPipelineConfig',
    p4runtime.SetForwardingPipelineConfigRequest,
    p4runtime.SetForwardingPipelineConfigResponse,
    false,
    false,
  ),
  GetForwardingPipelineConfig: method(
    'GetForwardingPipelineConfig',
    p4runtime.GetForwardingPipelineConfigRequest,
    p4runtime.GetForwardingPipelineConfigResponse,
    false,
    false,
  ),
  StreamChannel: method(
    'StreamChannel',
    p4runtime.StreamMessageRequest,
    p4runtime.StreamMessageResponse,
    true,
    true,
  ),
  Capabilities: method(
    'Capabilities',
    p4runtime.CapabilitiesRequest,
    p4runtime.CapabilitiesResponse,
    false,
    false,
  ),
};

export const P4RuntimeClient = makeGenericClientConstructor(P4RuntimeService, 'p4.v1.P4Runtime');
