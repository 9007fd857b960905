import assert from 'node:assert/strict';
import { type Json, macBytes, portMac } from '../../controller/index.js';
import {
  decodeNamed,
  decodeUdpFrame,
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  Name,
  type NamedPacket,
  PacketType,
  signNamed,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import type { SmallFabric } from '../controller/small-fabric.js';

/** A credential as a host holds it: counts what it signs. */
export class Signer {
  readonly #key: Uint8Array;
  #sequence = 0;
  readonly keyId: number;

  constructor(keyId: number, hex: string) {
    this.keyId = keyId;
    this.#key = Uint8Array.from(Buffer.from(hex, 'hex'));
  }

  sign(packet: NamedPacket): NamedPacket {
    this.#sequence += 1;
    return signNamed(this.#key, this.keyId, packet, this.#sequence);
  }
}

/** A named packet, a ServiceRequest unless it says otherwise. */
export function packet(dst: string, src: string, fields: Partial<NamedPacket> = {}): NamedPacket {
  const to = Name.parse(dst);
  const from = Name.parse(src);
  return {
    type: PacketType.SERVICE_REQUEST,
    flags: 0,
    hopLimit: 64,
    reason: 0,
    dstComponents: to.components.length,
    srcComponents: from.components.length,
    tag: 0,
    instance: 0,
    requestId: 1,
    stamp: 0,
    attempt: 0,
    dst: to.digest(FabricKey.default).bytes,
    src: from.digest(FabricKey.default).bytes,
    text: textBlock(to, from),
    payload: new Uint8Array(0),
    ...fields,
  };
}

/** The frame in which a host sends a packet to be resolved by its leaf. */
export function frameOf(fabric: SmallFabric, host: string, content: NamedPacket): Uint8Array {
  const spec = fabric.topology.hosts.get(host);
  assert.ok(spec !== undefined);
  const leaf = fabric.topology.switches.get(spec.switch);
  return encodeUdpFrame({
    srcMac: macBytes(spec.mac),
    dstMac: macBytes(portMac(leaf?.id ?? 0, spec.port)),
    src: spec.ipv4,
    dst: fabric.topology.fabric.service,
    srcPort: UDP_PORT_NAMED,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed(content),
  });
}

export function received(
  frame: Uint8Array | undefined,
): NamedPacket & { readonly udpPort: number; readonly to: number } {
  assert.ok(frame !== undefined, 'nothing has come');
  const { payload, udp, ipv4 } = decodeUdpFrame(frame);
  return { ...decodeNamed(payload), udpPort: udp.dstPort, to: ipv4.dst };
}

/** What the registry answers a host in band. */
export async function ask(
  fabric: SmallFabric,
  host: string,
  body: Json,
  sign: (packet: NamedPacket) => NamedPacket = (each) => each,
): Promise<{ readonly [field: string]: Json }> {
  const payload = new TextEncoder().encode(JSON.stringify(body));
  const request = sign(packet('/fabric/registry', `/host/${host}`, { payload }));
  fabric.send(host, frameOf(fabric, host, request));
  const answer = received(await fabric.next(host));
  if (answer.type === PacketType.NACK) return { ok: false, code: `nack ${answer.reason}` };
  return JSON.parse(new TextDecoder().decode(answer.payload)) as { readonly [field: string]: Json };
}
