import assert from 'node:assert/strict';
import { Client, credentials, Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';
import { Status } from 'p4runtime-js';
import { P4RuntimeError } from '../../switch/p4runtime/error.js';
import { batchFailure, rpcFailure } from '../../switch/p4runtime/failure.js';

/** SETTINGS_MAX_HEADER_LIST_SIZE of Node, and the longest header nghttp2 takes, as it is on the wire. */
const MOST = 65_535;
const PATH = '/p4.v1.P4Runtime/Write';
const asIs = (bytes: Buffer): Buffer => bytes;

/** Characters whose base64 is mostly '+', for which Huffman's code has 11 bits: nothing makes it shorter. */
const WORST = '\uff83';

/** Lengths a header list is counted by (RFC 9113 section 6.5.2), nothing compressed. */
function listSize({ details, metadata }: ReturnType<typeof batchFailure>): number {
  const binary = metadata?.get('grpc-status-details-bin')[0];
  const base64 = binary === undefined ? 0 : Math.ceil(binary.length / 3) * 4;
  const message = encodeURIComponent(details ?? '').length;
  return (
    ['grpc-status-details-bin', 'grpc-message', 'grpc-status', '16'].join('').length + base64 + message + 96
  );
}

describe('trailers of refusals', () => {
  for (const [what, message] of [
    ['long', 'x'.repeat(500)],
    ['longer than all trailers', 'x'.repeat(70_000)],
    ['of characters that nothing makes shorter', WORST.repeat(200)],
    ['of characters of two halves', '😀'.repeat(300)],
  ] as const) {
    it(`fit what Node's clients take, with messages ${what}`, async () => {
      const server = new Server();
      const failure = (count: number) =>
        batchFailure(Array.from({ length: count }, () => new P4RuntimeError('INVALID_ARGUMENT', message)));
      const path = { path: PATH, requestStream: false, responseStream: false } as const;
      const codecs = {
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      };
      server.addService(
        { Write: { ...path, ...codecs } },
        {
          Write: (call: { request: Buffer }, answer: (error: object) => void) =>
            answer(failure(call.request.readUInt32BE())),
        },
      );
      const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
          error === null ? resolve(bound) : reject(error),
        );
      });
      const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
      try {
        for (const count of [1, 90, 500, 1500]) {
          assert.ok(listSize(failure(count)) <= MOST, `${count}: ${listSize(failure(count))}`);
          const request = Buffer.alloc(4);
          request.writeUInt32BE(count);
          const deadline = Date.now() + 20_000;
          const error = await new Promise<ServiceError | null>((resolve) => {
            client.makeUnaryRequest(PATH, asIs, asIs, request, { deadline }, (failed) => resolve(failed));
          });
          assert.equal(error?.code, 2, error?.details);
          const details = error?.metadata.get('grpc-status-details-bin')[0];
          assert.ok(details instanceof Buffer);
          const listed = Status.deserializeBinary(new Uint8Array(details)).getDetailsList().length;
          assert.ok(listed >= Math.min(count, 1000), `${listed}`);
        }
      } finally {
        client.close();
        server.forceShutdown();
      }
    });
  }

  it('are short where a request is refused as a whole', () => {
    const { details = '' } = rpcFailure(new P4RuntimeError('INVALID_ARGUMENT', WORST.repeat(50_000)));
    assert.ok(encodeURIComponent(details).length < MOST / 2);
    assert.ok(details.length > 100);
    // Half of a pair is no text, and could not be sent.
    assert.doesNotThrow(() =>
      encodeURIComponent(rpcFailure(new P4RuntimeError('INTERNAL', `x${'😀'.repeat(5000)}`)).details ?? ''),
    );
  });
});
