import assert from 'node:assert/strict';
import { modify } from '../../controller/p4runtime/index.js';
import {
  decodeSinc,
  MAX_VECTORS,
  readU16,
  readU32,
  readValues,
  SINC_COMPARE_SWAP,
  SINC_FETCH_ADD,
  SINC_MAX,
  SINC_MIN,
  SINC_SUM,
  SINC_SUM_AHEAD,
  type SincHeader,
  UDP_PORT_SINC,
  writeU16,
} from '../../wire/index.js';
import {
  address,
  checked,
  type Ends,
  mac,
  macBytes,
  routerMac,
  routerMacBytes,
  sincFrame,
} from './frames.js';
import { counted, entry, type Lab, type Params, PORTS, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { underlay } from './network.js';

const LATE = 8;
const REPEATED = 9;
const UDP_CHECKSUM_AT = 40;

interface Group {
  readonly group: number;
  readonly base: number;
  readonly mask?: number;
  readonly epoch?: number;
  readonly operation?: number;
  readonly root?: boolean;
  readonly members: readonly number[];
}

const full = (group: Group): number => 2 ** group.members.length - 1;

function reduceParams(group: Group): Params {
  return {
    epoch: group.epoch ?? 1,
    base: group.base,
    mask: group.mask ?? 7,
    operation: group.operation ?? SINC_SUM,
    sources: group.members.length,
    full: full(group),
    root: group.root === false ? 0 : 1,
    own_source: 5,
    parent_sources: 6,
    parent_port: group.root === false ? 4 : 0,
    members: group.group,
  };
}

/** A reduce group whose source i sits behind port members[i]. */
async function makeReduce(lab: Lab, group: Group): Promise<void> {
  await lab.client.write([
    {
      type: 'insert',
      entity: {
        kind: 'multicast-group',
        group: group.group,
        replicas: group.members.map((port) => ({ port, instance: 1 })),
      },
    },
    entry(
      'ingress.sinc.groups',
      { 'hdr.sinc.group': group.group },
      'ingress.sinc.reduce',
      reduceParams(group),
    ),
    ...group.members.map((port, source) =>
      entry(
        'ingress.sinc.sources',
        { group: group.group, source, ingress_port: port },
        'ingress.sinc.member',
        { bitmap: 2 ** source },
      ),
    ),
  ]);
}

interface Contribution {
  readonly group: Group;
  readonly source: number;
  readonly seq: number;
  readonly values: Int32Array;
  readonly loopback?: boolean;
}

const DESTINATION = 4;

/** The frame a source sends; every host addresses the group's fallback, station 4. */
function contribution(c: Contribution, changes: Partial<SincHeader> = {}): Uint8Array {
  const ends: Ends = { from: c.group.members[c.source] ?? 0, to: DESTINATION, srcPort: 30_000 + c.source };
  return sincFrame(
    ends,
    {
      group: c.group.group,
      sources: c.group.members.length,
      source: c.source,
      seq: c.seq,
      operation: c.group.operation ?? SINC_SUM,
      loopback: c.loopback ?? true,
      ...changes,
    },
    c.values,
  );
}

function contribute(lab: Lab, c: Contribution, changes: Partial<SincHeader> = {}): Promise<PortFrame[]> {
  return lab.send(c.group.members[c.source] ?? 0, contribution(c, changes));
}

/** Header and values of a SINC frame, checksums verified. */
function opened(frame: Uint8Array | undefined) {
  const layers = checked(frame);
  const header = decodeSinc(layers.payload);
  const values = new Int32Array((layers.payload.length - 16) / 4);
  readValues(layers.payload, 16, values, 0, values.length);
  return { ...layers, header, values };
}

/** Asserts that `out` is the result, once for each of `ports`, each addressed to the station there. */
function assertResult(out: PortFrame[], ports: readonly number[], values: Int32Array): void {
  assert.deepEqual(out.map(({ port }) => port).sort(), [...ports].sort());
  for (const { port, bytes } of out) {
    const result = opened(bytes);
    assert.equal(result.header.done, true);
    assert.deepEqual(result.values, values);
    assert.equal(result.ipv4.dst, address(port));
    assert.equal(result.ipv4.src, address(DESTINATION));
    assert.equal(result.udp.dstPort, UDP_PORT_SINC);
    assert.deepEqual(
      Buffer.from(bytes.subarray(0, 12)),
      Buffer.concat([macBytes(port), routerMacBytes(port)]),
    );
    assert.notEqual(result.udp.checksum, 0);
  }
}

/** Asserts that `out` is `frame`, sent on to the fallback as plain IPv4. */
function assertUntouched(out: PortFrame[], frame: Uint8Array, what: string): void {
  assert.deepEqual(
    out.map(({ port }) => port),
    [DESTINATION],
    what,
  );
  assert.deepEqual(out[0]?.bytes.subarray(34), frame.subarray(34), what);
  assert.equal(out[0]?.bytes[22], 63, what);
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const fill = (vectors: number, of: (i: number) => number): Int32Array =>
  Int32Array.from({ length: 32 * vectors }, (_, i) => of(i));

onEverySwitch('SINC reduce', (lab) => {
  let nextGroup = 1;
  /** A group with cells of its own. */
  async function group(of: Partial<Group> = {}): Promise<Group> {
    const number = nextGroup++;
    const made: Group = { group: number, base: 16 * number, members: [1, 2, 3], ...of };
    await makeReduce(lab(), made);
    return made;
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

  for (const [name, operation, of] of [
    ['SUM', SINC_SUM, (a: number, b: number) => (a + b) | 0],
    ['MIN', SINC_MIN, (a: number, b: number) => Math.min(a, b)],
    ['MAX', SINC_MAX, (a: number, b: number) => Math.max(a, b)],
    [
      'SUM with the exponent of the next block',
      SINC_SUM_AHEAD,
      (a: number, b: number, i: number) => (i % 32 === 31 ? Math.max(a, b) : (a + b) | 0),
    ],
  ] as const) {
    it(`${name} over 1 to 4 vectors goes to the whole group`, async () => {
      const made = await group({ operation });
      const draw = random(operation);
      for (let vectors = 1; vectors <= MAX_VECTORS; vectors++) {
        const inputs = made.members.map(() => fill(vectors, () => (draw() * 2 ** 32) | 0));
        const expected = fill(vectors, (i) => inputs.map((v) => v[i] ?? 0).reduce((a, b) => of(a, b, i)));
        const outs: PortFrame[][] = [];
        for (const [source, values] of inputs.entries()) {
          outs.push(await contribute(lab(), { group: made, source, seq: vectors, values }));
        }
        assert.deepEqual(outs.slice(0, -1), [[], []]);
        assertResult(outs.at(-1) ?? [], made.members, expected);
      }
    });
  }

  it('a repetition before the result changes nothing, after it brings the result to that source alone', async () => {
    const made = await group();
    const of = (source: number) => ({
      group: made,
      source,
      seq: 1,
      values: fill(1, (i) => i * (source + 1)),
    });
    const expected = fill(1, (i) => i * 6);
    const before = await counted(lab(), 'ingress.drops', REPEATED);
    await contribute(lab(), of(0));
    assert.deepEqual(await contribute(lab(), of(0)), []);
    assert.equal(await counted(lab(), 'ingress.drops', REPEATED), before + 1);
    await contribute(lab(), of(1));
    assertResult(await contribute(lab(), of(2)), [1, 2, 3], expected);
    assertResult(await contribute(lab(), of(1)), [2], expected);
    assertResult(await contribute(lab(), of(0)), [1], expected);
  });

  it('drops what is older than its cell, and lets newer and other epochs take the cell over', async () => {
    const made = await group({ members: [1, 2], mask: 1 });
    const sum = async (seq: number, by: number) => {
      const values = fill(1, (i) => i + by);
      assert.deepEqual(await contribute(lab(), { group: made, source: 0, seq, values }), []);
      assertResult(
        await contribute(lab(), { group: made, source: 1, seq, values }),
        [1, 2],
        fill(1, (i) => 2 * (i + by)),
      );
    };
    await sum(0xfffffffe, 1);
    await sum(0, 2);
    const before = await counted(lab(), 'ingress.drops', LATE);
    const values = fill(1, () => 100);
    assert.deepEqual(await contribute(lab(), { group: made, source: 0, seq: 0xfffffffe, values }), []);
    assert.equal(await counted(lab(), 'ingress.drops', LATE), before + 1);
    await sum(2, 3);
    const next = { ...made, epoch: 2 };
    await lab().client.write([
      modify({
        kind: 'table-entry',
        table: 'ingress.sinc.groups',
        match: { 'hdr.sinc.group': made.group },
        action: { kind: 'action', name: 'ingress.sinc.reduce', params: reduceParams(next) },
      }),
    ]);
    await sum(0, 4);
  });

  it('sends the result on to the destination where L is 0', async () => {
    const made = await group({ members: [1, 2] });
    const of = (source: number) => ({
      group: made,
      source,
      seq: 3,
      values: fill(2, (i) => i),
      loopback: false,
    });
    assert.deepEqual(await contribute(lab(), of(0)), []);
    for (const source of [1, 1]) {
      const [out, ...more] = await contribute(lab(), of(source));
      assert.equal(more.length, 0);
      assert.equal(out?.port, DESTINATION);
      const result = opened(out?.bytes);
      assert.equal(result.header.done, true);
      assert.deepEqual(
        result.values,
        fill(2, (i) => 2 * i),
      );
      assert.equal(result.ipv4.dst, address(DESTINATION));
    }
  });

  it('a switch below the root sends one partial up, and the result from above down', async () => {
    const made = await group({ members: [1, 2], root: false });
    const of = (source: number) => ({ group: made, source, seq: 9, values: fill(1, (i) => i + source) });
    const partial = fill(1, (i) => 2 * i + 1);
    assert.deepEqual(await contribute(lab(), of(0)), []);
    const last = contribution(of(1));
    for (const [port, frame] of [
      [2, last],
      [2, last],
      [1, contribution(of(0))],
    ] as const) {
      const [up, ...more] = await lab().send(port, frame);
      assert.equal(more.length, 0);
      assert.equal(up?.port, 4);
      const { header, values, ipv4 } = opened(up?.bytes);
      assert.deepEqual(values, partial);
      assert.deepEqual(
        { done: header.done, source: header.source, sources: header.sources, seq: header.seq },
        { done: false, source: 5, sources: 6, seq: 9 },
      );
      assert.equal(ipv4.dst, address(DESTINATION));
      assert.equal(ipv4.ttl, 63);
    }
    const values = fill(1, (i) => 7 * i);
    const done = { done: true, group: made.group, sources: 6, source: 2, seq: 9, loopback: true };
    const down = await lab().send(4, sincFrame({ from: 4, to: 3 }, done, values));
    assert.deepEqual(down.map(({ port }) => port).sort(), [1, 2]);
    for (const { port, bytes } of down) {
      const result = opened(bytes);
      assert.deepEqual(result.values, values);
      assert.equal(result.header.sources, 2);
      assert.equal(result.ipv4.dst, address(port));
      assert.equal(result.ipv4.src, address(4));
      assert.equal(result.ipv4.ttl, 63);
    }
    const elsewhere = sincFrame({ from: 3, to: 4 }, done, values);
    assertUntouched(await lab().send(3, elsewhere), elsewhere, 'a result from another port');
  });

  it('sends on what it cannot compute, untouched', async () => {
    const made = await group();
    const base = { group: made, source: 0, seq: 1, values: fill(1, (i) => i) };
    const frames: [string, number, Uint8Array][] = [
      ['unknown group', 1, contribution(base, { group: 0xabcdef })],
      ['another number of sources', 1, contribution(base, { sources: 4 })],
      ['another operation', 1, contribution(base, { operation: SINC_MIN })],
      ['a cell operation', 1, contribution(base, { operation: SINC_FETCH_ADD })],
      ['another offset', 1, contribution(base, { offset: 20 })],
      ['another port', 2, contribution(base)],
      ['a source that is none', 1, contribution(base, { source: 2 })],
      ['a result', 1, contribution(base, { done: true })],
    ];
    const wrong = contribution(base);
    writeU16(wrong, UDP_CHECKSUM_AT, readU16(wrong, UDP_CHECKSUM_AT) ^ 0x0400);
    frames.push(['a wrong checksum', 1, wrong]);
    const damaged = contribution(base);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    frames.push(['a damaged operand', 1, damaged]);
    const cell = sincFrame({ from: 1, to: 4 }, { group: made.group, sources: 3 }, { index: 0, operand: 1 });
    frames.push(['a cell', 1, cell]);
    for (const [what, port, frame] of frames) assertUntouched(await lab().send(port, frame), frame, what);

    // None of them has left anything behind.
    await contribute(lab(), base);
    const longer = contribution({ ...base, source: 1, values: fill(2, (i) => i) });
    assertUntouched(await lab().send(2, longer), longer, 'another length than the first');
    await contribute(lab(), { ...base, source: 1 });
    assertResult(
      await contribute(lab(), { ...base, source: 2 }),
      [1, 2, 3],
      fill(1, (i) => 3 * i),
    );
  });

  it('computes what has no checksum, and gives the result one', async () => {
    const made = await group({ members: [1] });
    const frame = contribution({ group: made, source: 0, seq: 0, values: fill(4, (i) => -i) });
    writeU16(frame, UDP_CHECKSUM_AT, 0);
    assertResult(
      await lab().send(1, frame),
      [1],
      fill(4, (i) => -i),
    );
  });

  it('accepts the checksum 0xffff, and writes it for 0', async () => {
    const made = await group({ members: [1] });
    // In each case the first element takes what makes the sum come out as 0.
    const checksumOf = (frame: Uint8Array) => readU16(frame, UDP_CHECKSUM_AT);
    const arriving = fill(1, () => 0);
    const request = () => contribution({ group: made, source: 0, seq: 0, values: arriving });
    arriving[0] = checksumOf(request());
    assert.equal(checksumOf(request()), 0xffff);
    assertResult(await lab().send(1, request()), [1], arriving);

    const leaving = fill(1, () => 0);
    const result = () =>
      sincFrame(
        { from: DESTINATION, to: 1, srcPort: 30_000 },
        { group: made.group, seq: 1, done: true },
        leaving,
      );
    leaving[0] = checksumOf(result());
    const out = await contribute(lab(), { group: made, source: 0, seq: 1, values: leaving });
    assertResult(out, [1], leaving);
    assert.equal(checksumOf(out[0]?.bytes ?? new Uint8Array(64)), 0xffff);
  });

  it('gives right sums whatever is lost, repeated or late', async () => {
    const made = await group({ mask: 3, members: [1, 2, 3] });
    const window = 2;
    const draw = random(20_240_607);
    const rounds = 12;
    const inputs = made.members.map(() =>
      Array.from({ length: rounds }, () => fill(1, () => (draw() * 2 ** 32) | 0)),
    );
    const expected = Array.from({ length: rounds }, (_, seq) =>
      fill(1, (i) => inputs.reduce((sum, of) => (sum + (of[seq]?.[i] ?? 0)) | 0, 0)),
    );
    const has = made.members.map(() => new Set<number>());
    const late: [number, Uint8Array][] = [];
    for (let step = 0; has.some((done) => done.size < rounds); step++) {
      assert(step < 600, 'stuck');
      const source = Math.floor(draw() * 3);
      const done = has[source] ?? new Set();
      let seq = 0;
      while (done.has(seq)) seq++;
      if (draw() < 0.4 && !done.has(seq + 1)) seq++;
      if (seq >= rounds || (seq >= window && !done.has(seq - window))) continue;
      const values = inputs[source]?.[seq] ?? fill(1, () => 0);
      const frame = contribution({ group: made, source, seq, values });
      if (draw() < 0.1) late.push([made.members[source] ?? 0, frame]);
      if (draw() < 0.1) continue;
      const outs = await lab().send(made.members[source] ?? 0, frame);
      if (draw() < 0.2 && late.length > 0) {
        const [port, old] = late.splice(Math.floor(draw() * late.length), 1)[0] ?? [1, frame];
        outs.push(...(await lab().send(port, old)));
      }
      for (const { port, bytes } of outs) {
        if (draw() < 0.1) continue;
        const { header, values: got } = opened(bytes);
        assert.equal(header.done, true);
        assert.deepEqual(got, expected[header.seq]);
        has[made.members.indexOf(port)]?.add(header.seq);
      }
    }
  });
});

onEverySwitch('SINC cells', (lab) => {
  let nextGroup = 100;
  interface CellGroup {
    readonly group: number;
    readonly base: number;
    readonly answers: number;
    readonly epoch: number;
  }
  const params = (of: CellGroup): Params => ({
    epoch: of.epoch,
    base: of.base,
    count: 16,
    answers: of.answers,
    sources: 3,
  });
  async function group(): Promise<CellGroup> {
    const number = nextGroup++;
    const made = { group: number, base: number * 16, answers: number * 8, epoch: 1 };
    await lab().client.write([
      entry('ingress.sinc.groups', { 'hdr.sinc.group': number }, 'ingress.sinc.cells', params(made)),
      ...[1, 2, 3].map((port) =>
        entry(
          'ingress.sinc.sources',
          { group: number, source: port - 1, ingress_port: port },
          'ingress.sinc.member',
          {
            bitmap: 0,
          },
        ),
      ),
    ]);
    return made;
  }
  interface Request {
    readonly source: number;
    readonly seq: number;
    readonly operation: number;
    readonly index: number;
    readonly operand: number;
    readonly replacement?: number;
    readonly loopback?: boolean;
  }
  function frameOf(of: CellGroup, r: Request, changes: Partial<SincHeader> = {}): Uint8Array {
    return sincFrame(
      { from: r.source + 1, to: DESTINATION, srcPort: 31_000 },
      {
        group: of.group,
        sources: 3,
        source: r.source,
        seq: r.seq,
        operation: r.operation,
        loopback: r.loopback ?? true,
        ...changes,
      },
      { index: r.index, operand: r.operand, replacement: r.replacement ?? 0 },
    );
  }
  /** The answer's result, after checking that it is an answer to this request. */
  async function ask(of: CellGroup, r: Request): Promise<number> {
    const frame = frameOf(of, r);
    const [out, ...more] = await lab().send(r.source + 1, frame);
    assert.equal(more.length, 0);
    assert.equal(out?.port, r.source + 1);
    const { ipv4, udp, payload } = checked(out?.bytes);
    assert.equal(ipv4.src, address(DESTINATION));
    assert.equal(ipv4.dst, address(r.source + 1));
    assert.equal(udp.srcPort, UDP_PORT_SINC);
    assert.equal(udp.dstPort, 31_000);
    const expected = frame.slice(42);
    expected[0] = 3;
    expected.set(payload.subarray(28, 32), 28);
    assert.deepEqual(Buffer.from(payload), Buffer.from(expected));
    return readU32(payload, 28);
  }
  const add = (source: number, seq: number, index: number, operand: number): Request => ({
    source,
    seq,
    operation: SINC_FETCH_ADD,
    index,
    operand,
  });
  const swap = (
    source: number,
    seq: number,
    index: number,
    operand: number,
    replacement: number,
  ): Request => ({
    source,
    seq,
    operation: SINC_COMPARE_SWAP,
    index,
    operand,
    replacement,
  });

  before(() => underlay(lab()));

  it('fetch-and-add counts on, modulo 2^32', async () => {
    const made = await group();
    assert.equal(await ask(made, add(0, 1, 0, 5)), 0);
    assert.equal(await ask(made, add(1, 1, 0, 0xffffffff)), 5);
    assert.equal(await ask(made, add(2, 1, 0, 1)), 4);
    assert.equal(await ask(made, add(0, 2, 1, 7)), 0);
    assert.equal(await ask(made, add(0, 3, 0, 0)), 5);
  });

  it('compare-and-swap swaps where the value is the expected one', async () => {
    const made = await group();
    assert.equal(await ask(made, swap(0, 1, 3, 0, 10)), 0);
    assert.equal(await ask(made, swap(1, 1, 3, 0, 11)), 10);
    assert.equal(await ask(made, swap(1, 2, 3, 10, 0xfffffff0)), 10);
    assert.equal(await ask(made, add(2, 1, 3, 0)), 0xfffffff0);
  });

  it('gives a repeated request its first answer, and drops an older one', async () => {
    const made = await group();
    assert.equal(await ask(made, add(0, 0xffffffff, 0, 1)), 0);
    assert.equal(await ask(made, add(1, 5, 0, 1)), 1);
    assert.equal(await ask(made, add(0, 0xffffffff, 0, 1)), 0);
    assert.equal(await ask(made, add(0, 3, 0, 1)), 2);
    const before = await counted(lab(), 'ingress.drops', LATE);
    assert.deepEqual(await lab().send(1, frameOf(made, add(0, 0xffffffff, 0, 1))), []);
    assert.equal(await counted(lab(), 'ingress.drops', LATE), before + 1);
    assert.equal(await ask(made, add(1, 6, 0, 0)), 3);
  });

  it('starts from 0 in another epoch', async () => {
    const made = await group();
    assert.equal(await ask(made, add(0, 9, 2, 50)), 0);
    assert.equal(await ask(made, add(0, 10, 2, 1)), 50);
    const next = { ...made, epoch: 2 };
    await lab().client.write([
      modify({
        kind: 'table-entry',
        table: 'ingress.sinc.groups',
        match: { 'hdr.sinc.group': made.group },
        action: { kind: 'action', name: 'ingress.sinc.cells', params: params(next) },
      }),
    ]);
    assert.equal(await ask(next, add(0, 3, 2, 4)), 0);
    assert.equal(await ask(next, add(0, 4, 2, 0)), 4);
  });

  it('sends the answer on to the destination where L is 0', async () => {
    const made = await group();
    const [out] = await lab().send(1, frameOf(made, { ...add(0, 1, 0, 1), loopback: false }));
    assert.equal(out?.port, DESTINATION);
    const { payload, ipv4 } = checked(out?.bytes);
    assert.equal(decodeSinc(payload).done, true);
    assert.equal(ipv4.dst, address(DESTINATION));
    assert.equal(ipv4.src, address(1));
  });

  it('sends on what it cannot execute, untouched', async () => {
    const made = await group();
    const request = add(0, 1, 0, 1);
    for (const [what, port, frame] of [
      ['an index past the end', 1, frameOf(made, { ...request, index: 16 })],
      ['an unknown operation', 1, frameOf(made, { ...request, operation: 18 })],
      ['another number of sources', 1, frameOf(made, request, { sources: 2 })],
      ['another port', 2, frameOf(made, request)],
      ['another offset', 1, frameOf(made, request, { offset: 32 })],
      ['an answer', 1, frameOf(made, request, { done: true })],
    ] as const) {
      assertUntouched(await lab().send(port, frame), frame, what);
    }
    const vectors = sincFrame(
      { from: 1, to: 4 },
      { group: made.group, sources: 3, operation: SINC_FETCH_ADD },
      fill(1, () => 1),
    );
    assertUntouched(await lab().send(1, vectors), vectors, 'a vector');
    assert.equal(await ask(made, request), 0, 'nothing has been executed');
  });
});
