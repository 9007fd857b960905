import assert from 'node:assert/strict';
import fc from 'fast-check';
import { remove, type Update } from '../../controller/p4runtime/index.js';
import {
  authKeyWords,
  decodeNamed,
  decodeUdpFrame,
  FLAG_RESOLVED,
  NackReason,
  type NamedPacket,
  PacketType,
  signNamed,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { embedded } from '../program/embedded-lab.js';
import { named, namedFrame } from '../program/frames.js';
import { counted, entry, type Lab, type PortFrame } from '../program/lab.js';
import { nameIs, serve, underlay } from '../program/network.js';
import { type Admitted, type CredentialEntry, CredentialsModel } from './model/credentials.js';
import { TARGETS } from './p4info.js';

/*
 * Credentials in the Tofino program, as its own text executed pass by pass and a model of its register, against the v1model
 * program: the same packets, signed rightly and wrongly, repeated and out of order, the same refusals and the same counts of
 * them. Kept out of the sequences: sequence numbers more than 2^30 apart within one generation of a credential. What may
 * differ is foreseen: a tag behind which the parser does not find the blocks counts as wrong.
 */
const RUNS = Math.ceil(Number(process.env['SINCMESH_TNA_RUNS'] ?? 100) / 6);
/** These come to every case of the tables, on either target. */
const SEED = 1;
const FIXED_RUNS = 12;
const ADMISSION = 'ingress.admission';
const EDGE = 1;
const SERVER = 2;
const INSIDE = 3;
const OTHER = 4;
const DENIALS: Readonly<Record<Exclude<Admitted, 'forwarded'>, number>> = {
  'not-granted': 1,
  untagged: 2,
  'unknown-credential': 3,
  forged: 4,
  replayed: 5,
};
const KEYS = [0x11, 0x77].map((seed) => Uint8Array.from({ length: 8 }, (_, n) => seed * (n + 3)));
/** Of the credentials: each key holds for the first, the second for all. */
const SOURCES = ['/client/away', '/client/other/deep', '/client/a', '/client/strict', '/anybody'];
const GRANTS = { '/client/a': 'granted', '/client/strict': 'granted_with_tag' } as const;

interface Sent {
  readonly source: number;
  readonly isEdge: boolean;
  readonly isRequest: boolean;
  /** Undefined = without `auth`. */
  readonly key: number | undefined;
  readonly isKnown: boolean;
  /** Undefined = as signed. */
  readonly forge: 'tag' | 'payload' | 'request' | 'attempt' | undefined;
  readonly offset: number;
  readonly hops: number | undefined;
  readonly blocks: number | undefined;
  readonly payload: number;
  readonly requestId: number;
}

const packets: fc.Arbitrary<Sent> = fc.record({
  source: fc.oneof({ weight: 4, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(SOURCES.length - 1) }),
  isEdge: fc.nat(9).map((n) => n > 0),
  isRequest: fc.nat(3).map((n) => n > 0),
  key: fc.nat(9).map((n) => (n === 0 ? undefined : n % 2)),
  isKnown: fc.nat(11).map((n) => n > 0),
  forge: fc
    .nat(7)
    .chain((n) => (n > 0 ? fc.constant(undefined) : fc.constantFrom('tag', 'payload', 'request', 'attempt'))),
  offset: fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(200) }),
  hops: fc.nat(6).map((n) => (n > 3 ? undefined : n)),
  blocks: fc.nat(12).map((n) => (n > 8 ? undefined : n)),
  payload: fc.nat(40),
  requestId: fc.nat(0xffff),
});
/** Where numbers begin, in turn: near the ends of what an ALU compares, too. */
const STARTS = [0, 2 ** 30 - 3, 2 ** 31 - 3, 3 * 2 ** 30 - 3, 2 ** 32 - 64];
const sequences = fc.array(
  fc.oneof({ weight: 12, arbitrary: packets }, { weight: 1, arbitrary: fc.record({ renew: fc.nat(1) }) }),
  { minLength: 10, maxLength: 40 },
);

