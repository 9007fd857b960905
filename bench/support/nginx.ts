import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../experiments/free-port.js';

/** Whether nginx is installed. */
export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0;
}

async function reachable(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** nginx as `hops` reverse proxies one behind the other on loopback, connections kept, one worker each. */
export async function startNginx(
  target: number,
  hops: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sincmesh-nginx-'));
  const ports = await Promise.all(Array.from({ length: hops }, freePort));
  const children = await Promise.all(
    ports.map(async (port, i) => {
      const file = join(folder, `${i}.conf`);
      await writeFile(
        file,
        `daemon off; worker_processes 1; pid ${folder}/${i}.pid; error_log stderr;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/${i}.body; proxy_temp_path ${folder}/${i}.proxy;
  fastcgi_temp_path ${folder}/${i}.f; uwsgi_temp_path ${folder}/${i}.u; scgi_temp_path ${folder}/${i}.s;
  keepalive_requests 1000000;
  upstream next { server 127.0.0.1:${ports[i + 1] ?? target}; keepalive 256; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://next; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`,
      );
      return spawn('nginx', ['-c', file, '-e', 'stderr'], { stdio: 'ignore' });
    }),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
    await rm(folder, { recursive: true, force: true });
  };
  for (const port of ports) {
    for (let tries = 0; !(await reachable(port)); tries++) {
      if (tries > 100) {
        await stop();
        throw new Error('nginx does not listen');
      }
      await sleep(20);
    }
  }
  return { port: ports[0] ?? 0, stop };
}
