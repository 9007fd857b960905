import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CapabilitiesResponse,
  P4Data,
  P4Header,
  P4Info,
  P4StructLike,
  P4Varbit,
  WriteRequest,
} from 'p4runtime-js';
import {
  parseP4InfoText,
  parseText,
  printP4InfoText,
  printText,
  TextFormatError,
  type TextFormatErrorCode,
} from 'p4runtime-js/p4info-text';
import { fixture, hex } from './support.js';

function error(text: string): TextFormatError {
  try {
    parseP4InfoText(text);
  } catch (thrown) {
    assert.ok(thrown instanceof TextFormatError, String(thrown));
    return thrown;
  }
  throw new assert.AssertionError({ message: `no error for ${text}` });
}

describe('text format, written by hand', () => {
  const plain =
    'tables {\n  preamble {\n    id: 33554433\n    name: "a"\n  }\n  direct_resource_ids: 1\n  direct_resource_ids: 2\n}\n';
  const variations: [string, string][] = [
    ['as it is printed', plain],
    [
      'on one line',
      'tables { preamble { id: 33554433 name: "a" } direct_resource_ids: 1 direct_resource_ids: 2 }',
    ],
    [
      'colons before messages',
      'tables: { preamble: { id: 33554433 name: "a" } direct_resource_ids: [1, 2] }',
    ],
    ['angle brackets', 'tables < preamble: < id: 33554433 name: "a" > direct_resource_ids: [ 1,2 ] >'],
    [
      'separators',
      'tables { preamble { id: 33554433, name: "a"; }; direct_resource_ids: 1, direct_resource_ids: [2], },',
    ],
    [
      'a list of messages',
      "tables [{ preamble { id: 33554433 name: 'a' } direct_resource_ids: [1, 2] direct_resource_ids: [] }]",
    ],
    [
      'comments',
      '# one\ntables { # two }\n preamble{id:33554433#three\nname:"a"}direct_resource_ids:[1,# four\n2]}#five',
    ],
    [
      'hexadecimal and octal',
      'tables { preamble { id: 0x2000001 name: "\\x61" } direct_resource_ids: [01, 0X2] }',
    ],
    [
      'adjacent strings',
      'tables { preamble { id: 33554433 name: "" \'a\'\n"" } direct_resource_ids: [1, 2] }',
    ],
    ['CRLF, tabs and a byte order mark', `\ufeff${plain.replaceAll('\n', '\r\n').replaceAll('  ', '\t')}`],
  ];
  for (const [what, text] of variations) {
    it(`${what}`, () => assert.equal(printP4InfoText(parseP4InfoText(text)), plain));
  }

  it('nothing at all is an empty message', () => {
    assert.equal(parseP4InfoText('').serializeBinary().length, 0);
    assert.equal(parseP4InfoText(' # only a comment').serializeBinary().length, 0);
    assert.equal(printP4InfoText(new P4Info()), '');
  });

  it('every escape sequence', () => {
    const data = parseText(
      P4Data,
      String.raw`bitstring: "\a\b\f\n\r\t\v\\\'\"\?\0\7\101\377\x4\xfF\u00e9\U0001F600é'"`,
    );
    assert.equal(hex(data.getBitstring_asU8()), '07080c0a0d090b5c27223f000741ff04ffc3a9f09f9880c3a927');
  });

  it('strings are UTF-8, escaped or not', () => {
    const escaped = parseP4InfoText(String.raw`pkg_info { name: "caf\303\251" }`);
    const literal = parseP4InfoText('pkg_info { name: "café" }');
    assert.equal(escaped.getPkgInfo()?.getName(), 'café');
    assert.equal(literal.getPkgInfo()?.getName(), 'café');
    assert.equal(printP4InfoText(literal), 'pkg_info {\n  name: "caf\\303\\251"\n}\n');
  });

  it('enums by name or number, booleans in every spelling', () => {
    const fields = parseP4InfoText(
      'tables { match_fields { match_type: LPM } match_fields { match_type: 3 } match_fields { match_type: 0x3 } }',
    );
    const [first, ...others] = fields.getTablesList()[0]?.getMatchFieldsList() ?? [];
    for (const other of others) assert.deepEqual(other.toObject(), first?.toObject());
    for (const yes of ['true', 'True', 't', '1']) {
      const table = parseP4InfoText(`tables { is_const_table: ${yes} }`).getTablesList()[0];
      assert.equal(table?.getIsConstTable(), true);
    }
    for (const no of ['false', 'False', 'f', '0']) {
      const table = parseP4InfoText(`tables { is_const_table: ${no} }`).getTablesList()[0];
      assert.equal(table?.getIsConstTable(), false);
    }
  });

  it('64-bit identifiers keep every bit', () => {
    const request = parseText(
      WriteRequest,
      'device_id: 18446744073709551615 election_id { high: 0xffffffffffffffff low: 9007199254740993 }',
    );
    assert.equal(request.getDeviceId(), '18446744073709551615');
    assert.equal(request.getElectionId()?.getHigh(), '18446744073709551615');
    assert.equal(request.getElectionId()?.getLow(), '9007199254740993');
  });

  it('Any: expanded, packed, and of a type nobody knows', () => {
    const expanded = 'experimental {\n  [type.googleapis.com/p4.v1.Uint128] {\n    low: 7\n  }\n}\n';
    const packed = 'experimental { type_url: "type.googleapis.com/p4.v1.Uint128" value: "\\020\\007" }';
    const unknown = 'experimental {\n  type_url: "example.org/What"\n  value: "\\020\\007"\n}\n';
    const a = parseText(CapabilitiesResponse, expanded);
    assert.equal(hex(a.serializeBinary()), hex(parseText(CapabilitiesResponse, packed).serializeBinary()));
    assert.equal(printText(a), expanded);
    assert.equal(printText(parseText(CapabilitiesResponse, unknown)), unknown);
  });
});

