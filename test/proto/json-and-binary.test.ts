import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CapabilitiesResponse, P4Data, P4Info, PkgInfo, TableEntry, WriteRequest } from 'p4runtime-js';
import {
  BinaryFormatError,
  JsonFormatError,
  type JsonFormatErrorCode,
  parseJson,
  parseP4Info,
  parseP4InfoJson,
  TextFormatError,
} from 'p4runtime-js/p4info-text';
import { fixture, hex } from './support.js';

describe('P4Info as JSON', () => {
  it('takes names in either spelling, numbers as strings, null as absent', () => {
    const camel = parseP4InfoJson(
      '{"pkgInfo":{"arch":"v1model"},"tables":[{"size":"1024","isConstTable":true}]}',
    );
    const snake = parseP4InfoJson(
      '{"pkg_info":{"arch":"v1model","doc":null},"tables":[{"size":1024,"is_const_table":true}],"actions":null}',
    );
    assert.equal(hex(camel.serializeBinary()), hex(snake.serializeBinary()));
  });

  it('takes base64 of both alphabets, padded or not', () => {
    for (const text of ['-_8=', '+/8=', '-_8', '+/8']) {
      const data = parseJson(P4Data, JSON.stringify({ bitstring: text }));
      assert.equal(hex(data.getBitstring_asU8()), 'fbff', text);
    }
  });

  it('takes enums by name and number, maps, 64 bits, Any', () => {
    const byName = parseP4InfoJson('{"tables":[{"matchFields":[{"matchType":"TERNARY"}]}]}');
    const byNumber = parseP4InfoJson('{"tables":[{"matchFields":[{"matchType":4}]}]}');
    assert.equal(hex(byName.serializeBinary()), hex(byNumber.serializeBinary()));
    const maps = parseP4InfoJson('{"typeInfo":{"newTypes":{"":{},"b":{"translatedType":{"sdnString":{}}}}}}');
    assert.equal(maps.getTypeInfo()?.getNewTypesMap().get('b')?.getTranslatedType()?.hasSdnString(), true);
    const request = parseJson(WriteRequest, '{"deviceId":"18446744073709551615"}');
    assert.equal(request.getDeviceId(), '18446744073709551615');
    const any = parseJson(
      CapabilitiesResponse,
      '{"experimental":{"@type":"type.googleapis.com/p4.v1.Uint128","low":"7"}}',
    );
    assert.equal(hex(any.getExperimental()?.getValue_asU8() ?? new Uint8Array()), '1007');
  });

  const cases: [string, JsonFormatErrorCode, string, RegExp][] = [
    ['{"tables":', 'BAD_JSON', '$', /correct the syntax/],
    ['[]', 'BAD_VALUE', '$', /an object for p4\.config\.v1\.P4Info, found a list/],
    ['{"table":[]}', 'UNKNOWN_FIELD', '$.table', /did you mean tables\?/],
    ['{"tables":{}}', 'BAD_VALUE', '$.tables', /a list, found an object/],
    [
      '{"tables":[{},{"preamble":{"id":"x"}}]}',
      'BAD_VALUE',
      '$.tables[1].preamble.id',
      /an integer, found "x"/,
    ],
    [
      '{"tables":[{"preamble":{"id":1.5}}]}',
      'BAD_VALUE',
      '$.tables[0].preamble.id',
      /an integer, found 1\.5/,
    ],
    [
      '{"tables":[{"preamble":{"id":-1}}]}',
      'OUT_OF_RANGE',
      '$.tables[0].preamble.id',
      /from 0 to 4294967295/,
    ],
    ['{"tables":[{"preamble":{"name":1}}]}', 'BAD_VALUE', '$.tables[0].preamble.name', /a string, found 1/],
    ['{"tables":[{"isConstTable":"true"}]}', 'BAD_VALUE', '$.tables[0].isConstTable', /true or false/],
    ['{"tables":[null]}', 'BAD_VALUE', '$.tables[0]', /found null/],
    [
      '{"tables":[{"matchFields":[{"matchType":"LMP"}]}]}',
      'BAD_VALUE',
      '$.tables[0].matchFields[0].matchType',
      /a value of p4\.config\.v1\.MatchField\.MatchType/,
    ],
    [
      '{"tables":[{"matchFields":[{"matchType":"LPM","otherMatchType":"x"}]}]}',
      'DUPLICATE_FIELD',
      '$.tables[0].matchFields[0].otherMatchType',
      /matchType|match_type/,
    ],
    ['{"typeInfo":{"enums":[]}}', 'BAD_VALUE', '$.typeInfo.enums', /a map/],
    ['{"typeInfo":{"enums":{"e":3}}}', 'BAD_VALUE', '$.typeInfo.enums["e"].value', /an object/],
    [
      '{"externs":[{"instances":[{"info":{"@type":"x/y"}}]}]}',
      'UNKNOWN_TYPE',
      '$.externs[0].instances[0].info["@type"]',
      /a known message type/,
    ],
  ];
  for (const [text, code, path, message] of cases) {
    it(`${code}: ${text}`, () => {
      assert.throws(
        () => parseP4InfoJson(text),
        (thrown) => {
          assert.ok(thrown instanceof JsonFormatError, String(thrown));
          assert.deepEqual([thrown.code, thrown.path], [code, path]);
          assert.match(thrown.message, message);
          return true;
        },
      );
    });
  }

  it('bytes that are no base64', () => {
    for (const text of ['"*"', '"a"', '5']) {
      assert.throws(() => parseJson(P4Data, `{"bitstring":${text}}`), { code: 'BAD_VALUE' }, text);
    }
  });
});

