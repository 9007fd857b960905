import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DesiredSwitch } from '../../controller/fabric/desired.js';
import {
  type Ownership,
  Reconciler,
  type ReconcilerState,
  type Refusal,
} from '../../controller/fabric/reconciler.js';
import { identify } from '../../controller/p4runtime/identity.js';
import { type Entity, encodeEntity, Schema, SwitchClient } from '../../controller/p4runtime/index.js';
import { FakeSwitch, PROFILE_OF } from './fake-switch.js';
import { workbench } from './workbench.js';

const schema = new Schema(workbench().p4info);
for (const table of schema.tables)
  if (table.profileId !== undefined) PROFILE_OF.set(table.id, table.profileId);

const OWNED: Ownership = {
  tables: ['workbench.stations', 'workbench.spread'],
  defaults: ['workbench.settings'],
  profiles: ['workbench.paths'],
  multicastGroups: { first: 1, last: 100 },
  digests: ['seen_t'],
  breakBeforeMake: [],
};

const forward = (port: number) => ({ name: 'forward', params: { port } });
const station = (dst: number, port: number): Entity => ({
  kind: 'table-entry',
  table: 'stations',
  match: { 'hdr.ethernet.dst': dst },
  action: { kind: 'action', ...forward(port) },
});
const member = (id: number, port: number): Entity => ({
  kind: 'profile-member',
  profile: 'paths',
  member: id,
  action: forward(port),
});
const group = (id: number, members: number[]): Entity => ({
  kind: 'profile-group',
  profile: 'paths',
  group: id,
  members: members.map((each) => ({ member: each, weight: 1 })),
});
const spread = (
  dst: number,
  action: { kind: 'group'; group: number } | { kind: 'member'; member: number },
): Entity => ({
  kind: 'table-entry',
  table: 'spread',
  match: { 'hdr.ethernet.dst': dst },
  action,
});

class Bench {
  readonly desired = new DesiredSwitch(schema);
  readonly refusals: Refusal[] = [];
  readonly errors: unknown[] = [];
  readonly fake: FakeSwitch;
  readonly client: SwitchClient;
  readonly reconciler: Reconciler;
  #wake: (() => void)[] = [];

