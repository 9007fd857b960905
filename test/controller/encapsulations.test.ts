import assert from 'node:assert/strict';
import {
  ControllerError,
  type ControllerErrorCode,
  MemoryStore,
  macBytes,
  portMac,
} from '../../controller/index.js';
import {
  decodeSinc,
  decodeUdpFrame,
  ETHERTYPE_MPLS,
  encodeCell,
  encodeSinc,
  encodeUdpFrame,
  formatIpv4,
  readU16,
  readU32,
  SINC_FETCH_ADD,
  SINC_OFFSET,
  SINC_SUM,
  type SincHeader,
  sameBytes,
  toHex,
  UDP_PORT_NSH,
  UDP_PORT_SINC,
  writeValues,
} from '../../wire/index.js';
import { SmallFabric } from './small-fabric.js';

const fails = (code: ControllerErrorCode) => (error: unknown) =>
  error instanceof ControllerError && error.code === code;

describe('groups whose packets travel encapsulated', function () {
  this.timeout(20_000);
  let fabric: SmallFabric;
  /** `leaf1>spine1 nsh 10.255.0.1>10.255.0.11` for every SINC frame between switches; both its copies are compared. */
  let ways: string[] = [];
  beforeEach(async () => {
    fabric = await SmallFabric.start();
    ways = [];
    fabric.onLink = (from, to, frame) => {
      let what = 'native';
      let context = 0;
      if (readU16(frame, 12) === ETHERTYPE_MPLS) {
        what = `mpls ${(readU32(frame, 14) >>> 12).toString(16)}`;
        context = 18;
      } else if (readU16(frame, 36) === UDP_PORT_NSH) {
        what = `nsh ${formatIpv4(readU32(frame, 26))}>${formatIpv4(readU32(frame, 30))}`;
        context = 50;
      }
      if (context > 0) {
        const inner = context + 16 + 28;
        assert.ok(sameBytes(frame, context, frame, inner, 16), `copies differ: ${toHex(frame)}`);
      }
      ways.push(`${from}>${to} ${what}`);
    };
  });
  afterEach(() => fabric.stop());

  const encapsulations = () => {
    const collection = fabric.controller.collections.get('encapsulations');
    assert.ok(collection !== undefined);
    return collection;
  };

  function send(
    host: string,
    to: string,
    header: Partial<SincHeader>,
    operand: (b: Uint8Array) => void,
    bytes: number,
  ) {
    const spec = fabric.topology.hosts.get(host);
    const target = fabric.topology.hosts.get(to);
    assert.ok(spec !== undefined && target !== undefined);
    const payload = new Uint8Array(16 + bytes);
    const full: SincHeader = {
      done: false,
      loopback: true,
      group: 1,
      sources: 3,
      source: 0,
      seq: 0,
      operation: SINC_SUM,
      offset: SINC_OFFSET,
      ...header,
    };
    encodeSinc(full, payload);
    operand(payload);
    fabric.send(
      host,
      encodeUdpFrame({
        srcMac: macBytes(spec.mac),
        dstMac: macBytes(portMac(fabric.topology.switches.get(spec.switch)?.id ?? 0, spec.port)),
        src: spec.ipv4,
        dst: target.ipv4,
        srcPort: UDP_PORT_SINC,
        dstPort: UDP_PORT_SINC,
        payload,
      }),
    );
  }

  /** All three workers contribute; what each of them gets. */
  function reduce(group: number, seq: number): void {
    const hosts = ['h1', 'h2', 'h3'];
    hosts.forEach((host, source) => {
      const values = Int32Array.from({ length: 32 }, (_, i) => 100 * source + i);
      send(host, 'h1', { group, seq, source }, (b) => writeValues(b, 16, values, 0, 32), 128);
    });
    for (const host of hosts) {
      const frames = fabric.received.get(host)?.splice(0) ?? [];
      assert.equal(frames.length, 1, host);
      const { payload, ipv4 } = decodeUdpFrame(frames[0] ?? new Uint8Array());
      assert.equal(ipv4.dst, fabric.topology.hosts.get(host)?.ipv4);
      const { done, sources } = decodeSinc(payload);
      assert.deepEqual([done, sources], [true, 3]);
      for (let i = 0; i < 32; i += 1) assert.equal(readU32(payload, 16 + 4 * i), 300 + 3 * i);
    }
  }

  const reduceGroup = () =>
    fabric.controller.groups.createReduce({ hosts: ['h1', 'h2', 'h3'], operation: 'sum', window: 4 });
  const sorted = () => ways.splice(0).sort();

  it('NSH between the switches of a reduce tree, up and down', async () => {
    const { id } = await reduceGroup();
    await encapsulations().put('one', { group: id, encapsulation: 'nsh', spi: 77 });
    await fabric.settled();
    reduce(id, 0);
    assert.deepEqual(sorted(), [
      'leaf1>spine1 nsh 10.255.0.1>10.255.0.11',
      'leaf2>spine1 nsh 10.255.0.2>10.255.0.11',
      'spine1>leaf1 nsh 10.255.0.11>10.255.0.1',
      'spine1>leaf2 nsh 10.255.0.11>10.255.0.2',
    ]);
    assert.deepEqual(encapsulations().get('one')?.status, {
      switches: ['leaf1', 'spine1', 'leaf2'],
      remainingMs: null,
    });
    await encapsulations().delete('one');
    await fabric.settled();
    reduce(id, 1);
    assert.deepEqual(new Set(sorted().map((way) => way.split(' ')[1])), new Set(['native']));
  });

  it('MPLS between the switches of a reduce tree, up and down; the same after a restart, without a write', async () => {
    const store = new MemoryStore();
    await fabric.replaceController(store);
    const { id } = await reduceGroup();
    await encapsulations().put('one', { group: id, encapsulation: 'mpls', trafficClass: 5 });
    await fabric.settled();
    const expected = ['leaf1>spine1', 'leaf2>spine1', 'spine1>leaf1', 'spine1>leaf2'].map(
      (way) => `${way} mpls 51000`,
    );
    reduce(id, 0);
    assert.deepEqual(sorted(), expected);
    await fabric.replaceController(store);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
    reduce(id, 1);
    assert.deepEqual(sorted(), expected);
    await fabric.controller.groups.delete(id);
    await fabric.settled();
    assert.deepEqual(encapsulations().get('one')?.status, { switches: [], remainingMs: null });
  });

  for (const encapsulation of ['nsh', 'mpls'] as const) {
    it(`${encapsulation} on the way to the leaf of a cells group, past a switch that only passes it on`, async () => {
      const group = await fabric.controller.groups.createCells({
        hosts: ['h1', 'h3'],
        cells: 4,
        destination: 'h3',
      });
      await encapsulations().put('one', { group: group.id, encapsulation });
      await fabric.settled();
      for (const [seq, before] of [
        [1, 0],
        [2, 9],
      ] as const) {
        const header = { group: group.id, sources: 2, source: 0, seq, operation: SINC_FETCH_ADD };
        send(
          'h1',
          'h3',
          header,
          (b) => encodeCell({ index: 3, operand: 9, replacement: 0, result: 0 }, b, 16),
          16,
        );
        const [frame] = fabric.received.get('h1')?.splice(0) ?? [];
        const { payload } = decodeUdpFrame(frame ?? new Uint8Array());
        assert.equal(decodeSinc(payload).done, true);
        assert.equal(readU32(payload, 16 + 12), before);
        const how = encapsulation === 'nsh' ? 'nsh 10.255.0.1>10.255.0.2' : 'mpls 51000';
        assert.deepEqual(ways.splice(0), [
          `leaf1>spine1 ${how}`,
          `spine1>leaf2 ${how}`,
          'leaf2>spine1 native',
          'spine1>leaf1 native',
        ]);
      }
    });
  }

  it('waits for a group that is not there yet, and refuses what is wrong', async () => {
    await encapsulations().put('one', { group: 1, encapsulation: 'nsh' });
    await assert.rejects(encapsulations().put('two', { group: 1, encapsulation: 'mpls' }), fails('CONFLICT'));
    await assert.rejects(
      encapsulations().put('two', { group: 2, encapsulation: 'ipip' }),
      fails('BAD_REQUEST'),
    );
    await assert.rejects(encapsulations().put('two', { encapsulation: 'nsh' }), fails('BAD_REQUEST'));
    await assert.rejects(encapsulations().delete('two'), fails('NOT_FOUND'));
    assert.equal((await reduceGroup()).id, 1);
    await fabric.settled();
    reduce(1, 0);
    assert.ok(sorted().every((way) => way.includes(' nsh ')));
  });
});
