import assert from 'node:assert/strict';
import { P4Data } from 'p4runtime-js';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { type DataInput, decodeData, encodeData } from '../../controller/p4runtime/data.js';
import { P4RuntimeError, Schema } from '../../controller/p4runtime/index.js';

// Registers of one type each, as p4c describes them.
const schema = new Schema(
  parseP4Info(`
registers { preamble { id: 1 name: "plain" } size: 4 type_spec { bitstring { bit { bitwidth: 12 } } } }
registers { preamble { id: 2 name: "flag" } size: 4 type_spec { bool { } } }
registers { preamble { id: 3 name: "colour" } size: 4 type_spec { enum { name: "colour_t" } } }
registers { preamble { id: 4 name: "state" } size: 4 type_spec { serializable_enum { name: "state_t" } } }
registers { preamble { id: 5 name: "fault" } size: 4 type_spec { error { } } }
registers { preamble { id: 6 name: "pair" } size: 4 type_spec { struct { name: "pair_t" } } }
registers { preamble { id: 7 name: "both" } size: 4 type_spec {
  tuple { members { bitstring { bit { bitwidth: 8 } } } members { bool { } } } } }
type_info {
  enums { key: "colour_t" value { members { name: "RED" } members { name: "GREEN" } } }
  serializable_enums { key: "state_t" value {
    underlying_type { bitwidth: 16 }
    members { name: "IDLE" value: "\\000" } members { name: "BUSY" value: "\\001\\002" } } }
  structs { key: "pair_t" value {
    members { name: "größe" type_spec { bitstring { bit { bitwidth: 32 } } } }
    members { name: "state" type_spec { serializable_enum { name: "state_t" } } } } }
}`),
);

const typed = (name: string) => schema.registers.get(name);
function roundTrip(name: string, value: DataInput): unknown {
  const { type } = typed(name);
  const bytes = encodeData(value, type, schema.types, name).serializeBinary();
  return decodeData(P4Data.deserializeBinary(bytes), type, schema.types, name);
}

describe('data of registers and digests', () => {
  it('is what it was, of every type that has values', () => {
    assert.equal(roundTrip('plain', '0xfff'), 0xfffn);
    assert.equal(roundTrip('flag', true), true);
    assert.equal(roundTrip('colour', 'GREEN'), 'GREEN');
    assert.equal(roundTrip('fault', 'NoMatch'), 'NoMatch');
    assert.equal(roundTrip('state', 'BUSY'), 0x102n);
    assert.equal(roundTrip('state', 'IDLE'), 0n);
    assert.equal(roundTrip('state', 7), 7n);
    assert.deepEqual(roundTrip('both', [3, false]), [3n, false]);
    assert.deepEqual(roundTrip('pair', { größe: '10.0.0.1', state: 'BUSY' }), {
      größe: 0x0a000001n,
      state: 258n,
    });
  });

  it('is refused where it is not of its type', () => {
    const bad: [string, DataInput, string, RegExp][] = [
      ['plain', 0x1000, 'BAD_VALUE', /plain: 4096 does not fit 12 bits/],
      ['plain', true, 'BAD_VALUE', /plain must be an integer/],
      ['flag', 1, 'BAD_VALUE', /true or false/],
      ['colour', 1, 'BAD_VALUE', /name of a member/],
      ['fault', 1n, 'BAD_VALUE', /name of an error/],
      ['state', 'LAZY', 'BAD_VALUE', /state: LAZY/],
      ['state', 1 << 16, 'BAD_VALUE', /does not fit 16 bits/],
      ['both', [1], 'BAD_VALUE', /a list of 2/],
      ['pair', { größe: 1 }, 'BAD_VALUE', /a field 'state'/],
      [
        'pair',
        { größe: 1, state: 1, stat: 2 },
        'UNKNOWN_NAME',
        /pair has no field 'stat'; did you mean 'state'/,
      ],
    ];
    for (const [name, value, code, text] of bad) {
      assert.throws(
        () => roundTrip(name, value),
        (error) => error instanceof P4RuntimeError && error.code === code && text.test(error.message),
        `${name} ${JSON.stringify(value, (_, one) => String(one))}`,
      );
    }
  });
});
