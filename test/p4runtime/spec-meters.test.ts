import assert from 'node:assert/strict';
import {
  CounterData,
  DirectMeterEntry,
  type Entity,
  Index,
  MeterConfig,
  MeterCounterData,
  MeterEntry,
  MeterSpec,
  type TableEntry,
} from 'p4runtime-js';
import { MeterArray } from '../../switch/runtime/index.js';
import {
  entity,
  INVALID,
  idOf,
  insert,
  modify,
  OUT_OF_RANGE,
  Rig,
  remove,
  tableEntity,
  update,
} from './rig.js';

const FRAME = `${'00000000aa01'}${'00000000bb01'}1234`;

function rates(cir: number, cburst: number, pir: number, pburst: number, eburst = 0): MeterConfig {
  const config = new MeterConfig();
  config.setCir(cir);
  config.setCburst(cburst);
  config.setPir(pir);
  config.setPburst(pburst);
  config.setEburst(eburst);
  return config;
}

/** Packets by colour. */
function packetsOf(data: MeterCounterData | undefined): (number | undefined)[] | undefined {
  return data && [data.getGreen(), data.getYellow(), data.getRed()].map((count) => count?.getPacketCount());
}

function someGreen(): MeterCounterData {
  const counts = new MeterCounterData();
  const green = new CounterData();
  green.setPacketCount(1);
  counts.setGreen(green);
  return counts;
}

