import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Update } from '../../controller/p4runtime/index.js';
import {
  decodeCell,
  decodeSinc,
  readValues,
  SINC_BYTES,
  SINC_COMPARE_SWAP,
  SINC_FETCH_ADD,
  SINC_MAX,
  SINC_MIN,
  SINC_SUM,
  SINC_SUM_AHEAD,
} from '../../wire/index.js';
import { embedded } from '../program/embedded-lab.js';
import { address, checked, mac, routerMac, sincFrame } from '../program/frames.js';
import { entry, type Lab, PORTS, type PortFrame } from '../program/lab.js';
import { underlay } from '../program/network.js';
import { type CellRequest, CellsModel, type CellsParams } from './model/cells.js';
import { type Outcome, type Packet, ReduceModel, type ReduceParams } from './model/reduce.js';
import { Pass, RegisterArray } from './model/registers.js';

/*
 * The Tofino program's stateful logic, as a model, against the v1model program on the embedded switch: the same packets
 * in, the same packets out. What may differ, and is kept out of the sequences or not compared:
 *   O of a sum          the ALU does not say that a sum has left int32: not compared
 *   SeqNums             less than 2^30 apart
 *   vectors             as many in all packets of a group
 *   a damaged datagram  of several vectors is dropped, and its cell never completed
 *   base of a group     a multiple of its cells
 */
const RUNS = Number(process.env['SINCMESH_TNA_RUNS'] ?? 100);
const DESTINATION = 4;
const GROUP = 1;
const MASK = 7;
const TTL = 64;

interface Step {
  readonly source: number;
  readonly seq: number;
  readonly values: Int32Array;
  /** Sent this often, one after another. */
  readonly copies: number;
}

const edges = fc.oneof(fc.integer(), fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 0, -1));
const steps = fc.array(
  fc.record({
    source: fc.nat(2),
    // Close together, so that they meet, and with jumps over the window.
    seq: fc.oneof(fc.nat(3), fc.nat(20), fc.constantFrom(2 ** 30 - 22, 1 << 20)),
    values: fc.int32Array({ minLength: 32, maxLength: 32 }).chain((low) =>
      edges.map((edge) => {
        const values = Int32Array.from(low);
        values[0] = edge;
        values[31] = edge;
        return values;
      }),
    ),
    copies: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 1, maxLength: 30 },
);
/** As sources do: each sends all SeqNums in turn; the network loses, doubles and swaps them. */
const orderly = fc
  .record({
    seqs: fc.integer({ min: 1, max: 6 }),
    fate: fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }),
  })
  .map(({ seqs, fate }) => {
    const sent: Step[] = [];
    for (let round = 0; round < 2; round++) {
      for (let seq = 0; seq < seqs; seq++) {
        for (let source = 0; source < 3; source++) {
          const happens = fate[sent.length % fate.length] ?? 1;
          // Lost the first time, never the second.
          if (happens === 0 && round === 0) continue;
          const values = Int32Array.from({ length: 32 }, (_, n) => seq * 100 + source * 10 + n);
          sent.push({ source, seq, values, copies: happens === 1 ? 2 : 1 });
        }
      }
    }
    for (let at = 0; at + 1 < sent.length; at++) {
      const [a, b] = [sent[at], sent[at + 1]];
      if (fate[at % fate.length] === 2 && a !== undefined && b !== undefined)
        [sent[at], sent[at + 1]] = [b, a];
    }
    return sent;
  });

