/** Whether a stored SeqNum is older than a packet's, as one comparison of a stateful ALU has it. */
export interface Older {
  /** Of the program's name. */
  readonly suffix: '' | '_around';
  than(stored: number): boolean;
}

/**
 * Which of two comparisons a packet's SeqNum asks for: in the middle two quarters of all numbers as they are, near 0 and
 * 2^32 as signed ones, which do not go round there. Right for distances below 2^30.
 */
export function isOlder(seq: number): Older {
  const quarter = seq >>> 30;
  return quarter === 1 || quarter === 2
    ? { suffix: '', than: (stored) => stored < seq }
    : { suffix: '_around', than: (stored) => (stored | 0) < (seq | 0) };
}
