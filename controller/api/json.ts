import { Name } from '../../wire/index.js';
import type { Json } from '../store/store.js';

/**
 * A value of the controller as JSON: integers beyond 2^53 as decimal text, bytes as hexadecimal digits, names as their
 * text, errors as code and message, maps as objects. Functions and undefined fields are left out.
 */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return value >= -(2n ** 53n) && value <= 2n ** 53n ? Number(value) : value.toString();
    case 'object':
      return objectToJson(value);
    default:
      return null;
  }
}

function objectToJson(value: object): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Name) return value.text;
  if (value instanceof Error) {
    const code = 'code' in value ? toJson(value.code) : null;
    return { code, message: value.message };
  }
  if (value instanceof Map) return fields([...value].map(([key, item]) => [String(key), item]));
  if (value instanceof Set || Array.isArray(value)) return [...value].map(toJson);
  return fields(Object.entries(value));
}

function fields(entries: readonly (readonly [string, unknown])[]): Json {
  return Object.fromEntries(
    entries
      .filter(([, item]) => item !== undefined && typeof item !== 'function')
      .map(([key, item]) => [key, toJson(item)]),
  );
}
