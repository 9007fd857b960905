import assert from 'node:assert/strict';
import fc from 'fast-check';
import { remove, type Update } from '../../controller/p4runtime/index.js';
import {
  FLAG_RESOLVED,
  KV_CACHED,
  KV_DELETE,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_LARGE,
  KV_PUT,
  KV_PUT_REPLY,
  KV_STAMPED,
  type Kv,
  KvStatus,
  PacketType,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { embedded } from '../program/embedded-lab.js';
import { named, namedFrame } from '../program/frames.js';
import { entry, type Lab, type PortFrame } from '../program/lab.js';
import { underlay } from '../program/network.js';
import { type CacheEntry, CacheModel, type CacheOutcome, type KvPacket } from './model/cache.js';

/*
 * The Tofino program's cache, as a model of its registers, against the v1model program: the same requests, replies and
 * evictions, the same packets. Kept out of the sequences: values of more than 64 bytes (they are not kept on Tofino), and
 * CacheModel.isNamedTooEarly.
 */
const RUNS = Number(process.env['SINCMESH_TNA_RUNS'] ?? 100);
const KEYS = 'ingress.cache.keys';
const CLIENT = 1;
const SERVER = 2;
/** Two keys that take turns in the same two places. */
/** Of the service, either of which its packets may claim with any key. */
const NAMES = ['/kv/model', '/kv/forged'];
const PLACES = [17, 18];
/** Of the kv header in a frame. */
const KV_AT = 126;
const [OP, FLAGS, STATUS, GENERATION, LENGTH, VERSION, BLOCKS] = [0, 1, 2, 3, 6, 8, 28];

interface Packet extends Omit<KvPacket, 'generation' | 'value' | 'name'> {
  readonly key: number;
  /** Which of NAMES. */
  readonly as: number;
  /** The entry's own, or another. */
  readonly isOwn: boolean;
  readonly blocks: number;
  readonly seed: number;
}

type Step = Packet | { readonly evict: number; readonly swap: boolean };

const ops = [KV_GET, KV_PUT, KV_DELETE, KV_GET_REPLY, KV_PUT_REPLY, KV_DELETE_REPLY];
const as = fc.nat(7).map((n) => (n === 0 ? 1 : 0));
const usual = {
  as,
  key: fc.nat(1),
  status: fc.constant(KvStatus.OK),
  isOwn: fc.constant(true),
  seed: fc.nat(255),
};
/** What fills an entry, and what it answers. */
const replies: fc.Arbitrary<Packet> = fc
  .record({
    ...usual,
    version: fc.nat(6),
    valueLength: fc.nat(64),
    op: fc.constantFrom(KV_GET_REPLY, KV_PUT_REPLY),
  })
  .map((packet) => ({
    ...packet,
    type: PacketType.SERVICE_DATA,
    flags: KV_STAMPED,
    blocks: Math.ceil(packet.valueLength / 16),
  }));
const gets: fc.Arbitrary<Packet> = fc.record(usual).map((packet) => ({
  ...packet,
  ...{ type: PacketType.SERVICE_REQUEST, op: KV_GET, flags: 0, version: 0, blocks: 0, valueLength: 0 },
}));
/** All others. */
const packets: fc.Arbitrary<Packet> = fc
  .record({
    key: fc.nat(1),
    as,
    isRequest: fc.boolean(),
    op: fc.oneof(
      { weight: 4, arbitrary: fc.constant(KV_GET) },
      { weight: 1, arbitrary: fc.constantFrom(...ops) },
    ),
    status: fc.oneof(
      { weight: 5, arbitrary: fc.constant(KvStatus.OK) },
      { weight: 1, arbitrary: fc.constant(KvStatus.NOT_FOUND) },
    ),
    flags: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(0, KV_STAMPED) },
      { weight: 1, arbitrary: fc.constantFrom(KV_CACHED, KV_LARGE, KV_LARGE | KV_STAMPED) },
    ),
    isOwn: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    version: fc.oneof(
      { weight: 9, arbitrary: fc.nat(6) },
      { weight: 1, arbitrary: fc.constantFrom(2 ** 31, 2 ** 32 - 1) },
    ),
    blocks: fc.nat(4),
    length: fc.oneof(fc.constant(-1), fc.nat(70), fc.constantFrom(16, 32, 48, 64, 4096)),
    isNack: fc.nat(20).map((n) => n === 0),
    seed: fc.nat(255),
  })
  .map(({ isRequest, isNack, length, op, flags, ...rest }) => {
    const type = isNack ? PacketType.NACK : isRequest ? PacketType.SERVICE_REQUEST : PacketType.SERVICE_DATA;
    // Mostly what is usual: a bare GET, a reply whose length fits its blocks.
    const isReply = type === PacketType.SERVICE_DATA;
    const blocks = isRequest && op === KV_GET && length % 3 !== 0 ? 0 : rest.blocks;
    return {
      ...rest,
      type,
      blocks,
      op: isReply && op === KV_GET ? KV_GET_REPLY : op,
      flags: isReply ? flags : 0,
      valueLength: length < 0 || length % 3 === 1 ? Math.max(0, 16 * blocks - (rest.seed % 16)) : length,
    };
  });
const sequences: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: gets },
    { weight: 3, arbitrary: replies },
    { weight: 4, arbitrary: packets },
    { weight: 1, arbitrary: fc.record({ evict: fc.nat(1), swap: fc.boolean() }) },
  ),
  { minLength: 20, maxLength: 60 },
);

