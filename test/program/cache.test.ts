import assert from 'node:assert/strict';
import { insert, modify, remove } from '../../controller/p4runtime/index.js';
import {
  FLAG_KV,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  FLAG_TELEMETRY,
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
  type NamedPacket,
  PacketType,
  readU16,
  sipHash128,
  toHex,
  UDP_PORT_NAMED,
  writeU16,
} from '../../wire/index.js';
import { checkedNamed, digestOf, type Ends, KEY, named, namedFrame, onward } from './frames.js';
import { counted, entry, prefix } from './lab.js';
import { onEverySwitch } from './labs.js';
import { underlay } from './network.js';

/** Clients sit behind port 1, the server behind port 2. */
const CLIENT = 1;
const SERVER = 2;
const KEYS = 'ingress.cache.keys';
/** DropReason of a wrong checksum. */
const CHECKSUM = 2;
/** Where it stands in a frame. */
const UDP_CHECKSUM = 40;

/** How a server's answer travels. */
const BACK: Ends = { from: SERVER, to: CLIENT, srcPort: UDP_PORT_NAMED, dstPort: 40_000 };

const keyOf = (name: string): Uint8Array => sipHash128(KEY.bytes, new TextEncoder().encode(name));
const number = (key: Uint8Array): bigint => BigInt(`0x${toHex(key)}`);

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const bytes = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 7) & 0xff);

interface KvFields extends Partial<Kv> {
  readonly op: number;
}

const kv = (name: string, fields: KvFields): Kv => ({
  flags: 0,
  status: KvStatus.OK,
  generation: 0,
  version: 0,
  key: keyOf(name),
  valueLength: fields.value?.length ?? 0,
  value: new Uint8Array(0),
  ...fields,
});

const request = (name: string, fields: KvFields): NamedPacket =>
  named(name, '/client/a', { flags: FLAG_RESOLVED, instance: 3, kv: kv(name, fields) });

const response = (name: string, fields: KvFields): NamedPacket =>
  named('/client/a', name, {
    type: PacketType.SERVICE_DATA,
    flags: FLAG_RESOLVED,
    kv: kv(name, fields),
    payload: new Uint8Array(0),
  });

