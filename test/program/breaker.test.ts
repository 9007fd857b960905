import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { FLAG_RESOLVED, NackReason, type NamedPacket, PacketType, UDP_PORT_NAMED } from '../../wire/index.js';
import { address, checkedNamed, type Ends, named, namedFrame } from './frames.js';
import { entry } from './lab.js';
import { onEverySwitch } from './labs.js';
import { serve, underlay } from './network.js';

const GUARDS = 'ingress.breaker.guards';
const FROM_1: Ends = { from: 1, to: 4 };
/** Binary logarithm of a window no test outlasts, and of one each test can wait for. */
const LONG_WINDOW = 30;
const SHORT_WINDOW = 19;
const SHORT_WINDOW_MS = 2 ** SHORT_WINDOW / 1000;
const REST_MS = 700;

onEverySwitch('circuit breaker', (lab) => {
  let instances = 100;
  let requests = 0;

  interface Limits {
    readonly window?: number;
    readonly max_outstanding?: number;
    readonly max_failures?: number;
    readonly generation?: number;
  }
  const guard = (instance: number, limits: Limits) =>
    entry(GUARDS, { instance }, 'ingress.breaker.limits', {
      generation: 1,
      window: LONG_WINDOW,
      max_outstanding: 0,
      max_failures: 0,
      rest: REST_MS * 1000,
      ...limits,
    });

  /** A service of one instance at station 2 with these limits; gives its name and number. */
  async function guarded(limits: Limits): Promise<{ name: string; instance: number }> {
    const instance = instances++;
    const name = `/guarded/i${instance}`;
    await serve(lab(), name, { at: 2, as: instance });
    await lab().client.write([guard(instance, limits)]);
    return { name, instance };
  }

  /** Sends a request: what its instance got, or undefined where the breaker was open. */
  async function ask(name: string): Promise<NamedPacket | undefined> {
    const request = named(name, '/client/a', { requestId: requests++ });
    const [out] = await lab().send(1, namedFrame(FROM_1, request));
    const { packet } = checkedNamed(out?.bytes);
    if (out?.port === 2) return packet;
    assert.equal(out?.port, 1);
    assert.equal(packet.type, PacketType.NACK);
    assert.equal(packet.reason, NackReason.BREAKER_OPEN);
    return undefined;
  }

  /** The instance answers: the response, or a Nack with a reason. */
  async function answer(
    request: NamedPacket | undefined,
    reason = 0,
    changes: Partial<NamedPacket> = {},
  ): Promise<void> {
    assert(request !== undefined, 'the request did not pass');
    const frame = namedFrame(
      { from: 2, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000 },
      {
        ...request,
        type: reason === 0 ? PacketType.SERVICE_DATA : PacketType.NACK,
        reason,
        flags: FLAG_RESOLVED,
        dst: request.src,
        src: request.dst,
        dstComponents: request.srcComponents,
        srcComponents: request.dstComponents,
        ...changes,
      },
    );
    const [out] = await lab().send(2, frame);
    assert.equal(out?.port, 1);
  }
  const fail = (request: NamedPacket | undefined) => answer(request, NackReason.UNAVAILABLE);

  before(async () => {
    await underlay(lab());
    await lab().client.write([
      entry('ingress.services.clients', { address: address(1) }, 'ingress.services.attached', {}),
    ]);
  });

  it('lets no more requests be outstanding than the limit', async () => {
    const { name } = await guarded({ max_outstanding: 2 });
    const first = await ask(name);
    const second = await ask(name);
    assert.equal(await ask(name), undefined);
    await answer(first);
    const third = await ask(name);
    assert.equal(await ask(name), undefined);
    await answer(second);
    await answer(third);
    assert(await ask(name));
  });

  it('takes the parts of a long answer for one, and a used-up hop limit for none', async () => {
    const { name, instance } = await guarded({ max_outstanding: 2 });
    const first = await ask(name);
    await ask(name);
    await answer(first);
    // Neither what follows the first part, nor what a switch of that number signed, gives way to one more.
    for (let part = 0; part < 3; part++) await answer(first, 0, { stamp: 0 });
    for (let hop = 0; hop < 3; hop++) await answer(first, NackReason.HOP_LIMIT, { instance });
    assert(await ask(name));
    assert.equal(await ask(name), undefined);
  });

  it('opens after as many failures in a row, not before', async () => {
    const { name } = await guarded({ max_failures: 3 });
    await fail(await ask(name));
    await fail(await ask(name));
    await answer(await ask(name));
    await fail(await ask(name));
    await fail(await ask(name));
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    assert.equal(await ask(name), undefined);
  });

  it('is half open after its rest: one request tries, and a response closes it', async () => {
    const { name } = await guarded({ max_failures: 1 });
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    const trial = await ask(name);
    assert(trial);
    assert.equal(await ask(name), undefined);
    await answer(trial);
    assert(await ask(name));
    assert(await ask(name));
  });

  it('lets another request try where nothing comes of the first, one to each rest', async () => {
    const { name } = await guarded({ max_failures: 1, max_outstanding: 1 });
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    assert(await ask(name), 'the first trial, which is lost');
    for (let i = 0; i < 3; i++) assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    const second = await ask(name);
    assert(second);
    assert.equal(await ask(name), undefined);
    await answer(second);
    // The lost one is outstanding until its window is over: closed, but full.
    assert.equal(await ask(name), undefined);
  });

  it('opens anew where the trial fails', async () => {
    const { name } = await guarded({ max_failures: 1 });
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    await answer(await ask(name));
    assert(await ask(name));
  });

  it('takes requests an instance never answers for failures, and frees what they held', async () => {
    const { name } = await guarded({ max_failures: 2, max_outstanding: 2, window: SHORT_WINDOW });
    assert(await ask(name));
    assert(await ask(name));
    assert.equal(await ask(name), undefined);
    await sleep(2 * SHORT_WINDOW_MS + 50);
    assert.equal(await ask(name), undefined);
    await sleep(REST_MS + 50);
    await answer(await ask(name));
    assert(await ask(name));
  });

  it('forgives lost requests of an instance that answers others', async () => {
    const { name } = await guarded({ max_failures: 2, window: SHORT_WINDOW });
    for (let i = 0; i < 3; i++) await ask(name);
    await answer(await ask(name));
    await sleep(2 * SHORT_WINDOW_MS + 50);
    assert(await ask(name));
  });

  it('blames no instance for what the network refuses', async () => {
    const { name } = await guarded({ max_failures: 1 });
    await answer(await ask(name), NackReason.NO_ROUTE);
    assert(await ask(name));
  });

  it('is reset by another generation, and gone with its entry', async () => {
    const { name, instance } = await guarded({ max_failures: 1 });
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    const reset = guard(instance, { max_failures: 1, generation: 2 });
    await lab().client.write([{ ...reset, type: 'modify' }]);
    assert(await ask(name));
    await fail(await ask(name));
    assert.equal(await ask(name), undefined);
    await lab().client.write([{ ...reset, type: 'delete' }]);
    assert(await ask(name));
  });

  it('keeps instances apart', async () => {
    const bad = await guarded({ max_failures: 1 });
    const good = await guarded({ max_failures: 1 });
    await fail(await ask(bad.name));
    assert.equal(await ask(bad.name), undefined);
    assert(await ask(good.name));
  });
});