describe('The cache of the Tofino program, as a model, and that of the v1model program', function () {
  this.timeout(180_000);
  let lab: Lab;
  const model = new CacheModel();
  let generation = 0;
  /** By key: where it stands. */
  let held: CacheEntry[] = [];

  before(async () => {
    lab = await embedded.start();
    await underlay(lab);
  });
  after(() => lab.close());

  const match = (key: number) => {
    const { kv } = named('/kv', '/client/a', { kv: kvOf(key, 0) });
    return { 'hdr.kv.key': BigInt(`0x${Buffer.from(kv?.key ?? []).toString('hex')}`) };
  };
  const install = (key: number): Update => entry(KEYS, match(key), 'ingress.cache.cached', { ...held[key] });
  const evict = (key: number): Update => remove({ kind: 'table-entry', table: KEYS, match: match(key) });
  /** Another generation each time, as the controller has it; it goes round. */
  const next = (): number => (generation = (generation + 1) % 256);

  async function send(packet: Packet): Promise<{ expected: CacheOutcome; out: CacheOutcome } | undefined> {
    const place = held[packet.key] ?? assert.fail();
    const value = Uint8Array.from({ length: 16 * packet.blocks }, (_, n) => (packet.seed + 7 * n) & 0xff);
    const stamp = packet.isOwn ? place.generation : (place.generation + 1) % 256;
    const isRequest = packet.type === PacketType.SERVICE_REQUEST;
    // In place of hashes: no two names have the same.
    const name = [10 + packet.as, 20 + packet.as] as const;
    const sent = { ...packet, generation: isRequest ? 0 : stamp, value, name };
    if (model.isNamedTooEarly(place, sent)) return undefined;
    const frame = frameOf(sent, NAMES[packet.as] ?? '', isRequest);
    const from = isRequest ? CLIENT : SERVER;
    const [out, ...more] = await lab.send(from, frame);
    assert.deepEqual(more, []);
    return { expected: model.pass(place, sent), out: outcomeOf(out, frame, from, place) };
  }

  it('answer, stamp and learn alike, whatever requests, replies and evictions come', async () => {
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        held = PLACES.map((index) => ({ index, generation: next() }));
        await lab.client.write([install(0), install(1)]);
        try {
          for (const [at, step] of sequence.entries()) {
            if (!('evict' in step)) {
              const sent = await send(step);
              assert.deepEqual(sent?.out, sent?.expected, `step ${at}: ${JSON.stringify(step)}`);
              if (sent?.out.what === 'answered') answers += 1;
              continue;
            }
            await lab.client.write([evict(0), evict(1)]);
            const [a, b] = held;
            assert(a !== undefined && b !== undefined);
            // A key anew in its place, or both in each other's.
            held = step.swap
              ? [
                  { ...b, generation: next() },
                  { ...a, generation: next() },
                ]
              : held.map((each, key) => (key === step.evict ? { ...each, generation: next() } : each));
            await lab.client.write([install(0), install(1)]);
          }
        } finally {
          await lab.client.write([evict(0), evict(1)]);
        }
      }),
      { numRuns: RUNS },
    );
    assert(answers > RUNS, `the cache answered ${answers} times`);
  });
});

function kvOf(key: number, blocks: number): Kv {
  const value = new Uint8Array(16 * blocks);
  return {
    ...{ op: KV_GET, flags: 0, status: KvStatus.OK, generation: 0, version: 0 },
    ...{ key: new Uint8Array(16).fill(0xa0 + key), valueLength: value.length, value },
  };
}

/** Whole blocks of any length of value: what no host would send is made by hand, without a checksum. */
function frameOf(packet: KvPacket & { key: number }, name: string, isRequest: boolean): Uint8Array {
  const kv = kvOf(packet.key, packet.value.length / 16);
  const fields = { type: packet.type, flags: FLAG_RESOLVED, instance: 3, kv };
  const frame = isRequest
    ? namedFrame({ from: CLIENT, to: SERVER }, named(name, '/client/a', fields))
    : namedFrame(
        { from: SERVER, to: CLIENT, srcPort: UDP_PORT_NAMED, dstPort: 40_000 },
        named('/client/a', name, fields),
      );
  const bytes = Buffer.from(frame);
  bytes.writeUInt16BE(0, 40);
  bytes[KV_AT + OP] = packet.op;
  bytes[KV_AT + FLAGS] = packet.flags;
  bytes[KV_AT + STATUS] = packet.status;
  bytes[KV_AT + GENERATION] = packet.generation;
  bytes.writeUInt16BE(packet.valueLength, KV_AT + LENGTH);
  bytes.writeUInt32BE(packet.version, KV_AT + VERSION);
  bytes.set(packet.value, KV_AT + BLOCKS);
  return bytes;
}

function outcomeOf(
  out: PortFrame | undefined,
  sent: Uint8Array,
  from: number,
  place: CacheEntry,
): CacheOutcome {
  assert(out !== undefined, 'nothing came out');
  const bytes = Buffer.from(out.bytes);
  const kv = bytes.subarray(KV_AT);
  if (out.port === from) {
    assert.deepEqual([kv[OP], kv[FLAGS], kv[STATUS]], [KV_GET_REPLY, KV_CACHED, KvStatus.OK]);
    const length = kv.readUInt16BE(LENGTH);
    assert.equal(bytes.length, sent.length + 16 * Math.ceil(length / 16));
    const value = Uint8Array.from(kv.subarray(BLOCKS, BLOCKS + length));
    return { what: 'answered', version: kv.readUInt32BE(VERSION), value };
  }
  const before = Buffer.from(sent).subarray(KV_AT);
  if (kv.equals(before)) return { what: 'on' };
  // Nothing else is changed.
  before[FLAGS] = (before[FLAGS] ?? 0) | KV_STAMPED;
  before[GENERATION] = place.generation;
  assert.deepEqual(kv, before);
  return { what: 'stamped' };
}
