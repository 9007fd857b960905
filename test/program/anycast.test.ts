import assert from 'node:assert/strict';
import { insert } from '../../controller/p4runtime/index.js';
import { address, checkedNamed, named, namedFrame } from './frames.js';
import { onEverySwitch } from './labs.js';
import { nameIs, underlay } from './network.js';

const PROFILE = 'ingress.names.instances';
const GROUP = 4321;
const MEMBER = 4300;

onEverySwitch('anycast over instances that watch their ports', (lab) => {
  const members = [2, 3].map((n) => ({ member: MEMBER + n, weight: 1, watchPort: n }));

  before(async () => {
    await underlay(lab());
    await lab().client.write([
      ...[2, 3].map((n) =>
        insert({
          kind: 'profile-member',
          profile: PROFILE,
          member: MEMBER + n,
          action: { name: 'to_instance', params: { instance: n, address: address(n), udp_port: 0 } },
        }),
      ),
      insert({ kind: 'profile-group', profile: PROFILE, group: GROUP, members }),
      insert({
        kind: 'table-entry',
        table: 'ingress.names.fib',
        match: nameIs('/anycast'),
        action: { kind: 'group', group: GROUP },
      }),
    ]);
  });

  it('goes to all of them while their ports are up', async () => {
    const ports = new Set<number>();
    for (let requestId = 1; requestId <= 24 && ports.size < 2; requestId += 1) {
      const [out] = await lab().send(
        1,
        namedFrame({ from: 1, to: 4 }, named('/anycast', '/client', { requestId })),
      );
      assert.equal(checkedNamed(out?.bytes).packet.instance, out?.port);
      ports.add(out?.port ?? 0);
    }
    assert.deepEqual([...ports].sort(), [2, 3]);
  });

  it('is read back with its members, weights and ports to watch', async () => {
    for await (const group of lab().client.read({ kind: 'profile-group', profile: PROFILE, group: GROUP })) {
      assert.ok(group.kind === 'profile-group');
      const read = [...(group.members ?? [])].sort((a, b) => a.member - b.member);
      assert.deepEqual(
        read.map(({ member, weight }) => ({ member, weight })),
        members.map(({ member, weight }) => ({ member, weight })),
      );
      // PI gives every member of a group the port of the last one.
      for (const { watchPort } of read) assert.ok([2, 3].includes(Number(watchPort)));
    }
  });
});
