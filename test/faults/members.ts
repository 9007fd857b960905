import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Clock,
  Cluster,
  type ClusterOptions,
  Controller,
  type ControllerEvent,
  macBytes,
  portMac,
  type Store,
  wallClock,
} from '../../controller/index.js';
import {
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  Name,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { type SmallFabric, sincmesh } from '../controller/small-fabric.js';

/** One controller of several on a fabric. */
export interface Member {
  readonly id: string;
  readonly cluster: Cluster;
  readonly controller: Controller;
  readonly events: ControllerEvent[];
}

export type MemberOptions = Pick<ClusterOptions, 'mode' | 'prefers' | 'leaseMs'> & { readonly clock?: Clock };

/** Starts a controller on the switches of a fabric that is up already. */
export async function startMember(
  fabric: SmallFabric,
  id: string,
  store: Store,
  options: MemberOptions = {},
): Promise<Member> {
  const { topology } = fabric;
  const clock = options.clock ?? wallClock();
  const cluster = new Cluster({ switches: [...topology.switches.keys()], ...options, id, store, clock });
  const events: ControllerEvent[] = [];
  const controller = new Controller({
    topology,
    program: sincmesh(),
    clock,
    store: cluster.store,
    cluster,
    log: (event) => events.push(event),
  });
  await controller.start();
  for (const [name, { server }] of fabric.nodes) {
    const backoff = { initialMs: 10, maxMs: 50 };
    await controller.connect(name, `127.0.0.1:${server.port}`, { backoff });
  }
  return { id, cluster, controller, events };
}

/** Waits, at most half a minute, until something is so. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !condition(); await sleep(5)) {
    if (performance.now() > end) assert.fail(`not so after 30 s: ${what}`);
  }
}

/** Who leads each switch, where exactly one does and its switch is as it should be. */
export function leaders(fabric: SmallFabric, members: readonly Member[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of fabric.topology.switches.keys()) {
    const leading = members.filter(({ controller }) => controller.leads(name));
    const [leader] = leading;
    if (leading.length === 1 && leader?.controller.session(name).isSettled === true)
      found.set(name, leader.id);
  }
  return found;
}

/** Updates all switches have taken since they started. */
export function updates(fabric: SmallFabric): number {
  let sum = 0;
  for (const { server } of fabric.nodes.values()) sum += server.counters.updates;
  return sum;
}

/** A named packet of a host, as a frame; its payload says nothing but that it is there. */
export function frameTo(fabric: SmallFabric, host: string, dst: string, payload = '', id = 1): Uint8Array {
  const spec = fabric.topology.hosts.get(host);
  assert.ok(spec !== undefined);
  const leaf = fabric.topology.switches.get(spec.switch);
  const to = Name.parse(dst);
  const from = Name.parse(`/host/${host}`);
  return encodeUdpFrame({
    srcMac: macBytes(spec.mac),
    dstMac: macBytes(portMac(leaf?.id ?? 0, spec.port)),
    src: spec.ipv4,
    dst: fabric.topology.fabric.service,
    srcPort: UDP_PORT_NAMED,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: 64,
      reason: 0,
      dstComponents: to.components.length,
      srcComponents: from.components.length,
      tag: 0,
      instance: 0,
      requestId: id,
      stamp: 0,
      attempt: 0,
      dst: to.digest(FabricKey.default).bytes,
      src: from.digest(FabricKey.default).bytes,
      text: textBlock(to, from),
      payload: new TextEncoder().encode(payload),
    }),
  });
}

/** Whether a packet of one host comes to another now. */
export function passes(fabric: SmallFabric, from: string, to: string): boolean {
  const received = fabric.received.get(to) ?? [];
  received.length = 0;
  fabric.send(from, frameTo(fabric, from, `/host/${to}`));
  return received.splice(0).length === 1;
}

const flowing = new Set<NodeJS.Timeout>();

/** For the end of a test, which may have failed: ends what traffic still flows. */
export function stopTraffic(): void {
  for (const timer of flowing) clearInterval(timer);
  flowing.clear();
}

/** Sends packets from one host to another all the time; stop() says how many were sent and how many arrived. */
export function traffic(
  fabric: SmallFabric,
  from: string,
  to: string,
): { stop(): { sent: number; arrived: number } } {
  const frame = frameTo(fabric, from, `/host/${to}`);
  const received = fabric.received.get(to) ?? [];
  let sent = 0;
  let arrived = 0;
  const timer = setInterval(() => {
    fabric.send(from, frame);
    sent += 1;
    arrived += received.splice(0).length;
  }, 2);
  flowing.add(timer);
  return {
    stop: () => {
      clearInterval(timer);
      flowing.delete(timer);
      return { sent, arrived };
    },
  };
}
