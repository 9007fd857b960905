import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SwitchClient } from '../../controller/p4runtime/index.js';
import { EmbeddedSwitch } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { FLAG_RESOLVED, NackReason, PacketType, UDP_PORT_NAMED } from '../../wire/index.js';
import { address, checkedNamed, mac, named, namedFrame, routerMac } from '../program/frames.js';
import { choice, entry, prefix, sincmeshPipeline } from '../program/lab.js';
import { nameIs } from '../program/network.js';
import { type BreakerLimits, BreakerModel } from './model/breaker.js';

/*
 * Circuit breakers of the Tofino program, as a model of their registers, against the v1model program, whose time stands still
 * but where a sequence moves it: the same requests pass. What differs, and is kept out:
 *   units of time                   one of the model is one of v1model's; rest and steps are multiples of 64
 *   a response to an open breaker   closes it here: none comes
 *   another generation              leaves what was outstanding in the window before: each instance has one generation
 *   a trial where there is no room  is refused here: sequences have one limit or the other
 */
const RUNS = Number(process.env['SINCMESH_TNA_RUNS'] ?? 100);
const CLIENT = 1;
const SERVER = 2;
const WINDOW = 12;
const REST = 3 * 2 ** WINDOW;

type Event =
  | { readonly kind: 'request' }
  /** Of those that passed and are not answered, the one at `of` modulo their number. */
  | { readonly kind: 'success' | 'failure' | 'refusal' | 'part'; readonly of: number }
  | { readonly kind: 'wait'; readonly ticks: number };

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.constant({ kind: 'request' } as const), weight: 6 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('success', 'failure', 'failure', 'refusal', 'part'),
        of: fc.nat(9),
      }),
      weight: 5,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('wait'),
        // Within a window, to the next, over several, over the rest.
        ticks: fc.constantFrom(2, 2 ** (WINDOW - 7), 2 ** (WINDOW - 6), 3 * 2 ** (WINDOW - 6), REST / 64),
      }),
      weight: 3,
    },
  ),
  { minLength: 5, maxLength: 80 },
);

const limits = fc.oneof(
  fc.record({ maxOutstanding: fc.constant(0), maxFailures: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ maxOutstanding: fc.integer({ min: 1, max: 4 }), maxFailures: fc.constant(0) }),
);

describe('Breakers of the Tofino program, as a model, and those of the v1model program', function () {
  this.timeout(180_000);
  const model = new BreakerModel();
  const out: { port: number; bytes: Uint8Array }[] = [];
  let device: EmbeddedSwitch;
  let server: P4RuntimeServer;
  let client: SwitchClient;
  let nowUs = 0;
  let instances = 100;

  before(async () => {
    device = new EmbeddedSwitch({ clock: { now: () => nowUs }, cpuPort: 510 });
    for (const port of [CLIENT, SERVER]) {
      device.attach(port, { transmit: (bytes) => void out.push({ port, bytes: Uint8Array.from(bytes) }) });
    }
    server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
    client = new SwitchClient({ address: `127.0.0.1:${server.port}` });
    client.start();
    await client.whenPrimary();
    await client.setPipeline(sincmeshPipeline());
    await client.write([
      ...[CLIENT, SERVER].map((n) =>
        choice('ingress.underlay.routes', { 'hdr.ipv4.dst': prefix(address(n), 32) }, [
          { name: 'ingress.underlay.next_hop', params: { port: n, src_mac: routerMac(n), dst_mac: mac(n) } },
        ]),
      ),
      entry('ingress.services.clients', { address: address(CLIENT) }, 'ingress.services.attached', {}),
    ]);
  });
  after(async () => {
    await client.close();
    await server.close();
  });

  /** Sends a request; its stamp where the instance got it, undefined where the breaker refused. */
  function ask(name: string): number | undefined {
    out.length = 0;
    device.receive(CLIENT, namedFrame({ from: CLIENT, to: 4 }, named(name, '/client/a')));
    assert.equal(out.length, 1);
    const { packet } = checkedNamed(out[0]?.bytes);
    if (out[0]?.port === SERVER) return packet.stamp;
    assert.equal(packet.reason, NackReason.BREAKER_OPEN);
    return undefined;
  }

  function answer(name: string, instance: number, stamp: number, reason: number | undefined): void {
    const type = reason === undefined ? PacketType.SERVICE_DATA : PacketType.NACK;
    const packet = { type, reason: reason ?? 0, flags: FLAG_RESOLVED, instance, stamp };
    const ends = { from: SERVER, to: CLIENT, srcPort: UDP_PORT_NAMED, dstPort: 40_000 };
    device.receive(SERVER, namedFrame(ends, named('/client/a', name, packet)));
  }

  it('let the same requests pass', async () => {
    let [passed, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        events,
        limits,
        // Time goes round, of windows and of rests.
        fc.constantFrom(2 ** 20, 2 ** 32 - 2 ** 13, 2 ** 36 - 2 ** 13, 2 ** 38 - 2 ** 14),
        async (sequence, limited, start) => {
          nowUs = start;
          const instance = instances++;
          const name = `/guarded/i${instance}`;
          const held: BreakerLimits = { ...limited, generation: 1, window: WINDOW, rest: REST };
          const { maxOutstanding: max_outstanding, maxFailures: max_failures } = limited;
          const to = {
            name: 'ingress.names.to_instance',
            params: { instance, address: address(SERVER), udp_port: 0 },
          };
          await client.write([
            choice('ingress.names.fib', nameIs(name), [to]),
            entry('ingress.breaker.guards', { instance }, 'ingress.breaker.limits', {
              ...{ generation: 1, window: WINDOW, rest: REST, max_outstanding, max_failures },
            }),
          ]);
          const open: number[] = [];
          const request = () => {
            const stamp = ask(name);
            assert.equal(model.request(instance, held, nowUs), stamp !== undefined, `at ${nowUs - start}`);
            if (stamp === undefined) refused += 1;
            else {
              passed += 1;
              open.push(stamp);
            }
          };
          const reply = (kind: 'success' | 'failure' | 'refusal', stamp: number) => {
            const reason =
              kind === 'failure'
                ? NackReason.UNAVAILABLE
                : kind === 'refusal'
                  ? NackReason.NO_ROUTE
                  : undefined;
            answer(name, instance, stamp, reason);
            model.answer(instance, held, kind === 'refusal' ? 'other' : kind, stamp, nowUs);
          };
          for (const event of sequence) {
            if (event.kind === 'request') request();
            else if (event.kind === 'wait') nowUs += event.ticks * 64;
            else {
              const isSuccess = event.kind === 'success' || event.kind === 'part';
              if (isSuccess && model.isOpen(instance)) continue;
              if (event.kind === 'part') {
                reply('success', 0);
                continue;
              }
              const [stamp] = open.splice(open.length === 0 ? 0 : event.of % open.length, 1);
              if (stamp !== undefined) reply(event.kind, stamp);
            }
          }
        },
      ),
      { numRuns: RUNS * 3 },
    );
    assert(passed > RUNS && refused > RUNS, `${passed} passed, ${refused} refused`);
    assert(model.secondPasses > RUNS, `${model.secondPasses} second passes`);
  });
});
