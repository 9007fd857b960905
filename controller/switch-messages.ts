import type { NamedPacket } from '../wire/index.js';
import type { ControllerEvent } from './events.js';
import type { LinkMonitor } from './fabric/link-monitor.js';
import { DIGESTS, PACKET_IN } from './fabric/program.js';
import type { CacheManager } from './inc/cache.js';
import type { DataValue, DigestList, PacketIn } from './p4runtime/index.js';
import { DENIED_DIGEST, FLOW_DIGEST } from './policy/program.js';
import type { PacketDesk } from './registry/packet-desk.js';
import type { Sender } from './spa/admission.js';
import type { InBand } from './spa/in-band.js';
import type { SwitchSession } from './switch-session.js';
import type { Flows } from './telemetry/flows.js';
import { readDenial } from './trust/denials.js';
import type { Trust } from './trust/trust.js';

export interface SwitchMessagesOptions {
  readonly monitor: LinkMonitor;
  readonly desk: PacketDesk;
  readonly inBand: InBand;
  readonly trust: Trust;
  readonly flows: Flows;
  readonly cache: CacheManager;
  readonly onEvent: (event: ControllerEvent) => void;
  /** A message without an event has been dealt with. */
  readonly onChanged: () => void;
}

/** Who deals with what switches send of themselves: packets and digests. */
export class SwitchMessages {
  readonly #options: SwitchMessagesOptions;

  constructor(options: SwitchMessagesOptions) {
    this.#options = options;
  }

  packetIn(session: SwitchSession, packet: PacketIn): void {
    const { monitor, desk, inBand, onEvent, onChanged } = this.#options;
    const { spec } = session;
    const reason = Number(packet.metadata['reason'] ?? 0);
    const port = Number(packet.metadata['ingress_port'] ?? 0);
    if (reason === PACKET_IN.route && monitor.received(spec.name, packet.payload)) {
      onChanged();
      return;
    }
    onEvent({ kind: 'packet-in', switch: spec.name, reason });
    const send = (frame: Uint8Array) => {
      session.client?.packetOut(frame, { egress_port: port, forward: 0, reserved: 0 });
    };
    if (reason === PACKET_IN.name) {
      desk.named(
        packet.payload,
        (request) => inBand.answer(request, senderOf(spec.name, port, request)),
        send,
      );
    }
    if (reason === PACKET_IN.arp) desk.arp(packet.payload, spec, port, send);
    else if (reason === PACKET_IN.ttl) desk.expired(packet.payload, spec, send);
    else if (reason === PACKET_IN.route) desk.own(packet.payload, spec, send);
  }

  digest(name: string, { digest, samples }: DigestList): void {
    const { trust, flows, cache, onEvent, onChanged } = this.#options;
    if (digest === DENIED_DIGEST) {
      for (const sample of samples) {
        const denial = readDenial(sample);
        onEvent({ kind: 'denied', switch: name, ...denial });
        trust.denied(name, denial.port, denial.denial);
      }
    } else if (digest === FLOW_DIGEST) {
      flows.ended(name, samples);
    } else if (digest === DIGESTS.hotKey) {
      cache.hotKeys(name, samples.map(readHotKey));
      onChanged();
    }
  }
}

/** Who asks the registry: the switch has verified the tag where the packet came by an edge port. */
function senderOf(at: string, port: number, { auth }: NamedPacket): Sender {
  return { switch: at, port, keyId: auth?.keyId };
}

function readHotKey(sample: DataValue): { key: bigint; count: number } {
  const fields = sample as { readonly [field: string]: DataValue };
  return { key: BigInt(String(fields['key'] ?? 0)), count: Number(fields['count'] ?? 0) };
}
