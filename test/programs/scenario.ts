import assert from 'node:assert/strict';
import type { Entity } from '../../controller/p4runtime/index.js';
import { bmv2Missing } from '../../experiments/bmv2.js';
import { packagePath } from '../../experiments/package-path.js';
import type { EmbeddedSwitch } from '../../switch/index.js';
import { type Run, type Seen, throughBmv2, throughEmbedded } from '../differential/both.js';
import { readPipeline } from '../differential/compare.js';

export const PROGRAMS = packagePath('test/programs/fixtures');

/** Fields of lab_t (include/lab.p4), all 0 where left out, and what follows it in hexadecimal. */
export interface LabFields {
  readonly kind?: number;
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly d?: number;
  readonly rest?: string;
}

const LAB_BYTES = 12;

export function lab({ kind = 0, a = 0, b = 0, c = 0, d = 0, rest = '' }: LabFields): Uint8Array {
  const header = Buffer.alloc(LAB_BYTES);
  header.writeUInt8(kind, 0);
  header.writeUInt8(a, 1);
  header.writeUInt16BE(b, 2);
  header.writeUInt32BE(c, 4);
  header.writeUInt32BE(d, 8);
  return Uint8Array.from([...header, ...Buffer.from(rest, 'hex')]);
}

export function unlab(hex: string): Required<LabFields> {
  const bytes = Buffer.from(hex, 'hex');
  assert.ok(bytes.length >= LAB_BYTES, `${hex} is no lab header`);
  return {
    kind: bytes.readUInt8(0),
    a: bytes.readUInt8(1),
    b: bytes.readUInt16BE(2),
    c: bytes.readUInt32BE(4),
    d: bytes.readUInt32BE(8),
    rest: bytes.subarray(LAB_BYTES).toString('hex'),
  };
}

/** Frames of one port, taken apart. */
export function labs(seen: Seen, port: number): Required<LabFields>[] {
  return (seen.outputs.get(port) ?? []).map(unlab);
}

export function counts(seen: Seen): number[] {
  return [...seen.outputs.values()].map((frames) => frames.length);
}

/** An entry of a table with one action. */
export function entry(
  table: string,
  match: NonNullable<Extract<Entity, { kind: 'table-entry' }>['match']>,
  name: string,
  params: Record<string, bigint | number> = {},
  more: { readonly priority?: number; readonly idleTimeoutNs?: number } = {},
): Entity {
  return { kind: 'table-entry', table, match, action: { kind: 'action', name, params }, ...more };
}

export interface Scenario extends Omit<Run, 'pipeline' | 'arrivals'> {
  readonly program: string;
  readonly packets: readonly Uint8Array[];
  /** Ports the packets come in by, in turn; 0 where left out. */
  readonly ports?: readonly number[];
  readonly onDevice?: (device: EmbeddedSwitch) => void;
  /** What must hold of what a switch did, whichever it is. */
  readonly check: (seen: Seen) => void;
  /** Why BMv2 cannot do this, or not twice alike. */
  readonly withoutBmv2?: string;
}

/** Everything two switches must agree on: not times, nor the numbers of digest lists. */
function comparable({ outputs, read, digests, idle }: Seen): unknown {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
  return {
    outputs: Object.fromEntries(outputs),
    read: read.map(text).sort(),
    digests: digests
      .flatMap(({ digest, samples }) => samples.map((sample) => `${digest} ${text(sample)}`))
      .sort(),
    idle,
  };
}

/** Runs on BMv2 that are under way while one is looked at: each mostly waits, for BMv2 to begin to read and to be silent. */
const AHEAD = 4;

/** The runs on BMv2 in the order of their tests; the result of each is asked for once. */
const runs: (() => Promise<Seen>)[] = [];
const started = new Map<number, Promise<Seen>>();

function onBmv2(number: number): Promise<Seen> {
  for (const [index, start] of runs.slice(number, number + AHEAD).entries()) {
    if (started.has(number + index)) continue;
    const run = start();
    // Its own test hears of a failure; until then it is nobody's.
    run.catch(() => undefined);
    started.set(number + index, run);
  }
  const mine = started.get(number);
  assert.ok(mine !== undefined);
  return mine;
}

/** A test on the embedded switch, and one that BMv2 does the same, where it is there. */
export function scenario(title: string, scenario: Scenario): void {
  const { program, packets, ports = [0], onDevice, check, withoutBmv2 } = scenario;
  const run = (): Run => ({
    ...scenario,
    pipeline: readPipeline(PROGRAMS, program),
    arrivals: packets.map((packet, index) => ({ port: ports[index % ports.length] ?? 0, packet })),
  });
  it(title, async () => {
    const seen = await throughEmbedded(run(), onDevice);
    assert.equal(seen.taken.size, scenario.entities.length, 'an entry was refused');
    check(seen);
  });
  const missing = withoutBmv2 ?? bmv2Missing();
  if (missing !== undefined) it(`${title}: as BMv2 (not run: ${missing})`);
  else {
    const number = runs.push(() => throughBmv2(run())) - 1;
    it(`${title}: as BMv2`, async function () {
      this.timeout(60_000);
      const theirs = await onBmv2(number);
      assert.equal(theirs.taken.size, scenario.entities.length, 'BMv2 refused an entry');
      check(theirs);
      assert.deepEqual(comparable(await throughEmbedded(run())), comparable(theirs));
    });
  }
}
