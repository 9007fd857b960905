import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownLoopback } from '../../experiments/own-loopback.js';
import { Host, NodeEnvironment } from '../../host/index.js';

/** The port a server listens on, once it does. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Two hosts on the machine's own UDP sockets, `net` keeps them apart from others of this process; each one's service address is the other, so no router is needed. */
export function socketPair(net: number): { client: Host; server: Host; close(): void } {
  const [near, far] = [ownLoopback(net, 3), ownLoopback(net, 2)];
  const open = (address: string, serviceAddress: string, name: string) =>
    new Host(new NodeEnvironment({ address }), { name, serviceAddress });
  const client = open(near, far, '/hosts/client');
  const server = open(far, near, '/hosts/server');
  const close = () => {
    client.close();
    server.close();
  };
  return { client, server, close };
}

/** A certificate for 127.0.0.1 and localhost that vouches for itself, and its key; undefined where there is no openssl. */
export function selfSigned(): { readonly cert: string; readonly key: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'sincmesh-gateway-'));
  try {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ]);
    if (made.status !== 0) return undefined;
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
