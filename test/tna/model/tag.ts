import type { Bits, Fields } from './p4-control.js';
import { braces, P4Control } from './p4-control.js';
import { p4Text } from './p4-text.js';

export type Target = 'tofino' | 'tofino2';

/** What a packet's tag is computed of, beside the key: words of 32 bits, the last of them with the length. */
export type Words = readonly number[];

/** The headers of p4src/tna that the words are taken from. */
export interface Signed {
  readonly dst: bigint;
  readonly src: bigint;
  readonly keyId: number;
  readonly attempt: number;
  readonly type: number;
  readonly requestId: number;
  readonly payload: number;
  readonly sequence: number;
}

const LAP = ['v0', 'v1', 'v2', 'v3', 'word', 'next', 'after'];
const META = ['word0', 'word1', 'word2', 'word3', 'word4', 'tweak_v1', 'tweak_v2'];

const word = (value: number | bigint, width = 32): Bits => ({ value: BigInt(value), width });

/** The tag as p4src/tna computes it, by passes: the text of tag.p4, laps.p4 and credentials.p4 itself, executed. */
export class TagModel {
  readonly #ingress: P4Control;
  readonly #egress: P4Control;
  readonly #credentials: P4Control;
  /** What the parser sets in each step: text of its states. */
  readonly #states = new Map<number, string>();
  readonly #isTwo: boolean;
  readonly #last: number;

  constructor(target: Target) {
    this.#isTwo = target === 'tofino2';
    const defined = {
      __TARGET_TOFINO__: this.#isTwo ? '2' : '1',
      WITH_TAG: '1',
      WITH_LAPS: '1',
      WITH_TELEMETRY: '1',
      SLOT_BITS: '10',
    };
    const tag = p4Text(['tag.p4'], defined);
    this.#ingress = new P4Control(tag, 'TagIngress');
    this.#egress = new P4Control(tag, 'TagEgress');
    this.#credentials = new P4Control(p4Text(['tag.p4', 'credentials.p4'], defined), 'Credentials');
    this.#last = Number(this.#ingress.constant('STEP_DONE'));
    const parser = p4Text(['laps.p4', 'parser.p4'], defined);
    const steps = braces(parser, parser.indexOf('select(hdr.lap.step)'));
    for (const [, step = '', state = ''] of steps.matchAll(/(\w+): (\w+);/g)) {
      if (step === 'default') continue;
      const number = /^\d/.test(step) ? Number(step) : Number(this.#ingress.constant(step));
      this.#states.set(number, braces(parser, parser.indexOf(`state ${state} {`)));
    }
  }

  /** Passes of a packet through the pipe until it is treated as any other. */
  get passes(): number {
    return 1 + this.#last;
  }

  /** Words of a packet taken in with each further pass. */
  get #perPass(): number {
    return this.#isTwo ? 5 : 3;
  }

  /** Whether a message of so many words fills the steps: those of `auth`, 21, do. */
  fits(words: number): boolean {
    return this.#isTwo ? words % 5 === 1 && words <= 21 : words % 3 === 0 && words <= 21;
  }

