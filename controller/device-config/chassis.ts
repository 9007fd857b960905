import { ControllerError } from '../errors.js';
import type { Topology } from '../fabric/topology.js';

/** What Stratum calls the chips. */
export const PLATFORMS = {
  tofino: 'PLT_GENERIC_BAREFOOT_TOFINO',
  tofino2: 'PLT_GENERIC_BAREFOOT_TOFINO2',
  bmv2: 'PLT_P4_SOFT_SWITCH',
} as const;

/** Where a port of the topology is on the front of the switch. */
export interface FrontPort {
  /** Number on the panel, 1 and up. */
  readonly port: number;
  /** Lane of a port that is split up: 1 to 4; undefined = the whole port. */
  readonly channel: number | undefined;
}

export interface ChassisOptions {
  readonly platform: keyof typeof PLATFORMS;
  /** P4Runtime device id. */
  readonly node: number;
  /** Speed of links whose rate the topology does not give, Mbit/s. */
  readonly speedMbps: number;
  readonly autoneg: boolean | undefined;
  readonly fec: boolean;
  /** Device port (what the topology and P4Runtime say) to front port; bmv2 has none. */
  readonly front: ReadonlyMap<number, FrontPort>;
}

const SPEEDS_MBPS = [1000, 10_000, 25_000, 40_000, 50_000, 100_000, 200_000, 400_000];

/**
 * Stratum's chassis config of one switch, as text protobuf: its node and every port that the topology uses. Throws
 * ControllerError UNKNOWN_SWITCH, or BAD_REQUEST where a port has no place on the panel or a link no speed a port has.
 */
export function chassisConfig(topology: Topology, name: string, options: ChassisOptions): string {
  if (!topology.switches.has(name))
    throw new ControllerError('UNKNOWN_SWITCH', `no switch '${name}' in the topology`);
  const lines = [
    `description: ${quote(`sincmesh ${name}`)}`,
    'chassis {',
    `  platform: ${PLATFORMS[options.platform]}`,
    `  name: ${quote(name)}`,
    '}',
    'nodes {',
    `  id: ${options.node}`,
    `  name: ${quote(name)}`,
    '  slot: 1',
    '  index: 1',
    '}',
  ];
  for (const [devicePort, rateMbps] of [...portsOf(topology, name)].sort(([a], [b]) => a - b)) {
    const speed = rateMbps ?? options.speedMbps;
    if (!SPEEDS_MBPS.includes(speed)) {
      throw new ControllerError(
        'BAD_REQUEST',
        `port ${devicePort} of ${name} has a rate of ${speed} Mbit/s; ports run at ${SPEEDS_MBPS.join(', ')}`,
      );
    }
    const front =
      options.platform === 'bmv2' ? { port: devicePort, channel: undefined } : options.front.get(devicePort);
    if (front === undefined) {
      throw new ControllerError(
        'BAD_REQUEST',
        `device port ${devicePort} of ${name} has no place on the panel; give --front ${devicePort}=PORT or PORT/CHANNEL`,
      );
    }
    lines.push(
      'singleton_ports {',
      // Stratum takes any unique number here; P4Runtime goes by device ports, and so does this file.
      `  id: ${devicePort}`,
      `  name: ${quote(`${front.port}/${front.channel === undefined ? 0 : front.channel - 1}`)}`,
      '  slot: 1',
      `  port: ${front.port}`,
      ...(front.channel === undefined ? [] : [`  channel: ${front.channel}`]),
      `  speed_bps: ${speed * 1_000_000}`,
      '  config_params {',
      '    admin_state: ADMIN_STATE_ENABLED',
      ...(options.autoneg === undefined
        ? []
        : [`    autoneg: TRI_STATE_${options.autoneg ? 'TRUE' : 'FALSE'}`]),
      ...(options.fec ? ['    fec_mode: FEC_MODE_ON'] : []),
      '  }',
      `  node: ${options.node}`,
      '}',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Ports in use, with the rate of what hangs there. */
function portsOf(topology: Topology, name: string): Map<number, number | undefined> {
  const ports = new Map<number, number | undefined>();
  for (const { a, b, quality } of topology.links) {
    for (const end of [a, b]) if (end.switch === name) ports.set(end.port, quality.rateMbps);
  }
  for (const host of topology.hosts.values()) {
    if (host.switch === name) ports.set(host.port, host.quality.rateMbps);
  }
  return ports;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
