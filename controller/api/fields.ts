import { ControllerError } from '../errors.js';
import type { Json } from '../store/store.js';

/** Fields of a request, whatever it came in, checked as they are asked for. Throws ControllerError BAD_REQUEST. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: unknown) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw bad('the body must be a JSON object');
    }
    this.#values = values as Readonly<Record<string, unknown>>;
  }

  text(name: string): string {
    return this.optionalText(name) ?? refuse(name, 'is missing; give text');
  }

  optionalText(name: string): string | undefined {
    const value = this.#of(name);
    if (value === undefined || typeof value === 'string') return value;
    return refuse(name, 'must be text');
  }

  /** A whole number in a range; queries have it as text. */
  integer(name: string, low: number, high: number): number {
    return this.optionalInteger(name, low, high) ?? refuse(name, `is missing; give ${low} to ${high}`);
  }

  optionalInteger(name: string, low: number, high: number): number | undefined {
    const value = this.#of(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= low && number <= high)
      return number;
    return refuse(name, `must be a whole number from ${low} to ${high}`);
  }

  optionalNumber(name: string, low: number): number | undefined {
    const value = this.#of(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isFinite(value) && value >= low) return value;
    return refuse(name, `must be a number of ${low} or more`);
  }

  oneOf<T extends string>(name: string, choices: readonly T[], byDefault: T): T {
    const value = this.#of(name);
    if (value === undefined) return byDefault;
    return choices.find((choice) => choice === value) ?? refuse(name, `must be one of ${choices.join(', ')}`);
  }

  /** Bytes: `NAME` as text, or `NAMEBase64`. */
  bytes(name: string): Uint8Array {
    const encoded = this.optionalText(`${name}Base64`);
    if (encoded === undefined) return new TextEncoder().encode(this.optionalText(name) ?? '');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return refuse(`${name}Base64`, 'is no base64');
    return Uint8Array.from(Buffer.from(encoded, 'base64'));
  }

  #of(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** Bytes as fields of an answer: as text where they are text, else as base64. */
export function bytesFields(name: string, bytes: Uint8Array): Record<string, Json> {
  try {
    return { [name]: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { [`${name}Base64`]: Buffer.from(bytes).toString('base64') };
  }
}

function refuse(name: string, problem: string): never {
  throw bad(`/${name} ${problem}`);
}

function bad(message: string): ControllerError {
  return new ControllerError('BAD_REQUEST', message);
}
