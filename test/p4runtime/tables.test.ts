import assert from 'node:assert/strict';
import {
  ActionProfileAction,
  ActionProfileActionSet,
  CounterData,
  DirectCounterEntry,
  DirectMeterEntry,
  MeterConfig,
  TableAction,
  TableEntry,
  WriteRequest,
} from 'p4runtime-js';
import {
  entity,
  exact,
  insert,
  lpm,
  modify,
  optional,
  Rig,
  range,
  remove,
  tableEntity,
  ternary,
  update,
} from './rig.js';

const ETHERNET = '00000000aa0100000000bb01';
const IPV4 = (source: string, destination: string): string =>
  `${ETHERNET}0800450000140001000040110000${source}${destination}`;

describe('P4Runtime table entries', () => {
  let rig: Rig;
  before(async () => {
    rig = await new Rig().start();
    await rig.primary();
  });
  beforeEach(async () => {
    assert.equal(await rig.setPipeline(rig.config()), undefined);
  });
  after(() => rig.stop());

  const route = (value: number, length: number, port: number): TableEntry =>
    rig.entry('ipv4_lpm', length === 0 ? [] : [lpm(1, value, length)], rig.action('route', port));

  it('forward packets, the longest prefix first', async () => {
    await rig.apply(
      insert(route(0x0a000000, 8, 1)),
      insert(route(0x0a010000, 16, 2)),
      insert(route(0, 0, 3)),
    );
    for (const destination of ['0a020304', '0a010203', '0b000001'])
      rig.receive(0, IPV4('01010101', destination));
    assert.deepEqual(
      [1, 2, 3].map((port) => rig.take(port).length),
      [1, 1, 1],
    );
    await rig.apply(modify(route(0x0a010000, 16, 4)), remove(route(0x0a000000, 8, 0)));
    for (const destination of ['0a020304', '0a010203']) rig.receive(0, IPV4('01010101', destination));
    assert.deepEqual(
      [1, 2, 3, 4].map((port) => rig.take(port).length),
      [0, 0, 1, 1],
    );
  });

  it('are read as they were written, bytes canonical, "don\'t care" left out', async () => {
    const acl = rig.entry(
      'acl',
      [optional(1, 3), ternary(2, 0x0a00n, 0xff00n), range(3, 0x800, 0x8ff)],
      rig.action('deny'),
      (entry) => {
        entry.setPriority(17);
        entry.setMetadata(Uint8Array.of(1, 2, 3));
        entry.setControllerMetadata('18446744073709551615');
      },
    );
    const open = rig.entry('acl', [], rig.action('allow'), (entry) => entry.setPriority(1));
    await rig.apply(insert(acl), insert(open));
    const entries = (await rig.read(tableEntity(rig.entry('acl', [])))).map((e) => e.getTableEntry());
    assert.deepEqual(
      entries.map((e) => e?.toObject()),
      [acl.toObject(), open.toObject()],
    );
  });

  it('take values of any length that fit, and answer with the shortest', async () => {
    const entry = rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 2));
    entry
      .getMatchList()[0]
      ?.getExact()
      ?.setValue(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0xaa, 0x01));
    await rig.apply(insert(entry));
    const [read] = await rig.read(tableEntity(rig.entry('forward', [])));
    const value = read?.getTableEntry()?.getMatchList()[0]?.getExact()?.getValue_asU8();
    assert.deepEqual([...(value ?? [])], [0xaa, 0x01]);
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(2).length, 1);
  });

  it('can be filtered by match, priority, action and metadata', async () => {
    const make = (source: bigint, priority: number, action: string, metadata: number): TableEntry =>
      rig.entry('acl', [ternary(2, source, 0xffffn)], rig.action(action), (entry) => {
        entry.setPriority(priority);
        entry.setMetadata(Uint8Array.of(metadata));
      });
    await rig.apply(
      insert(make(1n, 1, 'deny', 7)),
      insert(make(1n, 2, 'deny', 8)),
      insert(make(2n, 2, 'allow', 7)),
    );
    const count = async (filter: TableEntry): Promise<number> => (await rig.read(tableEntity(filter))).length;
    assert.equal(await count(new TableEntry()), 5, 'with the const entries of table reserved');
    assert.equal(await count(rig.entry('acl', [])), 3);
    assert.equal(await count(rig.entry('acl', [ternary(2, 1n, 0xffffn)])), 2);
    const both = rig.entry('acl', [ternary(2, 1n, 0xffffn)], undefined, (entry) => entry.setPriority(2));
    assert.equal(await count(both), 1);
    assert.equal(await count(rig.entry('acl', [], undefined, (entry) => entry.setPriority(2))), 2);
    assert.equal(await count(rig.entry('acl', [], rig.action('deny'))), 2);
    const marked = rig.entry('acl', [], undefined, (entry) => entry.setMetadata(Uint8Array.of(7)));
    assert.equal(await count(marked), 2);
  });

  it('come in several chunks when there are many', async () => {
    await rig.apply(...Array.from({ length: 1000 }, (_, i) => insert(route((i + 1) << 8, 24, 1))));
    const { entities, chunks } = await rig.readAll(tableEntity(rig.entry('ipv4_lpm', [])));
    assert.equal(entities.length, 1000);
    assert.equal(chunks, 2);
  });

  it('const entries and const defaults are read with is_const and cannot change', async () => {
    const entries = await rig.read(tableEntity(rig.entry('reserved', [])));
    const seen = entries.map((e) => e.getTableEntry());
    assert.deepEqual(
      seen.map((e) => [e?.getPriority(), e?.getIsConst()]),
      [
        [2, true],
        [1, true],
      ],
    );
    const extra = rig.entry('reserved', [ternary(1, 1n, 1n)], rig.action('drop'), (e) => e.setPriority(9));
    const fixed = rig.entry('ipv4_lpm', [], rig.action('NoAction'), (e) => e.setIsDefaultAction(true));
    const failure = await rig.write(insert(extra), modify(fixed));
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [7, 7],
    );
  });

  it('the default entry can be set, read and reset', async () => {
    const change = rig.entry('forward', [], rig.action('set_port', 6), (e) => e.setIsDefaultAction(true));
    await rig.apply(modify(change));
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(6).length, 1);
    const filter = rig.entry('forward', [], undefined, (e) => e.setIsDefaultAction(true));
    const [read] = await rig.read(tableEntity(filter));
    assert.deepEqual(read?.getTableEntry()?.toObject(), change.toObject());
    await rig.apply(modify(filter));
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(6).length, 0);
  });

  it('direct counters count, are read and set, alone and with the entry', async () => {
    await rig.apply(insert(route(0x0a000000, 8, 1)));
    for (let i = 0; i < 3; i++) rig.receive(0, IPV4('01010101', '0a000001'));
    const filter = new DirectCounterEntry();
    filter.setTableEntry(rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)]));
    const query = entity((holder) => holder.setDirectCounterEntry(filter));
    const [first] = await rig.read(query);
    const data = first?.getDirectCounterEntry()?.getData();
    assert.deepEqual([data?.getPacketCount(), data?.getByteCount()], [3, 3 * 34]);
    const reset = new CounterData();
    reset.setPacketCount(10);
    const change = new DirectCounterEntry();
    change.setTableEntry(filter.getTableEntry());
    change.setData(reset);
    await rig.apply(
      update(
        'MODIFY',
        entity((holder) => holder.setDirectCounterEntry(change)),
      ),
    );
    const withCounter = rig.entry('ipv4_lpm', [], undefined, (e) => e.setCounterData(new CounterData()));
    const [read] = await rig.read(tableEntity(withCounter));
    assert.equal(read?.getTableEntry()?.getCounterData()?.getPacketCount(), 10);
    await rig.apply(modify(route(0x0a000000, 8, 2)));
    const [after] = await rig.read(query);
    assert.equal(after?.getDirectCounterEntry()?.getData()?.getPacketCount(), 10);
  });

  it('direct meters are configured with the entry and read back', async () => {
    const config = new MeterConfig();
    config.setCir(1);
    config.setCburst(1);
    config.setPir(2);
    config.setPburst(2);
    const entry = rig.entry('acl', [optional(1, 3)], rig.action('allow'), (e) => {
      e.setPriority(1);
      e.setMeterConfig(config);
    });
    await rig.apply(insert(entry));
    const filter = new DirectMeterEntry();
    filter.setTableEntry(rig.entry('acl', []));
    const [read] = await rig.read(entity((holder) => holder.setDirectMeterEntry(filter)));
    assert.deepEqual(read?.getDirectMeterEntry()?.getConfig()?.toObject(), config.toObject());
    entry.setMeterConfig(undefined);
    await rig.apply(modify(entry));
    const [plain] = await rig.read(entity((holder) => holder.setDirectMeterEntry(filter)));
    assert.equal(plain?.getDirectMeterEntry()?.hasConfig(), false);
  });

  it('idle entries: time since last hit', async () => {
    const entry = rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 1), (e) => {
      e.setIdleTimeoutNs(5_000_000_000);
    });
    await rig.apply(insert(entry));
    rig.time.now += 2_000_000;
    const filter = rig.entry('forward', [], undefined, (e) =>
      e.setTimeSinceLastHit(new TableEntry.IdleTimeout()),
    );
    const elapsed = async (): Promise<number | undefined> =>
      (await rig.read(tableEntity(filter)))[0]?.getTableEntry()?.getTimeSinceLastHit()?.getElapsedNs();
    assert.equal(await elapsed(), 2_000_000_000);
    rig.receive(0, `${ETHERNET}1234`);
    rig.take(1);
    assert.equal(await elapsed(), 0);
  });

  it('one-shot action sets spread packets and are read as they were written', async () => {
    const set = new ActionProfileActionSet();
    for (const [port, weight] of [
      [1, 1],
      [2, 3],
    ] as const) {
      const member = new ActionProfileAction();
      member.setAction(rig.actionCall('set_port', port));
      member.setWeight(weight);
      member.setWatchPort(Uint8Array.of(port));
      set.addActionProfileActions(member);
    }
    const action = new TableAction();
    action.setActionProfileActionSet(set);
    const entry = rig.entry('balance', [exact(1, 0x0a000001)], action);
    await rig.apply(insert(entry));
    const [read] = await rig.read(tableEntity(rig.entry('balance', [])));
    assert.deepEqual(read?.getTableEntry()?.toObject(), entry.toObject());
    for (let id = 0; id < 400; id++) {
      // Scattered sources: the two low bits of CRC-16/ARC hardly change over consecutive numbers.
      const source = (Math.imul(id + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
      rig.receive(0, IPV4(source, '0a000001'));
    }
    const [one, three] = [rig.take(1).length, rig.take(2).length];
    assert.equal(one + three, 400);
    assert.ok(one > 60 && one < 140, `${one} of 400 for a weight of 1 in 4`);
    await rig.apply(remove(entry));
  });

  it("one-shot action sets may name the selector's own mode and size semantics, and no others", async () => {
    const { ActionSelectionMode, SizeSemantics } = ActionProfileActionSet;
    const member = new ActionProfileAction();
    member.setAction(rig.actionCall('set_port', 1));
    member.setWeight(1);
    const set = new ActionProfileActionSet();
    set.addActionProfileActions(member);
    set.setActionSelectionMode(ActionSelectionMode.HASH);
    set.setSizeSemantics(SizeSemantics.SUM_OF_WEIGHTS);
    const action = new TableAction();
    action.setActionProfileActionSet(set);
    const entry = rig.entry('balance', [exact(1, 0x0a000002)], action);
    await rig.apply(insert(entry));
    const [read] = await rig.read(tableEntity(rig.entry('balance', [])));
    assert.deepEqual(read?.getTableEntry()?.toObject(), entry.toObject());
    await rig.apply(remove(entry));
    set.setSizeSemantics(SizeSemantics.SUM_OF_MEMBERS);
    const failure = await rig.write(insert(entry));
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [12],
    );
  });
});

