import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadProgram, SpecError } from '../../switch/index.js';
import {
  assign,
  expression,
  extract,
  field,
  goTo,
  hex,
  pipelineJson,
  primitive,
  programJson,
  state,
  tableJson,
} from './program-json.js';

const headers = {
  h: {
    fields: [
      ['a', 8],
      ['b', 16],
    ] as const,
  },
};

function fails(document: unknown, code: SpecError['code'], path: string, detail: RegExp): void {
  assert.throws(
    () => loadProgram(document),
    (error: unknown) => {
      assert.ok(error instanceof SpecError, String(error));
      assert.equal(error.code, code);
      assert.equal(error.path, path);
      assert.match(error.message, detail);
      return true;
    },
  );
}

describe('BMv2 JSON loader', () => {
  it('resolves names, aliases and validity bits', () => {
    const spec = loadProgram(
      programJson({
        headers,
        ingress: [assign('h', 'b', field('h', 'a'))],
        extra: { field_aliases: [['my.alias', ['h', 'b']]] },
      }),
    );
    assert.equal(spec.fields.get('my.alias'), spec.fields.get('my.alias'));
    assert.deepEqual(spec.fields.get('my.alias')?.field, 1);
    assert.equal(spec.fields.get('h.$valid$')?.field, -1);
    assert.equal(spec.errors.get('ParserInvalidArgument'), 6);
    assert.equal(spec.ingress.nodes.length, 1);
  });

  it('gives core errors codes where the document has none', () => {
    const spec = loadProgram({
      ...programJson({}),
      errors: [
        ['NoError', 0],
        ['Mine', 7],
      ],
    });
    assert.equal(spec.errors.get('Mine'), 7);
    assert.equal(spec.errors.get('PacketTooShort'), 8);
  });

  const good = () => programJson({ headers, ingress: [assign('h', 'b', field('h', 'a'))] });

  it('refuses what is no document at all', () => {
    fails(undefined, 'MALFORMED', '$', /expected an object, got nothing/);
    fails([], 'MALFORMED', '$', /expected an object, got an array/);
    fails({}, 'UNRESOLVED', '$.headers', /standard_metadata\.ingress_port is missing/);
  });

  it('refuses other versions of the format', () => {
    fails({ ...good(), __meta__: { version: [3, 0] } }, 'UNSUPPORTED', '$.__meta__.version[0]', /version 3/);
  });

  it('names the place of an unknown header, field, action or node', () => {
    fails(
      programJson({ headers, ingress: [assign('nope', 'b', hex(1))] }),
      'UNRESOLVED',
      '$.actions[0].primitives[0].parameters[0].value[0]',
      /no header named "nope"/,
    );
    fails(
      programJson({ headers, ingress: [assign('h', 'c', hex(1))] }),
      'UNRESOLVED',
      '$.actions[0].primitives[0].parameters[0].value[1]',
      /h_t has no field named "c"/,
    );
    const pipelines = (more: Record<string, unknown>) => [
      pipelineJson('ingress', 't', [tableJson('t', 0, [[0, 'in']], more)]),
      pipelineJson('egress', null, []),
    ];
    fails(
      programJson({ headers, pipelines: pipelines({ next_tables: { in: 'nowhere' } }) }),
      'UNRESOLVED',
      '$.pipelines[0].tables[0].next_tables.in',
      /no table or condition named "nowhere"/,
    );
    fails(
      programJson({ headers, pipelines: pipelines({ action_ids: [9] }) }),
      'UNRESOLVED',
      '$.pipelines[0].tables[0].action_ids[0]',
      /no action with the id 9/,
    );
    fails(
      programJson({ headers, pipelines: pipelines({ next_tables: {} }) }),
      'MALFORMED',
      '$.pipelines[0].tables[0].next_tables',
      /no next node for action in/,
    );
    fails(
      programJson({ headers, pipelines: pipelines({ next_tables: { __HIT__: null } }) }),
      'MALFORMED',
      '$.pipelines[0].tables[0].next_tables',
      /__MISS__/,
    );
    fails(
      programJson({ headers, pipelines: pipelines({ next_tables: { in: 't' } }) }),
      'UNSUPPORTED',
      '$.pipelines[0]',
      /t leads back to itself/,
    );
  });

  it('refuses what it does not know by its name', () => {
    fails(
      programJson({ headers, ingress: [primitive('teleport')] }),
      'UNSUPPORTED',
      '$.actions[0].primitives[0].op',
      /"teleport"/,
    );
    fails(
      programJson({ headers, ingress: [assign('h', 'a', expression('**', hex(1), hex(2)))] }),
      'UNSUPPORTED',
      '$.actions[0].primitives[0].parameters[1].value.value.op',
      /"\*\*"/,
    );
    fails(
      programJson({ headers, states: [state('start', [{ op: 'sniff', parameters: [] }])] }),
      'UNSUPPORTED',
      '$.parsers[0].parse_states[0].parser_ops[0].op',
      /"sniff"/,
    );
  });

  it('refuses wrong counts, values and types', () => {
    fails(
      programJson({ headers, ingress: [primitive('exit', hex(1))] }),
      'MALFORMED',
      '$.actions[0].primitives[0].parameters',
      /exit takes 0 parameters, got 1/,
    );
    fails(
      programJson({ headers, ingress: [assign('h', 'a', { type: 'hexstr', value: '0xzz' })] }),
      'MALFORMED',
      '$.actions[0].primitives[0].parameters[1].value.value',
      /hexadecimal/,
    );
    fails(
      programJson({ headers, ingress: [primitive('_jump', hex(7))] }),
      'MALFORMED',
      '$.actions[0].primitives',
      /jump leads to primitive 7 of 1/,
    );
    fails(
      programJson({
        headers,
        states: [
          state(
            'start',
            [extract('h')],
            [field('h', 'a')],
            [{ type: 'hexstr', value: '0x1ff', mask: null, next_state: null }, goTo(null)],
          ),
        ],
      }),
      'MALFORMED',
      '$.parsers[0].parse_states[0].transitions[0].value',
      /takes 1 bytes/,
    );
    fails(
      programJson({ headers: { h: { fields: [['a', 7]] } } }),
      'MALFORMED',
      '$.headers[2]',
      /7 bits, not a whole number of bytes/,
    );
  });

  it('throws nothing but a SpecError, whatever value stands anywhere in a document', () => {
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      paths.push(path);
      if (Array.isArray(value))
        value.forEach((item, i) => {
          walk(item, [...path, i]);
        });
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    };
    walk(good(), []);
    const odd = fc.constantFrom(null, -1, 0, 3, 1e9, '', 'x', '0x', true, [], {}, [[]], { type: 'field' });
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, value) => {
        try {
          loadProgram(replaced(good(), path, value));
        } catch (error) {
          assert.ok(error instanceof SpecError, `${path.join('.')} = ${JSON.stringify(value)}: ${error}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function replaced(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(document))
    return document.map((item, i) => (i === first ? replaced(item, rest, value) : item));
  return Object.fromEntries(
    Object.entries(document as object).map(([key, item]) => [
      key,
      key === first ? replaced(item, rest, value) : item,
    ]),
  );
}
