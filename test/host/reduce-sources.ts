import {
  ReduceGroup,
  type ReduceGroupOptions,
  ReduceServer,
  ReduceSink,
  SincEndpoint,
} from '../../host/index.js';
import type { SimNetwork } from './sim-network.js';
import { ReduceSwitch } from './sinc-model.js';

export const REDUCE_GROUP = 7;
export const REDUCE_SERVER = '10.0.9.9';
export const address = (source: number) => `10.0.0.${source + 1}`;

/** Who computes: a single switch, a tree of leaves under a root, or the destination host. */
export type Where = 'switch' | 'tree' | 'host';

export interface Setting {
  readonly where: Where;
  readonly sources: number;
  readonly window: number;
  readonly operation: number;
  readonly saturating?: boolean | undefined;
  /** Of the sink, where the destination gets the results. */
  readonly idleUs?: number | undefined;
  readonly options?: Partial<ReduceGroupOptions>;
}

const endpoints = new WeakMap<SimNetwork, Map<string, SincEndpoint>>();

/** A host's endpoint; several groups share it. */
function endpointOf(network: SimNetwork, at: string): SincEndpoint {
  const known = endpoints.get(network) ?? new Map<string, SincEndpoint>();
  endpoints.set(network, known);
  const endpoint = known.get(at) ?? new SincEndpoint(network.host(at));
  known.set(at, endpoint);
  return endpoint;
}

/** Sources of a group in a network where `where` computes it. */
export function reduceSources(network: SimNetwork, setting: Setting, group = REDUCE_GROUP) {
  const { where, sources, window, operation, saturating } = setting;
  const common = { group, epoch: 1, window, operation, saturating, destination: REDUCE_SERVER };
  const all = Array.from({ length: sources }, (_, s) => s);
  const leafOf: ReduceSwitch[] = [];
  if (where === 'switch') {
    const only = new ReduceSwitch(network);
    only.config = { ...common, sources, members: all, below: all.map(address) };
    leafOf.push(...all.map(() => only));
  } else if (where === 'tree') {
    const root = new ReduceSwitch(network);
    const half = Math.ceil(sources / 2);
    const leaves = [all.slice(0, half), all.slice(half)].map((members, l) => {
      const leaf = new ReduceSwitch(network);
      const parent = { node: root, source: l };
      leaf.config = { ...common, sources, members, parent, below: members.map(address) };
      leafOf.push(...members.map(() => leaf));
      return leaf;
    });
    root.config = { ...common, sources: 2, members: [0, 1], below: leaves };
  }
  const others = network.route;
  network.route = (datagram) => {
    const source = Number(datagram.src.split('.')[3]) - 1;
    const leaf = leafOf[source];
    if (datagram.dst === REDUCE_SERVER && leaf !== undefined && leaf.request(datagram.bytes)) return;
    others(datagram);
  };
  const members = all.map(address);
  const { options } = setting;
  const sink =
    options?.resultTo === 'destination'
      ? new ReduceSink(endpointOf(network, REDUCE_SERVER), {
          ...{ members, group, sources, window, operation, saturating },
          ...{ vectors: options.vectors, firstSeq: options.firstSeq, idleUs: setting.idleUs },
        })
      : undefined;
  const server = new ReduceServer(endpointOf(network, REDUCE_SERVER), {
    members,
    group,
    sources,
    window,
    operation,
    saturating,
  });
  const groups = all.map((source) => {
    return new ReduceGroup(endpointOf(network, address(source)), {
      group,
      source,
      sources,
      window,
      destination: REDUCE_SERVER,
      operation,
      initialTimeoutUs: 2_000,
      ...setting.options,
    });
  });
  return { groups, server, sink, leafOf };
}
