import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ActionProfile,
  type EntryAction,
  type GroupMember,
  MatchTable,
  SwitchError,
} from '../../switch/runtime/index.js';

const ACTIONS = [
  { name: 'set_port', paramWidths: [9] },
  { name: 'drop', paramWidths: [] },
];

function selector(size = 64, maxGroupSize = 0): ActionProfile {
  return new ActionProfile({
    name: 'ingress.ecmp',
    actions: ACTIONS,
    size,
    selector: true,
    groupLimit: { maxSize: maxGroupSize, counts: 'weights' },
  });
}

function addMembers(profile: ActionProfile, ...ids: number[]): void {
  for (const id of ids) profile.insertMember({ id, action: { actionIndex: 0, params: [BigInt(id)] } });
}

function tableOn(profile: ActionProfile): MatchTable {
  return new MatchTable({
    name: 'ingress.route',
    fields: [{ name: 'dst', kind: 'exact', width: 32 }],
    actions: ACTIONS,
    maxSize: 100,
    profile,
  });
}

function entryOf(action: EntryAction): Parameters<MatchTable['insert']>[0] {
  return { match: [{ kind: 'exact', value: 1n }], priority: 0, action };
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SwitchError) return error.code;
    throw error;
  }
  return 'OK';
}

/** The port of the member chosen for each hash of 0..n-1, 0 for none. */
function choices(table: MatchTable, profile: ActionProfile, slot: number, n: number): number[] {
  return Array.from({ length: n }, (_, hash) => {
    const row = table.member(slot, hash);
    return row === 0 ? 0 : (profile.params[row * profile.stride] ?? 0);
  });
}