describe('P4Info as bytes', () => {
  const binary = fixture('every_form.p4info.bin');

  it('an empty file is an empty P4Info', () => {
    assert.equal(parseP4Info(new Uint8Array()).serializeBinary().length, 0);
  });

  it('fields of later versions are skipped', () => {
    const later = Buffer.concat([binary, Buffer.from('c2bb0103616263', 'hex')]);
    assert.deepEqual(parseP4Info(later).toObject(), P4Info.deserializeBinary(binary).toObject());
  });

  it('a cut file is refused', () => {
    for (const length of [40, 41, binary.length - 1]) {
      assert.throws(() => parseP4Info(binary.subarray(0, length)), BinaryFormatError, String(length));
    }
  });

  it('one that happens to be printable is still known for binary', () => {
    const info = new P4Info();
    const pkg = new PkgInfo();
    pkg.setArch('an architecture of 33 characters.');
    info.setPkgInfo(pkg);
    const bytes = info.serializeBinary();
    assert.ok(Buffer.from(bytes).toString().startsWith('\n#*!an'), 'a comment, taken for text');
    assert.deepEqual(parseP4Info(bytes).toObject(), info.toObject());
  });

  it('a field nobody knows in an entry of a map is refused with a typed error', () => {
    // type_info { headers { key: "h", field 9: 1 } }
    const bytes = Uint8Array.from([0xc2, 0x0c, 7, 0x12, 5, 0x0a, 1, 0x68, 0x48, 1]);
    assert.throws(() => parseP4Info(bytes), BinaryFormatError);
  });

  it('any bytes are read or refused with a typed error', () => {
    const edit = fc.record({ at: fc.nat(binary.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    const damaged = fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
      const bytes = Uint8Array.from(binary);
      for (const { at, byte } of edits) bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), (bytes) => {
        try {
          parseP4Info(bytes);
        } catch (thrown) {
          const typed = [BinaryFormatError, TextFormatError, JsonFormatError];
          if (!typed.some((type) => thrown instanceof type)) throw thrown;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a Buffer that is a window of a larger one is read in place', () => {
    const entry = new TableEntry();
    entry.setTableId(7);
    const bytes = entry.serializeBinary();
    const around = Buffer.alloc(bytes.length + 20, 0xff);
    around.set(bytes, 10);
    const window = around.subarray(10, 10 + bytes.length);
    assert.equal(TableEntry.deserializeBinary(window).getTableId(), 7);
    const info = Buffer.alloc(binary.length + 20, 0xff);
    info.set(binary, 10);
    assert.equal(parseP4Info(info.subarray(10, 10 + binary.length)).getTablesList().length, 4);
  });
});
