import { modify } from '../../controller/p4runtime/index.js';
import { address, digestOf, mac, routerMac } from './frames.js';
import { choice, counted, type Lab, type Mask, PORTS, type Prefix, prefix } from './lab.js';

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

/** A name's prefix as a table key `name`. */
export const nameIs = (name: string): { name: Prefix } => ({
  name: prefix(digestOf(name), 32 * components(name)),
});

const components = (name: string): number => name.split('/').length - 1;

/** The same as a masked value. */
export function masked(name: string): Mask {
  const wildcard = (1n << BigInt(256 - 32 * components(name))) - 1n;
  return { value: digestOf(name), mask: ((1n << 256n) - 1n) & ~wildcard };
}

/** Sends the FIB's requests for a name to stations, as instances of their numbers or the ones given. */
export async function serve(
  lab: Lab,
  name: string,
  ...stations: { at: number; as: number }[]
): Promise<void> {
  await lab.client.write([
    choice(
      'ingress.names.fib',
      nameIs(name),
      stations.map(({ at, as }) => ({
        name: 'ingress.names.to_instance',
        params: { instance: as, address: address(at), udp_port: 0 },
      })),
    ),
  ]);
}

/** How much a counter's cell grows while something is done. */
export async function growth(
  lab: Lab,
  counter: string,
  index: number,
  act: () => Promise<void>,
): Promise<number> {
  const before = await counted(lab, counter, index);
  await act();
  return (await counted(lab, counter, index)) - before;
}
