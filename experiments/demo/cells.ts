import { CellClient, CellServer, Lock, Sequencer } from '../../host/index.js';
import type { EmulatedFabric } from '../fabric.js';
import type { Report } from '../report.js';

const HOSTS = ['h1', 'h2', 'h3', 'h5', 'h6', 'h8', 'h4', 'h10'];
const HOME = 'h12';
const NUMBERS_PER_HOST = 150;
const ACQUISITIONS_PER_HOST = 25;
const LOCK_CELL = 1;
const SESSION_CELL = 2;

/** Part 4 of the main job: a sequencer and a lock on fetch-and-add and compare-and-swap, on links that lose and repeat. */
export async function cells(fabric: EmulatedFabric, report: Report): Promise<void> {
  report.section('Sequencer and lock');
  const group = await fabric.controller.groups.createCells({ hosts: HOSTS, cells: 16, destination: HOME });
  await fabric.settle();
  // What no switch computes reaches the home host; it must stay idle while the switch does the work.
  const fallback = new CellServer(fabric.host(HOME).sinc, { group: group.id, sources: HOSTS.length });
  const clients = group.sources.map(({ host, source }) => {
    return new CellClient(fabric.host(host).sinc, {
      group: group.id,
      source,
      sources: HOSTS.length,
      destination: fabric.nic(HOME).address,
      maxRetries: 30,
    });
  });
  report.progress(
    `${HOSTS.length} hosts draw numbers at the same time, 1 % of frames lost, 1 % doubled, 5 % held back`,
  );
  fabric.disturb({ loss: 0.01, duplicate: 0.01, reorder: 0.05 });
  const drawn: number[] = [];
  const begun = fabric.emulator.now();
  await fabric.run(
    Promise.all(
      clients.map(async (client) => {
        const sequencer = new Sequencer(client, 0);
        let last = -1;
        for (let i = 0; i < NUMBERS_PER_HOST; i++) {
          const number = await sequencer.next();
          if (number <= last) throw new Error(`a host drew ${number} after ${last}`);
          last = number;
          drawn.push(number);
        }
      }),
    ),
  );
  const tookUs = fabric.emulator.now() - begun;
  const total = HOSTS.length * NUMBERS_PER_HOST;
  const distinct = new Set(drawn).size;
  report.check(
    `${total} numbers drawn: no gap, no duplicate`,
    drawn.length === total &&
      distinct === total &&
      Math.min(...drawn) === 0 &&
      Math.max(...drawn) === total - 1,
    `${distinct} different, 0 to ${Math.max(...drawn)}, ${(tookUs / total).toFixed(1)} us of virtual time each`,
  );
  const retransmitted = clients.reduce((sum, client) => sum + client.counters.retransmitted, 0);
  report.measured('requests repeated because a frame was lost', String(retransmitted));

  report.progress('the same hosts contend for one lock');
  let holders = 0;
  let most = 0;
  const tokens: bigint[] = [];
  let contended = 0;
  await fabric.run(
    Promise.all(
      clients.map(async (client) => {
        const lock = new Lock(client, { cell: LOCK_CELL, sessionCell: SESSION_CELL });
        for (let i = 0; i < ACQUISITIONS_PER_HOST; i++) {
          await lock.withLock(
            async ({ token }) => {
              holders++;
              most = Math.max(most, holders);
              tokens.push(token);
              await fabric.sleep(50);
              holders--;
            },
            { deadlineUs: 60e6 },
          );
        }
        contended += lock.contended;
      }),
    ),
  );
  const acquired = HOSTS.length * ACQUISITIONS_PER_HOST;
  report.check(
    `lock taken ${acquired} times: never two holders`,
    most === 1 && tokens.length === acquired && contended > 0,
    `at most ${most} holder at once, ${contended} tries found it taken`,
  );
  report.check(
    'fencing tokens rise with every acquisition',
    tokens.every((token, i) => i === 0 || token > (tokens[i - 1] ?? 0n)),
    `${tokens.length} tokens, each higher than the one before`,
  );
  report.check(
    'every operation was executed by a switch',
    fallback.counters.executed === 0,
    `${fallback.counters.executed} executed by the fallback host`,
  );
  fabric.disturb({});
  for (const client of clients) client.close();
  fallback.close();
  await fabric.controller.groups.delete(group.id);
}
