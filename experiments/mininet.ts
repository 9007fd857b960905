import { spawn, spawnSync } from 'node:child_process';
import { packagePath } from './package-path.js';

/** Debian's own Python: another one on the PATH does not see Debian's packages. */
export const PYTHON = '/usr/bin/python3';

/** Why Mininet cannot run here; undefined where it can. */
export function mininetMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  if (spawnSync('unshare', ['-n', 'true']).status !== 0) return 'may not make network namespaces';
  if (spawnSync(PYTHON, ['-c', 'import mininet.net']).status !== 0)
    return 'Mininet is not installed (apt-get install mininet)';
  for (const tool of ['ping', 'iperf', 'ethtool']) {
    if (spawnSync('which', [tool]).status !== 0) return `${tool} is not on the PATH`;
  }
  return undefined;
}

/** Why the embedded switch cannot take Linux interfaces as ports here; undefined where it can. */
export function interfacesMissing(): string | undefined {
  return spawnSync(process.execPath, ['-e', 'require("koffi")']).status === 0 ? undefined : 'no koffi';
}

export interface MininetRun {
  readonly status: number | null;
  readonly stdout: string;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs mininet/run.py with these arguments. */
export function runMininet(args: readonly string[]): Promise<MininetRun> {
  return runIsolated(PYTHON, [packagePath('mininet/run.py'), ...args]);
}

/** Runs Mininet's own command, `mn`, with these arguments. */
export function runMn(args: readonly string[]): Promise<MininetRun> {
  return runIsolated('mn', args);
}

/**
 * Runs a command in network, process and mount namespaces of its own: its switches' names and ports meet nobody else's, and
 * what `mn` ends and deletes after an error (every process called controller or ping, /tmp/*.log) is its own. /sys is mounted
 * again because it shows the network namespace it was mounted in, and BMv2 reads there which of its ports are up: without its
 * interfaces it would take every watch port for dead.
 */
export function runIsolated(command: string, args: readonly string[]): Promise<MininetRun> {
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const inside = 'ip link set lo up && mount -t sysfs sysfs /sys && mount -t tmpfs tmpfs /tmp && exec "$@"';
  return new Promise((resolve, reject) => {
    const child = spawn('unshare', [...namespaces, 'sh', '-c', inside, 'sh', command, ...args]);
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, output }));
  });
}
