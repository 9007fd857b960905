import { spawnSync } from 'node:child_process';

/** Commands that make a veth pair vleft-vright, as far as a namespace just made has come. */
const FURNISH = [
  'ip link set lo up',
  'ip link add vleft type veth peer name vright',
  'for i in vleft vright; do sysctl -q -w net.ipv6.conf.$i.disable_ipv6=1 2>/dev/null; ip link set $i up; done',
].join('; ');

/** Why network namespaces cannot be used here, undefined where they can. */
export function namespacesMissing(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are Linux only';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const made = spawnSync('unshare', ['-n', 'sh', '-c', FURNISH]);
  return made.status === 0 ? undefined : `no veth pair in a namespace: ${made.error ?? made.stderr}`;
}

/** What a script prints, as JSON, in a network namespace of its own with the pair vleft-vright in it. */
export function inNamespace(script: string, args: readonly string[] = []): unknown {
  const command = `${FURNISH}; exec "$@"`;
  const child = spawnSync('unshare', ['-n', 'sh', '-c', command, 'sh', process.execPath, script, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (child.status !== 0) throw new Error(`${script}: status ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout);
}
