import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessFabric } from '../../experiments/processes/fabric.js';
import type { LoadResult } from '../../experiments/processes/load.js';

/** SINCMESH_PROCESS_KILLS=1000 for the long run. */
const KILLS = Number(process.env['SINCMESH_PROCESS_KILLS'] ?? 3);
const DEADLINE_MS = 1500;
/** What a machine with more processes at work than cores may add. */
const GRACE_MS = 5000;

const TOPOLOGY = `
fabric: { service: 10.255.255.1 }
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1 }
  - { a: leaf2:11, b: spine1:2 }
hosts:
  - { name: caller, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: near, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
  - { name: ingress, switch: leaf1, port: 3, ipv4: 10.0.1.3 }
  - { name: far, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
  - { name: egress, switch: leaf2, port: 2, ipv4: 10.0.2.2 }
`;

/** mulberry32 */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x100000000) * below);
  };
}

const pause = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));

/** A page through the gateways: its status, or 0 where the gateway itself was away and the client was told so. */
function page(port: number): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'x-request-timeout-ms': String(DEADLINE_MS) };
    const outgoing = request(
      { host: '127.0.0.1', port, path: '/page', agent: false, headers },
      (response) => {
        response.resume().once('error', () => resolve(0));
        response.once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
      },
    );
    outgoing.once('error', () => resolve(0));
    outgoing.end();
  });
}

describe('hosts, switches and gateways killed at random under load, each a process', function () {
  this.timeout(120_000 + KILLS * 20_000);

  it(`every call by name and over HTTP ends in time, answered or with a typed error (${KILLS} kills)`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-kills-'));
    const file = join(folder, 'topology.yaml');
    writeFileSync(file, TOPOLOGY);
    const origin = createServer((_request, response) => response.end(Buffer.alloc(20_000)));
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`;
    let fabric: ProcessFabric | undefined;
    try {
      fabric = await ProcessFabric.start(file);
      await underKills(fabric, target);
    } finally {
      await fabric?.close();
      origin.closeAllConnections();
      origin.close();
      rmSync(folder, { recursive: true });
    }
  });
});

async function underKills(fabric: ProcessFabric, target: string): Promise<void> {
  const random = dice(1);
  const started: Record<string, () => Promise<void>> = {
    near: async () =>
      void (await (await fabric.host('near')).ask('serve', { service: '/shop/till', ttl_ms: 1000 })),
    far: async () =>
      void (await (await fabric.host('far')).ask('serve', { service: '/shop/till', ttl_ms: 1000 })),
    egress: async () =>
      void (await (await fabric.host('egress')).ask('gateway_serve', { service: '/web', target })),
    ingress: async () => {
      port = Number(await (await fabric.host('ingress')).ask('gateway_route', { service: '/web' }));
    },
  };
  let port = 0;
  await Promise.all(Object.values(started).map((start) => start()));
  await fabric.controller.ask('settled');

  const caller = await fabric.host('caller');
  await caller.ask('load', { service: '/shop/till', deadline_ms: DEADLINE_MS });
  let surfing = true;
  const statuses = new Map<number, number>();
  let slowestMs = 0;
  const surfers = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (surfing) {
        const begun = performance.now();
        const status = await page(port);
        slowestMs = Math.max(slowestMs, performance.now() - begun);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        await pause(50);
      }
    }),
  );

  const switches = [...fabric.topology.switches.keys()];
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(random(300));
    const kinds = [['near', 'far'], switches, ['ingress', 'egress']] as const;
    const kind = kinds[kill % kinds.length] ?? switches;
    const victim = kind[random(kind.length)] ?? '';
    const again = started[victim];
    if (again === undefined) {
      await fabric.restartSwitch(victim);
      await fabric.controller.ask('settled');
    } else {
      await fabric.killHost(victim);
      await pause(random(500));
      await again();
    }
  }
  surfing = false;
  const ends = (await caller.ask('stop_load')) as LoadResult;
  await surfers;

  const said = `${JSON.stringify(ends)}, HTTP ${JSON.stringify([...statuses])}, slowest ${Math.round(slowestMs)} ms`;
  if (process.env['SINCMESH_PROCESS_KILLS'] !== undefined) console.log(said);
  assert.equal(ends.unfinished, 0, said);
  assert.equal(ends.untyped, 0, said);
  assert.equal(ends.late, 0, said);
  assert.ok(ends.answered > 0, said);
  // Few kills hit no call: other instances answer meanwhile.
  assert.ok(KILLS < 30 || Object.keys(ends.errors).length > 0, `nothing was hit: ${said}`);
  for (const status of statuses.keys()) assert.ok([0, 200, 502, 503, 504].includes(status), said);
  assert.ok((statuses.get(200) ?? 0) > 0 && statuses.size > 1, `nothing was hit: ${said}`);
  assert.ok(slowestMs < DEADLINE_MS + GRACE_MS, said);
  // What was killed is back.
  const after = (await caller.ask('call', { service: '/shop/till', count: 20 })) as { wrong: number };
  assert.equal(after.wrong, 0);
  assert.equal(await page(port), 200);
}
