import type { Json } from './store/store.js';

/** A JSON Schema (draft 2020-12) as plain data; OpenAPI takes it as it is. */
export type JsonSchema = { readonly [keyword: string]: Json };

/** One thing of a collection: what somebody asked for, and what the controller has to say about it. */
export interface Resource {
  /** Unique in its collection: 1 to 255 characters. */
  readonly name: string;
  /** As it was put, with defaults filled in. */
  readonly spec: Json;
  /** What is so at this moment; null where there is nothing to say. */
  readonly status: Json;
}

/** What happened to one thing of a collection. */
export interface ResourceChange {
  /** The collection's kind. */
  readonly kind: string;
  readonly type: 'put' | 'delete';
  readonly name: string;
}

/**
 * Things of one kind that people and programs manage by name: services, policies, grants, groups. Every face of the
 * controller (REST, gRPC, CLI) serves every collection alike, so a part of the controller that has one is done.
 */
export interface Collection {
  /** Plural, in lower case, as in a URL: `policies`. */
  readonly kind: string;
  /** One sentence for the API's description and the CLI's help. */
  readonly summary: string;
  /** Of a resource's `spec`; each property has a `description`. */
  readonly schema: JsonSchema;
  list(): readonly Resource[];
  get(name: string): Resource | undefined;
  /**
   * Makes the thing, or makes it be so: asking twice gives the same answer. Resolves when it is durable and what the
   * switches should hold has changed. Throws ControllerError, BAD_REQUEST naming the field where `spec` is wrong.
   */
  put(name: string, spec: Json): Promise<Resource>;
  /** Resolves when that is durable. Throws ControllerError NOT_FOUND. */
  delete(name: string): Promise<void>;
  /** Tells of every change, also of those made in band. Returns the end of the watch. */
  watch(listener: (change: ResourceChange) => void): () => void;
}
