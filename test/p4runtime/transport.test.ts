import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelCredentials, credentials, ServerCredentials, type ServiceError } from '@grpc/grpc-js';
import { CapabilitiesRequest } from 'p4runtime-js';
import { P4RuntimeClient } from 'p4runtime-js/service';
import { EmbeddedSwitch } from '../../switch/index.js';
import { P4RUNTIME_API_VERSION, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { exact, insert, Rig } from './rig.js';

/** Calls Capabilities; the version, or the status code of what went wrong. */
function capabilities(port: number, channel: ChannelCredentials): Promise<string | number> {
  const client = new P4RuntimeClient(`localhost:${port}`, channel);
  return new Promise((resolve) => {
    const deadline = { deadline: Date.now() + 30_000 };
    client.capabilities(new CapabilitiesRequest(), deadline, (error: ServiceError | null, response) => {
      client.close();
      resolve(error === null ? (response?.getP4runtimeApiVersion() ?? '') : error.code);
    });
  });
}

describe('P4Runtime over TLS', function () {
  this.timeout(60_000);
  let folder = '';
  let sw: EmbeddedSwitch;
  const file = (name: string): Buffer => readFileSync(join(folder, name));

  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-tls-'));
    const openssl = (...args: string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    };
    const request = ['req', '-newkey', 'rsa:2048', '-nodes'];
    try {
      openssl(
        ...request,
        '-x509',
        '-days',
        '2',
        '-subj',
        '/CN=Test CA',
        '-keyout',
        'ca.key',
        '-out',
        'ca.crt',
      );
    } catch {
      console.log('      skipped: there is no openssl to make certificates with');
      this.skip();
    }
    for (const name of ['server', 'client']) {
      const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
      openssl(...request, ...names, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
      openssl(
        'x509',
        '-req',
        '-days',
        '2',
        '-copy_extensions',
        'copy',
        ...ca,
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.crt`,
      );
    }
    openssl(
      ...request,
      '-x509',
      '-days',
      '2',
      '-subj',
      '/CN=stranger',
      '-keyout',
      'stranger.key',
      '-out',
      'stranger.crt',
    );
    sw = new EmbeddedSwitch({ clock: { now: () => 0 } });
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  const serve = (checkClient: boolean): ReturnType<typeof serveP4Runtime> => {
    const pair = { private_key: file('server.key'), cert_chain: file('server.crt') };
    const channel = ServerCredentials.createSsl(file('ca.crt'), [pair], checkClient);
    return serveP4Runtime({ switch: sw, deviceId: 1, address: 'localhost:0', credentials: channel });
  };

  it('serves clients that trust its certificate, and no others', async () => {
    const server = await serve(false);
    assert.equal(
      await capabilities(server.port, credentials.createSsl(file('ca.crt'))),
      P4RUNTIME_API_VERSION,
    );
    assert.equal(await capabilities(server.port, credentials.createSsl(file('stranger.crt'))), 14);
    assert.notEqual(await capabilities(server.port, credentials.createInsecure()), P4RUNTIME_API_VERSION);
    await server.close();
  });

  it('mutual TLS: serves clients with a certificate of the same authority, and no others', async () => {
    const server = await serve(true);
    const client = (name: string): ChannelCredentials =>
      credentials.createSsl(file('ca.crt'), file(`${name}.key`), file(`${name}.crt`));
    assert.equal(await capabilities(server.port, client('client')), P4RUNTIME_API_VERSION);
    assert.equal(await capabilities(server.port, client('stranger')), 14);
    assert.equal(await capabilities(server.port, credentials.createSsl(file('ca.crt'))), 14);
    await server.close();
  });
});

describe('P4Runtime with a slow controller', function () {
  this.timeout(60_000);
  it('drops and counts what a controller does not take in time, and goes on', async () => {
    const rig = await new Rig().start();
    const stream = await rig.ready();
    await rig.apply(insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('to_cpu'))));
    const { counters } = rig.server;
    const before = { ...counters };
    const packets = 9000;
    // All in one turn of the event loop: nothing leaves before the last has come.
    for (let i = 0; i < packets; i++) rig.receive(1, '00000000aa0100000000bb019999');
    const dropped = counters.streamMessagesDropped - before.streamMessagesDropped;
    const delivered = counters.packetsIn - before.packetsIn;
    assert.ok(dropped > 0 && delivered >= 8000, `${dropped} dropped, ${delivered} delivered`);
    assert.equal(dropped + delivered, packets);
    assert.equal(counters.packetsInLost - before.packetsInLost, dropped);
    for (let i = 0; i < delivered; i++) assert.ok((await stream.next()).hasPacket());
    rig.receive(1, '00000000aa0100000000bb019999');
    assert.ok((await stream.next()).hasPacket());
    await rig.stop();
  });
});