describe('action selectors', () => {
  it('choose the (hash mod n)-th member in the order the members were made', () => {
    const profile = selector();
    addMembers(profile, 30, 10, 20);
    profile.insertGroup({ id: 1, maxSize: 0, members: [10, 20, 30].map((id) => ({ id, weight: 1 })) });
    const table = tableOn(profile);
    const slot = table.insert(entryOf({ group: 1 }));
    assert.deepEqual(choices(table, profile, slot, 6), [30, 10, 20, 30, 10, 20]);
    assert.equal(table.member(slot, -1), table.member(slot, 0xffffffff));
  });

  it('give a member of weight w w places', () => {
    const profile = selector();
    addMembers(profile, 1, 2);
    profile.insertGroup({
      id: 1,
      maxSize: 4,
      members: [
        { id: 1, weight: 3 },
        { id: 2, weight: 1 },
      ],
    });
    const table = tableOn(profile);
    const slot = table.insert(entryOf({ group: 1 }));
    assert.deepEqual(choices(table, profile, slot, 4).sort(), [1, 1, 1, 2]);
  });

  it('leave members out while the port they watch is down', () => {
    const profile = selector();
    addMembers(profile, 1, 2, 3);
    const members = [1, 2, 3].map((id) => ({ id, weight: 1, watchPort: id }));
    profile.insertGroup({ id: 1, maxSize: 0, members });
    const table = tableOn(profile);
    const slot = table.insert(entryOf({ group: 1 }));
    profile.setPortState(2, false);
    assert.deepEqual(choices(table, profile, slot, 4), [1, 3, 1, 3]);
    profile.setPortState(1, false);
    profile.setPortState(3, false);
    assert.deepEqual(choices(table, profile, slot, 2), [0, 0]);
    for (const port of [1, 2, 3]) profile.setPortState(port, true);
    assert.deepEqual(choices(table, profile, slot, 3), [1, 2, 3]);
    assert.equal(profile.actionOf[0], -1);
  });

  it('change a member everywhere at once', () => {
    const profile = selector();
    addMembers(profile, 1);
    profile.insertGroup({ id: 1, maxSize: 0, members: [{ id: 1, weight: 2 }] });
    const table = tableOn(profile);
    const slot = table.insert(entryOf({ group: 1 }));
    profile.modifyMember({ id: 1, action: { actionIndex: 0, params: [99n] } });
    assert.deepEqual(choices(table, profile, slot, 2), [99, 99]);
  });

  it('one-shot groups live and die with their entry and count as members', () => {
    const profile = selector(3);
    const table = tableOn(profile);
    const oneShot = [
      { actionIndex: 0, params: [5n], weight: 1 },
      { actionIndex: 0, params: [6n], weight: 2, watchPort: 6 },
    ];
    const slot = table.insert(entryOf({ oneShot }));
    assert.deepEqual(table.entryAt(slot).action, { oneShot });
    assert.deepEqual(choices(table, profile, slot, 3), [5, 6, 6]);
    assert.deepEqual([...profile.members()], []);
    assert.equal(profile.memberCount, 2);
    const second = { match: [{ kind: 'exact', value: 2n }], priority: 0, action: { oneShot } } as const;
    assert.equal(
      codeOf(() => table.insert(second)),
      'RESOURCE_EXHAUSTED',
    );
    const one = [{ actionIndex: 0, params: [7n], weight: 1 }];
    assert.equal(table.modify(entryOf({ oneShot: one })), slot);
    assert.deepEqual(choices(table, profile, slot, 2), [7, 7]);
    table.delete(entryOf({ oneShot: one }));
    assert.equal(profile.memberCount, 0);
  });

  it('refuse what would leave something dangling', () => {
    const profile = selector(4, 3);
    addMembers(profile, 1, 2);
    const group = (members: GroupMember[], maxSize = 3, id = 1) => ({ id, maxSize, members });
    const one = [{ id: 1, weight: 1 }];
    profile.insertGroup(group(one));
    const table = tableOn(profile);
    table.insert(entryOf({ group: 1 }));
    table.insert({ ...entryOf({ member: 2 }), match: [{ kind: 'exact', value: 2n }] });
    const refusals: readonly [string, () => unknown][] = [
      ['FAILED_PRECONDITION', () => profile.deleteMember(1)],
      ['FAILED_PRECONDITION', () => profile.deleteMember(2)],
      ['FAILED_PRECONDITION', () => profile.deleteGroup(1)],
      ['NOT_FOUND', () => profile.deleteMember(9)],
      ['NOT_FOUND', () => profile.deleteGroup(9)],
      ['NOT_FOUND', () => profile.insertGroup(group([{ id: 9, weight: 1 }], 3, 2))],
      ['ALREADY_EXISTS', () => profile.insertGroup(group(one))],
      ['ALREADY_EXISTS', () => addMembers(profile, 1)],
      ['INVALID_ARGUMENT', () => profile.insertGroup(group(one, 4, 2))],
      ['INVALID_ARGUMENT', () => profile.insertGroup(group(one, -1, 2))],
      ['INVALID_ARGUMENT', () => profile.insertGroup(group([...one, ...one], 3, 2))],
      ['INVALID_ARGUMENT', () => profile.insertGroup(group([{ id: 1, weight: 0 }], 3, 2))],
      ['RESOURCE_EXHAUSTED', () => profile.insertGroup(group([{ id: 1, weight: 4 }], 3, 2))],
      ['INVALID_ARGUMENT', () => profile.modifyGroup(group(one, 2))],
      ['INVALID_ARGUMENT', () => addMembers(profile, 0)],
      ['RESOURCE_EXHAUSTED', () => addMembers(profile, 5, 6, 7)],
      ['NOT_FOUND', () => table.modify(entryOf({ group: 7 }))],
      ['INVALID_ARGUMENT', () => table.modify(entryOf({ actionIndex: 1, params: [] }))],
    ];
    for (const [code, refused] of refusals) assert.equal(codeOf(refused), code, refused.toString());
    table.clear();
    profile.deleteGroup(1);
    profile.deleteMember(1);
    const plain = new ActionProfile({ name: 'p', actions: ACTIONS, size: 2, selector: false });
    assert.equal(
      codeOf(() => plain.insertGroup(group([]))),
      'INVALID_ARGUMENT',
    );
  });

  it('spread as their weights say under any membership', () => {
    const membership = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 8 }), weight: fc.integer({ min: 1, max: 5 }) }),
      { selector: (member) => member.id, minLength: 1 },
    );
    fc.assert(
      fc.property(fc.array(membership, { minLength: 1, maxLength: 6 }), (versions) => {
        const profile = selector();
        addMembers(profile, 1, 2, 3, 4, 5, 6, 7, 8);
        profile.insertGroup({ id: 1, maxSize: 0, members: [] });
        profile.insertGroup({ id: 2, maxSize: 0, members: [{ id: 3, weight: 4 }] });
        const table = tableOn(profile);
        const slot = table.insert(entryOf({ group: 1 }));
        for (const members of versions) {
          profile.modifyGroup({ id: 1, maxSize: 0, members });
          const total = members.reduce((n, member) => n + member.weight, 0);
          const chosen = choices(table, profile, slot, total);
          for (const { id, weight } of members) {
            assert.equal(chosen.filter((port) => port === id).length, weight);
          }
        }
        assert.deepEqual(profile.getGroup(2)?.members[0]?.weight, 4);
      }),
    );
  });
});
