/**
 * Fits code from the JavaScript generator inside protoc (up to 3.20) to the
 * google-protobuf 4 runtime, which dropped two calls that generator makes:
 *
 *   reader.readPackedT()            now reader.readPackableTInto(array), which
 *                                   also takes unpacked and split lists, as
 *                                   proto3 parsers have to
 *   map.serializeBinary(n, w, ...)  now jspb.internal.public_for_gencode
 *                                       .serializeMapToBinary(map, n, w, ...)
 *
 * The generator also writes fields in order of declaration, which puts a oneof's
 * fields together. They are put in order of their numbers, as other
 * implementations write them, so that equal messages are equal bytes.
 *
 * Afterwards every reader, writer and Map call is checked against the runtime
 * that is installed, so that a mismatch shows here and not in a running switch.
 *
 * Usage: node tools/adapt.mjs DIR
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jspb from 'google-protobuf';

const PACKED =
  /var value = \/\*\* @type \{!Array<\w+>\} \*\/ \(reader\.readPacked(\w+)\(\)\);\n\s*msg\.set(\w+)List\(value\);/g;
const MAP_WRITE = /\bf\.serializeBinary\((\d+), writer,/g;

const WRITE_FUNCTION =
  /(serializeBinaryToWriter = function\(message, writer\) \{\n {2}var f = undefined;\n)([\s\S]*?)(^\};)/gm;
const FIELD_NUMBER = /(?:writer\.\w+\(\s*|serializeMapToBinary\(f, )(\d+),/;

/** The statements of one serializeBinaryToWriter, by field number. @param {string} body */
function sortFields(body) {
  const fields = body.split(/^(?= {2}f = )/m).map((text) => {
    const number = FIELD_NUMBER.exec(text)?.[1];
    if (number === undefined)
      throw new Error(`no field is written by:\n${text}\nteach tools/adapt.mjs this form`);
    return { text, number: Number(number) };
  });
  return fields
    .sort((a, b) => a.number - b.number)
    .map((field) => field.text)
    .join('');
}

/** @param {string} source */
function adapt(source) {
  return source
    .replace(PACKED, 'reader.readPackable$1Into(msg.get$2List());')
    .replace(MAP_WRITE, 'jspb.internal.public_for_gencode.serializeMapToBinary(f, $1, writer,')
    .replace(WRITE_FUNCTION, (whole, head, body, tail) =>
      body === '' ? whole : head + sortFields(body) + tail,
    );
}

/** @param {string} source @param {string} file */
function checkCalls(source, file) {
  /** @type {[RegExp, object][]} */
  const owners = [
    [/\breader\.(\w+)\(/g, jspb.BinaryReader.prototype],
    [/\bjspb\.BinaryReader\.prototype\.(\w+)/g, jspb.BinaryReader.prototype],
    [/\bwriter\.(\w+)\(/g, jspb.BinaryWriter.prototype],
    [/\bjspb\.BinaryWriter\.prototype\.(\w+)/g, jspb.BinaryWriter.prototype],
    [/\bjspb\.Message\.(\w+)\(/g, jspb.Message],
    [/\bjspb\.Map\.(\w+)\(/g, jspb.Map],
    [/\bf\.(serializeBinary)\(/g, jspb.Map.prototype],
  ];
  for (const [pattern, owner] of owners) {
    for (const [, name] of source.matchAll(pattern)) {
      if (name !== undefined && !(name in owner)) {
        throw new Error(
          `${file} calls ${name}, which the installed google-protobuf does not have; ` +
            'generate with protoc 3.12.4 or teach tools/adapt.mjs the new call',
        );
      }
    }
  }
}

const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: node tools/adapt.mjs DIR');
for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('_pb.js')) continue;
  const path = join(directory, name);
  const source = adapt(readFileSync(path, 'utf8'));
  checkCalls(source, name);
  writeFileSync(path, source);
}
