import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EventLog } from '../../controller/api/event-log.js';
import { Metrics } from '../../controller/api/metrics.js';
import { parseTopology } from '../../controller/index.js';
import { DROP_REASONS } from '../../controller/telemetry/losses.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { packagePath } from '../../experiments/package-path.js';
import { checksum, writeU16 } from '../../wire/index.js';
import { named, namedFrame, udpFrame } from '../program/frames.js';

describe('what switches drop, through the controller', function () {
  this.timeout(30_000);
  let fabric: EmulatedFabric;
  before(async () => {
    const file = readFileSync(packagePath('experiments/topologies/small.yaml'), 'utf8');
    const topology = parseTopology(file.replace('fabric:\n', 'fabric:\n  admission: names\n'));
    fabric = await EmulatedFabric.start({ topology, seed: 1 });
  });
  after(() => fabric.close());

  it('has the reasons of the program, in its order', () => {
    const source = readFileSync(packagePath('p4src/shared/metadata.p4'), 'utf8');
    const body = /enum bit<8> DropReason \{([^}]*)\}/.exec(source)?.[1] ?? '';
    const reasons = [...body.matchAll(/^\s*([A-Z0-9_]+) = (\d+)/gm)].map(([, name, value]) => [
      name,
      Number(value),
    ]);
    assert.deepEqual(
      reasons,
      DROP_REASONS.map((name, value) => [name, value]),
    );
  });

  it('counts malformed frames, options, other ether types, Nacks and denials by switch and reason', async () => {
    const { port = 0 } = fabric.topology.hosts.get('h1') ?? {};
    const plain = udpFrame({ from: port, to: 2 }, new Uint8Array(40));
    const options = new Uint8Array(plain.length + 4);
    options.set(plain.subarray(0, 34));
    options.set(plain.subarray(34), 38);
    options[14] = 0x46;
    writeU16(options, 24, 0);
    writeU16(options, 24, checksum(options, 14, 38));
    const version6 = plain.slice();
    writeU16(version6, 12, 0x86dd);
    const ask = (dst: string, src: string) => namedFrame({ from: port, to: 9 }, named(dst, src));
    for (const frame of [
      plain.subarray(0, 30),
      ask('/nobody', '/host/h1').subarray(0, 90),
      plain.subarray(0, 10),
      options,
      version6,
      ask('/nobody', '/host/h1'),
      ask('/nobody', '/host/h2'),
    ]) {
      fabric.switch('leaf1').receive(port, frame);
    }
    const log = new EventLog(fabric.controller);
    const metrics = new Metrics(fabric.controller, log);
    try {
      const text = await metrics.text();
      for (const line of [
        'sincmesh_switch_dropped_packets{switch="leaf1",reason="MALFORMED"} 3',
        'sincmesh_switch_dropped_packets{switch="leaf1",reason="IPV4_OPTIONS"} 1',
        'sincmesh_switch_dropped_packets{switch="leaf1",reason="ETHER_TYPE"} 1',
        'sincmesh_switch_nacks{switch="leaf1",reason="NO_ROUTE"} 1',
        'sincmesh_switch_nacks{switch="leaf1",reason="DENIED"} 1',
        'sincmesh_switch_denied_packets{switch="leaf1",reason="NOT_GRANTED"} 1',
      ]) {
        assert.ok(
          text.includes(`${line}\n`),
          `${line}\n${text.match(/^sincmesh_switch_[dn].*$/gm)?.join('\n')}`,
        );
      }
      assert.ok(!text.includes('switch="leaf2",reason="MALFORMED"'));
    } finally {
      metrics.close();
      log.close();
    }
  });
});
