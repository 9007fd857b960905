import { Name, REGISTRY_NAME } from '../wire/index.js';
import type { CallOptions, CallResult } from './call-options.js';
import { HostError } from './errors.js';

export const REGISTRY: Name = Name.parse(REGISTRY_NAME);

/** A request of docs/protocol.md section 7. */
export type RegistryRequest =
  | { readonly op: 'attach'; readonly name: string; readonly address: string; readonly port: number }
  | {
      readonly op: 'register';
      readonly service: string;
      readonly address: string;
      readonly port: number;
      readonly weight: number;
      readonly ttl_ms: number;
      readonly version?: string | undefined;
      readonly tags?: Readonly<Record<string, string>> | undefined;
      readonly locator?: string | undefined;
      readonly load?: number | undefined;
    }
  | { readonly op: 'renew'; readonly instance: number; readonly load?: number | undefined }
  | { readonly op: 'deregister'; readonly instance: number }
  /** To a live broadcast: as who hears it, or whence it comes. */
  | {
      readonly op: 'subscribe' | 'publish';
      readonly name: string;
      readonly address: string;
      readonly port: number;
      readonly ttl_ms: number;
    }
  | {
      readonly op: 'unsubscribe' | 'unpublish';
      readonly name: string;
      readonly address: string;
      readonly port: number;
    };

/** A credential as the registry hands it out. */
export interface GrantedCredential {
  readonly prefix: string;
  readonly keyId: number;
  readonly key: Uint8Array;
  /** How long it may be used, microseconds from now; undefined = no end. */
  readonly forUs: number | undefined;
}

export interface RegistryAnswer {
  /** Of a registration, else 0. */
  readonly instance: number;
  /** Of a registration or renewal, else 0. */
  readonly ttlMs: number;
  /** Of attach and register, where the fabric asks for signatures; oldest first. */
  readonly credentials: readonly GrantedCredential[];
}

const HEX_KEY = /^[0-9a-f]{16}$/i;
const utf8 = new TextEncoder();
const text = new TextDecoder();

function parse(payload: Uint8Array): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.decode(payload));
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function count(fields: Map<string, unknown>, name: string): number {
  const value = fields.get(name);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

function granted(fields: Map<string, unknown>): GrantedCredential[] {
  const list = fields.get('credentials');
  if (!Array.isArray(list)) return [];
  return list.map((entry: Record<string, unknown>) => {
    const { prefix, key_id: keyId, key, not_after_ms: left } = entry;
    if (
      typeof prefix !== 'string' ||
      typeof keyId !== 'number' ||
      typeof key !== 'string' ||
      !HEX_KEY.test(key)
    ) {
      throw new HostError(
        'BAD_REPLY',
        'registry: a credential lacks "prefix", "key_id" or a "key" of 16 hex digits',
      );
    }
    const bytes = Uint8Array.from({ length: 8 }, (_, i) => Number.parseInt(key.slice(2 * i, 2 * i + 2), 16));
    return { prefix, keyId, key: bytes, forUs: typeof left === 'number' ? left * 1000 : undefined };
  });
}

/** Asks the registry over `call`. @throws HostError REFUSED, BAD_REPLY, or what the call throws. */
export async function askRegistry(
  call: (name: Name, payload: Uint8Array, options: CallOptions) => Promise<CallResult>,
  request: RegistryRequest,
  options: CallOptions = {},
): Promise<RegistryAnswer> {
  const { payload } = await call(REGISTRY, utf8.encode(JSON.stringify(request)), options);
  const fields = parse(payload);
  const ok = fields?.get('ok');
  if (fields === undefined || typeof ok !== 'boolean') {
    throw new HostError('BAD_REPLY', `registry: the answer to "${request.op}" is no object with "ok"`);
  }
  if (!ok) {
    const code = String(fields.get('code') ?? 'UNKNOWN');
    throw new HostError(
      'REFUSED',
      `registry: "${request.op}" refused: ${String(fields.get('message'))}`,
      0,
      code,
    );
  }
  const answer = {
    instance: count(fields, 'instance'),
    ttlMs: count(fields, 'ttl_ms'),
    credentials: granted(fields),
  };
  if (request.op === 'register' && (answer.instance === 0 || answer.ttlMs === 0)) {
    throw new HostError('BAD_REPLY', 'registry: the answer to "register" lacks instance or ttl_ms');
  }
  return answer;
}
