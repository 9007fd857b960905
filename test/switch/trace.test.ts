import assert from 'node:assert/strict';
import type { PacketTrace } from '../../switch/index.js';
import {
  assign,
  expression,
  field,
  hex,
  pipelineJson,
  primitive,
  programJson,
  tableJson,
} from './program-json.js';
import { Rig } from './rig.js';

const at = (line: number) => ({ filename: 'x.p4', line, column: 1, source_fragment: `line ${line}` });
const headers = {
  h: {
    fields: [
      ['key', 8],
      ['out', 8],
    ] as const,
  },
};

function rigOf() {
  const set = {
    name: 'set',
    runtime_data: [],
    primitives: [{ ...(assign('h', 'out', hex(7)) as object), source_info: at(20) }],
  };
  const drop = {
    name: 'drop',
    runtime_data: [],
    primitives: [primitive('mark_to_drop', { type: 'header', value: 'standard_metadata' })],
  };
  const table = tableJson(
    't',
    0,
    [
      [2, 'set'],
      [3, 'drop'],
    ],
    {
      key: [{ match_type: 'exact', name: 'key', target: ['h', 'key'], mask: null }],
      default_entry: { action_id: 3, action_const: false, action_data: [], action_entry_const: false },
      source_info: at(30),
    },
  );
  const condition = {
    name: 'node_1',
    id: 0,
    source_info: at(10),
    expression: { type: 'expression', value: expressionOf() },
    true_next: 't',
    false_next: null,
  };
  const rig = new Rig(
    programJson({
      headers,
      actions: [set, drop],
      pipelines: [pipelineJson('ingress', 'node_1', [table], [condition]), pipelineJson('egress', null, [])],
    }),
  );
  rig.program.tables.get('t')?.insert({
    match: [{ kind: 'exact', value: 5n }],
    priority: 0,
    action: { actionIndex: 0, params: [] },
  });
  return rig;
}

function expressionOf() {
  return (expression('!=', field('h', 'key'), hex(9)) as { value: unknown }).value;
}

const source = (line: number) => ({ file: 'x.p4', line, column: 1, fragment: `line ${line}` });

describe('packet trace', () => {
  it('tells what was parsed, what hit and what ran, with P4 lines', () => {
    const rig = rigOf();
    const traces: PacketTrace[] = [];
    rig.device.onTrace((trace) => traces.push(trace));
    assert.equal(rig.send(3, '0500 aa')[0]?.hex, '0507aa');
    assert.deepEqual(traces, [
      {
        port: 3,
        frame: Uint8Array.from([5, 0, 0xaa]),
        events: [
          { kind: 'ingress', port: 3 },
          { kind: 'parserState', state: 'start' },
          {
            kind: 'extracted',
            header: 'h',
            bytes: 2,
            fields: [
              { name: 'key', value: 5n },
              { name: 'out', value: 0n },
            ],
          },
          { kind: 'condition', name: 'node_1', result: true, source: source(10) },
          {
            kind: 'table',
            table: 't',
            key: [{ name: 'key', value: 5n }],
            hit: true,
            slot: 1,
            action: 'set',
            parameters: [],
            source: source(30),
          },
          { kind: 'statement', source: source(20) },
          { kind: 'egress', port: 0 },
          { kind: 'sent', port: 0, bytes: 3 },
        ],
      },
    ]);
  });

  it('tells misses, drops, parser errors and conditions that fail', () => {
    const rig = rigOf();
    const events: string[] = [];
    rig.device.onTrace((trace) => {
      for (const event of trace.events)
        if (event.kind === 'table') events.push(`${event.hit} ${event.action}`);
        else if (event.kind === 'dropped') events.push(`dropped ${event.where}`);
        else if (event.kind === 'parserError') events.push(event.error);
        else if (event.kind === 'condition') events.push(`${event.result}`);
    });
    rig.send(3, '0600');
    rig.send(3, '0900');
    rig.send(3, '09');
    assert.deepEqual(events, [
      'true',
      'false drop',
      'dropped ingress',
      'false',
      'PacketTooShort',
      'true',
      'false drop',
      'dropped ingress',
    ]);
  });

  it('changes nothing else: entries and registers stay, and it can be taken off again', () => {
    const rig = rigOf();
    let traces = 0;
    const stop = rig.device.onTrace(() => traces++);
    assert.equal(rig.send(3, '0500')[0]?.hex, '0507');
    stop();
    assert.equal(rig.send(3, '0500')[0]?.hex, '0507');
    assert.equal(traces, 1);
    rig.device.onTrace(() => traces++);
    rig.device.load(rig.program.spec);
    rig.send(3, '0500');
    assert.equal(traces, 2);
  });
});
