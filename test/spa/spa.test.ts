import assert from 'node:assert/strict';
import { ControllerError, type ControllerErrorCode, MemoryStore } from '../../controller/index.js';
import { SPA_SIZES } from '../../controller/spa/program.js';
import { FLAG_RESOLVED, NackReason, type NamedPacket, PacketType } from '../../wire/index.js';
import { SmallFabric, TOPOLOGY } from '../controller/small-fabric.js';
import { ask, frameOf, packet, received, Signer } from './support.js';

const fails = (code: ControllerErrorCode) => (error: unknown) =>
  error instanceof ControllerError && error.code === code;

const REGISTER = {
  op: 'register',
  service: '/shop/cart',
  address: '10.0.2.1',
  port: 5000,
  weight: 1,
  ttl_ms: 60_000,
};

describe('Service Prefix Authentication', function () {
  this.timeout(20_000);
  let fabric: SmallFabric;
  const start = async (mode: string, store?: MemoryStore) => {
    fabric = await SmallFabric.start(store, `fabric: { admission: ${mode} }\n${TOPOLOGY}`);
    return fabric.controller.spa;
  };
  afterEach(() => fabric.stop());

  /** Sends a packet and says where it came out: `host`, or `nack N`, or `lost`. */
  function fate(from: string, content: NamedPacket): string {
    for (const frames of fabric.received.values()) frames.length = 0;
    fabric.send(from, frameOf(fabric, from, content));
    for (const [host, frames] of fabric.received) {
      const [frame] = frames.splice(0);
      if (frame === undefined) continue;
      const { type, reason } = received(frame);
      return type === PacketType.NACK ? `nack ${reason}` : host;
    }
    return 'lost';
  }
  const DENIED = `nack ${NackReason.DENIED}`;

  it('asks nothing where admission is off', async () => {
    const { grants } = await start('off');
    await grants.put('cart', { prefix: '/shop/cart', host: 'h3' });
    assert.equal((await ask(fabric, 'h3', REGISTER))['ok'], true);
    await fabric.settled();
    assert.equal(fate('h1', packet('/shop/cart', '/anybody')), 'h3');
  });

  it('holds hosts to their own names, and reports who goes beyond them', async () => {
    await start('names');
    assert.equal(fate('h1', packet('/host/h3', '/host/h1')), 'h3');
    assert.equal(fate('h1', packet('/host/h3', '/host/h1/part')), 'h3');
    const denied = new Promise((resolve) => {
      fabric.controller.events.subscribe((event) => {
        if (event.kind === 'denied') resolve([event.switch, event.port, event.denial]);
      });
    });
    assert.equal(fate('h1', packet('/host/h3', '/host/h2')), DENIED);
    fabric.clock.advance(1_000_000);
    fabric.nodes.get('leaf1')?.device.tick();
    assert.deepEqual(await denied, ['leaf1', 1, 1]);
    const answer = packet('/host/h3', '/shop/cart', { type: PacketType.SERVICE_DATA });
    assert.equal(fate('h1', answer), 'lost');
  });

  it('lets a name be registered and used only where it was granted', async () => {
    const { grants } = await start('names');
    const refused = await ask(fabric, 'h3', REGISTER);
    assert.deepEqual([refused['ok'], refused['code']], [false, 'DENIED']);
    assert.match(String(refused['message']), /'\/shop\/cart' was not granted to port 1 of leaf2/);
    await grants.put('cart', { prefix: '/shop', host: 'h3' });
    await fabric.settled();
    assert.equal((await ask(fabric, 'h3', REGISTER))['instance'], 1);
    await fabric.settled();
    assert.equal(fate('h1', packet('/shop/cart', '/host/h1')), 'h3');
    assert.equal(fate('h3', packet('/host/h1', '/shop/cart')), 'h1');
    // Somebody else's address, and somebody else's instance.
    for (const body of [{ ...REGISTER, address: '10.0.1.1' }]) {
      assert.equal((await ask(fabric, 'h3', body))['code'], 'DENIED');
    }
    for (const op of ['renew', 'deregister']) {
      assert.equal((await ask(fabric, 'h1', { op, instance: 1 }))['code'], 'DENIED');
      assert.equal((await ask(fabric, 'h3', { op, instance: 1 }))['ok'], true);
    }
    await grants.delete('cart');
    await fabric.settled();
    assert.equal((await ask(fabric, 'h3', REGISTER))['code'], 'DENIED');
    assert.equal(fate('h3', packet('/host/h1', '/shop/cart')), DENIED);
  });

  it('issues a credential once, tells its host in band, rotates it without losing a call and revokes it', async () => {
    const { grants, credentials } = await start('names');
    await grants.put('strict', { prefix: '/bank', host: 'h1', tag: true });
    const issued = await credentials.put('bank', { host: 'h1', overlapMs: 5000 });
    await fabric.settled();
    const { keyId, key } = issued.status as { keyId: number; key: string };
    assert.match(key, /^[0-9a-f]{16}$/);
    for (const shown of [
      credentials.get('bank'),
      ...credentials.list(),
      await credentials.put('bank', { host: 'h1', overlapMs: 5000 }),
    ]) {
      assert.ok(!JSON.stringify(shown).includes(key), 'the key is shown again');
    }
    const old = new Signer(keyId, key);
    const call = packet('/host/h3', '/bank/teller');
    assert.equal(fate('h1', call), DENIED);
    const signed = old.sign(call);
    assert.equal(fate('h1', signed), 'h3');
    assert.equal(fate('h1', signed), 'lost', 'replayed');
    assert.equal(fate('h2', old.sign(packet('/host/h3', '/host/h1'))), 'h3', 'a key is not bound to a port');
    assert.equal(fate('h3', old.sign(packet('/host/h1', '/host/h1'))), DENIED, 'but to its host’s leaf');

    const attach = { op: 'attach', name: '/host/h1', address: '10.0.1.1', port: 19_795 };
    const told = await ask(fabric, 'h1', attach, (each) => old.sign(each));
    assert.deepEqual(told['credentials'], [
      { prefix: '/host/h1', key_id: keyId, key },
      { prefix: '/bank', key_id: keyId, key },
    ]);
    assert.equal(
      (await ask(fabric, 'h2', { ...attach, name: '/host/h2', address: '10.0.1.2' }))['credentials'],
      undefined,
    );

    // Rotated between calls: whichever key the host signs with, the call goes through.
    const rotated = credentials.put('bank', { host: 'h1', rotation: 1, overlapMs: 5000 });
    for (let turn = 0; turn < 50; turn += 1) {
      assert.equal(fate('h1', old.sign(call)), 'h3');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await rotated;
    await fabric.settled();
    const again = (await ask(fabric, 'h1', attach))['credentials'] as {
      key_id: number;
      key: string;
      not_after_ms?: number;
    }[];
    const [newest] = again.slice(-1);
    assert.ok(newest !== undefined && newest.key_id !== keyId && newest.not_after_ms === undefined);
    assert.equal(again[0]?.not_after_ms, 5000);
    const next = new Signer(newest.key_id, newest.key);
    assert.equal(fate('h1', old.sign(call)), 'h3');
    assert.equal(fate('h1', next.sign(call)), 'h3');
    fabric.clock.advance(5_000_000);
    await fabric.settled();
    assert.equal(fate('h1', old.sign(call)), DENIED, 'the overlap is over');
    assert.equal(fate('h1', next.sign(call)), 'h3');
    await credentials.delete('bank');
    await fabric.settled();
    assert.equal(fate('h1', next.sign(call)), DENIED, 'revoked');
    // The slot has another generation now: what passed under the last key says nothing of this one.
    const fresh = (await credentials.put('bank', { host: 'h1' })).status as { keyId: number; key: string };
    await fabric.settled();
    assert.equal(fate('h1', new Signer(fresh.keyId, fresh.key).sign(call)), 'h3');
  });

  it('lets the holders of a credential use what it was granted, wherever they are', async () => {
    const { grants, credentials } = await start('names');
    const { keyId, key } = (await credentials.put('roaming', {})).status as { keyId: number; key: string };
    await grants.put('fleet', { prefix: '/fleet', credential: 'roaming' });
    await fabric.settled();
    const signer = new Signer(keyId, key);
    assert.equal(fate('h1', signer.sign(packet('/host/h3', '/fleet/truck'))), 'h3');
    assert.equal(fate('h3', signer.sign(packet('/host/h1', '/fleet/truck'))), 'h1');
    assert.equal(fate('h1', signer.sign(packet('/host/h3', '/host/h1'))), DENIED);
    const register = { ...REGISTER, service: '/fleet/base' };
    assert.equal((await ask(fabric, 'h3', register))['code'], 'DENIED');
    const registry = packet('/fabric/registry', '/fleet/base', {
      payload: new TextEncoder().encode(JSON.stringify(register)),
    });
    fabric.send('h3', frameOf(fabric, 'h3', signer.sign(registry)));
    const { payload } = received(await fabric.next('h3'));
    assert.equal(JSON.parse(new TextDecoder().decode(payload)).ok, true);
  });

  it('wants a tag of everybody where the fabric says so', async () => {
    const { credentials } = await start('tags');
    const { keyId, key } = (await credentials.put('one', { host: 'h1' })).status as {
      keyId: number;
      key: string;
    };
    await fabric.settled();
    const signer = new Signer(keyId, key);
    assert.equal(fate('h1', packet('/host/h3', '/host/h1')), DENIED);
    assert.equal(fate('h1', signer.sign(packet('/host/h3', '/host/h1'))), 'h3');
    const answer = packet('/host/h3', '/host/h1', { type: PacketType.SERVICE_DATA });
    assert.equal(fate('h1', answer), 'lost');
    assert.equal(fate('h1', signer.sign(answer)), 'h3');
  });

  it('leaves the segments of an exchange with their instance', async () => {
    await start('names');
    const spec = fabric.topology.hosts.get('h3');
    assert.ok(spec !== undefined);
    const segment = packet('/shop/cart', '/host/h1', { flags: FLAG_RESOLVED, instance: 7 });
    const frame = frameOf(fabric, 'h1', segment);
    assert.equal(received(frame).to, fabric.topology.fabric.service);
    assert.equal(fate('h1', { ...segment, instance: 0 }), `nack ${NackReason.NO_ROUTE}`);
  });

  it('survives a restart of the controller without a write', async () => {
    const store = new MemoryStore();
    const { grants, credentials } = await start('names', store);
    await grants.put('cart', { prefix: '/shop', host: 'h3' });
    const { keyId, key } = (await credentials.put('one', { host: 'h1' })).status as {
      keyId: number;
      key: string;
    };
    await fabric.settled();
    await fabric.replaceController(store);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
    assert.deepEqual(
      fabric.controller.spa.grants.list().map(({ name }) => name),
      ['cart'],
    );
    assert.equal(fate('h1', new Signer(keyId, key).sign(packet('/host/h3', '/host/h1'))), 'h3');
    // What another controller commits is taken over.
    fabric.controller.spa.apply([{ key: 'spa/grant/cart', value: undefined }]);
    await fabric.settled();
    assert.equal(fate('h3', packet('/host/h1', '/shop/cart')), DENIED);
  });

  it('refuses what a leaf has no entry left for, and everything before it holds', async () => {
    const spa = await start('names');
    const own = 2;
    const spec = (n: number) => ({ prefix: `/fleet/t${n}`, host: 'h1', tag: false });
    spa.apply(
      Array.from({ length: SPA_SIZES.grants - own }, (_, n) => ({ key: `spa/grant/g${n}`, value: spec(n) })),
    );
    await assert.rejects(spa.grants.put('one-more', spec(9999)), fails('NO_ROOM'));
    await spa.grants.put('g5', spec(9999));
    await spa.grants.put('elsewhere', { prefix: '/fleet', host: 'h3' });
    const last = SPA_SIZES.grants - own - 1;
    await fabric.settled();
    assert.equal(fate('h1', packet('/host/h3', `/fleet/t${last}`)), 'h3');
    assert.equal(fate('h1', packet('/host/h3', '/fleet/t9999')), 'h3');
    assert.equal(fate('h1', packet('/host/h3', '/fleet/t5')), DENIED);
    await assert.rejects(spa.credentials.put('all', { host: 'h1' }), fails('NO_ROOM'));
    await spa.credentials.put('all', { host: 'h3' });
  });

  it('refuses what is wrong, and says what', async () => {
    const { grants, credentials } = await start('names');
    const bad: [Parameters<typeof grants.put>[1], RegExp][] = [
      [{}, /prefix/],
      [{ prefix: '/a' }, /name one of host/],
      [{ prefix: '/a', host: 'h1', credential: 'c' }, /name one of host/],
      [{ prefix: '/a', host: 'nobody' }, /'nobody' is no host/],
      [{ prefix: '/a', switch: 'spine1', port: 1 }, /must name a leaf/],
      [{ prefix: '/a', switch: 'leaf1' }, /must name a leaf/],
      [{ prefix: 'a/b', host: 'h1' }, /./],
      [{ prefix: '/a', host: 'h1', extra: 1 }, /extra/],
      ['text', /./],
    ];
    for (const [spec, message] of bad) {
      await assert.rejects(grants.put('x', spec), (error) => {
        return fails('BAD_REQUEST')(error) && message.test((error as Error).message);
      });
    }
    await assert.rejects(grants.put('', { prefix: '/a', host: 'h1' }), fails('BAD_REQUEST'));
    await assert.rejects(grants.delete('x'), fails('NOT_FOUND'));
    await assert.rejects(credentials.delete('x'), fails('NOT_FOUND'));
    await assert.rejects(credentials.put('x', { host: 'nobody' }), fails('BAD_REQUEST'));
    await assert.rejects(credentials.put('x', { rotation: -1 }), fails('BAD_REQUEST'));
    assert.deepEqual([...grants.list(), ...credentials.list()], []);
  });
});
