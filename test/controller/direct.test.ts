import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Entity, WriteRequest } from 'p4runtime-js';
import { entityBounds } from '../../controller/p4runtime/direct/byte-reader.js';
import { ByteWriter } from '../../controller/p4runtime/direct/byte-writer.js';
import { decodePlainEntry, identifyPlainEntry } from '../../controller/p4runtime/direct/table-decoder.js';
import { identify } from '../../controller/p4runtime/identity.js';
import {
  decodeEntity,
  type EntryAction,
  encodeEntity,
  encodeIdentified,
  insert,
  type MatchInput,
  type Entity as NamedEntity,
  Schema,
} from '../../controller/p4runtime/index.js';
import { makeBatches } from '../../controller/p4runtime/write.js';
import { sincmeshPipeline } from '../../experiments/program.js';
import { workbench } from './workbench.js';

const SCHEMAS = [new Schema(workbench().p4info), new Schema(sincmeshPipeline().p4info)];

/** A value of a width, as number, bigint, text or bytes; one bit too wide now and then. */
function value(width: number): fc.Arbitrary<number | bigint | string> {
  if (width === 0) return fc.string({ minLength: 1, maxLength: 8 });
  const fits = fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n });
  const form = (big: bigint): fc.Arbitrary<number | bigint | string> =>
    big <= BigInt(Number.MAX_SAFE_INTEGER)
      ? fc.constantFrom<number | bigint | string>(Number(big), big, `0x${big.toString(16)}`)
      : fc.constantFrom<bigint | string>(big, `0x${big.toString(16)}`);
  return fc.oneof(
    { weight: 20, arbitrary: fits.chain(form) },
    { weight: 1, arbitrary: fc.constantFrom<number | bigint>(-1, 1.5, 1n << BigInt(width), 2 ** 53) },
  );
}

function match(kind: string, width: number): fc.Arbitrary<MatchInput> {
  const one = value(width);
  const length = fc.integer({ min: 0, max: width });
  if (kind === 'lpm') return fc.oneof(one, fc.record({ value: one, prefixLength: length }));
  if (kind === 'ternary') {
    return fc.oneof(
      one,
      fc.record({ value: one, mask: one }),
      fc.record({ value: one, prefixLength: length }),
    );
  }
  if (kind === 'range') return fc.oneof(one, fc.record({ low: one, high: one }));
  return one;
}

/** Entries of any table, most of them in order. */
function entry(schema: Schema): fc.Arbitrary<NamedEntity> {
  return fc.constantFrom(...schema.tables).chain((table) => {
    const fields = Object.fromEntries(
      table.fields.map((field) => [
        field.name,
        field.kind === 'exact' ? match(field.kind, field.width) : fc.option(match(field.kind, field.width)),
      ]),
    );
    const action = (): fc.Arbitrary<EntryAction> =>
      fc
        .constantFrom(...table.actions)
        .chain((info) =>
          fc
            .record(Object.fromEntries(info.params.map((param) => [param.name, value(param.width)])))
            .map((params) => ({ kind: 'action', name: info.name, params })),
        );
    const viaProfile: fc.Arbitrary<EntryAction> = fc.oneof(
      fc.nat().map((member) => ({ kind: 'member' as const, member })),
      fc.nat().map((group) => ({ kind: 'group' as const, group })),
    );
    return fc
      .record({
        match: fc.record(fields),
        priority: fc.oneof(
          { weight: 9, arbitrary: fc.constant(table.hasPriority ? 7 : undefined) },
          { weight: 1, arbitrary: fc.constantFrom(undefined, 0, 0x7fffffff, -1) },
        ),
        action: fc.option(
          table.profileId === undefined && table.actions.length > 0
            ? action()
            : table.profileId === undefined
              ? fc.constant({ kind: 'action' as const, name: 'nothing', params: {} })
              : viaProfile,
        ),
        isDefault: fc.constantFrom(false, false, false, true),
        idleTimeoutNs: fc.constantFrom(undefined, undefined, 0, 2 ** 40, -1),
        metadata: fc.option(fc.uint8Array({ maxLength: 200 })),
      })
      .map((made): NamedEntity => {
        const given = Object.entries(made.match).filter(([, input]) => input !== null);
        return {
          kind: 'table-entry',
          table: table.name,
          ...(made.isDefault
            ? { isDefault: true }
            : { match: Object.fromEntries(given) as Record<string, MatchInput> }),
          ...(made.priority !== undefined && !made.isDefault && { priority: made.priority }),
          ...(made.action !== null && { action: made.action }),
          ...(made.idleTimeoutNs !== undefined && { idleTimeoutNs: made.idleTimeoutNs }),
          ...(made.metadata !== null && { metadata: made.metadata }),
        };
      });
  });
}

function outcome<T>(act: () => T): { value: T } | { error: string } {
  try {
    return { value: act() };
  } catch (error) {
    return { error: String(error) };
  }
}

