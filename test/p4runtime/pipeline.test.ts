import assert from 'node:assert/strict';
import {
  CapabilitiesRequest,
  type ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  GetForwardingPipelineConfigResponse,
  MulticastGroupEntry,
  P4DeviceConfig,
  P4Info,
  PacketReplicationEngineEntry,
  SetForwardingPipelineConfigRequest,
  type TableAction,
  TableEntry,
} from 'p4runtime-js';
import { entity, exact, fixture, insert, lpm, modify, Rig, remove, tableEntity, update } from './rig.js';

const ACTION = SetForwardingPipelineConfigRequest.Action;
const FAILED_PRECONDITION = 9;

describe('P4Runtime forwarding pipeline config', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
    await rig.primary();
  });
  afterEach(() => rig.stop());

  it('before one is set, everything that needs one says so', async () => {
    const message = 'No forwarding pipeline config set for this device';
    const write = await rig.write();
    assert.deepEqual([write?.code, write?.message], [FAILED_PRECONDITION, message]);
    const read = await rig.readAll(tableEntity(new TableEntry()));
    assert.deepEqual([read.failure?.code, read.failure?.message], [FAILED_PRECONDITION, message]);
  });

  it('before one is set, there is none to get', async () => {
    const get = await rig.getPipeline();
    assert.ok(get instanceof GetForwardingPipelineConfigResponse);
    assert.equal(get.hasConfig(), false);
  });

  it('is got as it was set, with no cookie where none came', async () => {
    for (const cookie of [true, false]) {
      const config = rig.config();
      if (!cookie) config.clearCookie();
      assert.equal(await rig.setPipeline(config), undefined);
      const get = await rig.getPipeline();
      assert.ok(get instanceof GetForwardingPipelineConfigResponse);
      assert.deepEqual(get.getConfig()?.serializeBinary(), config.serializeBinary());
    }
  });

  it('is answered in the parts asked for', async () => {
    await rig.setPipeline(rig.config());
    const types = GetForwardingPipelineConfigRequest.ResponseType;
    const parts = async (type: keyof typeof types): Promise<boolean[]> => {
      const answer = await rig.getPipeline(types[type]);
      assert.ok(answer instanceof GetForwardingPipelineConfigResponse);
      const config = answer.getConfig();
      assert.equal(config?.getCookie()?.getCookie(), '18446744073709551615');
      return [config.hasP4info(), config.getP4DeviceConfig_asU8().length > 0];
    };
    assert.deepEqual(await parts('ALL'), [true, true]);
    assert.deepEqual(await parts('COOKIE_ONLY'), [false, false]);
    assert.deepEqual(await parts('P4INFO_AND_COOKIE'), [true, false]);
    assert.deepEqual(await parts('DEVICE_CONFIG_AND_COOKIE'), [false, true]);
  });

  it('takes the JSON inside a p4.tmp.P4DeviceConfig too', async () => {
    const config = rig.config();
    const wrapped = new P4DeviceConfig();
    wrapped.setReassign(true);
    wrapped.setDeviceData(fixture('entities.json'));
    config.setP4DeviceConfig(wrapped.serializeBinary());
    assert.equal(await rig.setPipeline(config), undefined);
  });

  it('VERIFY changes nothing, VERIFY_AND_SAVE waits for COMMIT', async () => {
    assert.equal(await rig.setPipeline(rig.config(), ACTION.VERIFY), undefined);
    assert.equal((await rig.write())?.code, FAILED_PRECONDITION);
    assert.equal((await rig.setPipeline(undefined, ACTION.COMMIT))?.code, 5);
    assert.equal(await rig.setPipeline(rig.config(), ACTION.VERIFY_AND_SAVE), undefined);
    assert.equal(await rig.write(), undefined);
    const none = await rig.getPipeline();
    assert.ok(none instanceof GetForwardingPipelineConfigResponse && !none.hasConfig());
    assert.equal((await rig.setPipeline(rig.config(), ACTION.COMMIT))?.code, 3);
    assert.equal(await rig.setPipeline(undefined, ACTION.COMMIT), undefined);
    assert.equal(await rig.write(), undefined);
    assert.equal((await rig.setPipeline(undefined, ACTION.COMMIT))?.code, 5);
  });

  it('what is written and read after VERIFY_AND_SAVE is the saved config’s; packets go by the running one until COMMIT', async () => {
    const forward = (port: number) => rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', port));
    const ports = (): number[] => {
      rig.receive(0, '00000000aa01' + '00000000bb01' + '1234');
      return [1, 2].filter((port) => rig.take(port).length > 0);
    };
    await rig.setPipeline(rig.config());
    await rig.apply(insert(forward(1)), insert(rig.entry('forward', [exact(1, 5)], rig.action('drop'))));
    assert.equal(await rig.setPipeline(rig.config(), ACTION.VERIFY_AND_SAVE), undefined);
    assert.deepEqual(await rig.read(tableEntity(rig.entry('forward', []))), []);
    const group = new MulticastGroupEntry();
    group.setMulticastGroupId(9);
    const replication = new PacketReplicationEngineEntry();
    replication.setMulticastGroupEntry(group);
    const groups = entity((e) => e.setPacketReplicationEngineEntry(replication));
    await rig.apply(insert(forward(2)), update('INSERT', groups));
    assert.equal((await rig.write(insert(forward(2))))?.errors[0]?.code, 6);
    assert.deepEqual(ports(), [1]);
    assert.equal(rig.sw.pre.multicastGroups.size, 0);
    assert.equal(await rig.setPipeline(undefined, ACTION.COMMIT), undefined);
    assert.deepEqual(ports(), [2]);
    assert.equal(rig.sw.pre.multicastGroups.size, 1);
    const read = await rig.read(tableEntity(rig.entry('forward', [])));
    assert.deepEqual(
      read.map((e) => e.getTableEntry()?.toObject()),
      [forward(2).toObject()],
    );
  });

  it('RECONCILE_AND_COMMIT keeps default entries that were set, not those of the old program', async () => {
    await rig.setPipeline(rig.config());
    const def = (table: string, action?: TableAction) =>
      rig.entry(table, [], action, (e) => e.setIsDefaultAction(true));
    await rig.apply(modify(def('forward', rig.action('set_port', 4))));
    // The new program denies where the old one allows.
    const config = rig.config();
    const json = JSON.parse(Buffer.from(fixture('entities.json')).toString()) as {
      actions: { name: string; id: number }[];
      pipelines: {
        tables: {
          name: string;
          actions: string[];
          action_ids: number[];
          default_entry: { action_id: number };
        }[];
      }[];
    };
    const table = json.pipelines.flatMap(({ tables }) => tables).find(({ name }) => name.endsWith('.acl'));
    assert.ok(table !== undefined);
    table.default_entry.action_id = table.action_ids[table.actions.indexOf('FabricIngress.deny')] ?? -1;
    config.setP4DeviceConfig(Buffer.from(JSON.stringify(json)));
    assert.equal(await rig.setPipeline(config, ACTION.RECONCILE_AND_COMMIT), undefined);
    const action = async (name: string) =>
      (await rig.read(tableEntity(def(name))))[0]?.getTableEntry()?.getAction()?.toObject();
    assert.deepEqual(await action('forward'), rig.action('set_port', 4).toObject());
    assert.deepEqual(await action('acl'), rig.action('deny').toObject());
  });

  it('RECONCILE_AND_COMMIT keeps what was done to entries of the program', async () => {
    const extras = await new Rig('extras').start();
    try {
      await extras.ready();
      const preset = (type: number, port: number) =>
        extras.entry('preset', [exact(1, type)], extras.action('set_port', port));
      await extras.apply(remove(preset(0x2222, 0)), modify(preset(0x1111, 5)));
      assert.equal(await extras.setPipeline(extras.config(), ACTION.RECONCILE_AND_COMMIT), undefined);
      const read = await extras.read(tableEntity(extras.entry('preset', [])));
      assert.deepEqual(
        read.map((e) => e.getTableEntry()?.toObject()),
        [preset(0x1111, 5).toObject()],
      );
    } finally {
      await extras.stop();
    }
  });

  it('VERIFY_AND_COMMIT clears the forwarding state, RECONCILE_AND_COMMIT keeps it', async () => {
    await rig.setPipeline(rig.config());
    const all = async (): Promise<string[]> =>
      (await rig.read(tableEntity(new TableEntry()))).map((e) => JSON.stringify(e.toObject())).sort();
    const empty = await all();
    await rig.apply(
      insert(rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)], rig.action('route', 1))),
      insert(rig.entry('forward', [exact(1, 5)], rig.action('set_port', 2))),
    );
    const before = await all();
    assert.equal(await rig.setPipeline(rig.config(), ACTION.RECONCILE_AND_COMMIT), undefined);
    assert.deepEqual(await all(), before);
    assert.equal(await rig.setPipeline(rig.config()), undefined);
    assert.deepEqual(await all(), empty);
  });

  it('RECONCILE_AND_COMMIT leaves everything alone where state finds no place', async () => {
    await rig.setPipeline(rig.config());
    await rig.apply(insert(rig.entry('forward', [exact(1, 5)], rig.action('set_port', 2))));
    const config = rig.config();
    const info = config.getP4info() ?? new P4Info();
    info.setTablesList(
      info.getTablesList().filter((table) => !table.getPreamble()?.getName().endsWith('forward')),
    );
    const failure = await rig.setPipeline(config, ACTION.RECONCILE_AND_COMMIT);
    assert.equal(failure?.code, 3);
    assert.match(failure?.message ?? '', /state cannot be kept/);
    assert.equal((await rig.read(tableEntity(rig.entry('forward', [])))).length, 1);
  });

  it('refuses what it cannot run, says why, and goes on with what it has', async () => {
    await rig.setPipeline(rig.config());
    await rig.apply(insert(rig.entry('forward', [exact(1, 5)], rig.action('set_port', 2))));
    const change = (edit: (config: ForwardingPipelineConfig) => void): ForwardingPipelineConfig => {
      const config = rig.config();
      edit(config);
      return config;
    };
    const json = (text: string) => (config: ForwardingPipelineConfig) =>
      config.setP4DeviceConfig(new TextEncoder().encode(text));
    const renamed = (config: ForwardingPipelineConfig): void => {
      const info = config.getP4info() ?? new P4Info();
      const named = [
        info.getTablesList(),
        info.getActionsList(),
        info.getActionProfilesList(),
        info.getCountersList(),
        info.getMetersList(),
        info.getRegistersList(),
        info.getDigestsList(),
        info.getValueSetsList(),
      ];
      for (const object of named.flat())
        object.getPreamble()?.setName(`Other.${object.getPreamble()?.getName()}`);
    };
    const reordered = (config: ForwardingPipelineConfig): void => {
      config.getP4info()?.getTablesList()[0]?.setMatchFieldsList([]);
    };
    const cases: readonly [ForwardingPipelineConfig | undefined, RegExp][] = [
      [undefined, /no config with P4Info/],
      [change((config) => config.setP4info(undefined)), /no config with P4Info/],
      [change((config) => config.setP4DeviceConfig('')), /device config is empty/],
      [change(json('{ "header_types": ')), /not JSON/],
      [change(json('{}')), /./],
      [change((config) => config.setP4DeviceConfig(Uint8Array.of(0x08, 0xff))), /neither BMv2 JSON nor/],
      [change(renamed), /such as Other\.Fabric.*compile both in one p4c run/],
      [change(reordered), /has 0 key field\(s\) in P4Info, 1 in the JSON/],
    ];
    for (const [config, message] of cases) {
      const failure = await rig.setPipeline(config);
      assert.equal(failure?.code, 3, failure?.message);
      assert.match(failure?.message ?? '', message);
    }
    assert.equal((await rig.setPipeline(rig.config(), ACTION.UNSPECIFIED))?.code, 3);
    assert.equal((await rig.read(tableEntity(rig.entry('forward', [])))).length, 1);
  });

  it('takes P4Info with objects p4c left out of the program, and refuses to touch them', async () => {
    const config = rig.config();
    const spare = config.getP4info()?.getTablesList()[0]?.clone();
    spare?.getPreamble()?.setId(33_554_433);
    spare?.getPreamble()?.setName('FabricIngress.spare');
    config.getP4info()?.addTables(spare);
    assert.equal(await rig.setPipeline(config), undefined);
    const entry = rig.entry('forward', [exact(1, 5)], rig.action('set_port', 2));
    entry.setTableId(33_554_433);
    const failure = await rig.write(insert(entry));
    assert.match(failure?.errors[0]?.message ?? '', /FabricIngress\.spare is in P4Info, but p4c left it out/);
  });

  it('a server knows its version, and several serve in one process', async () => {
    const other = await new Rig().start();
    try {
      const version = await new Promise<string | undefined>((resolve) => {
        other.client.capabilities(new CapabilitiesRequest(), (_error, response) => {
          resolve(response?.getP4runtimeApiVersion());
        });
      });
      assert.equal(version, '1.5.0');
      await other.ready();
      await rig.setPipeline(rig.config());
      await other.apply(insert(other.entry('forward', [exact(1, 5)], other.action('set_port', 2))));
      assert.equal((await rig.read(tableEntity(rig.entry('forward', [])))).length, 0);
    } finally {
      await other.stop();
    }
  });
});