onEverySwitch('the cache', (lab) => {
  let nextIndex = 10;

  before(async () => {
    await underlay(lab());
    await lab().client.write([
      entry('ingress.cache.services', { name: prefix(digestOf('/watched'), 32) }, 'ingress.cache.watch', {
        threshold: 5,
      }),
      insert({ kind: 'digest', digest: 'hot_key_t', maxTimeoutNs: 0, maxListSize: 1, ackTimeoutNs: 0 }),
    ]);
  });

  const cachedEntry = (name: string, index: number, generation: number) =>
    entry(KEYS, { 'hdr.kv.key': number(keyOf(name)) }, 'ingress.cache.cached', { index, generation });

  /** A cached key with an entry of its own. */
  async function cache(name: string, generation = 1): Promise<number> {
    const index = nextIndex++;
    await lab().client.write([cachedEntry(name, index, generation)]);
    return index;
  }

  /** What comes out, and where, for a request of the client. */
  async function ask(name: string, fields: KvFields) {
    const sent = request(name, fields);
    const [out, ...more] = await lab().send(CLIENT, namedFrame({ from: CLIENT, to: SERVER }, sent));
    assert.equal(more.length, 0);
    const { packet } = checkedNamed(out?.bytes);
    assert(packet.kv !== undefined);
    return { port: out?.port, bytes: out?.bytes, kv: packet.kv, sent };
  }

  /** Sends a reply of the server, and asserts that it passes unchanged. */
  async function reply(name: string, fields: KvFields): Promise<void> {
    const sent = response(name, fields);
    const [out] = await lab().send(SERVER, namedFrame(BACK, sent));
    assert.equal(out?.port, CLIENT);
    assert.deepEqual(out?.bytes, onward({ ...BACK, ttl: 63 }, { ...sent, hopLimit: 63 }));
  }

  /** Fills the entry: a stamped GET reaches the server, and its reply comes back. */
  async function fill(name: string, version: number, value: Uint8Array): Promise<void> {
    const { port, kv: stamped } = await ask(name, { op: KV_GET });
    assert.equal(port, SERVER);
    assert.equal(stamped.flags, KV_STAMPED);
    await reply(name, {
      op: KV_GET_REPLY,
      flags: KV_STAMPED,
      generation: stamped.generation,
      version,
      value,
    });
  }

  it('stamps a GET of an empty entry, then answers from the reply: every length', async () => {
    for (const length of [0, 1, 15, 16, 17, 64, 127, 128]) {
      const name = `/kv/length-${length}`;
      const index = await cache(name, 9);
      const value = bytes(length, length);
      await fill(name, 70 + length, value);
      const before = await counted(lab(), 'ingress.cache.hits', index);
      const { port, bytes: answer, sent } = await ask(name, { op: KV_GET });
      assert.equal(port, CLIENT);
      const expected: NamedPacket = {
        ...sent,
        type: PacketType.SERVICE_DATA,
        flags: FLAG_RESOLVED | FLAG_SWAPPED | FLAG_KV,
        dst: sent.src,
        src: sent.dst,
        dstComponents: sent.srcComponents,
        srcComponents: sent.dstComponents,
        kv: kv(name, { op: KV_GET_REPLY, flags: KV_CACHED, version: 70 + length, value }),
      };
      assert.deepEqual(answer, onward({ ...BACK, ttl: 63 }, expected));
      assert.equal(await counted(lab(), 'ingress.cache.hits', index), before + 1);
    }
  });

  it('answers with its record in front, the largest value behind as many records as there can be', async () => {
    const name = '/kv/far';
    await cache(name);
    const value = bytes(128, 8);
    await fill(name, 1, value);
    const hop = { switchId: 9, ingressPort: 2, egressPort: 3, queueDepth: 4, ingressTime: 5, egressTime: 6 };
    for (const have of [0, 7, 8]) {
      const asking = {
        ...request(name, { op: KV_GET }),
        flags: FLAG_RESOLVED | FLAG_TELEMETRY,
        telemetry: { hops: Array.from({ length: have }, () => hop), dropped: 0 },
      };
      const [out] = await lab().send(CLIENT, namedFrame({ from: CLIENT, to: SERVER }, asking));
      assert.equal(out?.port, CLIENT);
      const { packet } = checkedNamed(out?.bytes);
      assert.deepEqual(packet.kv?.value, value);
      assert.equal(packet.telemetry?.hops.length, Math.min(8, have + 1));
      assert.equal(packet.telemetry?.dropped, have === 8 ? 1 : 0);
    }
  });

  it('keeps nothing of a damaged reply: it would give it out as right', async () => {
    const name = '/kv/damaged';
    await cache(name);
    const { kv: stamped } = await ask(name, { op: KV_GET });
    const hop = { switchId: 9, ingressPort: 2, egressPort: 3, queueDepth: 4, ingressTime: 5, egressTime: 6 };
    const sent = {
      ...response(name, {
        ...{ op: KV_GET_REPLY, flags: KV_STAMPED, generation: stamped.generation, version: 1 },
        value: bytes(40, 1),
      }),
      flags: FLAG_RESOLVED | FLAG_TELEMETRY,
      telemetry: { hops: [hop, hop], dropped: 0 },
    };
    const frame = namedFrame(BACK, sent);
    const dropped = await counted(lab(), 'ingress.drops', CHECKSUM);
    // A digest, a record, the version, the value, the text.
    const places = [70, 134, 178, 200, frame.length - 1];
    for (const place of places) {
      const damaged = frame.slice();
      damaged[place] = (damaged[place] ?? 0) ^ 0x40;
      assert.deepEqual(await lab().send(SERVER, damaged), [], `byte ${place}`);
    }
    assert.equal(await counted(lab(), 'ingress.drops', CHECKSUM), dropped + places.length);
    assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
    assert.equal((await lab().send(SERVER, frame))[0]?.port, CLIENT);
    assert.deepEqual((await ask(name, { op: KV_GET })).kv.value, bytes(40, 1));
  });

  it('takes a reply with every spelling of its checksum', async () => {
    const name = '/kv/zero';
    await cache(name);
    const { kv: stamped } = await ask(name, { op: KV_GET });
    const sent = (version: number) =>
      namedFrame(
        BACK,
        response(name, {
          ...{ op: KV_GET_REPLY, flags: KV_STAMPED, generation: stamped.generation, version },
          value: bytes(2, 1),
        }),
      );
    // A version for which the sum comes out as zero, which is sent as 0xffff; and no checksum at all.
    let version = 1;
    while (readU16(sent(version), UDP_CHECKSUM) !== 0xffff) version += 1;
    assert.equal((await lab().send(SERVER, sent(version)))[0]?.port, CLIENT);
    assert.equal((await ask(name, { op: KV_GET })).port, CLIENT);
    const none = sent(version + 1);
    writeU16(none, UDP_CHECKSUM, 0);
    assert.equal((await lab().send(SERVER, none))[0]?.port, CLIENT);
  });

  it('leaves keys alone that it does not hold', async () => {
    const { port, kv: passed } = await ask('/kv/nobody', { op: KV_GET });
    assert.equal(port, SERVER);
    assert.equal(passed.flags, 0);
    await reply('/kv/nobody', { op: KV_GET_REPLY, version: 1, value: bytes(5, 5) });
  });

  it('is invalidated by a write that passes, and refreshed by its confirmation', async () => {
    for (const [write, confirm] of [
      [KV_PUT, KV_PUT_REPLY],
      [KV_DELETE, KV_DELETE_REPLY],
    ] as const) {
      const name = `/kv/write-${write}`;
      await cache(name);
      await fill(name, 1, bytes(20, 1));
      const value = write === KV_PUT ? bytes(40, 2) : new Uint8Array(0);
      const { port, kv: stamped } = await ask(name, { op: write, value });
      assert.equal(port, SERVER);
      assert.equal(stamped.flags, KV_STAMPED);
      assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
      await reply(name, { op: confirm, flags: KV_STAMPED, generation: 1, version: 2, value });
      const { port: from, kv: got } = await ask(name, { op: KV_GET });
      if (write === KV_DELETE) assert.equal(from, SERVER);
      else {
        assert.equal(from, CLIENT);
        assert.deepEqual(got.value, value);
        assert.equal(got.version, 2);
      }
    }
  });

  it('ignores replies older than what it knows, and takes newer ones while valid, stamped or not', async () => {
    const name = '/kv/order';
    await cache(name);
    await fill(name, 0x80000005, bytes(20, 1));
    await reply(name, {
      op: KV_GET_REPLY,
      flags: KV_STAMPED,
      generation: 1,
      version: 4,
      value: bytes(20, 2),
    });
    assert.equal((await ask(name, { op: KV_GET })).kv.version, 0x80000005);
    await reply(name, { op: KV_PUT_REPLY, version: 0x80000006, value: bytes(90, 3) });
    const { port, kv: got } = await ask(name, { op: KV_GET });
    assert.equal(port, CLIENT);
    assert.equal(got.version, 0x80000006);
    assert.deepEqual(got.value, bytes(90, 3));
  });

  it('does not become valid by a reply it did not stamp, nor by one of another generation', async () => {
    const name = '/kv/unstamped';
    await cache(name, 6);
    await reply(name, { op: KV_GET_REPLY, version: 5, value: bytes(8, 1) });
    assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
    await reply(name, { op: KV_GET_REPLY, flags: KV_STAMPED, generation: 5, version: 5, value: bytes(8, 1) });
    assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
    await reply(name, { op: KV_GET_REPLY, flags: KV_STAMPED, generation: 6, version: 4, value: bytes(8, 1) });
    assert.equal(
      (await ask(name, { op: KV_GET })).port,
      SERVER,
      'the unstamped ones have taught it version 5',
    );
    await reply(name, { op: KV_GET_REPLY, flags: KV_STAMPED, generation: 6, version: 5, value: bytes(8, 1) });
    assert.equal((await ask(name, { op: KV_GET })).port, CLIENT);
  });

  it('holds no value that does not exist, is too long, or travels in the payload', async () => {
    for (const [what, fields] of [
      ['not found', { status: KvStatus.NOT_FOUND }],
      ['too large', { status: KvStatus.TOO_LARGE }],
    ] as const) {
      const name = `/kv/${what.replace(' ', '-')}`;
      await cache(name);
      await fill(name, 1, bytes(20, 1));
      await reply(name, { op: KV_GET_REPLY, version: 2, ...fields });
      assert.equal((await ask(name, { op: KV_GET })).port, SERVER, what);
    }
    const name = '/kv/large';
    await cache(name);
    await fill(name, 1, bytes(20, 1));
    const large = response(name, {
      op: KV_GET_REPLY,
      flags: KV_LARGE | KV_STAMPED,
      generation: 1,
      version: 2,
    });
    const sent = {
      ...large,
      payload: bytes(500, 1),
      ...(large.kv && { kv: { ...large.kv, valueLength: 500 } }),
    };
    await lab().send(SERVER, namedFrame(BACK, sent));
    assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
  });

  it('learns nothing from Nacks, from requests, or from what another switch answered', async () => {
    const name = '/kv/others';
    await cache(name);
    await fill(name, 3, bytes(20, 1));
    const newer = { op: KV_GET_REPLY, version: 9, value: bytes(20, 9) };
    for (const packet of [
      { ...response(name, newer), type: PacketType.NACK },
      response(name, { ...newer, flags: KV_CACHED }),
    ]) {
      await lab().send(SERVER, namedFrame(BACK, packet));
    }
    const { port, kv: got } = await ask(name, { op: KV_GET });
    assert.equal(port, CLIENT);
    assert.equal(got.version, 3);
  });

  it('serves no value by another name, and learns none under another', async () => {
    const name = '/kv/mine';
    await cache(name);
    await fill(name, 3, bytes(20, 1));
    // Access to '/kv/public' says nothing of '/kv/mine', whatever key is asked for.
    const asking = { ...request('/kv/public', { op: KV_GET }), kv: kv(name, { op: KV_GET }) };
    const [out] = await lab().send(CLIENT, namedFrame({ from: CLIENT, to: SERVER }, asking));
    assert.equal(out?.port, SERVER);
    // Nor may who serves '/kv/public' say what '/kv/mine' is.
    const wrong = { op: KV_GET_REPLY, version: 9, value: bytes(20, 9) };
    const saying = { ...response('/kv/public', wrong), kv: kv(name, wrong) };
    await lab().send(SERVER, namedFrame(BACK, saying));
    const { port, kv: got } = await ask(name, { op: KV_GET });
    assert.equal(port, CLIENT);
    assert.equal(got.version, 3);
    assert.deepEqual(got.value, bytes(20, 1));
    // Also while it is invalid.
    await ask(name, { op: KV_PUT, value: bytes(5, 5) });
    const stamped = { ...wrong, flags: KV_STAMPED, generation: 1 };
    await lab().send(SERVER, namedFrame(BACK, { ...response('/kv/public', stamped), kv: kv(name, stamped) }));
    assert.equal((await ask(name, { op: KV_GET })).port, SERVER);
    await reply(name, {
      op: KV_PUT_REPLY,
      flags: KV_STAMPED,
      generation: 1,
      version: 4,
      value: bytes(5, 5),
    });
    assert.equal((await ask(name, { op: KV_GET })).kv.version, 4);
  });

  it('starts anew with another generation, also for another key in the same place', async () => {
    const index = await cache('/kv/first', 1);
    await fill('/kv/first', 50, bytes(20, 1));
    await lab().client.write([
      modify(cachedEntry('/kv/first', index, 2).entity as Parameters<typeof modify>[0]),
    ]);
    const { port, kv: stamped } = await ask('/kv/first', { op: KV_GET });
    assert.equal(port, SERVER);
    assert.equal(stamped.generation, 2);
    await reply('/kv/first', { op: KV_GET_REPLY, flags: KV_STAMPED, generation: 1, version: 50 });
    assert.equal((await ask('/kv/first', { op: KV_GET })).port, SERVER);

    await lab().client.write([
      remove({ kind: 'table-entry', table: KEYS, match: { 'hdr.kv.key': number(keyOf('/kv/first')) } }),
      cachedEntry('/kv/second', index, 3),
    ]);
    assert.equal((await ask('/kv/second', { op: KV_GET })).port, SERVER);
    await fill('/kv/second', 1, bytes(33, 2));
    const { port: from, kv: got } = await ask('/kv/second', { op: KV_GET });
    assert.equal(from, CLIENT);
    assert.deepEqual(got.value, bytes(33, 2));
    const { kv: gone } = await ask('/kv/first', { op: KV_GET });
    assert.equal(gone.flags, 0);
  });

  it('gives nobody a value older than one acknowledged or read before, whatever is lost or overtakes', async () => {
    const name = '/kv/history';
    let generation = 100;
    const index = await cache(name, generation);
    const draw = random(11);
    /** The server: version and value of the key; and replies under way to the switch, which any may overtake. */
    let version = 0;
    let value = bytes(10, 0);
    let underWay: { fields: KvFields }[] = [];
    /** Newest version any client has seen in a reply. */
    let seen = 0;
    let served = 0;
    for (let step = 0; step < 300; step++) {
      const what = draw();
      if (what < 0.55) {
        const floor = seen;
        const { port, kv: got } = await ask(name, { op: KV_GET });
        if (port === CLIENT) {
          served++;
          assert(got.version >= floor, `step ${step}: ${got.version} after ${floor}`);
          assert.deepEqual(got.value, bytes(10 + (got.version % 100), got.version));
          seen = Math.max(seen, got.version);
        } else if (draw() < 0.8) {
          const { flags, generation: stamped } = got;
          underWay.push({ fields: { op: KV_GET_REPLY, flags, generation: stamped, version, value } });
        }
      } else if (what < 0.7) {
        const { kv: got } = await ask(name, { op: KV_PUT, value: bytes(10, 1) });
        if (draw() < 0.8) {
          version++;
          value = bytes(10 + (version % 100), version);
          const { flags, generation: stamped } = got;
          underWay.push({ fields: { op: KV_PUT_REPLY, flags, generation: stamped, version, value } });
        }
      } else if (what < 0.97) {
        const [next] = underWay.splice(Math.floor(draw() * underWay.length), 1);
        if (next === undefined || draw() < 0.1) continue;
        if (draw() < 0.1) underWay.push(next);
        await reply(name, next.fields);
        seen = Math.max(seen, next.fields.version ?? 0);
      } else {
        generation++;
        await lab().client.write([
          modify(cachedEntry(name, index, generation).entity as Parameters<typeof modify>[0]),
        ]);
        if (draw() < 0.3) underWay = underWay.slice(0, 2);
      }
    }
    assert(served > 20, `the cache answered ${served} times`);
  });

  it('reports a key that is asked for often, once', async () => {
    await lab().digests();
    const names = ['/watched/hot', '/watched/warm', '/elsewhere/hot'];
    for (let i = 0; i < 12; i++) {
      for (const name of names) {
        if (name === '/watched/warm' && i >= 3) continue;
        const { kv: passed } = await ask(name, { op: KV_GET });
        assert.equal(passed.flags, 0);
      }
    }
    const samples = (await lab().digests()).flatMap((list) => list.samples);
    assert(samples.length >= 1, 'no report');
    const hot = number(keyOf('/watched/hot'));
    for (const sample of samples) {
      assert(typeof sample === 'object' && 'key' in sample, 'a digest with a key');
      assert.equal(Object.entries(sample)[0]?.[1], hot);
    }
    // An epoch may have ended in between: never more than one report in each of two.
    assert(samples.length <= 2, `${samples.length} reports`);
  });
});
