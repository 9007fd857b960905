import { AUTH_BYTES, AUTH_KEY_BYTES, type FabricKey, Name, sameBytes, signDatagram } from '../wire/index.js';
import { type DatagramSocket, MAX_DATAGRAM } from './environment.js';
import { HostError, requireInteger } from './errors.js';

/** What lets a host send under names (docs/protocol.md section 3.6). */
export interface Credential {
  /** Names it is for: this one and all below. */
  readonly prefix: string | Name;
  /** 0 to 65535. */
  readonly keyId: number;
  /** 8 bytes. */
  readonly key: Uint8Array;
  /** Time after which it is not used any more, microseconds of the host's clock. Default: none. */
  readonly notAfter?: number | undefined;
}

interface Held {
  readonly prefix: Name;
  /** Digest of the prefix, 4 bytes for each component. */
  readonly digest: Uint8Array;
  readonly keyId: number;
  readonly key: Uint8Array;
  notAfter: number;
  readonly counter: Counter;
}

/** Numbers of a key's packets: one row of them, under however many prefixes it is used. */
interface Counter {
  next: number;
}

const SRC_AT = 20 + 32;

/**
 * The credentials of a host. Whatever it sends is signed with the newest credential whose prefix covers its source name,
 * the longest prefix first; what none covers goes as it is. Where keys rotate, the new one is used from when it is
 * added, and switches take the old one for packets that are still under way.
 */
export class Credentials {
  readonly #fabricKey: FabricKey;
  readonly #now: () => number;
  readonly #firstSequence: () => number;
  #scratch = new Uint8Array(MAX_DATAGRAM + AUTH_BYTES);
  /** Longest prefix first, newest first among equals. */
  #held: Held[] = [];
  /** Datagrams signed. */
  signed = 0;

  /**
   * @param firstSequence number of a credential's first packet. A host that restarts with the same credential must begin
   * beyond its last one: the default is the system's clock in milliseconds, so it does unless it sent more than 1,000 a second
   * all its life.
   */
  constructor(fabricKey: FabricKey, now: () => number, firstSequence: () => number = () => Date.now() >>> 0) {
    this.#fabricKey = fabricKey;
    this.#now = now;
    this.#firstSequence = firstSequence;
  }

  /** Adds a credential; one with the same number and key only gets its new end. @throws HostError INVALID_ARGUMENT, WireError */
  add(credential: Credential): void {
    const prefix = Name.of(credential.prefix);
    const what = `credential for ${prefix}`;
    requireInteger(what, 'keyId', credential.keyId, 0, 0xffff);
    const { key, keyId } = credential;
    if (key.length !== AUTH_KEY_BYTES) {
      throw HostError.invalid(what, `its key has ${key.length} bytes`, `give ${AUTH_KEY_BYTES}`);
    }
    const notAfter = credential.notAfter ?? Number.POSITIVE_INFINITY;
    const known = this.#held.find(
      (held) => held.keyId === keyId && held.prefix.equals(prefix) && sameKey(held.key, key),
    );
    if (known !== undefined) {
      known.notAfter = notAfter;
      return;
    }
    const digest = prefix.digest(this.#fabricKey).bytes.slice(0, 4 * prefix.components.length);
    const same = this.#held.find((held) => held.keyId === keyId && sameKey(held.key, key));
    const counter = same?.counter ?? { next: this.#firstSequence() };
    const fresh: Held = { prefix, digest, keyId, key: key.slice(), notAfter, counter };
    this.#held = [fresh, ...this.#held.filter((held) => held.keyId !== keyId || !held.prefix.equals(prefix))];
    // Stable: among equal lengths the newest stays first.
    this.#held.sort((a, b) => b.digest.length - a.digest.length);
  }

  /** Forgets a credential. */
  remove(keyId: number): void {
    this.#held = this.#held.filter((held) => held.keyId !== keyId);
  }

  get size(): number {
    return this.#held.length;
  }

  /** Whether there is a credential for a name now. */
  covers(name: Name): boolean {
    const { bytes } = name.digest(this.#fabricKey);
    return this.#find(bytes, 0) !== undefined;
  }

  /** An encoded named packet, signed where a credential covers its source; valid until the next call. */
  sign(datagram: Uint8Array): Uint8Array {
    const held = this.#held.length === 0 ? undefined : this.#find(datagram, SRC_AT);
    if (held === undefined) return datagram;
    const sequence = held.counter.next;
    held.counter.next = (sequence + 1) >>> 0;
    this.signed++;
    const length = datagram.length + AUTH_BYTES;
    if (length > this.#scratch.length) this.#scratch = new Uint8Array(length);
    return signDatagram(held.key, held.keyId, datagram, sequence, this.#scratch);
  }

  #find(digest: Uint8Array, at: number): Held | undefined {
    for (const held of this.#held) {
      if (this.#covers(held, digest, at) && held.notAfter > this.#now()) return held;
    }
    return undefined;
  }

  #covers(held: Held, digest: Uint8Array, at: number): boolean {
    for (let i = 0; i < held.digest.length; i++) if (held.digest[i] !== digest[at + i]) return false;
    return true;
  }
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  return sameBytes(a, 0, b, 0, AUTH_KEY_BYTES);
}

/** A socket whose named packets are signed. */
export class SigningSocket implements DatagramSocket {
  readonly #socket: DatagramSocket;
  readonly #credentials: Credentials;

  constructor(socket: DatagramSocket, credentials: Credentials) {
    this.#socket = socket;
    this.#credentials = credentials;
  }

  get port(): number {
    return this.#socket.port;
  }

  get onMessage(): DatagramSocket['onMessage'] {
    return this.#socket.onMessage;
  }

  set onMessage(take: DatagramSocket['onMessage']) {
    this.#socket.onMessage = take;
  }

  send(payload: Uint8Array, address: string, port: number): void {
    this.#socket.send(this.#credentials.sign(payload), address, port);
  }

  close(): void {
    this.#socket.close();
  }
}
