import type { Bench, Result } from './bench.js';
import { against, alone } from './bench.js';
import { smallFabric } from './support/small-fabric.js';

const MIB = 1 << 20;
const MESSAGES = 10;
const CALLS = 1000;
const CALL_BYTES = 1024;

function payloadOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
}

interface Transfer {
  /** Virtual microseconds of each message. */
  readonly times: readonly number[];
  /** Bytes the caller's cable carried, frames included, for each byte of message. */
  readonly overhead: number;
}

/** Messages of 1 MiB, one after another, over a path of three switches where the caller's cable loses this share, percent. */
async function transfer(seed: number, loss: number): Promise<Transfer> {
  const fabric = await smallFabric(seed, loss);
  try {
    await fabric.run(fabric.host('h3').serve('/sink', ({ payload }) => Uint8Array.of(payload.length >> 20)));
    const payload = payloadOf(MIB);
    const times: number[] = [];
    const before = fabric.sentBy('h1');
    for (let i = 0; i < MESSAGES; i++) {
      const begun = fabric.now();
      const call = fabric.host('h1').call('/sink', payload, { deadlineUs: 20_000_000, attempts: 20 });
      const { payload: answer } = await fabric.run(call);
      if (answer[0] !== 1) throw new Error('the message did not come whole');
      times.push(fabric.now() - begun);
    }
    return { times, overhead: (fabric.sentBy('h1') - before) / (MESSAGES * MIB) };
  } finally {
    await fabric.close();
  }
}

/** Time of each of CALLS calls begun at once, sorted. */
async function crowd(bytes: number, loss: number): Promise<readonly number[]> {
  const fabric = await smallFabric(3, loss);
  try {
    await fabric.run(fabric.host('h3').serve('/echo', ({ payload }) => payload));
    const payload = payloadOf(bytes);
    const begun = fabric.now();
    const calls = Array.from({ length: CALLS }, async () => {
      await fabric.host('h1').call('/echo', payload, { deadlineUs: 30_000_000, attempts: 20 });
      return fabric.now() - begun;
    });
    return (await fabric.run(Promise.all(calls))).sort((a, b) => a - b);
  } finally {
    await fabric.close();
  }
}

const goodput = (times: readonly number[]): number =>
  (times.length * MIB * 8) / times.reduce((sum, time) => sum + time, 0);

export const transportBench: Bench = {
  name: 'transport',
  summary:
    'messages of 1 MiB through loss, and a thousand calls at once, in virtual time over embedded switches',
  async run(note): Promise<readonly Result[]> {
    note('virtual time; hosts on links of 1 Gb/s, two leaves and a spine between them');
    const results: Result[] = [];
    const calm = await transfer(1, 0);
    results.push(
      alone('1 MiB, goodput without loss', goodput(calm.times), 'Mb/s'),
      alone('1 MiB, bytes sent per byte without loss', calm.overhead, 'x'),
    );
    for (const percent of [1, 5]) {
      const lossy = await transfer(2, percent);
      const peer = '1.5 x the message';
      results.push(
        against(
          `1 MiB, goodput at ${percent} % loss`,
          goodput(lossy.times),
          'Mb/s',
          'without loss',
          goodput(calm.times),
        ),
        against(`1 MiB, bytes sent per byte at ${percent} % loss`, lossy.overhead, 'x', peer, 1.5, 'less'),
      );
    }
    for (const [bytes, loss] of [
      [CALL_BYTES, 0],
      [CALL_BYTES, 1],
      [16 * CALL_BYTES, 0],
      [16 * CALL_BYTES, 1],
    ] as const) {
      const times = await crowd(bytes, loss);
      const name = `${CALLS} calls of ${bytes / 1024} KiB at once, ${loss} % loss`;
      const [median = 0, last = 0] = [times[CALLS >> 1], times[CALLS - 1]];
      results.push(
        alone(`${name}: median`, median / 1000, 'ms'),
        alone(`${name}: slowest`, last / 1000, 'ms'),
      );
    }
    return results;
  },
};
