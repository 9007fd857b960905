import assert from 'node:assert/strict';
import { DEFAULT_ACTIONS, MISSING_ACTIONS, missingTables, otherDigest } from './differences.js';
import { PROFILES, type Shape, TARGETS, tna, v1model } from './p4info.js';

const sorted = (names: Iterable<string>): string[] => [...names].sort();

/** Every pair of both programs that has the same name. */
function* common<T>(ours: ReadonlyMap<string, T>, theirs: ReadonlyMap<string, T>) {
  for (const [name, own] of ours) {
    const other = theirs.get(name);
    if (other !== undefined) yield { name, own, other };
  }
}

describe('P4Info of the Tofino program', () => {
  const reference = v1model();

  for (const target of TARGETS) {
    for (const profile of PROFILES) {
      describe(`${target}, profile ${profile}`, () => {
        let image: Shape;
        before(() => {
          image = tna(target, profile);
        });

        it("has v1model's tables, but for those written down", () => {
          const missing = sorted(reference.tables.keys()).filter((name) => !image.tables.has(name));
          assert.deepEqual(missing, sorted(missingTables(target, profile)));
          const added = sorted(image.tables.keys()).filter((name) => !reference.tables.has(name));
          assert.deepEqual(added, []);
        });

        it('matches on the same fields, by the same names, widths and kinds', () => {
          for (const { name, own, other } of common(image.tables, reference.tables)) {
            assert.deepEqual(own, other, name);
          }
        });

        it('has the same actions in them, but for those written down', () => {
          for (const { name, own, other } of common(image.actionsOf, reference.actionsOf)) {
            const gone = MISSING_ACTIONS[profile][name] ?? [];
            for (const action of gone) assert(other.includes(action), `${name} never had ${action}`);
            assert.deepEqual(
              sorted(own.filter((action) => !DEFAULT_ACTIONS.includes(action))),
              sorted(other.filter((action) => !DEFAULT_ACTIONS.includes(action) && !gone.includes(action))),
              name,
            );
          }
        });

        it('gives them the same parameters', () => {
          for (const { name, own, other } of common(image.actions, reference.actions)) {
            assert.deepEqual(own, other, name);
          }
        });

        it('has no action of its own that a controller could see', () => {
          const added = [...image.actions.keys()].filter(
            (name) => !reference.actions.has(name) && !DEFAULT_ACTIONS.includes(name),
          );
          assert.deepEqual(added, []);
        });

        it('counts, measures and selects under the same names', () => {
          for (const kind of ['counters', 'meters', 'profiles'] as const) {
            const added = [...image[kind]].filter((name) => !reference[kind].has(name));
            assert.deepEqual(added, [], kind);
          }
        });

        it('digests the same, but for what is written down', () => {
          for (const [name, members] of image.digests) {
            assert.deepEqual(members, otherDigest(profile, name) ?? reference.digests.get(name), name);
          }
        });

        it('has the same headers on packets from and to the controller', () => {
          assert.deepEqual(image.packets, reference.packets);
        });
      });
    }
  }
});
