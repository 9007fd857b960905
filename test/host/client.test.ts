import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Host, HostError, Refusal, type ServiceRequest } from '../../host/index.js';
import { NackReason, Name, PacketType, WireError } from '../../wire/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, ROUGH, SimNetwork } from './sim-network.js';

const utf8 = new TextEncoder();
const text = (b: Uint8Array) => new TextDecoder().decode(b);

function fabric(seed: number, faults = CALM) {
  const network = new SimNetwork(seed, faults);
  const model = new FabricModel(network);
  const host = (n: number) => {
    const environment = network.host(`10.0.0.${n}`);
    const options = { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS };
    return { environment, host: new Host(environment, options) };
  };
  return { network, model, host };
}

const echo = (request: ServiceRequest) => request.payload;
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

describe('calls by name', () => {
  it('reach the service and bring back payload, instance, attempts and round trip', async () => {
    const { network, host } = fabric(1);
    const server = host(1).host;
    const client = host(2).host;
    const service = await network.run(server.serve('/shop/cart', echo, { weight: 3 }));
    const result = await network.run(client.call('/shop/cart/v2', utf8.encode('three apples')));
    assert.equal(text(result.payload), 'three apples');
    assert.equal(result.instance, service.instance);
    assert.equal(result.attempts, 1);
    assert.equal(result.rttUs, 40);
  });

  it('tell the handler the full name, the caller and what came with it', async () => {
    const { network, host } = fabric(2);
    const client = host(2).host;
    let seen: ServiceRequest | undefined;
    const handler = (request: ServiceRequest) => {
      seen = request;
      return new Uint8Array(0);
    };
    await network.run(host(1).host.serve('/shop', handler));
    await network.run(client.call('/shop/käse/7', utf8.encode('x'), { tag: 9 }));
    assert.equal(seen?.name.text, '/shop/käse/7');
    assert.equal(seen?.source.text, '/hosts/h2');
    assert.equal(seen?.tag, 9);
  });

  it('end with TIMEOUT after their deadline, never later, and say how often they tried', async () => {
    const { network, model, host } = fabric(3);
    model.addRoute('/shop', '10.9.9.9');
    const call = host(1).host.call('/shop', utf8.encode('x'), { deadlineUs: 400_000, attempts: 3 });
    await assert.rejects(
      network.run(call),
      (error) => code('TIMEOUT')(error) && /3 transmissions/.test(String(error)),
    );
    assert.ok(network.now() <= 400_000, `${network.now()}`);
  });

  it('end with NACK and the reason where there is no route', async () => {
    const { network, host } = fabric(4);
    await assert.rejects(
      network.run(host(1).host.call('/nowhere')),
      (error) => code('NACK')(error) && error instanceof HostError && error.reason === NackReason.NO_ROUTE,
    );
  });

  it('end with NAME_MISMATCH where the fabric led to a host that does not serve the name', async () => {
    const { network, model, host } = fabric(5);
    await network.run(host(1).host.serve('/shop', echo));
    model.addRoute('/shopping', '10.0.0.1');
    await assert.rejects(
      network.run(host(2).host.call('/shopping')),
      (error) => error instanceof HostError && error.reason === NackReason.NAME_MISMATCH,
    );
  });

  it('are refused with the handler’s reason, and with UNAVAILABLE where it fails', async () => {
    const { network, host } = fabric(6);
    const server = host(1).host;
    const client = host(2).host;
    await network.run(
      server.serve('/deny', () => {
        throw new Refusal(NackReason.DENIED);
      }),
    );
    await network.run(server.serve('/broken', () => Promise.reject(new Error('disk on fire'))));
    const refused = (reason: number) => (error: unknown) =>
      error instanceof HostError && error.reason === reason;
    await assert.rejects(network.run(client.call('/deny')), refused(NackReason.DENIED));
    await assert.rejects(network.run(client.call('/broken')), refused(NackReason.UNAVAILABLE));
  });

  it('get past an instance that is UNAVAILABLE, since the next attempt may reach another', async () => {
    const { network, host } = fabric(7);
    const client = host(3).host;
    await network.run(
      host(1).host.serve('/shop', () => {
        throw new Error('this one is ill');
      }),
    );
    await network.run(host(2).host.serve('/shop', () => utf8.encode('well')));
    for (let i = 0; i < 20; i++) {
      const result = await network.run(
        client.call('/shop', undefined, { attempts: 20, deadlineUs: 50_000_000 }),
      );
      assert.equal(text(result.payload), 'well');
    }
  });

  it('get past an open breaker, since the next attempt may reach another instance', async () => {
    const { network, model, host } = fabric(27);
    const client = host(3).host;
    await network.run(host(1).host.serve('/shop', ({ payload }) => payload));
    let broken = 0;
    model.intercept = (packet, datagram) => {
      if (packet.type !== PacketType.SERVICE_REQUEST || packet.attempt > 0 || packet.instance !== 0)
        return false;
      if (datagram.src !== '10.0.0.3' || broken >= 5) return false;
      broken++;
      model.answer(packet, datagram, { type: PacketType.NACK, reason: NackReason.BREAKER_OPEN });
      return true;
    };
    for (let i = 0; i < 5; i++) {
      const options = { deadlineUs: 50_000_000, attempts: 20 };
      const { payload, attempts } = await network.run(client.call('/shop', Uint8Array.of(i), options));
      assert.deepEqual([...payload], [i]);
      assert.ok(attempts >= 2);
    }
    assert.equal(broken, 5);
    model.intercept = (packet, datagram) => {
      if (packet.type !== PacketType.SERVICE_REQUEST) return false;
      model.answer(packet, datagram, { type: PacketType.NACK, reason: NackReason.BREAKER_OPEN });
      return true;
    };
    await assert.rejects(
      network.run(client.call('/shop')),
      (error) => error instanceof HostError && error.reason === NackReason.BREAKER_OPEN,
    );
  });

  it('tell the service how long they wait, in one datagram and in an exchange', async () => {
    const { network, host } = fabric(28);
    const client = host(2).host;
    const told: (number | undefined)[] = [];
    let aborted = 0;
    await network.run(
      host(1).host.serve('/slow', (request) => {
        told.push(request.deadline === undefined ? undefined : request.deadline - network.now());
        return new Promise<Uint8Array>(() => {
          request.signal.addEventListener('abort', () => {
            aborted = network.now();
          });
        });
      }),
    );
    for (const length of [10, 5_000]) {
      const begun = network.now();
      aborted = 0;
      const options = { deadlineUs: 400_000, firstTimeoutUs: 500_000 };
      const call = client.call('/slow', new Uint8Array(length), options);
      await assert.rejects(network.run(call), code('TIMEOUT'));
      const left = told.pop();
      // 2^(n/8) rounded down is at most a twelfth less.
      assert.ok(
        left !== undefined && left <= 400_000 && left >= 400_000 / 1.1 - 5_000,
        `${left} for ${length}`,
      );
      await network.sleep(50_000);
      assert.ok(aborted > begun + 300_000 && aborted <= begun + 450_000, `${aborted - begun}`);
    }
  });

  it('refuse text that is no name, and attempts out of range', async () => {
    const { network, host } = fabric(8);
    const client = host(1).host;
    await assert.rejects(network.run(client.call('shop')), WireError);
    for (const length of [0, 5000]) {
      const call = client.call('/shop', new Uint8Array(length), { attempts: 0 });
      await assert.rejects(network.run(call), code('INVALID_ARGUMENT'));
    }
  });

  it('end with ABORTED by their signal, before and while they run', async () => {
    const { network, model, host } = fabric(9);
    model.addRoute('/shop', '10.9.9.9');
    const client = host(1).host;
    const controller = new AbortController();
    const call = client.call('/shop', undefined, { signal: controller.signal });
    network.schedule(1000, () => controller.abort());
    await assert.rejects(network.run(call), code('ABORTED'));
    assert.equal(network.now(), 1000);
    await assert.rejects(
      network.run(client.call('/shop', undefined, { signal: controller.signal })),
      code('ABORTED'),
    );
  });

  it('end with CLOSED when the host closes', async () => {
    const { network, model, host } = fabric(10);
    model.addRoute('/shop', '10.9.9.9');
    const client = host(1).host;
    const call = client.call('/shop');
    network.schedule(1000, () => client.close());
    await assert.rejects(network.run(call), code('CLOSED'));
    await assert.rejects(network.run(client.call('/shop')), code('CLOSED'));
  });

  it('ignore answers to nothing, duplicates, garbage and answers under another name', async () => {
    const { network, host } = fabric(11, { ...CALM, duplicate: 1 });
    const client = host(2);
    await network.run(host(1).host.serve('/shop', echo));
    client.environment.arrive({
      bytes: Uint8Array.of(1, 2, 3),
      src: '10.0.0.9',
      srcPort: 1,
      dst: '10.0.0.2',
      dstPort: 19795,
    });
    const result = await network.run(client.host.call('/shop', utf8.encode('once')));
    await network.sleep(100_000);
    assert.equal(text(result.payload), 'once');
    assert.ok(client.host.client.counters.unexpected > 0);
    assert.equal(client.host.client.counters.answered, 1);
    assert.equal(client.host.counters.malformed, 1);
  });

  it('survive any datagram that arrives', async () => {
    const { network, host } = fabric(12);
    const { environment, host: victim } = host(1);
    await network.run(victim.serve('/shop', echo));
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(19795, 49152, 21315),
        (bytes, dstPort) => {
          environment.arrive({ bytes, src: '10.0.0.9', srcPort: 7, dst: environment.address, dstPort });
        },
      ),
      { numRuns: 500 },
    );
    const huge = new Uint8Array(60_000);
    environment.arrive({
      bytes: huge,
      src: '10.0.0.9',
      srcPort: 7,
      dst: environment.address,
      dstPort: 19795,
    });
    assert.ok(victim.counters.malformed > 0);
  });

  it('ping answers for names that are served and for the host’s own, and for no others', async () => {
    const { network, model, host } = fabric(13);
    const server = host(1).host;
    const client = host(2).host;
    await network.run(server.attach());
    await network.run(server.serve('/shop', echo));
    assert.equal((await network.run(client.ping('/shop'))).rttUs, 40);
    assert.equal((await network.run(client.ping('/hosts/h1'))).rttUs, 40);
    model.attached.set('/hosts/h9', '10.0.0.1');
    await assert.rejects(network.run(client.ping('/hosts/h9')), code('NACK'));
  });

  it('are answered by the caller’s name where the host is told to', async () => {
    const { network, model } = fabric(14);
    const host = (n: number) =>
      new Host(network.host(`10.0.0.${n}`), {
        name: `/hosts/h${n}`,
        serviceAddress: SERVICE_ADDRESS,
        answerBy: 'name',
      });
    const server = host(1);
    const client = host(2);
    await network.run(server.serve('/shop', echo));
    // Not attached: the answer finds no route.
    const lost = client.call('/shop', undefined, { deadlineUs: 100_000 });
    await assert.rejects(network.run(lost), code('TIMEOUT'));
    await network.run(client.attach());
    assert.equal(model.attached.get('/hosts/h2'), '10.0.0.2');
    await network.run(client.call('/shop'));
  });

  it('are all answered, each with its own payload, under loss, duplication and reordering', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { network, host } = fabric(seed, ROUGH);
        const options = { attempts: 40, deadlineUs: 1e12, firstTimeoutUs: 5_000 };
        const servers = [host(1).host, host(2).host];
        const ran = new Map<string, number>();
        for (const [n, server] of servers.entries()) {
          const handler = (request: ServiceRequest) => {
            const key = `${n} ${text(request.payload)}`;
            ran.set(key, (ran.get(key) ?? 0) + 1);
            return request.payload;
          };
          // Registration itself runs over the same rough network.
          let service: unknown;
          while (service === undefined) {
            service = await network.run(
              server.serve('/shop', handler, { ttlMs: 600_000 }).catch(() => undefined),
            );
          }
        }
        const calls: Promise<void>[] = [];
        for (let c = 3; c < 6; c++) {
          const client = host(c).host;
          for (let i = 0; i < 10; i++) {
            const payload = utf8.encode(`${c}.${i}`);
            calls.push(
              client.call('/shop', payload, options).then((result) => {
                assert.equal(text(result.payload), `${c}.${i}`);
              }),
            );
          }
        }
        await network.run(Promise.all(calls), 1e12);
        for (const [key, times] of ran) assert.equal(times, 1, `${key} ran ${times} times on one instance`);
      }),
      { numRuns: 25 },
    );
  });
});

describe('names in the host', () => {
  it('are parsed once', () => {
    const { host } = fabric(1);
    const one = host(1).host;
    assert.equal(one.nameOf('/a/b'), one.nameOf('/a/b'));
    const name = Name.parse('/c');
    assert.equal(one.nameOf(name), name);
  });
});
