import { StreamMessageRequest, StreamMessageResponse } from 'p4runtime-js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

/** A packet-in as it came, with its fields by id. */
export interface RawPacketIn {
  readonly payload: Uint8Array;
  readonly metadata: readonly { readonly id: number; readonly value: bigint }[];
}

/** A message of the stream: a packet is read straight from its bytes, everything else goes through google-protobuf. */
export type StreamMessage = RawPacketIn | StreamMessageResponse;

// Tags of p4.v1: field number and wire type.
const PACKET = 0x12;
const PAYLOAD = 0x0a;
const METADATA = 0x12;
const METADATA_ID = 0x08;
const METADATA_VALUE = 0x12;

export function readStreamMessage(bytes: Buffer): StreamMessage {
  return (
    readPacketIn(bytes) ??
    StreamMessageResponse.deserializeBinary(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  );
}

/** What is in bytes already goes as it is. */
export function writeStreamMessage(message: StreamMessageRequest | Buffer): Buffer {
  if (!(message instanceof StreamMessageRequest)) return message;
  const bytes = message.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const writer = new ByteWriter();

/** A stream message with a packet-out, whose metadata values are canonical. */
export function packetOutMessage(
  payload: Uint8Array,
  metadata: readonly { readonly id: number; readonly value: Uint8Array }[],
): Buffer {
  writer.truncate(0);
  const packet = writer.begin(PACKET);
  // As google-protobuf does: what is empty is left out.
  if (payload.length > 0) writer.field(PAYLOAD, payload);
  for (const { id, value } of metadata) {
    const part = writer.begin(METADATA);
    writer.varint(METADATA_ID);
    writer.varint(id);
    writer.field(METADATA_VALUE, value);
    writer.end(part);
  }
  writer.end(packet);
  const bytes = writer.slice(0, writer.length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Undefined where the message is another one, or anything in it is unusual. */
function readPacketIn(bytes: Buffer): RawPacketIn | undefined {
  if (bytes[0] !== PACKET) return undefined;
  const reader = new ByteReader(bytes, 1);
  if (reader.limit() !== bytes.length || reader.failed) return undefined;
  let payload: Uint8Array = bytes.subarray(0, 0);
  const metadata: { id: number; value: bigint }[] = [];
  while (reader.at < reader.end) {
    const tag = reader.varint();
    const end = reader.limit();
    if (tag === PAYLOAD) {
      payload = new Uint8Array(bytes.buffer, bytes.byteOffset + reader.at, end - reader.at);
      reader.at = end;
    } else if (tag === METADATA) {
      const part = readMetadata(reader, end);
      if (part === undefined) return undefined;
      metadata.push(part);
    } else {
      return undefined;
    }
    if (reader.failed) return undefined;
  }
  return { payload, metadata };
}

function readMetadata(reader: ByteReader, end: number): { id: number; value: bigint } | undefined {
  let id = 0;
  let value = 0n;
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === METADATA_ID) {
      id = reader.varint();
    } else if (tag === METADATA_VALUE) {
      const limit = reader.limit();
      if (limit > end) return undefined;
      value = reader.integer(limit);
    } else {
      return undefined;
    }
  }
  return reader.at === end ? { id, value } : undefined;
}
