import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  allOnes,
  type KeyField,
  type MatchKey,
  MatchTable,
  prefixMask,
  SwitchError,
  type TableEntry,
  writeLimbs,
} from '../../switch/runtime/index.js';

const ACTIONS = [
  { name: 'forward', paramWidths: [9, 48] },
  { name: 'mark', paramWidths: [128] },
  { name: 'drop', paramWidths: [] },
];

function tableOf(fields: readonly KeyField[], maxSize = 1000): MatchTable {
  return new MatchTable({ name: 'ingress.t', fields, actions: ACTIONS, maxSize });
}

/** Looks up a packet key given as one value per field. */
function lookup(table: MatchTable, values: readonly bigint[]): number {
  table.fields.forEach((field, i) => {
    writeLimbs(table.key, field.offset, field.width, values[i] ?? 0n);
  });
  return table.lookup();
}

function matches(key: MatchKey, width: number, value: bigint): boolean {
  switch (key.kind) {
    case 'exact':
      return value === key.value;
    case 'lpm':
      return ((value ^ key.value) & prefixMask(width, key.prefixLength)) === 0n;
    case 'ternary':
      return ((value ^ key.value) & key.mask) === 0n;
    case 'range':
      return key.low <= value && value <= key.high;
  }
}

/** Canonical text of an entry's identity. */
function identityOf(fields: readonly KeyField[], entry: Pick<TableEntry, 'match' | 'priority'>): string {
  const parts = entry.match.map((key, i) => keyText(key, fields[i]?.width ?? 0));
  return `${parts.join(' ')} @${entry.priority}`;
}

function keyText(key: MatchKey, width: number): string {
  switch (key.kind) {
    case 'exact':
      return `${key.value}`;
    case 'lpm':
      return `${key.value & prefixMask(width, key.prefixLength)}/${key.prefixLength}`;
    case 'ternary':
      return `${key.value & key.mask}&${key.mask}`;
    case 'range':
      return `${key.low}-${key.high}`;
  }
}

/** A table as a list, searched from end to end. */
class NaiveTable {
  readonly entries = new Map<string, { entry: TableEntry; slot: number }>();
  private readonly fields: readonly KeyField[];

  constructor(fields: readonly KeyField[]) {
    this.fields = fields;
  }

  /** The slots that may win: all of those tied for best. */
  lookup(values: readonly bigint[]): Set<number> {
    let best = -1;
    let slots = new Set<number>();
    for (const { entry, slot } of this.entries.values()) {
      if (!entry.match.every((key, i) => matches(key, this.fields[i]?.width ?? 0, values[i] ?? 0n))) continue;
      const rank = this.rank(entry);
      if (rank > best) {
        best = rank;
        slots = new Set();
      }
      if (rank === best) slots.add(slot);
    }
    return slots.size === 0 ? new Set([0]) : slots;
  }

  private rank(entry: TableEntry): number {
    if (this.fields.some((field) => field.kind === 'ternary' || field.kind === 'range'))
      return entry.priority;
    return entry.match.reduce((n, key) => n + (key.kind === 'lpm' ? key.prefixLength : 0), 0);
  }
}

/** Values that collide often: few bits set, at both ends of the width. */
function someValue(width: number): fc.Arbitrary<bigint> {
  const few = fc.integer({ min: 0, max: 7 }).map((n) => BigInt(n) & allOnes(width));
  const high = few.map((n) => (n << BigInt(Math.max(0, width - 3))) & allOnes(width));
  const middle = few.map((n) => (n << BigInt(width >> 1)) & allOnes(width));
  return fc.oneof(few, high, middle, fc.bigInt({ min: 0n, max: allOnes(width) }));
}

function keyOf(field: KeyField): fc.Arbitrary<MatchKey> {
  const value = someValue(field.width);
  switch (field.kind) {
    case 'exact':
      return value.map((v) => ({ kind: 'exact', value: v }));
    case 'lpm':
      return fc.tuple(value, fc.integer({ min: 0, max: field.width })).map(([v, prefixLength]) => ({
        kind: 'lpm',
        value: v,
        prefixLength,
      }));
    case 'ternary':
      return fc.tuple(value, value).map(([v, mask]) => ({ kind: 'ternary', value: v & mask, mask }));
    case 'range':
      return fc
        .tuple(value, value)
        .map(([a, b]) => (a < b ? { kind: 'range', low: a, high: b } : { kind: 'range', low: b, high: a }));
  }
}

