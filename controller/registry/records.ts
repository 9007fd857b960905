import { Name } from '../../wire/index.js';
import { StoreError } from '../store/errors.js';
import type { Json, Store, StoreCondition } from '../store/store.js';
import type { Lease } from './leases.js';
import type { AttachedHost, Instance } from './registry.js';

/** What the registry keeps in the store: keys, and what they hold. */
export const keys = {
  instance: (id: number) => `instance/${id}`,
  service: (number: number) => `service/${number}`,
  host: (number: number) => `host/${number}`,
  /** A number whose service is forgotten, while switches have counted for it. */
  resting: (number: number | string) => `resting/${number}`,
  /** One for every service and host: of two controllers that make the same at once, one makes it. */
  name: (name: Name) => `name${name.text}`,
};

/** How often a decision is made anew that others' commits have overtaken. */
const MAX_TRIES = 20;

export type RegistryRecord =
  | { readonly kind: 'service'; readonly name: Name; readonly number: number; readonly stored: Json }
  | { readonly kind: 'host'; readonly host: AttachedHost }
  | { readonly kind: 'instance'; readonly instance: Instance; readonly stored: Json };

/** The record under a key; undefined where the key is another part's. */
export function recordOf(key: string, value: Json): RegistryRecord | undefined {
  const fields = value as { readonly [field: string]: Json };
  if (key.startsWith('service/')) {
    const name = Name.parse(String(fields['name']));
    return { kind: 'service', name, number: Number(fields['number']), stored: value };
  }
  if (key.startsWith('host/')) {
    const name = Name.parse(String(fields['name']));
    const [number, address, port] = [fields['number'], fields['address'], fields['port']].map(Number);
    return { kind: 'host', host: { name, number: number ?? 0, address: address ?? 0, port: port ?? 0 } };
  }
  if (!key.startsWith('instance/')) return undefined;
  const { renewals: _, ...instance } = fields;
  return { kind: 'instance', instance: instance as unknown as Instance, stored: value };
}

/** The number in the key of an instance; undefined for other keys. */
export function instanceIn(key: string): number | undefined {
  return key.startsWith('instance/') ? Number(key.slice('instance/'.length)) : undefined;
}

/** The number in the key of a service; undefined for other keys. */
export function serviceIn(key: string): number | undefined {
  return key.startsWith('service/') ? Number(key.slice('service/'.length)) : undefined;
}

/** A service's record where it is to change, and what must hold. */
export interface ServiceChange {
  readonly value: Json | undefined;
  readonly when: readonly StoreCondition[];
}

/**
 * What a new instance does to the record of its service: nobody may have forgotten the name. Who forgets goes by the record
 * alone, so the first instance after a pause changes it; a further one needs another to be there still, `other`, whose end
 * is told before anybody may forget.
 */
export function serviceChange(
  known: { readonly stored: Json } | undefined,
  { name, number }: { readonly name: Name; readonly number: number },
  other: Lease | undefined,
): ServiceChange {
  const key = keys.service(number);
  if (known === undefined) {
    return { value: { name: name.text, number }, when: absent(key, keys.resting(number)) };
  }
  const when = [{ key, value: known.stored }];
  if (other === undefined) return { value: revivedRecord(known.stored), when };
  return {
    value: undefined,
    when: [...when, { key: keys.instance(other.instance.id), value: other.stored }],
  };
}

/**
 * A service's record as its next first instance comes: another one each time, so that who is about to forget the name
 * finds that it was too late.
 */
function revivedRecord(stored: Json): Json {
  const fields = stored as { readonly [field: string]: Json };
  return { ...fields, lives: Number(fields['lives'] ?? 0) + 1 };
}

/** An instance's record after a renewal that somebody else than its keeper was told of. */
export function renewedRecord(stored: Json): Json {
  const fields = stored as { readonly [field: string]: Json };
  return { ...fields, renewals: Number(fields['renewals'] ?? 0) + 1 };
}

/** That none of these is there yet. */
export function absent(...names: readonly string[]): StoreCondition[] {
  return names.map((key) => ({ key, value: undefined }));
}

export function isConflict(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'CONFLICT';
}

/** Decides and commits; again, with what others have committed meanwhile, where that got in between. */
export async function decided<T>(store: Store, decide: () => Promise<T>, onConflict: () => void): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await decide();
    } catch (error) {
      if (!isConflict(error) || tries === MAX_TRIES) throw error;
      await store.sync();
      onConflict();
    }
  }
}
