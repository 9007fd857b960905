import assert from 'node:assert/strict';
import {
  Action,
  ActionProfileGroup,
  BackupReplica,
  CounterData,
  DigestListAck,
  Entity,
  FieldMatch,
  Index,
  MasterArbitrationUpdate,
  MulticastGroupEntry,
  P4Data,
  PacketMetadata,
  PacketOut,
  PacketReplicationEngineEntry,
  RegisterEntry,
  Replica,
  Role,
  Status,
  StreamMessageRequest,
  Table,
  TableAction,
  TableEntry,
  Uint128,
  Update,
  WriteRequest,
} from 'p4runtime-js';
import { parseText, printText } from 'p4runtime-js/p4info-text';
import { classOf, fixture, hex } from './support.js';

const U64_MAX = '18446744073709551615';

interface WireFixture {
  messages: { type: string; text: string; hex: string }[];
}

const wire: WireFixture = JSON.parse(fixture('wire.json').toString());

function tableEntry(): TableEntry {
  const entry = new TableEntry();
  entry.setTableId(0x02000001);
  entry.setPriority(10);
  entry.setIdleTimeoutNs(5e9);
  entry.setMetadata(Uint8Array.of(0, 0xff, 0x78));

  const lpm = new FieldMatch.LPM();
  lpm.setValue(Uint8Array.of(10, 0, 0, 0));
  lpm.setPrefixLen(8);
  entry.addMatch(match(1)).setLpm(lpm);
  const ternary = new FieldMatch.Ternary();
  ternary.setValue(Uint8Array.of(1));
  ternary.setMask(Uint8Array.of(0x0f));
  entry.addMatch(match(2)).setTernary(ternary);
  entry.addMatch(match(3)).setExact(new FieldMatch.Exact());
  const range = new FieldMatch.Range();
  range.setLow(Uint8Array.of(1));
  range.setHigh(Uint8Array.of(0xff, 0xff));
  entry.addMatch(match(4)).setRange(range);
  const optional = new FieldMatch.Optional();
  optional.setValue(Uint8Array.of(6));
  entry.addMatch(match(5)).setOptional(optional);

  const param = new Action.Param();
  param.setParamId(1);
  param.setValue(Uint8Array.of(1, 0xff));
  const action = new Action();
  action.setActionId(0x01000002);
  action.addParams(param);
  const tableAction = new TableAction();
  tableAction.setAction(action);
  entry.setAction(tableAction);
  entry.setCounterData(new CounterData());
  return entry;
}

function match(id: number): FieldMatch {
  const field = new FieldMatch();
  field.setFieldId(id);
  return field;
}

function group(): ActionProfileGroup {
  const entry = new ActionProfileGroup();
  entry.setActionProfileId(0x11000001);
  const first = new ActionProfileGroup.Member();
  first.setMemberId(1);
  first.setWeight(3);
  first.setWatchPort(Uint8Array.of(0, 2));
  const second = new ActionProfileGroup.Member();
  second.setMemberId(2);
  second.setWeight(-1);
  second.setWatch(0);
  entry.setMembersList([first, second]);
  return entry;
}

function multicast(): PacketReplicationEngineEntry {
  const backup = new BackupReplica();
  backup.setPort(Uint8Array.of(6));
  backup.setInstance(2);
  const replica = new Replica();
  replica.setPort(Uint8Array.of(5));
  replica.setInstance(1);
  replica.addBackupReplicas(backup);
  const old = new Replica();
  old.setEgressPort(0);
  const entry = new MulticastGroupEntry();
  entry.setMulticastGroupId(0xffffffff);
  entry.setReplicasList([replica, old]);
  const engine = new PacketReplicationEngineEntry();
  engine.setMulticastGroupEntry(entry);
  return engine;
}

function register(): RegisterEntry {
  const entry = new RegisterEntry();
  entry.setRegisterId(0x16000001);
  entry.setIndex(new Index());
  const data = new P4Data();
  data.setBitstring(new Uint8Array());
  entry.setData(data);
  return entry;
}

function add(request: WriteRequest, type: Update.TypeMap[keyof Update.TypeMap]): Entity {
  const entity = new Entity();
  const update = request.addUpdates();
  update.setType(type);
  update.setEntity(entity);
  return entity;
}

// Each built in Python from the same values and serialised there.
const PYTHON = {
  write:
    '08011a0d08ffffffffffffffffff01100722610801125d125b0881808010120c080122080a040a0000001008120a0802' +
    '1a060a010112010f120408031200120b080432070a01011202ffff120708053a030a01061a0f0a0d0882808008220610' +
    '011a0201ff200a3a004880e497d0125a0300ff7822270802122322210881808088011a0808011003220200021a0f0802' +
    '10ffffffffffffffffff01180022200803121c4a1a0a1808ffffffff0f120c10011a010522050a010610021202080022' +
    '10120e5a0c08818080b00112001a020a0028023206666162726963',
  arbitration:
    '0a3108ffffffffffffffffff0112081a066661627269631a0b1080808080808080808001220d08061209497320626163' +
    '6b7570',
  packetOut: '121a0a10000102030405060708090a0b0c0d0e0f12060801120201fd',
  digestAck: '1a0f08818080b801108180808080808010',
};