describe('The model of the Tofino program and the v1model program', function () {
  this.timeout(180_000);
  let lab: Lab;
  let runs = 0;
  /** One for each run, as the controller gives each group its own: the switch keeps its cells from test to test. */
  const epochs = fc.nat(2 ** 16 - 1).map((high) => high * 2 ** 16 + (++runs % 2 ** 16));

  before(async () => {
    lab = await embedded.start();
    await underlay(lab);
    await lab.client.write(
      PORTS.map((n) =>
        entry('egress.delivery.ports', { egress_port: n }, 'egress.delivery.host', {
          src_mac: routerMac(n),
          dst_mac: mac(n),
          address: address(n),
        }),
      ),
    );
  });
  after(() => lab.close());

  /** With these entries on the switch, and without them afterwards. */
  async function during(entries: readonly Update[], body: () => Promise<void>): Promise<void> {
    await lab.client.write(entries);
    try {
      await body();
    } finally {
      await lab.client.write(entries.map(({ entity }): Update => ({ type: 'delete', entity })).reverse());
    }
  }

  const configurations = fc.record({
    operation: fc.constantFrom(SINC_SUM, SINC_MIN, SINC_MAX, SINC_SUM_AHEAD),
    saturate: fc.boolean(),
    root: fc.boolean(),
    loopback: fc.boolean(),
    members: fc.constantFrom([1], [1, 2], [1, 2, 3]),
    epoch: epochs,
    vectors: fc.integer({ min: 1, max: 4 }),
    // All SeqNums count from here: they go round, and pass the points where another comparison is asked for.
    first: fc.constantFrom(0, 2 ** 30 - 3, 2 ** 31 - 3, 3 * 2 ** 30 - 3, 2 ** 32 - 3, 2 ** 32 - 1),
    // So many packets are on their way through the pipe at once, and leave its recirculation port in their order.
    together: fc.integer({ min: 1, max: 9 }),
  });

  for (const [how, sequences, isOrderly] of [
    ['packets in any order', steps, false],
    ['packets lost, doubled and swapped', orderly, true],
  ] as const) {
    it(`reduce gives the same packets: ${how}`, async () => {
      const model = new ReduceModel();
      await fc.assert(
        fc.asyncProperty(configurations, sequences, async (configuration, sequence) => {
          const { operation, saturate, root, loopback, members, epoch, vectors, first } = configuration;
          const full = 2 ** members.length - 1;
          // Cells of groups before: another epoch must make them anew.
          const base = ((epoch % 8) * (MASK + 1)) % 64;
          const params = { epoch, base, mask: MASK, operation, full };
          const group: ReduceParams = { ...params, saturate: saturate && operation === SINC_SUM, root };
          const action = group.saturate ? 'reduce_saturating' : 'reduce';
          const entries: Update[] = [
            {
              type: 'insert',
              entity: {
                kind: 'multicast-group',
                group: GROUP,
                replicas: members.map((port) => ({ port, instance: 1 })),
              },
            },
            entry('ingress.sinc.groups', { 'hdr.sinc.group': GROUP }, `ingress.sinc.${action}`, {
              ...params,
              sources: members.length,
              root: root ? 1 : 0,
              own_source: 5,
              parent_sources: 6,
              parent_port: root ? 0 : 4,
              members: GROUP,
            }),
            ...members.map((port, source) =>
              entry(
                'ingress.sinc.sources',
                { group: GROUP, source, ingress_port: port },
                'ingress.sinc.member',
                { bitmap: 2 ** source },
              ),
            ),
          ];
          await during(entries, async () => {
            const packets = sequence.flatMap(({ copies, ...step }) => {
              const port = members[step.source];
              const sent = { ...step, seq: (first + step.seq) >>> 0, values: several(step.values, vectors) };
              return port === undefined ? [] : Array.from({ length: copies }, () => ({ ...sent, port }));
            });
            // Whoever breaks the window rule has cells taken over under packets on their way.
            const together = isOrderly ? configuration.together : 1;
            for (let at = 0; at < packets.length; at += together) {
              const flight = packets.slice(at, at + together);
              const outcomes = inTurn(
                model,
                flight.map(({ source, seq, values }) =>
                  model.arrive(group, { seq, bitmap: 2 ** source, loopback, values }),
                ),
              );
              for (const [n, { port, values, source, seq }] of flight.entries()) {
                const header = { group: GROUP, sources: members.length, source, seq, operation, loopback };
                const frame = sincFrame({ from: port, to: DESTINATION, srcPort: 30_000 }, header, values);
                const out = (await lab.send(port, frame)).map(reduced).sort((a, b) => a.port - b.port);
                const { outcome, values: results } = outcomes[n] ?? assert.fail();
                assert.deepEqual(
                  out,
                  expected(outcome, { source, seq, sources: members.length, port, members }, results),
                );
              }
            }
          });
        }),
        { numRuns: RUNS },
      );
    });
  }

  it('a sum without what was lost or damaged between the passes never gets out', () => {
    const model = new ReduceModel();
    let seq = 0;
    const fates = fc.array(fc.constantFrom('kept', 'lost', 'damaged'), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fates, fc.integer({ min: 2, max: 4 }), fc.nat(3), (fate, vectors, repeated) => {
        seq += 1;
        const group = {
          epoch: 7,
          base: 0,
          mask: MASK,
          operation: SINC_SUM,
          saturate: false,
          full: 7,
          root: true,
        };
        const packetOf = (source: number, isDamaged: boolean) =>
          model.arrive(group, {
            ...{ seq, bitmap: 2 ** source, loopback: true, isDamaged },
            values: new Int32Array(32 * vectors).fill(10 ** source),
          });
        const complete: Int32Array[] = [];
        const queue = fate.map((what, source) => ({ what, packet: packetOf(source, what === 'damaged') }));
        for (let n = 0; n < repeated; n++) queue.push({ what: 'kept', packet: packetOf(n, false) });
        for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
          const outcome = model.pass(one.packet);
          if (outcome === 'again') {
            if (one.what !== 'lost') queue.push(one);
          } else if (outcome === 'to-group' || outcome === 'to-source') complete.push(one.packet.values);
        }
        if (fate.some((what) => what !== 'kept')) assert.deepEqual(complete, []);
        else assert.equal(complete.length, 1 + repeated);
        for (const values of complete) assert.deepEqual(values, new Int32Array(32 * vectors).fill(111));
      }),
      { numRuns: RUNS },
    );
  });

  it('cells give the same answers', async () => {
    const model = new CellsModel();
    const requests = fc.array(
      fc.record<CellRequest>({
        source: fc.nat(2),
        seq: fc.oneof(fc.nat(4), fc.nat(40)).map((seq) => (seq - 3) >>> 0),
        operation: fc.constantFrom(SINC_FETCH_ADD, SINC_COMPARE_SWAP),
        index: fc.oneof(fc.nat(3), fc.constantFrom(9, 10, 65_536, 2 ** 32 - 1)),
        operand: fc.oneof(fc.nat(2), fc.constantFrom(2 ** 32 - 1, 2 ** 31)),
        replacement: fc.nat(3),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(epochs, requests, async (epoch, sequence) => {
        // Cells and answers overlap those of the run before: another epoch must make them anew.
        const at = epoch % 1024;
        const params: CellsParams = { epoch, base: at * 4, count: 10, answers: at * 2 };
        const entries = [
          entry('ingress.sinc.groups', { 'hdr.sinc.group': GROUP }, 'ingress.sinc.cells', {
            ...params,
            sources: 3,
          }),
          ...[0, 1, 2].map((source) =>
            entry(
              'ingress.sinc.sources',
              { group: GROUP, source, ingress_port: source + 1 },
              'ingress.sinc.member',
              { bitmap: 0 },
            ),
          ),
        ];
        await during(entries, async () => {
          for (const request of sequence) {
            const { source, seq, operation } = request;
            const header = { group: GROUP, sources: 3, source, seq, operation, loopback: true };
            const frame = sincFrame({ from: source + 1, to: DESTINATION }, header, request);
            const [out, ...more] = await lab.send(source + 1, frame);
            assert.deepEqual(more, []);
            assert.deepEqual(
              out === undefined ? 'late' : answered(out, source + 1),
              model.ask(params, request),
            );
          }
        });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('The registers of the model', () => {
  it('refuse what the hardware cannot do', () => {
    const array = new RegisterArray('r', 4);
    const pass = new Pass();
    array.execute(pass, 0, 'a', () => 1);
    assert.throws(() => array.execute(pass, 1, 'a', () => 1), /r is accessed twice in one pass/);
    assert.throws(() => array.execute(new Pass(), 4, 'a', () => 1), /has no cell 4/);
    assert.throws(
      () => array.execute(new Pass(), 0, 'b', (_, alu) => [1, 2, 3].filter((n) => alu.test(n > 0)).length),
      /r.b compares 3 times/,
    );
    for (const name of ['c', 'd']) array.execute(new Pass(), 0, name, () => 0);
    assert.throws(() => array.execute(new Pass(), 0, 'e', () => 0), /more than four programs/);
  });
});

/** A vector, and others like it. */
function several(vector: Int32Array, vectors: number): Int32Array {
  return Int32Array.from({ length: 32 * vectors }, (_, n) => {
    const value = vector[n % 32] ?? 0;
    return n < 32 ? value : value ^ (n >> 5);
  });
}

interface Settled {
  readonly outcome: Outcome;
  readonly values: Int32Array;
}

/** Packets that come in one after another, and by the recirculation port in the order in which they left. */
function inTurn(model: ReduceModel, packets: readonly Packet[]): Settled[] {
  const settled = new Map<Packet, Outcome>();
  const queue = [...packets];
  for (let packet = queue.shift(); packet !== undefined; packet = queue.shift()) {
    const outcome = model.pass(packet);
    if (outcome === 'again') queue.push(packet);
    else settled.set(packet, outcome);
  }
  return packets.map((packet) => ({
    outcome: settled.get(packet) ?? assert.fail(),
    values: packet.values,
  }));
}

interface Reduced {
  readonly port: number;
  readonly done: boolean;
  readonly source: number;
  readonly sources: number;
  readonly seq: number;
  readonly ttl: number;
  readonly src: number;
  readonly dst: number;
  readonly values: readonly number[];
}

function reduced({ port, bytes }: PortFrame): Reduced {
  const { payload, ipv4 } = checked(bytes);
  const { done, source, sources, seq } = decodeSinc(payload);
  const values = new Int32Array((payload.length - SINC_BYTES) / 4);
  readValues(payload, SINC_BYTES, values, 0, values.length);
  return {
    port,
    done,
    source,
    sources,
    seq,
    ttl: ipv4.ttl,
    src: ipv4.src,
    dst: ipv4.dst,
    values: [...values],
  };
}

interface Sent {
  readonly source: number;
  readonly seq: number;
  readonly sources: number;
  readonly port: number;
  readonly members: readonly number[];
}

/** The packets that an outcome is. */
function expected(outcome: Outcome, { port, members, ...header }: Sent, values: Int32Array): Reduced[] {
  const common = { ...header, values: [...values] };
  const down = (to: number) => {
    return { ...common, port: to, done: true, ttl: TTL, src: address(DESTINATION), dst: address(to) };
  };
  const onward = {
    ...common,
    port: DESTINATION,
    ttl: TTL - 1,
    src: address(port),
    dst: address(DESTINATION),
  };
  if (outcome === 'to-group') return members.map(down);
  if (outcome === 'to-source') return [down(port)];
  if (outcome === 'result') return [{ ...onward, done: true }];
  if (outcome === 'to-parent') return [{ ...onward, done: false, source: 5, sources: 6 }];
  return [];
}

/** What came back to the source, or `untouched` where the packet went on to its destination. */
function answered({ port, bytes }: PortFrame, from: number): number | 'untouched' {
  const { payload } = checked(bytes);
  const header = decodeSinc(payload);
  if (!header.done) {
    assert.equal(port, DESTINATION);
    return 'untouched';
  }
  assert.equal(port, from);
  return decodeCell(payload, header).result;
}
