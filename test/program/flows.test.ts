import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { insert } from '../../controller/p4runtime/index.js';
import {
  FLAG_RESOLVED,
  NackReason,
  Name,
  type NamedPacket,
  PacketType,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { embedded } from './embedded-lab.js';
import { address, checkedNamed, digestOf, type Ends, KEY, named, namedFrame } from './frames.js';
import { choice, counted, entry, type Lab } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, masked, nameIs, serve, underlay } from './network.js';

const FROM_1: Ends = { from: 1, to: 4 };
const POLICIES = 'ingress.services.policies';
const IDLE_MS = 300;
/** Cells of the data-flow table. */
const FLOWS = 16_384;
const SERVICE = { requests: 3, latency: 32 * 3, nacks: 16 * 3 };

const stick = (name: string, generation: number, idleMs = 3_600_000) =>
  entry(POLICIES, nameIs(name), 'ingress.services.stick', { index: 9, idle: idleMs * 1000, generation });

onEverySwitch('flows', (lab) => {
  const ask = async (dst: string, src: string, fields: Partial<NamedPacket> = {}) =>
    (await lab().send(1, namedFrame(FROM_1, named(dst, src, fields))))[0];

  /** Stations that requests of `flows` clients reach, two requests each: first, then second. */
  async function ports(name: string, clients: string, flows = 12): Promise<(number | undefined)[][]> {
    const pairs: (number | undefined)[][] = [];
    for (let i = 0; i < flows; i++) {
      const src = `/${clients}/c${i}`;
      const first = await ask(name, src, { requestId: 2 * i });
      const second = await ask(name, src, { requestId: 2 * i + 1 });
      pairs.push([first?.port, second?.port]);
    }
    return pairs;
  }
  const kept = (pairs: (number | undefined)[][]) =>
    pairs.filter(([first, second]) => first === second).length;

  before(async () => {
    await underlay(lab());
    for (const name of ['/sticky', '/loose', '/brief', '/moved', '/ruled', '/told']) {
      await serve(lab(), name, { at: 2, as: 20 }, { at: 3, as: 30 });
    }
    await lab().client.write([
      ...[20, 30].map((instance) =>
        entry('ingress.names.flow_instances', { instance }, 'ingress.names.alive', {}),
      ),
      stick('/sticky', 1),
      stick('/brief', 1, IDLE_MS),
      stick('/moved', 1),
      stick('/ruled', 1),
      stick('/told', 1, IDLE_MS),
      insert({ kind: 'digest', digest: 'flow_over_t', maxTimeoutNs: 0, maxListSize: 1, ackTimeoutNs: 0 }),
    ]);
  });

  it('follow their first request where the service says so, and only there', async () => {
    assert.equal(kept(await ports('/sticky/x', 'a')), 12);
    assert(kept(await ports('/loose/x', 'a')) < 12);
    const stations = new Set((await ports('/sticky/x', 'b')).flat());
    assert.deepEqual([...stations].sort(), [2, 3]);
  });

  it('carry the instance they follow, and are refused nothing on the way', async () => {
    const first = checkedNamed((await ask('/ruled/x', '/client/a'))?.bytes).packet;
    await lab().client.write([
      entry('ingress.names.strategy.acl', { dst: masked('/ruled') }, 'ingress.names.strategy.deny', {}, 1),
    ]);
    const second = checkedNamed((await ask('/ruled/x', '/client/a', { requestId: 5 }))?.bytes).packet;
    assert.equal(second.instance, first.instance);
    const other = checkedNamed((await ask('/ruled/x', '/client/b'))?.bytes).packet;
    assert.equal(other.reason, NackReason.DENIED);
    // The refused flow has no instance to follow.
    assert.equal(checkedNamed((await ask('/ruled/x', '/client/b'))?.bytes).packet.reason, NackReason.DENIED);
    await lab().client.write([{ ...stick('/ruled', 2), type: 'modify' }]);
    const voided = checkedNamed((await ask('/ruled/x', '/client/a'))?.bytes).packet;
    assert.equal(voided.reason, NackReason.DENIED);
  });

  it('choose anew when the instance is gone, or a request is repeated', async () => {
    const clients = Array.from({ length: 10 }, (_, i) => `/m/c${i}`);
    const before = new Map<string, number | undefined>();
    for (const src of clients) before.set(src, (await ask('/moved', src))?.port);
    assert.equal(new Set(before.values()).size, 2);
    const gone = entry('ingress.names.flow_instances', { instance: 20 }, 'ingress.names.alive', {});
    await lab().client.write([
      { ...gone, type: 'delete' },
      {
        type: 'delete',
        entity: { kind: 'table-entry', table: 'ingress.names.fib', match: nameIs('/moved') },
      },
    ]);
    await serve(lab(), '/moved', { at: 3, as: 30 });
    for (const src of clients) assert.equal((await ask('/moved', src, { requestId: 1 }))?.port, 3);
    await lab().client.write([gone]);
    for (const src of clients) assert.equal((await ask('/moved', src, { requestId: 2 }))?.port, 3);

    const repeated = new Set<number | undefined>();
    for (let attempt = 0; attempt < 12; attempt++) {
      const out = await ask('/sticky/r', '/client/r', { attempt });
      repeated.add(out?.port);
      assert.equal((await ask('/sticky/r', '/client/r', { requestId: 3 }))?.port, out?.port);
    }
    assert.equal(repeated.size, 2);
  });

  it('are over when they pause, and are reported when another takes their cell', async () => {
    await lab().digests();
    const [dst, src] = ['/told/x', '/client/a'];
    const frame = namedFrame(FROM_1, named(dst, src));
    for (let i = 0; i < 3; i++) await lab().send(1, frame);
    await sleep(IDLE_MS + 50);
    await lab().send(1, frame);
    const samples = (await lab().digests())
      .filter(({ digest }) => digest === 'flow_over_t')
      .flatMap((list) => list.samples);
    assert.deepEqual(JSON.parse(JSON.stringify(samples, (_, v) => (typeof v === 'bigint' ? `${v}` : v))), [
      { dst: `${digestOf(dst)}`, src: `${digestOf(src)}`, packets: '3', bytes: `${3 * frame.length}` },
    ]);
    const first = await ports('/brief', 'p', 10);
    assert(kept(first) >= 9, 'requests right behind each other were torn apart');
  });

  it('hold their cell while they last; whoever comes upon it goes without, is counted, and gets it afterwards', async () => {
    const cellOf = (src: string) =>
      crc32(Buffer.concat([Name.of('/told/y').digest(KEY).bytes, Name.of(src).digest(KEY).bytes])) % FLOWS;
    const owner = '/client/owner';
    let other = '';
    for (let n = 0; cellOf(other || '/x') !== cellOf(owner); n++) other = `/client/n${n}`;
    const repeats = async (src: string, requests: number) => {
      const at: (number | undefined)[] = [];
      for (let requestId = 0; requestId < requests; requestId++) {
        at.push((await ask('/told/y', src, { requestId }))?.port);
      }
      return at;
    };
    await lab().client.write([{ ...stick('/told', 1), type: 'modify' }]);
    await repeats(owner, 1);
    const homeless = await growth(lab(), 'ingress.names.flows.crowded', 0, async () => {
      assert.equal(new Set(await repeats(other, 16)).size, 2, 'each chooses by itself');
    });
    assert.equal(homeless, 16);
    assert.equal(new Set(await repeats(owner, 8)).size, 1, 'the owner stays where it was');
    // Its service wants shorter flows: with the next request it has only so long.
    await lab().client.write([{ ...stick('/told', 1, IDLE_MS), type: 'modify' }]);
    await repeats(owner, 1);
    await sleep(IDLE_MS + 50);
    await lab().client.write([{ ...stick('/told', 1), type: 'modify' }]);
    const crowded = await growth(lab(), 'ingress.names.flows.crowded', 0, async () => {
      assert.equal(new Set(await repeats(other, 8)).size, 1);
      await repeats(owner, 2);
    });
    assert.equal(crowded, 2, 'now the first has none');
  });
});

