import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Paths, parseTopology, TopologyError } from '../../controller/index.js';

const GOOD = `
fabric: { service: 10.255.255.1, key: '0f0e0d0c0b0a09080706050403020100' }
switches:
  - { name: leaf1, role: leaf, id: 1, grpc: '127.0.0.1:9559' }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: 'leaf1:11', b: 'spine1:1', rate_mbps: 100, loss: 0.5 }
  - { a: leaf2:11, b: spine1:2 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1, mac: '02:00:00:00:00:99' }
  - { name: h2, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
`;

/** The problems of a text that is GOOD with one part replaced. */
function problems(from: string | RegExp, to: string): string[] {
  const text = GOOD.replace(from, to);
  assert.notEqual(text, GOOD, 'the replacement must hit');
  try {
    parseTopology(text, 'fabric.yaml');
  } catch (error) {
    assert.ok(error instanceof TopologyError && error.code === 'TOPOLOGY');
    for (const { line, column } of error.problems) assert.ok(line >= 1 && column >= 1);
    return error.message.split('\n');
  }
  assert.fail('no error');
}

describe('topology files', () => {
  it('become a checked topology', () => {
    const { fabric, switches, links, hosts } = parseTopology(GOOD);
    assert.equal(fabric.key[0], 15);
    assert.equal(fabric.service, 0x0affff01);
    assert.deepEqual(switches.get('leaf1'), {
      name: 'leaf1',
      role: 'leaf',
      id: 1,
      loopback: 0x0aff0001,
      grpc: '127.0.0.1:9559',
      site: undefined,
      pipeline: undefined,
      target: undefined,
    });
    assert.deepEqual(
      [links[0]?.a, links[0]?.b],
      [
        { switch: 'leaf1', port: 11 },
        { switch: 'spine1', port: 1 },
      ],
    );
    assert.equal(links[0]?.quality.rateMbps, 100);
    assert.equal(links[0]?.quality.loss, 0.5);
    assert.equal(links[1]?.quality.loss, undefined);
    assert.equal(hosts.get('h1')?.mac, 0x99 + 0x02_00_00_00_00_00);
    assert.equal(hosts.get('h2')?.mac, 0x02_00_0a_00_02_01);
  });

  it('that ship can be read', () => {
    const file = new URL('../../../experiments/topologies/leaf-spine.yaml', import.meta.url);
    const { switches, hosts } = parseTopology(readFileSync(file, 'utf8'));
    assert.equal(switches.size, 6);
    assert.equal(hosts.size, 12);
  });

  it('say where switches stand, what is asked of senders, and who gets the rest', () => {
    const { fabric } = parseTopology(GOOD);
    assert.deepEqual([fabric.admission, fabric.gateway], ['off', undefined]);
    const text = GOOD.replace('fabric: {', 'fabric: { admission: names, gateway: h2,').replace(
      'id: 2 }',
      'id: 2, site: east }',
    );
    const topology = parseTopology(text);
    assert.deepEqual([topology.fabric.admission, topology.fabric.gateway], ['names', 'h2']);
    assert.equal(topology.switches.get('leaf2')?.site, 'east');
  });

  it('say what switches execute: what they name themselves, else what their role has, else nothing', () => {
    const text = `pipelines:
  - { name: edge, file: images/edge.bin, roles: [leaf], target: stratum-tofino }
  - { name: cache, file: cache.bin }
${GOOD}`.replace('id: 2 }', 'id: 2, pipeline: cache, target: bmv2 }');
    const { switches, pipelines } = parseTopology(text);
    const programs = [...switches.values()].map(({ name, pipeline, target }) => [name, pipeline, target]);
    assert.deepEqual(programs, [
      ['leaf1', 'edge', 'stratum-tofino'],
      ['leaf2', 'cache', 'bmv2'],
      ['spine1', undefined, undefined],
    ]);
    assert.equal(pipelines.get('edge')?.file, 'images/edge.bin');
  });

  it('with wrong pipelines are refused, with the line and what to do', () => {
    for (const [pipelines, more, message] of [
      [
        '{ name: a }',
        '',
        /^fabric.yaml:2:5: pipelines\[0\].file: the file of the pipeline is missing; add file$/,
      ],
      ['{ name: A, file: f }', '', /2:13: pipelines\[0\].name: 'A' is no name; use a to z/],
      [
        '{ name: a, file: f, roles: [core] }',
        '',
        /pipelines\[0\].roles\[0\]: unknown role 'core'; write leaf or spine/,
      ],
      [
        '{ name: a, file: f, target: tofino }',
        '',
        /unknown target 'tofino'; write embedded, bmv2, stratum-bmv2/,
      ],
      ['{ name: a, file: f }', ', pipeline: b', /switches\[1\].pipeline: no pipeline 'b'; pipelines are a/],
      [
        '{ name: a, file: f, roles: [leaf] }\n  - { name: a, file: g }',
        '',
        /3:13: pipelines\[1\].name: the pipeline 'a' is there twice/,
      ],
      [
        '{ name: a, file: f, roles: [leaf] }\n  - { name: b, file: g, roles: [leaf] }',
        '',
        /switches of role leaf have the pipeline 'a' already; give a role one pipeline/,
      ],
    ] as const) {
      const text = `pipelines:\n  - ${pipelines}\n${GOOD.trimStart()}`.replace('id: 2 }', `id: 2${more} }`);
      assert.throws(() => parseTopology(text, 'fabric.yaml'), { message }, pipelines);
    }
  });

  const cases: [string, string | RegExp, string, RegExp][] = [
    [
      'an unknown way of admission',
      'fabric: {',
      'fabric: { admission: maybe,',
      /admission: 'maybe' is unknown/,
    ],
    ['a gateway that is no host', 'fabric: {', 'fabric: { gateway: leaf1,', /gateway 'leaf1' is no host/],
    ['a site that is no name', 'id: 2 }', "id: 2, site: 'Far East' }", /site: 'Far East' is no name/],
    [
      'a wrong role',
      'role: spine',
      'role: core',
      /^fabric.yaml:6:27: switches\[2\].role: unknown role 'core'; write leaf or spine$/,
    ],
    [
      'an id used twice',
      'id: 11',
      'id: 2',
      /6:\d+: switches\[2\].id: id 2 is leaf2's; give every switch a number/,
    ],
    [
      'an id out of range',
      'id: 11',
      'id: 70000',
      /'70000' is out of range; write a whole number from 1 to 65535/,
    ],
    ['an id without loopback address', 'id: 11', 'id: 300', /id 300 has no address in fabric.loopbacks/],
    ['a name used twice', 'name: h2', 'name: leaf1', /the name 'leaf1' is taken/],
    ['a name that is none', 'name: h2', 'name: H_2', /'H_2' is no name; use a to z/],
    ['a link to nowhere', 'leaf2:11', 'leaf9:11', /no switch 'leaf9'; switches are leaf1, leaf2, spine1/],
    ['a link without port', 'leaf2:11', 'leaf2', /'leaf2' is no port; write switch:port/],
    ['a link to itself', 'a: leaf2:11', 'a: spine1:9', /joins spine1 with itself/],
    [
      'a port used twice',
      'spine1:2',
      'spine1:1',
      /spine1:1 is taken by link leaf1:11 to spine1:1; use another port/,
    ],
    [
      'a host on a link port',
      'switch: leaf2, port: 1',
      'switch: leaf2, port: 11',
      /leaf2:11 is taken by link/,
    ],
    [
      'the CPU port',
      'switch: leaf2, port: 1',
      'switch: leaf2, port: 510',
      /out of range; write a whole number from 1 to 509/,
    ],
    ['an address that is none', '10.0.2.1', '10.0.2', /'10.0.2' is no IPv4 address/],
    ['an address outside', '10.0.2.1', '192.168.0.1', /192.168.0.1 is outside 10.0.0.0\/8/],
    [
      'an address used twice',
      '10.0.2.1',
      '10.0.1.1',
      /10.0.1.1 is h1's; give every host an address of its own/,
    ],
    ['the service address', '10.0.2.1', '10.255.255.1', /is fabric.service's/],
    ['a group MAC address', '02:00:00:00:00:99', '01:00:00:00:00:99', /no unicast MAC address; e.g. 02:00/],
    [
      'a MAC address used twice',
      'ipv4: 10.0.2.1',
      "ipv4: 10.0.2.1, mac: '02:00:00:00:00:99'",
      /02:00:00:00:00:99 is h1's/,
    ],
    [
      'an unknown field',
      'port: 1, ipv4: 10.0.2.1',
      'port: 1, ip: 10.0.2.1',
      /unknown field 'ip'; known here: name, switch/,
    ],
    [
      'a missing field',
      ', ipv4: 10.0.2.1',
      '',
      /12:\d+: hosts\[1\].ipv4: an IPv4 address is missing; add ipv4/,
    ],
    ['a loss above 1', 'loss: 0.5', 'loss: 5', /write a number from 0 to 1/],
    [
      'a key too short',
      '0f0e0d0c0b0a09080706050403020100',
      '0f',
      /is no key of 16 bytes; write 32 hexadecimal digits/,
    ],
    ['a list that is none', /links:[\s\S]*hosts:/, 'links: 7\nhosts:', /links: must be a list/],
    ['no YAML at all', 'fabric: {', 'fabric: {{', /^fabric.yaml:\d+:\d+: .*; correct the YAML$/],
  ];
  for (const [name, from, to, message] of cases) {
    it(`refuse ${name}`, () => {
      const messages = problems(from, to);
      assert.ok(
        messages.some((line) => message.test(line)),
        messages.join('\n'),
      );
    });
  }

  it('tell all problems at once', () => {
    const messages = problems(/id: 1, grpc|loss: 0.5|10\.0\.2\.1/g, 'id: x, loss: y');
    assert.ok(messages.length >= 2, messages.join('\n'));
  });

  it('must be mappings with switches', () => {
    assert.throws(() => parseTopology('7'), /must be a mapping/);
    assert.throws(() => parseTopology('switches: []'), /no switch; add at least one/);
  });
});

describe('paths', () => {
  const file = new URL('../../../experiments/topologies/leaf-spine.yaml', import.meta.url);
  const paths = new Paths(parseTopology(readFileSync(file, 'utf8')));

  it('spread over equal next hops', () => {
    assert.equal(paths.distance('leaf1', 'leaf2'), 2);
    assert.deepEqual(
      paths.nextHops('leaf1', 'leaf2').map(({ port, peer, peerPort }) => [port, peer, peerPort]),
      [
        [11, 'spine1', 1],
        [12, 'spine2', 1],
      ],
    );
    assert.deepEqual(
      paths.nextHops('leaf3', 'spine2').map(({ port }) => port),
      [12],
    );
    assert.deepEqual(paths.nextHops('leaf1', 'leaf1'), []);
  });

  it('arrive by all ports they may', () => {
    assert.deepEqual(paths.arrivals('leaf1', 'leaf4'), [11, 12]);
    assert.deepEqual(paths.arrivals('spine1', 'leaf4'), [11]);
    assert.deepEqual(paths.arrivals('leaf4', 'leaf4'), []);
  });

  it('do not exist between parts', () => {
    const split = new Paths(
      parseTopology('switches: [{name: a, role: leaf, id: 1}, {name: b, role: leaf, id: 2}]'),
    );
    assert.equal(split.distance('a', 'b'), undefined);
    assert.deepEqual(split.nextHops('a', 'b'), []);
    assert.throws(() => split.neighbours('c'), /no switch 'c'/);
  });
});
