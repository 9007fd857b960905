import type { PortDevice } from '../port.js';
import { AfPacketPort } from './af-packet.js';
import { PortError } from './error.js';
import { UdpTunnel } from './udp-tunnel.js';

const TUNNEL = /^udp:([\d.]+):(\d+)-([\d.]+):(\d+)$/;
/** IFNAMSIZ of Linux, without its final zero. */
const MAX_INTERFACE_NAME = 15;

/**
 * The device a name means: `udp:LOCAL:PORT-REMOTE:PORT` is a tunnel, anything else a network interface.
 *
 * @throws PortError BAD_NAME
 */
export function deviceOf(name: string): PortDevice {
  if (!name.startsWith('udp:')) {
    if (name.length === 0 || name.length > MAX_INTERFACE_NAME || /[\s/]/.test(name))
      throw new PortError('BAD_NAME', name, `an interface's name has 1 to ${MAX_INTERFACE_NAME} characters`);
    return new AfPacketPort(name);
  }
  const [, local = '', localPort = '', remote = '', remotePort = ''] = TUNNEL.exec(name) ?? [];
  const [from, to] = [Number(localPort), Number(remotePort)];
  if (from < 1 || from > 65_535 || to < 1 || to > 65_535)
    throw new PortError('BAD_NAME', name, 'a tunnel is udp:127.0.0.1:5003-127.0.0.1:6003, local and remote');
  return new UdpTunnel({ address: local, port: from }, { address: remote, port: to });
}