// BMv2's P4Runtime server reads no registers.
describe('flows on the embedded switch, read from outside', function () {
  this.timeout(60_000);
  it('have their names, packets and bytes in registers', async () => {
    const lab = await embedded.start();
    try {
      await underlay(lab);
      await serve(lab, '/sticky', { at: 2, as: 20 });
      await lab.client.write([
        stick('/sticky', 1),
        entry('ingress.names.flow_instances', { instance: 20 }, 'ingress.names.alive', {}),
      ]);
      const frame = namedFrame(FROM_1, named('/sticky/x', '/client/a'));
      for (let i = 0; i < 5; i++) await lab.send(1, frame);
      const cells = async (register: string, index?: number): Promise<string[]> => {
        const found: string[] = [];
        for await (const entity of lab.client.read({
          kind: 'register',
          register,
          ...(index !== undefined && { index }),
        })) {
          if (entity.kind !== 'register' || entity.value === 0n) continue;
          found.push(`${entity.index}: ${String(entity.value)}`);
        }
        return found;
      };
      const [names, ...others] = await cells('ingress.names.flows.names');
      assert.deepEqual(others, []);
      const cell = Number(names?.split(':')[0]);
      assert.equal(names, `${cell}: ${(digestOf('/sticky/x') << 256n) | digestOf('/client/a')}`);
      assert.deepEqual(await cells('ingress.names.flows.packets', cell), [`${cell}: 5`]);
      assert.deepEqual(await cells('ingress.names.flows.bytes', cell), [`${cell}: ${5 * frame.length}`]);
      assert.deepEqual(await cells('ingress.names.flow_instance', cell), [`${cell}: 20`]);
    } finally {
      await lab.close();
    }
  });
});

