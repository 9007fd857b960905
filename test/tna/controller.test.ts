import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { programProfile } from '../../controller/fabric/program-profile.js';
import { Resources } from '../../controller/inc/resources.js';
import { Controller, parseTopology } from '../../controller/index.js';
import { Schema } from '../../controller/p4runtime/index.js';
import { ManualClock } from '../controller/manual-clock.js';
import { bringUp, image, impossible, put } from './guarded-fabric.js';
import { PROFILES, type Profile, ROOT, TARGETS, type Target } from './p4info.js';

const TOPOLOGY = `
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:132, b: spine1:4 }
hosts:
  - { name: h1, switch: leaf1, port: 140, ipv4: 10.0.1.1 }
  - { name: h2, switch: leaf1, port: 144, ipv4: 10.0.1.2 }
  - { name: far, switch: leaf1, port: 16, ipv4: 10.0.1.3 }
`;

/** As above, without the port of another pipe: a cache takes all of a leaf's ports. */
const ONE_PIPE = TOPOLOGY.split('\n')
  .filter((line) => !line.includes('name: far'))
  .join('\n');

/** Does `act` where the profile can, and sees it refused by name where it cannot. */
async function possible(can: boolean, act: () => Promise<unknown>, refusal: RegExp): Promise<void> {
  if (can) await act();
  else await assert.rejects(act, impossible(refusal));
}

/** What each image takes of policies, and how it says what it lacks. */
async function policiesFor(controller: Controller, target: Target, profile: Profile): Promise<void> {
  const strategy = profile === 'strategy' || (profile === 'routing' && target === 'tofino2');
  const hasAdmission = profile === 'routing' || profile === 'edge' || strategy;
  // A Tofino 1 has no room for rules beside breakers.
  const routing =
    profile === 'routing' || profile === 'edge' || (profile === 'strategy' && target === 'tofino2');
  const refusal = (what: string, remedy: string) =>
    new RegExp(`leaf1 \\(profile ${profile}, t2?na\\) has no ${what}; give leaf1 ${remedy}`);
  const image = 'an image of profile routing$';
  const strategic = 'an image of profile strategy$';
  const none = 'the v1model program, no image for Tofino has them$';
  const rate = { packetsPerSecond: 1000 };
  for (const [rule, can, message] of [
    [{ access: 'deny' }, routing, refusal('access rules', image)],
    [{ rate }, routing, refusal('rates', image)],
    [{ nackRates: [{ ...rate, switch: 'leaf1' }] }, true, /never/],
    [{ weights: { mode: 'registered' } }, true, /never/],
    [{ breaker: { maxOutstanding: 10 } }, strategy, refusal('breakers', strategic)],
    [
      { mirror: { share: 0.5, to: [{ switch: 'leaf1', port: 144 }] } },
      strategy,
      refusal('mirrors', strategic),
    ],
    [{ fault: { kind: 'drop', share: 0.1 } }, strategy, refusal('faults', strategic)],
    [{ split: [{ weight: 1 }] }, strategy, refusal('splits', strategic)],
    [{ stickiness: { idleMs: 1000 } }, false, refusal('sticky flows', none)],
  ] as const) {
    const [name = ''] = Object.keys(rule);
    await possible(can, () => put(controller, 'policies', name, { destination: '/kv', ...rule }), message);
  }
  const { desired } = controller.session('leaf1');
  // A rate has a cell of a meter beside its entry, a mirror a clone session, a service its entry beside its instance's guard.
  for (const [section, count] of [
    ['policy/rule/access', routing ? 1 : 0],
    ['policy/rule/rate', routing ? 2 : 0],
    ['policy/rule/mirror', strategy ? 2 : 0],
    ['policy/rule/fault', strategy ? 1 : 0],
    ['policy/split/split', strategy ? 1 : 0],
    ['policy/service/1', strategy ? 2 : hasAdmission ? 1 : 0],
  ] as const) {
    const items = [...desired.items()].filter(({ key }) => desired.sectionOf(key) === section);
    assert.equal(items.length, count, section);
  }
  const steps = [
    { below: 0.5, rate },
    { below: 0.2, deny: true },
  ];
  await possible(
    routing,
    () => put(controller, 'trust-policies', 'p', { identities: '/', steps }),
    refusal(hasAdmission ? '(?:access rules|rates)' : 'reports of refused packets', image),
  );
}

