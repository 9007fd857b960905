import {
  KV_BLOCK_BYTES,
  KV_CACHED,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_LARGE,
  KV_PUT_REPLY,
  KV_STAMPED,
  KvStatus,
  type NamedPacket,
  PacketType,
} from '../../../wire/index.js';
import { Pass, RegisterArray } from './registers.js';

/** An entry of table keys. */
export interface CacheEntry {
  readonly index: number;
  readonly generation: number;
}

/** What the cache looks at of a packet. */
export interface KvPacket {
  readonly type: NamedPacket['type'];
  readonly op: number;
  readonly flags: number;
  readonly status: number;
  readonly generation: number;
  readonly version: number;
  readonly valueLength: number;
  /** Hashes a and b of the name of the service: a request's destination, a reply's source. */
  readonly name: readonly [number, number];
  /** Of blocks, whole ones. */
  readonly value: Uint8Array;
}

/** What becomes of it: goes on as it is, stamped, or is answered here. */
export type CacheOutcome =
  | { readonly what: 'on' | 'stamped' }
  | { readonly what: 'answered'; readonly version: number; readonly value: Uint8Array };

type Kind = 'none' | 'get' | 'ask' | 'write' | 'unkept' | 'value' | 'stamped';

const ENTRIES = 4096;
const WORDS = 16;
const MOST_BLOCKS = 4;

/** p4src/tna/cache.p4, register by register, for a packet whose key is in table keys and which goes on. */
export class CacheModel {
  readonly #names = ['a', 'b'].map((x) => new RegisterArray(`entry_name_${x}`, ENTRIES, 2));
  readonly #version = new RegisterArray('entry_version', ENTRIES, 2);
  readonly #valid = new RegisterArray('entry_valid', ENTRIES, 2);
  readonly #length = new RegisterArray('entry_length', ENTRIES);
  readonly #words = Array.from({ length: WORDS }, (_, n) => new RegisterArray(`word${n}`, ENTRIES));

  /**
   * Whether a packet is what the two programs differ in: a reply to what the entry stamped, older than what it has
   * learned from others, names the entry.
   */
  isNamedTooEarly({ index, generation }: CacheEntry, packet: KvPacket): boolean {
    const [versionOf, version = 0] = this.#version.peek(index);
    const [namedOf] = this.#names[0]?.peek(index) ?? [];
    const isOwn = kindOf(packet) === 'stamped' && packet.generation === generation;
    return isOwn && namedOf !== generation && versionOf === generation && packet.version < version;
  }

  pass(entry: CacheEntry, packet: KvPacket): CacheOutcome {
    const pass = new Pass();
    const { index, generation } = entry;
    const kind = kindOf(packet);
    const learns = kind === 'unkept' || kind === 'value' || kind === 'stamped';
    const claims = kind === 'stamped' && packet.generation === generation;
    const program = claims ? 'claim' : learns ? 'admit' : 'compare';
    const named = this.#names.map((array, x) =>
      array.execute(pass, index, program, (words, alu) => {
        const isOther = alu.test(words[0] !== generation);
        const isSame = alu.test(words[1] === packet.name[x]);
        if (program === 'compare') return !isOther && isSame ? 1 : 0;
        if (!isOther && !isSame) return 0;
        if (program === 'admit') return 1;
        words[0] = generation;
        words[1] = packet.name[x] ?? 0;
        return 1;
      }),
    );
    let version = 0;
    let accepted = 0;
    if (learns) {
      // Without its own name the version is not asked.
      if (named[1] === 0) return { what: 'on' };
      accepted = this.#version.execute(pass, index, 'learn', (words, alu) => {
        const isOther = alu.test(words[0] !== generation);
        const isNoNewer = alu.test((words[1] ?? 0) <= packet.version);
        if (!isOther && !isNoNewer) return 0;
        words[0] = generation;
        words[1] = packet.version;
        return 1;
      });
    } else {
      version = this.#version.execute(pass, index, 'open', (words, alu) => {
        if (alu.test(words[0] !== generation)) {
          words[0] = generation;
          words[1] = 0;
        }
        return words[1];
      });
    }

    const valid = this.#turn(pass, entry, packet, kind, accepted);
    if (kind === 'get' && valid === 1 && named[0] === 1 && named[1] === 1) {
      return this.#give(pass, index, version);
    }
    if (kind === 'get' || kind === 'ask' || kind === 'write') return { what: 'stamped' };
    if ((kind === 'value' || kind === 'stamped') && accepted === 1 && valid === 1) {
      this.#keep(pass, index, packet);
    }
    return { what: 'on' };
  }

  /** Table turns, and register entry_valid. */
  #turn(
    pass: Pass,
    { index, generation }: CacheEntry,
    packet: KvPacket,
    kind: Kind,
    accepted: number,
  ): number {
    const put = (name: string, valid: 0 | 1) =>
      this.#valid.execute(pass, index, name, (words) => {
        words[0] = generation;
        words[1] = valid;
        return valid;
      });
    if (kind === 'write' || (kind === 'unkept' && accepted === 1)) return put('clear', 0);
    if (kind === 'stamped' && accepted === 1 && packet.generation === generation) return put('set', 1);
    return this.#valid.execute(pass, index, 'peek', (words, alu) => {
      if (alu.test(words[0] !== generation)) {
        words[0] = generation;
        words[1] = 0;
      }
      return words[1];
    });
  }

  #keep(pass: Pass, index: number, { value, valueLength }: KvPacket): void {
    const bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
    this.#length.execute(pass, index, 'write_length', (words) => {
      words[0] = valueLength;
      return undefined;
    });
    this.#words.forEach((word, n) => {
      word.execute(pass, index, `write${n}`, (words) => {
        // A block that the packet does not have: nothing reads it.
        words[0] = 4 * n < value.length ? bytes.getUint32(4 * n) : 0xdeadbeef;
        return undefined;
      });
    });
  }

  #give(pass: Pass, index: number, version: number): CacheOutcome {
    const length = this.#length.execute(pass, index, 'read_length', (words) => words[0]);
    const value = new Uint8Array(4 * WORDS);
    const bytes = new DataView(value.buffer);
    this.#words.forEach((word, n) => {
      bytes.setUint32(
        4 * n,
        word.execute(pass, index, `read${n}`, (words) => words[0]),
      );
    });
    return { what: 'answered', version, value: value.slice(0, length) };
  }
}

/** Table kinds. */
function kindOf({ type, op, flags, status, valueLength, value }: KvPacket): Kind {
  const blocks = value.length / KV_BLOCK_BYTES;
  if (type === PacketType.SERVICE_REQUEST) {
    if (op !== KV_GET) return 'write';
    return blocks === 0 ? 'get' : 'ask';
  }
  if (type !== PacketType.SERVICE_DATA || (flags & KV_CACHED) !== 0) return 'none';
  if (op === KV_DELETE_REPLY) return 'unkept';
  if (op !== KV_GET_REPLY && op !== KV_PUT_REPLY) return 'none';
  const fits = blocks <= MOST_BLOCKS && Math.ceil(valueLength / KV_BLOCK_BYTES) === blocks;
  if ((flags & KV_LARGE) !== 0 || status !== KvStatus.OK || !fits) return 'unkept';
  return (flags & KV_STAMPED) !== 0 ? 'stamped' : 'value';
}
