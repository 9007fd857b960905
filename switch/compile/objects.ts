import type { Clock } from '../clock.js';
import {
  ActionProfile,
  type ActionShape,
  CounterArray,
  createHash,
  DigestStream,
  type HashAlgorithm,
  MatchTable,
  MeterArray,
  RegisterArray,
  ValueSet,
} from '../runtime/index.js';
import { widthOf } from '../spec/scope.js';
import type { ActionSpec, CalculationSpec, ProgramSpec, TableSpec } from '../spec/types.js';

/** The objects of a program that generated code and the control plane share, by BMv2's names. */
export interface ProgramObjects {
  readonly tables: ReadonlyMap<string, MatchTable>;
  readonly profiles: ReadonlyMap<string, ActionProfile>;
  /** Indirect counters; direct ones belong to their tables. */
  readonly counters: ReadonlyMap<string, CounterArray>;
  readonly meters: ReadonlyMap<string, MeterArray>;
  readonly registers: ReadonlyMap<string, RegisterArray>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
  readonly digests: ReadonlyMap<string, DigestStream>;
}

/** The same objects by their index in the specification, as generated code names them. */
export interface IndexedObjects {
  readonly tables: readonly MatchTable[];
  readonly counters: readonly CounterArray[];
  readonly meters: readonly MeterArray[];
  readonly registers: readonly RegisterArray[];
  readonly valueSets: readonly ValueSet[];
  readonly calculations: readonly HashAlgorithm[];
  readonly selectors: readonly (HashAlgorithm | undefined)[];
  readonly digests: readonly DigestStream[];
}

/** Makes a program's objects, const entries and default actions in place. */
export function makeObjects(
  spec: ProgramSpec,
  clock: Clock,
): { readonly byName: ProgramObjects; readonly byIndex: IndexedObjects } {
  const profiles = new Map<string, ActionProfile>();
  for (const profile of spec.profiles) {
    const user = spec.tables.find((table) => table.profile === profile);
    profiles.set(
      profile.name,
      new ActionProfile({
        name: profile.name,
        actions: (user?.actions ?? []).map(shapeOf),
        size: profile.maxSize,
        selector: profile.selector !== undefined,
      }),
    );
  }
  const tables = spec.tables.map((table) => makeTable(table, profiles));
  // Direct counters and meters keep their places so that indices agree with the specification's.
  const counters = spec.counters.map(
    (counter) => new CounterArray(counter.name, counter.direct ? 0 : counter.size),
  );
  const meters = spec.meters.map(
    (meter) => new MeterArray(meter.name, meter.unit, meter.direct ? 0 : meter.size),
  );
  const registers = spec.registers.map(({ name, width, size }) => new RegisterArray(name, width, size));
  const valueSets = spec.valueSets.map(
    ({ name, elementWidths }) => new ValueSet({ name, elementWidths, maxSize: Number.POSITIVE_INFINITY }),
  );
  const digests = spec.digests.map(
    ({ name, fields }) => new DigestStream({ name, widths: fields.map(({ ref }) => widthOf(ref)), clock }),
  );
  return {
    byName: {
      tables: byName(tables),
      profiles,
      counters: byName(counters.filter((_, i) => spec.counters[i]?.direct === false)),
      meters: byName(meters.filter((_, i) => spec.meters[i]?.direct === false)),
      registers: byName(registers),
      valueSets: byName(valueSets),
      digests: byName(digests),
    },
    byIndex: {
      tables,
      counters,
      meters,
      registers,
      valueSets,
      calculations: spec.calculations.map((calculation: CalculationSpec) =>
        createHash(calculation.algorithm),
      ),
      selectors: spec.profiles.map(({ selector }) =>
        selector === undefined ? undefined : createHash(selector.algorithm),
      ),
      digests,
    },
  };
}

function byName<T extends { readonly name: string }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.name, object]));
}

function shapeOf(action: ActionSpec): ActionShape {
  return { name: action.name, paramWidths: action.parameters.map((parameter) => parameter.width) };
}

function makeTable(spec: TableSpec, profiles: ReadonlyMap<string, ActionProfile>): MatchTable {
  const entry = spec.defaultEntry;
  const table = new MatchTable({
    name: spec.name,
    fields: spec.keys.map(({ name, match, width }) => ({
      name,
      kind: match === 'valid' ? 'exact' : match,
      width,
    })),
    actions: spec.actions.map(shapeOf),
    maxSize: spec.maxSize,
    defaultAction:
      entry === undefined ? undefined : { actionIndex: entry.call.action, params: entry.call.data },
    // p4c marks a const default action with both flags.
    constDefault: entry?.actionConst === true && entry.entryConst,
    withCounters: spec.counters,
    directMeter: spec.meter?.unit,
    supportTimeout: spec.supportTimeout,
    profile: spec.profile === undefined ? undefined : profiles.get(spec.profile.name),
  });
  // The JSON's lowest priority number wins, P4Runtime's highest: mirrored, as a read must return them.
  const largest = Math.max(0, ...spec.constEntries.map(({ priority }) => priority));
  for (const { match, priority, call } of spec.constEntries)
    table.insert({
      match,
      priority: table.prioritised ? largest + 1 - priority : 0,
      action: { actionIndex: call.action, params: call.data },
    });
  if (spec.immutable) table.immutable = true;
  return table;
}
