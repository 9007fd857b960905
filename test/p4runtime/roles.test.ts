import assert from 'node:assert/strict';
import {
  Any,
  CounterEntry,
  DigestEntry,
  MulticastGroupEntry,
  PacketReplicationEngineEntry,
  ReadRequest,
  type ReadResponse,
  Role,
  SetForwardingPipelineConfigRequest,
  TableEntry,
} from 'p4runtime-js';
import {
  DEVICE_ID,
  electionIdOf,
  entity,
  exact,
  idOf,
  insert,
  lpm,
  Rig,
  type Stream,
  tableEntity,
  update,
} from './rig.js';

const ETHERNET = '00000000aa0100000000bb01';
const { VERIFY } = SetForwardingPipelineConfigRequest.Action;

/** A stratum.P4RoleConfig, encoded by hand. */
function roleConfig(fields: {
  exclusive?: readonly number[];
  shared?: readonly number[];
  packetFilter?: readonly [id: number, value: number];
  packetIns?: boolean;
  pipeline?: boolean;
}): Any {
  const bytes: number[] = [];
  const varint = (value: number): number[] => {
    const out: number[] = [];
    for (let rest = value; ; rest >>>= 7) {
      if (rest < 0x80) return [...out, rest];
      out.push((rest & 0x7f) | 0x80);
    }
  };
  const packed = (tag: number, ids: readonly number[]): void => {
    const data = ids.flatMap(varint);
    if (ids.length > 0) bytes.push(tag, ...varint(data.length), ...data);
  };
  packed(0x0a, fields.exclusive ?? []);
  for (const id of fields.shared ?? []) bytes.push(0x10, ...varint(id));
  if (fields.packetFilter !== undefined) {
    const [id, value] = fields.packetFilter;
    const data = [0x08, ...varint(id), 0x12, 1, value];
    bytes.push(0x1a, data.length, ...data);
  }
  if (fields.packetIns) bytes.push(0x20, 1);
  if (fields.pipeline) bytes.push(0x28, 1);
  const any = new Any();
  any.pack(Uint8Array.from(bytes), 'stratum.P4RoleConfig');
  return any;
}

function roleOf(name: string, config?: Any): Role {
  const role = new Role();
  role.setName(name);
  role.setConfig(config);
  return role;
}

