/** Decides packet by packet; made anew for every run, since it may remember. */
type Filter = () => (packet: Uint8Array) => boolean;

/** A difference to BMv2 that is BMv2's doing. */
export interface Explained {
  readonly cause: 'stale-fields' | 'register-race' | 'index-abort' | 'assert-abort' | 'random';
  readonly reason: string;
  /** Packets that cannot bring it out. With these alone both switches must agree; that is the proof of the reason. */
  readonly harmless: Filter;
}

/** The program reads fields of a header that a packet of fewer than `bytes` bytes does not have. */
function staleFields(header: string, bytes: number): Explained {
  return {
    cause: 'stale-fields',
    reason: `reads fields of ${header}, which are invalid in packets of fewer than ${bytes} bytes: BMv2's PHV::reset keeps what an earlier packet left in them, here they are 0`,
    harmless:
      () =>
      ({ length }) =>
        length >= bytes,
  };
}

/** The program indexes a header stack beyond its end. */
function indexAbort(expression: string, inside: (packet: Uint8Array) => boolean): Explained {
  return {
    cause: 'index-abort',
    reason: `${expression} is beyond the stack in some packets: BMv2's process ends with std::out_of_range, here the read gives 0 and the write does nothing`,
    harmless: () => inside,
  };
}

function firstByteUnseen(): (packet: Uint8Array) => boolean {
  const seen = new Set<number>();
  return ([first = 0]) => {
    const fresh = !seen.has(first);
    seen.add(first);
    return fresh;
  };
}

/** Programs of the corpus and of test/programs that cannot agree with BMv2 on every packet. */
export const EXPLAINED: ReadonlyMap<string, Explained> = new Map([
  ['equality-bmv2', staleFields('h and a[0]', 15)],
  ['gauntlet_hdr_function_cast-bmv2', staleFields('eth_hdr1', 14)],
  ['header-stack-ops-bmv2', staleFields('h1', 6)],
  ['gauntlet_invalid_hdr_assign-bmv2', staleFields('h', 22)],
  ['issue2488-bmv2', staleFields('eth_hdr', 14)],
  [
    'issue1097-2-bmv2',
    {
      cause: 'register-race',
      reason:
        'ingress writes a register cell that egress of the same packet reads: in BMv2 they are different threads, so ingress of a later packet may come between; two runs of BMv2 differ',
      harmless: firstByteUnseen,
    },
  ],
  [
    'checks',
    {
      cause: 'assert-abort',
      reason: "kinds 0xee and 0xef fail an assert: BMv2's process ends, here the packet alone is dropped",
      harmless:
        () =>
        ([kind]) =>
          kind !== 0xee && kind !== 0xef,
    },
  ],
  [
    'randoms',
    {
      cause: 'random',
      reason: 'packets with a header get random numbers; two runs of BMv2 differ',
      harmless:
        () =>
        ({ length }) =>
          length < 12,
    },
  ],
  [
    'runtime-index-bmv2',
    indexAbort('hdr.pool[hdr.ml.idx]', ({ length, 14: index = 0 }) => length >= 33 && index < 3),
  ],
  [
    'runtime-index-2-bmv2',
    indexAbort(
      'hdr.vector[hdr.ml.idx1 - (hdr.ml.idx2 >> 1)]',
      ({ length, 14: first = 0, 15: second = 0 }) => length >= 24 && ((first - (second >> 1)) & 0xff) < 8,
    ),
  ],
]);