describe('table entries straight to bytes', () => {
  for (const [index, schema] of SCHEMAS.entries()) {
    it(`are the bytes google-protobuf makes, and the same errors (program ${index + 1})`, () => {
      let encoded = 0;
      fc.assert(
        fc.property(fc.array(entry(schema), { minLength: 1, maxLength: 4 }), (entities) => {
          const direct = outcome(() => {
            const [batch] = makeBatches(schema, entities.map(insert), 'rollback-on-error');
            return WriteRequest.deserializeBinary(batch?.body ?? new Uint8Array(0));
          });
          const general = outcome(() => entities.map((entity) => encodeEntity(schema, entity)));
          if ('error' in direct || 'error' in general) {
            assert.deepEqual(direct, general);
            return;
          }
          encoded += 1;
          assert.equal(direct.value.getAtomicity(), WriteRequest.Atomicity.ROLLBACK_ON_ERROR);
          const bytes = direct.value.getUpdatesList().map((update) => update.getEntity()?.serializeBinary());
          assert.deepEqual(
            bytes,
            general.value.map((entity) => entity.serializeBinary()),
          );
        }),
        { numRuns: 400 },
      );
      assert.ok(encoded > 50, `only ${encoded} lists could be encoded`);
    });
  }

  for (const [index, schema] of SCHEMAS.entries()) {
    it(`are read and identified as message objects are (program ${index + 1})`, () => {
      let plain = 0;
      fc.assert(
        fc.property(entry(schema), (made) => {
          const encoded = outcome(() => encodeEntity(schema, made));
          if ('error' in encoded) return;
          const bytes = Buffer.from(encoded.value.serializeBinary());
          const padded = Buffer.concat([Buffer.from([1, 2, 3]), bytes, Buffer.from([9])]);
          const decoded = decodePlainEntry(schema, padded, 3, 3 + bytes.length);
          if (decoded !== undefined) assert.deepEqual(decoded, decodeEntity(schema, encoded.value));
          const identity = identifyPlainEntry(padded, 3, 3 + bytes.length);
          const [item] = encodeIdentified(schema, [made]);
          const { rank, key, body } = identify(encoded.value);
          assert.deepEqual([item?.rank, item?.key, item?.body], [rank, key, body]);
          assert.deepEqual(Buffer.from(item?.message.serializeBinary() ?? []), bytes);
          if (identity === undefined) return;
          plain += 1;
          assert.deepEqual([identity.rank, identity.key, identity.body], [rank, key, body]);
        }),
        { numRuns: 600 },
      );
      assert.ok(plain > 50, `only ${plain} entries were plain`);
    });
  }

  it('never end in anything but a decision, whatever the bytes', () => {
    const [schema] = SCHEMAS;
    assert.ok(schema);
    const good = encodeEntity(schema, {
      kind: 'table-entry',
      table: 'stations',
      match: { 'hdr.ethernet.dst': 77 },
      action: { kind: 'action', name: 'forward', params: { port: 3 } },
    }).serializeBinary();
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 3 });
    const damaged = flips.map((list) => {
      const copy = Buffer.from(good);
      for (const [at, byte] of list) copy[at] = byte;
      return copy;
    });
    const bytes = fc.oneof(
      damaged,
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(bytes, fc.nat(60), (buffer, cut) => {
        const end = Math.max(0, buffer.length - (cut < 40 ? 0 : cut - 40));
        const ours = decodePlainEntry(schema, buffer, 0, end);
        identifyPlainEntry(buffer, 0, end);
        entityBounds(buffer);
        // What is taken for an entry is one to google-protobuf as well.
        if (ours !== undefined) {
          const message = Entity.deserializeBinary(new Uint8Array(buffer.subarray(0, end)));
          assert.equal(message.hasTableEntry(), true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('writes integers of every size in the shortest form', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 1016n) - 1n }), fc.nat(1016), (big, shift) => {
        const integer = big >> BigInt(shift);
        const writer = new ByteWriter();
        writer.bigintField(0x0a, integer);
        const hex = integer.toString(16);
        const even = hex.length % 2 === 0 ? hex : `0${hex}`;
        const bytes = Buffer.from(writer.slice(0, writer.length));
        assert.equal(bytes.toString('hex'), `0a${(even.length / 2).toString(16).padStart(2, '0')}${even}`);
      }),
    );
  });

  it('gives messages of any length their length', () => {
    for (const size of [0, 1, 125, 126, 127, 128, 16_381, 16_384, 2_097_152]) {
      const writer = new ByteWriter();
      const outer = writer.begin(0x22);
      const inner = writer.begin(0x12);
      writer.raw(new Uint8Array(size).fill(7));
      writer.end(inner);
      writer.end(outer);
      const bytes = Buffer.from(writer.slice(0, writer.length));
      const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 0x7f) | 0x80, ...varint(n >>> 7)]);
      const middle = [0x12, ...varint(size)];
      const head = [0x22, ...varint(middle.length + size), ...middle];
      assert.deepEqual([...bytes.subarray(0, head.length)], head);
      assert.equal(bytes.length, head.length + size);
    }
  });
});
