import assert from 'node:assert/strict';
import { parseTopology } from '../../controller/index.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { HostError } from '../../host/index.js';
import { NackReason } from '../../wire/index.js';

// Two leaves of three hang on one spine only, so that some are four switches apart.
const TOPOLOGY = `
fabric: { service: 10.255.255.1, prefix: 10.0.0.0/8, gateway: h5 }
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: leaf3, role: leaf, id: 3 }
  - { name: spine1, role: spine, id: 11 }
  - { name: spine2, role: spine, id: 12 }
links:
  - { a: leaf1:11, b: spine1:1 }
  - { a: leaf2:11, b: spine1:2 }
  - { a: leaf2:12, b: spine2:2 }
  - { a: leaf3:12, b: spine2:3 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h2, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
  - { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
  - { name: h4, switch: leaf3, port: 1, ipv4: 10.0.3.1 }
  - { name: h5, switch: leaf2, port: 2, ipv4: 10.0.2.2 }
`;

const PLACES = ['leaf1', 'spine1', 'leaf2', 'spine2', 'leaf3'];
const IDS = [1, 11, 2, 12, 3];

/** By then the probes have found a link cut or mended, and the switches have been told. */
const NOTICED_US = 300_000;

const refused = (reason: number) => (error: unknown) =>
  error instanceof HostError && error.code === 'NACK' && error.reason === reason;

describe('names of switches', function () {
  this.timeout(60_000);
  let fabric: EmulatedFabric;
  const topology = parseTopology(TOPOLOGY);

  before(async () => {
    fabric = await EmulatedFabric.start({
      topology,
      seed: 1,
      probeLinks: { intervalUs: 20_000, misses: 3 },
    });
  });
  after(() => fabric.close());

  it('answer echoes from every host, and a traceroute ends at them', async () => {
    for (const { name, switch: leaf } of topology.hosts.values()) {
      for (const [place, other] of PLACES.entries()) {
        const host = fabric.host(name);
        await fabric.run(host.ping(`/fabric/switch/${other}`));
        const from = PLACES.indexOf(leaf);
        // The switches stand in a row; the last of the way answers for itself.
        const way = IDS.slice(Math.min(from, place), Math.max(from, place) + 1);
        if (place < from) way.reverse();
        const steps = await fabric.run(host.traceroute(`/fabric/switch/${other}`));
        assert.deepEqual(
          steps.map((step) => (step.kind === 'switch' ? step.switchId : step.kind)),
          [...way.slice(0, -1), 'owner'],
          `${name} to ${other}`,
        );
      }
    }
  });

  it('serve nothing, wherever they are', async () => {
    for (const other of PLACES) {
      const call = fabric.host('h1').call(`/fabric/switch/${other}`, new Uint8Array(1));
      await assert.rejects(fabric.run(call), refused(NackReason.NO_INSTANCE), other);
    }
  });

  it('are refused while no way leads there, and answer again when one does', async () => {
    fabric.cut('leaf2', 'spine2');
    const far = () => fabric.run(fabric.host('h1').ping('/fabric/switch/leaf3'));
    await fabric.run(fabric.sleep(NOTICED_US));
    await assert.rejects(far(), refused(NackReason.NO_INSTANCE));
    await fabric.run(fabric.host('h1').ping('/fabric/switch/leaf2'));
    fabric.mend('leaf2', 'spine2');
    await fabric.run(fabric.sleep(NOTICED_US));
    await far();
  });
});
