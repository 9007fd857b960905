import assert from 'node:assert/strict';
import { Host, HostError } from '../../host/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, SimNetwork } from './sim-network.js';

const text = (b: Uint8Array) => new TextDecoder().decode(b);
const utf8 = new TextEncoder();

function fabric(seed = 1) {
  const network = new SimNetwork(seed, CALM);
  const model = new FabricModel(network);
  const host = (n: number) => {
    const environment = network.host(`10.0.0.${n}`);
    return {
      environment,
      host: new Host(environment, { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS }),
    };
  };
  return { network, model, host };
}

describe('services', () => {
  it('register, renew every third of their life, and deregister', async () => {
    const { network, model, host } = fabric();
    const service = await network.run(host(1).host.serve('/shop', () => utf8.encode('yes'), { ttlMs: 300 }));
    assert.equal(service.state.state, 'registered');
    await network.sleep(1_000_000);
    assert.equal(model.instances.size, 1);
    const renewals = model.registryCalls.filter((op) => op === 'renew').length;
    assert.ok(renewals >= 8 && renewals <= 10, `${renewals} renewals in a second`);
    await network.run(service.stop());
    assert.equal(model.instances.size, 0);
    assert.deepEqual(service.state, { state: 'stopped' });
    await network.sleep(1_000_000);
    assert.equal(model.registryCalls.at(-1), 'deregister');
  });

  it('register anew when the registry has forgotten them', async () => {
    const { network, model, host } = fabric();
    const errors: string[] = [];
    const service = await network.run(
      host(1).host.serve('/shop', () => utf8.encode('yes'), {
        ttlMs: 300,
        onLeaseError: (error) => errors.push(error.detail),
      }),
    );
    const first = service.instance;
    model.instances.clear();
    await network.sleep(200_000);
    assert.notEqual(service.instance, first);
    assert.ok(model.instances.has(service.instance));
    assert.deepEqual(errors, ['UNKNOWN_INSTANCE']);
  });

  it('outlive a registry that is away for a while', async () => {
    const { network, model, host } = fabric();
    let failures = 0;
    const onLeaseError = () => failures++;
    const service = await network.run(
      host(1).host.serve('/shop', () => utf8.encode('yes'), { ttlMs: 300, onLeaseError }),
    );
    model.registryUp = false;
    await network.sleep(2_000_000);
    assert.ok(failures > 0);
    model.registryUp = true;
    await network.sleep(500_000);
    assert.ok(model.instances.has(service.instance));
    const result = await network.run(host(2).host.call('/shop'));
    assert.equal(text(result.payload), 'yes');
  });

  it('say what the registry refused, and serve nothing then', async () => {
    const { network, host } = fabric();
    const server = host(1).host;
    await assert.rejects(
      network.run(server.serve('/forbidden', () => utf8.encode('no'))),
      (error) => error instanceof HostError && error.code === 'REFUSED' && error.detail === 'PREFIX_DENIED',
    );
    // The name is free again.
    await network.run(server.serve('/forbidden', () => utf8.encode('local'), { register: false }));
  });

  it('spread by weight; when one dies without a word, calls go on to the others', async () => {
    const { network, host } = fabric(3);
    const dying = host(1);
    await network.run(dying.host.serve('/shop', () => utf8.encode('1'), { weight: 1, ttlMs: 300 }));
    await network.run(host(2).host.serve('/shop', () => utf8.encode('2'), { weight: 3, ttlMs: 300 }));
    const client = host(3).host;
    const seen = { '1': 0, '2': 0 };
    for (let i = 0; i < 400; i++)
      seen[text((await network.run(client.call('/shop'))).payload) as '1' | '2']++;
    assert.ok(seen['1'] > 60 && seen['1'] < 140, `${seen['1']} of 400 for weight 1 of 4`);
    dying.environment.die();
    for (let i = 0; i < 50; i++) {
      const result = await network.run(
        client.call('/shop', undefined, { attempts: 20, deadlineUs: 20_000_000 }),
      );
      assert.equal(text(result.payload), '2');
    }
  });

  it('take requests on a port of their own and still answer from the named port', async () => {
    const { network, model, host } = fabric();
    await network.run(host(1).host.serve('/shop', () => utf8.encode('yes'), { port: 7000 }));
    assert.equal([...model.instances.values()][0]?.port, 7000);
    await network.run(host(2).host.call('/shop'));
  });

  it('run a handler once per request: a repetition waits for the first answer or gets it again', async () => {
    const { network, host } = fabric();
    let runs = 0;
    const slow = async () => {
      runs++;
      await new Promise<void>((wake) => network.schedule(120_000, wake));
      return utf8.encode(`run ${runs}`);
    };
    const service = await network.run(host(1).host.serve('/slow', slow));
    const result = await network.run(host(2).host.call('/slow', undefined, { firstTimeoutUs: 10_000 }));
    assert.equal(text(result.payload), 'run 1');
    assert.ok(result.attempts > 1);
    assert.equal(runs, 1);
    assert.ok(service.counters.duplicates > 0);
  });

  it('the longest name that covers a request serves it', async () => {
    const { network, host } = fabric();
    const server = host(1).host;
    await network.run(server.serve('/shop', () => utf8.encode('all')));
    await network.run(server.serve('/shop/cart', () => utf8.encode('cart')));
    const client = host(2).host;
    assert.equal(text((await network.run(client.call('/shop/cart/1'))).payload), 'cart');
    assert.equal(text((await network.run(client.call('/shop/carton'))).payload), 'all');
  });

  it('one host serves a name once', async () => {
    const { network, host } = fabric();
    const server = host(1).host;
    await network.run(server.serve('/shop', () => utf8.encode('yes')));
    await assert.rejects(
      network.run(server.serve('/shop', () => utf8.encode('no'))),
      (error) => error instanceof HostError && error.code === 'INVALID_ARGUMENT',
    );
  });
});
