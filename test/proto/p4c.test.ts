import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type P4Info, WriteRequest } from 'p4runtime-js';
import {
  parseJson,
  parseP4Info,
  parseP4InfoJson,
  parseP4InfoText,
  parseText,
  printP4InfoText,
  printText,
} from 'p4runtime-js/p4info-text';
import { fixture, hex, root, withoutHeader } from './support.js';

const corpus = new URL('../shared/conformance/v1model/', root);

/** Serialising sorts maps, so equal messages give equal bytes. */
function same(actual: P4Info, expected: P4Info): void {
  assert.equal(hex(actual.serializeBinary()), hex(expected.serializeBinary()));
  assert.deepEqual(actual.toObject(), expected.toObject());
}

describe('what p4c writes', () => {
  describe('for test/proto/fixtures/every_form.p4', () => {
    const text = fixture('every_form.p4info.txtpb').toString();
    const json = fixture('every_form.p4info.json').toString();
    const binary = fixture('every_form.p4info.bin');

    it('text, binary and JSON read as one message', () => {
      const fromText = parseP4InfoText(text);
      assert.equal(fromText.getTablesList().length, 4);
      assert.equal(fromText.getTypeInfo()?.getNewTypesMap().getLength(), 2);
      same(parseP4Info(binary), fromText);
      same(parseP4InfoJson(json), fromText);
    });

    it('is told apart by content, as string or bytes', () => {
      const expected = parseP4InfoText(text);
      for (const input of [text, Buffer.from(text), json, Buffer.from(json), new Uint8Array(binary)]) {
        same(parseP4Info(input), expected);
      }
    });

    it('prints as p4c prints', () => {
      assert.equal(printP4InfoText(parseP4Info(binary)), withoutHeader(text));
    });

    it('keeps every kind of value', () => {
      const info = parseP4Info(binary);
      const fib = info.getTablesList()[0];
      const [owner, order] = fib?.getPreamble()?.getStructuredAnnotationsList() ?? [];
      assert.deepEqual(
        owner
          ?.getKvPairList()
          ?.getKvPairsList()
          .map((pair) => [pair.getKey(), pair.getValue()?.toObject()]),
        [
          ['name', { stringValue: 'controller', int64Value: '0', boolValue: false }],
          ['weight', { stringValue: '', int64Value: '-3', boolValue: false }],
          ['shared', { stringValue: '', int64Value: '0', boolValue: true }],
        ],
      );
      assert.equal(order?.getExpressionList()?.getExpressionsList()[2]?.hasBoolValue(), true);
      const send = info.getActionsList().find((action) => action.getPreamble()?.getAlias() === 'send');
      assert.equal(
        send?.getPreamble()?.getDoc()?.getDescription(),
        'Quotes ", a backslash \\ and a word outside ASCII: café'.replace(/["\\]/g, '\\$&'),
        'p4c keeps the escapes of P4 strings as they stand in the source',
      );
      const kind = info.getTypeInfo()?.getSerializableEnumsMap().get('Kind');
      assert.deepEqual(
        kind?.getMembersList().map((member) => [member.getName(), hex(member.getValue_asU8())]),
        [
          ['DATA', '01'],
          ['CONTROL', 'fe'],
        ],
      );
    });

    it('const entries, as a WriteRequest, agree in all three forms', () => {
      const entries = fixture('every_form.entries.txtpb').toString();
      const bytes = fixture('every_form.entries.bin');
      const fromText = parseText(WriteRequest, entries);
      assert.equal(fromText.getUpdatesList().length, 2);
      assert.equal(hex(fromText.serializeBinary()), hex(bytes));
      const fromJson = parseJson(WriteRequest, fixture('every_form.entries.json').toString());
      assert.equal(hex(fromJson.serializeBinary()), hex(bytes));
      assert.equal(printText(WriteRequest.deserializeBinary(bytes)), withoutHeader(entries));
    });
  });

  const present = existsSync(corpus);
  const reason = present ? '' : ' (skipped: ../shared/conformance/v1model is not there)';
  (present ? it : it.skip)(`for the conformance corpus reads and prints alike${reason}`, () => {
    const names = readdirSync(corpus).filter((name) => name.endsWith('.p4info.txtpb'));
    assert.notEqual(names.length, 0);
    for (const name of names) {
      const text = readFileSync(new URL(name, corpus), 'utf8');
      const binary = readFileSync(new URL(name.replace(/txtpb$/, 'bin'), corpus));
      const fromText = parseP4Info(text);
      const fromBinary = parseP4Info(binary);
      same(fromText, fromBinary);
      const printed = printP4InfoText(fromBinary);
      assert.equal(printed, withoutHeader(text), name);
      same(parseP4InfoText(printed), fromBinary);
      assert.equal(fromText.serializeBinary().length, binary.length, name);
    }
  });
});
