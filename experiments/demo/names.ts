import { type Host, HostError } from '../../host/index.js';
import { parseIpv4 } from '../../wire/index.js';
import type { EmulatedFabric } from '../fabric.js';
import { percent, type Report } from '../report.js';

interface InstancePlan {
  readonly host: string;
  readonly weight: number;
}

/** Where the demo's services run, and how calls should spread. */
const SERVICES: Readonly<Record<string, readonly InstancePlan[]>> = {
  '/shop/cart': [
    { host: 'h9', weight: 3 },
    { host: 'h4', weight: 2 },
    { host: 'h10', weight: 1 },
  ],
  '/shop/catalog': [
    { host: 'h5', weight: 1 },
    { host: 'h8', weight: 1 },
  ],
  '/shop/pay': [
    { host: 'h6', weight: 3 },
    { host: 'h11', weight: 1 },
  ],
};
const CLIENTS = ['h1', 'h2', 'h3', 'h12'];
const CALLS_PER_CLIENT = 250;
/** Standard deviations a share may lie from its weight: one run in fifteen thousand would by chance. */
const SIGMAS = 4;
const LEASE_MS = 600;
const VICTIM = 'h9';

const utf8 = new TextEncoder();
const text = new TextDecoder();

async function start(fabric: EmulatedFabric): Promise<void> {
  for (const [name, instances] of Object.entries(SERVICES)) {
    for (const { host, weight } of instances) {
      const answer = ({ payload }: { readonly payload: Uint8Array }): Uint8Array =>
        utf8.encode(`${host}:${text.decode(payload)}`);
      await fabric.run(fabric.host(host).serve(name, answer, { weight, ttlMs: LEASE_MS }));
    }
  }
}

/** One call; gives the host that answered. Throws where the answer is not this call's. */
async function call(client: Host, name: string, order: string): Promise<{ host: string; attempts: number }> {
  const result = await client.call(name, utf8.encode(order), {
    deadlineUs: 5e6,
    attempts: 10,
    firstTimeoutUs: 2000,
  });
  const [host = '', ...rest] = text.decode(result.payload).split(':');
  if (rest.join(':') !== order) throw new Error(`${name} answered '${rest.join(':')}' to '${order}'`);
  return { host, attempts: result.attempts };
}

async function spread(fabric: EmulatedFabric, report: Report, name: string): Promise<void> {
  const answered = new Map<string, number>();
  const client = async (host: string): Promise<void> => {
    for (let i = 0; i < CALLS_PER_CLIENT; i++) {
      const result = await call(fabric.host(host), name, `${host} order ${i}`);
      answered.set(result.host, (answered.get(result.host) ?? 0) + 1);
    }
  };
  await fabric.run(Promise.all(CLIENTS.map(client)));
  const instances = SERVICES[name] ?? [];
  const calls = CLIENTS.length * CALLS_PER_CLIENT;
  const weights = instances.reduce((sum, { weight }) => sum + weight, 0);
  const within = instances.every(({ host, weight }) => {
    const share = weight / weights;
    const deviation = Math.abs((answered.get(host) ?? 0) / calls - share);
    return deviation <= SIGMAS * Math.sqrt((share * (1 - share)) / calls);
  });
  const shares = instances.map(({ host, weight }) => {
    return `${host} ${percent((answered.get(host) ?? 0) / calls)} (weight ${weight})`;
  });
  report.check(`${name}: ${calls} calls spread by weight`, within, shares.join(', '));
}

/** An instance dies without a word under load: its lease runs out, and calls go on to the others. */
async function death(fabric: EmulatedFabric, report: Report): Promise<void> {
  const name = '/shop/cart';
  const now = (): number => fabric.emulator.now();
  const end = now() + 2e6;
  let diedAt = Number.POSITIVE_INFINITY;
  let expiredAt = Number.POSITIVE_INFINITY;
  const victimAddress = parseIpv4(fabric.nic(VICTIM).address);
  const unsubscribe = fabric.controller.events.subscribe((event) => {
    if (event.kind !== 'registry' || event.event.kind !== 'expired') return;
    if (event.event.instance.address === victimAddress) expiredAt = now();
  });
  let answered = 0;
  let failed = 0;
  let repeated = 0;
  /** Calls that needed another try although they began when the lease had run out. */
  let late = 0;
  const client = async (host: string): Promise<void> => {
    for (let i = 0; now() < end; i++) {
      const begun = now();
      try {
        const { attempts } = await call(fabric.host(host), name, `${host} late order ${i}`);
        answered++;
        if (attempts > 1) {
          repeated++;
          if (begun > expiredAt) late++;
        }
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        failed++;
      }
      await fabric.sleep(4000);
    }
  };
  const load = Promise.all(CLIENTS.map(client));
  await fabric.run(fabric.sleep(300e3));
  fabric.kill(VICTIM);
  diedAt = now();
  await fabric.run(load);
  unsubscribe();
  report.check(
    `${VICTIM} dies under load: every call answered by the others`,
    failed === 0 && answered > 500 && repeated > 0,
    `${answered} answered, ${failed} failed, ${repeated} needed another try`,
  );
  const expiredAfterMs = (expiredAt - diedAt) / 1000;
  report.check(
    'its lease runs out',
    expiredAfterMs <= LEASE_MS,
    `${expiredAfterMs.toFixed(0)} ms after the death (leases of ${LEASE_MS} ms)`,
  );
  const what = 'calls begun after that which needed another try';
  // Where links lose frames anyway, some need one for that reason.
  if (fabric.isFaulty) report.measured(what, String(late));
  else report.check(what, late === 0, String(late));
}

/** Part 1 of the main job: services by name, spread by weight, and one that dies. */
export async function names(fabric: EmulatedFabric, report: Report): Promise<void> {
  report.section('Names');
  report.progress('seven instances of three services register, in band, with the registry');
  await start(fabric);
  const services = fabric.controller.registry.services();
  const instances = services.reduce((sum, service) => sum + service.instances.length, 0);
  report.check(
    'registered',
    services.length === 3 && instances === 7,
    `${services.length} services, ${instances} instances`,
  );
  report.progress('four clients call them by name');
  for (const name of Object.keys(SERVICES)) await spread(fabric, report, name);
  const ping = await fabric.run(fabric.host('h1').ping('/host/h12'));
  report.measured('ping /host/h12 from h1, leaf to leaf', `${ping.rttUs.toFixed(0)} us of virtual time`);
  report.progress(`the cart's heaviest instance, on ${VICTIM}, dies without a word`);
  await death(fabric, report);
}