describe('The controller and the images for Tofino', function () {
  this.timeout(30_000);

  for (const target of TARGETS) {
    for (const profile of PROFILES) {
      it(`${target}/${profile}: writes nothing that its P4Info does not have, and refuses what it cannot do`, async () => {
        const { controller, switches, wrong, close } = await bringUp(ONE_PIPE, image(target, profile));
        try {
          assert.equal(controller.profileOf('leaf1').name, profile);
          const { registry, groups, cache } = controller;
          await registry.register({ service: '/kv', address: 0x0a000101, port: 5000, ttlMs: 60_000 });
          await possible(
            profile === 'reduce',
            () => groups.createReduce({ hosts: ['h1', 'h2'], operation: 'sum', window: 64 }),
            new RegExp(
              `leaf1 \\(profile ${profile}, t2?na\\) has no SINC reduce; give leaf1 an image of profile reduce`,
            ),
          );
          await possible(
            profile === 'cells',
            () => groups.createCells({ hosts: ['h1', 'h2'], cells: 10, destination: 'h1' }),
            new RegExp(
              `leaf1 \\(profile ${profile}, t2?na\\) has no SINC cells; give leaf1 an image of profile cells`,
            ),
          );
          await possible(
            profile === 'cache',
            () => cache.enable({ service: '/kv' }),
            new RegExp(
              `leaf1 \\(profile ${profile}, t2?na\\) has no cache; give leaf1 an image of profile cache`,
            ),
          );
          await possible(
            profile === 'routing' || profile === 'edge',
            () => put(controller, 'broadcasts', 'news', { channel: '/news', publishers: ['/host/h1'] }),
            /has no broadcasts; give leaf1 an image of profile routing/,
          );
          await policiesFor(controller, target, profile);
          await controller.settled(AbortSignal.timeout(20_000));
          assert.deepEqual(wrong, []);
          const { length } = switches.get('leaf1')?.applied ?? [];
          assert(length > 10, `${length} updates`);
        } finally {
          await close();
        }
      });
    }
  }

  it('groups of ports in two pipes are refused: registers are a pipe’s own', async () => {
    for (const [profile, ask] of [
      [
        'reduce',
        (c: Controller) => c.groups.createReduce({ hosts: ['h1', 'far'], operation: 'sum', window: 8 }),
      ],
      [
        'cells',
        (c: Controller) => c.groups.createCells({ hosts: ['h1', 'far'], cells: 1, destination: 'h1' }),
      ],
    ] as const) {
      const { controller, wrong, close } = await bringUp(TOPOLOGY, image('tofino', profile));
      try {
        await assert.rejects(
          ask(controller),
          impossible(/ports 16 of leaf1 are in another pipe than port 140/),
        );
        await controller.settled(AbortSignal.timeout(20_000));
        assert.deepEqual(wrong, []);
        assert.deepEqual(controller.groups.list(), []);
      } finally {
        await close();
      }
    }
  });

  it('caches of leaves with ports in two pipes are refused', async () => {
    const { controller, wrong, close } = await bringUp(TOPOLOGY, image('tofino', 'cache'));
    try {
      await assert.rejects(
        controller.cache.enable({ service: '/kv' }),
        impossible(/ports 16 of leaf1 are in another pipe than port 140, and a cache is in one/),
      );
      await controller.settled(AbortSignal.timeout(20_000));
      assert.deepEqual(wrong, []);
    } finally {
      await close();
    }
  });

  it('admission goes by the profile: by port on routing, by tags on edge, by nothing on the others', async () => {
    const with_ = (admission: string) => `fabric: { admission: ${admission} }\n${ONE_PIPE}`;
    const made = (admission: string, profile: Profile) => () =>
      new Controller({
        topology: parseTopology(with_(admission)),
        program: image('tofino', profile),
        clock: new ManualClock(),
      });
    assert.throws(
      made('names', 'reduce'),
      impossible(
        /profile reduce, tna\) has no grants .*an image of profile routing, or write fabric.admission: off/,
      ),
    );
    assert.throws(
      made('tags', 'routing'),
      impossible(/profile routing, tna\) has no credentials .*; .*or write fabric.admission: names/),
    );
    const { controller, wrong, close } = await bringUp(with_('names'), image('tofino', 'routing'));
    try {
      await put(controller, 'grants', 'g', { prefix: '/kv', host: 'h1' });
      const section = controller.session('leaf1').desired;
      const tables = [...section.items()].filter(({ key }) => section.sectionOf(key) === 'spa/admission');
      assert.equal(tables.length, 2 + 3, 'two edge ports; two own names and a grant');
      await assert.rejects(
        put(controller, 'credentials', 'c', { host: 'h1' }),
        impossible(/has no credentials/),
      );
      await assert.rejects(
        put(controller, 'grants', 't', { prefix: '/kv', host: 'h2', tag: true }),
        impossible(/has no credentials .*or grant it without tag/),
      );
      await controller.settled(AbortSignal.timeout(20_000));
      assert.deepEqual(wrong, []);
    } finally {
      await close();
    }
  });

  for (const target of TARGETS) {
    it(`${target}/edge: credentials and grants with tag are written, as many as its register has windows`, async () => {
      const topology = `fabric: { admission: tags }\n${ONE_PIPE}`;
      const { controller, wrong, close } = await bringUp(topology, image(target, 'edge'));
      try {
        const { credentials } = controller.profileOf('leaf1').features;
        assert.deepEqual(credentials, {
          entries: target === 'tofino2' ? 512 : 1024,
          slots: target === 'tofino2' ? 512 : 1024,
        });
        const desired = () => {
          const section = controller.session('leaf1').desired;
          return [...section.items()].filter(({ key }) => section.sectionOf(key) === 'spa/admission').length;
        };
        const before = desired();
        await put(controller, 'credentials', 'c', { host: 'h1' });
        await put(controller, 'grants', 'g', { prefix: '/kv', credential: 'c' });
        await put(controller, 'grants', 't', { prefix: '/kv', host: 'h2', tag: true });
        assert.equal(desired(), before + 1 + 1 + 1);
        await controller.settled(AbortSignal.timeout(20_000));
        assert.deepEqual(wrong, []);
      } finally {
        await close();
      }
    });
  }

  it('a credential beyond the windows of the leaf that is to hold it is refused', async () => {
    const { controller, close } = await bringUp(
      `fabric: { admission: names }\n${ONE_PIPE}`,
      image('tofino2', 'edge'),
    );
    try {
      // Prefixes of their own would fill the table sooner: these have none.
      for (let n = 0; n < 512; n++) await put(controller, 'credentials', `c${n}`, { host: 'h1' });
      await assert.rejects(
        put(controller, 'credentials', 'one-more', { host: 'h1' }),
        (error: Error & { code?: string }) => error.code === 'NO_ROOM',
      );
    } finally {
      await close();
    }
  });
});

