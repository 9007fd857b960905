import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodePcap, encodePcap, PcapError } from '../../switch/ports/pcap.js';

describe('pcap files', () => {
  const captured = fc.record({
    timeUs: fc.integer({ min: 0, max: 4e15 }),
    frame: fc.uint8Array({ maxLength: 200 }),
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(captured), (frames) => {
        const read = decodePcap(encodePcap(frames));
        assert.equal(read.length, frames.length);
        for (const [index, { timeUs, frame }] of read.entries()) {
          assert.equal(timeUs, frames[index]?.timeUs);
          assert.deepEqual(Buffer.from(frame), Buffer.from(frames[index]?.frame ?? []));
        }
      }),
    );
  });

  it('are read in the other byte order and in nanoseconds', () => {
    const file = Buffer.alloc(24 + 16 + 2);
    file.writeUInt32BE(0xa1b23c4d, 0);
    file.writeUInt32BE(3, 24);
    file.writeUInt32BE(5000, 28);
    file.writeUInt32BE(2, 32);
    file.writeUInt32BE(2, 36);
    file.set([0xab, 0xcd], 40);
    const [first] = decodePcap(file);
    assert.equal(first?.timeUs, 3000005);
    assert.deepEqual([...(first?.frame ?? [])], [0xab, 0xcd]);
  });

  it('that are damaged give a PcapError that says where', () => {
    const good = encodePcap([{ timeUs: 1, frame: new Uint8Array(10) }]);
    assert.throws(() => decodePcap(good.subarray(0, 10)), { code: 'PCAP', message: /cut short/ });
    assert.throws(() => decodePcap(good.subarray(0, 30)), { code: 'PCAP', offset: 24 });
    assert.throws(() => decodePcap(good.subarray(0, 45)), { code: 'PCAP', offset: 40 });
    assert.throws(() => decodePcap(Buffer.alloc(24)), PcapError);
  });
});