describe('P4Runtime batches', () => {
  let rig: Rig;
  before(async () => {
    rig = await new Rig().start();
    await rig.primary();
  });
  beforeEach(async () => {
    assert.equal(await rig.setPipeline(rig.config()), undefined);
  });
  after(() => rig.stop());

  const forward = (mac: number, port = 1): TableEntry =>
    rig.entry('forward', [exact(1, mac)], rig.action('set_port', port));
  const macs = async (): Promise<number[]> =>
    (await rig.read(tableEntity(rig.entry('forward', [])))).map((e) =>
      Buffer.from(e.getTableEntry()?.getMatchList()[0]?.getExact()?.getValue_asU8() ?? []).readUIntBE(0, 1),
    );

  it('CONTINUE_ON_ERROR does what can be done and lists every update', async () => {
    const failure = await rig.write(
      insert(forward(1)),
      insert(forward(1)),
      modify(forward(9)),
      insert(forward(2)),
      remove(forward(8)),
    );
    assert.equal(failure?.code, 2);
    assert.match(failure?.message ?? '', /3 of 5 failed/);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [0, 6, 5, 0, 5],
    );
    assert.match(failure?.errors[1]?.message ?? '', /table FabricIngress\.forward.*=0x1 is there already/);
    assert.deepEqual(await macs(), [1, 2]);
  });

  for (const atomicity of ['ROLLBACK_ON_ERROR', 'DATAPLANE_ATOMIC'] as const) {
    it(`${atomicity} does all or nothing`, async () => {
      await rig.apply(insert(forward(1)), insert(forward(2)));
      const before = (await rig.read(tableEntity(new TableEntry()))).map((e) => e.toObject());
      const failure = await rig.writeAll(
        [
          insert(forward(3)),
          remove(forward(1)),
          modify(forward(2, 5)),
          insert(forward(2)),
          insert(forward(4)),
        ],
        WriteRequest.Atomicity[atomicity],
      );
      assert.deepEqual(
        failure?.errors.map(({ code }) => code),
        [10, 10, 10, 6, 10],
      );
      const after = (await rig.read(tableEntity(new TableEntry()))).map((e) => e.toObject());
      const sorted = (list: object[]): string[] => list.map((o) => JSON.stringify(o)).sort();
      assert.deepEqual(sorted(after), sorted(before));
      const good = [insert(forward(3)), remove(forward(1))];
      assert.equal(await rig.writeAll(good, WriteRequest.Atomicity[atomicity]), undefined);
      assert.deepEqual((await macs()).sort(), [2, 3]);
    });
  }

  it('a rolled-back delete brings counters back', async () => {
    const route = rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)], rig.action('route', 1), (e) => {
      const data = new CounterData();
      data.setPacketCount(42);
      e.setCounterData(data);
    });
    await rig.apply(insert(route));
    await rig.writeAll([remove(route), remove(route)], WriteRequest.Atomicity.ROLLBACK_ON_ERROR);
    const filter = rig.entry('ipv4_lpm', [], undefined, (e) => e.setCounterData(new CounterData()));
    const [read] = await rig.read(tableEntity(filter));
    assert.equal(read?.getTableEntry()?.getCounterData()?.getPacketCount(), 42);
  });

  it('errors of large batches stay within what a trailer carries', async () => {
    for (const size of [500, 1500, 4000]) {
      const failure = await rig.write(...Array.from({ length: size }, (_, i) => remove(forward(i + 1))));
      assert.equal(failure?.code, 2);
      assert.ok(
        (failure?.errors.length ?? 0) >= Math.min(size, 1000),
        `${failure?.errors.length} of ${size}`,
      );
      assert.ok(failure?.errors.every(({ code }) => code === 5));
    }
  });

  it('an empty batch is fine', async () => {
    assert.equal(await rig.write(), undefined);
  });
});
