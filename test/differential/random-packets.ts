import type { Random } from '../../emulator/random.js';

/** Longest packet sent; longer ones would only be slower. */
const LONGEST = 400;

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}

function mutate(random: Random, packet: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const copy = packet.slice();
  const at = random.below(Math.max(1, copy.length));
  switch (random.below(7)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    case 1:
      copy[at] = random.below(256);
      return copy;
    case 2:
      return copy.subarray(0, at);
    case 3:
      return Uint8Array.from([...copy, ...noise(random, random.below(40))]);
    case 4: {
      const other = others[random.below(others.length)] ?? copy;
      return Uint8Array.from([...copy.subarray(0, at), ...other.subarray(Math.min(at, other.length))]);
    }
    case 5:
      copy.fill(random.below(2) === 0 ? 0 : 255, at, at + 1 + random.below(8));
      return copy;
    default:
      return copy;
  }
}

/** `count` packets: mutations of `seeds` for the most part, and noise; never empty. */
export function randomPackets(random: Random, seeds: readonly Uint8Array[], count: number): Uint8Array[] {
  return Array.from({ length: count }, () => {
    let packet = seeds[random.below(Math.max(1, seeds.length))];
    if (packet === undefined || random.below(10) === 0) packet = noise(random, 1 + random.below(200));
    for (let i = random.below(4); i > 0; i--) packet = mutate(random, packet, seeds);
    return packet.length === 0 ? noise(random, 1) : packet.subarray(0, LONGEST);
  });
}
