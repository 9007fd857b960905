import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/commands.js';
import { packagePath } from '../../experiments/package-path.js';
import { sincmesh, Up } from './sincmesh-process.js';

const TOPOLOGY = packagePath('experiments/topologies/small.yaml');

describe('commands that ask a running fabric', function () {
  this.timeout(180_000);
  let folder = '';
  let up: Up;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-commands-'));
    up = await Up.start(TOPOLOGY);
  });
  after(async () => {
    await Up.killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('end with 0, 1, 2, 3 or 5, as the help says', async () => {
    assert.equal((await up.run('topology')).status, 0);
    const failed = await up.run('apply', 'policies', 'p', '{"nowhere": 1}');
    assert.equal(failed.status, 1);
    assert.match(failed.err, /^sincmesh: BAD_REQUEST: .*destination/);
    const wrong = await up.run('events', '--since');
    assert.equal(wrong.status, 2);
    assert.match(wrong.err, /--since[\s\S]*Usage: sincmesh events/);
    const away = await sincmesh(['topology', '--api', 'http://127.0.0.1:9']);
    assert.equal(away.status, 3);
    assert.match(away.err, /UNREACHABLE.*sincmesh up/);
    const missing = await up.run('get', 'reduce-groups', 'none');
    assert.equal(missing.status, 5);
    assert.match(missing.err, /NOT_FOUND/);
    assert.equal((await up.run('diff', 'leaf9')).status, 5);
    const unknown = await up.run('get', 'juggling');
    assert.equal(unknown.status, 5);
    assert.match(unknown.err, /no kind 'juggling'; there are .*policies/);
    const unwatched = await up.run('watch', 'juggling');
    assert.equal(unwatched.status, 5);
    assert.match(unwatched.err, /no kind 'juggling'/);
    assert.match((await up.run('counters', 'leaf1', 'x')).err, /^sincmesh: UNKNOWN_NAME: no counter 'x'/);
  });

  it('apply a file of several things, in their order', async () => {
    const yaml = write(
      'things.yaml',
      [
        'kind: reduce-groups',
        'name: sums',
        'spec: { hosts: [h1, h3], operation: max }',
        '---',
        '- kind: policies',
        '  name: closed',
        '  spec: { destination: /shop, access: deny }',
        '- { kind: instances, name: "10.0.2.1:7000/shop/till", spec: { weight: 3 } }',
        '',
      ].join('\n'),
    );
    assert.match(
      await up.ask('apply', '--file', yaml),
      /reduce-groups +sums[\s\S]*policies +closed[\s\S]*instances +10\.0\.2\.1:7000/,
    );
    assert.match(await up.ask('service', 'show', '/shop/till'), /10\.0\.2\.1:7000 +h3 +leaf2:1 +3/);
    // What get prints can be applied again, also by standard input.
    const policies = await up.json<{ name: string; spec: { access: string } }[]>('get', 'policies');
    const again = JSON.stringify(policies.map((each) => ({ kind: 'policies', ...each })));
    const piped = await sincmesh(['apply', '--file', '-', '--json'], { SINCMESH_API: up.api }, again);
    assert.deepEqual(
      (JSON.parse(piped.out) as { spec: unknown }[]).map(({ spec }) => spec),
      policies.map(({ spec }) => spec),
    );

    const half = await up.run(
      'apply',
      '--file',
      write(
        'half.json',
        '[{"kind": "cell-groups", "name": "locks", "spec": {"hosts": ["h1"], "destination": "h1"}}, ' +
          '{"kind": "cell-groups", "name": "wrong", "spec": {"hosts": []}}]',
      ),
    );
    assert.equal(half.status, 1);
    assert.match(half.err, /cell-groups wrong: .*applied before it: cell-groups locks/);
    for (const [text, message] of [
      ['- {name: x}', /resource 1 has no kind/],
      ['- {kind: policies}', /resource 1 \(policies\) has no name/],
      ['- {kind: policies, name: x, access: deny}', /has 'access'; .*spec/],
      ['', /has no resources/],
      ['{', /wrong\.yaml: /],
    ] as const) {
      const { status, err } = await up.run('apply', '--file', write('wrong.yaml', text));
      assert.equal(status, 2, err);
      assert.match(err, message);
    }
    assert.match(await up.ask('group', 'list'), /reduce-groups +sums +\d +\d +.*leaf1/);
    for (const name of ['sums', 'locks']) await up.ask('group', 'delete', name);
    await up.ask('policy', 'delete', 'closed');
    assert.equal(await up.ask('group', 'list'), 'none\n');
  });

  it('follow what happens, and end after --count', async () => {
    const kept = await up.ask('events', '--since', '0', '--count', '3', '--json');
    const events = kept
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number });
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      [1, 2, 3],
    );
    assert.equal((await up.run('events', '--count', '0')).status, 2);

    /** Has something happen until a command that waits for it has ended. */
    const whileRunning = async (
      command: readonly string[],
      happen: () => Promise<unknown>,
    ): Promise<string> => {
      let isRunning = true;
      const answer = up.ask(...command).finally(() => {
        isRunning = false;
      });
      while (isRunning) await happen();
      return answer;
    };
    const ping = () =>
      fetch(`${up.api}/v1/hosts/h1/ping`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name": "/fabric/switch/leaf1"}',
      });
    const packet = JSON.parse(await whileRunning(['packets', 'leaf1', '--count', '1', '--json'], ping)) as {
      readonly events: readonly { readonly kind: string }[];
    };
    assert.ok(packet.events.some(({ kind }) => kind === 'table'));
    const steps = await whileRunning(['packets', 'leaf1', '--count', '1'], ping);
    assert.match(
      steps,
      /^frame of \d+ bytes on port \d+\n {2}ingress[\s\S]* extract \w+, \d+ bytes[\s\S]*table \S+ \(.*\): (hit|miss) -> /,
    );
    let weight = 0;
    const put = () => {
      weight = (weight % 100) + 1;
      return fetch(`${up.api}/v1/instances/${encodeURIComponent('10.0.1.2:7000/shop/bell')}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ weight }),
      });
    };
    assert.match(
      await whileRunning(['watch', 'instances', '--count', '2'], put),
      /^put +10\.0\.1\.2:7000\/shop\/bell .*\nput +10\.0\.1\.2:7000/,
    );
  });

  it('look once where the output is no terminal: top', async () => {
    const text = await up.ask('top');
    assert.match(text, /^SWITCH +ROLE +ID/);
    assert.match(text, /spine1 +spine +11 +v1model +primary +idle/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there shall be none
    assert.doesNotMatch(text, /\x1b/);
    const { switches } = await up.json<{ switches: unknown[] }>('top');
    assert.equal(switches.length, 3);
    assert.equal((await up.run('top', '--interval', '0')).status, 2);
  });

  it('what is almost right is told what would be', async () => {
    await up.ask('service', 'register', '/near/cart', '10.0.2.1:7000');
    const cases: [string[], number, RegExp][] = [
      [['service', 'show', 'near/cart'], 5, /no 'near\/cart' in services; did you mean '\/near\/cart'\?/],
      [['service', 'show', '/near/crat'], 5, /did you mean '\/near\/cart'\?/],
      [['get', 'policys'], 5, /no kind 'policys'; did you mean 'policies'\?/],
      [
        ['policy', 'apply', 'p', '{"destination": "/x", "acess": "deny"}'],
        1,
        /no field 'acess'; did you mean 'access'\?/,
      ],
      [['policy', 'apply', 'p', '{"destination": "x"}'], 1, /\/destination must match .*\(.*name/i],
      [['policy', 'lst'], 2, /did you mean policy list\?/],
    ];
    const outcomes = await Promise.all(cases.map(([args]) => up.run(...args)));
    for (const [index, [args, status, message]] of cases.entries()) {
      assert.match(outcomes[index]?.err ?? '', message, args.join(' '));
      assert.equal(outcomes[index]?.status, status, args.join(' '));
    }
  });

  it('every one explains itself, and asks for the least', async () => {
    const { out } = await sincmesh(['--help']);
    for (const { name, summary } of COMMANDS)
      assert.ok(out.includes(`  ${name.padEnd(11)} ${summary}`), name);
    const lone = COMMANDS.filter(({ words }) => words === undefined).map(({ name }) => [name]);
    const grouped = COMMANDS.flatMap(({ name, words = [] }) => words.map((word) => [name, word]));
    const asked = [...lone, ...grouped].filter(([name]) => name !== 'completion');
    for (const { name } of COMMANDS) {
      const { load } = COMMANDS.find((each) => each.name === name) ?? assert.fail();
      const command = await load([]);
      assert.equal(command.name.split(' ')[0], name);
      assert.ok(command.usage.startsWith(`sincmesh ${name}`), command.usage);
    }
    // Each a process of its own: a few.
    for (const words of asked.filter((_, index) => index % 8 === 0)) {
      const { status, out: text } = await sincmesh([...words, '--help']);
      assert.equal(status, 0, words.join(' '));
      assert.match(text, /[Uu]sage: /, words.join(' '));
    }
  });
});

describe('commands that ask nobody', function () {
  this.timeout(60_000);

  it('types: a module of a program’s tables', async () => {
    const { status, out } = await sincmesh(['types', packagePath('p4src/build/sincmesh.p4info.txtpb')]);
    assert.equal(status, 0);
    assert.ok(out.includes("readonly table: 'ingress.names.fib';"));
    assert.ok(out.includes("from 'sincmesh/controller/p4runtime'"));
    const wrong = await sincmesh(['types', packagePath('README.md')]);
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /expected a field of p4\.config\.v1\.P4Info/);
    assert.doesNotMatch(wrong.err, /at .*\.js/);
  });

  it('help: of a command, as its own --help', async () => {
    const asked = ['service', 'topology', 'up'].map((name) => sincmesh(['help', name]));
    const [service, topology, up] = await Promise.all(asked);
    assert.match(service?.out ?? '', /service register +register an instance/);
    assert.match(topology?.out ?? '', /^Usage: sincmesh topology/);
    assert.match(up?.out ?? '', /^Usage: sincmesh up TOPOLOGY/);
    const { out } = await sincmesh(['help', 'service', 'register']);
    assert.match(out, /^Usage: sincmesh service register/);
    const wrong = await sincmesh(['help', 'servce']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.err, /did you mean service\?/);
  });

  it('files: what cannot be read or written is named, with the reason in words', async () => {
    const nowhere = '/nowhere/at-all';
    const [program, topology, token, built] = await Promise.all([
      sincmesh(['switch', nowhere]),
      sincmesh(['up', nowhere]),
      sincmesh(['token', nowhere]),
      sincmesh(['pipeline', 'build', '--target', 'bmv2', '--output', nowhere]),
    ]);
    for (const { status, err } of [program, topology]) {
      assert.equal(status, 1);
      assert.match(err, /^sincmesh( switch)?: cannot read \/nowhere\/at-all: there is no such file\n/);
    }
    assert.match(program?.err ?? '', /sincmesh switch --help/);
    for (const { status, err } of [token, built]) {
      assert.equal(status, 1);
      assert.equal(err, 'sincmesh: cannot write /nowhere/at-all: there is no such folder\n');
    }
  });

  it('pipeline: show as JSON', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-pipeline-'));
    const file = join(folder, 'pipeline.bin');
    assert.equal((await sincmesh(['pipeline', 'build', '--target', 'bmv2', '--output', file])).status, 0);
    const { status, out } = await sincmesh(['pipeline', 'show', file, '--json']);
    assert.equal(status, 0);
    const shown = JSON.parse(out) as { program: string; tables: { name: string; size: number }[] };
    assert.equal(shown.program, 'v1model');
    assert.ok(shown.tables.some(({ name, size }) => name === 'ingress.names.fib' && size === 16_384));
    rmSync(folder, { recursive: true });
  });

  /** What bash offers for a line, by what `sincmesh completion` says; the last word is the one that is being typed. */
  function completedBy(definitions: string, ...words: string[]): string[] {
    const script = [
      definitions,
      `COMP_WORDS=(sincmesh ${words.map((word) => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${words.length}`,
      '_sincmesh',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const { stdout, stderr, status } = spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      cwd: packagePath('p4src'),
    });
    assert.equal(status, 0, stderr);
    assert.equal(stderr, '');
    return stdout.split('\n').filter((word) => word !== '');
  }

  it('completion: bash offers commands, their words, and files', async () => {
    const { out: definitions } = await sincmesh(['completion', 'bash']);
    const completed = (...words: string[]) => completedBy(definitions, ...words);
    assert.deepEqual(completed('ser'), ['service']);
    assert.deepEqual(completed(''), [...COMMANDS.map(({ name }) => name), 'help']);
    assert.deepEqual(completed('service', 's'), ['show', 'serve', 'stop']);
    assert.deepEqual(completed('completion', ''), ['bash', 'zsh', 'fish']);
    assert.deepEqual(completed('up', 'shar'), ['shared']);
    assert.deepEqual(completed('apply', '--file', 'shar'), ['shared']);
    assert.deepEqual(completed('nothing-such', 'x'), []);
    assert.deepEqual(completed('topology', '--j'), ['--json']);
    assert.deepEqual(completed('service', 'register', '/a', '--w'), ['--weight']);
    assert.deepEqual(completed('service', '--'), ['--help']);
    assert.deepEqual(completed('switch', 'list', '--j'), ['--json']);
    assert.deepEqual(completed('up', '--etcd-u'), ['--etcd-user']);
    assert.deepEqual(completed('help', 'comp'), ['completion']);
  });

  it('completion: zsh by its bash mode, fish by its own words', async () => {
    const zsh = await sincmesh(['completion', 'zsh']);
    assert.match(zsh.out, /^autoload -U \+X bashcompinit && bashcompinit\n_sincmesh\(\) \{/);
    const { out } = await sincmesh(['completion', 'fish']);
    for (const { name } of COMMANDS) {
      assert.match(
        out,
        new RegExp(`^complete -c sincmesh -n __fish_use_subcommand -f -a ${name} -d '[^']+'$`, 'm'),
      );
    }
    assert.match(out, /__fish_seen_subcommand_from service' -f -a 'list show /);
    assert.match(
      out,
      /^complete -c sincmesh -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from register' -l weight -x -d '/m,
    );
    assert.match(out, /^complete -c sincmesh -n '__fish_seen_subcommand_from topology' -l json -d '/m);
    const { status, err } = await sincmesh(['completion', 'tcsh']);
    assert.equal(status, 2);
    assert.match(err, /bash, zsh, fish/);
  });
});
