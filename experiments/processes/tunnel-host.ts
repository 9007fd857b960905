import { macBytes, wallClock } from '../../controller/index.js';
import { EmulatedHost, type HostClock } from '../../emulator/host.js';
import { type Endpoint, UdpTunnel } from '../../switch/ports/udp-tunnel.js';

/** A host's cable to its switch, and both ends' Ethernet addresses. */
export interface TunnelSpec {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly mac: number;
  readonly gatewayMac: number;
}

/**
 * A host without interface and without root: the small IP stack of the emulator, in real time, at the end of a UDP tunnel
 * whose other end is a port of a switch process. It is a HostEnvironment.
 */
export async function openTunnelHost(address: string, spec: TunnelSpec): Promise<EmulatedHost> {
  const wall = wallClock();
  const clock: HostClock = {
    now: wall.now,
    random: { next: Math.random },
    schedule: (delayUs, fire) => wall.setTimer(delayUs, fire),
  };
  const host = new EmulatedHost(clock, {
    address,
    mac: macBytes(spec.mac),
    gatewayMac: macBytes(spec.gatewayMac),
  });
  const cable = new UdpTunnel(spec.local, spec.remote);
  await cable.open((frame) => host.receive(frame));
  host.plug(cable);
  return host;
}
