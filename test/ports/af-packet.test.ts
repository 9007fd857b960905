import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { AfPacketPort } from '../../switch/ports/index.js';
import { inNamespace, namespacesMissing } from './veth.js';

describe('AF_PACKET ports', function () {
  this.timeout(30_000);

  it('carry frames over a veth pair whole, in order, with tags and checksums complete', function () {
    const missing = namespacesMissing();
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    assert.deepEqual(inNamespace(fileURLToPath(new URL('./inside-veth.js', import.meta.url))), {
      inOrder: true,
      ownCopies: 0,
      tagKept: true,
      afterTooLong: 1,
      udpChecksumHolds: true,
      sent: 302,
      tooLong: 1,
      dropped: 0,
      afterClose: 1,
    });
  });

  it('say what is wrong where there is no such interface', async function () {
    if (process.platform !== 'linux') this.skip();
    await assert.rejects(
      new AfPacketPort('nosuch0').open(() => undefined),
      { code: 'NO_INTERFACE', device: 'nosuch0', message: /ip link lists/ },
    );
  });
});
