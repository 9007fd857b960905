import assert from 'node:assert/strict';
import {
  type DecodedEntity,
  type DigestList,
  type Entity,
  insert,
  modify,
  P4RuntimeError,
  type PacketIn,
  remove,
  SwitchClient,
} from '../../controller/p4runtime/index.js';
import { bmv2Missing, startBmv2 } from './bmv2.js';
import { startEmbedded } from './embedded.js';
import { workbench } from './workbench.js';

interface Target {
  readonly address: string;
  stop(): Promise<void>;
}

/** What one target does differently from the P4Runtime specification, or leaves out. */
interface Quirks {
  readonly missing: string | undefined;
  readonly start: () => Promise<Target>;
  /** Atomicities besides continue-on-error. */
  readonly atomicities: boolean;
  readonly registers: boolean;
}

const targets: Record<string, Quirks> = {
  'the embedded switch': {
    missing: undefined,
    start: () => startEmbedded(),
    atomicities: true,
    registers: true,
  },
  // facts: PI knows continue-on-error alone, and no registers.
  simple_switch_grpc: {
    missing: bmv2Missing(),
    start: () => startBmv2(),
    atomicities: false,
    registers: false,
  },
};

const pipeline = workbench();
const station = (dst: number, port = 1): Entity => ({
  kind: 'table-entry',
  table: 'stations',
  match: { 'hdr.ethernet.dst': dst },
  action: { kind: 'action', name: 'forward', params: { port } },
});

