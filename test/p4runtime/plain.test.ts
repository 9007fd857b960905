import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  Action,
  ActionProfileMember,
  CounterData,
  FieldMatch,
  TableAction,
  TableEntry,
  Update,
  WriteRequest,
} from 'p4runtime-js';
import { WireWriter } from '../../switch/p4runtime/wire.js';
import { decodeUpdate, decodeWriteRequest } from '../../switch/p4runtime/write-request.js';
import { entity, idOf, Rig, tableEntity } from './rig.js';

const { CONTINUE_ON_ERROR, ROLLBACK_ON_ERROR } = WriteRequest.Atomicity;

/** Bytestrings: mostly of the right size, some padded, some too long, some empty. */
const bytestring = (width: number): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.bigInt(0n, (1n << BigInt(width)) - 1n).map((v) => paddedBytes(v, 0)) },
    { weight: 2, arbitrary: fc.bigInt(0n, 3n).map((v) => paddedBytes(v, 9)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 10 }) },
  );

function paddedBytes(value: bigint, zeros: number): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from('00'.repeat(zeros) + (hex.length % 2 === 0 ? hex : `0${hex}`), 'hex');
}

function clearedBits(value: Uint8Array, keep: Uint8Array): Uint8Array {
  const shift = value.length - keep.length;
  return value.map((byte, i) => byte & (keep[i - shift] ?? 0));
}

function fieldMatch(id: number, fill: (match: FieldMatch) => void): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(id);
  fill(match);
  return match;
}

function exactOf(id: number, value: Uint8Array): FieldMatch {
  const exact = new FieldMatch.Exact();
  exact.setValue(value);
  return fieldMatch(id, (match) => match.setExact(exact));
}

function lpmOf(id: number, value: Uint8Array, length: number): FieldMatch {
  const lpm = new FieldMatch.LPM();
  lpm.setValue(value);
  lpm.setPrefixLen(length);
  return fieldMatch(id, (match) => match.setLpm(lpm));
}

function ternaryOf(id: number, value: Uint8Array, mask: Uint8Array): FieldMatch {
  const ternary = new FieldMatch.Ternary();
  ternary.setValue(value);
  ternary.setMask(mask);
  return fieldMatch(id, (match) => match.setTernary(ternary));
}

const fieldId = fc.oneof(
  { weight: 15, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 }) },
);

const exactKey = fc.tuple(fieldId, bytestring(2)).map(([id, value]) => exactOf(id, value));
const lpmKey = fc
  .tuple(fieldId, bytestring(2), fc.integer({ min: -1, max: 34 }))
  .map(([id, value, length]) => lpmOf(id, Buffer.concat([value.slice(0, 1), Buffer.alloc(3)]), length));
const ternaryKey = fc
  .tuple(fieldId, bytestring(48), bytestring(48), fc.boolean())
  .map(([id, value, mask, clean]) => ternaryOf(id, clean ? clearedBits(value, mask) : value, mask));

