import { createRequire } from 'node:module';
import { endianness } from 'node:os';

/** Memory outside JavaScript's heap, at an address that system calls can be given. */
export interface NativeMemory {
  readonly address: bigint;
  readonly bytes: Buffer;
}

/** The system calls of a socket that sends and receives many datagrams at a time. Negative results are -errno. */
export interface UdpSystem {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array): number;
  /** Fills `address`. */
  localAddress(fd: number, address: Uint8Array): number;
  setOption(fd: number, level: number, name: number, value: number): number;
  receive(fd: number, messages: bigint, count: number): number;
  send(fd: number, messages: bigint, count: number): number;
  close(fd: number): void;
  map(bytes: number): NativeMemory;
  unmap(memory: NativeMemory): void;
  /** Calls back in every turn of the event loop in which the socket has something to read. */
  watch(fd: number, readable: () => void): { close(): void };
}

const MSG_DONTWAIT = 0x40;
const PROT_READ_WRITE = 3;
const MAP_PRIVATE_ANONYMOUS = 0x22;

let loaded: UdpSystem | undefined | 'missing';

/** Undefined where there is no koffi, or the machine is not a 64-bit little-endian Linux: node:dgram has to do. */
export function udpSystem(): UdpSystem | undefined {
  loaded ??= load() ?? 'missing';
  return loaded === 'missing' ? undefined : loaded;
}

function load(): UdpSystem | undefined {
  const known = process.arch === 'x64' || process.arch === 'arm64';
  if (process.platform !== 'linux' || !known || endianness() !== 'LE') return undefined;
  let koffi: typeof import('koffi');
  try {
    koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  } catch {
    return undefined;
  }
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int, int, int)') as (d: number, t: number, p: number) => number;
  type Addressed = (fd: number, address: Uint8Array, length: number | Uint8Array) => number;
  const bind = libc.func('int bind(int, const uint8_t *, uint32_t)') as Addressed;
  const getsockname = libc.func('int getsockname(int, uint8_t *, uint8_t *)') as Addressed;
  const setsockopt = libc.func('int setsockopt(int, int, int, const uint8_t *, uint32_t)') as (
    fd: number,
    level: number,
    name: number,
    value: Uint8Array,
    length: number,
  ) => number;
  const recvmmsg = libc.func('int recvmmsg(int, uintptr_t, unsigned int, int, uintptr_t)') as (
    fd: number,
    messages: bigint,
    count: number,
    flags: number,
    timeout: number,
  ) => number;
  const sendmmsg = libc.func('int sendmmsg(int, uintptr_t, unsigned int, int)') as (
    fd: number,
    messages: bigint,
    count: number,
    flags: number,
  ) => number;
  const close = libc.func('int close(int)') as (fd: number) => number;
  const mmap = libc.func('void *mmap(uintptr_t, size_t, int, int, int, int64_t)') as (
    at: number,
    bytes: number,
    protection: number,
    flags: number,
    fd: number,
    offset: number,
  ) => bigint;
  const munmap = libc.func('int munmap(uintptr_t, size_t)') as (address: bigint, bytes: number) => number;
  const result = (value: number): number => (value < 0 ? -koffi.errno() : value);
  const word = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);
  return {
    socket: (domain, type, protocol) => result(socket(domain, type, protocol)),
    bind: (fd, address) => result(bind(fd, address, address.length)),
    localAddress: (fd, address) => result(getsockname(fd, address, word(address.length))),
    setOption: (fd, level, name, value) => result(setsockopt(fd, level, name, word(value), 4)),
    receive: (fd, messages, count) => result(recvmmsg(fd, messages, count, MSG_DONTWAIT, 0)),
    send: (fd, messages, count) => result(sendmmsg(fd, messages, count, MSG_DONTWAIT)),
    close: (fd) => {
      close(fd);
    },
    map: (bytes) => {
      const address = mmap(0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
      // MAP_FAILED is (void *)-1; no mapping lies in the upper half.
      if (address <= 0n || address >= 1n << 63n) throw new Error(`no memory for ${bytes} bytes of buffers`);
      return { address, bytes: Buffer.from(koffi.view(address, bytes)) };
    },
    unmap: (memory) => {
      munmap(memory.address, memory.bytes.length);
    },
    watch: (fd, readable) => koffi.node.poll(fd, { readable: true }, readable),
  };
}
