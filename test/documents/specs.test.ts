import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { Controller, parseTopology } from '../../controller/index.js';
import type { Json } from '../../controller/store/store.js';
import { ManualClock } from '../controller/manual-clock.js';
import { sincmesh } from '../controller/small-fabric.js';
import { type Block, blocksOf, objectsOf, ROOT, readDocument } from './blocks.js';

/** An example and what the document says it is of. */
interface Example {
  readonly place: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: Json;
}

const TOPOLOGY = `
fabric: { service: 10.255.255.1 }
switches:
  - { name: leaf1, role: leaf, id: 1, site: south }
  - { name: leaf2, role: leaf, id: 2, site: west }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1 }
  - { a: leaf2:11, b: spine1:2 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
`;
const ajv = new Ajv2020({ strict: false, useDefaults: true });

async function startedController(text: string): Promise<Controller> {
  const topology = parseTopology(text);
  const controller = new Controller({ topology, program: sincmesh(), clock: new ManualClock() });
  await controller.start();
  return controller;
}

/** Whether the collection's schema holds for the spec, and the controller takes it. */
async function take(controller: Controller, { place, kind, name, spec }: Example): Promise<void> {
  const collection = controller.collections.get(kind) ?? assert.fail(`${place}: no collection ${kind}`);
  const isValid = ajv.compile(collection.schema);
  assert.ok(isValid(structuredClone(spec)), `${place}: ${JSON.stringify(isValid.errors)}`);
  const { name: taken } = await collection.put(name, spec).catch((error: Error) => {
    throw new Error(`${place}: ${error.message}`, { cause: error });
  });
  assert.equal(taken, name, place);
  assert.ok(collection.get(name) !== undefined, place);
}

function ofPolicies({ place, heading, text }: Block): Example[] {
  const kind = heading === 'Trust' ? 'trust-policies' : 'policies';
  const value = parse(text) as { readonly [field: string]: Json };
  // Several by their names, or the spec of one.
  const isOne = 'destination' in value || 'identities' in value;
  const specs = isOne ? [[place, value] as const] : Object.entries(value);
  return specs.map(([name, spec]) => ({ place, kind, name, spec }));
}

/** Of which collection an object of docs/fabric.md is, by the field it begins with. */
const KINDS = new Map([
  ['host', 'credentials'],
  ['prefix', 'grants'],
  ['channel', 'broadcasts'],
  ['service', 'site-orders'],
  ['group', 'encapsulations'],
  ['admin', 'links'],
]);

function ofFabric({ place, text }: Block): Example {
  const spec = JSON.parse(text) as { readonly [field: string]: Json };
  const [field = ''] = Object.keys(spec);
  const kind = KINDS.get(field) ?? assert.fail(`${place}: nobody knows what ${text} is of`);
  return { place, kind, name: kind === 'links' ? 'leaf1:11-spine1:1' : text, spec };
}

describe('specs in the documents', function () {
  this.timeout(20_000);
  let controller: Controller;
  beforeEach(async () => {
    controller = await startedController(TOPOLOGY);
  });
  afterEach(() => controller.close());

  it('docs/policy.md: schemas hold for them, and the controller takes them, all together', async () => {
    const blocks = [...blocksOf('docs/policy.md', 'yaml'), ...objectsOf('docs/policy.md')];
    const examples = blocks.flatMap(ofPolicies);
    assert.deepEqual(
      examples.map(({ kind, name }) => (name.startsWith('docs/') ? kind : name)),
      ['policies', 'canary', 'brave', 'careful', 'policies', 'trust-policies', 'policies'],
    );
    for (const example of examples) await take(controller, example);
  });

  it('docs/policy.md: the defaults it names are those of the schema', () => {
    const schema = controller.collections.get('policies')?.schema as unknown as PolicySchema;
    const rows = readDocument('docs/policy.md').matchAll(/^\| `(\w+)` \| (.*?) \|/gm);
    let named = 0;
    for (const [, rule = '', fields = ''] of rows) {
      const properties = schema.properties[rule]?.properties ?? {};
      assert.ok(rule in schema.properties, `no rule ${rule}`);
      for (const [, field = '', value = ''] of fields.matchAll(/`(\w+)` \((\w+)[^)]*\)/g)) {
        assert.equal(String(properties[field]?.default), value, `${rule}.${field}`);
        named += 1;
      }
    }
    assert.ok(named >= 6, `${named} defaults found`);
  });

  it('docs/fabric.md: schemas hold for them, and the controller takes them', async () => {
    const examples = objectsOf('docs/fabric.md').map(ofFabric);
    const kinds = new Set(examples.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), [...KINDS.values()].sort());
    for (const example of examples) await take(controller, example);
  });

  it('docs/fabric.md: its topology is one', () => {
    const [example, ...others] = blocksOf('docs/fabric.md', 'yaml');
    assert.equal(others.length, 0);
    // The rest of the fabric, from the first switch on.
    const rest = TOPOLOGY.split('\n').filter((line) => !/^(fabric|switches)|leaf1, role/.test(line));
    const topology = parseTopology(`${example?.text}${rest.join('\n')}`);
    assert.equal(topology.fabric.admission, 'names');
    assert.equal(topology.fabric.gateway, 'h3');
    assert.equal(topology.switches.get('leaf1')?.site, 'east');
  });

  it('docs/controller.md: what is applied is taken by the controller of small.yaml', async () => {
    const small = await startedController(
      readFileSync(new URL('experiments/topologies/small.yaml', ROOT), 'utf8'),
    );
    try {
      const commands = [
        ...readDocument('docs/controller.md').matchAll(/^sincmesh apply (\S+) (\S+) '(\{.*\})'/gm),
      ];
      assert.ok(commands.length > 0);
      for (const [place, kind = '', name = '', text = ''] of commands) {
        await take(small, { place, kind, name, spec: JSON.parse(text) as Json });
      }
    } finally {
      await small.close();
    }
  });
});

interface PolicySchema {
  readonly properties: {
    readonly [rule: string]: {
      readonly properties?: { readonly [field: string]: { readonly default?: Json } };
    };
  };
}
