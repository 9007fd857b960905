import assert from 'node:assert/strict';
import {
  DigestEntry,
  DigestListAck,
  PacketMetadata,
  StreamMessageRequest,
  type StreamMessageResponse,
} from 'p4runtime-js';
import { bytes, CPU_PORT, entity, exact, idOf, insert, Rig, type Stream, update } from './rig.js';

const ETHERNET = '00000000aa0100000000bb01';

function metadata(...values: readonly (readonly [id: number, value: number])[]): PacketMetadata[] {
  return values.map(([id, value]) => {
    const message = new PacketMetadata();
    message.setMetadataId(id);
    message.setValue(bytes(value));
    return message;
  });
}

/** The next message that is no arbitration. */
async function next(stream: Stream): Promise<StreamMessageResponse> {
  const message = await stream.next();
  return message.hasArbitration() ? next(stream) : message;
}

describe('P4Runtime stream messages', () => {
  let rig: Rig;
  let stream: Stream;
  beforeEach(async () => {
    rig = await new Rig().start();
    stream = await rig.ready();
  });
  afterEach(() => rig.stop());

  it('packets out leave on the port their metadata names', async () => {
    stream.packetOut(Buffer.from(`${ETHERNET}1234`, 'hex'), metadata([1, 5]));
    stream.packetOut(Buffer.from(`${ETHERNET}5678`, 'hex'), metadata([1, 6], [2, 0]));
    stream.packetOut(Uint8Array.of(1), metadata([1, 512]));
    assert.match((await next(stream)).getError()?.getMessage() ?? '', /egress_port takes 9 bit/);
    assert.deepEqual(rig.take(5), [`${ETHERNET}1234`]);
    assert.deepEqual(rig.take(6), [`${ETHERNET}5678`]);
    assert.equal(rig.server.counters.packetsOut, 2);
  });

  it('packets in carry their metadata, to the primary only', async () => {
    const backup = rig.openStream();
    backup.arbitrate(undefined);
    await backup.next();
    await rig.apply(insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('to_cpu'))));
    rig.receive(3, `${ETHERNET}1234cafe`);
    const packet = (await next(stream)).getPacket();
    assert.equal(Buffer.from(packet?.getPayload_asU8() ?? []).toString('hex'), `${ETHERNET}1234cafe`);
    assert.deepEqual(
      packet?.getMetadataList().map((m) => [m.getMetadataId(), ...m.getValue_asU8()]),
      [
        [1, 3],
        [2, 1],
      ],
    );
    assert.equal(rig.server.counters.packetsIn, 1);
    assert.equal(backup.pending, 0);
    stream.cancel();
    await backup.next();
    rig.receive(3, `${ETHERNET}1234`);
    assert.equal(rig.server.counters.packetsInLost, 1);
  });

  it('bad packets out are answered with a StreamError that holds them, and the stream goes on', async () => {
    const frame = Buffer.from(`${ETHERNET}1234`, 'hex');
    const cases: readonly [PacketMetadata[], RegExp][] = [
      [[], /metadata egress_port \(id 1\) is missing/],
      [metadata([1, 1], [7, 0]), /no metadata with id 7/],
      [metadata([1, 1], [1, 2]), /given twice/],
    ];
    for (const [fields, message] of cases) {
      stream.packetOut(frame, fields);
      const error = (await next(stream)).getError();
      assert.equal(error?.getCanonicalCode(), 3);
      assert.match(error?.getMessage() ?? '', message);
      const sent = error?.getPacketOut()?.getPacketOut()?.getPayload_asU8() ?? [];
      assert.deepEqual(Buffer.from(sent), frame);
    }
    stream.send(new StreamMessageRequest());
    assert.equal((await next(stream)).getError()?.getCanonicalCode(), 3);
    stream.packetOut(frame, metadata([1, 5]));
    stream.packetOut(frame, []);
    await next(stream);
    assert.equal(rig.take(5).length, 1);
  });

  it('a backup may send no packets', async () => {
    const backup = rig.openStream();
    backup.arbitrate(undefined);
    await backup.next();
    backup.packetOut(Uint8Array.of(1), metadata([1, 5]));
    const error = (await next(backup)).getError();
    assert.deepEqual([error?.getCanonicalCode(), error?.getMessage()], [7, 'Not primary']);
    const silent = rig.openStream();
    silent.packetOut(Uint8Array.of(1), []);
    assert.equal((await silent.next()).getError()?.getCanonicalCode(), 7);
  });

  function digestEntity(config: readonly [timeout: number, size: number, ack: number] | undefined) {
    const entry = new DigestEntry();
    entry.setDigestId(idOf(rig.info.getDigestsList(), 'learned_t'));
    if (config !== undefined) {
      const message = new DigestEntry.Config();
      message.setMaxTimeoutNs(config[0]);
      message.setMaxListSize(config[1]);
      message.setAckTimeoutNs(config[2]);
      entry.setConfig(message);
    }
    return entity((e) => e.setDigestEntry(entry));
  }

  it('digests come in lists, once until acknowledged', async () => {
    await rig.apply(update('INSERT', digestEntity([1_000_000_000, 2, 10_000_000_000])));
    const learn = (port: number, mac: string): void => rig.receive(port, `00000000aa01${mac}1234`);
    learn(1, '0000000000b1');
    learn(1, '0000000000b1');
    learn(2, '0000000000b2');
    const list = (await next(stream)).getDigest();
    const values = list?.getDataList().map((data) =>
      data
        .getStruct()
        ?.getMembersList()
        .map((m) => Buffer.from(m.getBitstring_asU8()).toString('hex')),
    );
    assert.deepEqual(values, [
      ['b1', '01'],
      ['b2', '02'],
    ]);
    learn(1, '0000000000b1');
    learn(1, '0000000000b3');
    rig.time.now += 1_000_000;
    rig.sw.tick();
    const second = (await next(stream)).getDigest();
    assert.equal(second?.getDataList().length, 1, 'b1 is not acknowledged and so not repeated');
    const ack = new DigestListAck();
    ack.setDigestId(list?.getDigestId() ?? 0);
    ack.setListId(list?.getListId() ?? '0');
    const request = new StreamMessageRequest();
    request.setDigestAck(ack);
    stream.send(request);
    const bad = request.clone();
    bad.getDigestAck()?.setDigestId(1);
    stream.send(bad);
    assert.match((await next(stream)).getError()?.getMessage() ?? '', /no digest has id 1/);
    learn(1, '0000000000b1');
    learn(1, '0000000000b4');
    assert.equal((await next(stream)).getDigest()?.getDataList().length, 2);
    rig.time.now += 10_000_000;
    learn(1, '0000000000b1');
    learn(1, '0000000000b4');
    assert.equal(
      (await next(stream)).getDigest()?.getDataList().length,
      2,
      'past the acknowledgement timeout',
    );
    assert.equal(rig.server.counters.digestLists, 4);
  });

  it('digest configs are inserted, read, modified and deleted', async () => {
    const failure = await rig.write(
      update('MODIFY', digestEntity([0, 1, 0])),
      update('DELETE', digestEntity(undefined)),
    );
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [5, 5],
    );
    await rig.apply(update('INSERT', digestEntity([0, 1, 0])));
    assert.equal((await rig.write(update('INSERT', digestEntity([0, 1, 0]))))?.errors[0]?.code, 6);
    assert.equal((await rig.write(update('MODIFY', digestEntity([-1, 1, 0]))))?.errors[0]?.code, 3);
    assert.equal((await rig.write(update('MODIFY', digestEntity(undefined))))?.errors[0]?.code, 3);
    const [read] = await rig.read(entity((e) => e.setDigestEntry(new DigestEntry())));
    assert.deepEqual(read?.toObject(), digestEntity([0, 1, 0]).toObject());
    await rig.apply(update('DELETE', digestEntity(undefined)));
    assert.equal((await rig.read(entity((e) => e.setDigestEntry(new DigestEntry())))).length, 0);
  });

  it('idle entries are reported, with what names them', async () => {
    const entry = rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 1), (e) => {
      e.setIdleTimeoutNs(2_000_000_000);
      e.setMetadata(Uint8Array.of(9));
    });
    await rig.apply(insert(entry));
    for (let second = 0; second < 2; second++) {
      rig.time.now += 1_000_000;
      rig.sw.tick();
    }
    const [reported] = (await next(stream)).getIdleTimeoutNotification()?.getTableEntryList() ?? [];
    entry.setAction(undefined);
    assert.deepEqual(reported?.toObject(), entry.toObject());
  });

  it('a client that dies in the middle leaves the server as it was', async () => {
    const dying = rig.openStream();
    dying.arbitrate(99n);
    await dying.next();
    assert.match(await stream.arbitration(), /^6 Is backup/);
    dying.cancel();
    const update = (await stream.next()).getArbitration();
    assert.equal(update?.getStatus()?.getCode(), 5);
    stream.arbitrate(99n);
    assert.equal(await stream.arbitration(), '0 Is primary 99');
    assert.equal(await rig.writeAll([], 0, { electionId: 99n }), undefined);
    assert.equal(rig.sw.cpuPort, CPU_PORT);
  });
});
