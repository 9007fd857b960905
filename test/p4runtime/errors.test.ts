import assert from 'node:assert/strict';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import {
  Action,
  Entity,
  ExternEntry,
  type FieldMatch,
  ReadRequest,
  TableAction,
  type TableEntry,
  Update,
} from 'p4runtime-js';
import { P4RuntimeService } from 'p4runtime-js/service';
import { bytes, DEVICE_ID, exact, insert, lpm, optional, Rig, range, tableEntity, ternary } from './rig.js';

describe('P4Runtime refusals', () => {
  let rig: Rig;
  before(async () => {
    rig = await new Rig().start();
    await rig.ready();
  });
  after(() => rig.stop());

  async function refused(update: Update): Promise<{ code: number; message: string }> {
    const failure = await rig.write(update);
    const [error] = failure?.errors ?? [];
    assert.ok(error !== undefined, JSON.stringify(failure));
    return error;
  }

  it('say which table, field, value and remedy', async () => {
    const { info } = rig;
    const drop = rig.action('drop');
    const acl = (match: FieldMatch[], priority = 1): TableEntry =>
      rig.entry('acl', match, rig.action('deny'), (e) => e.setPriority(priority));
    const forward = (match: FieldMatch[], action?: TableAction): TableEntry =>
      rig.entry('forward', match, action);
    const with_ = (entry: TableEntry, edit: (e: TableEntry) => void): TableEntry => {
      edit(entry);
      return entry;
    };
    const member = new TableAction();
    member.setActionProfileMemberId(1);
    const setPort = (edit: (action: Action) => void): TableAction => {
      const action = rig.action('set_port', 1);
      const call = action.getAction();
      if (call !== undefined) edit(call);
      return action;
    };
    const empty = exact(1, 1);
    empty.getExact()?.setValue('');
    const cases: readonly [TableEntry, number, RegExp][] = [
      [
        with_(forward([exact(1, 1)], drop), (e) => e.setTableId(12)),
        3,
        /no table has id 12; there is Fabric/,
      ],
      [
        forward([exact(9, 1)], drop),
        3,
        /forward has no key field with id 9; it has hdr\.ethernet\.dst \(1\)/,
      ],
      [forward([], drop), 3, /field hdr\.ethernet\.dst \(id 1\) is missing/],
      [forward([exact(1, 1), exact(1, 2)], drop), 3, /hdr\.ethernet\.dst is given twice/],
      [forward([exact(1, 1n << 48n)], drop), 11, /hdr\.ethernet\.dst takes 48 bit\(s\), got 0x1000000000000/],
      [forward([empty], drop), 11, /bytestring is empty; write 0 as/],
      [forward([lpm(1, 1, 1)], drop), 3, /dst matches exact; the request gives lpm/],
      [forward([exact(1, 1)]), 3, /a new entry needs an action/],
      [forward([exact(1, 1)], new TableAction()), 3, /empty action/],
      [forward([exact(1, 1)], member), 3, /has no action profile; give an action/],
      [forward([exact(1, 1)], rig.action('deny')), 3, /no action with id \d+; it has .*set_port \(\d+\)/],
      [
        forward(
          [exact(1, 1)],
          setPort((a) => a.setParamsList([])),
        ),
        3,
        /set_port, parameter port \(id 1\) is missing/,
      ],
      [
        forward(
          [exact(1, 1)],
          setPort((a) => a.getParamsList()[0]?.setValue(bytes(512))),
        ),
        11,
        /set_port, parameter port takes 9 bit\(s\), got 0x200/,
      ],
      [
        forward(
          [exact(1, 1)],
          setPort((a) => a.addParams(new Action.Param())),
        ),
        3,
        /parameter id 0 is unknown/,
      ],
      [with_(forward([exact(1, 1)], drop), (e) => e.setPriority(4)), 3, /only exact and lpm fields.*got 4/],
      [with_(forward([exact(1, 1)], drop), (e) => e.setIdleTimeoutNs(-1)), 3, /cannot be negative/],
      [with_(acl([]), (e) => e.setIdleTimeoutNs(1)), 3, /support_timeout/],
      [with_(forward([exact(1, 1)], drop), (e) => e.setIsConst(true)), 3, /is_const/],
      [
        with_(forward([], drop), (e) => e.setIsDefaultAction(true)),
        3,
        /default entry is always there; modify/,
      ],
      [acl([optional(1, 1)], 0), 3, /need a priority above 0, got 0/],
      [acl([ternary(2, 0, 0)]), 3, /leave the field out instead of giving mask 0/],
      [acl([ternary(2, 3, 1)]), 3, /0x3 has bits set outside its mask 0x1/],
      [acl([range(3, 5, 4)]), 3, /low bound 5 is above the high bound 4/],
      [acl([range(3, 0, 0xffff)]), 3, /range of all values/],
      [
        rig.entry('ipv4_lpm', [lpm(1, 0x0a000001, 8)], rig.action('route', 1)),
        3,
        /bits set beyond its prefix/,
      ],
      [
        rig.entry('ipv4_lpm', [lpm(1, 0x0a000001, 33)], rig.action('route', 1)),
        3,
        /prefix length of 1 to 32, got 33/,
      ],
      [rig.entry('ipv4_lpm', [lpm(1, 0x0a000000, 8)], rig.action('NoAction')), 7, /NoAction is @defaultonly/],
      [rig.entry('balance', [exact(1, 1)], drop), 3, /takes its actions from FabricIngress\.ecmp/],
      [rig.entry('balance', [exact(1, 1)], member), 5, /has no member 1; insert it first/],
      [
        with_(forward([exact(1, 1)], drop), (e) =>
          e.setTableId(info.getActionsList()[0]?.getPreamble()?.getId() ?? 1),
        ),
        3,
        /no table has id/,
      ],
    ];
    for (const [entry, code, message] of cases) {
      const error = await refused(insert(entry));
      assert.match(error.message, message);
      assert.equal(error.code, code, error.message);
    }
    assert.equal((await rig.read(tableEntity(rig.entry('forward', [])))).length, 0);
  });

  it('cover updates without type or entity', async () => {
    const untyped = insert(rig.entry('forward', [exact(1, 1)], rig.action('drop')));
    untyped.setType(Update.Type.UNSPECIFIED);
    assert.match((await refused(untyped)).message, /no type; use INSERT/);
    assert.match((await refused(new Update())).message, /no entity/);
    const hollow = new Update();
    hollow.setType(Update.Type.INSERT);
    hollow.setEntity(new Entity());
    assert.match((await refused(hollow)).message, /entity is empty/);
    const extern = new Entity();
    extern.setExternEntry(new ExternEntry());
    hollow.setEntity(extern);
    assert.equal((await refused(hollow)).code, 12);
    const read = await rig.readAll(new Entity(), extern);
    assert.deepEqual(
      read.failure?.errors.map(({ code }) => code),
      [3, 12],
    );
  });

  it('a full table is RESOURCE_EXHAUSTED', async () => {
    const updates = Array.from({ length: 65 }, (_, i) =>
      insert(rig.entry('forward', [exact(1, i)], rig.action('drop'))),
    );
    const failure = await rig.write(...updates);
    assert.deepEqual(
      failure?.errors.map(({ code }) => code),
      [...Array.from({ length: 64 }, () => 0), 8],
    );
    assert.match(failure?.errors[64]?.message ?? '', /all 64 entries are taken/);
  });

  it('bytes that are no protobuf fail the call and harm nobody', async () => {
    const client = new Client(`127.0.0.1:${rig.server.port}`, credentials.createInsecure());
    const call = (path: string, request: Uint8Array): Promise<ServiceError | null> =>
      new Promise((resolve) => {
        client.makeUnaryRequest(
          path,
          (buffer: Uint8Array) => Buffer.from(buffer),
          (buffer: Buffer) => buffer,
          request,
          (error) => resolve(error),
        );
      });
    for (const garbage of [
      Uint8Array.of(0x08, 0xff),
      Uint8Array.of(0x22, 0xff, 0xff, 0x7f),
      Buffer.alloc(64, 0xff),
    ]) {
      const error = await call(P4RuntimeService.Write.path, garbage);
      assert.ok(error !== null && error.code !== 0, error?.message);
    }
    const stream = client.makeBidiStreamRequest(
      P4RuntimeService.StreamChannel.path,
      (buffer: Uint8Array) => Buffer.from(buffer),
      (buffer: Buffer) => buffer,
    );
    stream.write(Buffer.alloc(16, 0xff));
    const error = await new Promise<ServiceError>((resolve) => stream.on('error', resolve));
    assert.notEqual(error.code, 0);
    client.close();
    assert.equal(await rig.write(), undefined);
  });

  it('another device is NOT_FOUND', async () => {
    assert.equal((await rig.writeAll([], 0, { deviceId: DEVICE_ID + 1 }))?.code, 5);
    const request = new ReadRequest();
    request.setDeviceId(String(DEVICE_ID + 1));
    const call = rig.client.read(request);
    const error = await new Promise<ServiceError>((resolve) => {
      call.on('data', () => undefined);
      call.on('error', resolve);
    });
    assert.equal(error.code, 5);
  });
});
