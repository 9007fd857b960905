import assert from 'node:assert/strict';
import type { Entity } from '../../controller/p4runtime/index.js';
import { VersionGroups, versionName } from '../../controller/policy/versions.js';
import type { Service } from '../../controller/registry/registry.js';
import { FabricKey, Name } from '../../wire/index.js';

const key = FabricKey.default;

function service(...versions: (string | undefined)[]): Service {
  const instances = versions.map((version, i) => {
    const instance = {
      id: i + 1,
      service: '/shop/cart',
      address: 100 + i,
      port: 5000,
      weight: 1,
      ttlMs: 1000,
    };
    return version === undefined ? instance : { ...instance, version };
  });
  return { name: Name.parse('/shop/cart'), number: 7, instances };
}

const routes = ({ instances }: Service, ...ids: number[]) =>
  instances
    .filter(({ id }) => ids.includes(id))
    .map(({ id, address, port, weight }) => ({ instance: id, address, port, weight }));

/** Members of the group each version's FIB entry leads to. */
function led(entities: readonly Entity[], version: string): number[] | undefined {
  const digest = versionName(7, version).digest(key).toBigInt();
  for (const entity of entities) {
    if (entity.kind !== 'table-entry') continue;
    const { name } = entity.match as unknown as { name: { value: bigint } };
    if (name.value !== digest || entity.action?.kind !== 'group') continue;
    const id = entity.action.group;
    const group = entities.find((each) => each.kind === 'profile-group' && each.group === id);
    if (group?.kind === 'profile-group') return group.members?.map(({ member }) => member) ?? [];
  }
  return undefined;
}

const members = (entities: readonly Entity[]) =>
  entities.flatMap((each) => (each.kind === 'profile-member' ? [each.member] : []));

describe('versions of a service', () => {
  it('have a group each, of members that are there anyway', () => {
    const all = service('1', '2', '1', undefined);
    const entities = new VersionGroups(key).entries(all, routes(all, 1, 2, 3, 4), 256);
    assert.deepEqual(led(entities, '1'), [1, 3]);
    assert.deepEqual(led(entities, '2'), [2]);
    assert.equal(led(entities, '3'), undefined);
    assert.deepEqual(members(entities), []);
  });

  it('are led to where they are, where none runs nearby', () => {
    const all = service('1', '2', '1');
    const entities = new VersionGroups(key).entries(all, routes(all, 1), 256);
    assert.deepEqual(led(entities, '1'), [1], 'the near one alone');
    assert.deepEqual(led(entities, '2'), [2]);
    assert.deepEqual(members(entities), [2], 'with a member of its own');
  });

  it('keep the numbers of their groups over a restart', () => {
    const all = service('1', '2', '3');
    const make = () => new VersionGroups(key).entries(all, routes(all, 1, 2, 3), 256);
    assert.deepEqual(make(), make());
    const numbers = make().flatMap((each) => (each.kind === 'profile-group' ? [each.group] : []));
    assert.equal(new Set(numbers).size, 3);
    assert.ok(numbers.every((number) => number !== undefined && number > 0xffff && number < 2 ** 31));
  });
});
