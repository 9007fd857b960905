import assert from 'node:assert/strict';
import {
  ActionProfileGroup,
  ActionProfileMember,
  CloneSessionEntry,
  CounterData,
  CounterEntry,
  DigestEntry,
  DirectCounterEntry,
  DirectMeterEntry,
  type Entity,
  MeterConfig,
  MeterEntry,
  MulticastGroupEntry,
  P4Data,
  PacketReplicationEngineEntry,
  RegisterEntry,
  Replica,
  TableEntry,
  ValueSetEntry,
  WriteRequest,
} from 'p4runtime-js';
import { EmbeddedSwitch } from '../../switch/index.js';
import { FULL_ACCESS } from '../../switch/p4runtime/access.js';
import { readEntities } from '../../switch/p4runtime/entities.js';
import { P4RuntimeError } from '../../switch/p4runtime/error.js';
import { plainChunks } from '../../switch/p4runtime/plain-read.js';
import { Schema } from '../../switch/p4runtime/schema.js';
import { applyBatch } from '../../switch/p4runtime/write.js';
import { decodeWriteRequest } from '../../switch/p4runtime/write-request.js';
import { loadProgram } from '../../switch/spec/load.js';
import { seededRandom } from '../../switch/v1model/random.js';
import {
  entity,
  exact,
  fixture,
  idOf,
  lpm,
  optional,
  Rig,
  range,
  tableEntity,
  ternary,
  update,
} from './rig.js';

/** Mutated requests; SINCMESH_FUZZ_REQUESTS asks for more. */
const REQUESTS = Number(process.env['SINCMESH_FUZZ_REQUESTS'] ?? 20_000);
const SEED = Number(process.env['SINCMESH_FUZZ_SEED'] ?? 1);

/** A good entity of every kind. */
function samples(rig: Rig): Entity[] {
  const { info } = rig;
  const profile = idOf(info.getActionProfilesList(), 'FabricIngress.ecmp');
  const member = new ActionProfileMember();
  member.setActionProfileId(profile);
  member.setMemberId(1);
  member.setAction(rig.actionCall('set_port', 1));
  const group = new ActionProfileGroup();
  group.setActionProfileId(profile);
  group.setGroupId(2);
  group.setMaxSize(4);
  const place = new ActionProfileGroup.Member();
  place.setMemberId(1);
  place.setWeight(2);
  place.setWatchPort(Uint8Array.of(3));
  group.addMembers(place);
  const data = new CounterData();
  data.setPacketCount(5);
  const counter = new CounterEntry();
  counter.setCounterId(idOf(info.getCountersList(), 'FabricIngress.port_packets'));
  counter.setData(data);
  const config = new MeterConfig();
  config.setCir(1);
  config.setCburst(2);
  config.setPir(3);
  config.setPburst(4);
  const meter = new MeterEntry();
  meter.setMeterId(idOf(info.getMetersList(), 'FabricIngress.port_meter'));
  meter.setConfig(config);
  const register = new RegisterEntry();
  register.setRegisterId(idOf(info.getRegistersList(), 'FabricIngress.last_mac'));
  const value = new P4Data();
  value.setBitstring(Uint8Array.of(1, 2, 3));
  register.setData(value);
  const replica = new Replica();
  replica.setEgressPort(1);
  const multicast = new MulticastGroupEntry();
  multicast.setMulticastGroupId(3);
  multicast.addReplicas(replica);
  const session = new CloneSessionEntry();
  session.setSessionId(4);
  session.addReplicas(replica);
  const digest = new DigestEntry();
  digest.setDigestId(idOf(info.getDigestsList(), 'learned_t'));
  const timing = new DigestEntry.Config();
  timing.setMaxListSize(3);
  digest.setConfig(timing);
  const set = new ValueSetEntry();
  set.setValueSetId(info.getValueSetsList()[0]?.getPreamble()?.getId() ?? 0);
  const route = rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)], rig.action('route', 3), (e) =>
    e.setCounterData(data),
  );
  const acl = rig.entry(
    'acl',
    [optional(1, 3), ternary(2, 0xa00, 0xff00), range(3, 1, 9)],
    rig.action('deny'),
    (e) => e.setPriority(2),
  );
  const direct = new DirectCounterEntry();
  direct.setTableEntry(rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)]));
  direct.setData(data);
  const directMeter = new DirectMeterEntry();
  directMeter.setTableEntry(acl);
  directMeter.setConfig(config);
  const byGroup = rig.action('drop');
  byGroup.clearAction();
  byGroup.setActionProfileGroupId(2);
  const replication = (fill: (entry: PacketReplicationEngineEntry) => void): Entity => {
    const entry = new PacketReplicationEngineEntry();
    fill(entry);
    return entity((e) => e.setPacketReplicationEngineEntry(entry));
  };
  return [
    entity((e) => e.setActionProfileMember(member)),
    entity((e) => e.setActionProfileGroup(group)),
    tableEntity(rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 2))),
    tableEntity(rig.entry('balance', [exact(1, 1)], byGroup)),
    tableEntity(route),
    tableEntity(acl),
    entity((e) => e.setCounterEntry(counter)),
    entity((e) => e.setDirectCounterEntry(direct)),
    entity((e) => e.setMeterEntry(meter)),
    entity((e) => e.setDirectMeterEntry(directMeter)),
    entity((e) => e.setRegisterEntry(register)),
    entity((e) => e.setDigestEntry(digest)),
    entity((e) => e.setValueSetEntry(set)),
    replication((entry) => entry.setMulticastGroupEntry(multicast)),
    replication((entry) => entry.setCloneSessionEntry(session)),
  ];
}