interface WriteStep {
  readonly op: 'insert' | 'modify' | 'delete';
  readonly match: MatchKey[];
  readonly priority: number;
}

type Step =
  | WriteStep
  | { readonly op: 'deleteAny' | 'lookupEntry'; readonly pick: number }
  | { readonly op: 'lookup'; readonly values: bigint[] };

function stepsFor(fields: readonly KeyField[]): fc.Arbitrary<Step[]> {
  const priority = fc.integer({ min: 0, max: 5 });
  const match = fc.tuple(...fields.map(keyOf));
  const write = fc.record({
    op: fc.constantFrom(
      'insert' as const,
      'insert' as const,
      'insert' as const,
      'modify' as const,
      'delete' as const,
    ),
    match,
    priority,
  });
  const pick = fc.record({
    op: fc.constantFrom('deleteAny' as const, 'lookupEntry' as const),
    pick: fc.nat(1000),
  });
  const look = fc.record({
    op: fc.constant('lookup' as const),
    values: fc.tuple(...fields.map((f) => someValue(f.width))),
  });
  return fc.array(fc.oneof({ weight: 3, arbitrary: write }, pick, look), { maxLength: 120 });
}

const SHAPES: Readonly<Record<string, readonly KeyField[]>> = {
  'exact, one narrow field': [{ name: 'port', kind: 'exact', width: 9 }],
  'exact, several fields': [
    { name: 'a', kind: 'exact', width: 48 },
    { name: 'b', kind: 'exact', width: 1 },
    { name: 'c', kind: 'exact', width: 32 },
  ],
  'lpm, 32 bits': [{ name: 'dst', kind: 'lpm', width: 32 }],
  'lpm, 256 bits': [{ name: 'name', kind: 'lpm', width: 256 }],
  'lpm, odd width, exact on both sides': [
    { name: 'vrf', kind: 'exact', width: 12 },
    { name: 'dst', kind: 'lpm', width: 77 },
    { name: 'kind', kind: 'exact', width: 33 },
  ],
  'ternary, several fields': [
    { name: 'a', kind: 'ternary', width: 16 },
    { name: 'b', kind: 'ternary', width: 48 },
  ],
  'ternary with exact and lpm': [
    { name: 'a', kind: 'exact', width: 8 },
    { name: 'b', kind: 'lpm', width: 32 },
    { name: 'c', kind: 'ternary', width: 40 },
  ],
  range: [{ name: 'port', kind: 'range', width: 16 }],
  'ranges, wide ones too': [
    { name: 'a', kind: 'range', width: 16 },
    { name: 'b', kind: 'range', width: 64 },
    { name: 'c', kind: 'ternary', width: 8 },
  ],
};

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SwitchError) return error.code;
    throw error;
  }
  return 'OK';
}

class Game {
  private readonly fields: readonly KeyField[];
  private readonly table: MatchTable;
  private readonly naive: NaiveTable;
  private parameter = 0n;

  constructor(fields: readonly KeyField[]) {
    this.fields = fields;
    this.table = tableOf(fields, 30);
    this.naive = new NaiveTable(fields);
  }

  play(step: Step): void {
    if (step.op === 'lookup') this.check(step.values);
    else if ('pick' in step) this.pick(step.op, step.pick);
    else this.write(step);
  }

  finish(): void {
    assert.equal(this.table.size, this.naive.entries.size);
    for (const stored of this.table.entries()) {
      const expected = this.naive.entries.get(identityOf(this.fields, stored));
      assert.equal(expected?.slot, stored.slot);
      assert.deepEqual(stored.action, expected?.entry.action);
    }
  }

  private check(values: readonly bigint[]): void {
    assert.ok(this.naive.lookup(values).has(lookup(this.table, values)));
  }

  private pick(op: 'deleteAny' | 'lookupEntry', pick: number): void {
    const { entries } = this.naive;
    const chosen = [...entries][pick % Math.max(1, entries.size)];
    if (chosen === undefined) return;
    const [id, { entry }] = chosen;
    if (op === 'deleteAny') {
      this.table.delete(entry);
      entries.delete(id);
    } else {
      this.check(entry.match.map((key) => (key.kind === 'range' ? key.high : key.value)));
    }
  }