  /** Halves of the tag, as v1 ^ v3 has them, of a message given by its words; `fits` says of how many. */
  ofWords(key0: number, key1: number, words: Words): readonly [number, number] {
    const rounds = Math.floor(words.length / this.#perPass);
    const start = Math.floor(21 / this.#perPass) - rounds;
    return this.#run(key0, key1, words.slice(0, 3), start, (step, fields) => {
      const at = this.#perPass * (step - start) - (this.#isTwo ? 2 : 1);
      for (let n = 0; n < this.#perPass; n++) fields.set(`meta.word${n}`, word(words[at + n] ?? 0));
    });
  }

  /** The same of a packet, whose words the parser picks. */
  ofPacket(key0: number, key1: number, packet: Signed): readonly [number, number] {
    const digest = (value: bigint) => word(value, 256);
    const composed = ((packet.keyId << 16) | (packet.attempt << 8) | packet.type) >>> 0;
    const first = [224n, 192n, 160n].map((low) => Number((packet.dst >> low) & 0xffffffffn));
    return this.#run(key0, key1, first, 0, (_, fields) => {
      for (const [path, value] of [
        ['hdr.digests.dst', digest(packet.dst)],
        ['hdr.digests.src', digest(packet.src)],
        ['hdr.rest.word16', word(composed)],
        ['hdr.rest.word17', word(packet.requestId)],
        ['hdr.rest.word18', word(packet.payload)],
        ['hdr.rest.word19', word(packet.sequence)],
      ] as const) {
        fields.set(path, value);
      }
    });
  }

  /** Where halves and the 8 bytes of a header differ, as credentials.p4 finds it. */
  differences(
    [low, high]: readonly [number, number],
    tag: Uint8Array,
  ): Readonly<Record<'meta.low_differs' | 'meta.high_differs', bigint>> {
    const fields: Fields = new Map([
      ['hdr.auth.tag', word(BigInt(`0x${Buffer.from(tag).toString('hex')}`), 64)],
      ['hdr.lap.word', word(low)],
      ['hdr.lap.next', word(high)],
      ['meta.low_differs', word(0)],
      ['meta.high_differs', word(0)],
    ]);
    this.#credentials.run('compare_low', fields);
    this.#credentials.run('compare_high', fields);
    return {
      'meta.low_differs': fields.get('meta.low_differs')?.value ?? 0n,
      'meta.high_differs': fields.get('meta.high_differs')?.value ?? 0n,
    };
  }

  #run(
    key0: number,
    key1: number,
    first: Words,
    start: number,
    supply: (step: number, fields: Fields) => void,
  ): readonly [number, number] {
    const fields: Fields = new Map();
    for (const name of LAP) fields.set(`hdr.lap.${name}`, word(0));
    // Step 0: the key looked up, what the parser has seen of the names.
    const { word0 = 0, next = 0, after = 0 } = { word0: first[0], next: first[1], after: first[2] };
    for (const [name, value] of Object.entries({
      v0: key0,
      v1: key1,
      v2: key0,
      v3: key1,
      word: word0,
      next,
      after,
    }))
      fields.set(`hdr.seed.${name}`, word(value));
    this.#credentials.run('begin', fields);
    this.#credentials.run('begin_word', fields);
    for (const name of LAP) fields.set(`hdr.lap.${name}`, fields.get(`hdr.seed.${name}`) ?? word(0));
    fields.set('hdr.lap.step', word(start, 8));
    for (;;) {
      const step = Number(fields.get('hdr.lap.step')?.value);
      if (step === this.#last) break;
      for (const name of META) fields.set(`meta.${name}`, word(0));
      if (step > start) {
        // The words of a message come by `supply`, those of a packet by what it is, and the state picks them.
        supply(step, fields);
        this.#parse(step, fields);
        this.#ingress.apply(fields);
      }
      if (this.#isTwo && step === Number(this.#ingress.constant('STEP_FINISH'))) {
        fields.set('meta.tweak_v2', word(this.#ingress.constant('TAG_FINISH')));
      }
      this.#egress.apply(fields);
    }
    return [Number(fields.get('hdr.lap.word')?.value), Number(fields.get('hdr.lap.next')?.value)];
  }

  #parse(step: number, fields: Fields): void {
    const state = this.#states.get(step);
    if (state === undefined) throw new Error(`the parser has no state for step ${step}`);
    const isPacket = fields.has('hdr.digests.dst');
    for (const [, path = '', value = ''] of state.matchAll(/(meta\.(?:word|tweak)\w+) = ([^;]+);/g)) {
      if (isPacket || path.startsWith('meta.tweak')) {
        fields.set(path, word(this.#ingress.evaluate(value, fields).value));
      }
    }
  }
}
