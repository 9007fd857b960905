import assert from 'node:assert/strict';
import {
  ActionProfileGroup,
  ActionProfileMember,
  CloneSessionEntry,
  CounterData,
  CounterEntry,
  Index,
  MeterConfig,
  MeterEntry,
  MulticastGroupEntry,
  P4Data,
  PacketReplicationEngineEntry,
  RegisterEntry,
  Replica,
  TableAction,
  ValueSetEntry,
  ValueSetMember,
} from 'p4runtime-js';
import { bytes, entity, exact, idOf, insert, optional, Rig, update } from './rig.js';

const ETHERNET = '00000000aa01' + '00000000bb01';

function index(value: number): Index {
  const message = new Index();
  message.setIndex(value);
  return message;
}

describe('P4Runtime entities beside tables', () => {
  let rig: Rig;
  before(async () => {
    rig = await new Rig().start();
    await rig.primary();
  });
  beforeEach(async () => {
    assert.equal(await rig.setPipeline(rig.config()), undefined);
  });
  after(() => rig.stop());

  const profileId = (): number => idOf(rig.info.getActionProfilesList(), 'FabricIngress.ecmp');

  function member(id: number, port: number): ActionProfileMember {
    const message = new ActionProfileMember();
    message.setActionProfileId(profileId());
    message.setMemberId(id);
    message.setAction(rig.actionCall('set_port', port));
    return message;
  }

  function group(
    id: number,
    ...members: readonly (readonly [id: number, weight: number])[]
  ): ActionProfileGroup {
    const message = new ActionProfileGroup();
    message.setActionProfileId(profileId());
    message.setGroupId(id);
    message.setMaxSize(16);
    for (const [memberId, weight] of members) {
      const place = new ActionProfileGroup.Member();
      place.setMemberId(memberId);
      place.setWeight(weight);
      message.addMembers(place);
    }
    return message;
  }

  const memberEntity = (message: ActionProfileMember) => entity((e) => e.setActionProfileMember(message));
  const groupEntity = (message: ActionProfileGroup) => entity((e) => e.setActionProfileGroup(message));

  it('members and groups: a table entry spreads over a group', async () => {
    const toGroup = new TableAction();
    toGroup.setActionProfileGroupId(1);
    await rig.apply(
      update('INSERT', memberEntity(member(1, 1))),
      update('INSERT', memberEntity(member(2, 2))),
      update('INSERT', groupEntity(group(1, [1, 1], [2, 1]))),
      insert(rig.entry('balance', [exact(1, 0x0a000001)], toGroup)),
    );
    const packet = (id: number): string =>
      `${ETHERNET}080045000014${id.toString(16).padStart(4, '0')}000040110000010101010a000001`;
    for (let id = 0; id < 100; id++) rig.receive(0, packet(id));
    const shares = [rig.take(1).length, rig.take(2).length];
    assert.equal((shares[0] ?? 0) + (shares[1] ?? 0), 100);
    assert.ok(Math.min(...shares) > 25, shares.join());
    await rig.apply(update('MODIFY', groupEntity(group(1, [2, 1]))));
    for (let id = 0; id < 10; id++) rig.receive(0, packet(id));
    assert.deepEqual([rig.take(1).length, rig.take(2).length], [0, 10]);
    const members = await rig.read(memberEntity(new ActionProfileMember()));
    assert.deepEqual(
      members.map((e) => e.getActionProfileMember()?.toObject()),
      [member(1, 1).toObject(), member(2, 2).toObject()],
    );
    const groups = await rig.read(groupEntity(new ActionProfileGroup()));
    assert.deepEqual(
      groups.map((e) => e.getActionProfileGroup()?.toObject()),
      [group(1, [2, 1]).toObject()],
    );
    const failure = await rig.write(
      update('DELETE', groupEntity(group(1))),
      update('DELETE', memberEntity(member(2, 0))),
      update('DELETE', memberEntity(member(1, 0))),
      update('MODIFY', memberEntity(member(9, 0))),
      update('INSERT', groupEntity(group(5, [9, 1]))),
      update('INSERT', groupEntity(group(6, [2, 0]))),
    );
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [9, 9, 0, 5, 5, 3],
    );
  });

  it('counters: counted, read by cell and as a whole, set', async () => {
    for (const port of [1, 1, 2]) rig.receive(port, `${ETHERNET}1234`);
    const counterId = idOf(rig.info.getCountersList(), 'FabricIngress.port_packets');
    const filter = new CounterEntry();
    filter.setCounterId(counterId);
    const query = entity((e) => e.setCounterEntry(filter));
    const counts = (await rig.read(query)).map((e) => e.getCounterEntry()?.getData()?.getPacketCount());
    assert.deepEqual(counts, [0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const set = filter.clone();
    set.setIndex(index(2));
    const data = new CounterData();
    data.setByteCount(7);
    set.setData(data);
    await rig.apply(
      update(
        'MODIFY',
        entity((e) => e.setCounterEntry(set)),
      ),
    );
    const [cell] = await rig.read(entity((e) => e.setCounterEntry(set)));
    assert.deepEqual(cell?.toObject(), entity((e) => e.setCounterEntry(set)).toObject());
    assert.equal((await rig.read(entity((e) => e.setCounterEntry(new CounterEntry())))).length, 16);
    const at = (i: number): CounterEntry => {
      const copy = set.clone();
      copy.setIndex(index(i));
      return copy;
    };
    const failure = await rig.write(
      update(
        'MODIFY',
        entity((e) => e.setCounterEntry(at(16))),
      ),
      update(
        'MODIFY',
        entity((e) => e.setCounterEntry(at(-1))),
      ),
      update(
        'INSERT',
        entity((e) => e.setCounterEntry(at(1))),
      ),
    );
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [11, 3, 3],
    );
    const read = await rig.readAll(
      entity((e) => e.setCounterEntry(at(16))),
      query,
    );
    assert.equal(read.entities.length, 16);
    assert.deepEqual(
      read.failure?.errors.map(({ code }) => code),
      [11, 0],
    );
  });

  it('registers: read what packets wrote, and write them', async () => {
    rig.receive(3, `${ETHERNET}1234`);
    const registerId = idOf(rig.info.getRegistersList(), 'FabricIngress.last_mac');
    const entry = new RegisterEntry();
    entry.setRegisterId(registerId);
    const all = await rig.read(entity((e) => e.setRegisterEntry(entry)));
    assert.equal(all.length, 8);
    const hex = (e: (typeof all)[number] | undefined): string =>
      Buffer.from(e?.getRegisterEntry()?.getData()?.getBitstring_asU8() ?? []).toString('hex');
    assert.deepEqual([hex(all[3]), hex(all[4])], ['bb01', '00']);
    const write = entry.clone();
    write.setIndex(index(5));
    const data = new P4Data();
    data.setBitstring(bytes(0xffffffffffffn));
    write.setData(data);
    await rig.apply(
      update(
        'MODIFY',
        entity((e) => e.setRegisterEntry(write)),
      ),
    );
    assert.equal(rig.sw.program?.registers.get('FabricIngress.last_mac')?.read(5), 0xffffffffffffn);
    data.setBitstring(bytes(1n << 48n));
    const failure = await rig.write(
      update(
        'MODIFY',
        entity((e) => e.setRegisterEntry(write)),
      ),
    );
    assert.match(failure?.errors[0]?.message ?? '', /register FabricIngress\.last_mac takes 48 bit\(s\)/);
    data.setBool(true);
    const wrongType = await rig.write(
      update(
        'MODIFY',
        entity((e) => e.setRegisterEntry(write)),
      ),
    );
    assert.equal(wrongType?.errors[0]?.code, 3);
  });

  it('meters: configured, read, refused when they cannot be', async () => {
    const entry = new MeterEntry();
    entry.setMeterId(idOf(rig.info.getMetersList(), 'FabricIngress.port_meter'));
    entry.setIndex(index(1));
    const config = new MeterConfig();
    config.setCir(1000);
    config.setCburst(100);
    config.setPir(2000);
    config.setPburst(200);
    entry.setConfig(config);
    await rig.apply(
      update(
        'MODIFY',
        entity((e) => e.setMeterEntry(entry)),
      ),
    );
    const [read] = await rig.read(entity((e) => e.setMeterEntry(entry)));
    assert.deepEqual(read?.getMeterEntry()?.toObject(), entry.toObject());
    const bad = entry.clone();
    bad.getConfig()?.setCir(3000);
    const single = entry.clone();
    single.getConfig()?.setEburst(1);
    const failure = await rig.write(
      update(
        'MODIFY',
        entity((e) => e.setMeterEntry(bad)),
      ),
      update(
        'MODIFY',
        entity((e) => e.setMeterEntry(single)),
      ),
    );
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [3, 3],
    );
  });

  function replica(port: number, instance: number): Replica {
    const message = new Replica();
    message.setPort(bytes(port));
    message.setInstance(instance);
    return message;
  }

  function multicast(id: number, ...replicas: Replica[]): ReturnType<typeof entity> {
    const entry = new MulticastGroupEntry();
    entry.setMulticastGroupId(id);
    entry.setReplicasList(replicas);
    entry.setMetadata(Uint8Array.of(5));
    const engine = new PacketReplicationEngineEntry();
    engine.setMulticastGroupEntry(entry);
    return entity((e) => e.setPacketReplicationEngineEntry(engine));
  }

  it('multicast groups copy packets', async () => {
    const three = multicast(4, replica(1, 1), replica(2, 1), replica(2, 2));
    await rig.apply(
      update('INSERT', three),
      insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('to_group', 4))),
    );
    rig.receive(0, `${ETHERNET}1234`);
    assert.deepEqual([rig.take(1).length, rig.take(2).length], [1, 2]);
    const [read] = await rig.read(multicast(0));
    assert.deepEqual(read?.toObject(), three.toObject());
    await rig.apply(update('MODIFY', multicast(4, replica(3, 0))));
    rig.receive(0, `${ETHERNET}1234`);
    assert.deepEqual([rig.take(1).length, rig.take(3).length], [0, 1]);
    await rig.apply(update('DELETE', multicast(4)));
    const failure = await rig.write(
      update('DELETE', multicast(4)),
      update('INSERT', multicast(0)),
      update('INSERT', multicast(1, replica(1, 1), replica(1, 1))),
      update('INSERT', multicast(1, replica(1, 70000))),
    );
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [5, 3, 3, 3],
    );
  });

  it('clone sessions copy what a program mirrors, cut to length', async () => {
    const session = new CloneSessionEntry();
    session.setSessionId(100);
    session.setReplicasList([replica(5, 0)]);
    session.setPacketLengthBytes(16);
    const engine = new PacketReplicationEngineEntry();
    engine.setCloneSessionEntry(session);
    const holder = entity((e) => e.setPacketReplicationEngineEntry(engine));
    await rig.apply(
      update('INSERT', holder),
      insert(
        rig.entry('acl', [optional(1, 1)], rig.action('mirror', 100), (e) => {
          e.setPriority(1);
        }),
      ),
      insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 2))),
    );
    rig.receive(1, `${ETHERNET}1234${'ee'.repeat(50)}`);
    assert.deepEqual(rig.take(2), [`${ETHERNET}1234${'ee'.repeat(50)}`]);
    assert.deepEqual(rig.take(5), [`${ETHERNET}1234eeee`]);
    const [read] = await rig.read(
      entity((e) => e.setPacketReplicationEngineEntry(new PacketReplicationEngineEntry())),
    );
    assert.deepEqual(read?.toObject(), holder.toObject());
  });

  it('parser value sets change what the parser does', async () => {
    const entry = new ValueSetEntry();
    entry.setValueSetId(idOf(rig.info.getValueSetsList(), 'Parse.special_types'));
    const add = (type: number): void => {
      const one = new ValueSetMember();
      one.addMatch(exact(1, type));
      entry.addMembers(one);
    };
    add(0x88f7);
    const holder = entity((e) => e.setValueSetEntry(entry));
    const packets = rig.sw.stats.packetIns;
    rig.receive(1, `${ETHERNET}88f7`);
    assert.equal(rig.sw.stats.packetIns, packets);
    await rig.apply(update('MODIFY', holder));
    rig.receive(1, `${ETHERNET}88f7`);
    assert.equal(rig.sw.stats.packetIns, packets + 1);
    const [read] = await rig.read(entity((e) => e.setValueSetEntry(new ValueSetEntry())));
    assert.deepEqual(read?.toObject(), holder.toObject());
    add(0x88f7);
    assert.equal((await rig.write(update('MODIFY', holder)))?.errors[0]?.code, 6);
    for (const type of [1, 2, 3]) add(type);
    assert.equal((await rig.write(update('MODIFY', holder)))?.errors[0]?.code, 8);
    assert.equal((await rig.write(update('INSERT', holder)))?.errors[0]?.code, 3);
  });
});
