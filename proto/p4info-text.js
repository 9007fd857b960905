import { BinaryFormatError, JsonFormatError, TextFormatError } from './format/errors.js';
import { readJson } from './format/json-reader.js';
import { typeOf } from './format/schema.js';
import { readText } from './format/text-reader.js';
import { writeText } from './format/text-writer.js';
import { decodeTree, encodeTree } from './format/tree.js';
import { P4Info } from './index.js';

export { BinaryFormatError, JsonFormatError, TextFormatError };

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function parseText(messageClass, text) {
  return messageClass.deserializeBinary(encodeTree(readText(typeOf(messageClass), text)));
}

export function printText(message) {
  return writeText(decodeTree(typeOf(message.constructor), message.serializeBinary()));
}

export function parseJson(messageClass, text) {
  return messageClass.deserializeBinary(encodeTree(readJson(typeOf(messageClass), text)));
}

export function parseP4InfoText(text) {
  return parseText(P4Info, text);
}

export function printP4InfoText(info) {
  return printText(info);
}

export function parseP4InfoJson(text) {
  return parseJson(P4Info, text);
}

export function parseP4Info(input) {
  const text = typeof input === 'string' ? input : asText(input);
  if (text !== undefined) return /^\s*\{/.test(text) ? parseP4InfoJson(text) : parseP4InfoText(text);
  // Checked first: google-protobuf itself reads some broken input without a word.
  decodeTree(typeOf(P4Info), input);
  try {
    return P4Info.deserializeBinary(new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  } catch (cause) {
    // And other input it refuses though it is well formed: a field it does not know in an entry of a map.
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new BinaryFormatError('MALFORMED', `google-protobuf cannot read it: ${words}`, { cause });
  }
}

/**
 * The text in `bytes`, or undefined where they are binary. Nearly every
 * serialised P4Info holds a control character (a length, a number, a tag) or is
 * no UTF-8; one without any is known by decoding to the last byte.
 */
function asText(bytes) {
  for (const byte of bytes) if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
  try {
    const text = utf8.decode(bytes);
    return bytes.length > 0 && decodesWhole(bytes) ? undefined : text;
  } catch {
    return undefined;
  }
}

function decodesWhole(bytes) {
  try {
    return encodeTree(decodeTree(typeOf(P4Info), bytes)).length === bytes.length;
  } catch {
    return false;
  }
}
