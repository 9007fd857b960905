import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { ApiError } from './problem.js';

/** Shortest token taken: anything shorter can be guessed. */
const SHORTEST_TOKEN = 20;

/** Certificate of the server, PEM, and the authority of clients where they may show certificates instead of tokens. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  /** PEM; a client whose certificate it signed needs no token. */
  readonly clientCa?: string;
}

/** A new token: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a token is kept at rest: of 256 random bits nothing can be found out from it. */
export function hashToken(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

/** Hashes of a token file: one `sha256:...` a line, `#` begins a comment. Throws ApiError BAD_REQUEST. */
export function readTokenFile(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const hashes = lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
  for (const hash of hashes) {
    if (!/^sha256:[0-9a-f]{64}$/.test(hash)) {
      throw new ApiError(
        'BAD_REQUEST',
        `${path} holds something else than token hashes; make one with 'sincmesh token ${path}'`,
      );
    }
  }
  if (hashes.length === 0) {
    throw new ApiError('BAD_REQUEST', `${path} has no token; make one with 'sincmesh token ${path}'`);
  }
  return hashes;
}

/** Throws ApiError BAD_REQUEST where a token could be guessed. */
export function checkToken(token: string): string {
  if (token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new ApiError(
    'BAD_REQUEST',
    `a token has ${SHORTEST_TOKEN} or more printable characters; 'sincmesh token FILE' makes one`,
  );
}

/** Who may ask: whoever has one of these tokens. Comparing takes the same time for all. */
export class TokenGuard {
  readonly #digests: readonly Buffer[];

  /** @param hashes - of hashToken(); none = nobody needs one */
  constructor(hashes: readonly string[]) {
    this.#digests = hashes.map((hash) => Buffer.from(hash.slice('sha256:'.length), 'hex'));
  }

  get isOpen(): boolean {
    return this.#digests.length === 0;
  }

  /** @param authorization - the header `authorization`, `Bearer TOKEN` */
  admits(authorization: string | undefined): boolean {
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return false;
    const digest = createHash('sha256').update(token).digest();
    let isKnown = false;
    for (const known of this.#digests) {
      if (timingSafeEqual(known, digest)) isKnown = true;
    }
    return isKnown;
  }
}

/** Whether an address reaches this machine only. */
export function isLoopback(address: string): boolean {
  if (address === 'localhost' || address === '::1') return true;
  return isIP(address) === 4 && address.startsWith('127.');
}

/** Throws ApiError UNSAFE where anybody on the network could give orders, or read tokens on their way. */
export function checkExposure(
  address: string,
  guard: TokenGuard,
  tls: ServerTls | undefined,
  allowsClearTokens: boolean,
): void {
  if (isLoopback(address)) return;
  if (guard.isOpen && tls?.clientCa === undefined) {
    throw new ApiError(
      'UNSAFE',
      `${address} can be reached by others: give tokens (--token-file, made by 'sincmesh token FILE') or a client ` +
        'authority (--tls-client-ca), or listen on 127.0.0.1',
    );
  }
  if (tls === undefined && !allowsClearTokens) {
    throw new ApiError(
      'UNSAFE',
      `tokens to ${address} would travel in the clear: give --tls-cert and --tls-key, or --clear-tokens where something ` +
        'else encrypts',
    );
  }
}
