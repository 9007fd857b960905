import type { Json } from '../store/store.js';
import { bytesFields, Fields } from './fields.js';
import type { CallLimits, KvAnswer } from './host-agent.js';
import type { Operations } from './operations.js';

/** What a host agent can be asked to do: the last part of `POST /v1/hosts/HOST/...`, and gRPC's `operation`. */
export const HOST_OPERATIONS = {
  call: 'Calls a service by name from this host',
  ping: 'Asks whoever owns a name for a sign of life, from this host',
  trace: 'Finds the switches between this host and whoever owns a name',
  serve: 'Has this host serve a name, with a fixed answer, an echo or a key-value store, until it is stopped',
  stop: 'Ends what `serve` began',
  'kv-get': 'Reads a key of a key-value service from this host',
  'kv-put': 'Writes a key of a key-value service from this host',
  'kv-delete': 'Deletes a key of a key-value service from this host',
} as const;

export type HostOperation = keyof typeof HOST_OPERATIONS;

export function isHostOperation(word: string): word is HostOperation {
  return Object.hasOwn(HOST_OPERATIONS, word);
}

/** Longest a call through the API may take, milliseconds. */
const MAX_DEADLINE_MS = 600_000;

/** Carries out one request to a host, its body as JSON. */
export async function askHost(
  operations: Operations,
  host: string,
  operation: HostOperation,
  body: unknown,
): Promise<Json> {
  const fields = new Fields(body ?? {});
  const name = fields.text('name');
  const deadlineMs = fields.optionalInteger('deadlineMs', 1, MAX_DEADLINE_MS);
  const limits: CallLimits = deadlineMs === undefined ? {} : { deadlineMs };
  switch (operation) {
    case 'call': {
      const { payload, ...rest } = await operations.call(host, name, fields.bytes('body'), limits);
      return { ...rest, ...bytesFields('body', payload) };
    }
    case 'ping':
      return operations.ping(host, name, limits);
    case 'trace':
      return operations.trace(host, name, limits);
    case 'serve': {
      const answer = fields.optionalText('answer');
      const weight = fields.optionalInteger('weight', 1, 100);
      const version = fields.optionalText('version');
      return operations.serve(host, name, {
        kind: fields.oneOf('kind', ['answer', 'echo', 'kv'], answer === undefined ? 'echo' : 'answer'),
        ...(answer !== undefined && { answer }),
        ...(weight !== undefined && { weight }),
        ...(version !== undefined && { version }),
      });
    }
    case 'stop':
      await operations.stopServing(host, name);
      return {};
    case 'kv-get':
      return kvFields(await operations.kv(host, name, fields.text('key'), 'get', limits));
    case 'kv-put': {
      const value = fields.bytes('value');
      return kvFields(await operations.kv(host, name, fields.text('key'), { value }, limits));
    }
    case 'kv-delete':
      return kvFields(await operations.kv(host, name, fields.text('key'), 'delete', limits));
  }
}

function kvFields({ value, ...rest }: KvAnswer): Json {
  return { ...rest, ...(value === undefined ? { value: null } : bytesFields('value', value)) };
}