  private write(step: WriteStep): void {
    const { table } = this;
    const { entries } = this.naive;
    this.parameter = (this.parameter + 1n) & 0x1ffn;
    const action = { actionIndex: 0, params: [this.parameter, 0xffffffffffffn - this.parameter] };
    const entry: TableEntry = { match: step.match, priority: table.prioritised ? step.priority : 0, action };
    const id = identityOf(this.fields, entry);
    const present = entries.has(id);
    switch (step.op) {
      case 'insert':
        if (present)
          assert.equal(
            codeOf(() => table.insert(entry)),
            'ALREADY_EXISTS',
          );
        else if (entries.size === 30)
          assert.equal(
            codeOf(() => table.insert(entry)),
            'TABLE_FULL',
          );
        else entries.set(id, { entry, slot: table.insert(entry) });
        break;
      case 'modify':
        if (!present)
          assert.equal(
            codeOf(() => table.modify(entry)),
            'NOT_FOUND',
          );
        else entries.set(id, { entry, slot: table.modify(entry) });
        break;
      case 'delete':
        assert.equal(
          codeOf(() => table.delete(entry)),
          present ? 'OK' : 'NOT_FOUND',
        );
        entries.delete(id);
        break;
    }
  }
}

describe('match tables against a linear scan', () => {
  for (const [shape, fields] of Object.entries(SHAPES)) {
    it(shape, () => {
      fc.assert(
        fc.property(stepsFor(fields), (steps) => {
          const game = new Game(fields);
          for (const step of steps) game.play(step);
          game.finish();
        }),
        { numRuns: 150 },
      );
    });
  }
});

