import type { NamedPacket } from '../../wire/index.js';
import { ControllerError } from '../errors.js';
import { parseIPv4 } from '../p4runtime/values.js';
import { parseName } from '../registry/checks.js';
import type { Registry } from '../registry/registry.js';
import { answerRequest } from '../registry/requests.js';
import type { Admission, Sender } from './admission.js';

type Fields = Readonly<Record<string, unknown>>;

/** Carries out operations the registry does not know; undefined where it does not know one either. */
export type MoreOperations = (
  op: string,
  fields: Fields,
  request: NamedPacket,
  sender: Sender,
) => Promise<object> | undefined;

/**
 * What is asked of the registry in band, by senders who may ask it: names must be granted to them and addresses theirs
 * where admission is on. A host is told its credentials with the answers to attach and register. Never throws.
 */
export class InBand {
  readonly #registry: Registry;
  readonly #admission: Admission;
  readonly #more: MoreOperations;

  constructor(registry: Registry, admission: Admission, more: MoreOperations) {
    this.#registry = registry;
    this.#admission = admission;
    this.#more = more;
  }

  async answer(request: NamedPacket, sender: Sender): Promise<object> {
    const fields = fieldsOf(request.payload);
    const op = String(fields?.['op']);
    try {
      if (fields === undefined) return await answerRequest(this.#registry, request.payload);
      this.#check(op, fields, sender);
      const more = this.#more(op, fields, request, sender);
      if (more !== undefined) return await more;
    } catch (error) {
      if (error instanceof ControllerError) return { ok: false, code: error.code, message: error.message };
      return { ok: false, code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
    }
    const answer = await answerRequest(this.#registry, fields);
    if (!answer.ok || (op !== 'attach' && op !== 'register')) return answer;
    const credentials = this.#credentialsOf(sender);
    return credentials.length === 0 ? answer : { ...answer, credentials };
  }

  /** Throws ControllerError DENIED. What is malformed is the operation's to say. */
  #check(op: string, fields: Fields, sender: Sender): void {
    if (!this.#admission.isOn) return;
    const name = op === 'attach' ? fields['name'] : op === 'register' ? fields['service'] : undefined;
    if (typeof name === 'string') this.#admission.check(sender, parseName(name));
    const address = typeof fields['address'] === 'string' ? parseIPv4(fields['address']) : undefined;
    if (address !== undefined) this.#admission.checkAddress(sender, address);
    const instance = fields['instance'];
    const known = typeof instance === 'number' ? this.#registry.instance(instance) : undefined;
    if (known !== undefined) this.#admission.checkAddress(sender, known.address);
  }

  #credentialsOf(sender: Sender): object[] {
    const host = this.#admission.hostOf(sender);
    if (host === undefined) return [];
    return [...this.#admission.keysFor(host.name)].map(({ key, prefix, remainingMs }) => ({
      prefix: prefix.text,
      key_id: key.keyId,
      key: key.key,
      ...(remainingMs !== undefined && { not_after_ms: remainingMs }),
    }));
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function fieldsOf(payload: Uint8Array): Fields | undefined {
  try {
    const value: unknown = JSON.parse(strictUtf8.decode(payload));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}