describe('text format errors say where, what and what to do', () => {
  const cases: [string, TextFormatErrorCode, number, number, RegExp][] = [
    ['tables {\n  preamble { id: 1 nam: "x" }\n}', 'UNKNOWN_FIELD', 2, 20, /'nam'.*did you mean name\?/],
    ['tables {\n  nosuchthing: 1\n}', 'UNKNOWN_FIELD', 2, 3, /it has preamble, match_fields, /],
    ['tables { preamble { id: -1 } }', 'OUT_OF_RANGE', 1, 25, /id from 0 to 4294967295, found '-1'/],
    ['tables { preamble { id: 4294967296 } }', 'OUT_OF_RANGE', 1, 25, /the field is uint32/],
    ['tables { size: 9007199254740993 }', 'OUT_OF_RANGE', 1, 16, /cannot be kept exactly/],
    ['tables { preamble { id: "1" } }', 'BAD_VALUE', 1, 25, /an integer for id, found "1"/],
    ['tables { preamble { id: 1.5 } }', 'BAD_VALUE', 1, 25, /an integer for id, found '1.5'/],
    ['tables { preamble { id: 09 } }', 'BAD_VALUE', 1, 25, /octal/],
    ['tables { preamble { id: 12ab } }', 'BAD_CHARACTER', 1, 25, /found "1"/],
    ['tables { is_const_table: yes }', 'BAD_VALUE', 1, 26, /true or false for is_const_table/],
    ['tables { match_fields { match_type: EXCAT } }', 'BAD_VALUE', 1, 37, /did you mean EXACT\?/],
    ['pkg_info { arch: v1model }', 'UNEXPECTED_TOKEN', 1, 18, /a quoted string for arch, found 'v1model'/],
    ['pkg_info { arch: "v1model\n" }', 'UNTERMINATED_STRING', 1, 18, /closing "/],
    ['pkg_info { arch: "v1model', 'UNTERMINATED_STRING', 1, 18, /the end of the text/],
    ['pkg_info { arch: "a\\qb" }', 'BAD_ESCAPE', 1, 20, /"\\\\q"/],
    ['pkg_info { arch: "\\400" }', 'BAD_ESCAPE', 1, 19, /up to \\377/],
    ['pkg_info { arch: "\\ud800" }', 'BAD_ESCAPE', 1, 19, /escape sequence/],
    ['pkg_info { arch: "\\377" }', 'BAD_UTF8', 1, 18, /UTF-8 for arch/],
    ['pkg_info { arch "v1model" }', 'UNEXPECTED_TOKEN', 1, 17, /write arch: VALUE/],
    ['pkg_info { arch: "a" arch: "b" }', 'DUPLICATE_FIELD', 1, 22, /one arch at most/],
    [
      'tables { match_fields { match_type: LPM other_match_type: "x" } }',
      'DUPLICATE_FIELD',
      1,
      41,
      /match_type is set/,
    ],
    ['tables {\n  preamble {\n', 'UNEXPECTED_TOKEN', 3, 1, /found the end of the text/],
    ['tables { } }', 'UNEXPECTED_TOKEN', 1, 12, /a field of p4\.config\.v1\.P4Info or the end of the text/],
    ['tables < }', 'UNEXPECTED_TOKEN', 1, 10, /'>', found '}'/],
    ['tables 5', 'UNEXPECTED_TOKEN', 1, 8, /'\{' to open tables/],
    ['tables { direct_resource_ids: [1 2] }', 'UNEXPECTED_TOKEN', 1, 34, /'\]'/],
    ['tables { size: [1] }', 'BAD_VALUE', 1, 16, /an integer for size/],
    ['tables @ {', 'BAD_CHARACTER', 1, 8, /found "@"/],
    ['externs { instances { info { [p4.v1.Index] { } } } }', 'UNKNOWN_TYPE', 1, 30, /type\.googleapis\.com/],
    ['externs { instances { info { [x.y/No] { } } } }', 'UNKNOWN_TYPE', 1, 30, /give type_url and value/],
  ];
  for (const [text, code, line, column, message] of cases) {
    it(`${code}: ${JSON.stringify(text)}`, () => {
      const thrown = error(text);
      assert.deepEqual([thrown.code, thrown.line, thrown.column], [code, line, column], thrown.message);
      assert.match(thrown.message, message);
      assert.ok(
        thrown.message.startsWith(`line ${line}, column ${column}: expected ${thrown.expected}, found `),
      );
      assert.ok(thrown.message.endsWith(thrown.remedy));
    });
  }

  it('TOO_DEEP instead of a stack overflow', () => {
    const deep = (levels: number) => `${'tuple { members { '.repeat(levels)}${'} } '.repeat(levels)}`;
    assert.ok(parseText(P4Data, deep(50)).hasTuple());
    assert.throws(() => parseText(P4Data, deep(100_000)), { name: 'TextFormatError', code: 'TOO_DEEP' });
  });
});

/** P4Data of every kind, nested. */
const p4Data: fc.Arbitrary<P4Data> = fc.letrec<{ data: P4Data; members: P4StructLike }>((tie) => ({
  members: fc.array(tie('data'), { maxLength: 4 }).map((members) => {
    const like = new P4StructLike();
    like.setMembersList(members);
    return like;
  }),
  data: fc.oneof(
    { maxDepth: 4 },
    fc.uint8Array({ maxLength: 40 }).map((bytes) => built((data) => data.setBitstring(bytes))),
    fc.boolean().map((value) => built((data) => data.setBool(value))),
    fc.string({ unit: 'binary' }).map((name) => built((data) => data.setEnum(name))),
    fc.string({ unit: 'grapheme' }).map((name) => built((data) => data.setError(name))),
    fc.tuple(fc.uint8Array(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })).map(([bytes, width]) => {
      const varbit = new P4Varbit();
      varbit.setBitstring(bytes);
      varbit.setBitwidth(width);
      return built((data) => data.setVarbit(varbit));
    }),
    fc.array(fc.uint8Array({ maxLength: 5 })).map((fields) => {
      const header = new P4Header();
      header.setIsValid(true);
      header.setBitstringsList(fields);
      return built((data) => data.setHeader(header));
    }),
    tie('members').map((members) => built((data) => data.setStruct(members))),
    tie('members').map((members) => built((data) => data.setTuple(members))),
  ),
})).data;

