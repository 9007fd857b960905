import { getSystemErrorMap } from 'node:util';
import { PortError } from './error.js';

/** Memory outside JavaScript's heap, at an address that system calls can be given. */
export interface NativeMemory {
  readonly address: bigint;
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** The system calls a packet socket needs. Negative results are -errno. */
export interface PacketSystem {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array): number;
  setOption(fd: number, level: number, name: number, value: Uint8Array): number;
  /** Fills `value`. */
  getOption(fd: number, level: number, name: number, value: Uint8Array): number;
  /** Messages received into `count` mmsghdrs at `messages`. */
  receive(fd: number, messages: bigint, count: number): number;
  /** Messages sent of `count` mmsghdrs at `messages`. */
  send(fd: number, messages: bigint, count: number): number;
  /** Index of an interface, 0 where there is none of that name. */
  interfaceIndex(name: string): number;
  close(fd: number): void;
  map(bytes: number): NativeMemory;
  unmap(memory: NativeMemory): void;
  /** Calls back in every turn of the event loop in which the socket has something to read. */
  watch(fd: number, readable: () => void): { close(): void };
}

const MSG_DONTWAIT = 0x40;
const PROT_READ_WRITE = 3;
const MAP_PRIVATE_ANONYMOUS = 0x22;

let loading: Promise<PacketSystem> | undefined;

/** Loads koffi, the first time. Rejects with PortError NO_KOFFI or NOT_SUPPORTED. */
export function packetSystem(device: string): Promise<PacketSystem> {
  loading ??= load(device);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function load(device: string): Promise<PacketSystem> {
  if (process.platform !== 'linux') {
    const remedy = 'packet sockets are Linux only; use a UDP tunnel (PORT@udp:LOCAL-REMOTE)';
    throw new PortError('NOT_SUPPORTED', device, `this is ${process.platform}, and ${remedy}`);
  }
  const koffi = await importKoffi(device);
  const libc = koffi.load(null);
  // Each function is declared with the type its C prototype has.
  const socket = libc.func('int socket(int, int, int)') as (d: number, t: number, p: number) => number;
  const bind = libc.func('int bind(int, const uint8_t *, uint32_t)') as (
    fd: number,
    address: Uint8Array,
    length: number,
  ) => number;
  const setsockopt = libc.func('int setsockopt(int, int, int, const uint8_t *, uint32_t)') as (
    fd: number,
    level: number,
    name: number,
    value: Uint8Array,
    length: number,
  ) => number;
  const getsockopt = libc.func('int getsockopt(int, int, int, uint8_t *, uint8_t *)') as (
    fd: number,
    level: number,
    name: number,
    value: Uint8Array,
    length: Uint8Array,
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
  const nameToIndex = libc.func('unsigned int if_nametoindex(const char *)') as (name: string) => number;
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
  return {
    socket: (domain, type, protocol) => result(socket(domain, type, protocol)),
    bind: (fd, address) => result(bind(fd, address, address.length)),
    setOption: (fd, level, name, value) => result(setsockopt(fd, level, name, value, value.length)),
    getOption: (fd, level, name, value) =>
      result(getsockopt(fd, level, name, value, new Uint8Array(Uint32Array.of(value.length).buffer))),
    receive: (fd, messages, count) => result(recvmmsg(fd, messages, count, MSG_DONTWAIT, 0)),
    send: (fd, messages, count) => result(sendmmsg(fd, messages, count, MSG_DONTWAIT)),
    interfaceIndex: (name) => nameToIndex(name),
    close: (fd) => {
      close(fd);
    },
    map: (bytes) => {
      const address = mmap(0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
      // MAP_FAILED is (void *)-1; no mapping lies in the upper half.
      if (address <= 0n || address >= 1n << 63n)
        throw new PortError('SYSTEM', device, `no memory for ${bytes} bytes of buffers`);
      const buffer = koffi.view(address, bytes);
      return { address, bytes: new Uint8Array(buffer), view: new DataView(buffer) };
    },
    unmap: (memory) => {
      munmap(memory.address, memory.bytes.length);
    },
    watch: (fd, readable) => koffi.node.poll(fd, { readable: true }, readable),
  };
}

async function importKoffi(device: string) {
  try {
    const { default: koffi } = await import('koffi');
    return koffi;
  } catch (error) {
    throw new PortError(
      'NO_KOFFI',
      device,
      'network interfaces need the optional package koffi, which cannot be loaded; run npm install koffi, ' +
        'or use a UDP tunnel (PORT@udp:LOCAL-REMOTE)',
      { cause: error },
    );
  }
}

/** What an errno means, e.g. "ENODEV: no such device". */
export function describeErrno(errno: number): string {
  const known = getSystemErrorMap().get(-errno);
  return known === undefined ? `errno ${errno}` : `${known[0]}: ${known[1]}`;
}