describe('Profiles of programs', () => {
  const profileOf = (path: string) =>
    programProfile(new Schema(parseP4Info(readFileSync(new URL(`p4src/build/${path}`, ROOT)))));
  const v1model = profileOf('sincmesh.p4info.txtpb');

  it('take their sizes from P4Info', () => {
    assert.deepEqual(v1model.reduce, { cells: 4096, vectors: 4, isAligned: false });
    assert.deepEqual(v1model.cells, { values: 65_536, answers: 65_536 });
    assert.equal(v1model.pipeBits, undefined);
    const cells = profileOf('tna/tofino/cells/p4info.txtpb');
    const cells2 = profileOf('tna/tofino2/cells/p4info.txtpb');
    assert.equal(cells.cells?.answers, 65_536);
    assert.equal(cells2.cells?.answers, 32_768);
    assert.equal(cells.reduce, undefined);
    assert.notEqual(cells.fibEntries, cells2.fibEntries);
    assert.equal(profileOf('tna/tofino/cache/p4info.txtpb').cache?.valueBytes, 64);
    assert.deepEqual(profileOf('tna/tofino/reduce/p4info.txtpb').reduce, {
      cells: 4096,
      vectors: 4,
      isAligned: true,
    });
    assert.equal(new Resources(() => cells2).of('x').answers.size, cells2.cells?.answers);
  });

  it('of an architecture nobody has described are refused', () => {
    const info = parseP4Info(readFileSync(new URL('p4src/build/sincmesh.p4info.txtpb', ROOT)));
    info.getPkgInfo()?.setArch('psa');
    assert.throws(
      () => programProfile(new Schema(info)),
      impossible(/architecture psa; give one for v1model, tna/),
    );
  });
});