describe('P4Runtime entries taken straight from their bytes', () => {
  let plain: Rig;
  let general: Rig;
  before(async () => {
    [plain, general] = [await new Rig().start(), await new Rig().start()];
    for (const rig of [plain, general]) {
      await rig.ready();
      const member = new ActionProfileMember();
      member.setActionProfileId(idOf(rig.info.getActionProfilesList(), 'FabricIngress.ecmp'));
      member.setMemberId(1);
      member.setAction(rig.actionCall('set_port', 1));
      const insert = new Update();
      insert.setType(Update.Type.INSERT);
      insert.setEntity(entity((holder) => holder.setActionProfileMember(member)));
      await rig.apply(insert);
    }
  });
  after(async () => {
    await plain.stop();
    await general.stop();
  });

  const call = (name: string): fc.Arbitrary<TableAction> =>
    fc
      .tuple(
        bytestring(9),
        fc.oneof(
          { weight: 12, arbitrary: fc.constant(1) },
          { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
        ),
        fc.integer({ min: 0, max: 20 }),
      )
      .map(([value, id, count]) => {
        const action = new Action();
        action.setActionId(
          idOf(plain.info.getActionsList(), name === 'NoAction' ? name : `FabricIngress.${name}`),
        );
        for (let i = 0; i < (count === 0 ? 2 : count === 1 || name === 'drop' ? 0 : 1); i++) {
          const param = new Action.Param();
          param.setParamId(id);
          param.setValue(value);
          action.addParams(param);
        }
        const message = new TableAction();
        message.setAction(action);
        return message;
      });
  const reference = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 2 })).map(([member, id]) => {
    const message = new TableAction();
    if (member) message.setActionProfileMemberId(id);
    else message.setActionProfileGroupId(id);
    return message;
  });
  const priority = fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 3 }) },
  );
  const anyPriority = fc.integer({ min: -1, max: 6 });

  const entryOf = (
    table: string,
    keys: fc.Arbitrary<FieldMatch>,
    action: fc.Arbitrary<TableAction>,
    priorities: fc.Arbitrary<number>,
  ): fc.Arbitrary<TableEntry> =>
    fc
      .tuple(
        fc.array(keys, { minLength: 0, maxLength: 2 }),
        fc.option(action, { freq: 8, nil: undefined }),
        priorities,
        fc.integer({ min: 0, max: 30 }),
      )
      .map(([match, chosen, level, extra]) =>
        plain.entry(table, match, chosen, (entry) => {
          entry.setPriority(level);
          if (extra === 0) entry.setMetadata(Uint8Array.of(1, 2));
          if (extra === 1) entry.setControllerMetadata('77');
          if (extra === 2) entry.setIdleTimeoutNs(5);
          if (extra === 3) entry.setIsConst(true);
        }),
      );
  const anyEntry = (): fc.Arbitrary<TableEntry> =>
    fc.oneof(
      entryOf('forward', exactKey, fc.oneof(call('set_port'), call('drop'), call('route')), priority),
      entryOf('ipv4_lpm', lpmKey, fc.oneof(call('route'), call('NoAction'), call('drop')), priority),
      entryOf('balance', exactKey, fc.oneof(reference, call('set_port')), priority),
      entryOf('reserved', ternaryKey, call('drop'), anyPriority),
      entryOf('acl', ternaryKey, call('allow'), anyPriority),
    );

  const contents = async (rig: Rig, detour: boolean): Promise<unknown[]> => {
    const filter = new TableEntry();
    if (detour) filter.setCounterData(new CounterData());
    return (await rig.read(tableEntity(filter))).map((holder) => {
      const entry = holder.getTableEntry();
      entry?.clearCounterData();
      return entry?.toObject();
    });
  };

  it('do and say the same as those that become messages first', async function () {
    this.timeout(60_000);
    const batch = fc.array(fc.tuple(fc.constantFrom(1, 1, 1, 2, 3), anyEntry()), {
      minLength: 1,
      maxLength: 12,
    });
    let largest = 0;
    await fc.assert(
      fc.asyncProperty(batch, async (steps) => {
        for (const [type, entry] of steps) {
          const update = new Update();
          update.setType(type as 1 | 2 | 3);
          update.setEntity(tableEntity(entry));
          const [one, other] = await Promise.all([
            plain.writeAll([update], CONTINUE_ON_ERROR),
            general.writeAll([update], ROLLBACK_ON_ERROR),
          ]);
          assert.deepEqual(one, other);
        }
        const expected = await contents(general, true);
        largest = Math.max(largest, expected.length);
        assert.deepEqual(await contents(plain, true), expected);
        assert.deepEqual(await contents(plain, false), expected);
      }),
      { numRuns: 60 },
    );
    assert.ok(largest > 5, `never more than ${largest} entries`);
  });

  it('bytes that are no Update get an error of their own', () => {
    assert.throws(() => decodeUpdate(Uint8Array.of(0x12, 0x7f, 1)), /the update is no well-formed message/);
    assert.throws(() => decodeWriteRequest(Uint8Array.of(0x22, 0x7f, 1)), /no well-formed WriteRequest/);
  });

  it('any bytes of a request are split as protobuf reads them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }),
        fc.bigInt(0n, (1n << 64n) - 1n),
        (roles, id) => {
          const request = new WriteRequest();
          request.setDeviceId(String(id));
          request.setRole(roles.map((role) => Buffer.from(role).toString('hex')).join());
          for (const _ of roles) request.addUpdates(new Update());
          const { header, updates } = decodeWriteRequest(request.serializeBinary());
          assert.equal(updates.length, roles.length);
          request.setUpdatesList([]);
          assert.deepEqual(header.toObject(), request.toObject());
        },
      ),
    );
  });

  it('the writer grows as it needs to and writes every length of varint', () => {
    const writer = new WireWriter();
    const values = [0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 4294967295];
    for (const value of values) {
      writer.varint(value);
      const bytes = writer.take();
      let read = 0;
      for (let i = 0; i < bytes.length; i++) read += ((bytes[i] ?? 0) & 0x7f) * 128 ** i;
      assert.equal(read, value);
    }
    writer.raw(new Uint8Array(10_000).fill(7));
    writer.header(0x0a, 0);
    assert.deepEqual([...writer.take().subarray(0, 4)], [0x0a, 0x90, 0x4e, 7]);
  });
});
