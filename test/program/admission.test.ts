import assert from 'node:assert/strict';
import { insert, remove } from '../../controller/p4runtime/index.js';
import {
  authKeyWords,
  FLAG_RESOLVED,
  NackReason,
  type NamedPacket,
  PacketType,
  signNamed,
} from '../../wire/index.js';
import { checkedNamed, digestOf, type Ends, named, namedFrame } from './frames.js';
import { entry } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, masked, nameIs, serve, underlay } from './network.js';

const ADMISSION = 'ingress.admission';
const SOURCE_DENIED = 14;
const DENIAL = { NOT_GRANTED: 1, UNTAGGED: 2, UNKNOWN_CREDENTIAL: 3, FORGED: 4, REPLAYED: 5 } as const;
const KEY = Uint8Array.from([0xde, 0xad, 0xbe, 0xef, 0x80, 0x01, 0x02, 0xff]);
const KEY_ID = 0x8123;
const FROM_1: Ends = { from: 1, to: 4 };

onEverySwitch('admission', (lab) => {
  const send = (packet: ReturnType<typeof named>, ends = FROM_1) =>
    lab().send(ends.from, namedFrame(ends, packet));

  let last = 0;
  const next = () => {
    last += 1;
    return last;
  };
  const sign = (packet: NamedPacket, sequence = next()) => signNamed(KEY, KEY_ID, packet, sequence);

  async function refused(denial: number, packet: ReturnType<typeof named>): Promise<void> {
    const grown = await growth(lab(), `${ADMISSION}.denials`, denial, async () => {
      const [out] = await send(packet);
      // A doubled frame is no news to its sender.
      if (denial === DENIAL.REPLAYED) {
        assert.equal(out, undefined);
        return;
      }
      const { packet: nack } = checkedNamed(out?.bytes);
      assert.equal(nack.type, PacketType.NACK);
      assert.equal(nack.reason, NackReason.DENIED);
      assert.equal(out?.port, 1);
    });
    assert.equal(grown, 1, `denial ${denial}`);
  }

  async function admitted(packet: ReturnType<typeof named>): Promise<void> {
    const [out] = await send(packet);
    assert.equal(out?.port, 2);
    checkedNamed(out?.bytes);
  }

  before(async () => {
    await underlay(lab());
    await serve(lab(), '/shop', { at: 2, as: 20 });
    await lab().client.write([
      insert({ kind: 'digest', digest: 'denied_t', maxTimeoutNs: 0, maxListSize: 1, ackTimeoutNs: 0 }),
      entry(`${ADMISSION}.ports`, { ingress_port: 1 }, `${ADMISSION}.edge`, {}),
      entry(`${ADMISSION}.grants`, { ingress_port: 1, ...nameIs('/client/a') }, `${ADMISSION}.granted`, {}),
      entry(
        `${ADMISSION}.grants`,
        { ingress_port: 1, ...nameIs('/client/a/strict') },
        `${ADMISSION}.granted_with_tag`,
        {},
      ),
      ...['/client/a/strict', '/client/away'].map((name) =>
        entry(`${ADMISSION}.credentials`, { key_id: KEY_ID, ...nameIs(name) }, `${ADMISSION}.credential`, {
          ...authKeyWords(KEY),
          slot: 4095,
          generation: 1,
        }),
      ),
    ]);
  });

  it('asks nobody behind other ports', async () => {
    const [out] = await send(named('/shop', '/anybody'), { from: 3, to: 4 });
    assert.equal(out?.port, 2);
  });

  it('lets pass what the port was granted', async () => {
    await admitted(named('/shop/cart', '/client/a'));
    await admitted(named('/shop/cart', '/client/a/sub'));
  });

  it('answers DENIED to other source names, counts and reports them by digest', async () => {
    await lab().digests();
    await refused(DENIAL.NOT_GRANTED, named('/shop/cart', '/client/b'));
    const samples = (await lab().digests())
      .filter(({ digest }) => digest === 'denied_t')
      .flatMap((d) => d.samples);
    assert.deepEqual(JSON.parse(JSON.stringify(samples, (_, v) => (typeof v === 'bigint' ? `${v}` : v))), [
      {
        src: `${digestOf('/client/b')}`,
        dst: `${digestOf('/shop/cart')}`,
        ingress_port: '1',
        key_id: '0',
        denial: `${DENIAL.NOT_GRANTED}`,
      },
    ]);
  });

  it('drops and counts answers under names that are not the sender’s', async () => {
    const lost = await growth(lab(), 'ingress.drops', SOURCE_DENIED, async () => {
      const answer = named('/client/x', '/shop', { type: PacketType.SERVICE_DATA, flags: FLAG_RESOLVED });
      assert.deepEqual(await send(answer, { from: 1, to: 2 }), []);
    });
    assert.equal(lost, 1);
    const own = named('/client/x', '/client/a', { type: PacketType.SERVICE_DATA, flags: FLAG_RESOLVED });
    assert.equal((await send(own, { from: 1, to: 3 }))[0]?.port, 3);
  });

  it('lets no host resolve a request itself', async () => {
    const [out] = await send(named('/shop', '/client/a', { flags: FLAG_RESOLVED }), { from: 1, to: 3 });
    assert.equal(out?.port, 2);
    assert.equal(checkedNamed(out?.bytes).packet.instance, 20);
  });

  it('demands a tag where the grant does', async () => {
    await refused(DENIAL.UNTAGGED, named('/shop', '/client/a/strict', { requestId: 900 }));
    await admitted(sign(named('/shop', '/client/a/strict', { requestId: 900 })));
  });

  it('takes the right tag of a credential for a name the port was not granted', async () => {
    const request = named('/shop/cart', '/client/away', { requestId: 1000, payload: new Uint8Array(33) });
    await admitted(sign(request));
    const telemetry = { hops: [], dropped: 0 };
    await admitted(sign({ ...request, requestId: 1001, telemetry }));
    const kv: NonNullable<ReturnType<typeof named>['kv']> = {
      op: 2,
      flags: 0,
      status: 0,
      generation: 0,
      version: 0,
      key: new Uint8Array(16).fill(9),
      valueLength: 40,
      value: new Uint8Array(40).fill(1),
    };
    await admitted(sign({ ...request, requestId: 1002, kv, telemetry }));
  });

  it('refuses forged tags and credentials it does not know', async () => {
    const signed = sign(named('/shop', '/client/away', { requestId: 2000 }));
    await refused(DENIAL.FORGED, { ...signed, requestId: 2001 });
    await refused(DENIAL.FORGED, { ...signed, payload: new Uint8Array(3) });
    await refused(DENIAL.FORGED, { ...signed, dst: named('/shop/x', '/c').dst, dstComponents: 2 });
    await refused(DENIAL.FORGED, signNamed(KEY.slice().reverse(), KEY_ID, signed, next()));
    await refused(DENIAL.UNKNOWN_CREDENTIAL, signNamed(KEY, 7, signed, next()));
    await refused(DENIAL.UNKNOWN_CREDENTIAL, sign(named('/shop', '/client/a')));
    await admitted(signed);
  });

  it('lets nothing pass twice, whatever it is, and 64 packets in any order', async () => {
    const request = (sequence: number, attempt = 0) =>
      sign(named('/shop', '/client/away', { requestId: 3, attempt }), sequence);
    await admitted(request(3000));
    await refused(DENIAL.REPLAYED, request(3000));
    await refused(DENIAL.REPLAYED, request(3000, 1));
    await admitted(request(3063, 1));
    await admitted(request(3001));
    await refused(DENIAL.REPLAYED, request(3001));
    await admitted(request(3064));
    await refused(DENIAL.REPLAYED, request(3000));
    // A number that has gone round.
    await admitted(request(3000 + 2 ** 31 - 64));
    await admitted(request(2 ** 32 - 8));
    await admitted(request(56));
    await refused(DENIAL.REPLAYED, request(2 ** 32 - 8));
  });

  it('takes signed answers, which carry their callers’ request ids', async () => {
    const answer = (requestId: number, sequence: number) =>
      sign(
        named('/client/x', '/client/away', {
          type: PacketType.SERVICE_DATA,
          flags: FLAG_RESOLVED,
          requestId,
        }),
        sequence,
      );
    for (const [sequence, id] of [9, 7, 9].entries()) {
      const [out] = await send(answer(id, 100 + sequence), { from: 1, to: 3 });
      assert.equal(out?.port, 3);
    }
    assert.deepEqual(await send(answer(9, 102), { from: 1, to: 3 }), []);
  });

  it('leaves a request with its instance where the sender was told it, if the access rules permit', async () => {
    const segment = named('/shop', '/client/a', { flags: FLAG_RESOLVED, instance: 33 });
    const [out] = await send(segment, { from: 1, to: 3 });
    assert.equal(out?.port, 3);
    assert.equal(checkedNamed(out?.bytes).packet.instance, 33);
    const rule = entry(
      'ingress.names.strategy.acl',
      { dst: masked('/shop'), src: masked('/client/a') },
      'ingress.names.strategy.deny',
      {},
      10,
    );
    await lab().client.write([rule]);
    const [nack] = await send(segment, { from: 1, to: 3 });
    await lab().client.write([{ ...rule, type: 'delete' }]);
    assert.equal(nack?.port, 1);
    assert.equal(checkedNamed(nack?.bytes).packet.reason, NackReason.DENIED);
  });

  it('starts a credential’s window anew with another generation', async () => {
    const match = { key_id: KEY_ID, ...nameIs('/client/away') };
    const table = `${ADMISSION}.credentials`;
    const signed = sign(named('/shop', '/client/away', { requestId: 5000 }));
    await admitted(signed);
    await refused(DENIAL.REPLAYED, signed);
    await lab().client.write([
      remove({ kind: 'table-entry', table, match }),
      entry(table, match, `${ADMISSION}.credential`, { ...authKeyWords(KEY), slot: 4095, generation: 2 }),
    ]);
    await admitted(signed);
  });

  it('takes the controller’s word', async () => {
    const frame = namedFrame(FROM_1, named('/shop', '/fabric/registry'));
    const [out] = await lab().packetOut(frame, { egress_port: 1, forward: 1 });
    assert.equal(out?.port, 2);
  });
});
