import type { Name } from '../../wire/index.js';

/** A running instance of a service. */
export interface Instance {
  /** 1 to 65,535, unique in the fabric. */
  readonly id: number;
  readonly service: string;
  readonly address: number;
  readonly port: number;
  /** 1 to 100. */
  readonly weight: number;
  /** Length of its lease, milliseconds. */
  readonly ttlMs: number;
  /** Which version of the service it runs: policies split traffic by it. */
  readonly version?: string;
  readonly tags?: Tags;
  /** Where it is, in whatever terms its operators use. */
  readonly locator?: string;
}

/** What an instance says of itself, by key. */
export type Tags = Readonly<Record<string, string>>;

/** A name that instances serve; it stays known for a while when the last one has gone. */
export interface Service {
  readonly name: Name;
  /** 1 to 65,535: the number of its group in the switches. Watches are told 0 when the name is forgotten. */
  readonly number: number;
  readonly instances: readonly Instance[];
}

/** A host reachable by its own name. */
export interface AttachedHost {
  readonly name: Name;
  readonly number: number;
  readonly address: number;
  readonly port: number;
}

export interface Registration {
  readonly service: string;
  readonly address: number;
  readonly port: number;
  /** Default 1. */
  readonly weight?: number;
  /** Default 10,000; made to lie between 100 and 3,600,000. */
  readonly ttlMs?: number;
  /** 1 to 63 characters out of A-Z, a-z, 0-9, dot, underscore, hyphen. */
  readonly version?: string;
  /** At most 16, keys up to 63 characters, values up to 255. */
  readonly tags?: Tags;
  /** Up to 255 characters. */
  readonly locator?: string;
  /** Share of the instance's capacity in use, 0 to 1 (more where it is overloaded). It is not stored. */
  readonly load?: number;
}

export type RegistryEvent =
  | { readonly kind: 'registered' | 'changed' | 'deregistered' | 'expired'; readonly instance: Instance }
  | { readonly kind: 'attached'; readonly host: AttachedHost }
  /** A name nobody has served for long; `number` is the one it had. */
  | { readonly kind: 'forgotten'; readonly service: string; readonly number: number };
