import { readFileSync } from 'node:fs';
import type { Message } from 'google-protobuf';
import * as api from 'p4runtime-js';
import type { MessageClass } from 'p4runtime-js/p4info-text';

/** The project's root: tests run compiled, from dist/test/proto. */
export const root = new URL('../../../', import.meta.url);

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`test/proto/fixtures/${name}`, root));
}

/** p4c's text output without the two comments it starts with. */
export function withoutHeader(text: string): string {
  return text.replace(/^(#.*\n)+\n/, '');
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The message class of a full protobuf name, as the package exports it. */
export function classOf(fullName: string): MessageClass<Message> {
  const renamed: Record<string, string> = { 'p4.v1.Error': 'P4Error', 'p4.config.v1.Action': 'P4InfoAction' };
  const name = renamed[fullName] ?? fullName.slice(fullName.lastIndexOf('.') + 1);
  const found: unknown = Object.entries(api).find(([key]) => key === name)?.[1];
  if (!isMessageClass(found)) throw new Error(`no message class for ${fullName}`);
  return found;
}

function isMessageClass(value: unknown): value is MessageClass<Message> {
  return typeof value === 'function' && 'deserializeBinary' in value;
}
