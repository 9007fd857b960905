import assert from 'node:assert/strict';
import { Any, P4Data, RegisterEntry, Role, TableEntry, type Update } from 'p4runtime-js';
import {
  bytes,
  DENIED,
  entity,
  exact,
  idOf,
  insert,
  lpm,
  modify,
  NOT_FOUND,
  PRECONDITION,
  Rig,
  remove,
  tableEntity,
  update,
} from './rig.js';

describe('P4Runtime specification: sessions', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
  });
  afterEach(() => rig.stop());

  const role = (name: string): Role => {
    const message = new Role();
    message.setName(name);
    return message;
  };

  it('an election id of 0 is one, and none is below it', async () => {
    const [first, second] = [rig.openStream(), rig.openStream()];
    first.arbitrate(undefined);
    assert.equal(await first.arbitration(), '5 Is backup, and there is no primary none');
    second.arbitrate(0n);
    assert.equal(await second.arbitration(), '0 Is primary 0');
    assert.equal(await first.arbitration(), '6 Is backup 0');
    assert.equal((await rig.writeAll([], 0, { electionId: undefined }))?.code, DENIED);
    assert.equal((await rig.writeAll([], 0, { electionId: 0n }))?.code, PRECONDITION);
  });

  it('election ids have 128 bits', async () => {
    const big = (1n << 127n) + 5n;
    const [first, second] = [rig.openStream(), rig.openStream()];
    first.arbitrate(big);
    assert.equal(await first.arbitration(), `0 Is primary ${big}`);
    second.arbitrate((1n << 64n) - 1n);
    assert.equal(await second.arbitration(), `6 Is backup ${big}`);
  });

  it('several without an election id are backups side by side', async () => {
    const streams = [rig.openStream(), rig.openStream()];
    for (const stream of streams) {
      stream.arbitrate(undefined);
      assert.match(await stream.arbitration(), /^5 /);
    }
  });

  it('a repeated arbitration of the primary is told to all', async () => {
    const [first, second] = [rig.openStream(), rig.openStream()];
    first.arbitrate(5n);
    await first.arbitration();
    second.arbitrate(4n);
    await second.arbitration();
    first.arbitrate(5n);
    assert.deepEqual(
      [await first.arbitration(), await second.arbitration()],
      ['0 Is primary 5', '6 Is backup 5'],
    );
  });

  it('election ids are a role’s own: two roles may use the same', async () => {
    const [first, second] = [rig.openStream(), rig.openStream()];
    first.arbitrate(5n, { role: role('a') });
    assert.equal(await first.arbitration(), '0 Is primary 5');
    second.arbitrate(5n, { role: role('b') });
    assert.equal(await second.arbitration(), '0 Is primary 5');
  });

  it('the checks of a Write come in order: device and role, primary, pipeline', async () => {
    await rig.primary();
    const code = async (options: Parameters<Rig['writeAll']>[2]): Promise<number | undefined> =>
      (await rig.writeAll([], 0, options))?.code;
    assert.equal(await code({ deviceId: 99, role: 'nobody', electionId: 9n }), NOT_FOUND);
    assert.equal(await code({ role: 'nobody', electionId: 9n }), NOT_FOUND);
    assert.equal(await code({ electionId: 9n }), DENIED);
    assert.equal(await code({}), PRECONDITION);
    assert.equal((await rig.setPipeline(undefined, 3, { deviceId: 99, electionId: 9n }))?.code, NOT_FOUND);
    assert.equal((await rig.setPipeline(undefined, 3, { electionId: 9n }))?.code, DENIED);
    assert.equal((await rig.setPipeline(undefined, 3))?.code, 3);
    assert.equal((await rig.setPipeline(undefined, 0))?.code, 3);
  });

  it('a stream that was refused has not brought its role to be', async () => {
    const refused = rig.openStream();
    const stranger = role('stranger');
    stranger.setConfig(new Any());
    refused.arbitrate(1n, { role: stranger });
    assert.equal((await refused.ended)?.code, 3);
    assert.equal((await rig.writeAll([], 0, { role: 'stranger' }))?.code, NOT_FOUND);
  });
});

