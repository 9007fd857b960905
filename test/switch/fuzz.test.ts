import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../emulator/random.js';
import { packagePath } from '../../experiments/package-path.js';
import { EmbeddedSwitch, loadProgram } from '../../switch/index.js';
import { SwitchError } from '../../switch/runtime/index.js';
import { SpecError } from '../../switch/spec/error.js';
import { parseStf } from '../conformance/stf.js';
import { randomPackets } from '../differential/random-packets.js';

/** Packets over all programs together; SINCMESH_FUZZ_PACKETS=10000000 is the long run. */
const PACKETS = Number(process.env['SINCMESH_FUZZ_PACKETS'] ?? 100_000);
/** Mutated programs; SINCMESH_FUZZ_PROGRAMS for more. */
const MUTATIONS = Number(process.env['SINCMESH_FUZZ_PROGRAMS'] ?? 1000);
/** Different packets of a program; they come again and again. */
const DIFFERENT = 2000;

interface Program {
  readonly name: string;
  readonly json: string;
  readonly packets: readonly Uint8Array[];
}

function programs(): Program[] {
  return ['../shared/conformance/v1model', 'test/programs/fixtures']
    .map(packagePath)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.stf'))
        .map((file) => {
          const name = file.slice(0, -'.stf'.length);
          const commands = parseStf(readFileSync(join(folder, file), 'utf8'));
          return {
            name,
            json: readFileSync(join(folder, `${name}.json`), 'utf8'),
            packets: commands.flatMap((command) => (command.verb === 'packet' ? [command.bytes] : [])),
          };
        }),
    );
}

/** Every value of a JSON document that can be changed, with what holds it. */
function places(value: unknown, found: { holder: object; key: string }[] = []) {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      found.push({ holder: value, key });
      places(inner, found);
    }
  return found;
}

const NONSENSE: readonly unknown[] = [null, -1, 1e9, 0.5, '', 'nonsense', '0x', [], {}, [[]], true];

describe('bad input to the switch', function () {
  this.timeout(0);

  it(`${PACKETS} random packets: none ends the switch, none leaves anything behind`, () => {
    const all = programs();
    const each = Math.ceil(PACKETS / all.length);
    for (const { name, json, packets } of all) {
      const random = new Random(7);
      const frames = randomPackets(random, packets, Math.min(each, DIFFERENT));
      let now = 0;
      let out: string[] = [];
      let keep = false;
      const make = (): EmbeddedSwitch => {
        const device = new EmbeddedSwitch({ clock: { now: () => now } });
        device.load(loadProgram(JSON.parse(json)));
        for (let port = 0; port < 512; port++)
          device.attach(port, {
            transmit: (frame) => {
              if (keep) out.push(`${port} ${Buffer.from(frame).toString('hex')}`);
            },
          });
        return device;
      };
      const used = make();
      for (let i = 0; i < each; i++) {
        now++;
        const frame = frames[i % frames.length];
        if (frame !== undefined) used.receive(i % 8, frame);
      }
      assert.equal(used.stats.received, each, name);
      // What keeps state on purpose, or draws lots, differs from a fresh switch.
      if (/"(register_write|execute_meter|modify_field_rng_uniform|_global_timestamp)"/.test(json)) continue;
      const fresh = make();
      keep = true;
      for (const frame of frames.slice(0, 20)) {
        now = 5;
        out = [];
        used.receive(1, frame);
        const afterMany = out;
        out = [];
        fresh.receive(1, frame);
        assert.deepEqual(afterMany, out, `${name}: a packet after many others is not treated as the first`);
      }
    }
  });

  it(`${MUTATIONS} mutated programs: they load, or are refused with SpecError or SwitchError`, () => {
    const all = programs();
    const random = new Random(11);
    for (let i = 0; i < MUTATIONS; i++) {
      const program = all[random.below(all.length)];
      if (program === undefined) continue;
      const document: unknown = JSON.parse(program.json);
      const spots = places(document);
      const spot = spots[random.below(spots.length)];
      if (spot === undefined) continue;
      const other = spots[random.below(spots.length)];
      const value =
        random.below(2) === 0
          ? NONSENSE[random.below(NONSENSE.length)]
          : structuredClone(other && Reflect.get(other.holder, other.key));
      if (random.below(4) === 0) Reflect.deleteProperty(spot.holder, spot.key);
      else Reflect.set(spot.holder, spot.key, value);
      const mutated: unknown = JSON.parse(JSON.stringify(document));
      try {
        const device = new EmbeddedSwitch({ clock: { now: () => 0 } });
        device.load(loadProgram(mutated));
        for (const packet of program.packets.slice(0, 3)) device.receive(0, packet);
      } catch (error) {
        assert.ok(
          error instanceof SpecError || error instanceof SwitchError,
          `${program.name}, ${spot.key} = ${JSON.stringify(value)?.slice(0, 200)}: ${error instanceof Error ? error.stack : error}`,
        );
      }
    }
  });
});
