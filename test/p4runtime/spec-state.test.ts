import assert from 'node:assert/strict';
import {
  CounterData,
  CounterEntry,
  DigestEntry,
  DirectMeterEntry,
  Entity,
  ExternEntry,
  FieldMatch,
  Index,
  MeterEntry,
  P4Data,
  RegisterEntry,
  type Update,
  ValueSetEntry,
  ValueSetMember,
} from 'p4runtime-js';
import { decodeBytes, decodeSigned, encodeBytes, encodeSigned } from '../../switch/p4runtime/bytes.js';
import {
  bytes,
  EXHAUSTED,
  EXISTS,
  entity,
  exact,
  INVALID,
  idOf,
  insert,
  NOT_FOUND,
  OUT_OF_RANGE,
  Rig,
  type Stream,
  UNIMPLEMENTED,
  update,
} from './rig.js';

function at(value: number | undefined): Index | undefined {
  if (value === undefined) return undefined;
  const message = new Index();
  message.setIndex(value);
  return message;
}

describe('P4Runtime specification: bytestrings', () => {
  const of = (...values: number[]) => Uint8Array.of(...values);

  it('the valid encodings of the specification’s table are taken, the shortest are written', () => {
    const unsigned: readonly [width: number, value: bigint, bytes: Uint8Array, canonical: boolean][] = [
      [8, 99n, of(0x63), true],
      [16, 99n, of(0, 0x63), false],
      [16, 99n, of(0x63), true],
      [16, 12388n, of(0x30, 0x64), true],
      [16, 12388n, of(0, 0x30, 0x64), false],
      [12, 99n, of(0, 0x63), false],
      [12, 99n, of(0x63), true],
      [12, 99n, of(0, 0, 0x63), false],
    ];
    for (const [width, value, given, canonical] of unsigned) {
      assert.equal(
        decodeBytes(given, width, () => 'x'),
        value,
      );
      assert.equal(Buffer.compare(encodeBytes(value), given) === 0, canonical);
    }
    const signed: readonly [width: number, value: bigint, bytes: Uint8Array, canonical: boolean][] = [
      [8, 99n, of(0x63), true],
      [8, -99n, of(0x9d), true],
      [8, -99n, of(0xff, 0x9d), false],
      [12, -739n, of(0xfd, 0x1d), true],
      [16, 0n, of(0, 0), false],
      [16, 0n, of(0), true],
    ];
    for (const [width, value, given, canonical] of signed) {
      const pattern = decodeSigned(given, width, () => 'x');
      assert.equal(BigInt.asIntN(width, pattern), value);
      assert.equal(Buffer.compare(encodeSigned(pattern, width), given) === 0, canonical);
    }
  });

  it('the invalid encodings of the specification’s table are OUT_OF_RANGE', () => {
    const unsigned: readonly [number, Uint8Array][] = [
      [8, of(1, 0x63)],
      [8, of()],
      [16, of(1, 0, 0x63)],
      [12, of(0x10, 0x63)],
      [12, of(1, 0, 0x63)],
      [12, of(0, 0x40, 0x63)],
    ];
    const signed: readonly [number, Uint8Array][] = [
      [8, of(0, 0x9d)],
      [12, of(0x8d, 0x1d)],
      [16, of()],
    ];
    const refused = { code: 'OUT_OF_RANGE' };
    for (const [width, given] of unsigned) assert.throws(() => decodeBytes(given, width, () => 'x'), refused);
    for (const [width, given] of signed) assert.throws(() => decodeSigned(given, width, () => 'x'), refused);
  });
});

