import { ControllerError } from '../errors.js';
import { parseIPv4 } from '../p4runtime/values.js';
import { StoreError } from '../store/errors.js';
import type { Registration, Registry } from './registry.js';

/** What the registry answers in band; JSON on the wire (docs/protocol.md section 7). */
export type RegistryAnswer =
  | { readonly ok: true; readonly instance?: number; readonly ttl_ms?: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

export type Fields = Readonly<Record<string, unknown>>;

/** Carries out one request, given as its JSON text or its fields. Never throws: what is wrong is in the answer. */
export async function answerRequest(
  registry: Registry,
  request: Uint8Array | Fields,
): Promise<RegistryAnswer> {
  try {
    return await carryOut(registry, request instanceof Uint8Array ? parse(request) : request);
  } catch (error) {
    if (error instanceof ControllerError || error instanceof StoreError)
      return { ok: false, code: error.code, message: error.message };
    return { ok: false, code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
  }
}

async function carryOut(registry: Registry, fields: Fields): Promise<RegistryAnswer> {
  const op = fields['op'];
  switch (op) {
    case 'attach':
      await registry.attach(text(fields, 'name'), address(fields), integer(fields, 'port'));
      return { ok: true };
    case 'register': {
      const instance = await registry.register({
        service: text(fields, 'service'),
        address: address(fields),
        port: integer(fields, 'port'),
        weight: integer(fields, 'weight'),
        ttlMs: integer(fields, 'ttl_ms'),
        ...said(fields),
      });
      return { ok: true, instance: instance.id, ttl_ms: instance.ttlMs };
    }
    case 'renew':
      return { ok: true, ttl_ms: (await registry.renew(integer(fields, 'instance'), load(fields))).ttlMs };
    case 'deregister':
      await registry.deregister(integer(fields, 'instance'));
      return { ok: true };
    default:
      throw bad(`op ${JSON.stringify(op)} is unknown; use attach, register, renew or deregister`);
  }
}

/** What a registration may say besides. */
function said(fields: Fields): Pick<Registration, 'version' | 'tags' | 'locator' | 'load'> {
  const told = load(fields);
  return {
    ...(fields['version'] !== undefined && { version: text(fields, 'version') }),
    ...(fields['tags'] !== undefined && { tags: texts(fields, 'tags') }),
    ...(fields['locator'] !== undefined && { locator: text(fields, 'locator') }),
    ...(told !== undefined && { load: told }),
  };
}

function load(fields: Fields): number | undefined {
  const value = fields['load'];
  if (value === undefined || typeof value === 'number') return value;
  throw bad("field 'load' must be a number");
}

function texts(fields: Fields, name: string): Record<string, string> {
  const value = fields[name];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const pairs = Object.entries(value);
    if (pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')) {
      return Object.fromEntries(pairs);
    }
  }
  throw bad(`field '${name}' must be an object of texts`);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function parse(payload: Uint8Array): Fields {
  let value: unknown;
  try {
    value = JSON.parse(strictUtf8.decode(payload));
  } catch (error) {
    throw bad(`the request is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw bad('the request is no JSON object');
  }
  return value as Fields;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw bad(`field '${name}' must be text`);
}

function integer(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw bad(`field '${name}' must be a whole number`);
}

function address(fields: Fields): number {
  const value = text(fields, 'address');
  const parsed = parseIPv4(value);
  if (parsed !== undefined) return parsed;
  throw bad(`field 'address' is '${value}', which is no IPv4 address`);
}

function bad(message: string): ControllerError {
  return new ControllerError('BAD_REQUEST', message);
}