for (const target of TARGETS) {
  describe(`Credentials of the program for ${target}, as a model, and those of the v1model program`, function () {
    this.timeout(240_000);
    const model = new CredentialsModel(target);
    let lab: Lab;
    let held: CredentialEntry[] = [];
    let generation = 0;
    let runs = 0;
    const met = new Set<number>();

    before(async () => {
      lab = await embedded.start();
      await underlay(lab);
      await serve(lab, '/shop', { at: SERVER, as: 20 });
      await lab.client.write([
        entry(`${ADMISSION}.ports`, { ingress_port: EDGE }, `${ADMISSION}.edge`, {}),
        ...Object.entries(GRANTS).map(([name, action]) =>
          entry(`${ADMISSION}.grants`, { ingress_port: EDGE, ...nameIs(name) }, `${ADMISSION}.${action}`, {}),
        ),
      ]);
    });
    after(() => lab.close());

    /** Another generation each time, as the controller has it. */
    const issue = (key: number): CredentialEntry[] => {
      generation = (generation % 255) + 1;
      const { key0, key1 } = authKeyWords(KEYS[key] ?? assert.fail());
      return SOURCES.slice(0, 1 + key).map((name) => ({
        ...{ keyId: 40 + key, key0, key1, slot: 300 + key, generation },
        prefix: prefixOf(name),
      }));
    };
    const table = `${ADMISSION}.credentials`;
    const matchOf = ({ keyId, prefix }: CredentialEntry) => ({ key_id: keyId, name: prefix });
    const install = (one: CredentialEntry): Update => {
      const { key0, key1, slot } = one;
      return entry(table, matchOf(one), `${ADMISSION}.credential`, {
        key0,
        key1,
        slot,
        generation: one.generation,
      });
    };
    const revoke = (one: CredentialEntry): Update =>
      remove({ kind: 'table-entry', table, match: matchOf(one) });

    it('admit and refuse alike, for the same reasons', async () => {
      const reached = new Map<Admitted, number>();
      const alike = fc.asyncProperty(sequences, async (steps) => {
        const from = STARTS[runs % STARTS.length] ?? 0;
        runs += 1;
        held = [...issue(0), ...issue(1)];
        await lab.client.write(held.map(install));
        const expected = new Map<Admitted, number>();
        const before = await denials(lab);
        try {
          for (const [at, step] of steps.entries()) {
            if ('renew' in step) {
              await lab.client.write(held.map(revoke));
              held = [...held.filter(({ keyId }) => keyId !== 40 + step.renew), ...issue(step.renew)];
              await lab.client.write(held.map(install));
              continue;
            }
            const packet = packetOf(step, from);
            const source = SOURCES[step.source] ?? '';
            const grant = Object.entries(GRANTS).find(([name]) => name === source)?.[1] ?? 'not_granted';
            const tables = { isEdge: step.isEdge, grant, credentials: held } as const;
            const admitted = model.admit(tables, packet);
            for (const one of admitted.met) met.add(one);
            const where = `step ${at}: ${JSON.stringify(step)}`;
            const ends = step.isEdge ? EDGE : INSIDE;
            const isOutOfSight =
              step.isEdge && packet.auth !== undefined && packet.kv !== undefined && (step.hops ?? 0) > 1;
            if (isOutOfSight) {
              assert(['forged', 'unknown-credential'].includes(admitted.what), where);
              continue;
            }
            expected.set(admitted.what, (expected.get(admitted.what) ?? 0) + 1);
            const out = await lab.send(ends, frameOf(step, packet, ends));
            assert.equal(outcomeOf(out, ends), wayOf(admitted.what, step), where);
          }
        } finally {
          await lab.client.write(held.map(revoke));
        }
        const after = await denials(lab);
        for (const [what, index] of Object.entries(DENIALS)) {
          const grown = (after[index] ?? 0) - (before[index] ?? 0);
          assert.equal(grown, expected.get(what as Admitted) ?? 0, what);
        }
        for (const [what, count] of expected) reached.set(what, (reached.get(what) ?? 0) + count);
      });
      // The first runs are the same every time: it comes to every case there is.
      await fc.assert(alike, { numRuns: FIXED_RUNS, seed: SEED });
      await fc.assert(alike, { numRuns: RUNS });
      for (const what of ['forwarded', ...Object.keys(DENIALS)] as Admitted[]) {
        assert((reached.get(what) ?? 0) > 0, `${what} never`);
      }
    });

    it('have met every case that the table knows', () => {
      for (let one = 0; one < model.cases; one++) assert(met.has(one), `case ${one}`);
    });
  });
}

