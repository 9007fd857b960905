import assert from 'node:assert/strict';
import { decodeSinc, readValues, SINC_SUM } from '../../wire/index.js';
import { address, checked, mac, routerMac, sincFrame } from './frames.js';
import { entry, PORTS, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { underlay } from './network.js';

const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);
const SOURCES = 3;
const PARENT_PORT = 4;

onEverySwitch('overflow of sums', (lab) => {
  let groups = 40;

  /** A group of sources at ports 1 to 3 whose sums wrap or saturate; gives its number. */
  async function group(action: 'reduce' | 'reduce_saturating', root = true): Promise<number> {
    const group = groups++;
    await lab().client.write([
      {
        type: 'insert',
        entity: {
          kind: 'multicast-group',
          group,
          replicas: [1, 2, 3].map((port) => ({ port, instance: 1 })),
        },
      },
      entry('ingress.sinc.groups', { 'hdr.sinc.group': group }, `ingress.sinc.${action}`, {
        epoch: 1,
        base: 16 * group,
        mask: 7,
        operation: SINC_SUM,
        sources: SOURCES,
        full: 2 ** SOURCES - 1,
        root: root ? 1 : 0,
        own_source: 0,
        parent_sources: 2,
        parent_port: root ? 0 : PARENT_PORT,
        members: group,
      }),
      ...[0, 1, 2].map((source) =>
        entry('ingress.sinc.sources', { group, source, ingress_port: source + 1 }, 'ingress.sinc.member', {
          bitmap: 2 ** source,
        }),
      ),
    ]);
    return group;
  }

  const opened = (frame: PortFrame | undefined) => {
    const { payload } = checked(frame?.bytes);
    const values = new Int32Array((payload.length - 16) / 4);
    readValues(payload, 16, values, 0, values.length);
    return { header: decodeSinc(payload), values };
  };

  /** What comes out when each source sends its number in lane `at`, and 1 in all others. */
  async function reduce(
    group: number,
    seq: number,
    numbers: readonly [number, number, number],
    { vectors = 1, at = 0, overflow = false, only = [0, 1, 2] } = {},
  ): Promise<PortFrame[]> {
    let out: PortFrame[] = [];
    for (const source of only) {
      const values = new Int32Array(32 * vectors).fill(1);
      values[at] = numbers[source] ?? 0;
      const header = { group, sources: SOURCES, source, seq, overflow: overflow && source === 0 };
      out = await lab().send(source + 1, sincFrame({ from: source + 1, to: 4 }, header, values));
    }
    return out;
  }

  before(async () => {
    await underlay(lab());
    await lab().client.write(
      PORTS.map((n) =>
        entry('egress.delivery.ports', { egress_port: n }, 'egress.delivery.host', {
          src_mac: routerMac(n),
          dst_mac: mac(n),
          address: address(n),
        }),
      ),
    );
  });

  it('wrap modulo 2^32, and say so', async () => {
    const wrapping = await group('reduce');
    const cases: [[number, number, number], number, boolean][] = [
      [[MOST, 0, 0], MOST, false],
      [[MOST, 1, 0], LEAST, true],
      [[LEAST, -1, 0], MOST, true],
      [[LEAST, MOST, 5], 4, false],
      [[MOST, 1, -1], MOST, true],
    ];
    for (const [seq, [numbers, sum, overflow]] of cases.entries()) {
      const out = await reduce(wrapping, seq, numbers);
      assert.equal(out.length, SOURCES);
      for (const frame of out) {
        const { header, values } = opened(frame);
        assert.deepEqual([...values], [sum, ...Array<number>(31).fill(SOURCES)], `${numbers}`);
        assert.equal(header.overflow, overflow, `${numbers}`);
      }
    }
  });

  it('saturate where the group says so, and say so', async () => {
    const saturating = await group('reduce_saturating');
    const cases: [[number, number, number], number, boolean][] = [
      [[MOST, 1, 0], MOST, true],
      [[LEAST, -1, -1], LEAST, true],
      [[MOST, MOST, -1], MOST - 1, true],
      [[LEAST, MOST, 5], 4, false],
      [[1, 2, 3], 6, false],
    ];
    for (const [seq, [numbers, sum, overflow]] of cases.entries()) {
      const { header, values } = opened((await reduce(saturating, seq, numbers))[0]);
      assert.deepEqual([...values], [sum, ...Array<number>(31).fill(SOURCES)], `${numbers}`);
      assert.equal(header.overflow, overflow, `${numbers}`);
    }
  });

  it('look at every vector', async () => {
    const saturating = await group('reduce_saturating');
    for (const at of [0, 31, 32, 95, 96, 127]) {
      const { header, values } = opened((await reduce(saturating, at, [MOST, 0, 9], { vectors: 4, at }))[0]);
      assert.equal(values[at], MOST);
      assert.equal(header.overflow, true, `lane ${at}`);
      assert.equal(values.filter((value) => value === SOURCES).length, 127);
    }
  });

  it('are told again to who asks again, and forgotten with the cell', async () => {
    const wrapping = await group('reduce');
    await reduce(wrapping, 0, [MOST, 1, 0]);
    const again = await reduce(wrapping, 0, [MOST, 1, 0], { only: [1] });
    assert.deepEqual(
      again.map(({ port }) => port),
      [2],
    );
    assert.equal(opened(again[0]).header.overflow, true);
    // The cell of SeqNum 0 is that of SeqNum 8.
    assert.equal(opened((await reduce(wrapping, 8, [1, 1, 1]))[0]).header.overflow, false);
  });

  it('go up the tree with the partial result, and are taken over from below', async () => {
    const leaf = await group('reduce', false);
    const [up, ...more] = await reduce(leaf, 0, [MOST, 1, 0]);
    assert.equal(more.length, 0);
    assert.equal(up?.port, PARENT_PORT);
    assert.equal(opened(up).header.overflow, true);
    assert.equal(opened(up).header.done, false);
    const root = await group('reduce');
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ]) {
      const seq = order[0] ?? 0;
      const out = await reduce(root, seq, [1, 1, 1], { overflow: true, only: order });
      assert.equal(opened(out[0]).header.overflow, true);
    }
  });
});
