import assert from 'node:assert/strict';
import { MatchField, PacketMetadata, type TableEntry } from 'p4runtime-js';
import {
  bytes,
  exact,
  INVALID,
  insert,
  modify,
  OUT_OF_RANGE,
  optional,
  Rig,
  tableEntity,
  ternary,
} from './rig.js';

const ETHERNET = '00000000aa01' + '00000000bb01';

function named(fieldId: number, name: string) {
  const match = exact(fieldId, 0);
  match.getExact()?.setValue(new TextEncoder().encode(name));
  return match;
}

describe('P4Runtime translated types', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const codes = async (...entries: TableEntry[]): Promise<number[]> =>
    (await rig.write(...entries.map(insert)))?.errors.map(({ code }) => code) ?? entries.map(() => 0);
  const read = async (table: string) =>
    (await rig.read(tableEntity(rig.entry(table, [])))).map((e) => e.getTableEntry()?.toObject());
  const nexthop = (name: string, port: string) =>
    rig.entry('nexthops', [named(1, name)], rig.action('send', port));
  const route = (vrf: number, name: string) =>
    rig.entry('routes', [optional(1, vrf)], rig.action('set_nexthop', name), (e) => e.setPriority(1));

  it('without maps: names are the controller’s own, decimal ones the numbers they say, numbers the same', async () => {
    rig = await new Rig('extras').start();
    await rig.ready();
    const entries = [
      rig.entry('vrfs', [exact(1, 0xbb01)], rig.action('set_vrf', 900)),
      route(900, 'to the north'),
      nexthop('to the north', '3'),
      nexthop('größer', '4'),
    ];
    await rig.apply(...entries.map(insert));
    assert.deepEqual(await read('nexthops'), [entries[2]?.toObject(), entries[3]?.toObject()]);
    assert.deepEqual(await read('routes'), [entries[1]?.toObject()]);
    assert.deepEqual(await read('vrfs'), [entries[0]?.toObject()]);
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(3).length, 1);
    await rig.apply(modify(route(900, 'größer')));
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(4).length, 1);
  });

  it('values there cannot be are refused', async () => {
    rig = await new Rig('extras').start();
    await rig.ready();
    const broken = named(1, 'x');
    broken.getExact()?.setValue(Uint8Array.of(0xff, 0xfe));
    assert.deepEqual(
      await codes(
        rig.entry('vrfs', [exact(1, 1)], rig.action('set_vrf', 1024)),
        rig.entry('vrfs', [exact(1, 1)], rig.action('set_vrf', 2 ** 32)),
        nexthop('', '1'),
        nexthop('4096', '1'),
        rig.entry('nexthops', [broken], rig.action('send', '1')),
      ),
      [OUT_OF_RANGE, OUT_OF_RANGE, INVALID, OUT_OF_RANGE, INVALID],
    );
  });

  it('as many names are taken as there are values', async () => {
    rig = await new Rig('extras').start();
    await rig.ready();
    const names = Array.from({ length: 513 }, (_, i) => `port ${i}`);
    const failures = await codes(...names.map((name) => nexthop('n', name)));
    assert.equal(failures.at(-1), 8);
    assert.deepEqual(failures.slice(1, -1), failures.slice(1, -1).fill(6));
  });

  it('packets carry translated metadata', async () => {
    rig = await new Rig('extras').start({
      translations: { 'sincmesh.test/port': { north: 1, south: 2, cpu: 510 } },
    });
    const stream = await rig.ready();
    const metadata = (id: number, value: Uint8Array): PacketMetadata => {
      const message = new PacketMetadata();
      message.setMetadataId(id);
      message.setValue(value);
      return message;
    };
    const name = (text: string) => metadata(1, new TextEncoder().encode(text));
    const pad = metadata(2, bytes(0));
    stream.packetOut(Buffer.from(`${ETHERNET}1234`, 'hex'), [name('south'), pad]);
    stream.packetOut(Buffer.from(`${ETHERNET}1234`, 'hex'), [name('east'), pad]);
    const error = (await stream.next()).getError();
    assert.equal(error?.getCanonicalCode(), INVALID);
    assert.match(error?.getMessage() ?? '', /"east" is no value of sincmesh.test\/port/);
    assert.deepEqual(rig.take(2), [`${ETHERNET}1234`]);
    await rig.apply(
      insert(rig.entry('routes', [], rig.action('set_nexthop', 'cpu'), (e) => e.setPriority(1))),
      insert(nexthop('cpu', 'cpu')),
    );
    rig.receive(1, `${ETHERNET}1234`);
    const packet = (await stream.next()).getPacket();
    assert.deepEqual(
      packet?.getMetadataList().map((field) => field.toObject()),
      [name('north'), pad].map((field) => field.toObject()),
    );
  });

  it('a map gives names and numbers, both ways, and no others', async () => {
    rig = await new Rig('extras').start({
      translations: {
        'sincmesh.test/port': { north: 1 },
        'sincmesh.test/vrf': { '4294967293': 5, '7': 6 },
      },
    });
    await rig.ready();
    const good = [
      rig.entry('vrfs', [exact(1, 0xbb01)], rig.action('set_vrf', 4294967293)),
      route(4294967293, 'n'),
      nexthop('n', 'north'),
    ];
    await rig.apply(...good.map(insert));
    assert.deepEqual(await read('vrfs'), [good[0]?.toObject()]);
    assert.deepEqual(await read('routes'), [good[1]?.toObject()]);
    rig.receive(0, `${ETHERNET}1234`);
    assert.equal(rig.take(1).length, 1);
    assert.deepEqual(
      await codes(nexthop('m', '1'), rig.entry('vrfs', [exact(1, 1)], rig.action('set_vrf', 5))),
      [INVALID, INVALID],
    );
  });

  it('ternary and range fields of translated types match whole values', async () => {
    rig = await new Rig('extras').start();
    const config = rig.config();
    // The program's field of the type is made ternary in P4Info: what the switch runs is ternary either way.
    for (const table of config.getP4info()?.getTablesList() ?? []) {
      for (const field of table.getMatchFieldsList())
        if (field.getName() === 'meta.vrf') field.setMatchType(MatchField.MatchType.TERNARY);
    }
    await rig.primary();
    assert.equal(await rig.setPipeline(config), undefined);
    const entry = (mask: number) =>
      rig.entry('routes', [ternary(1, 5, mask)], rig.action('drop'), (e) => e.setPriority(1));
    assert.deepEqual(await codes(entry(0xff), entry(0xffffffff)), [12, 0]);
    assert.deepEqual(await read('routes'), [entry(0xffffffff).toObject()]);
  });
});
