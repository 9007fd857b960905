import {
  encodeNamed,
  type FabricKey,
  HOP_LIMIT_DEFAULT,
  type Name,
  PacketType,
  textBlock,
} from '../wire/index.js';

/** Encodes a packet to everybody who has subscribed to a name (docs/protocol.md section 3.5) into `scratch`. */
export function encodePublication(
  name: Name,
  source: Name,
  key: FabricKey,
  requestId: number,
  payload: Uint8Array,
  scratch: Uint8Array,
): Uint8Array {
  return encodeNamed(
    {
      type: PacketType.SERVICE_DATA,
      flags: 0,
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: name.components.length,
      srcComponents: source.components.length,
      tag: 0,
      instance: 0,
      requestId,
      stamp: 0,
      attempt: 0,
      dst: name.digest(key).bytes,
      src: source.digest(key).bytes,
      text: textBlock(name, source),
      payload,
    },
    scratch,
  );
}
