import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelCredentials, credentials, ServerCredentials } from '@grpc/grpc-js';
import { P4RuntimeError, SwitchClient } from '../../controller/p4runtime/index.js';
import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { workbench } from './workbench.js';

describe('SwitchClient over TLS', function () {
  this.timeout(60_000);
  let folder = '';
  let server: P4RuntimeServer | undefined;
  const file = (name: string): Buffer => readFileSync(join(folder, name));

  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-client-tls-'));
    const openssl = (line: string): void => {
      execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
    };
    const key = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
    try {
      for (const ca of ['ca', 'other']) {
        openssl(`${key} -x509 -days 2 -subj /CN=${ca} -keyout ${ca}.key -out ${ca}.crt`);
      }
    } catch {
      console.log('      skipped: there is no openssl to make certificates with');
      this.skip();
    }
    for (const [name, ca] of [
      ['server', 'ca'],
      ['controller', 'ca'],
      ['stranger', 'other'],
    ]) {
      const names = `-subj /CN=${name} -addext subjectAltName=DNS:localhost`;
      openssl(`${key} ${names} -keyout ${name}.key -out ${name}.csr`);
      openssl(
        `x509 -req -days 2 -copy_extensions copy -CA ${ca}.crt -CAkey ${ca}.key -CAcreateserial -in ${name}.csr -out ${name}.crt`,
      );
    }
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  async function serve(checkClient: boolean): Promise<string> {
    const pair = { private_key: file('server.key'), cert_chain: file('server.crt') };
    server = await serveP4Runtime({
      switch: new EmbeddedSwitch({ clock: wallClock(), cpuPort: 510 }),
      deviceId: 1,
      address: 'localhost:0',
      credentials: ServerCredentials.createSsl(file('ca.crt'), [pair], checkClient),
    });
    return `localhost:${server.port}`;
  }

  function client(address: string, channel: ChannelCredentials): SwitchClient {
    return new SwitchClient({ address, credentials: channel, rpcTimeoutMs: 20_000 });
  }

  async function works(address: string, channel: ChannelCredentials): Promise<void> {
    const one = client(address, channel);
    one.start();
    try {
      await one.whenPrimary();
      assert.equal(await one.setPipeline(workbench()), true);
    } finally {
      await one.close();
    }
  }

  async function refused(address: string, channel: ChannelCredentials): Promise<void> {
    const one = client(address, channel);
    try {
      await assert.rejects(
        one.capabilities(),
        (error) => error instanceof P4RuntimeError && error.code === 'UNAVAILABLE' && error.isConnectionLost,
      );
    } finally {
      await one.close();
    }
  }

  const signedBy = (name: string): ChannelCredentials =>
    credentials.createSsl(file('ca.crt'), file(`${name}.key`), file(`${name}.crt`));

  it('arbitrates and pushes a pipeline to a switch it trusts, and talks to no other', async () => {
    const address = await serve(false);
    await works(address, credentials.createSsl(file('ca.crt')));
    await refused(address, credentials.createSsl(file('other.crt')));
    await refused(address, credentials.createInsecure());
  });

  it('takes its certificates as PEM texts', async () => {
    const address = await serve(true);
    const pem = (name: string): string => file(name).toString();
    const tls = { ca: pem('ca.crt'), key: pem('controller.key'), cert: pem('controller.crt') };
    // The name of the certificate is not that of the address here.
    const loopback = address.replace('localhost', '127.0.0.1');
    const one = new SwitchClient({ address: loopback, tls: { ...tls, serverName: 'localhost' } });
    await one.whenPrimary();
    await one.close();
    const unnamed = new SwitchClient({ address: loopback, tls, rpcTimeoutMs: 20_000 });
    await assert.rejects(
      unnamed.capabilities(),
      (error) => error instanceof P4RuntimeError && error.code === 'UNAVAILABLE',
    );
    await unnamed.close();
  });

  it('mutual TLS: shows its certificate; without one, or with a stranger’s, it is refused', async () => {
    const address = await serve(true);
    await works(address, signedBy('controller'));
    await refused(address, signedBy('stranger'));
    await refused(address, credentials.createSsl(file('ca.crt')));
  });
});
