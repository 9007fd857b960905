import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  MasterArbitrationUpdate,
  PacketIn,
  PacketMetadata,
  PacketOut,
  StreamMessageRequest,
  StreamMessageResponse,
} from 'p4runtime-js';
import { packetOutMessage, readStreamMessage } from '../../controller/p4runtime/direct/stream-messages.js';
import { bytesToBigint } from '../../controller/p4runtime/values.js';

const payloads = fc.uint8Array({ maxLength: 20_000 });
const parts = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    value: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  }),
  { maxLength: 6 },
);
type Part = { readonly id: number; readonly value: Uint8Array };

function metadata({ id, value }: Part): PacketMetadata {
  const part = new PacketMetadata();
  part.setMetadataId(id);
  part.setValue(value);
  return part;
}

function packetIn(payload: Uint8Array, list: readonly Part[]): Buffer {
  const packet = new PacketIn();
  packet.setPayload(payload);
  packet.setMetadataList(list.map(metadata));
  const message = new StreamMessageResponse();
  message.setPacket(packet);
  return Buffer.from(message.serializeBinary());
}

describe('messages of the stream, straight from and to bytes', () => {
  it('writes packet-outs as google-protobuf does', () => {
    fc.assert(
      fc.property(payloads, parts, (payload, list) => {
        const packet = new PacketOut();
        packet.setPayload(payload);
        packet.setMetadataList(list.map(metadata));
        const message = new StreamMessageRequest();
        message.setPacket(packet);
        assert.deepEqual(packetOutMessage(payload, list), Buffer.from(message.serializeBinary()));
      }),
    );
  });

  it('reads packet-ins as google-protobuf does', () => {
    fc.assert(
      fc.property(payloads, parts, (payload, list) => {
        const read = readStreamMessage(packetIn(payload, list));
        assert.ok('payload' in read);
        assert.deepEqual(Buffer.from(read.payload), Buffer.from(payload));
        const expected = list.map(({ id, value }) => ({ id, value: bytesToBigint(value) }));
        assert.deepEqual(read.metadata, expected);
      }),
    );
  });

  it('leaves other messages to google-protobuf', () => {
    const message = new StreamMessageResponse();
    message.setArbitration(new MasterArbitrationUpdate());
    const read = readStreamMessage(Buffer.from(message.serializeBinary()));
    assert.ok('getArbitration' in read && read.hasArbitration());
  });

  it('takes fields it does not know, and what is cut short, as google-protobuf does', () => {
    const whole = packetIn(Uint8Array.of(1, 2, 3), [{ id: 1, value: Uint8Array.of(7) }]);
    const unknown = Buffer.concat([whole, Buffer.from([0x7a, 1, 0])]);
    const read = readStreamMessage(unknown);
    assert.ok('getPacket' in read);
    assert.deepEqual(Buffer.from(read.getPacket()?.getPayload_asU8() ?? []), Buffer.from([1, 2, 3]));
    for (let length = 1; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      const outcome = (act: () => unknown) => {
        try {
          act();
          return 'read';
        } catch {
          return 'refused';
        }
      };
      const theirs = outcome(() => StreamMessageResponse.deserializeBinary(cut));
      assert.equal(
        outcome(() => readStreamMessage(cut)),
        theirs,
        `${length} bytes`,
      );
    }
  });
});