onEverySwitch('accounts of a service', (lab) => {
  before(async () => {
    await underlay(lab());
    await serve(lab(), '/shop', { at: 2, as: 20 });
    await lab().client.write([
      entry(POLICIES, nameIs('/shop'), 'ingress.services.count', { index: SERVICE.requests }),
      entry('ingress.services.clients', { address: address(1) }, 'ingress.services.attached', {}),
    ]);
  });

  const answerTo = (request: NamedPacket, fields: Partial<NamedPacket> = {}): NamedPacket => ({
    ...request,
    type: PacketType.SERVICE_DATA,
    flags: FLAG_RESOLVED,
    dst: request.src,
    src: request.dst,
    dstComponents: request.srcComponents,
    srcComponents: request.dstComponents,
    ...fields,
  });
  const back: Ends = { from: 2, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000 };
  const latencies = async (at: Lab): Promise<number[]> => {
    const counts: number[] = [];
    for (let bucket = 0; bucket < 32; bucket++) {
      counts.push(await counted(at, 'ingress.accounts.latency', SERVICE.latency + bucket));
    }
    return counts;
  };

  it('has requests where they enter, responses with their latency and Nacks by reason where they leave', async () => {
    const frame = namedFrame(FROM_1, named('/shop/cart', '/client/a'));
    const requests = await growth(lab(), 'ingress.services.requests', SERVICE.requests, async () => {
      for (let i = 0; i < 3; i++) await lab().send(1, frame);
    });
    assert.equal(requests, 3);

    const [out] = await lab().send(1, frame);
    const request = checkedNamed(out?.bytes).packet;
    const before = await latencies(lab());
    for (const [late, bucket] of [
      [2 ** 24, 24],
      [2 ** 28 + 5, 28],
      [2 ** 31 + 2 ** 30, 31],
    ] as const) {
      const stamp = (request.stamp - late + 2 ** 32) % 2 ** 32;
      const responses = await growth(lab(), 'ingress.accounts.responses', SERVICE.requests, async () => {
        await lab().send(2, namedFrame(back, answerTo(request, { stamp })));
        // What follows the first packet of a longer answer.
        await lab().send(2, namedFrame(back, answerTo(request, { stamp: 0 })));
      });
      assert.equal(responses, 1);
      const now = await latencies(lab());
      assert.deepEqual(
        now.flatMap((count, i) => (count > (before[i] ?? 0) ? [i] : [])),
        [bucket],
      );
      before.splice(0, 32, ...now);
    }
    const reason = NackReason.UNAVAILABLE;
    const nacks = await growth(lab(), 'ingress.accounts.nacks', SERVICE.nacks + reason, async () => {
      await lab().send(2, namedFrame(back, answerTo(request, { type: PacketType.NACK, reason })));
    });
    assert.equal(nacks, 1);
  });

  it('counts an answer that is sent by name, and finds its client here', async () => {
    const host = (name: string, at: number) =>
      choice('ingress.names.fib', nameIs(name), [
        { name: 'ingress.names.to_host', params: { address: address(at) } },
      ]);
    await lab().client.write([host('/client/near', 1), host('/client/far', 3)]);
    for (const [client, port, counts] of [
      ['/client/near', 1, 1],
      ['/client/far', 3, 0],
    ] as const) {
      const answer = answerTo(named('/shop/cart', client), { flags: 0, stamp: 7 });
      const responses = await growth(lab(), 'ingress.accounts.responses', SERVICE.requests, async () => {
        const [out] = await lab().send(2, namedFrame({ ...back, to: 4 }, answer));
        assert.equal(out?.port, port);
      });
      assert.equal(responses, counts, client);
    }
  });

  it('counts the Nacks it makes itself', async () => {
    const reason = NackReason.HOP_LIMIT;
    const nacks = await growth(lab(), 'ingress.accounts.nacks', SERVICE.nacks + reason, async () => {
      await lab().send(1, namedFrame(FROM_1, named('/shop/cart', '/client/a', { hopLimit: 1 })));
    });
    assert.equal(nacks, 1);
  });

  it('counts no answer on its way to another switch’s client, and no other service', async () => {
    const request = named('/shop/cart', '/client/far', { stamp: 7 });
    const none = await growth(lab(), 'ingress.accounts.responses', SERVICE.requests, async () => {
      await lab().send(2, namedFrame({ ...back, to: 3 }, answerTo(request)));
      await lab().send(2, namedFrame(back, answerTo(named('/other', '/client/a', { stamp: 7 }))));
    });
    assert.equal(none, 0);
  });
});
