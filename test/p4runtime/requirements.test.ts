import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import {
  ActionProfileGroup,
  ActionProfileMember,
  CapabilitiesRequest,
  CloneSessionEntry,
  CounterEntry,
  DigestEntry,
  DigestListAck,
  DirectCounterEntry,
  DirectMeterEntry,
  type Entity,
  MeterEntry,
  MulticastGroupEntry,
  PacketReplicationEngineEntry,
  ReadRequest,
  RegisterEntry,
  Replica,
  StreamMessageRequest,
  TableEntry,
  ValueSetEntry,
  WriteRequest,
} from 'p4runtime-js';
import { P4RuntimeService } from 'p4runtime-js/service';
import {
  DEVICE_ID,
  electionIdOf,
  entity,
  idOf,
  insert,
  lpm,
  modify,
  Rig,
  remove,
  type Stream,
  tableEntity,
  update,
} from './rig.js';

/** Field 900, a varint, and field 901, a string: no message of P4Runtime has them. */
const UNKNOWN_FIELDS = Buffer.from([0xa0, 0x38, 0x05, 0xaa, 0x38, 0x02, 0x68, 0x69]);

/** A length-delimited field. */
function field(number: number, body: Uint8Array): Buffer {
  const length = body.length < 0x80 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), body]);
}

