import assert from 'node:assert/strict';
import {
  CounterData,
  CounterEntry,
  DirectCounterEntry,
  type Entity,
  type FieldMatch,
  Index,
  MeterConfig,
  MeterCounterData,
  TableAction,
  TableEntry,
} from 'p4runtime-js';
import {
  bytes,
  DENIED,
  EXHAUSTED,
  EXISTS,
  entity,
  exact,
  INVALID,
  insert,
  lpm,
  modify,
  NOT_FOUND,
  OUT_OF_RANGE,
  optional,
  Rig,
  range,
  remove,
  type Stream,
  tableEntity,
  ternary,
  update,
} from './rig.js';

function packets(count: number): CounterData {
  const data = new CounterData();
  data.setPacketCount(count);
  return data;
}

function rates(cir: number, cburst: number, pir: number, pburst: number): MeterConfig {
  const config = new MeterConfig();
  config.setCir(cir);
  config.setCburst(cburst);
  config.setPir(pir);
  config.setPburst(pburst);
  return config;
}

describe('P4Runtime specification: TableEntry', () => {
  let rig: Rig;
  let stream: Stream;
  beforeEach(async () => {
    rig = await new Rig().start();
    stream = await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Parameters<Rig['write']>) => rig.codes(...updates);
  const acl = (match: FieldMatch[], priority: number, edit: (e: TableEntry) => void = () => undefined) =>
    rig.entry('acl', match, rig.action('allow'), (e) => {
      e.setPriority(priority);
      edit(e);
    });
  const route = (value: number, length: number, edit: (e: TableEntry) => void = () => undefined) =>
    rig.entry('ipv4_lpm', [lpm(1, value, length)], rig.action('route', 1), edit);
  const one = async (filter: TableEntry): Promise<TableEntry> => {
    const [found, ...more] = await rig.read(tableEntity(filter));
    assert.equal(more.length, 0);
    return found?.getTableEntry() ?? assert.fail('nothing was read');
  };

  it('matches that are not in their one form are refused', async () => {
    const cases: readonly [FieldMatch[], number][] = [
      [[ternary(2, 0, 0)], INVALID],
      [[ternary(2, 3, 1)], INVALID],
      [[range(3, 0, 0xffff)], INVALID],
      [[range(3, 5, 4)], INVALID],
      [[exact(1, 1)], INVALID],
      [[optional(2, 1)], INVALID],
      [[optional(9, 1)], INVALID],
      [[optional(1, 1), optional(1, 2)], INVALID],
      [[optional(1, 512)], OUT_OF_RANGE],
      [[range(3, 1, 0x10000)], OUT_OF_RANGE],
    ];
    assert.deepEqual(
      await codes(...cases.map(([match]) => insert(acl(match, 1)))),
      cases.map(([, code]) => code),
    );
    assert.deepEqual(
      await codes(
        insert(route(0x0a000000, 0)),
        insert(route(0x0a000001, 8)),
        insert(route(0x0a000000, 33)),
        insert(rig.entry('forward', [], rig.action('drop'))),
      ),
      [INVALID, INVALID, INVALID, INVALID],
    );
  });

  it('a priority is above 0 with ternary, range and optional fields, and 0 else', async () => {
    assert.deepEqual(
      await codes(
        insert(acl([], 0)),
        insert(acl([], -1)),
        insert(route(0x0a000000, 8, (e) => e.setPriority(1))),
      ),
      [INVALID, INVALID, INVALID],
    );
  });

  it('match and priority name an entry: one priority may have several', async () => {
    await rig.apply(
      insert(acl([range(3, 1, 2)], 5)),
      insert(acl([range(3, 3, 4)], 5)),
      insert(acl([range(3, 1, 2)], 6)),
    );
    assert.deepEqual(await codes(insert(acl([range(3, 1, 2)], 6)), remove(acl([range(3, 1, 2)], 7))), [
      EXISTS,
      NOT_FOUND,
    ]);
    const filter = rig.entry('acl', [], undefined, (e) => e.setPriority(5));
    assert.equal((await rig.read(tableEntity(filter))).length, 2);
  });

  it('DELETE looks at the key and nothing else', async () => {
    const nonsense = rig.action('set_port', 1);
    nonsense.getAction()?.setActionId(99);
    await rig.apply(insert(route(0x0a000000, 8)));
    const entry = route(0x0a000000, 8, (e) => {
      e.setAction(nonsense);
      e.setIdleTimeoutNs(-4);
      e.setMeterConfig(rates(9, 9, 1, 1));
    });
    assert.deepEqual(await codes(remove(entry)), [0]);
  });

  it('is_const is the switch’s to set: refused in INSERT, MODIFY and DELETE', async () => {
    await rig.apply(insert(route(0x0a000000, 8)));
    const entry = (value: number) => route(value, 8, (e) => e.setIsConst(true));
    assert.deepEqual(
      await codes(insert(entry(0x0b000000)), modify(entry(0x0a000000)), remove(entry(0x0a000000))),
      [INVALID, INVALID, INVALID],
    );
  });

  it('MODIFY without an action keeps the action', async () => {
    await rig.apply(insert(route(0x0a000000, 8)));
    const bare = route(0x0a000000, 8);
    bare.clearAction();
    assert.deepEqual(await codes(insert(bare)), [INVALID]);
    await rig.apply(modify(bare));
    assert.deepEqual((await one(route(0x0a000000, 8))).toObject(), route(0x0a000000, 8).toObject());
  });

  it('what an entry does must fit the table, its actions their parameters', async () => {
    const member = new TableAction();
    member.setActionProfileMemberId(1);
    const missing = rig.action('route', 1);
    missing.getAction()?.clearParamsList();
    const extra = rig.action('drop');
    extra.getAction()?.setParamsList(rig.action('route', 1).getAction()?.getParamsList() ?? []);
    const stranger = rig.action('set_port', 1);
    const empty = new TableAction();
    const wide = rig.action('route', 512);
    const actions: readonly [TableAction, number][] = [
      [member, INVALID],
      [missing, INVALID],
      [extra, INVALID],
      [stranger, INVALID],
      [empty, INVALID],
      [wide, OUT_OF_RANGE],
      [rig.action('NoAction'), DENIED],
    ];
    assert.deepEqual(
      await codes(...actions.map(([action]) => insert(rig.entry('ipv4_lpm', [lpm(1, 0, 1)], action)))),
      actions.map(([, code]) => code),
    );
    const balanced = (action: TableAction) => insert(rig.entry('balance', [exact(1, 1)], action));
    const group = new TableAction();
    group.setActionProfileGroupId(1);
    assert.deepEqual(await codes(balanced(member), balanced(group), balanced(rig.action('set_port', 1))), [
      NOT_FOUND,
      NOT_FOUND,
      INVALID,
    ]);
  });

  it('the default entry is there always, without key, and const where the program says so', async () => {
    const forward = (edit: (e: TableEntry) => void = () => undefined) =>
      rig.entry('forward', [], rig.action('set_port', 3), (e) => {
        e.setIsDefaultAction(true);
        edit(e);
      });
    const fixed = rig.entry('ipv4_lpm', [], rig.action('NoAction'), (e) => e.setIsDefaultAction(true));
    assert.deepEqual(
      await codes(
        insert(forward()),
        remove(forward()),
        modify(forward((e) => e.setMatchList([exact(1, 1)]))),
        modify(forward((e) => e.setPriority(1))),
        modify(forward((e) => e.setIdleTimeoutNs(5))),
        modify(forward((e) => e.setTimeSinceLastHit(new TableEntry.IdleTimeout()))),
        modify(fixed),
      ),
      [INVALID, INVALID, INVALID, INVALID, INVALID, INVALID, DENIED],
    );
  });

  it('resetting the default entry resets what is kept beside it', async () => {
    const entry = rig.entry('acl', [], rig.action('deny'), (e) => {
      e.setIsDefaultAction(true);
      e.setMetadata(Uint8Array.of(1, 2));
      e.setControllerMetadata('7');
      e.setMeterConfig(rates(1, 1, 2, 2));
    });
    const filter = rig.entry('acl', [], undefined, (e) => {
      e.setIsDefaultAction(true);
      e.setMeterConfig(new MeterConfig());
    });
    await rig.apply(modify(entry));
    assert.deepEqual((await one(filter)).toObject(), entry.toObject());
    await rig.apply(modify(rig.entry('acl', [], undefined, (e) => e.setIsDefaultAction(true))));
    const original = rig.entry('acl', [], rig.action('allow'), (e) => e.setIsDefaultAction(true));
    assert.deepEqual((await one(filter)).toObject(), original.toObject());
  });

  it('the default entry of an indirect table does not change', async () => {
    const entry = rig.entry('balance', [], rig.action('set_port', 1), (e) => e.setIsDefaultAction(true));
    assert.deepEqual(await codes(modify(entry)), [DENIED]);
  });

  it('idle timeouts are refused where the table or the entry has none, in reads as in writes', async () => {
    const since = (e: TableEntry) => e.setTimeSinceLastHit(new TableEntry.IdleTimeout());
    const timeout = (e: TableEntry) => e.setIdleTimeoutNs(5);
    const forward = rig.action('drop');
    assert.deepEqual(
      await codes(
        insert(route(0x0a000000, 8, timeout)),
        insert(route(0x0a000000, 8, since)),
        insert(rig.entry('forward', [exact(1, 1)], forward, since)),
        insert(rig.entry('forward', [exact(1, 1)], forward, (e) => e.setIdleTimeoutNs(2 ** 60))),
      ),
      [INVALID, INVALID, INVALID, OUT_OF_RANGE],
    );
    const filters = [
      rig.entry('ipv4_lpm', [], undefined, since),
      rig.entry('ipv4_lpm', [], undefined, timeout),
      rig.entry('forward', [], undefined, (e) => {
        e.setIsDefaultAction(true);
        since(e);
      }),
      rig.entry('forward', [], undefined, since),
    ];
    const { failure } = await rig.readAll(...filters.map(tableEntity));
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [INVALID, INVALID, INVALID, 0],
    );
  });

  it('an idle entry is reported once per timeout, with its key and notes and the time of day', async () => {
    await rig.apply(
      insert(
        rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 2), (e) => {
          e.setIdleTimeoutNs(3e9);
          e.setMetadata(Uint8Array.of(5));
          e.setControllerMetadata('8');
        }),
      ),
    );
    const notices: number[] = [];
    for (let second = 1; second <= 10; second++) {
      rig.time.now = second * 1e6;
      rig.sw.tick();
      if (second === 7) rig.receive(0, '00000000aa01' + '00000000bb01' + '1234');
      await rig.read(tableEntity(rig.entry('forward', [])));
      while (stream.pending > 0) {
        const notice = (await stream.next()).getIdleTimeoutNotification();
        if (notice === undefined) continue;
        notices.push(second);
        const [entry] = notice.getTableEntryList();
        assert.deepEqual(
          entry?.toObject(),
          rig
            .entry('forward', [exact(1, 0xaa01)], undefined, (e) => {
              e.setIdleTimeoutNs(3e9);
              e.setMetadata(Uint8Array.of(5));
              e.setControllerMetadata('8');
            })
            .toObject(),
        );
        const now = Date.now() / 1000;
        const at = Number(BigInt(notice.getTimestamp()) / 1_000_000_000n);
        assert.ok(Math.abs(at - now) < 120, `${at} is not now, ${now}`);
      }
    }
    assert.deepEqual(notices, [3, 6, 10]);
  });

  it('of direct resources a Read tells what is asked for, and no default configuration', async () => {
    await rig.apply(
      insert(route(0x0a000000, 8, (e) => e.setCounterData(packets(4)))),
      insert(acl([], 1)),
      insert(acl([], 2, (e) => e.setMeterConfig(rates(1, 2, 3, 4)))),
    );
    assert.equal((await one(route(0x0a000000, 8))).hasCounterData(), false);
    const counted = await one(route(0x0a000000, 8, (e) => e.setCounterData(new CounterData())));
    assert.equal(counted.getCounterData()?.getPacketCount(), 4);
    const metered = rig.entry('acl', [], undefined, (e) => e.setMeterConfig(new MeterConfig()));
    assert.deepEqual(
      (await rig.read(tableEntity(metered))).map((e) => e.getTableEntry()?.getMeterConfig()?.toObject()),
      [undefined, rates(1, 2, 3, 4).toObject()],
    );
    assert.ok(
      (await rig.read(tableEntity(rig.entry('acl', [])))).every((e) => !e.getTableEntry()?.hasMeterConfig()),
    );
  });

  it('MODIFY leaves the counter as it is and resets the meter, unless it gives them', async () => {
    await rig.apply(
      insert(route(0x0a000000, 8, (e) => e.setCounterData(packets(4)))),
      insert(acl([], 1, (e) => e.setMeterConfig(rates(1, 2, 3, 4)))),
      modify(route(0x0a000000, 8)),
      modify(acl([], 1)),
    );
    const both = (e: TableEntry): void => {
      e.setCounterData(new CounterData());
      e.setMeterConfig(new MeterConfig());
    };
    assert.equal((await one(route(0x0a000000, 8, both))).getCounterData()?.getPacketCount(), 4);
    assert.equal((await one(rig.entry('acl', [], undefined, both))).hasMeterConfig(), false);
    await rig.apply(modify(route(0x0a000000, 8, (e) => e.setCounterData(packets(9)))));
    assert.equal((await one(route(0x0a000000, 8, both))).getCounterData()?.getPacketCount(), 9);
  });

  it('counters and meters a table does not have are refused', async () => {
    assert.deepEqual(
      await codes(
        insert(acl([], 1, (e) => e.setCounterData(packets(1)))),
        insert(route(0x0a000000, 8, (e) => e.setMeterConfig(rates(1, 1, 1, 1)))),
        insert(route(0x0a000000, 8, (e) => e.setMeterCounterData(new MeterCounterData()))),
      ),
      [INVALID, INVALID, INVALID],
    );
  });

  it('the counter of an entry is modified only, and named by the entry', async () => {
    await rig.apply(insert(route(0x0a000000, 8)));
    const counter = (value: number, data?: CounterData): Entity => {
      const message = new DirectCounterEntry();
      message.setTableEntry(rig.entry('ipv4_lpm', [lpm(1, value, 8)]));
      message.setData(data);
      return entity((e) => e.setDirectCounterEntry(message));
    };
    assert.deepEqual(
      await codes(
        update('INSERT', counter(0x0a000000, packets(1))),
        update('DELETE', counter(0x0a000000)),
        update('MODIFY', counter(0x0b000000, packets(1))),
        update('MODIFY', counter(0x0a000000, packets(6))),
        update('MODIFY', counter(0x0a000000)),
        update('MODIFY', counter(0x0a000000, packets(-1))),
        update('MODIFY', counter(0x0a000000, packets(2 ** 60))),
      ),
      [INVALID, INVALID, NOT_FOUND, 0, 0, INVALID, OUT_OF_RANGE],
    );
    const { entities, failure } = await rig.readAll(counter(0x0a000000), counter(0x0b000000));
    assert.equal(entities[0]?.getDirectCounterEntry()?.getData()?.getPacketCount(), 6);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [0, NOT_FOUND],
    );
  });

  it('an index that is set to 0 is one cell, one that is not set is all of them', async () => {
    const filter = new CounterEntry();
    filter.setCounterId(rig.info.getCountersList()[0]?.getPreamble()?.getId() ?? 0);
    assert.equal((await rig.read(entity((e) => e.setCounterEntry(filter)))).length, 16);
    filter.setIndex(new Index());
    assert.equal((await rig.read(entity((e) => e.setCounterEntry(filter)))).length, 1);
  });
});