describe('bytes of another implementation (Python, published files)', () => {
  it('equal those of a WriteRequest built by setters', () => {
    const request = new WriteRequest();
    request.setDeviceId('1');
    request.setRole('fabric');
    const electionId = new Uint128();
    electionId.setHigh(U64_MAX);
    electionId.setLow('7');
    request.setElectionId(electionId);
    request.setAtomicity(WriteRequest.Atomicity.DATAPLANE_ATOMIC);
    add(request, Update.Type.INSERT).setTableEntry(tableEntry());
    add(request, Update.Type.MODIFY).setActionProfileGroup(group());
    add(request, Update.Type.DELETE).setPacketReplicationEngineEntry(multicast());
    add(request, Update.Type.UNSPECIFIED).setRegisterEntry(register());
    assert.equal(hex(request.serializeBinary()), PYTHON.write);
  });

  it('equal those of stream messages built by setters', () => {
    const role = new Role();
    role.setName('fabric');
    const electionId = new Uint128();
    electionId.setLow('9223372036854775808');
    const backup = new Status();
    backup.setCode(6);
    backup.setMessage('Is backup');
    const update = new MasterArbitrationUpdate();
    update.setDeviceId(U64_MAX);
    update.setRole(role);
    update.setElectionId(electionId);
    update.setStatus(backup);
    const arbitration = new StreamMessageRequest();
    arbitration.setArbitration(update);
    assert.equal(hex(arbitration.serializeBinary()), PYTHON.arbitration);

    const metadata = new PacketMetadata();
    metadata.setMetadataId(1);
    metadata.setValue(Uint8Array.of(1, 0xfd));
    const packet = new PacketOut();
    packet.setPayload(Uint8Array.from({ length: 16 }, (_, i) => i));
    packet.addMetadata(metadata);
    const packetOut = new StreamMessageRequest();
    packetOut.setPacket(packet);
    assert.equal(hex(packetOut.serializeBinary()), PYTHON.packetOut);

    const ack = new DigestListAck();
    ack.setDigestId(0x17000001);
    ack.setListId('9007199254740993');
    const digestAck = new StreamMessageRequest();
    digestAck.setDigestAck(ack);
    assert.equal(hex(digestAck.serializeBinary()), PYTHON.digestAck);
  });

  for (const type of new Set(wire.messages.map((message) => message.type))) {
    const messages = wire.messages.filter((message) => message.type === type);
    it(`agree with ${messages.length} random ${type}, in binary and in text`, () => {
      const messageClass = classOf(type);
      for (const { text, hex: bytes } of messages) {
        const fromBytes = messageClass.deserializeBinary(Buffer.from(bytes, 'hex'));
        assert.equal(hex(fromBytes.serializeBinary()), bytes, 'read and written again');
        assert.equal(hex(parseText(messageClass, text).serializeBinary()), bytes, 'from its text');
        assert.equal(printText(fromBytes), text, 'printed');
      }
    });
  }
});

describe('what a later version might send', () => {
  it('unknown fields of every wire type are skipped, the rest is read', () => {
    const request = new WriteRequest();
    request.setDeviceId('5');
    request.setRole('r');
    const unknown = ['f07f01', 'f17f0102030405060708', 'f27f03aabbcc', 'f57f01020304'].join('');
    const read = WriteRequest.deserializeBinary(
      Buffer.from(unknown + hex(request.serializeBinary()) + unknown, 'hex'),
    );
    assert.deepEqual(read.toObject(), request.toObject());
  });

  it('an enum value without a name is kept', () => {
    const update = Update.deserializeBinary(Buffer.from('0863', 'hex'));
    assert.equal(Number(update.getType()), 99);
    assert.equal(hex(update.serializeBinary()), '0863');
    assert.equal(printText(update), 'type: 99\n');
  });

  it('lists of numbers are read packed, unpacked and in pieces', () => {
    for (const bytes of ['3a03010203', '380138023803', '3a0201023803']) {
      const table = Table.deserializeBinary(Buffer.from(bytes, 'hex'));
      assert.deepEqual(table.getDirectResourceIdsList(), [1, 2, 3], bytes);
      assert.equal(hex(table.serializeBinary()), '3a03010203');
    }
  });

  it('the last field of a oneof wins', () => {
    const action = TableAction.deserializeBinary(Buffer.from('10071809', 'hex'));
    assert.equal(action.getTypeCase(), TableAction.TypeCase.ACTION_PROFILE_GROUP_ID);
    assert.equal(hex(action.serializeBinary()), '1809');
  });
});
