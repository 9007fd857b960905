import { Name, WireError } from '../../wire/index.js';
import { ControllerError } from '../errors.js';
import { checkLoad } from './traits.js';
import type { Registration } from './types.js';

const DEFAULT_TTL_MS = 10_000;
const MIN_TTL_MS = 100;
const MAX_TTL_MS = 3_600_000;

/** What a registration asks for, with defaults and bounds. Throws ControllerError BAD_REQUEST. */
export function checkRegistration(request: Registration): { name: Name; weight: number; ttlMs: number } {
  const name = parseName(request.service);
  refuseReserved(name);
  const weight = request.weight ?? 1;
  if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
    throw new ControllerError('BAD_REQUEST', `weight ${weight} is no whole number from 1 to 100`);
  }
  checkPort(request.port);
  checkLoad(request.load);
  const ttlMs = Math.min(MAX_TTL_MS, Math.max(MIN_TTL_MS, Math.round(request.ttlMs ?? DEFAULT_TTL_MS)));
  if (Number.isNaN(ttlMs)) throw new ControllerError('BAD_REQUEST', `ttl_ms ${request.ttlMs} is no number`);
  return { name, weight, ttlMs };
}

/** A name as people write it. Throws ControllerError BAD_REQUEST. */
export function parseName(text: string): Name {
  try {
    return Name.parse(text);
  } catch (error) {
    if (error instanceof WireError) throw new ControllerError('BAD_REQUEST', error.message, { cause: error });
    throw error;
  }
}

/** Names the fabric itself answers to lie below /fabric. */
export function refuseReserved(name: Name): void {
  if (name.components[0] !== 'fabric') return;
  throw new ControllerError(
    'BAD_REQUEST',
    `'${name.text}' belongs to the fabric; choose a name outside /fabric`,
  );
}

export function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return;
  throw new ControllerError('BAD_REQUEST', `port ${port} is no whole number from 1 to 65535`);
}