for (const [name, quirks] of Object.entries(targets)) {
  describe(`SwitchClient with ${name}`, () => {
    let target: Target;
    let client: SwitchClient;

    before(async function () {
      if (quirks.missing !== undefined) {
        this.test?.parent?.suites.splice(0);
        console.log(`      skipped: ${quirks.missing}`);
        this.skip();
      }
      target = await quirks.start();
      client = new SwitchClient({ address: target.address, electionId: 10n, backoff: { initialMs: 20 } });
      client.start();
      await client.whenPrimary(AbortSignal.timeout(15_000));
    });
    after(async () => {
      await client?.close();
      await target?.stop();
    });

    const read = async (query: Entity): Promise<DecodedEntity[]> => {
      const found: DecodedEntity[] = [];
      for await (const entity of client.read(query)) found.push(entity);
      return found;
    };

    it('speaks no names before there is a pipeline', async () => {
      assert.throws(() => client.schema, /no pipeline yet/);
      assert.equal(await client.pipelineCookie(), undefined);
      await assert.rejects(
        client.adoptPipeline(),
        (error) => error instanceof P4RuntimeError && error.isPipelineMissing,
      );
    });

    it('pushes a pipeline once', async () => {
      assert.match(await client.capabilities(), /^1\.\d/);
      assert.equal(await client.setPipeline(pipeline), true);
      assert.equal(await client.setPipeline(pipeline), false);
      assert.equal(await client.setPipeline(pipeline, { force: true }), true);
    });

    it('takes over the pipeline of a switch', async () => {
      const other = new SwitchClient({ address: target.address });
      const schema = await other.adoptPipeline();
      assert.deepEqual([...schema.tables].map((table) => table.name).sort(), [
        'workbench.routes',
        'workbench.rules',
        'workbench.settings',
        'workbench.spread',
        'workbench.stations',
      ]);
      await other.close();
    });

    it('inserts, changes, reads and deletes entries', async () => {
      await client.write([insert(station(1)), insert(station(2)), insert(station(3))]);
      await client.write([modify(station(2, 9)), remove(station(3))]);
      const entries = await read({ kind: 'table-entry', table: 'stations' });
      assert.deepEqual(
        entries.map((entry) => entry.kind === 'table-entry' && [entry.match, entry.action]),
        [
          [{ 'hdr.ethernet.dst': 1n }, { kind: 'action', name: 'workbench.forward', params: { port: 1n } }],
          [{ 'hdr.ethernet.dst': 2n }, { kind: 'action', name: 'workbench.forward', params: { port: 9n } }],
        ],
      );
      assert.equal((await read(station(2))).length, 1);
      await client.write([remove(station(1)), remove(station(2))]);
      assert.deepEqual(await read({ kind: 'table-entry' }), []);
    });

    it('may leave as many reads early as it likes: none costs the connection', async () => {
      await client.write([insert(station(1)), insert(station(2))]);
      // Node's HTTP/2 servers end the connection of a client that resets a thousand streams in a row.
      let reads = 0;
      for (; reads < 1500; reads += 1) {
        for await (const entity of client.read({ kind: 'table-entry', table: 'stations' })) {
          assert.equal(entity.kind, 'table-entry');
          break;
        }
      }
      assert.equal(reads, 1500);
      assert.equal(client.state.kind, 'primary');
      await client.write([remove(station(1)), remove(station(2))]);
    });

    it('writes more than one request holds', async () => {
      const many = Array.from({ length: 700 }, (_, i) => station(1000 + i));
      await client.write(many.map(insert));
      assert.equal((await read({ kind: 'table-entry', table: 'stations' })).length, 700);
      await client.write(many.map(remove));
    });

    it('names every update that was refused, and applies the others', async () => {
      await client.write([insert(station(1))]);
      await assert.rejects(
        client.write([insert(station(1)), insert(station(2)), remove(station(77))]),
        (error) => {
          assert.ok(error instanceof P4RuntimeError);
          assert.deepEqual(
            error.failures.map(({ index, status }) => [index, status]),
            [
              [0, 'ALREADY_EXISTS'],
              [2, 'NOT_FOUND'],
            ],
          );
          assert.deepEqual(error.failures[0]?.update, insert(station(1)));
          assert.equal(error.applied, 1);
          return true;
        },
      );
      await assert.rejects(client.write([remove(station(77))]), (error) => {
        return error instanceof P4RuntimeError && error.isNotFound && error.code === 'NOT_FOUND';
      });
      await client.write([remove(station(1)), remove(station(2))]);
    });

    it('hears when a table is full', async () => {
      const rule = (priority: number) =>
        insert({
          kind: 'table-entry',
          table: 'rules',
          priority,
          match: { port: priority },
          action: { kind: 'action', name: 'drop', params: {} },
        });
      // The program says 4; a target may hold more, but not without end.
      await assert.rejects(client.write(Array.from({ length: 300 }, (_, i) => rule(i + 1))), (error) => {
        // BMv2 gives no reason.
        return (
          error instanceof P4RuntimeError && (error.isResourceExhausted || error.failedOnlyWith('UNKNOWN'))
        );
      });
      const rules = await read({ kind: 'table-entry', table: 'rules' });
      assert.ok(rules.length >= 4);
      await client.write(rules.map((entity) => remove(entity as Entity)));
    });

    it('programs members, weighted groups, and entries that use them', async () => {
      const member = (id: number): Entity => ({
        kind: 'profile-member',
        profile: 'paths',
        member: id,
        action: { name: 'forward', params: { port: id } },
      });
      const group: Entity = {
        kind: 'profile-group',
        profile: 'paths',
        group: 7,
        members: [
          { member: 1, weight: 3 },
          { member: 2, weight: 1 },
        ],
      };
      const entry: Entity = {
        kind: 'table-entry',
        table: 'spread',
        match: { 'hdr.ethernet.dst': 5 },
        action: { kind: 'group', group: 7 },
      };
      await client.write([insert(member(1)), insert(member(2))]);
      await client.write([insert(group)]);
      await client.write([insert(entry)]);
      const [readGroup] = await read({ kind: 'profile-group', profile: 'paths' });
      assert.deepEqual(readGroup, { ...group, profile: 'workbench.paths' });
      const [readEntry] = await read({ kind: 'table-entry', table: 'spread' });
      assert.deepEqual(readEntry?.kind === 'table-entry' && readEntry.action, { kind: 'group', group: 7 });
      await client.write([remove(entry)]);
      await client.write([remove(group)]);
      await client.write([remove(member(1)), remove(member(2))]);
      assert.deepEqual(await read({ kind: 'profile-member' }), []);
    });

    it('programs multicast groups and clone sessions', async () => {
      const group: Entity = {
        kind: 'multicast-group',
        group: 3,
        replicas: [
          { port: 1, instance: 1 },
          { port: 2, instance: 5 },
        ],
      };
      const session: Entity = { kind: 'clone-session', session: 9, replicas: [{ port: 4, instance: 1 }] };
      await client.write([insert(group), insert(session)]);
      const [back] = await read({ kind: 'multicast-group' });
      assert.ok(back?.kind === 'multicast-group');
      const byPort = [...(back.replicas ?? [])].sort((a, b) => Number(a.port) - Number(b.port));
      assert.deepEqual({ ...back, replicas: byPort }, group);
      await client.write([remove(group), remove(session)]);
      assert.deepEqual(await read({ kind: 'multicast-group' }), []);
    });

    it('sets and resets a default entry', async () => {
      const settings: Entity = { kind: 'table-entry', table: 'settings', isDefault: true };
      const action = { kind: 'action', name: 'forward', params: { port: 4 } } as const;
      await client.write([modify({ ...settings, action })]);
      const [entry] = await read(settings);
      assert.deepEqual(entry?.kind === 'table-entry' && entry.action, {
        kind: 'action',
        name: 'workbench.forward',
        params: { port: 4n },
      });
      await client.write([modify(settings)]);
      const [reset] = await read(settings);
      assert.equal(
        reset?.kind === 'table-entry' && reset.action?.kind === 'action' && reset.action.name,
        'NoAction',
      );
    });

    it('reads and writes counters, meters and registers', async () => {
      await client.write([
        modify({ kind: 'counter', counter: 'port_counter', index: 5, data: { packets: 7, bytes: 700 } }),
        modify({
          kind: 'meter',
          meter: 'port_meter',
          index: 2,
          config: { cir: 10, cburst: 20, pir: 30, pburst: 40 },
        }),
      ]);
      const [counter] = await read({ kind: 'counter', counter: 'port_counter', index: 5 });
      assert.deepEqual(counter?.kind === 'counter' && counter.data, { packets: 7, bytes: 700 });
      assert.equal((await read({ kind: 'counter', counter: 'port_counter' })).length, 64);
      const [meter] = await read({ kind: 'meter', meter: 'port_meter', index: 2 });
      assert.deepEqual(meter?.kind === 'meter' && meter.config, { cir: 10, cburst: 20, pir: 30, pburst: 40 });
      const cell: Entity = { kind: 'register', register: 'last_source', index: 3, value: 77 };
      if (!quirks.registers) {
        await assert.rejects(
          client.write([modify(cell)]),
          (error) => error instanceof P4RuntimeError && error.isUnimplemented,
        );
        return;
      }
      await client.write([modify(cell)]);
      const [register] = await read({ kind: 'register', register: 'last_source', index: 3 });
      assert.deepEqual(register?.kind === 'register' && register.value, 77n);
    });

    it('applies all of a batch or nothing, where the target can', async () => {
      const write = client.write([insert(station(5)), remove(station(66))], {
        atomicity: 'rollback-on-error',
      });
      await assert.rejects(
        write,
        (error) => error instanceof P4RuntimeError && (quirks.atomicities || error.code === 'UNIMPLEMENTED'),
      );
      assert.deepEqual(await read({ kind: 'table-entry', table: 'stations' }), []);
    });

    it('exchanges packets with named metadata, and counts direct resources', async () => {
      await client.write([
        insert({
          kind: 'table-entry',
          table: 'routes',
          match: { dst: '00:00:00:00:00:00/8' },
          action: { kind: 'action', name: 'forward', params: { port: 3 } },
        }),
      ]);
      const next = new Promise<PacketIn>((resolve) => client.packetIn.subscribe(resolve));
      // A packet-out to the CPU port comes back as it is, but for the header in front of it.
      const frame = new Uint8Array(18).fill(0xab);
      assert.equal(client.packetOut(frame, { egress_port: 510 }), true);
      const packet = await next;
      assert.deepEqual(Object.keys(packet.metadata), ['ingress_port', 'reason', 'reserved']);
      assert.throws(() => client.packetOut(frame, { egress: 1 }), /no field 'egress'/);
      const [cell] = await read({ kind: 'direct-counter', entry: { kind: 'table-entry', table: 'routes' } });
      assert.deepEqual(cell?.kind === 'direct-counter' && cell.data, { packets: 0, bytes: 0 });
    });

    it('is aborted and times out', async () => {
      const read = client.read({ kind: 'table-entry' }, { signal: AbortSignal.abort() });
      await assert.rejects(
        read.next(),
        (error) => error instanceof P4RuntimeError && error.code === 'CANCELLED',
      );
      await assert.rejects(
        client.write([insert(station(5))], { signal: AbortSignal.abort() }),
        (error) => error instanceof P4RuntimeError && error.code === 'CANCELLED',
      );
      await assert.rejects(
        client.pipelineCookie({ timeoutMs: -1 }),
        (error) =>
          error instanceof P4RuntimeError && error.code === 'DEADLINE_EXCEEDED' && error.isConnectionLost,
      );
    });

    it('is a backup behind a higher election id, and primary again', async () => {
      const rival = new SwitchClient({ address: target.address, electionId: 11n });
      rival.start();
      await rival.whenPrimary(AbortSignal.timeout(5000));
      await until(client, () => client.state.kind === 'backup');
      await assert.rejects(
        client.write([insert(station(5))]),
        (error) => error instanceof P4RuntimeError && error.isNotPrimary,
      );
      await rival.close();
      await client.whenPrimary(AbortSignal.timeout(5000));
    });

    it('does with another id where its own is taken', async () => {
      const rival = new SwitchClient({
        address: target.address,
        electionId: client.state.kind === 'primary' ? client.state.electionId : 0n,
        backoff: { initialMs: 20 },
      });
      rival.start();
      await until(rival, () => rival.state.kind === 'backup');
      await rival.close();
    });
  });
}

