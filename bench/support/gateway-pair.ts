import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../experiments/free-port.js';
import { ownLoopback } from '../../experiments/own-loopback.js';
import { packagePath } from '../../experiments/package-path.js';

/** A process of `sincmesh gateway`, ready. @throws Error where it ends before */
export async function startGateway(args: readonly string[]): Promise<ChildProcess> {
  const command = [...process.execArgv, packagePath('dist/cli/main.js'), 'gateway', ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'gateway: ready') continue;
    child.stdout.resume();
    return child;
  }
  throw new Error(`gateway ${args.join(' ')}: ended`);
}

/** A pair of gateway processes. */
export interface GatewayPair {
  readonly port: number;
  readonly addresses: { readonly near: string; readonly far: string };
  /** The one at the client's side, and the one at the server's. */
  readonly near: ChildProcess;
  readonly far: ChildProcess;
  stop(): Promise<void>;
}

/** Two gateways as processes of their own, over UDP sockets on loopback with no switch in between; HTTP is taken on `port`. */
export async function startGatewayPair(target: number, extra: readonly string[] = []): Promise<GatewayPair> {
  const [near, far] = [ownLoopback(8, 2), ownLoopback(8, 3)];
  const port = await freePort();
  const common = ['--unregistered', '--cache-mb', '0', ...extra];
  const children = await Promise.all([
    startGateway([
      ...['--address', far, '--service-address', near, '--name', '/h/far'],
      ...['--serve', `/web/app=http://127.0.0.1:${target}`],
      ...common,
    ]),
    startGateway([
      ...['--address', near, '--service-address', far, '--name', '/h/near'],
      ...['--route', '/app=/web/app', '--listen', `127.0.0.1:${port}`],
      ...common,
    ]),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
  };
  const [atServer, atClient] = children;
  return { port, addresses: { near, far }, near: atClient, far: atServer, stop };
}
