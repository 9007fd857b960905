/** Runs inside a namespace: AF_PACKET ports at both ends of the pair vleft-vright. Prints what came of it as JSON. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { AfPacketPort } from '../../switch/ports/index.js';

const FRAMES = 300;

function frame(i: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.fill(2, 0, 12);
  bytes.set([0x88, 0xb5, i >> 8, i & 0xff], 12);
  return bytes;
}

const left = new AfPacketPort('vleft');
const right = new AfPacketPort('vright');
const atLeft: string[] = [];
const atRight: string[] = [];
const keep = (list: string[]) => (bytes: Uint8Array) => {
  // The kernel's own chatter is not what is tested.
  const text = Buffer.from(bytes).toString('hex');
  if (!text.startsWith('3333', 0) && !text.startsWith('0100')) list.push(text);
};
await left.open(keep(atLeft));
await right.open(keep(atRight));

async function arrived(list: readonly string[], count: number): Promise<void> {
  const deadline = Date.now() + 3000;
  while (list.length < count && Date.now() < deadline) await sleep(5);
}

for (let i = 0; i < FRAMES; i++) left.transmit(frame(i, 60 + (i % 1000)));
await arrived(atRight, FRAMES);
const sent = Array.from({ length: FRAMES }, (_, i) => Buffer.from(frame(i, 60 + (i % 1000))).toString('hex'));
const inOrder = JSON.stringify(atRight) === JSON.stringify(sent);
const ownCopies = atLeft.length;

// A tagged frame: the kernel takes the tag out on reception, the port puts it back.
atRight.length = 0;
const tagged = Uint8Array.from([
  ...new Uint8Array(12).fill(2),
  0x81,
  0,
  0x60,
  7,
  0x88,
  0xb5,
  ...new Uint8Array(46),
]);
left.transmit(tagged);
await arrived(atRight, 1);
const tagKept = atRight[0] === Buffer.from(tagged).toString('hex');

// Longer than the link takes: dropped and counted, the next goes through.
atRight.length = 0;
left.transmit(frame(1, 9000));
left.transmit(frame(2, 60));
await arrived(atRight, 1);
const afterTooLong = atRight.length;

// UDP from the kernel: its checksum is left to a card that is not there.
atRight.length = 0;
spawnSync('sh', [
  '-c',
  'ip addr add 10.9.9.1/24 dev vleft; ip neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev vleft',
]);
const { createSocket } = await import('node:dgram');
const socket = createSocket('udp4');
await new Promise<void>((resolve) => socket.send('odd', 4000, '10.9.9.2', () => resolve()));
await arrived(atRight, 1);
socket.close();
const datagram = Buffer.from(atRight.find((hex) => hex.slice(24, 28) === '0800') ?? '', 'hex');

const before = { left: { ...left.counters }, right: { ...right.counters } };
await left.close();
await left.close();
await right.close();
left.transmit(frame(3, 60));
process.stdout.write(
  JSON.stringify({
    inOrder,
    ownCopies,
    tagKept,
    afterTooLong,
    udpChecksumHolds: checksumHolds(datagram),
    sent: before.left.sentFrames,
    tooLong: before.left.sendDropped,
    dropped: before.right.receiveDropped,
    afterClose: left.counters.sendDropped - before.left.sendDropped,
  }),
);

/** Whether the UDP checksum of an IPv4 frame is right (RFC 768): the sum over pseudo header and datagram is 0xffff. */
function checksumHolds(bytes: Buffer): boolean {
  if (bytes.length < 42) return false;
  const udp = bytes.subarray(34, 34 + bytes.readUInt16BE(38));
  const padded = Buffer.concat([
    bytes.subarray(26, 34),
    Buffer.from([0, 17, 0, udp.length]),
    udp,
    Buffer.alloc(1),
  ]);
  let sum = 0;
  for (let at = 0; at + 1 < padded.length; at += 2) sum += padded.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}