const prefixOf = (name: string) => {
  const { value, prefixLength } = nameIs(name).name;
  return { value: BigInt(value), prefixLength };
};

function packetOf(step: Sent, from: number): NamedPacket {
  const value = new Uint8Array(16 * (step.blocks ?? 0)).fill(7);
  const hop = { switchId: 1, ingressPort: 2, egressPort: 3, queueDepth: 0, ingressTime: 5, egressTime: 6 };
  const source = SOURCES[step.source] ?? '';
  const packet = named(step.isRequest ? '/shop' : '/client/x', source, {
    ...(!step.isRequest && { type: PacketType.SERVICE_DATA, flags: FLAG_RESOLVED }),
    requestId: step.requestId,
    payload: new Uint8Array(step.payload),
    ...(step.hops !== undefined && { telemetry: { hops: Array(step.hops).fill(hop), dropped: 0 } }),
    ...(step.blocks !== undefined && {
      kv: {
        ...{ op: step.isRequest ? 2 : 4, flags: 0, status: 0, generation: 0, version: 0 },
        ...{ key: new Uint8Array(16).fill(9), valueLength: value.length, value },
      },
    }),
  });
  if (step.key === undefined) return packet;
  const sequence = (from + step.offset) >>> 0;
  const signed = signNamed(
    KEYS[step.key] ?? assert.fail(),
    step.isKnown ? 40 + step.key : 99,
    packet,
    sequence,
  );
  if (step.forge === 'tag') {
    const { auth } = signed;
    assert(auth !== undefined);
    return {
      ...signed,
      auth: { ...auth, tag: auth.tag.map((byte, n) => (n === step.offset % 8 ? byte ^ 0x40 : byte)) },
    };
  }
  if (step.forge === 'payload') return { ...signed, payload: new Uint8Array(step.payload + 1) };
  if (step.forge === 'request') return { ...signed, requestId: step.requestId ^ 0x8000 };
  return step.forge === 'attempt' ? { ...signed, attempt: 1 } : signed;
}

function frameOf(step: Sent, packet: NamedPacket, from: number): Uint8Array {
  return step.isRequest
    ? namedFrame({ from, to: OTHER }, packet)
    : namedFrame({ from, to: SERVER, srcPort: UDP_PORT_NAMED, dstPort: 40_000 }, packet);
}

function outcomeOf(out: readonly PortFrame[], from: number): 'on' | 'nack' | 'gone' {
  const [first, ...more] = out;
  assert.deepEqual(more, []);
  if (first === undefined) return 'gone';
  if (first.port === SERVER) return 'on';
  assert.equal(first.port, from);
  const { type, reason } = decodeNamed(decodeUdpFrame(first.bytes).payload);
  assert.deepEqual([type, reason], [PacketType.NACK, NackReason.DENIED]);
  return 'nack';
}

function wayOf(what: Admitted, { isRequest }: Sent): 'on' | 'nack' | 'gone' {
  if (what === 'forwarded') return 'on';
  return isRequest && what !== 'replayed' ? 'nack' : 'gone';
}

async function denials(lab: Lab): Promise<number[]> {
  const counts: number[] = [];
  for (let n = 0; n < 6; n++) counts.push(await counted(lab, `${ADMISSION}.denials`, n));
  return counts;
}