describe('P4Runtime role configurations', () => {
  let rig: Rig;
  let owner: Stream;
  beforeEach(async () => {
    rig = await new Rig().start();
    owner = await rig.ready();
  });
  afterEach(() => rig.stop());

  const join = async (name: string, config: Any): Promise<Stream> => {
    const stream = rig.openStream();
    stream.arbitrate(1n, { role: roleOf(name, config) });
    assert.equal((await stream.next()).getArbitration()?.getStatus()?.getCode(), 0);
    return stream;
  };
  const readAs = (role: string, filter: TableEntry): Promise<{ tables: number[]; code: number }> => {
    const request = new ReadRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.setRole(role);
    request.addEntities(tableEntity(filter));
    return new Promise((resolve) => {
      const tables: number[] = [];
      const call = rig.client.read(request);
      call.on('data', (response: ReadResponse) => {
        for (const one of response.getEntitiesList()) tables.push(one.getTableEntry()?.getTableId() ?? 0);
      });
      call.on('error', (error: Error & { code: number }) => resolve({ tables, code: error.code }));
      call.on('end', () => resolve({ tables, code: 0 }));
    });
  };
  const route = (): TableEntry => rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)], rig.action('route', 1));
  const forward = (): TableEntry => rig.entry('forward', [exact(1, 0xaa01)], rig.action('to_cpu'));

  it('a role writes what its config lists, and nothing else', async () => {
    await join('routes', roleConfig({ shared: [rig.tableId('ipv4_lpm')] }));
    const as = { role: 'routes', electionId: 1n };
    const failure = await rig.writeAll([insert(route()), insert(forward())], 0, as);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [0, 7],
    );
    assert.match(failure?.errors[1]?.message ?? '', /the role may not touch the object with id/);
    const counter = new CounterEntry();
    counter.setCounterId(idOf(rig.info.getCountersList(), 'FabricIngress.port_packets'));
    const digest = new DigestEntry();
    digest.setDigestId(idOf(rig.info.getDigestsList(), 'learned_t'));
    const others = [entity((e) => e.setCounterEntry(counter)), entity((e) => e.setDigestEntry(digest))];
    for (const one of others) {
      assert.equal((await rig.writeAll([update('MODIFY', one)], 0, as))?.errors[0]?.code, 7);
    }
  });

  it('replication entries have no id and are free to every role', async () => {
    await join('routes', roleConfig({ shared: [rig.tableId('ipv4_lpm')] }));
    const group = new MulticastGroupEntry();
    group.setMulticastGroupId(4);
    const replication = new PacketReplicationEngineEntry();
    replication.setMulticastGroupEntry(group);
    const write = update(
      'INSERT',
      entity((e) => e.setPacketReplicationEngineEntry(replication)),
    );
    assert.equal(await rig.writeAll([write], 0, { role: 'routes', electionId: 1n }), undefined);
  });

  it('a role reads what its config lists: others are left out of a wildcard, and refused by id', async () => {
    await rig.apply(insert(route()), insert(forward()));
    await join('routes', roleConfig({ exclusive: [rig.tableId('ipv4_lpm')] }));
    const everything = new TableEntry();
    assert.deepEqual(await readAs('routes', everything), { tables: [rig.tableId('ipv4_lpm')], code: 0 });
    assert.equal((await readAs('', everything)).tables.length > 2, true);
    const failed = await readAs('routes', rig.entry('forward', []));
    assert.deepEqual(failed, { tables: [], code: 2 });
  });

  it('what one role has for itself no other role touches, except the default one', async () => {
    await join('routes', roleConfig({ exclusive: [rig.tableId('ipv4_lpm')] }));
    await join('both', roleConfig({ shared: [rig.tableId('ipv4_lpm'), rig.tableId('forward')] }));
    const as = { role: 'both', electionId: 1n };
    const failure = await rig.writeAll([insert(route()), insert(forward())], 0, as);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [7, 0],
    );
    assert.equal(await rig.write(insert(route())), undefined);
  });

  it('only a role that may push a pipeline does', async () => {
    await join('some', roleConfig({ shared: [1] }));
    await join('all', roleConfig({ shared: [1], pipeline: true }));
    const request = new SetForwardingPipelineConfigRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.setAction(VERIFY);
    request.setConfig(rig.config());
    request.setElectionId(electionIdOf(1n));
    const push = (role: string): Promise<number> => {
      request.setRole(role);
      return new Promise((resolve) => {
        rig.client.setForwardingPipelineConfig(request, (error) => resolve(error?.code ?? 0));
      });
    };
    assert.equal(await push('some'), 7);
    assert.equal(await push('all'), 0);
  });

  it('packets go to the roles that want them', async () => {
    await rig.apply(insert(forward()));
    const field = rig.info
      .getControllerPacketMetadataList()
      .find((header) => header.getPreamble()?.getName() === 'packet_in')
      ?.getMetadataList()
      .find((one) => one.getName() === 'ingress_port');
    const none = await join('none', roleConfig({}));
    const from3 = await join(
      'from3',
      roleConfig({ packetIns: true, packetFilter: [field?.getId() ?? 0, 3] }),
    );
    const all = await join('all', roleConfig({ packetIns: true }));
    for (const port of [2, 3]) rig.receive(port, `${ETHERNET}9999`);
    const ports: number[] = [];
    for (const stream of [all, all, from3, owner, owner]) {
      const packet = (await stream.next()).getPacket();
      ports.push(packet?.getMetadataList()[0]?.getValue_asU8()[0] ?? -1);
    }
    assert.deepEqual(ports, [2, 3, 3, 2, 3]);
    assert.deepEqual([none.pending, from3.pending], [0, 0]);
  });

  it('a config of another type or of broken bytes ends the stream, and so does one for the default role', async () => {
    const strange = new Any();
    strange.pack(Uint8Array.of(1), 'example.RoleConfig');
    const broken = new Any();
    broken.pack(Uint8Array.of(0x0a, 0x7f), 'stratum.P4RoleConfig');
    const cases: [string, Any, RegExp][] = [
      ['a', strange, /role.config is a example.RoleConfig; this server takes stratum.P4RoleConfig/],
      ['a', broken, /no well-formed stratum.P4RoleConfig/],
      ['', roleConfig({ pipeline: true }), /the default role has full access/],
    ];
    for (const [name, config, message] of cases) {
      const stream = rig.openStream();
      stream.arbitrate(50n, { role: roleOf(name, config) });
      const error = await stream.ended;
      assert.equal(error?.code, 3);
      assert.match(error?.details ?? '', message);
    }
    assert.equal(await rig.write(insert(route())), undefined);
  });
});
