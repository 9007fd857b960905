import assert from 'node:assert/strict';
import {
  ActionProfileAction,
  ActionProfileActionSet,
  ActionProfileGroup,
  ActionProfileMember,
  ActionRef,
  type Entity,
  TableAction,
  type TableEntry,
  type Update,
} from 'p4runtime-js';
import {
  bytes,
  DENIED,
  EXHAUSTED,
  EXISTS,
  entity,
  exact,
  INVALID,
  idOf,
  insert,
  modify,
  NOT_FOUND,
  PRECONDITION,
  Rig,
  remove,
  tableEntity,
  UNIMPLEMENTED,
  update,
} from './rig.js';

describe('P4Runtime specification: members, groups and one-shot sets', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig('extras').start();
    await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Update[]) => rig.codes(...updates);
  const profile = (name: string): number => idOf(rig.info.getActionProfilesList(), `ExtrasIngress.${name}`);

  function member(id: number, port: number, name = 'ways'): Entity {
    const message = new ActionProfileMember();
    message.setActionProfileId(profile(name));
    message.setMemberId(id);
    if (port >= 0) message.setAction(rig.actionCall('set_port', port));
    return entity((e) => e.setActionProfileMember(message));
  }

  type Place = readonly [id: number, weight: number, watch?: number];

  function group(id: number, maxSize: number, places: readonly Place[], name = 'ways'): Entity {
    const message = new ActionProfileGroup();
    message.setActionProfileId(profile(name));
    message.setGroupId(id);
    message.setMaxSize(maxSize);
    for (const [memberId, weight, watch] of places) {
      const place = new ActionProfileGroup.Member();
      place.setMemberId(memberId);
      place.setWeight(weight);
      if (watch !== undefined) place.setWatchPort(bytes(watch));
      message.addMembers(place);
    }
    return entity((e) => e.setActionProfileGroup(message));
  }

  function oneShot(
    actions: readonly (readonly [port: number, weight: number, watch?: number])[],
  ): TableAction {
    const set = new ActionProfileActionSet();
    for (const [port, weight, watch] of actions) {
      const action = new ActionProfileAction();
      action.setAction(rig.actionCall('set_port', port));
      action.setWeight(weight);
      if (watch !== undefined) action.setWatchPort(bytes(watch));
      set.addActionProfileActions(action);
    }
    const action = new TableAction();
    action.setActionProfileActionSet(set);
    return action;
  }

  const spread = (type: number, action?: TableAction, table = 'spread'): TableEntry =>
    rig.entry(table, [exact(1, type)], action);
  const toGroup = (id: number): TableAction => {
    const action = new TableAction();
    action.setActionProfileGroupId(id);
    return action;
  };
  const toMember = (id: number): TableAction => {
    const action = new TableAction();
    action.setActionProfileMemberId(id);
    return action;
  };
  /** Ports that `count` packets of different flows leave on. */
  const ports = (type: number, count = 64): number[] => {
    for (let i = 0; i < count; i++) {
      rig.receive(0, `00000000aa01${i.toString(16).padStart(12, '0')}${type.toString(16).padStart(4, '0')}`);
    }
    return [...Array(8).keys()].filter((port) => rig.take(port).length > 0);
  };

  it('members: ids are new ones, actions are there, and what is in use stays', async () => {
    assert.deepEqual(
      await codes(
        update('INSERT', member(1, 1)),
        update('INSERT', member(1, 2)),
        update('INSERT', member(2, -1)),
        update('INSERT', member(0, 1)),
        update('MODIFY', member(1, -1)),
        update('MODIFY', member(5, 1)),
        update('DELETE', member(5, 1)),
        update('INSERT', group(1, 4, [[1, 1]])),
        update('DELETE', member(1, -1)),
      ),
      [0, EXISTS, INVALID, INVALID, INVALID, NOT_FOUND, NOT_FOUND, 0, PRECONDITION],
    );
    const others = Array.from({ length: 16 }, (_, i) => update('INSERT', member(i + 2, 1)));
    assert.deepEqual((await codes(...others)).slice(-2), [0, EXHAUSTED]);
    await rig.apply(insert(spread(1, toMember(2))));
    assert.deepEqual(await codes(update('DELETE', member(2, -1))), [PRECONDITION]);
    await rig.apply(remove(spread(1)));
    assert.deepEqual(await codes(update('DELETE', member(2, -1))), [0]);
  });

  it('a member may be in several groups; changing it changes them all, and its id may be a group’s too', async () => {
    await rig.apply(
      update('INSERT', member(1, 1)),
      update('INSERT', group(1, 4, [[1, 1]])),
      update('INSERT', group(2, 4, [[1, 2]])),
      insert(spread(1, toGroup(1))),
      insert(spread(2, toGroup(2))),
    );
    assert.deepEqual([ports(1), ports(2)], [[1], [1]]);
    await rig.apply(update('MODIFY', member(1, 5)));
    assert.deepEqual([ports(1), ports(2)], [[5], [5]]);
  });

  it('groups: members are there, once each, with a weight; what an entry uses stays', async () => {
    await rig.apply(update('INSERT', member(1, 1)), update('INSERT', member(2, 2)));
    assert.deepEqual(
      await codes(
        update('INSERT', group(1, 4, [[1, 1]])),
        update('INSERT', group(1, 4, [])),
        update('INSERT', group(0, 4, [])),
        update('INSERT', group(2, 4, [[9, 1]])),
        update('INSERT', group(2, 4, [[1, 0]])),
        update('INSERT', group(2, 4, [[1, -1]])),
        update(
          'INSERT',
          group(2, 4, [
            [1, 1],
            [1, 1],
          ]),
        ),
        update('MODIFY', group(9, 4, [])),
        update('MODIFY', group(1, 4, [[9, 1]])),
        update('MODIFY', group(1, 3, [[1, 1]])),
        update('DELETE', group(9, 4, [])),
      ),
      [0, EXISTS, INVALID, NOT_FOUND, INVALID, INVALID, INVALID, NOT_FOUND, NOT_FOUND, INVALID, NOT_FOUND],
    );
    await rig.apply(insert(spread(1, toGroup(1))));
    assert.deepEqual(await codes(update('DELETE', group(1, 0, []))), [PRECONDITION]);
    await rig.apply(remove(spread(1)));
    assert.deepEqual(await codes(update('DELETE', group(1, 0, []))), [0]);
  });

  it('max_size is 1 to max_group_size where the program has one, and is kept to', async () => {
    await rig.apply(update('INSERT', member(1, 1)), update('INSERT', member(2, 2)));
    assert.deepEqual(
      await codes(
        update('INSERT', group(1, 0, [])),
        update('INSERT', group(1, 5, [])),
        update('INSERT', group(1, -1, [])),
        update('INSERT', group(1, 4, [])),
        update('INSERT', group(2, 2, [[1, 3]])),
        update('INSERT', group(3, 2, [[1, 2]])),
        update(
          'MODIFY',
          group(3, 2, [
            [1, 2],
            [2, 1],
          ]),
        ),
      ),
      [INVALID, INVALID, INVALID, 0, EXHAUSTED, 0, EXHAUSTED],
    );
  });

  it('without a max_group_size max_size may be anything, 0 for what the switch can do', async () => {
    const entities = await new Rig().start();
    try {
      await entities.ready();
      const message = (id: number, maxSize: number): Entity => {
        const one = new ActionProfileGroup();
        one.setActionProfileId(idOf(entities.info.getActionProfilesList(), 'FabricIngress.ecmp'));
        one.setGroupId(id);
        one.setMaxSize(maxSize);
        return entity((e) => e.setActionProfileGroup(one));
      };
      assert.equal(
        await entities.write(update('INSERT', message(1, 0)), update('INSERT', message(2, 9))),
        undefined,
      );
    } finally {
      await entities.stop();
    }
  });

  it('where size counts members weights are free up to max_member_weight', async () => {
    const of = (id: number, ...places: Place[]) => update('INSERT', group(id, 3, places, 'counted'));
    await rig.apply(...[1, 2, 3, 4].map((id) => update('INSERT', member(id, id, 'counted'))));
    assert.deepEqual(
      await codes(of(1, [1, 100], [2, 100], [3, 1]), of(2, [1, 101]), of(3, [1, 1], [2, 1], [3, 1], [4, 1])),
      [0, INVALID, EXHAUSTED],
    );
  });

  it('one-shot sets keep to the selector’s sizes and weights', async () => {
    const weighed = (...actions: (readonly [number, number])[]) => insert(spread(1, oneShot(actions)));
    const counted = (...actions: (readonly [number, number])[]) =>
      insert(spread(1, oneShot(actions), 'spread_counted'));
    assert.deepEqual(
      await codes(
        weighed([1, 3], [2, 2]),
        weighed([1, 0]),
        weighed([1, -1]),
        counted([1, 1], [2, 1], [3, 1], [4, 1]),
        counted([1, 101]),
        counted([1, 100], [1, 100], [2, 2]),
      ),
      [INVALID, INVALID, INVALID, INVALID, INVALID, 0],
    );
    const [read] = await rig.read(tableEntity(spread(1, undefined, 'spread_counted')));
    assert.deepEqual(
      read?.getTableEntry()?.toObject(),
      spread(
        1,
        oneShot([
          [1, 100],
          [1, 100],
          [2, 2],
        ]),
        'spread_counted',
      ).toObject(),
    );
  });

  it('a selector is programmed by one-shot sets or by members and groups, not by both', async () => {
    await rig.apply(insert(spread(1, oneShot([[1, 1]]))));
    assert.deepEqual(await codes(update('INSERT', member(1, 1)), update('INSERT', group(1, 4, []))), [
      INVALID,
      INVALID,
    ]);
    await rig.apply(
      remove(spread(1)),
      update('INSERT', member(1, 1)),
      update('INSERT', member(1, 1, 'counted')),
      insert(spread(1, toMember(1))),
    );
    assert.deepEqual(
      await codes(
        insert(spread(2, oneShot([[1, 1]]))),
        modify(spread(1, oneShot([[1, 1]]))),
        insert(spread(2, oneShot([[1, 1]]), 'spread_counted')),
      ),
      [INVALID, INVALID, INVALID],
    );
  });

  it('a one-shot set makes room for the one that takes its place', async () => {
    const four = (port: number) =>
      oneShot([
        [port, 1],
        [port, 1],
        [port, 1],
        [port, 1],
      ]);
    await rig.apply(...[1, 2, 3, 4].map((type) => insert(spread(type, four(1)))));
    assert.deepEqual(await codes(insert(spread(5, four(1))), modify(spread(4, four(2)))), [EXHAUSTED, 0]);
    assert.deepEqual([ports(3), ports(4)], [[1], [2]]);
  });

  it('watched ports: members whose port is down are left out, until it is up again', async () => {
    await rig.apply(
      update('INSERT', member(1, 1)),
      update('INSERT', member(2, 2)),
      update('INSERT', member(3, 3)),
      update(
        'INSERT',
        group(1, 4, [
          [1, 1, 1],
          [2, 1, 2],
          [3, 1],
        ]),
      ),
      insert(spread(1, toGroup(1))),
      insert(spread(2, oneShot([[4, 1, 1]]), 'spread_counted')),
    );
    const device = {
      transmit: (frame: Uint8Array) => rig.sent.get(1)?.push(Buffer.from(frame).toString('hex')),
    };
    assert.deepEqual([ports(1), ports(2)], [[1, 2, 3], [4]]);
    rig.sw.detach(1);
    // A group none of whose members is left does nothing: the packet goes where egress_spec points, port 0.
    assert.deepEqual([ports(1), ports(2)], [[2, 3], [0]]);
    rig.sw.attach(1, device);
    assert.deepEqual([ports(1), ports(2)], [[1, 2, 3], [4]]);
  });

  it('ports to watch are ports there can be, and are read as they were written', async () => {
    await rig.apply(update('INSERT', member(1, 1)));
    const numbered = group(2, 4, [[1, 1]]);
    numbered.getActionProfileGroup()?.getMembersList()[0]?.setWatch(3);
    assert.deepEqual(
      await codes(update('INSERT', group(1, 4, [[1, 1, 0x10000]])), update('INSERT', numbered)),
      [INVALID, 0],
    );
    const [read] = await rig.read(numbered);
    assert.deepEqual(read?.toObject(), numbered.toObject());
  });

  it('an action that is for groups only is not an entry’s or a member’s', async () => {
    const config = rig.config();
    for (const table of config.getP4info()?.getTablesList() ?? []) {
      for (const ref of table.getActionRefsList()) {
        if (ref.getId() === rig.actionCall('set_port').getActionId())
          ref.setScope(ActionRef.Scope.GROUP_ACTION);
      }
    }
    assert.equal(await rig.setPipeline(config), undefined);
    const entry = rig.entry('preset', [exact(1, 7)], rig.action('set_port', 1));
    assert.deepEqual(
      await codes(insert(entry), update('INSERT', member(1, 1)), insert(spread(1, oneShot([[1, 1]])))),
      [DENIED, DENIED, DENIED],
    );
  });

  it('selection modes, sizes and group actions that are not the selector’s own are UNIMPLEMENTED', async () => {
    const set = (edit: (set: ActionProfileActionSet) => void) => {
      const action = oneShot([[1, 1]]);
      const inner = action.getActionProfileActionSet();
      if (inner !== undefined) edit(inner);
      return insert(spread(1, action));
    };
    const { ActionSelectionMode, SizeSemantics } = ActionProfileActionSet;
    assert.deepEqual(
      await codes(
        set((s) => s.setActionSelectionMode(ActionSelectionMode.RANDOM)),
        set((s) => s.setSizeSemantics(SizeSemantics.SUM_OF_MEMBERS)),
        set((s) => s.setGroupAction(rig.actionCall('set_port', 1))),
        set((s) => s.setSizeSemantics(SizeSemantics.SUM_OF_WEIGHTS)),
      ),
      [UNIMPLEMENTED, UNIMPLEMENTED, UNIMPLEMENTED, 0],
    );
  });

  it('where weights are disallowed none is given', async () => {
    const config = rig.config();
    for (const one of config.getP4info()?.getActionProfilesList() ?? []) one.setWeightsDisallowed(true);
    assert.equal(await rig.setPipeline(config), undefined);
    await rig.apply(update('INSERT', member(1, 1)));
    const none = group(2, 4, [[1, 0]]);
    assert.deepEqual(await codes(update('INSERT', group(1, 4, [[1, 1]])), update('INSERT', none)), [
      INVALID,
      0,
    ]);
    assert.deepEqual((await rig.read(none))[0]?.toObject(), none.toObject());
    assert.deepEqual(
      await codes(
        insert(spread(1, oneShot([[1, 1]]), 'spread_counted')),
        insert(spread(1, oneShot([[1, 0]]), 'spread_counted')),
      ),
      [INVALID, 0],
    );
  });

  it('reads are of one, of a profile’s or of all', async () => {
    await rig.apply(
      update('INSERT', member(1, 1)),
      update('INSERT', member(2, 2)),
      update('INSERT', member(1, 3, 'counted')),
      update('INSERT', group(1, 4, [])),
      update('INSERT', group(1, 3, [], 'counted')),
    );
    const count = async (profileId: number, id: number): Promise<number[]> => {
      const one = new ActionProfileMember();
      one.setActionProfileId(profileId);
      one.setMemberId(id);
      const other = new ActionProfileGroup();
      other.setActionProfileId(profileId);
      other.setGroupId(id);
      return [
        (await rig.read(entity((e) => e.setActionProfileMember(one)))).length,
        (await rig.read(entity((e) => e.setActionProfileGroup(other)))).length,
      ];
    };
    assert.deepEqual(await count(0, 0), [3, 2]);
    assert.deepEqual(await count(profile('ways'), 0), [2, 1]);
    assert.deepEqual(await count(profile('ways'), 1), [1, 1]);
  });
});
