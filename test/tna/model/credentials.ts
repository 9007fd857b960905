import { type NamedPacket, namedLength, toHex } from '../../../wire/index.js';
import { braces, type Fields, P4Control } from './p4-control.js';
import { p4Text } from './p4-text.js';
import { Pass, RegisterArray } from './registers.js';
import { isOlder } from './serial.js';
import { TagModel, type Target } from './tag.js';

/** An entry of table credentials. */
export interface CredentialEntry {
  readonly keyId: number;
  /** Of the source's digest, as the entry has it. */
  readonly prefix: { readonly value: bigint; readonly prefixLength: number };
  readonly key0: number;
  readonly key1: number;
  readonly slot: number;
  readonly generation: number;
}

/** What the tables of admission hold for a packet. */
export interface AdmissionTables {
  readonly isEdge: boolean;
  readonly grant: 'granted' | 'granted_with_tag' | 'not_granted';
  readonly credentials: readonly CredentialEntry[];
}

/** Enumeration Denial; `forwarded` = none. */
export type Admitted =
  | 'forwarded'
  | 'not-granted'
  | 'untagged'
  | 'unknown-credential'
  | 'forged'
  | 'replayed';

const DENIALS: Readonly<Record<string, Admitted>> = {
  UNKNOWN_CREDENTIAL: 'unknown-credential',
  FORGED: 'forged',
};
const CELLS = { tofino: 65_536, tofino2: 32_768 } as const;
const UDP_BYTES = 8;
const DIGEST_BITS = 256;

interface Case {
  readonly values: readonly string[];
  readonly action: string;
  readonly argument: string;
}

/** p4src/tna/credentials.p4: all passes of a packet, with its table of cases as the text has it. */
export class CredentialsModel {
  readonly #tag: TagModel;
  readonly #control: P4Control;
  readonly #parser: string;
  readonly #keys: readonly string[];
  readonly #cases: readonly Case[];
  readonly #newest: RegisterArray;
  readonly #slots: number;