describe('P4Runtime specification: tables with entries of the program', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig('extras').start();
    await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Parameters<Rig['write']>) => rig.codes(...updates);
  const preset = (type: number, port: number) =>
    rig.entry('preset', [exact(1, type)], rig.action('set_port', port));
  const FIXED = 0x0180c2000000n;

  it('const entries have the priorities p4c gives them, the first the highest', async () => {
    const read = await rig.read(tableEntity(rig.entry('fixed', [])));
    assert.deepEqual(
      read.map((e) => [e.getTableEntry()?.getPriority(), e.getTableEntry()?.getIsConst()]),
      [
        [3, true],
        [2, true],
        [1, true],
      ],
    );
  });

  it('of a const table nothing changes but direct resources and the default action', async () => {
    const all = ternary(1, FIXED, 0xffffffffffffn);
    const fixed = (edit: (e: TableEntry) => void, action?: TableAction) =>
      rig.entry('fixed', [all], action, (e) => {
        e.setPriority(3);
        edit(e);
      });
    const nothing = () => undefined;
    assert.deepEqual(
      await codes(
        insert(rig.entry('fixed', [ternary(1, 1, 1)], rig.action('drop'), (e) => e.setPriority(9))),
        remove(fixed(nothing)),
        modify(fixed(nothing, rig.action('drop'))),
        modify(fixed((e) => e.setMetadata(Uint8Array.of(1)))),
        modify(fixed((e) => e.setPriority(8))),
        modify(fixed((e) => e.setCounterData(packets(5)))),
        modify(rig.entry('fixed', [], rig.action('drop'), (e) => e.setIsDefaultAction(true))),
      ),
      [DENIED, DENIED, DENIED, DENIED, NOT_FOUND, 0, 0],
    );
    const [read] = await rig.read(tableEntity(fixed((e) => e.setCounterData(new CounterData()))));
    assert.equal(read?.getTableEntry()?.getCounterData()?.getPacketCount(), 5);
  });

  it('entries of a preinitialized table change, go, and are joined by others up to its size', async () => {
    const frame = (type: number): string => `00000000aa0100000000bb01${type.toString(16)}`;
    const sent = (): number[] => [1, 2, 3].map((port) => rig.take(port).length);
    for (const type of [0x1111, 0x2222]) rig.receive(0, frame(type));
    assert.deepEqual(sent(), [1, 1, 0]);
    const read = await rig.read(tableEntity(rig.entry('preset', [])));
    assert.deepEqual(
      read.map((e) => e.getTableEntry()?.toObject()),
      [preset(0x1111, 1).toObject(), preset(0x2222, 2).toObject()],
    );
    await rig.apply(modify(preset(0x1111, 3)), remove(preset(0x2222, 0)));
    for (const type of [0x1111, 0x2222]) rig.receive(0, frame(type));
    assert.deepEqual(sent(), [0, 0, 1]);
    assert.deepEqual(await codes(...[1, 2, 3, 4].map((type) => insert(preset(type, 1)))), [
      0,
      0,
      0,
      EXHAUSTED,
    ]);
  });

  it('a table without a key has no entries to insert', async () => {
    assert.deepEqual(await codes(insert(rig.entry('always', [], rig.action('set_port', 1)))), [INVALID]);
    const set = rig.entry('always', [], rig.action('set_port', 1), (e) => e.setIsDefaultAction(true));
    assert.deepEqual(await codes(modify(set)), [0]);
  });

  it('values of bytestrings are taken in any length', async () => {
    const padded = exact(1, 1);
    padded.getExact()?.setValue(Buffer.concat([Buffer.alloc(6), bytes(0x77)]));
    await rig.apply(insert(rig.entry('preset', [padded], rig.action('set_port', 1))));
    const [read] = await rig.read(tableEntity(preset(0x77, 1)));
    assert.deepEqual(read?.getTableEntry()?.toObject(), preset(0x77, 1).toObject());
  });
});
