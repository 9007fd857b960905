import assert from 'node:assert/strict';
import { MemoryStore, parseTopology } from '../../controller/index.js';
import type { Entity } from '../../controller/p4runtime/index.js';
import { Slots } from '../../controller/policy/slots.js';
import { Trust } from '../../controller/trust/trust.js';
import { TrustPolicies } from '../../controller/trust/trust-policies.js';
import { FabricKey, Name } from '../../wire/index.js';
import { ManualClock } from '../controller/manual-clock.js';

const topology = parseTopology(`
switches: [{ name: leaf1, role: leaf, id: 1 }]
links: []
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h2, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
`);
const FORGED = 4;

/** The trust of a controller, and what it has laid down. */
function makeTrust(store: MemoryStore, clock: ManualClock, leads = true) {
  const entries = new Map<string, readonly Entity[]>();
  const errors: unknown[] = [];
  const cells = new Slots('cells', 'policy/cell/', 0, 3);
  const common = { store, onError: (error: unknown) => void errors.push(error), onIdle: () => undefined };
  const policies = new TrustPolicies({ ...common, onChanged: () => trust.policiesChanged() });
  const trust: Trust = new Trust({
    ...common,
    topology,
    key: FabricKey.default,
    clock,
    policies,
    cells,
    leads: () => leads,
    granted: (_, port) => (port === 1 ? [Name.parse('/shop')] : []),
    hosts: () =>
      [...topology.hosts.values()].map(({ name, ipv4 }, number) => {
        return { name: Name.parse(`/host/${name}`), number, address: ipv4, port: 1 };
      }),
    onEntries: (at, section, entities) => void entries.set(`${at} ${section}`, entities),
    voidFlows: () => Promise.resolve(),
  });
  const standing = (name: string) => {
    return trust.get(name)?.status as { level: number; action: string; penalty: number; ageMs: number };
  };
  return { trust, policies, cells, entries, errors, standing };
}

/** Lets what a timer has begun end: a commit or two to memory. */
async function rest(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

describe('trust and the store', () => {
  const spec = { intervalMs: 1000, halfLifeMs: 1_000_000, maturityMs: 1_000_000_000 };

  it('outlives the controller: age, penalty, step and meter cell', async () => {
    const store = new MemoryStore();
    const clock = new ManualClock();
    const first = makeTrust(store, clock);
    await first.policies.put('all', spec);
    first.trust.denied('leaf1', 1, FORGED);
    clock.advance(1e6);
    await rest();
    assert.equal(first.standing('h1').action, 'rate');
    const [meter, ...limits] = first.entries.get('leaf1 trust/host/h1') ?? [];
    assert.equal(meter?.kind, 'meter');
    assert.equal(limits.length, 2, 'its own name, and the prefix its port was granted');
    assert.equal(first.standing('h2').action, 'none');
    first.trust.close();

    const second = makeTrust(store, new ManualClock());
    const values = await store.load();
    second.cells.apply([...values].map(([key, value]) => ({ key, value })));
    second.policies.restore(values);
    second.trust.restore(values);
    assert.equal(second.standing('h1').level, 1);
    assert.ok(Math.abs(second.standing('h1').penalty - first.standing('h1').penalty) < 0.01);
    assert.ok(second.standing('h1').ageMs >= 1000);
    assert.deepEqual(second.entries.get('leaf1 trust/host/h1'), first.entries.get('leaf1 trust/host/h1'));
    assert.deepEqual([...first.errors, ...second.errors], []);
    second.trust.close();
  });

  it('follows the controller that leads the switch, and judges nobody itself', async () => {
    const store = new MemoryStore();
    const clock = new ManualClock();
    const leader = makeTrust(store, clock);
    await leader.policies.put('all', spec);
    leader.trust.denied('leaf1', 2, FORGED);
    clock.advance(1e6);
    await rest();
    const other = makeTrust(new MemoryStore(), clock, false);
    const changes = [...(await store.load())].map(([key, value]) => ({ key, value }));
    other.cells.apply(changes);
    other.policies.apply(changes);
    other.trust.apply(changes);
    assert.equal(other.standing('h2').action, 'rate');
    assert.equal(other.entries.get('leaf1 trust/host/h2')?.[0]?.kind, 'meter');
    for (let i = 0; i < 20; i++) {
      clock.advance(1e6);
      await rest();
    }
    assert.equal(other.standing('h2').level, 1, 'the leader decides when it is over');
    leader.trust.close();
    other.trust.close();
  });
});
