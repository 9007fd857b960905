import assert from 'node:assert/strict';
import { LinkMonitor } from '../../controller/fabric/link-monitor.js';
import { linkName } from '../../controller/fabric/links.js';
import { parseTopology } from '../../controller/index.js';
import {
  decodeNamed,
  decodeUdpFrame,
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  PacketType,
} from '../../wire/index.js';
import { ManualClock } from './manual-clock.js';
import { TOPOLOGY } from './small-fabric.js';

const INTERVAL_US = 200_000;

describe('probes of links', () => {
  const topology = parseTopology(TOPOLOGY);
  let clock: ManualClock;
  /** Switches the controller has set up. */
  let ready: Set<string>;
  /** Switches that answer what comes to them. */
  let alive: Set<string>;
  let changes: string[];
  let monitor: LinkMonitor;

  beforeEach(() => {
    clock = new ManualClock();
    ready = new Set(topology.switches.keys());
    alive = new Set(topology.switches.keys());
    changes = [];
    monitor = new LinkMonitor({
      topology,
      key: FabricKey.default,
      clock,
      isReady: (name) => ready.has(name),
      send: (name, port, frame) => answer(name, port, frame),
      onChanged: (link, isUp) => changes.push(`${linkName(link)} ${isUp ? 'up' : 'down'}`),
    });
    monitor.start();
  });
  afterEach(() => monitor.close());

  /** What the neighbour's data plane makes of a probe, if it is there. */
  function answer(name: string, port: number, frame: Uint8Array): void {
    const ends = topology.links.flatMap(({ a, b }) => [
      { from: a, to: b },
      { from: b, to: a },
    ]);
    const link = ends.find(({ from }) => from.switch === name && from.port === port);
    if (link === undefined || !alive.has(link.to.switch) || !alive.has(name)) return;
    const { ethernet, ipv4, udp, payload } = decodeUdpFrame(frame);
    const probe = decodeNamed(payload);
    const reply = encodeUdpFrame({
      srcMac: ethernet.dst,
      dstMac: ethernet.src,
      src: ipv4.dst,
      dst: ipv4.src,
      srcPort: udp.dstPort,
      dstPort: udp.srcPort,
      payload: encodeNamed({ ...probe, type: PacketType.ECHO_REPLY }),
    });
    // It takes longer than it takes to send all probes of a round.
    clock.setTimer(50, () => monitor.received(name, reply));
  }

  const rounds = (count: number) => clock.advance(count * INTERVAL_US);

  function die(name: string): void {
    alive.delete(name);
    ready.delete(name);
  }

  it('say nothing of what answers, and take out after three what does not', () => {
    rounds(20);
    assert.deepEqual(changes, []);
    alive.delete('spine1');
    rounds(5);
    assert.deepEqual(changes, ['leaf1:11-spine1:1 down', 'leaf2:11-spine1:2 down']);
  });

  it('take out a switch that was never seen', () => {
    die('spine1');
    rounds(50);
    assert.deepEqual(changes, [], 'it may only have begun');
    rounds(10);
    assert.deepEqual(changes, ['leaf1:11-spine1:1 down', 'leaf2:11-spine1:2 down']);
    ready.add('spine1');
    alive.add('spine1');
    rounds(5);
    assert.deepEqual(changes.slice(2), ['leaf1:11-spine1:1 up', 'leaf2:11-spine1:2 up']);
  });

  it('take out one that was set up, and dies before it has answered, as soon as any', () => {
    alive.delete('spine1');
    rounds(1);
    die('spine1');
    rounds(3);
    assert.deepEqual(changes, ['leaf1:11-spine1:1 down', 'leaf2:11-spine1:2 down']);
  });

  it('wait for one that takes its time to come up, and count from there', () => {
    die('spine1');
    rounds(40);
    ready.add('spine1');
    // Two probes have been missed of one that should answer; the third is down.
    rounds(1);
    alive.add('spine1');
    rounds(20);
    assert.deepEqual(changes, []);
  });
});
