import { parseIpv4, WireError } from '../wire/index.js';
import { HostError } from './errors.js';

/** Checks of what applications hand over: scripts in plain JavaScript have no compiler to object. */

/** Longest time a timer of Node.js takes, microseconds: 24 days. */
export const LONGEST_US = 0x7fffffff * 1000;

function called(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const { name } = value.constructor;
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** What an answer or payload that is no bytes is, and what to give. */
export function notBytes(what: string, field: string, value: unknown): HostError {
  return HostError.invalid(
    what,
    `${field} is ${called(value)}`,
    'give a Uint8Array, of text new TextEncoder().encode(text)',
  );
}

/** @throws HostError INVALID_ARGUMENT unless `value` is bytes */
export function requireBytes(what: string, field: string, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw notBytes(what, field, value);
}

/** @throws HostError INVALID_ARGUMENT unless `values` are an Int32Array */
export function requireInt32(what: string, values: unknown): void {
  if (values instanceof Int32Array) return;
  const remedy = 'give an Int32Array, or sum floats with AheadReduce or FloatReduce';
  throw HostError.invalid(what, `values are ${called(values)}`, remedy);
}

/** @throws HostError INVALID_ARGUMENT unless `value` is a number of microseconds above 0 a timer can take */
export function requireTime(what: string, field: string, value: number): void {
  if (typeof value !== 'number' || !(value > 0) || value > LONGEST_US) {
    throw HostError.invalid(what, `${field} is ${value}`, `give microseconds above 0, at most ${LONGEST_US}`);
  }
}

/** @throws HostError INVALID_ARGUMENT unless `value` is a number that is not negative */
export function requireAmount(what: string, field: string, value: number): void {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw HostError.invalid(what, `${field} is ${value}`, 'give a number from 0 on');
  }
}

/** @throws HostError INVALID_ARGUMENT unless `value` is an IPv4 address */
export function requireIpv4(what: string, field: string, value: string): void {
  try {
    parseIpv4(value);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw HostError.invalid(what, `${field} is "${value}"`, 'give the IPv4 address of a host, as 10.0.0.1');
  }
}
