import type { Writable } from 'node:stream';

/** Waits for room in a stream's buffer, or its end. */
export function drained(
  stream: Pick<Writable, 'destroyed' | 'writableNeedDrain' | 'on' | 'off'>,
): Promise<void> {
  if (stream.destroyed || !stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      stream.off('drain', settle);
      stream.off('close', settle);
      resolve();
    };
    stream.on('drain', settle);
    stream.on('close', settle);
  });
}
