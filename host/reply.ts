import {
  encodeNamed,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  HOP_LIMIT_DEFAULT,
  type Kv,
  type NamedPacket,
  PacketType,
  srcText,
} from '../wire/index.js';

const EMPTY = new Uint8Array(0);

/** What stands in an answer besides what is copied from the request. */
export interface Reply {
  readonly type: PacketType;
  readonly reason: number;
  readonly payload: Uint8Array;
  readonly kv?: Kv | undefined;
}

/** The answer with a Nack reason. */
export function nackReply(reason: number): Reply {
  return { type: PacketType.NACK, reason, payload: EMPTY };
}

/** A request's key for duplicate suppression: its source's text and its request id. */
export function requestKey(packet: NamedPacket): string {
  return `${String.fromCharCode(...srcText(packet))}#${packet.requestId}`;
}

/** The packet that answers `request`. */
export function answerTo(request: NamedPacket, reply: Reply, resolved: boolean): NamedPacket {
  return {
    type: reply.type,
    // The text block stays as it came: the flag says that it is now the other way round.
    flags: ((request.flags & FLAG_SWAPPED) ^ FLAG_SWAPPED) | (resolved ? FLAG_RESOLVED : 0),
    hopLimit: HOP_LIMIT_DEFAULT,
    reason: reply.reason,
    dstComponents: request.srcComponents,
    srcComponents: request.dstComponents,
    tag: request.tag,
    instance: request.instance,
    requestId: request.requestId,
    stamp: request.stamp,
    attempt: request.attempt,
    dst: request.src,
    src: request.dst,
    // The caller asked for notes: those of its way here go back, and those of the way back come to them.
    telemetry: request.telemetry,
    kv: reply.kv,
    text: request.text,
    payload: reply.payload,
  };
}

/** Encodes an answer into `scratch`. @throws WireError NO_ROOM where it does not fit. */
export function encodeAnswer(
  request: NamedPacket,
  reply: Reply,
  resolved: boolean,
  scratch: Uint8Array,
): Uint8Array {
  return encodeNamed(answerTo(request, reply, resolved), scratch);
}
