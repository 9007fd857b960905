import { parseTopology, type Topology } from '../controller/index.js';

export interface LeafSpineOptions {
  readonly leaves: number;
  readonly spines: number;
  readonly hostsPerLeaf: number;
  /** Links between a host and its leaf. Default 1000. */
  readonly hostMbps?: number;
  /** Links between switches. Default 10,000. */
  readonly fabricMbps?: number;
  /** Propagation of every link. Default 5. */
  readonly delayUs?: number;
  /** Frames that may wait for a link. Default 1024. */
  readonly queuePackets?: number;
}

/**
 * A fabric of leaves, each linked to every spine: leaf1, leaf2, … spine1, …; hosts h1, h2, … leaf after leaf, host
 * number n of leaf l with address 10.0.l.n. @throws TopologyError where numbers are out of range.
 */
export function leafSpine(options: LeafSpineOptions): Topology {
  const { leaves, spines, hostsPerLeaf } = options;
  const quality = (rateMbps: number): string =>
    `rate_mbps: ${rateMbps}, delay_us: ${options.delayUs ?? 5}, queue: ${options.queuePackets ?? 1024}`;
  const lines = ['fabric: { service: 10.255.255.1, prefix: 10.0.0.0/8 }', 'switches:'];
  for (let leaf = 1; leaf <= leaves; leaf++) lines.push(`  - { name: leaf${leaf}, role: leaf, id: ${leaf} }`);
  for (let spine = 1; spine <= spines; spine++) {
    lines.push(`  - { name: spine${spine}, role: spine, id: ${leaves + spine} }`);
  }
  lines.push(spines === 0 ? 'links: []' : 'links:');
  for (let leaf = 1; leaf <= leaves; leaf++) {
    for (let spine = 1; spine <= spines; spine++) {
      const ends = `a: leaf${leaf}:${200 + spine}, b: spine${spine}:${leaf}`;
      lines.push(`  - { ${ends}, ${quality(options.fabricMbps ?? 10_000)} }`);
    }
  }
  lines.push('hosts:');
  for (let leaf = 1; leaf <= leaves; leaf++) {
    for (let port = 1; port <= hostsPerLeaf; port++) {
      const name = `h${(leaf - 1) * hostsPerLeaf + port}`;
      const place = `switch: leaf${leaf}, port: ${port}, ipv4: 10.0.${leaf}.${port}`;
      lines.push(`  - { name: ${name}, ${place}, ${quality(options.hostMbps ?? 1000)} }`);
    }
  }
  return parseTopology(lines.join('\n'), `${leaves} leaves, ${spines} spines`);
}
