import type { Message } from 'google-protobuf';
import type { P4Info } from './index.js';

/** A message class of this package, such as `P4Info` or `WriteRequest`. */
export interface MessageClass<T extends Message> {
  new (): T;
  deserializeBinary(bytes: Uint8Array): T;
}

/**
 * Reads P4Info in protobuf text format (`.p4info.txtpb`, `.p4info.txt`).
 *
 * @throws {TextFormatError}
 */
export function parseP4InfoText(text: string): P4Info;

/**
 * Writes P4Info in protobuf text format, byte for byte as p4c does after its
 * two header comments: fields by number, two spaces, C escapes.
 */
export function printP4InfoText(info: P4Info): string;

/**
 * Reads P4Info in the protobuf JSON mapping (`.p4info.json`).
 *
 * @throws {JsonFormatError}
 */
export function parseP4InfoJson(text: string): P4Info;

/**
 * Reads P4Info in whichever form it comes: a string is text format or JSON;
 * bytes are those too where they hold no control characters, and the binary
 * form otherwise. Unknown fields of the binary form are skipped.
 *
 * @throws {TextFormatError} or {JsonFormatError} or {BinaryFormatError}
 */
export function parseP4Info(input: Uint8Array | string): P4Info;

/** Reads any message of this package in text format. @throws {TextFormatError} */
export function parseText<T extends Message>(messageClass: MessageClass<T>, text: string): T;

/** Writes any message of this package in text format. */
export function printText(message: Message): string;

/** Reads any message of this package in the protobuf JSON mapping. @throws {JsonFormatError} */
export function parseJson<T extends Message>(messageClass: MessageClass<T>, text: string): T;

export type TextFormatErrorCode =
  | 'BAD_CHARACTER'
  | 'BAD_ESCAPE'
  | 'BAD_UTF8'
  | 'BAD_VALUE'
  | 'DUPLICATE_FIELD'
  | 'OUT_OF_RANGE'
  | 'TOO_DEEP'
  | 'UNEXPECTED_TOKEN'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_TYPE'
  | 'UNTERMINATED_STRING';

/** The text is not what its schema wants; the message has place, expectation and remedy. */
export class TextFormatError extends Error {
  readonly code: TextFormatErrorCode;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly expected: string;
  readonly remedy: string;
}

export type JsonFormatErrorCode =
  | 'BAD_JSON'
  | 'BAD_VALUE'
  | 'DUPLICATE_FIELD'
  | 'OUT_OF_RANGE'
  | 'TOO_DEEP'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_TYPE';

/** The JSON is not what its schema wants. */
export class JsonFormatError extends Error {
  readonly code: JsonFormatErrorCode;
  /** From `$`, the whole: `$.tables[0].preamble`. */
  readonly path: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The bytes are no message of the kind asked for. */
export class BinaryFormatError extends Error {
  readonly code: 'MALFORMED' | 'TOO_DEEP' | 'TRUNCATED';
}
