import {
  ARP_REPLY,
  ARP_REQUEST,
  decodeArp,
  decodeEthernet,
  decodeNamed,
  decodeUdpFrame,
  ETHERNET_BYTES,
  ETHERTYPE_ARP,
  encodeArp,
  encodeEthernet,
  encodeNamed,
  encodeUdpFrame,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  HOP_LIMIT_DEFAULT,
  NackReason,
  type NamedPacket,
  namesOf,
  PacketType,
  REGISTRY_NAME,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';

/** What is answered to a request to the registry: an object that is JSON on the wire. */
export type AnswerRegistry = (request: NamedPacket) => Promise<object>;

/**
 * Answers a named packet whose destination is the controller's; `registry` answers what is asked of the registry.
 * Returns the frame to send back the way the packet came, or undefined where nothing is to be said. Throws WireError
 * where the frame is malformed.
 */
export async function answerNamed(
  registry: AnswerRegistry,
  frame: Uint8Array,
): Promise<Uint8Array | undefined> {
  const { ethernet, ipv4, udp, payload } = decodeUdpFrame(frame);
  const request = decodeNamed(payload);
  const answer = await answerTo(registry, request);
  if (answer === undefined) return undefined;
  return encodeUdpFrame({
    srcMac: ethernet.dst,
    dstMac: ethernet.src,
    src: ipv4.dst,
    dst: ipv4.src,
    srcPort: UDP_PORT_NAMED,
    dstPort: udp.srcPort,
    payload: encodeNamed(answer),
  });
}

const utf8 = new TextEncoder();

/** What follows from the names of a packet. */
interface Asked {
  readonly isRegistry: boolean;
  /** Text block of the answer. */
  readonly answerText: Uint8Array;
}

/** Text blocks that are remembered: those who renew leases ask with the same names again and again. */
const MAX_REMEMBERED = 4096;
const remembered = new Map<string, Asked>();

/** Throws WireError where the names are malformed. */
function asked(request: NamedPacket): Asked {
  const { text } = request;
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1');
  const key = `${request.dstComponents} ${request.srcComponents} ${request.flags & FLAG_SWAPPED} ${bytes}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const { dst, src } = namesOf(request);
  const found = { isRegistry: dst.text === REGISTRY_NAME, answerText: textBlock(src, dst) };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, found);
  return found;
}

async function answerTo(registry: AnswerRegistry, request: NamedPacket): Promise<NamedPacket | undefined> {
  const { isRegistry, answerText } = asked(request);
  if (request.type === PacketType.ECHO_REQUEST) {
    return reply(request, answerText, PacketType.ECHO_REPLY, 0, request.payload);
  }
  if (request.type !== PacketType.SERVICE_REQUEST) return undefined;
  if (!isRegistry) {
    return reply(request, answerText, PacketType.NACK, NackReason.NAME_MISMATCH, request.payload);
  }
  const answer = await registry(request);
  return reply(request, answerText, PacketType.SERVICE_DATA, 0, utf8.encode(JSON.stringify(answer)));
}

/** The answer to a request: names swapped, what identifies it copied (docs/protocol.md section 3.1). */
function reply(
  request: NamedPacket,
  answerText: Uint8Array,
  type: PacketType,
  reason: number,
  payload: Uint8Array,
): NamedPacket {
  return {
    type,
    flags: FLAG_RESOLVED,
    hopLimit: HOP_LIMIT_DEFAULT,
    reason,
    dstComponents: request.srcComponents,
    srcComponents: request.dstComponents,
    tag: request.tag,
    instance: request.instance,
    requestId: request.requestId,
    stamp: request.stamp,
    attempt: request.attempt,
    dst: request.src,
    src: request.dst,
    text: answerText,
    payload,
  };
}

/**
 * Answers an ARP request in the fabric's stead: every address of the fabric is behind `gatewayMac`. Undefined where
 * it is no request, or asks for something `knows` denies, or for the asker itself (a probe).
 */
export function answerArp(
  frame: Uint8Array,
  gatewayMac: Uint8Array,
  knows: (address: number) => boolean,
): Uint8Array | undefined {
  const ethernet = decodeEthernet(frame);
  if (ethernet.etherType !== ETHERTYPE_ARP) return undefined;
  const request = decodeArp(frame, ETHERNET_BYTES);
  if (request.operation !== ARP_REQUEST || request.senderAddress === request.targetAddress) return undefined;
  if (!knows(request.targetAddress)) return undefined;
  const header = encodeEthernet({ dst: ethernet.src, src: gatewayMac, etherType: ETHERTYPE_ARP });
  const body = encodeArp({
    operation: ARP_REPLY,
    senderMac: gatewayMac,
    senderAddress: request.targetAddress,
    targetMac: request.senderMac,
    targetAddress: request.senderAddress,
  });
  const answer = new Uint8Array(header.length + body.length);
  answer.set(header);
  answer.set(body, header.length);
  return answer;
}