  constructor(target: Target) {
    const defined = {
      ...{ __TARGET_TOFINO__: target === 'tofino2' ? '2' : '1', SLOT_BITS: '10' },
      ...{ WITH_TAG: '1', WITH_LAPS: '1', WITH_TELEMETRY: '1' },
    };
    const text = p4Text(['tag.p4', 'credentials.p4'], defined);
    this.#tag = new TagModel(target);
    this.#control = new P4Control(text, 'Credentials');
    this.#parser = p4Text(['laps.p4', 'parser.p4'], defined);
    const cases = braces(text, text.indexOf('table cases'));
    this.#keys = [...cases.matchAll(/(\S+): ternary;/g)].map(([, key = '']) => key);
    this.#cases = [...cases.matchAll(/\(([^()]*)\): (\w+)\((?:Denial\.)?(\w*)\);/g)].map(
      ([, values = '', action = '', argument = '']) => ({
        ...{ values: values.split(',').map((value) => value.trim()), action, argument },
      }),
    );
    this.#newest = new RegisterArray('newest', CELLS[target], 2);
    this.#slots = CELLS[target] / 64;
  }

  /** Further passes a packet takes whose tag is verified. */
  get passes(): number {
    return this.#tag.passes;
  }

  /** Cases that there are; each is to be met by a test. */
  get cases(): number {
    return this.#cases.length;
  }

  /** What becomes of a packet, and which of the cases it was in each of its passes but those by way. */
  admit(
    tables: AdmissionTables,
    packet: NamedPacket,
  ): { readonly what: Admitted; readonly met: readonly number[] } {
    const { auth } = packet;
    const grant: Admitted =
      !tables.isEdge || tables.grant === 'granted'
        ? 'forwarded'
        : tables.grant === 'not_granted'
          ? 'not-granted'
          : 'untagged';
    if (auth === undefined) return { what: grant, met: [] };
    const credential = this.#find(tables.credentials, auth.keyId, packet.src);
    const payload = this.#measure(packet);
    const seen = {
      'meta.edge': tables.isEdge ? 1n : 0n,
      'hdr.auth.isValid()': 1n,
      'meta.known': credential === undefined ? 0n : 1n,
      'meta.measured': payload === undefined ? 0n : 1n,
      'hdr.auth.sequence[31:30]': BigInt(auth.sequence >>> 30),
    };
    const first = this.#case({
      ...seen,
      'hdr.lap.isValid()': 0n,
      'meta.low_differs': 0n,
      'meta.high_differs': 0n,
    });
    if (first.action === 'leave') return { what: 'forwarded', met: [first.at] };
    if (first.action === 'refuse') return { what: denial(first), met: [first.at] };
    if (credential === undefined || payload === undefined)
      throw new Error('set out without credential or length');
    const halves = this.#tag.ofPacket(credential.key0, credential.key1, {
      ...{ dst: BigInt(`0x${toHex(packet.dst)}`), src: BigInt(`0x${toHex(packet.src)}`), keyId: auth.keyId },
      ...{ attempt: packet.attempt, type: packet.type, requestId: packet.requestId, payload },
      sequence: auth.sequence,
    });
    const last = this.#case({
      ...{ ...seen, 'hdr.lap.isValid()': 1n, 'meta.known': 0n },
      ...this.#tag.differences(halves, auth.tag),
    });
    const met = [first.at, last.at];
    if (last.action === 'refuse') return { what: denial(last), met };
    const fresh = this.#pass(last.action, credential, auth.sequence);
    return { what: fresh ? 'forwarded' : 'replayed', met };
  }

  #pass(action: string, { slot, generation }: CredentialEntry, sequence: number): boolean {
    const older = isOlder(sequence);
    if (action !== `admit${older.suffix}`) throw new Error(`${action} is not for ${sequence}`);
    const index = (slot % this.#slots) * 64 + (sequence & 63);
    const fresh = this.#newest.execute(new Pass(), index, `pass${older.suffix}`, (words, alu) => {
      const isOther = alu.test(words[0] !== generation);
      const isNewer = alu.test(older.than(words[1] ?? 0));
      if (!isOther && !isNewer) return 0;
      words[0] = generation;
      words[1] = sequence;
      return 1;
    });
    return fresh === 1;
  }

  /** Bytes behind the text block, as the parser and three actions find them; undefined where the parser cannot. */
  #measure(packet: NamedPacket): number | undefined {
    const hops = packet.telemetry?.hops.length ?? 0;
    const blocks = Math.ceil((packet.kv?.value.length ?? 0) / 16);
    const state =
      packet.telemetry === undefined
        ? packet.kv === undefined
          ? 'signed_bare'
          : 'signed_kv'
        : packet.kv === undefined
          ? 'signed_telemetry'
          : (['signed_kv_next', 'signed_kv_behind'][hops] ?? 'signed_telemetry_kv');
    const body = braces(this.#parser, this.#parser.indexOf(`state ${state} {`));
    if (!body.includes('meta.measured = 1')) return undefined;
    // Those behind telemetry are told there how long the headers are.
    const told = /overhead = ([^;]+);/.exec(
      body.includes('overhead')
        ? body
        : braces(this.#parser, this.#parser.indexOf('state signed_telemetry_kv {')),
    );
    const overhead = (told?.[1] ?? '')
      .split(' + ')
      .map((name) => Number(new RegExp(`const bit<16> ${name} = (\\d+);`).exec(this.#parser)?.[1]))
      .reduce((sum, bytes) => sum + bytes, 0);
    const fields: Fields = new Map(
      (
        [
          ['hdr.udp.length', UDP_BYTES + namedLength(packet), 16],
          ['hdr.name.text_length', packet.text.length, 16],
          ['meta.overhead', overhead, 16],
          ['meta.hops', body.includes('hops') || packet.telemetry !== undefined ? hops : 0, 8],
          ['meta.blocks', body.includes('lookahead') ? blocks : 0, 8],
          ...['payload', 'hop_bytes', 'block_bytes'].map((name) => [`meta.${name}`, 0, 16] as const),
        ] as const
      ).map(([path, value, width]) => [path, { value: BigInt(value), width }]),
    );
    for (const action of ['measure', 'measure_headers', 'measure_records']) this.#control.run(action, fields);
    return Number(fields.get('meta.payload')?.value);
  }

  #find(entries: readonly CredentialEntry[], keyId: number, src: Uint8Array): CredentialEntry | undefined {
    const digest = BigInt(`0x${toHex(src)}`);
    return entries
      .filter(({ prefix, ...entry }) => {
        const shift = BigInt(DIGEST_BITS - prefix.prefixLength);
        return entry.keyId === keyId && digest >> shift === prefix.value >> shift;
      })
      .sort((a, b) => b.prefix.prefixLength - a.prefix.prefixLength)[0];
  }

  #case(fields: Readonly<Record<string, bigint>>): Case & { readonly at: number } {
    const at = this.#cases.findIndex(({ values }) =>
      values.every((value, n) => {
        const field = fields[this.#keys[n] ?? ''];
        if (field === undefined) throw new Error(`nobody has said what ${this.#keys[n]} is`);
        if (value === '_') return true;
        if (value === 'true' || value === 'false') return field === (value === 'true' ? 1n : 0n);
        return field === (/^\d/.test(value) ? BigInt(value) : this.#control.constant(value));
      }),
    );
    const found = this.#cases[at];
    return found === undefined ? { values: [], action: 'leave', argument: '', at } : { ...found, at };
  }
}

function denial({ argument }: Case): Admitted {
  const what = DENIALS[argument];
  if (what === undefined) throw new Error(`nobody has foreseen Denial.${argument}`);
  return what;
}
