import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { freePort } from '../../experiments/free-port.js';

/** A running simple_switch_grpc without interfaces; packets reach it by packet-out alone. */
export interface Bmv2 {
  readonly address: string;
  stop(): Promise<void>;
}

/** Why BMv2 tests cannot run here; undefined where they can. */
export function bmv2Missing(): string | undefined {
  const found = spawnSync('simple_switch_grpc', ['--version'], { timeout: 20_000 });
  return found.error === undefined ? undefined : 'simple_switch_grpc is not on the PATH';
}

/** Starts it on a port, empty; the caller's client waits until it answers. */
export async function startBmv2(port?: number): Promise<Bmv2> {
  const own = port ?? (await freePort());
  const thrift = await freePort();
  const address = `127.0.0.1:${own}`;
  const child: ChildProcess = spawn(
    'simple_switch_grpc',
    // The notification socket is named after the device id: one per port, so that several can run.
    [
      '--no-p4',
      '--device-id',
      '1',
      '--thrift-port',
      `${thrift}`,
      '--notifications-addr',
      `ipc:///tmp/bmv2-test-${own}.ipc`,
      '--log-level',
      'off',
    ].concat(['--', '--grpc-server-addr', address, '--cpu-port', '510', '--drop-port', '511']),
    { stdio: 'ignore' },
  );
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