describe('P4Runtime requirements', () => {
  let rig: Rig;
  let stream: Stream;
  beforeEach(async () => {
    rig = await new Rig().start();
    stream = await rig.ready();
  });
  afterEach(() => rig.stop());

  const route = (value: number, length: number, port: number): TableEntry =>
    rig.entry('ipv4_lpm', [lpm(1, value, length)], rig.action('route', port));
  const profileId = (): number => idOf(rig.info.getActionProfilesList(), 'FabricIngress.ecmp');

  async function sendRaw(request: Uint8Array): Promise<ServiceError | null> {
    const client = new Client(`127.0.0.1:${rig.server.port}`, credentials.createInsecure());
    const error = await new Promise<ServiceError | null>((resolve) => {
      const { path, responseDeserialize } = P4RuntimeService.Write;
      client.makeUnaryRequest(
        path,
        (same: Buffer) => same,
        responseDeserialize,
        Buffer.from(request),
        (e) => resolve(e),
      );
    });
    client.close();
    return error;
  }

  it('fields the server does not know are passed over, at every level', async () => {
    const entry = Buffer.concat([Buffer.from(route(0x0a000000, 8, 3).serializeBinary()), UNKNOWN_FIELDS]);
    const holder = Buffer.concat([field(2, entry), UNKNOWN_FIELDS]);
    const one = Buffer.concat([Buffer.from([0x08, 1]), field(2, holder), UNKNOWN_FIELDS]);
    const request = new WriteRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.setElectionId(electionIdOf(1n));
    const error = await sendRaw(
      Buffer.concat([UNKNOWN_FIELDS, request.serializeBinary(), field(4, one), UNKNOWN_FIELDS]),
    );
    assert.equal(error, null);
    const [stored] = await rig.read(tableEntity(rig.entry('ipv4_lpm', [])));
    assert.deepEqual(stored?.getTableEntry()?.toObject(), route(0x0a000000, 8, 3).toObject());
  });

  it('an unknown atomicity is INVALID_ARGUMENT, and nothing is written', async () => {
    const failure = await rig.writeAll([insert(route(0x0a000000, 8, 3))], 7 as 0);
    assert.equal(failure?.code, 3);
    assert.match(failure?.message ?? '', /atomicity 7 is unknown/);
    assert.equal((await rig.read(tableEntity(rig.entry('ipv4_lpm', [])))).length, 0);
  });

  it('INSERT of what is there is ALREADY_EXISTS, MODIFY and DELETE of what is not are NOT_FOUND', async () => {
    await rig.apply(insert(route(0x0a000000, 8, 3)));
    const failure = await rig.write(
      insert(route(0x0a000000, 8, 4)),
      modify(route(0x0b000000, 8, 4)),
      remove(route(0x0b000000, 8, 4)),
    );
    assert.equal(failure?.code, 2);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [6, 5, 5],
    );
    const [stored] = await rig.read(tableEntity(rig.entry('ipv4_lpm', [])));
    assert.deepEqual(stored?.getTableEntry()?.toObject(), route(0x0a000000, 8, 3).toObject());
  });

  it('the updates of a batch happen in the order they are listed', async () => {
    const same = route(0x0a000000, 8, 1);
    await rig.apply(
      insert(same),
      remove(same),
      insert(route(0x0a000000, 8, 2)),
      modify(route(0x0a000000, 8, 3)),
    );
    const [stored] = await rig.read(tableEntity(rig.entry('ipv4_lpm', [])));
    assert.deepEqual(stored?.getTableEntry()?.toObject(), route(0x0a000000, 8, 3).toObject());
  });

  it('a wildcard reads every object of its kind', async () => {
    const member = new ActionProfileMember();
    member.setActionProfileId(profileId());
    member.setMemberId(1);
    member.setAction(rig.actionCall('set_port', 1));
    const group = new ActionProfileGroup();
    group.setActionProfileId(profileId());
    group.setGroupId(5);
    const replicaTo = (port: number): Replica => {
      const replica = new Replica();
      replica.setEgressPort(port);
      return replica;
    };
    const multicast = new MulticastGroupEntry();
    multicast.setMulticastGroupId(3);
    multicast.addReplicas(replicaTo(1));
    const session = new CloneSessionEntry();
    session.setSessionId(4);
    session.addReplicas(replicaTo(2));
    const replication = (fill: (entry: PacketReplicationEngineEntry) => void): Entity => {
      const entry = new PacketReplicationEngineEntry();
      fill(entry);
      return entity((holder) => holder.setPacketReplicationEngineEntry(entry));
    };
    await rig.apply(
      update(
        'INSERT',
        entity((e) => e.setActionProfileMember(member)),
      ),
      update(
        'INSERT',
        entity((e) => e.setActionProfileGroup(group)),
      ),
      update(
        'INSERT',
        replication((entry) => entry.setMulticastGroupEntry(multicast)),
      ),
      update(
        'INSERT',
        replication((entry) => entry.setCloneSessionEntry(session)),
      ),
      insert(route(0x0a000000, 8, 3)),
      insert(rig.entry('acl', [], rig.action('allow'), (entry) => entry.setPriority(1))),
    );
    const cases: readonly [Entity, number][] = [
      [tableEntity(new TableEntry()), 4],
      [entity((e) => e.setActionProfileMember(new ActionProfileMember())), 1],
      [entity((e) => e.setActionProfileGroup(new ActionProfileGroup())), 1],
      [entity((e) => e.setCounterEntry(new CounterEntry())), 16],
      [entity((e) => e.setMeterEntry(new MeterEntry())), 4],
      [entity((e) => e.setRegisterEntry(new RegisterEntry())), 8],
      [entity((e) => e.setDirectCounterEntry(new DirectCounterEntry())), 1],
      [entity((e) => e.setDirectMeterEntry(new DirectMeterEntry())), 1],
      [entity((e) => e.setValueSetEntry(new ValueSetEntry())), 1],
      [entity((e) => e.setDigestEntry(new DigestEntry())), 0],
      [entity((e) => e.setPacketReplicationEngineEntry(new PacketReplicationEngineEntry())), 2],
      [replication((entry) => entry.setMulticastGroupEntry(new MulticastGroupEntry())), 1],
      [replication((entry) => entry.setCloneSessionEntry(new CloneSessionEntry())), 1],
    ];
    for (const [filter, count] of cases) {
      assert.equal((await rig.read(filter)).length, count, JSON.stringify(filter.toObject()));
    }
    const all = await rig.readAll(...cases.map(([filter]) => filter));
    assert.equal(
      all.entities.length,
      cases.reduce((n, [, count]) => n + count, 0),
    );
    assert.equal(all.failure, undefined);
  });

  it('of a Read with several filters the good ones are answered and each bad one has its error', async () => {
    await rig.apply(insert(route(0x0a000000, 8, 3)));
    const stranger = new TableEntry();
    stranger.setTableId(99);
    const { entities, failure } = await rig.readAll(
      tableEntity(rig.entry('ipv4_lpm', [])),
      tableEntity(stranger),
      tableEntity(rig.entry('forward', [])),
    );
    assert.equal(entities.length, 1);
    assert.equal(failure?.code, 2);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [0, 3, 0],
    );
    assert.match(failure?.errors[1]?.message ?? '', /no table has id 99/);
  });

  it('anybody may read, without a stream and without an election id', async () => {
    await rig.apply(insert(route(0x0a000000, 8, 3)));
    const request = new ReadRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.addEntities(tableEntity(new TableEntry()));
    const client = rig.newClient();
    let entities = 0;
    for await (const response of client.read(request)) entities += response.getEntitiesList().length;
    assert.equal(entities, 3);
  });

  it('only the primary may write and set the pipeline', async () => {
    const backup = rig.openStream();
    backup.arbitrate(0n);
    assert.match(await backup.arbitration(), /^6 Is backup/);
    const write = [insert(route(0x0a000000, 8, 3))];
    assert.equal((await rig.writeAll(write, 0, { electionId: 0n }))?.code, 7);
    assert.equal((await rig.writeAll(write, 0, { electionId: undefined }))?.code, 7);
    assert.equal((await rig.setPipeline(rig.config(), 1, { electionId: 0n }))?.code, 7);
    assert.equal(await rig.writeAll(write), undefined);
  });

  it('a primary that repeats its arbitration stays primary', async () => {
    stream.arbitrate(1n);
    assert.equal(await stream.arbitration(), '0 Is primary 1');
    assert.equal(await rig.write(insert(route(0x0a000000, 8, 3))), undefined);
  });

  it('Capabilities says which version the server follows', async () => {
    const version = await new Promise((resolve) => {
      rig.client.capabilities(new CapabilitiesRequest(), (_error, response) => {
        resolve(response?.getP4runtimeApiVersion());
      });
    });
    assert.match(String(version), /^1\.\d+\.\d+$/);
  });

  it('Capabilities of a device that is not here are NOT_FOUND', async () => {
    const codes = [String(DEVICE_ID), '99'].map(
      (id) =>
        new Promise((resolve) => {
          const request = new CapabilitiesRequest();
          request.setDeviceId(id);
          rig.client.capabilities(request, (error) => resolve(error?.code ?? 0));
        }),
    );
    assert.deepEqual(await Promise.all(codes), [0, 5]);
  });

  it('StreamError: unknown digests, empty and foreign messages are answered with what was wrong', async () => {
    const ack = new DigestListAck();
    ack.setDigestId(1234);
    ack.setListId('9');
    const acknowledged = new StreamMessageRequest();
    acknowledged.setDigestAck(ack);
    stream.send(acknowledged);
    const first = (await stream.next()).getError();
    assert.equal(first?.getCanonicalCode(), 3);
    assert.match(first?.getMessage() ?? '', /no digest has id 1234/);
    assert.deepEqual(first?.getDigestListAck()?.getDigestListAck()?.toObject(), ack.toObject());
    stream.send(new StreamMessageRequest());
    const second = (await stream.next()).getError();
    assert.match(second?.getMessage() ?? '', /the stream message is empty/);
    assert.equal(second?.hasOther(), true);
  });

  it('1.5: multicast groups carry metadata', async () => {
    const group = new MulticastGroupEntry();
    group.setMulticastGroupId(7);
    group.setMetadata(Uint8Array.of(9, 8, 7));
    const replication = new PacketReplicationEngineEntry();
    replication.setMulticastGroupEntry(group);
    const holder = entity((e) => e.setPacketReplicationEngineEntry(replication));
    await rig.apply(update('INSERT', holder));
    const [read] = await rig.read(holder);
    assert.deepEqual(read?.toObject(), holder.toObject());
  });
});

describe('P4Runtime compliance matrix', () => {
  // Compiled tests lie under dist/, the sources and docs/ beside it.
  const root = new URL('../../../', import.meta.url);
  const rows = readFileSync(new URL('docs/p4runtime-compliance.md', root), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, section]) => section !== undefined && !/^(Section|-+)$/.test(section));

  it('names a test that exists in every row', () => {
    assert.ok(rows.length > 50, `${rows.length} rows`);
    const sources = new Map<string, string>();
    const missing: string[] = [];
    for (const [, section, requirement, test = ''] of rows) {
      const [, path = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];
      if (path !== '' && !sources.has(path)) {
        sources.set(path, readFileSync(new URL(`test/${path}`, root), 'utf8').replaceAll("\\'", "'"));
      }
      const found =
        title !== '' &&
        [`'${title}'`, `"${title}"`, `\`${title}\``].some((text) =>
          sources.get(path)?.includes(`it(${text}`),
        );
      if (!found) missing.push(`${section}: ${requirement}: ${test}`);
    }
    assert.deepEqual(missing, []);
  });
});
