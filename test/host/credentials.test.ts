import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Credentials, Host, HostError, Refusal } from '../../host/index.js';
import {
  decodeNamed,
  encodeNamed,
  FabricKey,
  isSigned,
  NackReason,
  Name,
  type NamedPacket,
  namesOf,
  REGISTRY_NAME,
  signNamed,
} from '../../wire/index.js';
import { namedPacket } from '../wire/arbitraries.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, ROUGH, SimNetwork } from './sim-network.js';

const keyOf = (n: number) => Uint8Array.from({ length: 8 }, (_, i) => 16 * n + i);
const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

/** A fabric whose registry hands out credentials, and which notes every packet hosts send. */
function setUp(network: SimNetwork) {
  const fabric = new FabricModel(network);
  const sent: NamedPacket[] = [];
  const inner = network.route;
  network.route = (datagram) => {
    const packet = decodeNamed(datagram.bytes.slice());
    if (!datagram.src.startsWith('10.255.')) sent.push(packet);
    inner(datagram);
  };
  const host = (n: number) => {
    return new Host(network.host(`10.0.0.${n}`), { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS });
  };
  return { fabric, sent, host };
}

describe('credentials', () => {
  it('sign an encoded packet as signNamed does, whatever is in it', () => {
    fc.assert(
      fc.property(namedPacket, fc.nat(0xffff), fc.nat(0xffffffff), (packet, keyId, sequence) => {
        const plain = { ...packet, auth: undefined };
        const source = namesOf(plain).src;
        const credentials = new Credentials(
          FabricKey.default,
          () => 0,
          () => sequence,
        );
        credentials.add({ prefix: source, keyId, key: keyOf(1) });
        const bytes = encodeNamed(plain);
        if (bytes.length > 1456) return;
        const signed = decodeNamed(credentials.sign(bytes));
        assert.deepEqual(signed.auth, signNamed(keyOf(1), keyId, decodeNamed(bytes), sequence).auth);
        assert.ok(isSigned(keyOf(1), signed));
        assert.deepEqual(signed.payload, plain.payload);
      }),
    );
  });

  it('are found by the longest prefix, the newest first, until they end', () => {
    let now = 0;
    const credentials = new Credentials(
      FabricKey.default,
      () => now,
      () => 1,
    );
    credentials.add({ prefix: '/a', keyId: 1, key: keyOf(1) });
    credentials.add({ prefix: '/a/b', keyId: 2, key: keyOf(2) });
    credentials.add({ prefix: '/a', keyId: 3, key: keyOf(3), notAfter: 1000 });
    const signer = (source: string) => {
      const src = Name.parse(source);
      const dst = Name.parse('/x');
      const bytes = encodeNamed({
        type: 1,
        flags: 0,
        hopLimit: 64,
        reason: 0,
        dstComponents: 1,
        srcComponents: src.components.length,
        tag: 0,
        instance: 0,
        requestId: 1,
        stamp: 0,
        attempt: 0,
        dst: dst.digest(FabricKey.default).bytes,
        src: src.digest(FabricKey.default).bytes,
        text: new TextEncoder().encode(`/x${source}`),
        payload: new Uint8Array(3),
      });
      return decodeNamed(credentials.sign(bytes)).auth;
    };
    assert.equal(signer('/a/b/c')?.keyId, 2);
    assert.equal(signer('/a/c')?.keyId, 3);
    assert.equal(signer('/b'), undefined);
    const before = signer('/a/c')?.sequence;
    // The same again only moves its end: the numbers go on.
    credentials.add({ prefix: '/a', keyId: 3, key: keyOf(3), notAfter: 2000 });
    now = 1500;
    assert.equal(signer('/a/c')?.sequence, (before ?? 0) + 1);
    // One row of numbers for a key under two prefixes: a switch has one window for it.
    credentials.add({ prefix: '/b', keyId: 3, key: keyOf(3) });
    assert.equal(signer('/b')?.sequence, (before ?? 0) + 2);
    assert.equal(signer('/a/c')?.sequence, (before ?? 0) + 3);
    now = 2500;
    assert.equal(signer('/a/c')?.keyId, 1);
    credentials.remove(1);
    assert.equal(signer('/a/c'), undefined);
    assert.throws(
      () => credentials.add({ prefix: '/a', keyId: 1, key: keyOf(1).slice(1) }),
      code('INVALID_ARGUMENT'),
    );
    assert.throws(
      () => credentials.add({ prefix: '/a', keyId: 65_536, key: keyOf(1) }),
      code('INVALID_ARGUMENT'),
    );
  });

  it('sign requests, answers, Nacks, pings and every segment of an exchange, each under a number of its own', async () => {
    const network = new SimNetwork(1, { ...ROUGH, duplicate: 0 });
    const { fabric, sent, host } = setUp(network);
    const keys = new Map<string, Uint8Array>();
    fabric.grants = (name) => {
      const keyId = [...keys.keys()].includes(name) ? [...keys.keys()].indexOf(name) : keys.size;
      keys.set(name, keyOf(keyId + 1));
      return [{ prefix: name, key_id: keyId, key: hex(keyOf(keyId + 1)) }];
    };
    const [server, client] = [host(1), host(2)];
    await network.run(server.attach());
    await network.run(client.attach());
    const service = await network.run(
      server.serve('/svc', ({ payload }) => {
        if (payload[0] === 9) throw new Refusal(NackReason.DENIED);
        return payload;
      }),
    );
    sent.length = 0;
    const options = { attempts: 20, deadlineUs: 60_000_000 };
    await network.run(client.call('/svc', Uint8Array.of(1), options));
    const long = new Uint8Array(60_000).fill(7);
    assert.deepEqual((await network.run(client.call('/svc', long, options))).payload, long);
    await assert.rejects(network.run(client.call('/svc', Uint8Array.of(9), options)), code('NACK'));
    await network.run(client.ping('/hosts/h1', options));
    const numbers = new Set<string>();
    let segments = 0;
    for (const packet of sent) {
      const { src, dst } = namesOf(packet);
      if (src.text === REGISTRY_NAME) continue;
      const key = keys.get(src.text);
      assert.ok(key !== undefined && isSigned(key, packet), `${src} to ${dst}, type ${packet.type}`);
      numbers.add(`${packet.auth?.keyId} ${packet.auth?.sequence}`);
      if (packet.payload.length > 1000) segments++;
    }
    assert.equal(new Set(sent.map(({ src }) => hex(src))).size, 3);
    assert.ok(segments > 80, `${segments} segments`);
    assert.equal(numbers.size, sent.filter((packet) => packet.auth !== undefined).length);
    await network.run(service.stop());
  });

  it('are asked for anew before they end, so that packets are signed all along', async () => {
    const network = new SimNetwork(2, CALM);
    const { fabric, sent, host } = setUp(network);
    let handedOut = 0;
    fabric.grants = (name) => {
      if (name !== '/hosts/h1') return [];
      handedOut++;
      return [{ prefix: name, key_id: handedOut, key: hex(keyOf(handedOut)), not_after_ms: 300 }];
    };
    const client = host(1);
    const server = host(2);
    await network.run(client.attach());
    await network.run(server.serve('/svc', ({ payload }) => payload));
    sent.length = 0;
    for (let i = 0; i < 20; i++) {
      await network.run(client.call('/svc', Uint8Array.of(i)));
      await network.sleep(50_000);
    }
    assert.ok(handedOut >= 5, `${handedOut} credentials`);
    const ofClient = sent.filter((packet) => namesOf(packet).src.text === '/hosts/h1');
    let newest = 0;
    for (const packet of ofClient) {
      const keyId = packet.auth?.keyId ?? 0;
      assert.ok(keyId >= newest && isSigned(keyOf(keyId), packet), `key ${keyId} after ${newest}`);
      newest = keyId;
    }
    assert.ok(newest >= 4);
    client.close();
    const asked = handedOut;
    await network.sleep(1_000_000);
    assert.equal(handedOut, asked, 'a closed host asks no more');
  });

  it('that make no sense are BAD_REPLY', async () => {
    const network = new SimNetwork(3);
    const { fabric, host } = setUp(network);
    for (const bad of [{}, { prefix: '/a', key_id: 1, key: 'xyz' }, { prefix: '/a', key: hex(keyOf(1)) }]) {
      fabric.grants = () => [bad];
      const one = host(1);
      await assert.rejects(network.run(one.attach()), code('BAD_REPLY'));
      one.close();
    }
  });
});
