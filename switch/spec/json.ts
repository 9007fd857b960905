import { SpecError } from './error.js';

/** A JSON value together with its path in the document, so that every complaint says where. */
export class Json {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = '$') {
    this.value = value;
    this.path = path;
  }

  malformed(detail: string): SpecError {
    return new SpecError('MALFORMED', this.path, detail);
  }

  unresolved(detail: string): SpecError {
    return new SpecError('UNRESOLVED', this.path, detail);
  }

  unsupported(detail: string): SpecError {
    return new SpecError('UNSUPPORTED', this.path, detail);
  }

  /** True where the value is null or not there at all; jsoncpp, and so BMv2, takes both for the same. */
  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** Member `name` of an object; absent members come back as an absent value. */
  get(name: string): Json {
    return new Json(this.record()[name], `${this.path}.${name}`);
  }

  /** Element `index` of an array that must be long enough. */
  at(index: number): Json {
    const items = this.list();
    if (index >= items.length)
      throw this.malformed(`expected at least ${index + 1} elements, got ${items.length}`);
    return new Json(items[index], `${this.path}[${index}]`);
  }

  items(): Json[] {
    return this.list().map((value, index) => new Json(value, `${this.path}[${index}]`));
  }

  /** Elements of an array that may be absent. */
  optionalItems(): Json[] {
    return this.absent ? [] : this.items();
  }

  string(): string {
    if (typeof this.value !== 'string')
      throw this.malformed(`expected a string, got ${describe(this.value)}`);
    return this.value;
  }

  /** A boolean; p4c writes 0 and 1 for some of them. */
  boolean(): boolean {
    if (this.value === 0) return false;
    if (this.value === 1) return true;
    if (typeof this.value !== 'boolean')
      throw this.malformed(`expected true or false, got ${describe(this.value)}`);
    return this.value;
  }

  optionalBoolean(fallback: boolean): boolean {
    return this.absent ? fallback : this.boolean();
  }

  /** A whole number of at least `minimum`. */
  integer(minimum = 0): number {
    const value = this.value;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum)
      throw this.malformed(`expected an integer of at least ${minimum}, got ${describe(value)}`);
    return value;
  }

  /** BMv2's hexadecimal string: optional `-`, optional `0x`, digits. */
  hex(): bigint {
    const match = /^(-?)(?:0x)?([0-9a-fA-F]+)$/.exec(this.string());
    if (match === null) throw this.malformed(`expected a hexadecimal string, got ${describe(this.value)}`);
    const magnitude = BigInt(`0x${match[2]}`);
    return match[1] === '-' ? -magnitude : magnitude;
  }

  record(): Readonly<Record<string, unknown>> {
    if (!isRecord(this.value)) throw this.malformed(`expected an object, got ${describe(this.value)}`);
    return this.value;
  }

  private list(): readonly unknown[] {
    if (!Array.isArray(this.value)) throw this.malformed(`expected an array, got ${describe(this.value)}`);
    return this.value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return JSON.stringify(value);
}
