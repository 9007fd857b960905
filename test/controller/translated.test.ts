import assert from 'node:assert/strict';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { decodePlainEntry } from '../../controller/p4runtime/direct/table-decoder.js';
import { decodeEntity, type Entity, encodeEntity, Schema } from '../../controller/p4runtime/index.js';
import { decodePacketIn, encodePacketOut } from '../../controller/p4runtime/packet-io.js';

// Ports and next hops have names for the controller, and tables names beyond ASCII.
const schema = new Schema(
  parseP4Info(`
tables { preamble { id: 33554433 name: "eingang.größen" alias: "größen" }
  match_fields { id: 1 name: "port" match_type: EXACT type_name { name: "port_id_t" } }
  action_refs { id: 16777217 } size: 16 }
actions { preamble { id: 16777217 name: "eingang.weiter" alias: "weiter" }
  params { id: 1 name: "nexthop" type_name { name: "nexthop_id_t" } }
  params { id: 2 name: "vlan" bitwidth: 12 } }
controller_packet_metadata { preamble { id: 1 name: "packet_in" alias: "packet_in" }
  metadata { id: 1 name: "ingress_port" type_name { name: "port_id_t" } } metadata { id: 2 name: "reason" bitwidth: 4 } }
controller_packet_metadata { preamble { id: 2 name: "packet_out" alias: "packet_out" }
  metadata { id: 1 name: "egress_port" type_name { name: "port_id_t" } } }
type_info {
  new_types { key: "port_id_t" value { translated_type { uri: "" sdn_string { } } } }
  new_types { key: "nexthop_id_t" value { translated_type { uri: "" sdn_string { } } } }
}`),
);

describe('values that are translated to text, and names beyond ASCII', () => {
  const entry: Entity = {
    kind: 'table-entry',
    table: 'größen',
    match: { port: 'Ethernet1/1' },
    action: { kind: 'action', name: 'weiter', params: { nexthop: 'Zürich-1', vlan: 7 } },
  };

  it('come back as they were written, and can be written again', () => {
    const message = encodeEntity(schema, entry);
    const read = decodeEntity(schema, message);
    assert.deepEqual(read, {
      kind: 'table-entry',
      table: 'eingang.größen',
      match: { port: 'Ethernet1/1' },
      action: { kind: 'action', name: 'eingang.weiter', params: { nexthop: 'Zürich-1', vlan: 7n } },
    });
    assert.deepEqual(encodeEntity(schema, read).serializeBinary(), message.serializeBinary());
    const bytes = Buffer.from(message.serializeBinary());
    assert.equal(decodePlainEntry(schema, bytes, 0, bytes.length), undefined, 'text is not read as a number');
  });

  it('are in the metadata of packets too', () => {
    const metadata = [
      { id: 1, value: BigInt(`0x${Buffer.from('Ethernet9').toString('hex')}`) },
      { id: 2, value: 5n },
      { id: 3, value: 6n },
    ];
    const packet = decodePacketIn(schema, { payload: Uint8Array.of(1), metadata });
    assert.deepEqual(packet.metadata, { ingress_port: 'Ethernet9', reason: 5n, '#3': 6n });
    const sent = encodePacketOut(schema, Uint8Array.of(1), { egress_port: 'Ethernet2' });
    assert.ok(sent.includes('Ethernet2'));
  });

  it('are refused as numbers, and misspelt names are answered with the right ones', () => {
    assert.throws(() => encodeEntity(schema, { ...entry, match: { port: 7 } }), /must be text or bytes/);
    assert.throws(() => encodeEntity(schema, { ...entry, table: 'grössen' }), /did you mean .*'größen'/);
  });
});
