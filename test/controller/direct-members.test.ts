import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Action, ActionProfileMember, Entity } from 'p4runtime-js';
import { identifyPlainMember } from '../../controller/p4runtime/direct/member-decoder.js';
import { identify } from '../../controller/p4runtime/identity.js';

const params = fc.array(
  fc.record({ id: fc.integer({ min: 1, max: 300 }), value: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
  { maxLength: 5 },
);
const number = fc.integer({ min: 1, max: 2 ** 32 - 1 });

function memberOf(
  profile: number,
  id: number,
  action: number,
  list: readonly { readonly id: number; readonly value: Uint8Array }[],
): Uint8Array {
  const message = new Action();
  message.setActionId(action);
  for (const { id: paramId, value } of list) {
    const param = new Action.Param();
    param.setParamId(paramId);
    param.setValue(value);
    message.addParams(param);
  }
  const member = new ActionProfileMember();
  member.setActionProfileId(profile);
  member.setMemberId(id);
  member.setAction(message);
  const entity = new Entity();
  entity.setActionProfileMember(member);
  return entity.serializeBinary();
}

describe('members of action profiles straight from bytes', () => {
  it('are identified as message objects are', () => {
    fc.assert(
      fc.property(number, number, number, params, (profile, id, action, list) => {
        const bytes = memberOf(profile, id, action, list);
        const padded = Buffer.concat([Buffer.from([1, 2, 3]), bytes, Buffer.from([9])]);
        assert.deepEqual(
          identifyPlainMember(padded, 3, 3 + bytes.length),
          identify(Entity.deserializeBinary(bytes)),
        );
      }),
    );
  });

  it('are what google-protobuf takes for them, or nothing, whatever the bytes', () => {
    const good = memberOf(5, 6, 7, [{ id: 1, value: Uint8Array.of(0, 8) }]);
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(flips, fc.nat(good.length), (list, end) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of list) bytes[at] = byte;
        if (identifyPlainMember(bytes, 0, end) === undefined) return;
        const message = Entity.deserializeBinary(new Uint8Array(bytes.subarray(0, end)));
        assert.equal(message.hasActionProfileMember(), true);
      }),
      { numRuns: 1000 },
    );
  });
});
