import { Host, type HostEnvironment, HostError, NodeEnvironment } from '../../host/index.js';
import { FabricKey } from '../../wire/index.js';
import { openTunnelHost, type TunnelSpec } from './tunnel-host.js';

/** The variable of the environment that tells a host process its place: a HostPlace as JSON. */
export const PLACE_VARIABLE = 'SINCMESH_HOST';

/** Where a process stands as a host of a fabric. */
export interface HostPlace {
  /** As the topology calls it. */
  readonly name: string;
  readonly address: string;
  /** The topology's `fabric.service`. */
  readonly service: string;
  /** The fabric's key, hexadecimal. */
  readonly key: string;
  /** A cable of UDP datagrams to the host's switch; without one the host has an ordinary UDP socket. */
  readonly tunnel?: TunnelSpec | undefined;
}

function placeOf(text: string | undefined): HostPlace {
  try {
    return JSON.parse(text ?? '') as HostPlace;
  } catch {
    const problem = `${PLACE_VARIABLE} is ${text === undefined ? 'not set' : 'no JSON'}`;
    throw HostError.invalid('host process', problem, 'start it with ProcessFabric.spawn or Fabric.popen');
  }
}

/**
 * The host a process is: in a ProcessFabric or in Mininet, whoever started it tells. Call `attach` before others are to find it.
 * @throws HostError INVALID_ARGUMENT where nobody has told
 */
export async function openHost(place: HostPlace = placeOf(process.env[PLACE_VARIABLE])): Promise<Host> {
  const { name, address, service, key, tunnel } = place;
  const onError = (error: Error) => void process.stderr.write(`${name}: ${error.message}\n`);
  const environment: HostEnvironment =
    tunnel === undefined ? new NodeEnvironment({ address, onError }) : await openTunnelHost(address, tunnel);
  return new Host(environment, {
    name: `/host/${name}`,
    serviceAddress: service,
    key: new FabricKey(Uint8Array.from(Buffer.from(key, 'hex'))),
    answerBy: 'name',
  });
}
