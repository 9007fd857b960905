import { modify } from '../../controller/p4runtime/index.js';
import { address, mac, routerMac } from './frames.js';
import { choice, type Lab, PORTS, prefix } from './lab.js';

/** Number of the switch in telemetry. */
export const SWITCH_ID = 77;

/** One route per station, and the switch's number. */
export async function underlay(lab: Lab): Promise<void> {
  await lab.client.write([
    ...PORTS.map((n) =>
      choice('ingress.underlay.routes', { 'hdr.ipv4.dst': prefix(address(n), 32) }, [
        {
          name: 'ingress.underlay.next_hop',
          params: { port: n, src_mac: routerMac(n), dst_mac: mac(n) },
        },
      ]),
    ),
    modify({
      kind: 'table-entry',
      table: 'ingress.identity',
      isDefault: true,
      action: { kind: 'action', name: 'ingress.set_identity', params: { switch_id: SWITCH_ID } },
    }),
  ]);
}