describe('P4Runtime under mutated requests', () => {
  it(`${REQUESTS} of them: what is wrong is said, nothing breaks, and the state can be read`, function () {
    this.timeout(10_000 + REQUESTS * 5);
    const rig = new Rig();
    const sw = new EmbeddedSwitch({ clock: { now: () => 0 }, cpuPort: 510 });
    sw.load(loadProgram(JSON.parse(new TextDecoder().decode(fixture('entities.json')))));
    assert.ok(sw.program !== undefined);
    const context = {
      schema: new Schema(rig.info, sw.program, sw.program.spec),
      target: sw,
      access: FULL_ACCESS,
    };
    const random = seededRandom(SEED);
    const below = (n: number): number => Math.floor(random() * n);
    const types = ['INSERT', 'MODIFY', 'DELETE'] as const;
    const good = samples(rig).flatMap((one) => types.map((type) => update(type, one).serializeBinary()));
    const tally = { fine: 0, refused: 0, unreadable: 0 };
    for (let i = 0; i < REQUESTS; i++) {
      const bytes = Uint8Array.from(good[below(good.length)] ?? []);
      for (let edits = below(4); edits > 0; edits--)
        bytes[below(bytes.length)] = random() < 0.5 ? below(256) : below(8);
      const cut = random() < 0.1 ? bytes.subarray(0, below(bytes.length)) : bytes;
      const request = new WriteRequest();
      request.setAtomicity(random() < 0.8 ? 0 : 1);
      const framed = Buffer.concat([
        request.serializeBinary(),
        Buffer.from(
          cut.length < 0x80 ? [0x22, cut.length] : [0x22, (cut.length & 0x7f) | 0x80, cut.length >> 7],
        ),
        cut,
      ]);
      try {
        const [result] = applyBatch(context, decodeWriteRequest(framed));
        if (result === undefined) tally.fine++;
        else tally.refused++;
        assert.notEqual(result?.code, 'INTERNAL', `${Buffer.from(framed).toString('hex')}: ${result?.stack}`);
      } catch (error) {
        assert.ok(
          error instanceof P4RuntimeError,
          `${Buffer.from(framed).toString('hex')}: ${String(error)}`,
        );
        tally.unreadable++;
      }
    }
    assert.ok(tally.fine > REQUESTS / 20 && tally.refused > REQUESTS / 20, JSON.stringify(tally));
    const all = tableEntity(new TableEntry());
    const read = [...readEntities(context, all)].map((one) => one.toObject());
    assert.equal(plainChunks(context, all), undefined);
    let straight = 0;
    for (const [id, { table }] of context.schema.tables) {
      const one = new TableEntry();
      one.setTableId(id);
      for (const [chunk, entries] of plainChunks(context, tableEntity(one)) ?? []) {
        assert.ok(chunk.length > entries);
        straight += entries;
      }
      assert.ok(table.size <= table.maxSize);
    }
    assert.ok(straight > 0 && straight <= read.length);
    // Still a switch: packets of all sorts go through what the requests have left.
    for (let i = 0; i < 500; i++) {
      sw.receive(
        below(8),
        Uint8Array.from({ length: 14 + below(60) }, () => below(256)),
      );
    }
    assert.equal(sw.stats.received, 500);
  });
});
