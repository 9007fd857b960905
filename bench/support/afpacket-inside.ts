/**
 * Runs in a network namespace of its own, for bench/afpacket.ts: four veth pairs, a switch process at their far ends,
 * a sender and counters at the near ones. Prints the packets per second that came through, as JSON.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { packagePath } from '../../experiments/package-path.js';
import { AfPacketPort } from '../../switch/ports/index.js';
import { CPU_PORT, namedRequests, PORTS, programLeaf } from './leaf.js';

const GRPC = 50_051;
const SERVICES = 100;
const PAYLOAD = 32;
const BATCH = 32;
/** Packets that may be under way at once; the best of them counts. */
const WINDOWS = [64, 256, 1024];
const WARM_UP_MS = 1000;
const MEASURE_MS = 2500;
/** After so long without a packet coming out, those under way count as lost. */
const LOST_MS = 30;

const [IN = 1, ...OUT] = PORTS;
const hosts = new Set(OUT.map((port) => `h${port}`));

function command(target: string): [string, string[]] {
  const ports = PORTS.flatMap((port) => ['-i', `${port}@s${port}`]);
  const general = ['--no-p4', '--device-id', '1', ...ports];
  const own = ['--', '--grpc-server-addr', `127.0.0.1:${GRPC}`, '--cpu-port', String(CPU_PORT)];
  return target === 'bmv2'
    ? ['simple_switch_grpc', [...general, ...own]]
    : [process.execPath, [packagePath('dist/cli/main.js'), 'switch', ...general, ...own]];
}

/** Packets that arrived at the hosts behind the switch. */
function arrived(): number {
  let sum = 0;
  for (const line of readFileSync('/proc/net/dev', 'utf8').split('\n')) {
    const [name = '', , packets] = line.trim().split(/[:\s]+/);
    if (hosts.has(name)) sum += Number(packets);
  }
  return sum;
}

async function serving(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(GRPC, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error('the switch does not serve P4Runtime');
}

/** Keeps `window` packets under way for `ms`; returns packets per second that came through. */
async function closedLoop(port: AfPacketPort, frames: readonly Uint8Array[], window: number, ms: number) {
  const begun = performance.now();
  const first = arrived();
  let sent = 0;
  let lost = 0;
  let last = 0;
  let progress = begun;
  for (;;) {
    const now = performance.now();
    const through = arrived() - first;
    if (now - begun >= ms) return { rate: (through * 1000) / (now - begun), lost: lost / Math.max(1, sent) };
    if (through > last) [last, progress] = [through, now];
    else if (now - progress > LOST_MS) {
      lost = sent - through;
      progress = now;
    }
    if (sent - through - lost + BATCH <= window) {
      for (let i = 0; i < BATCH; i++) port.transmit(frames[sent++ % frames.length] as Uint8Array);
      port.flush();
    } else await turn();
  }
}

async function measure(target: string) {
  for (const port of PORTS) {
    const setUp = [
      `ip link add h${port} type veth peer name s${port}`,
      ...[`h${port}`, `s${port}`].map(
        (name) => `sysctl -q -w net.ipv6.conf.${name}.disable_ipv6=1 2>/dev/null; ip link set ${name} up`,
      ),
    ];
    const made = spawnSync('sh', ['-c', `ip link set lo up; ${setUp.join('; ')}`], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
  }
  const [program, args] = command(target);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const port = new AfPacketPort(`h${IN}`);
  try {
    await serving();
    const controller = await programLeaf(`127.0.0.1:${GRPC}`, 1n, SERVICES);
    await port.open(() => undefined);
    const frames = namedRequests(4096, SERVICES, PAYLOAD);
    let best = { rate: 0, lost: 0, window: 0 };
    for (const window of WINDOWS) {
      await closedLoop(port, frames, window, WARM_UP_MS);
      const result = await closedLoop(port, frames, window, MEASURE_MS);
      if (result.rate > best.rate) best = { ...result, window };
    }
    await controller.close();
    return best;
  } finally {
    await port.close();
    child.kill('SIGTERM');
  }
}

process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? 'embedded')));