describe('P4Runtime specification: batches', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
    await rig.ready();
  });
  afterEach(() => rig.stop());

  const route = (value: number, port: number): TableEntry =>
    rig.entry('ipv4_lpm', [lpm(1, value, 8)], rig.action('route', port));

  /** Writes all cells. */
  function register(value: number): Update {
    const message = new RegisterEntry();
    message.setRegisterId(idOf(rig.info.getRegistersList(), 'FabricIngress.last_mac'));
    const data = new P4Data();
    data.setBitstring(bytes(value));
    message.setData(data);
    return update(
      'MODIFY',
      entity((e) => e.setRegisterEntry(message)),
    );
  }

  it('the status in the details says what the call’s own says', async () => {
    const failure = await rig.write(insert(route(0x0a000000, 1)), insert(route(0x0a000000, 1)));
    assert.equal(failure?.code, 2);
    assert.deepEqual(failure?.status, { code: failure?.code, message: failure?.message });
    assert.equal(failure?.errors.length, 2);
    assert.deepEqual(failure?.errors[0], { code: 0, message: '' });
  });

  it('a call that is refused as a whole has no details', async () => {
    const failure = await rig.writeAll([insert(route(0x0a000000, 1))], 0, { electionId: 9n });
    assert.deepEqual([failure?.code, failure?.errors], [DENIED, []]);
  });

  it('Writes and Reads at the same time: each Read sees all of a Write or nothing of it', async () => {
    const filter = new RegisterEntry();
    filter.setRegisterId(idOf(rig.info.getRegistersList(), 'FabricIngress.last_mac'));
    const all = entity((e) => e.setRegisterEntry(filter));
    const jobs: Promise<unknown>[] = [];
    const seen: string[][] = [];
    for (let round = 1; round <= 40; round++) {
      // Every cell is written to something else first, so that a Read in between would show.
      jobs.push(rig.apply(register(round + 100), register(round)));
      jobs.push(
        rig.readAll(all, all).then(({ entities }) => {
          seen.push(
            entities.map((e) =>
              Buffer.from(e.getRegisterEntry()?.getData()?.getBitstring_asU8() ?? []).toString('hex'),
            ),
          );
        }),
      );
    }
    await Promise.all(jobs);
    assert.equal(seen.length, 40);
    for (const cells of seen) {
      assert.equal(cells.length, 16);
      assert.equal(new Set(cells).size, 1, cells.join(' '));
      assert.ok(Number.parseInt(cells[0] ?? '', 16) <= 40);
    }
  });

  it('what a Write answered holds for the packet that follows', async () => {
    const forward = (port: number): TableEntry =>
      rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', port));
    await rig.apply(insert(forward(1)));
    for (let i = 0; i < 20; i++) {
      const port = 1 + (i % 3);
      await rig.apply(modify(forward(port)));
      rig.receive(0, '00000000aa01' + '00000000bb01' + '1234');
      assert.equal(rig.take(port).length, 1);
    }
  });

  it('a rolled back batch leaves every kind of entity as it was', async () => {
    await rig.apply(insert(route(0x0a000000, 1)), register(3));
    const everything = async (): Promise<unknown> => {
      const filter = new RegisterEntry();
      const { entities } = await rig.readAll(
        tableEntity(new TableEntry()),
        entity((e) => e.setRegisterEntry(filter)),
      );
      return entities.map((e) => e.toObject());
    };
    const before = await everything();
    for (const atomicity of [1, 2] as const) {
      const failure = await rig.writeAll(
        [
          insert(route(0x0b000000, 1)),
          modify(route(0x0a000000, 2)),
          register(9),
          remove(route(0x0a000000, 0)),
          remove(route(0x0c000000, 0)),
        ],
        atomicity,
      );
      assert.deepEqual(
        failure?.errors.map(({ code }) => code),
        [10, 10, 10, 10, NOT_FOUND],
      );
      assert.deepEqual(await everything(), before);
    }
  });

  it('requests above the 4 MB gRPC takes by default are taken', async () => {
    const entry = route(0x0a000000, 1);
    entry.setMetadata(new Uint8Array(6 * 1024 * 1024));
    assert.equal(await rig.write(insert(entry)), undefined);
  });
});