describe('P4Runtime specification: meters', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
    await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Parameters<Rig['write']>) => rig.codes(...updates);

  function meter(index: number | undefined, config?: MeterConfig, counts?: MeterCounterData): Entity {
    const message = new MeterEntry();
    message.setMeterId(idOf(rig.info.getMetersList(), 'FabricIngress.port_meter'));
    if (index !== undefined) {
      const cell = new Index();
      cell.setIndex(index);
      message.setIndex(cell);
    }
    message.setConfig(config);
    message.setCounterData(counts);
    return entity((e) => e.setMeterEntry(message));
  }

  const colors = async (index: number): Promise<(number | undefined)[] | undefined> => {
    const [read] = await rig.read(meter(index, undefined, new MeterCounterData()));
    return packetsOf(read?.getMeterEntry()?.getCounterData());
  };

  it('cells are modified only; an index that is not set is all of them, a default one is not told', async () => {
    assert.deepEqual(
      await codes(
        update('INSERT', meter(0, rates(1, 1, 1, 1))),
        update('DELETE', meter(0)),
        update('MODIFY', meter(-1)),
        update('MODIFY', meter(4)),
        update('MODIFY', meter(undefined, rates(1, 2, 3, 4))),
        update('MODIFY', meter(2)),
      ),
      [INVALID, INVALID, INVALID, OUT_OF_RANGE, 0, 0],
    );
    const read = await rig.read(meter(undefined));
    const same = rates(1, 2, 3, 4).toObject();
    assert.deepEqual(
      read.map((e) => e.getMeterEntry()?.getConfig()?.toObject()),
      [same, same, undefined, same],
    );
  });

  it('every packet counts for the colour it was given; counts are told when asked for, and set to 0', async () => {
    await rig.apply(update('MODIFY', meter(1, rates(1, 16, 1, 40))));
    for (let i = 0; i < 5; i++) rig.receive(1, FRAME);
    rig.receive(2, FRAME);
    // 14 bytes each: one is within the committed burst of 16, one more within the peak burst of 40.
    assert.deepEqual(await colors(1), [1, 1, 3]);
    assert.deepEqual(await colors(2), [1, 0, 0]);
    const [plain] = await rig.read(meter(1));
    assert.equal(plain?.getMeterEntry()?.hasCounterData(), false);
    await rig.apply(update('MODIFY', meter(1, rates(1, 16, 1, 40))));
    assert.deepEqual(await colors(1), [1, 1, 3]);
    assert.deepEqual(await codes(update('MODIFY', meter(1, undefined, someGreen()))), [INVALID]);
    await rig.apply(update('MODIFY', meter(1, rates(1, 16, 1, 40), new MeterCounterData())));
    assert.deepEqual(await colors(1), [0, 0, 0]);
  });

  it('counts by colour of entries: new entries begin at 0, MODIFY can reset them, a rollback brings them back', async () => {
    const acl = (edit: (e: TableEntry) => void = () => undefined): TableEntry =>
      rig.entry('acl', [], rig.action('allow'), (e) => {
        e.setPriority(1);
        edit(e);
      });
    const counts = async (): Promise<(number | undefined)[] | undefined> => {
      const filter = acl((e) => e.setMeterCounterData(new MeterCounterData()));
      filter.clearAction();
      const [read] = await rig.read(tableEntity(filter));
      return packetsOf(read?.getTableEntry()?.getMeterCounterData());
    };
    const direct = (data?: MeterCounterData): Entity => {
      const message = new DirectMeterEntry();
      message.setTableEntry(acl());
      message.setCounterData(data);
      return entity((e) => e.setDirectMeterEntry(message));
    };
    assert.deepEqual(await codes(insert(acl((e) => e.setMeterCounterData(someGreen())))), [INVALID]);
    await rig.apply(insert(acl((e) => e.setMeterCounterData(new MeterCounterData()))));
    for (let i = 0; i < 3; i++) rig.receive(0, FRAME);
    assert.deepEqual(await counts(), [3, 0, 0]);
    const [read] = await rig.read(direct(new MeterCounterData()));
    assert.deepEqual(packetsOf(read?.getDirectMeterEntry()?.getCounterData()), [3, 0, 0]);
    assert.deepEqual(await codes(update('MODIFY', direct(someGreen()))), [INVALID]);
    await rig.apply(modify(acl()));
    assert.deepEqual(await counts(), [3, 0, 0]);
    const bad = remove(rig.entry('acl', [], undefined, (e) => e.setPriority(9)));
    assert.ok(await rig.writeAll([remove(acl()), bad], 1));
    assert.deepEqual(await counts(), [3, 0, 0]);
    await rig.apply(update('MODIFY', direct(new MeterCounterData())));
    assert.deepEqual(await counts(), [0, 0, 0]);
    rig.receive(0, FRAME);
    await rig.apply(modify(acl((e) => e.setMeterCounterData(new MeterCounterData()))));
    assert.deepEqual(await counts(), [0, 0, 0]);
  });

  it('each type of meter takes the configurations it can run', async () => {
    const types = MeterSpec.Type;
    const equal = rates(5, 6, 5, 6);
    const cases: readonly [MeterSpec.TypeMap[keyof MeterSpec.TypeMap], MeterConfig, number][] = [
      [types.TWO_RATE_THREE_COLOR, rates(5, 6, 7, 8), 0],
      [types.TWO_RATE_THREE_COLOR, rates(5, 6, 5, 6, 7), INVALID],
      [types.SINGLE_RATE_THREE_COLOR, rates(5, 6, 5, 6, 7), 0],
      [types.SINGLE_RATE_THREE_COLOR, rates(5, 6, 7, 6, 7), INVALID],
      [types.SINGLE_RATE_THREE_COLOR, rates(5, 6, 5, 8, 7), INVALID],
      [types.SINGLE_RATE_TWO_COLOR, equal, 0],
      [types.SINGLE_RATE_TWO_COLOR, rates(5, 6, 5, 6, 7), INVALID],
      [types.SINGLE_RATE_TWO_COLOR, rates(5, 6, 5, 7), INVALID],
    ];
    for (const [type, config, code] of cases) {
      const pipeline = rig.config();
      for (const info of pipeline.getP4info()?.getMetersList() ?? []) info.getSpec()?.setType(type);
      for (const info of pipeline.getP4info()?.getDirectMetersList() ?? []) info.getSpec()?.setType(type);
      assert.equal(await rig.setPipeline(pipeline), undefined);
      const metered = rig.entry('acl', [], rig.action('allow'), (e) => {
        e.setPriority(1);
        e.setMeterConfig(config);
      });
      assert.deepEqual(await codes(update('MODIFY', meter(0, config)), insert(metered)), [code, code]);
      if (code !== 0) continue;
      const [read] = await rig.read(meter(0));
      assert.deepEqual(read?.getMeterEntry()?.getConfig()?.toObject(), config.toObject());
    }
  });

  it('a single-rate meter marks what the excess burst covers yellow (RFC 2697)', () => {
    const cells = new MeterArray('m', 'bytes', 1);
    cells.write(0, { cir: 1_000_000, cburst: 100, pir: 1_000_000, pburst: 100, eburst: 50 });
    const seen = [60, 60, 40, 10].map((size) => cells.execute(0, size, 0));
    assert.deepEqual(seen, [0, 2, 0, 1]);
    // 1 byte a microsecond: 30 go to the committed bucket, which is empty.
    assert.deepEqual(
      [cells.execute(0, 30, 30), cells.execute(0, 40, 30), cells.execute(0, 1, 30)],
      [0, 1, 2],
    );
    // 130: the committed bucket takes 100, the excess one the other 30.
    assert.deepEqual(
      [cells.execute(0, 100, 160), cells.execute(0, 31, 160), cells.execute(0, 30, 160)],
      [0, 2, 1],
    );
    const { green, yellow, red } = cells.colors.at(0);
    assert.deepEqual([green.packets, yellow.packets, red.packets], [4n, 3n, 3n]);
  });

  it('rates and bursts come back as they were written', async () => {
    for (const config of [
      rates(1, 0, 1, 0),
      rates(999_999, 7, 1_000_001, 9),
      rates(2 ** 40 + 1, 3, 2 ** 47 - 1, 4),
    ]) {
      await rig.apply(update('MODIFY', meter(0, config)));
      const [read] = await rig.read(meter(0));
      assert.deepEqual(read?.toObject(), meter(0, config).toObject());
    }
  });
});
