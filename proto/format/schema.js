import jspb from 'google-protobuf';
import anyModule from 'google-protobuf/google/protobuf/any_pb.js';
import statusModule from '../gen/google/rpc/status_pb.js';
import p4info from '../gen/p4/config/v1/p4info_pb.js';
import p4types from '../gen/p4/config/v1/p4types_pb.js';
import p4config from '../gen/p4/tmp/p4config_pb.js';
import p4data from '../gen/p4/v1/p4data_pb.js';
import p4runtime from '../gen/p4/v1/p4runtime_pb.js';
import { enums, messages } from '../gen/schema.mjs';

/**
 * @typedef {'int32' | 'int64' | 'uint32' | 'uint64' | 'bool' | 'string' | 'bytes' | 'message' | 'enum'} FieldType
 *
 * @typedef {object} Field
 * @property {string} name as in the .proto file
 * @property {string} json lower camel case
 * @property {number} number
 * @property {FieldType} type
 * @property {string} [of] full name of the message or enum
 * @property {boolean} [repeated]
 * @property {string} [oneof]
 * @property {boolean} [inexact] 64 bits that the generated class keeps in a number
 *
 * @typedef {object} MessageType
 * @property {string} name full name
 * @property {readonly Field[]} fields by number
 * @property {ReadonlyMap<string, Field>} byName
 * @property {ReadonlyMap<string, Field>} byJson
 * @property {ReadonlyMap<number, Field>} byNumber
 * @property {boolean} mapEntry
 *
 * @typedef {object} EnumType
 * @property {string} name full name
 * @property {ReadonlyMap<string, number>} byName
 * @property {ReadonlyMap<number, string>} byNumber
 */

/** @type {Map<string, MessageType>} */
const messageTypes = new Map();
for (const [name, entry] of Object.entries(messages)) {
  const fields = /** @type {Field[]} */ ([...entry.fields].sort((a, b) => a.number - b.number));
  messageTypes.set(name, {
    name,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    byJson: new Map(fields.map((field) => [field.json, field])),
    byNumber: new Map(fields.map((field) => [field.number, field])),
    mapEntry: 'mapEntry' in entry,
  });
}

/** @type {Map<string, EnumType>} */
const enumTypes = new Map();
for (const [name, values] of Object.entries(enums)) {
  /** @type {[string, number][]} */
  const rows = Object.entries(values);
  enumTypes.set(name, {
    name,
    byName: new Map(rows),
    byNumber: new Map(rows.map(([key, value]) => [value, key])),
  });
}

/** @param {string} name full name @returns {MessageType | undefined} */
export function findMessageType(name) {
  return messageTypes.get(name);
}

/** The message type a field of type 'message' holds. @param {Field} field @returns {MessageType} */
export function messageTypeOf(field) {
  const type = messageTypes.get(field.of ?? '');
  if (type === undefined) throw new TypeError(`field ${field.name} holds no message`);
  return type;
}

/** The enum a field of type 'enum' holds. @param {Field} field @returns {EnumType} */
export function enumTypeOf(field) {
  const type = enumTypes.get(field.of ?? '');
  if (type === undefined) throw new TypeError(`field ${field.name} holds no enum`);
  return type;
}

/** @type {Map<unknown, MessageType>} */
const typeOfClass = new Map();

/** @param {string} scope @param {Record<string, unknown>} owner */
function register(scope, owner) {
  for (const key of Object.keys(owner)) {
    const value = owner[key];
    const type = messageTypes.get(`${scope}.${key}`);
    if (type === undefined || typeof value !== 'function' || typeOfClass.has(value)) continue;
    typeOfClass.set(value, type);
    register(type.name, /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (value)));
  }
}

register('google.protobuf', anyModule);
register('google.rpc', statusModule);
register('p4.config.v1', p4types);
register('p4.config.v1', p4info);
register('p4.tmp', p4config);
register('p4.v1', p4data);
register('p4.v1', p4runtime);

/** The type behind one of this package's message classes. @param {unknown} messageClass @returns {MessageType} */
export function typeOf(messageClass) {
  const type = typeOfClass.get(messageClass);
  if (type === undefined) {
    const name =
      typeof messageClass === 'function' && messageClass.prototype instanceof jspb.Message
        ? 'a message class of another package'
        : String(messageClass);
    throw new TypeError(`${name} is not a message class of p4runtime-js; pass one that it exports`);
  }
  return type;
}