describe('match tables on the control surface', () => {
  const exact = [{ name: 'hdr.ip.dst', kind: 'exact', width: 32 }] as const;
  const entry = (value: bigint): TableEntry => ({
    match: [{ kind: 'exact', value }],
    priority: 0,
    action: { actionIndex: 2, params: [] },
  });

  it('lays action data out in limbs, parameters one after another', () => {
    const table = tableOf(exact);
    const slot = table.insert({
      match: [{ kind: 'exact', value: 1n }],
      priority: 0,
      action: { actionIndex: 0, params: [0x1ffn, 0xaabbccddeeffn] },
    });
    const at = slot * table.stride;
    assert.equal(table.stride, 4);
    assert.equal(table.actionOf[slot], 0);
    assert.deepEqual([...table.params.subarray(at, at + 3)], [0x1ff, 0xaabb, 0xccddeeff]);
  });

  it('keeps slots stable while the table grows', () => {
    const table = tableOf(exact, 5000);
    const slots = Array.from({ length: 5000 }, (_, i) => table.insert(entry(BigInt(i))));
    slots.forEach((slot, i) => {
      assert.equal(lookup(table, [BigInt(i)]), slot);
    });
    assert.equal(
      codeOf(() => table.insert(entry(5000n))),
      'TABLE_FULL',
    );
  });

  it('reads metadata, controller metadata and idle timeout back', () => {
    const table = new MatchTable({
      name: 't',
      fields: exact,
      actions: ACTIONS,
      maxSize: 4,
      supportTimeout: true,
    });
    const full = {
      ...entry(9n),
      metadata: Uint8Array.of(1, 2),
      controllerMetadata: 77n,
      idleTimeoutNs: 5_000_000_000n,
    };
    const slot = table.insert(full);
    assert.deepEqual(table.get(full), { slot, ...full });
    table.modify(entry(9n));
    assert.equal(table.get(full)?.metadata, undefined);
  });

  it('slot 0 is the default entry', () => {
    const table = new MatchTable({
      name: 't',
      fields: exact,
      actions: ACTIONS,
      maxSize: 4,
      defaultAction: { actionIndex: 2, params: [] },
    });
    assert.equal(table.actionOf[lookup(table, [5n])], 2);
    table.setDefault({ actionIndex: 1, params: [1n << 127n] });
    assert.equal(table.actionOf[0], 1);
    assert.equal(table.params[0], 0x80000000);
    table.resetDefault();
    assert.deepEqual(table.defaultAction, { actionIndex: 2, params: [] });
    assert.equal(tableOf(exact).defaultAction, undefined);
  });

  it('a table without key always misses and takes no entries', () => {
    const table = tableOf([]);
    assert.equal(table.lookup(), 0);
    assert.equal(
      codeOf(() => table.insert({ ...entry(0n), match: [] })),
      'INVALID_ARGUMENT',
    );
  });

  it('const entries and a const default take no change', () => {
    const table = new MatchTable({
      name: 't',
      fields: exact,
      actions: ACTIONS,
      maxSize: 4,
      constDefault: true,
      defaultAction: { actionIndex: 2, params: [] },
    });
    table.insert(entry(1n));
    table.immutable = true;
    for (const change of [
      () => table.insert(entry(2n)),
      () => table.modify(entry(1n)),
      () => table.delete(entry(1n)),
      () => table.clear(),
      () => table.setDefault({ actionIndex: 2, params: [] }),
    ]) {
      assert.equal(codeOf(change), 'PERMISSION_DENIED');
    }
    assert.notEqual(lookup(table, [1n]), 0);
  });

  it('clears', () => {
    const table = tableOf(SHAPES['ternary, several fields'] ?? []);
    for (let i = 0n; i < 20n; i++) {
      table.insert({
        match: [
          { kind: 'ternary', value: i, mask: 0xffffn },
          { kind: 'ternary', value: 0n, mask: i },
        ],
        priority: 1,
        action: { actionIndex: 2, params: [] },
      });
    }
    table.clear();
    assert.equal(table.size, 0);
    assert.equal(lookup(table, [3n, 0n]), 0);
  });

  it('bad entries get messages with table, field, value and remedy', () => {
    const wide = tableOf([
      { name: 'hdr.sinc.name', kind: 'lpm', width: 256 },
      { name: 'port', kind: 'exact', width: 9 },
    ]);
    const name: MatchKey = { kind: 'lpm', value: 0n, prefixLength: 0 };
    const port: MatchKey = { kind: 'exact', value: 1n };
    const drop = { actionIndex: 2, params: [] };
    const cases: readonly [Partial<TableEntry>, RegExp][] = [
      [{ match: [name] }, /ingress\.t: the key has 2 field\(s\), the entry gives 1/],
      [
        { match: [name, { kind: 'exact', value: 512n }] },
        /field 2 \(port\) takes a value of 9 bits, got 0x200/,
      ],
      [{ match: [name, { kind: 'exact', value: -1n }] }, /got -0x1/],
      [{ match: [port, name] }, /field 1 \(hdr\.sinc\.name\) matches lpm, the entry gives exact/],
      [{ match: [{ ...name, prefixLength: 257 }, port] }, /prefix length of 0 to 256, got 257/],
      [{ match: [{ ...name, prefixLength: 1.5 }, port] }, /prefix length/],
      [
        { match: [name, port], action: { actionIndex: 9, params: [] } },
        /no action number 9; it has 3: forward/,
      ],
      [
        { match: [name, port], action: { actionIndex: 0, params: [1n] } },
        /forward takes 2 parameter\(s\), got 1/,
      ],
      [
        { match: [name, port], action: { actionIndex: 0, params: [512n, 0n] } },
        /parameter 1, takes a value of 9 bits/,
      ],
      [{ match: [name, port], priority: -1 }, /priority is an integer of 0 to 2\^31 - 1/],
      [{ match: [name, port], idleTimeoutNs: 1n }, /support_timeout/],
      [{ match: [name, port], action: { member: 1 } }, /no action profile/],
    ];
    for (const [bad, message] of cases) {
      const insert = (): number => wide.insert({ match: [name, port], priority: 0, action: drop, ...bad });
      assert.throws(insert, (error) => {
        assert.ok(error instanceof SwitchError);
        assert.equal(error.code, 'INVALID_ARGUMENT');
        assert.match(error.message, message);
        return true;
      });
    }
    assert.equal(wide.size, 0);
    const range = tableOf([{ name: 'port', kind: 'range', width: 16 }]);
    const upsideDown: MatchKey = { kind: 'range', low: 2n, high: 1n };
    assert.equal(
      codeOf(() => range.insert({ match: [upsideDown], priority: 1, action: drop })),
      'INVALID_ARGUMENT',
    );
  });
});