describe('P4Runtime specification: counters, registers, value sets, digests', () => {
  let rig: Rig;
  let stream: Stream;
  beforeEach(async () => {
    rig = await new Rig().start();
    stream = await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Update[]) => rig.codes(...updates);

  function counter(index: number | undefined, count?: number): Entity {
    const message = new CounterEntry();
    message.setCounterId(idOf(rig.info.getCountersList(), 'FabricIngress.port_packets'));
    message.setIndex(at(index));
    if (count !== undefined) {
      const data = new CounterData();
      data.setPacketCount(count);
      message.setData(data);
    }
    return entity((e) => e.setCounterEntry(message));
  }

  function register(index: number | undefined, value?: number, kind: 'bits' | 'bool' = 'bits'): Entity {
    const message = new RegisterEntry();
    message.setRegisterId(idOf(rig.info.getRegistersList(), 'FabricIngress.last_mac'));
    message.setIndex(at(index));
    if (value !== undefined) {
      const data = new P4Data();
      if (kind === 'bits') data.setBitstring(bytes(value));
      else data.setBool(true);
      message.setData(data);
    }
    return entity((e) => e.setRegisterEntry(message));
  }

  function valueSet(...values: number[]): Entity {
    const message = new ValueSetEntry();
    message.setValueSetId(idOf(rig.info.getValueSetsList(), 'Parse.special_types'));
    for (const value of values) {
      const member = new ValueSetMember();
      member.addMatch(exact(1, value));
      message.addMembers(member);
    }
    return entity((e) => e.setValueSetEntry(message));
  }

  function digest(timeoutNs: number, size: number): Entity {
    const message = new DigestEntry();
    message.setDigestId(idOf(rig.info.getDigestsList(), 'learned_t'));
    const config = new DigestEntry.Config();
    config.setMaxTimeoutNs(timeoutNs);
    config.setMaxListSize(size);
    message.setConfig(config);
    return entity((e) => e.setDigestEntry(message));
  }

  it('counters: modified only, within the array, by cell or all; without data nothing changes', async () => {
    assert.deepEqual(
      await codes(
        update('INSERT', counter(1, 1)),
        update('DELETE', counter(1)),
        update('MODIFY', counter(-1, 1)),
        update('MODIFY', counter(-1)),
        update('MODIFY', counter(16, 1)),
        update('MODIFY', counter(16)),
        update('MODIFY', counter(1, -1)),
        update('MODIFY', counter(1, 2 ** 60)),
        update('MODIFY', counter(undefined, 7)),
        update('MODIFY', counter(2, 9)),
        update('MODIFY', counter(2)),
        update('MODIFY', counter(undefined)),
      ),
      [INVALID, INVALID, INVALID, INVALID, OUT_OF_RANGE, OUT_OF_RANGE, INVALID, OUT_OF_RANGE, 0, 0, 0, 0],
    );
    const counts = (await rig.read(counter(undefined))).map((e) =>
      e.getCounterEntry()?.getData()?.getPacketCount(),
    );
    assert.deepEqual(counts, [7, 7, 9, ...Array.from({ length: 13 }, () => 7)]);
    const { failure } = await rig.readAll(counter(-1), counter(16));
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [INVALID, OUT_OF_RANGE],
    );
  });

  it('registers: modified only, within the array, by cell or all, with data of their type', async () => {
    assert.deepEqual(
      await codes(
        update('INSERT', register(1, 1)),
        update('DELETE', register(1, 1)),
        update('MODIFY', register(-1, 1)),
        update('MODIFY', register(8, 1)),
        update('MODIFY', register(1)),
        update('MODIFY', register(1, 1, 'bool')),
        update('MODIFY', register(1, 2 ** 48)),
        update('MODIFY', register(undefined, 5)),
        update('MODIFY', register(3, 6)),
      ),
      [INVALID, INVALID, INVALID, OUT_OF_RANGE, INVALID, INVALID, OUT_OF_RANGE, 0, 0],
    );
    const cells = (await rig.read(register(undefined))).map((e) =>
      Buffer.from(e.getRegisterEntry()?.getData()?.getBitstring_asU8() ?? []).toString('hex'),
    );
    assert.deepEqual(cells, ['05', '05', '05', '06', '05', '05', '05', '05']);
  });

  it('value sets: replaced as a whole, within their size, no member twice, emptied by none', async () => {
    const wide = valueSet(1);
    wide.getValueSetEntry()?.getMembersList()[0]?.addMatch(exact(1, 2));
    const bare = valueSet();
    bare.getValueSetEntry()?.addMembers(new ValueSetMember());
    const other = valueSet();
    const strange = new ValueSetMember();
    strange.addMatch(new FieldMatch());
    other.getValueSetEntry()?.addMembers(strange);
    assert.deepEqual(
      await codes(
        update('INSERT', valueSet(1)),
        update('DELETE', valueSet(1)),
        update('MODIFY', valueSet(1, 2, 3, 4, 5)),
        update('MODIFY', valueSet(1, 2, 1)),
        update('MODIFY', valueSet(0x10000)),
        update('MODIFY', wide),
        update('MODIFY', bare),
        update('MODIFY', other),
        update('MODIFY', valueSet(1, 2, 3, 4)),
      ),
      [INVALID, INVALID, EXHAUSTED, EXISTS, OUT_OF_RANGE, INVALID, INVALID, INVALID, 0],
    );
    assert.deepEqual((await rig.read(valueSet()))[0]?.toObject(), valueSet(1, 2, 3, 4).toObject());
    await rig.apply(update('MODIFY', valueSet()));
    assert.deepEqual((await rig.read(valueSet()))[0]?.toObject(), valueSet().toObject());
  });

  it('digests: a size of 0 leaves lists to their timeout, a timeout of 0 sends each sample at once', async () => {
    const learn = (mac: number): void =>
      rig.receive(1, `00000000aa01${mac.toString(16).padStart(12, '0')}1234`);
    const next = async (): Promise<number | undefined> =>
      (await stream.next()).getDigest()?.getDataList().length;
    await rig.apply(update('INSERT', digest(1e9, 0)));
    for (let mac = 1; mac <= 20; mac++) learn(mac);
    learn(20);
    rig.time.now += 1e6;
    rig.sw.tick();
    assert.equal(await next(), 20);
    await rig.apply(update('MODIFY', digest(0, 5)));
    learn(1);
    learn(1);
    assert.deepEqual([await next(), await next()], [1, 1]);
    await rig.apply(update('MODIFY', digest(1e9, 1)));
    learn(1);
    assert.equal(await next(), 1);
    assert.deepEqual(await codes(update('MODIFY', digest(2 ** 60, 1)), update('MODIFY', digest(-1, 1))), [
      INVALID,
      INVALID,
    ]);
  });

  it('digests carry enums, errors and bools by name, structs in structs, and signed values', async () => {
    const extras = await new Rig('extras').start();
    try {
      const learning = await extras.ready();
      const message = new DigestEntry();
      message.setDigestId(idOf(extras.info.getDigestsList(), 'noticed_t'));
      message.setConfig(new DigestEntry.Config());
      await extras.apply(
        update(
          'INSERT',
          entity((e) => e.setDigestEntry(message)),
        ),
      );
      const next = async (): Promise<unknown[]> => {
        const [data] = (await learning.next()).getDigest()?.getDataList() ?? [];
        const members = data?.getStruct()?.getMembersList() ?? [];
        const [size, parsed, origin, balance, mac] = members;
        const [port, fromCpu] = origin?.getStruct()?.getMembersList() ?? [];
        const hex = (value: P4Data | undefined): string =>
          Buffer.from(value?.getBitstring_asU8() ?? []).toString('hex');
        return [size?.getEnum(), parsed?.getError(), hex(port), fromCpu?.getBool(), hex(balance), hex(mac)];
      };
      extras.receive(3, '00000000aa01' + '00000000bb01' + '1234');
      assert.deepEqual(await next(), ['Short', 'NoError', '03', false, 'ff', 'bb01']);
      extras.receive(4, `00000000aa0100000000bb021234${'00'.repeat(60)}`);
      assert.deepEqual(await next(), ['Long', 'NoError', '04', false, 'ff', 'bb02']);
      extras.receive(5, '0000');
      assert.deepEqual((await next()).slice(0, 3), ['Short', 'PacketTooShort', '05']);
    } finally {
      await extras.stop();
    }
  });

  it('ids of 0 and of nothing are refused in every write', async () => {
    const blank: readonly (readonly [Entity, (id: number) => void])[] = [
      withId(
        (e, m) => e.setCounterEntry(m),
        new CounterEntry(),
        (m, id) => m.setCounterId(id),
      ),
      withId(
        (e, m) => e.setMeterEntry(m),
        new MeterEntry(),
        (m, id) => m.setMeterId(id),
      ),
      withId(
        (e, m) => e.setRegisterEntry(m),
        new RegisterEntry(),
        (m, id) => m.setRegisterId(id),
      ),
      withId(
        (e, m) => e.setValueSetEntry(m),
        new ValueSetEntry(),
        (m, id) => m.setValueSetId(id),
      ),
      withId(
        (e, m) => e.setDigestEntry(m),
        new DigestEntry(),
        (m, id) => m.setDigestId(id),
      ),
    ];
    for (const id of [0, 0xffffff]) {
      const updates = blank.map(([holder, set]) => {
        set(id);
        return update('MODIFY', holder.clone());
      });
      assert.deepEqual(
        await codes(...updates),
        updates.map(() => INVALID),
      );
    }
    const nowhere = rig.entry('forward', [exact(1, 1)], rig.action('drop'), (e) => e.setTableId(0));
    const direct = new DirectMeterEntry();
    assert.deepEqual(
      await codes(
        insert(nowhere),
        update(
          'MODIFY',
          entity((e) => e.setDirectMeterEntry(direct)),
        ),
        update('INSERT', new Entity()),
        update(
          'INSERT',
          entity((e) => e.setExternEntry(new ExternEntry())),
        ),
      ),
      [INVALID, INVALID, INVALID, UNIMPLEMENTED],
    );
    const { failure } = await rig.readAll(new Entity());
    assert.equal(failure?.errors[0]?.code, INVALID);
    assert.equal((await codes(update('MODIFY', digest(0, 1))))[0], NOT_FOUND);
  });
});

function withId<M>(
  put: (holder: Entity, message: M) => void,
  message: M,
  set: (message: M, id: number) => void,
): readonly [Entity, (id: number) => void] {
  return [entity((holder) => put(holder, message)), (id) => set(message, id)];
}