function built(set: (data: P4Data) => void): P4Data {
  const data = new P4Data();
  set(data);
  return data;
}

describe('text format, random', () => {
  it('printed and parsed again, a message is the same to the byte', () => {
    fc.assert(
      fc.property(p4Data, (data) => {
        const bytes = hex(data.serializeBinary());
        assert.equal(hex(P4Data.deserializeBinary(data.serializeBinary()).serializeBinary()), bytes);
        assert.equal(hex(parseText(P4Data, printText(data)).serializeBinary()), bytes);
      }),
    );
  });

  it('white space and comments between tokens change nothing', () => {
    const space = fc.constantFrom(' ', '\n', '\t', '\r\n', '# } "\n', '  # x\n\n');
    fc.assert(
      fc.property(p4Data, fc.array(space, { minLength: 1 }), (data, spaces) => {
        let turn = 0;
        const text = printText(data).replace(/\n/g, () => `\n${spaces[turn++ % spaces.length] ?? ''}`);
        assert.equal(hex(parseText(P4Data, text).serializeBinary()), hex(data.serializeBinary()));
      }),
    );
  });

  it('damaged text is read or refused with a TextFormatError, nothing else', () => {
    const text = fixture('every_form.p4info.txtpb').toString();
    const edit = fc.record({
      at: fc.nat(text.length - 1),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('{', '}', '"', '\\', '<', '[', ']', ':', '-', '#'),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let damaged = text;
        for (const { at, remove, insert } of edits) {
          damaged = damaged.slice(0, at) + insert + damaged.slice(at + remove);
        }
        try {
          parseP4InfoText(damaged);
        } catch (thrown) {
          if (!(thrown instanceof TextFormatError)) throw thrown;
          const lines = damaged.split('\n');
          assert.ok(thrown.line >= 1 && thrown.line <= lines.length);
          assert.ok(thrown.column >= 1 && thrown.column <= (lines[thrown.line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