  private constructor(fake: FakeSwitch, ownership: Ownership, refusedMs: number) {
    this.fake = fake;
    this.client = new SwitchClient({ address: fake.address, backoff: { initialMs: 10, maxMs: 20 } });
    this.reconciler = new Reconciler({
      client: this.client,
      schema,
      desired: this.desired,
      ownership,
      onState: () => {
        for (const wake of this.#wake.splice(0)) wake();
      },
      onRefused: (refusal) => this.refusals.push(refusal),
      onError: (error) => this.errors.push(error),
      refusedBackoff: { initialMs: refusedMs },
    });
  }

  static async start(ownership = OWNED, refusedMs = 60_000): Promise<Bench> {
    const bench = new Bench(await new FakeSwitch().start(), ownership, refusedMs);
    bench.client.start();
    await bench.client.whenPrimary(AbortSignal.timeout(5000));
    await bench.client.setPipeline(workbench());
    bench.reconciler.up();
    await bench.reached('idle');
    return bench;
  }

  async reached(state: ReconcilerState): Promise<void> {
    while (this.reconciler.state !== state) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  /** The reconciler's next change of state. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  /** Makes a section be, and waits until the switch agrees. */
  async want(section: string, entities: readonly Entity[]): Promise<void> {
    this.desired.replace(section, entities);
    this.reconciler.changed();
    await this.reached('idle');
  }

  /** The switch holds exactly what it should. */
  check(foreign: readonly string[] = []): void {
    const wanted = [...this.desired.items()].map(({ key, body }) => `${key} = ${body}`);
    const held = [...this.fake.entities.values()].map((entity) => {
      const { key, body } = identify(entity);
      return `${key} = ${body}`;
    });
    assert.deepEqual(held.filter((text) => !foreign.includes(text)).sort(), wanted.sort());
  }

  async stop(): Promise<void> {
    this.reconciler.down();
    await this.client.close();
    this.fake.stop();
  }
}

describe('reconciler', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  it('writes what is new, changes what differs, deletes what is no longer wanted', async () => {
    await bench.want('a', [station(1, 1), station(2, 1), station(3, 1)]);
    bench.check();
    bench.fake.applied.length = 0;
    await bench.want('a', [station(1, 1), station(2, 9), station(4, 1)]);
    bench.check();
    assert.deepEqual(
      bench.fake.applied.map((text) => text.split(' ')[0]),
      ['modify', 'insert', 'delete'],
    );
    assert.equal(bench.reconciler.stats.reads, 1, 'it knows what the switch holds');
  });

  it('takes nothing for written that was in a request without an answer, whatever others were answered', async () => {
    const { fake, desired, reconciler } = bench;
    const wanted = Array.from({ length: 600 }, (_, i) => station(i + 1, 1));
    // Something in the first request is refused, and the second one gets no details.
    fake.refuse = () => {
      fake.refuse = () => undefined;
      fake.onWrite = () => {
        fake.onWrite = () => 'all';
        fake.entities.clear();
        throw Object.assign(new Error('too late'), { code: 4, details: 'too late' });
      };
      return 'no';
    };
    desired.replace('a', wanted);
    reconciler.changed();
    await bench.reached('waiting');
    assert.match(String(bench.errors[0]), /DEADLINE_EXCEEDED.*too late/);
    await bench.reached('idle');
    bench.check();
  });

  it('makes before it breaks', async () => {
    await bench.want('a', [
      member(1, 1),
      member(2, 2),
      group(1, [1, 2]),
      spread(5, { kind: 'group', group: 1 }),
    ]);
    bench.fake.applied.length = 0;
    await bench.want('a', [member(3, 3), group(2, [3]), spread(5, { kind: 'group', group: 2 })]);
    bench.check();
    assert.deepEqual(
      bench.fake.applied.map((text) => text.split(' ').slice(0, 2).join(' ')),
      ['insert member', 'insert group', 'modify entry', 'delete group', 'delete member', 'delete member'],
    );
    assert.deepEqual(bench.refusals, []);
  });

  it('breaks before it makes where entries share what only one may have', async () => {
    await bench.stop();
    bench = await Bench.start({ ...OWNED, breakBeforeMake: ['workbench.stations'] });
    await bench.want('a', [station(1, 7)]);
    bench.fake.applied.length = 0;
    await bench.want('a', [station(2, 7)]);
    assert.deepEqual(
      bench.fake.applied.map((text) => text.split(' ')[0]),
      ['delete', 'insert'],
    );
  });

  it('takes a burst of changes together', async () => {
    for (let i = 1; i <= 50; i += 1) {
      bench.desired.replace(`s${i}`, [station(i, 1)]);
      bench.reconciler.changed();
    }
    await bench.reached('idle');
    bench.check();
    assert.ok(bench.fake.writeSizes.length <= 2, `${bench.fake.writeSizes}`);
  });

  it('touches only what it owns', async () => {
    const foreign: Entity[] = [
      {
        kind: 'table-entry',
        table: 'routes',
        match: { dst: '0x1/48' },
        action: { kind: 'action', ...forward(1) },
      },
      { kind: 'multicast-group', group: 200, replicas: [{ port: 1, instance: 1 }] },
    ];
    for (const entity of foreign) {
      const message = encodeEntity(schema, entity);
      bench.fake.entities.set(identify(message).key, message);
    }
    const stale = encodeEntity(schema, station(77, 1));
    bench.fake.entities.set(identify(stale).key, stale);
    bench.reconciler.down();
    bench.reconciler.up();
    await bench.want('a', [station(1, 1)]);
    bench.check(
      foreign.map((entity) => {
        const { key, body } = identify(encodeEntity(schema, entity));
        return `${key} = ${body}`;
      }),
    );
  });

  it('writes nothing where nothing differs after a reconnection', async () => {
    await bench.want('a', [
      member(1, 1),
      group(1, [1]),
      spread(5, { kind: 'group', group: 1 }),
      station(1, 1),
    ]);
    bench.fake.applied.length = 0;
    bench.reconciler.down();
    assert.equal(bench.reconciler.state, 'down');
    bench.reconciler.up();
    await bench.reached('idle');
    assert.deepEqual(bench.fake.applied, []);
    assert.equal(bench.reconciler.stats.reads, 2);
  });

  it('fills a switch that comes back empty', async () => {
    await bench.want('a', [station(1, 1), station(2, 1)]);
    bench.reconciler.down();
    bench.fake.wipe();
    bench.reconciler.up();
    await bench.reached('idle');
    bench.check();
  });

  it('reads again where the switch holds something else than it said', async () => {
    await bench.want('a', [station(1, 1)]);
    bench.fake.entities.clear();
    await bench.want('a', [station(1, 2), station(2, 2)]);
    bench.check();
    assert.equal(bench.reconciler.stats.reads, 2);
    assert.deepEqual(bench.refusals, []);
  });

  it('tries again what is refused until the switch takes it, and reports it once', async () => {
    await bench.stop();
    bench = await Bench.start(OWNED, 20);
    const bad = identify(encodeEntity(schema, station(2, 2))).key;
    let tries = 0;
    bench.fake.refuse = (_type, entity) => {
      if (identify(entity).key !== bad) return undefined;
      tries += 1;
      return tries < 4 ? 'no station 2 yet' : undefined;
    };
    await bench.want('a', [station(1, 1), station(2, 2)]);
    while (bench.reconciler.refusedCount > 0) await bench.next();
    await bench.reached('idle');
    bench.check();
    assert.equal(tries, 4);
    assert.equal(bench.refusals.length, 1);

    tries = 0;
    bench.fake.refuse = (type) => {
      if (type !== 'delete') return undefined;
      tries += 1;
      return tries < 3 ? 'station 2 stays for now' : undefined;
    };
    await bench.want('a', [station(1, 1)]);
    while (bench.fake.entities.has(bad)) await bench.next();
    await bench.reached('idle');
    assert.equal(tries, 3);
    assert.equal(bench.refusals.length, 2);
    assert.deepEqual(bench.errors, []);
  });

  it('reports an entry that is refused, does the rest, and tries again when it changes', async () => {
    const bad = identify(encodeEntity(schema, station(2, 1))).key;
    bench.fake.refuse = (_type, entity) => (identify(entity).key === bad ? 'no station 2 here' : undefined);
    await bench.want('a', [station(1, 1), station(2, 1), station(3, 1)]);
    assert.equal(bench.fake.entities.size, 2);
    assert.deepEqual(
      bench.refusals.map(({ item, type, error }) => [item.key, type, error.status, error.message]),
      [[bad, 'insert', 'INVALID_ARGUMENT', 'no station 2 here']],
    );
    assert.equal(bench.reconciler.refusedCount, 1);
    const { length } = bench.fake.writeSizes;
    await bench.want('b', []);
    assert.equal(bench.fake.writeSizes.length, length, 'not tried without reason');
    bench.fake.refuse = () => undefined;
    await bench.want('a', [station(1, 1), station(2, 5), station(3, 1)]);
    bench.check();
    assert.equal(bench.reconciler.refusedCount, 0);
  });

  it('makes room first where the switch is full', async () => {
    bench.fake.capacity = 3;
    await bench.want('a', [station(1, 1), station(2, 1), station(3, 1)]);
    await bench.want('a', [station(4, 1), station(5, 1), station(3, 1)]);
    bench.check();
    assert.equal(bench.refusals.length, 0);
    await bench.want('a', [station(3, 1), station(4, 1), station(5, 1), station(6, 1)]);
    assert.deepEqual(
      bench.refusals.map(({ error }) => error.status),
      ['RESOURCE_EXHAUSTED'],
    );
  });

  it('survives a connection cut in mid-batch', async () => {
    bench.client.stateChanged.subscribe((state) => {
      if (state.kind === 'primary') bench.reconciler.up();
      else bench.reconciler.down();
    });
    let cuts = 0;
    bench.fake.onWrite = () => {
      cuts += 1;
      return cuts === 1 ? 'half then cut' : 'all';
    };
    bench.desired.replace(
      'a',
      [1, 2, 3, 4, 5, 6, 7].map((dst) => station(dst, 1)),
    );
    bench.reconciler.changed();
    await bench.reached('down');
    await bench.reached('idle');
    bench.check();
    assert.deepEqual(bench.refusals, []);
  });

  it('ends where it should from anywhere, in any order of changes', async function () {
    this.timeout(60_000);
    const service = fc.record({
      members: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      port: fc.integer({ min: 1, max: 3 }),
      grouped: fc.boolean(),
    });
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.option(service)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (list, restart) => {
        for (const [slot, choice] of list) {
          const ids = (choice?.members ?? []).map((id) => 10 * slot + id);
          const [first = 0] = ids;
          const entities =
            choice === null
              ? []
              : [
                  ...ids.map((id) => member(id, choice.port)),
                  ...(choice.grouped ? [group(slot + 1, ids)] : []),
                  spread(
                    slot,
                    choice.grouped ? { kind: 'group', group: slot + 1 } : { kind: 'member', member: first },
                  ),
                ];
          bench.desired.replace(`slot${slot}`, entities);
          bench.reconciler.changed();
          if (slot === 1) await bench.reached('idle');
        }
        if (restart) {
          bench.reconciler.down();
          bench.reconciler.up();
        }
        await bench.reached('idle');
        bench.check();
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(bench.refusals, []);
    assert.deepEqual(bench.errors, []);
  });
});
