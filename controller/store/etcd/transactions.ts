import type { Json, StoreChange, StoreCondition } from '../store.js';
import type { Message } from './gateway.js';
import type { EtcdLease } from './lease.js';
import { decode, encode } from './watch.js';

/** A commit on its way. Values are their JSON texts: etcd compares bytes. */
export interface PendingCommit {
  readonly puts: ReadonlyMap<string, string | undefined>;
  readonly when: ReadonlyMap<string, string | undefined>;
  readonly lease: EtcdLease | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

export function textsOf(pairs: readonly (StoreChange | StoreCondition)[]): Map<string, string | undefined> {
  return new Map(pairs.map(({ key, value }) => [key, textOf(value)]));
}

/**
 * How many commits from the head of a queue go into one transaction: as many as have room, where none touches what
 * another changes. Those with a lease go alone, since a lease that has ended fails the whole transaction.
 */
export function batchLength(queue: readonly PendingCommit[], maxOps: number, maxBytes: number): number {
  const changed = new Set<string>();
  const required = new Map<string, string | undefined>();
  let length = 0;
  let bytes = 0;
  for (const { puts, when, lease } of queue) {
    if (lease !== undefined) return Math.max(1, length);
    const overlaps =
      [...puts.keys()].some((key) => changed.has(key)) ||
      [...when].some(([key, text]) => changed.has(key) || (required.has(key) && required.get(key) !== text));
    for (const text of [...puts.values(), ...when.values()])
      bytes += text === undefined ? 0 : Buffer.byteLength(text);
    const isFull =
      bytes > maxBytes || changed.size + puts.size > maxOps || required.size + when.size > maxOps;
    if (length > 0 && (overlaps || isFull)) return length;
    for (const key of puts.keys()) changed.add(key);
    for (const [key, text] of when) required.set(key, text);
    length += 1;
  }
  return length;
}

/** The transaction of a batch, on the condition that the writer's marker is still `from`; it becomes `to`. */
export function transaction(
  prefix: string,
  batch: readonly PendingCommit[],
  marker: { readonly key: string; readonly from: string; readonly to: string },
): { readonly message: Message; readonly required: readonly string[] } {
  const required = new Map<string, string | undefined>([[marker.key, marker.from]]);
  const success: Message[] = [put(prefix, marker.key, marker.to, undefined)];
  for (const { puts, when, lease } of batch) {
    for (const [key, text] of when) required.set(key, text);
    for (const [key, text] of puts) success.push(put(prefix, key, text, lease));
  }
  const keys = [...required.keys()];
  const message = {
    compare: [...required].map(([key, text]) =>
      text === undefined
        ? { key: encode(prefix + key), target: 'CREATE', result: 'EQUAL', create_revision: '0' }
        : { key: encode(prefix + key), target: 'VALUE', result: 'EQUAL', value: encode(text) },
    ),
    success,
    failure: keys.map((key) => ({ request_range: { key: encode(prefix + key) } })),
  };
  return { message, required: keys };
}

/** What the keys of a transaction hold, where it failed. */
export function presentValues(answer: Message, required: readonly string[]): Map<string, string | undefined> {
  const responses = (answer['responses'] ?? []) as readonly {
    readonly response_range?: { readonly kvs?: readonly { readonly value?: string }[] };
  }[];
  return new Map(
    required.map((key, index) => {
      const [kv] = responses[index]?.response_range?.kvs ?? [];
      return [key, kv === undefined ? undefined : decode(kv.value ?? '')];
    }),
  );
}

function put(prefix: string, key: string, text: string | undefined, lease: EtcdLease | undefined): Message {
  const name = encode(prefix + key);
  if (text === undefined) return { request_delete_range: { key: name } };
  return { request_put: { key: name, value: encode(text), ...(lease !== undefined && { lease: lease.id }) } };
}
