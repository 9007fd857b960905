import assert from 'node:assert/strict';
import { Operations } from '../../controller/api/operations.js';
import { Controller, type Pipeline, parseTopology } from '../../controller/index.js';
import { ManualClock } from '../controller/manual-clock.js';
import { sincmesh } from '../controller/small-fabric.js';
import { image } from '../tna/guarded-fabric.js';

const TOPOLOGY = `
pipelines:
  - { name: lean, file: lean.bin, roles: [spine], target: stratum-tofino }
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
`;

describe('what the API says of switches', () => {
  it('has the pipeline each executes, and what that program holds', async () => {
    const lean: Pipeline = image('tofino', 'routing');
    const controller = new Controller({
      topology: parseTopology(TOPOLOGY),
      program: sincmesh(),
      pipelines: new Map([['lean', lean]]),
      clock: new ManualClock(),
    });
    await controller.start();
    const operations = new Operations(controller);
    const rows = operations.switches() as readonly Record<string, unknown>[];
    assert.deepEqual(
      rows.map(({ name, pipeline, program }) => [name, pipeline, program]),
      [
        ['leaf1', null, 'v1model'],
        ['spine1', 'lean', 'profile routing, tna'],
      ],
    );
    const { switches } = operations.topology() as { switches: readonly Record<string, unknown>[] };
    assert.deepEqual(
      switches.map(({ pipeline, target }) => [pipeline, target]),
      [
        [null, null],
        ['lean', 'stratum-tofino'],
      ],
    );
    const [leaf, spine] = (await Promise.all([
      operations.switch('leaf1'),
      operations.switch('spine1'),
    ])) as unknown as Record<string, Record<string, unknown>>[];
    assert.equal(leaf?.['holds']?.['fibEntries'], 16_384);
    assert.ok(leaf?.['holds']?.['reduce'] !== undefined);
    assert.equal(spine?.['holds']?.['reduce'], undefined);
    await controller.close();
  });
});