describe('SwitchClient with the embedded switch only', () => {
  it('hears digests and acknowledges them', async () => {
    const target = await startEmbedded();
    const client = new SwitchClient({ address: target.address });
    client.start();
    await client.whenPrimary(AbortSignal.timeout(5000));
    await client.setPipeline(pipeline);
    await client.write([
      insert({
        kind: 'table-entry',
        table: 'stations',
        match: { 'hdr.ethernet.dst': '00:00:00:00:00:01' },
        action: { kind: 'action', name: 'report', params: {} },
      }),
      insert({ kind: 'digest', digest: 'seen_t' }),
    ]);
    const next = new Promise<DigestList>((resolve) => client.digest.subscribe(resolve));
    const frame = new Uint8Array(60);
    frame.set([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 8, 0]);
    target.switch.receive(4, frame);
    const list = await next;
    assert.equal(list.digest, 'seen_t');
    assert.deepEqual(list.samples, [{ address: 2n, port: 4n }]);
    const { streamMessagesSent } = client.stats;
    assert.ok(streamMessagesSent >= 2, 'the bid and the acknowledgement');
    await client.close();
    await target.stop();
  });

  it('acknowledges when it is told to', async () => {
    const target = await startEmbedded();
    const client = new SwitchClient({ address: target.address, ackDigests: false });
    await client.whenPrimary(AbortSignal.timeout(5000));
    await client.setPipeline(pipeline);
    const match = { 'hdr.ethernet.dst': 1 };
    const action = { kind: 'action', name: 'report', params: {} } as const;
    await client.write([
      insert({ kind: 'table-entry', table: 'stations', match, action }),
      // What was not acknowledged is withheld for an hour.
      insert({ kind: 'digest', digest: 'seen_t', maxListSize: 1, ackTimeoutNs: 3_600_000_000_000 }),
    ]);
    const lists = client.digest.values();
    const frame = new Uint8Array(60);
    frame.set([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 8, 0]);
    target.switch.receive(4, frame);
    const first = (await lists.next()).value ?? assert.fail();
    const { streamMessagesSent } = client.stats;
    assert.equal(streamMessagesSent, 1, 'the bid alone');
    assert.equal(client.acknowledge(first), true);
    // The acknowledgement has arrived when a later call is answered; the sample may be reported again.
    await client.capabilities();
    target.switch.receive(4, frame);
    const second = (await lists.next()).value ?? assert.fail();
    assert.deepEqual(second.samples, first.samples);
    await target.stop();
    await lists.return?.();
    await client.close();
    assert.equal(client.acknowledge(second), false);
    assert.equal(client.stats.acksDropped, 1);
  });

  it('comes back after its switch did', async () => {
    const first = await startEmbedded();
    const client = new SwitchClient({ address: first.address, backoff: { initialMs: 10, maxMs: 50 } });
    client.start();
    await client.whenPrimary(AbortSignal.timeout(5000));
    await client.setPipeline(pipeline);
    const port = Number(first.address.split(':')[1]);
    await first.stop();
    await until(client, () => client.state.kind === 'disconnected');
    await assert.rejects(
      client.write([insert(station(1))]),
      (error) => error instanceof P4RuntimeError && error.code === 'NOT_PRIMARY',
    );
    assert.equal(client.packetOut(new Uint8Array(14), { egress_port: 1 }), false);
    assert.equal(client.stats.packetsOutDropped, 1);
    const second = await startEmbedded(port);
    await client.whenPrimary(AbortSignal.timeout(10_000));
    assert.equal(await client.setPipeline(pipeline), true, 'the new switch is empty');
    await client.close();
    assert.equal(client.state.kind, 'closed');
    await assert.rejects(
      client.whenPrimary(),
      (error) => error instanceof P4RuntimeError && error.code === 'CLOSED',
    );
    await assert.rejects(
      client.pipelineCookie(),
      (error) => error instanceof P4RuntimeError && error.code === 'CLOSED',
    );
    await second.stop();
  });

  it('waits for a switch that is not there yet, until it is told not to', async () => {
    const client = new SwitchClient({ address: '127.0.0.1:1', backoff: { initialMs: 10 } });
    client.start();
    await assert.rejects(
      client.whenPrimary(AbortSignal.timeout(200)),
      (error) => error instanceof P4RuntimeError && error.code === 'CANCELLED',
    );
    await client.close();
  });
});

/** Resolves when the condition holds after some change of a client's state. */
function until(client: SwitchClient, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) return resolve();
    const end = client.stateChanged.subscribe(() => {
      if (!condition()) return;
      end();
      resolve();
    });
  });
}
