import { packetOutMessage, type RawPacketIn } from './direct/stream-messages.js';
import { P4RuntimeError } from './errors.js';
import { suggestion } from './names.js';
import type { Schema } from './schema.js';
import { bigintBytes, decodeValue, encodeValue, type ReadValue, type Value } from './values.js';

/** A packet the switch sent to its controller, with the fields of the program's packet_in header by name. */
export interface PacketIn {
  readonly payload: Uint8Array;
  /** Integers, or text where the program translates a field to text. */
  readonly metadata: Readonly<Record<string, ReadValue>>;
}

/**
 * The message of the stream that sends a packet. Fields of the packet_out header that are left out are 0; names it does
 * not have are errors.
 */
export function encodePacketOut(
  schema: Schema,
  payload: Uint8Array,
  metadata: Readonly<Record<string, Value>>,
): Buffer {
  if (!(payload instanceof Uint8Array)) {
    throw new P4RuntimeError('BAD_VALUE', `a packet-out's payload is ${typeof payload}; give a Uint8Array`);
  }
  const fields = schema.packetHeaders.find('packet_out')?.fields ?? [];
  for (const name in metadata) {
    if (fields.some((field) => field.name === name)) continue;
    const names = fields.map((field) => field.name);
    throw new P4RuntimeError('UNKNOWN_NAME', `packet_out has no field '${name}'${suggestion(name, names)}`);
  }
  const parts = fields.map((field) => ({
    id: field.id,
    value: encodeValue(metadata[field.name] ?? 0, {
      name: `packet_out ${field.name}`,
      width: field.width,
    }),
  }));
  return packetOutMessage(payload, parts);
}

/** Metadata the program does not describe appears under `#id`. */
export function decodePacketIn(schema: Schema | undefined, message: RawPacketIn): PacketIn {
  const header = schema?.packetHeaders.find('packet_in');
  const metadata: Record<string, ReadValue> = {};
  for (const { id, value } of message.metadata) {
    const field = header?.fields.find((one) => one.id === id);
    metadata[field?.name ?? `#${id}`] = field?.width === 0 ? decodeValue(bigintBytes(value), 0) : value;
  }
  return { payload: message.payload, metadata };
}
