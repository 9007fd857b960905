import { PacketIn, PacketMetadata, type PacketOut } from 'p4runtime-js';
import { bytesToBigint, encodeBytes } from './bytes.js';
import { invalid } from './error.js';
import type { PacketField } from './packet-fields.js';
import { decodeValue, encodeValue } from './translation.js';

/** The frame a PacketOut stands for: the packet_out header, then the payload. Throws INVALID_ARGUMENT. */
export function encodeFrame(fields: readonly PacketField[] | undefined, packet: PacketOut): Uint8Array {
  const payload = packet.getPayload_asU8();
  const metadata = packet.getMetadataList();
  if (fields === undefined) {
    if (metadata.length > 0) {
      throw invalid('the program has no packet_out header; leave metadata out or declare one in the program');
    }
    return payload;
  }
  let header = 0n;
  let bits = 0;
  for (const field of fields) {
    header = (header << BigInt(field.width)) | fieldValue(field, metadata);
    bits += field.width;
  }
  for (const message of metadata) {
    const id = message.getMetadataId();
    if (!fields.some((field) => field.id === id)) {
      const known = fields.map((field) => `${field.name} (${field.id})`).join(', ');
      throw invalid(`packet_out has no metadata with id ${id}; it has ${known}`);
    }
  }
  const length = bits / 8;
  const frame = new Uint8Array(length + payload.length);
  const bytes = encodeBytes(header);
  if (length > 0) frame.set(bytes, length - bytes.length);
  frame.set(payload, length);
  return frame;
}

function fieldValue(field: PacketField, metadata: readonly PacketMetadata[]): bigint {
  const given = metadata.filter((message) => message.getMetadataId() === field.id);
  const [message] = given;
  if (message === undefined) {
    if (field.padding) return 0n;
    throw invalid(`packet_out metadata ${field.name} (id ${field.id}) is missing`);
  }
  if (given.length > 1) throw invalid(`packet_out metadata ${field.name} (id ${field.id}) is given twice`);
  return decodeValue(field, message.getValue_asU8(), () => `packet_out metadata ${field.name}`);
}

/** The PacketIn a frame sent to the CPU stands for; undefined if the frame is shorter than the header. */
export function decodeFrame(
  fields: readonly PacketField[] | undefined,
  frame: Uint8Array,
): PacketIn | undefined {
  const packet = new PacketIn();
  if (fields === undefined) {
    packet.setPayload(frame.slice());
    return packet;
  }
  const bits = fields.reduce((n, field) => n + field.width, 0);
  const length = bits / 8;
  if (frame.length < length) return undefined;
  const header = bytesToBigint(frame.subarray(0, length));
  let below = bits;
  for (const field of fields) {
    below -= field.width;
    const message = new PacketMetadata();
    message.setMetadataId(field.id);
    message.setValue(encodeValue(field, BigInt.asUintN(field.width, header >> BigInt(below))));
    packet.addMetadata(message);
  }
  packet.setPayload(frame.slice(length));
  return packet;
}
