import {
  ActionRef,
  type MatchField,
  MatchField as MatchFieldClass,
  MeterSpec,
  type P4Info,
  type P4InfoAction,
  type Preamble,
  Table,
  type ValueSet as ValueSetInfo,
} from 'p4runtime-js';
import type { ProgramObjects } from '../compile/objects.js';
import type {
  ActionProfile,
  CounterArray,
  DigestStream,
  MatchTable,
  MeterArray,
  MeterType,
  RegisterArray,
  ValueSet,
} from '../runtime/index.js';
import type { ProgramSpec } from '../spec/types.js';
import { invalid, P4RuntimeError } from './error.js';
import { DataType } from './p4data.js';
import { type PacketField, packetFields } from './packet-fields.js';
import { type Exposed, type TranslationMaps, Translations } from './translation.js';

export type MatchType = 'exact' | 'lpm' | 'ternary' | 'range' | 'optional';

export interface FieldBinding extends Exposed {
  readonly id: number;
  readonly name: string;
  /** Position in the key. */
  readonly index: number;
  readonly type: MatchType;
}

export interface ParamBinding extends Exposed {
  readonly id: number;
  readonly name: string;
}

export type ActionScope = 'both' | 'tableOnly' | 'defaultOnly' | 'groupOnly';

export interface ActionBinding {
  readonly id: number;
  readonly name: string;
  /** Position in the table's (or profile's) own list of actions. */
  readonly index: number;
  readonly params: readonly ParamBinding[];
  readonly scope: ActionScope;
}

/** The actions of a table or profile. */
export interface ActionSet {
  readonly thing: string;
  readonly byId: ReadonlyMap<number, ActionBinding>;
  readonly byIndex: ReadonlyMap<number, ActionBinding>;
}

export interface ProfileBinding {
  readonly id: number;
  readonly name: string;
  readonly profile: ActionProfile;
  readonly actions: ActionSet;
  readonly weightsDisallowed: boolean;
  /** Whether a group's size counts weights or members. */
  readonly sizeCounts: 'weights' | 'members';
  /** Largest weight of a member where size counts members; 0 for no limit. */
  readonly maxMemberWeight: number;
}

export interface TableBinding {
  readonly id: number;
  readonly name: string;
  readonly table: MatchTable;
  readonly fields: readonly FieldBinding[];
  readonly fieldById: ReadonlyMap<number, FieldBinding>;
  readonly actions: ActionSet;
  readonly profile: ProfileBinding | undefined;
  readonly hasPriority: boolean;
  readonly isConst: boolean;
  readonly hasIdleTimeout: boolean;
  /** What its direct meter is, if it has one. */
  readonly meterType: MeterType;
}

/** An indexed object under its P4Info id. */
export interface Bound<T> {
  readonly id: number;
  readonly name: string;
  readonly object: T;
}

export interface MeterBinding extends Bound<MeterArray> {
  readonly type: MeterType;
}

export interface RegisterBinding extends Bound<RegisterArray> {
  readonly type: DataType;
}

export interface DigestBinding extends Bound<DigestStream> {
  readonly type: DataType;
}

export interface ValueSetBinding extends Bound<ValueSet> {
  readonly fields: readonly FieldBinding[];
  readonly size: number;
}

/** Objects by P4Info id, with the names of those the compiler left out of the program. */
export class Bindings<T> extends Map<number, T> {
  readonly leftOut = new Map<number, string>();
}

/**
 * Binds what P4Info names to the objects of the loaded program. P4Info may name more: p4c writes it before it
 * removes what nothing applies.
 */
export class Schema {
  readonly info: P4Info;
  readonly tables = new Bindings<TableBinding>();
  readonly tableByName = new Map<string, TableBinding>();
  readonly profiles = new Bindings<ProfileBinding>();
  readonly counters = new Bindings<Bound<CounterArray>>();
  readonly meters = new Bindings<MeterBinding>();
  readonly registers = new Bindings<RegisterBinding>();
  readonly digests = new Bindings<DigestBinding>();
  readonly valueSets = new Bindings<ValueSetBinding>();
  /** Fields of the packet_in and packet_out headers; undefined where the program has none. */
  readonly packetIn: readonly PacketField[] | undefined;
  readonly packetOut: readonly PacketField[] | undefined;
  private readonly translations: Translations;

  /** Throws INVALID_ARGUMENT where P4Info and program do not belong together. */
  constructor(info: P4Info, program: ProgramObjects, spec: ProgramSpec, maps: TranslationMaps = {}) {
    this.info = info;
    this.translations = new Translations(info.getTypeInfo(), maps);
    const actions = new Map(info.getActionsList().map((action) => [idOf(action), action]));
    for (const profile of info.getActionProfilesList()) this.addProfile(profile, info, actions, program);
    for (const table of info.getTablesList()) this.addTable(table, info, actions, program);
    this.addIndexed(info, program);
    this.addDigests(info, program);
    for (const set of info.getValueSetsList()) this.addValueSet(set, program);
    this.packetIn = packetFields(info, 'packet_in', spec, this.translations);
    this.packetOut = packetFields(info, 'packet_out', spec, this.translations);
  }

  table(id: number): TableBinding {
    return found(this.tables, id, 'table');
  }

  private addProfile(
    info: ReturnType<P4Info['getActionProfilesList']>[number],
    p4info: P4Info,
    actions: ReadonlyMap<number, P4InfoAction>,
    program: ProgramObjects,
  ): void {
    const { id, name } = identity(info.getPreamble(), 'action profile');
    const profile = program.profiles.get(name);
    if (profile === undefined) {
      this.profiles.leftOut.set(id, name);
      return;
    }
    const user = p4info.getTablesList().find((table) => table.getImplementationId() === id);
    const thing = `action profile ${name}`;
    const counts = info.hasSumOfMembers() ? 'members' : 'weights';
    profile.setGroupLimit({ maxSize: info.getMaxGroupSize(), counts });
    const names = profile.actions.map((action) => action.name);
    this.profiles.set(id, {
      id,
      name,
      profile,
      actions: actionSet(
        thing,
        user?.getActionRefsList() ?? [],
        actions,
        names,
        profile.actions,
        this.translations,
      ),
      weightsDisallowed: info.getWeightsDisallowed(),
      sizeCounts: counts,
      maxMemberWeight: info.getSumOfMembers()?.getMaxMemberWeight() ?? 0,
    });
  }

  private addTable(
    info: Table,
    p4info: P4Info,
    actions: ReadonlyMap<number, P4InfoAction>,
    program: ProgramObjects,
  ): void {
    const { id, name } = identity(info.getPreamble(), 'table');
    const table = program.tables.get(name);
    if (table === undefined) {
      this.tables.leftOut.set(id, name);
      return;
    }
    const thing = `table ${name}`;
    const fields = info
      .getMatchFieldsList()
      .map((field, index) => fieldBinding(thing, field, index, this.translations));
    if (fields.length !== table.fields.length) {
      throw mismatch(
        `${thing} has ${fields.length} key field(s) in P4Info, ${table.fields.length} in the JSON`,
      );
    }
    const sized = fields.map((field, i) => ({ ...field, width: table.fields[i]?.width ?? field.width }));
    const implementation = info.getImplementationId();
    const meter = p4info.getDirectMetersList().find((candidate) => candidate.getDirectTableId() === id);
    // The JSON writes entries that may change like const ones; only P4Info tells them apart.
    if (info.getHasInitialEntries() && !info.getIsConstTable()) table.open(info.getSize());
    const names = table.actions.map((action) => action.name);
    const binding: TableBinding = {
      id,
      name,
      table,
      fields: sized,
      fieldById: new Map(sized.map((field) => [field.id, field])),
      actions: actionSet(thing, info.getActionRefsList(), actions, names, table.actions, this.translations),
      profile: implementation === 0 ? undefined : found(this.profiles, implementation, 'action profile'),
      hasPriority: fields.some(({ type }) => type === 'ternary' || type === 'range' || type === 'optional'),
      isConst: info.getIsConstTable(),
      hasIdleTimeout: info.getIdleTimeoutBehavior() === Table.IdleTimeoutBehavior.NOTIFY_CONTROL,
      meterType: meterType(meter?.getSpec()),
    };
    this.tables.set(id, binding);
    this.tableByName.set(name, binding);
  }

  private addIndexed(info: P4Info, program: ProgramObjects): void {
    for (const counter of info.getCountersList()) {
      const { id, name } = identity(counter.getPreamble(), 'counter');
      const object = program.counters.get(name);
      if (object === undefined) this.counters.leftOut.set(id, name);
      else this.counters.set(id, { id, name, object });
    }
    for (const meter of info.getMetersList()) {
      const { id, name } = identity(meter.getPreamble(), 'meter');
      const object = program.meters.get(name);
      if (object === undefined) this.meters.leftOut.set(id, name);
      else this.meters.set(id, { id, name, object, type: meterType(meter.getSpec()) });
    }
    for (const register of info.getRegistersList()) {
      const { id, name } = identity(register.getPreamble(), 'register');
      const object = program.registers.get(name);
      const type = new DataType(`register ${name}`, register.getTypeSpec(), info.getTypeInfo());
      if (object === undefined) this.registers.leftOut.set(id, name);
      else this.registers.set(id, { id, name, object, type });
    }
  }

  private addDigests(info: P4Info, program: ProgramObjects): void {
    for (const digest of info.getDigestsList()) {
      const { id, name } = identity(digest.getPreamble(), 'digest');
      const object = program.digests.get(name);
      const type = new DataType(`digest ${name}`, digest.getTypeSpec(), info.getTypeInfo());
      if (object === undefined) this.digests.leftOut.set(id, name);
      else this.digests.set(id, { id, name, object, type });
    }
  }

  private addValueSet(info: ValueSetInfo, program: ProgramObjects): void {
    const { id, name } = identity(info.getPreamble(), 'value set');
    const object = program.valueSets.get(name);
    if (object === undefined) {
      this.valueSets.leftOut.set(id, name);
      return;
    }
    const fields = info.getMatchList().map((field, i) => {
      const binding = fieldBinding(`value set ${name}`, field, i, this.translations);
      return { ...binding, width: object.elements[i]?.width ?? binding.width };
    });
    this.valueSets.set(id, { id, name, object, fields, size: info.getSize() });
  }
}

/** The object under an id. Throws INVALID_ARGUMENT with what there is. */
export function found<T extends { readonly name: string }>(
  map: ReadonlyMap<number, T>,
  id: number,
  kind: string,
): T {
  const object = map.get(id);
  if (object !== undefined) return object;
  const leftOut = map instanceof Bindings ? map.leftOut.get(id) : undefined;
  if (leftOut !== undefined) {
    throw invalid(`${kind} ${leftOut} is in P4Info, but p4c left it out of the program: nothing applies it`);
  }
  const known = [...map].map(([other, { name }]) => `${name} (${other})`).slice(0, 8);
  const list = known.length === 0 ? `the program has no ${kind}` : `there is ${known.join(', ')}`;
  throw new P4RuntimeError('INVALID_ARGUMENT', `no ${kind} has id ${id}; ${list}`);
}

function actionSet(
  thing: string,
  refs: readonly ActionRef[],
  actions: ReadonlyMap<number, P4InfoAction>,
  names: readonly string[],
  shapes: readonly { readonly paramWidths: readonly number[] }[],
  translations: Translations,
): ActionSet {
  const bindings = refs.map((ref): ActionBinding => {
    const action = actions.get(ref.getId());
    const name = action?.getPreamble()?.getName() ?? '';
    const index = names.indexOf(name);
    if (action === undefined || index < 0) {
      throw mismatch(`${thing} lists action ${name || ref.getId()} in P4Info but not in the JSON`);
    }
    const widths = shapes[index]?.paramWidths ?? [];
    const params = action.getParamsList().map((param, i) => ({
      id: param.getId(),
      name: param.getName(),
      width: widths[i] ?? param.getBitwidth(),
      translation: translations.ofType(param.getTypeName()?.getName()),
    }));
    if (params.length !== widths.length) {
      throw mismatch(
        `action ${name} takes ${params.length} parameter(s) in P4Info, ${widths.length} in the JSON`,
      );
    }
    return { id: ref.getId(), name, index, params, scope: scopeOf(ref) };
  });
  return {
    thing,
    byId: new Map(bindings.map((binding) => [binding.id, binding])),
    byIndex: new Map(bindings.map((binding) => [binding.index, binding])),
  };
}

function scopeOf(ref: ActionRef): ActionScope {
  switch (ref.getScope()) {
    case ActionRef.Scope.TABLE_ONLY:
      return 'tableOnly';
    case ActionRef.Scope.DEFAULT_ONLY:
      return 'defaultOnly';
    case ActionRef.Scope.GROUP_ACTION:
      return 'groupOnly';
    default:
      return 'both';
  }
}

function meterType(spec: MeterSpec | undefined): MeterType {
  switch (spec?.getType()) {
    case MeterSpec.Type.SINGLE_RATE_THREE_COLOR:
      return 'single-rate-three-color';
    case MeterSpec.Type.SINGLE_RATE_TWO_COLOR:
      return 'single-rate-two-color';
    default:
      return 'two-rate-three-color';
  }
}

function fieldBinding(
  thing: string,
  field: MatchField,
  index: number,
  translations: Translations,
): FieldBinding {
  return {
    id: field.getId(),
    name: field.getName(),
    index,
    width: field.getBitwidth(),
    type: matchType(thing, field),
    translation: translations.ofType(field.getTypeName()?.getName()),
  };
}

function matchType(thing: string, field: MatchField): MatchType {
  const types = MatchFieldClass.MatchType;
  switch (field.getMatchType()) {
    case types.EXACT:
      return 'exact';
    case types.LPM:
      return 'lpm';
    case types.TERNARY:
      return 'ternary';
    case types.RANGE:
      return 'range';
    case types.OPTIONAL:
      return 'optional';
    default:
      throw new P4RuntimeError(
        'UNIMPLEMENTED',
        `${thing}: field ${field.getName()} has match type ${field.getOtherMatchType() || 'unspecified'}; the switch has exact, lpm, ternary, range and optional`,
      );
  }
}

function identity(preamble: Preamble | undefined, kind: string): { id: number; name: string } {
  const id = preamble?.getId() ?? 0;
  const name = preamble?.getName() ?? '';
  if (id === 0 || name === '') throw invalid(`P4Info has a ${kind} without ${id === 0 ? 'id' : 'name'}`);
  return { id, name };
}

function idOf(action: P4InfoAction): number {
  return action.getPreamble()?.getId() ?? 0;
}

/** Refusal of P4Info and device config that are not of one program. */
export function mismatch(detail: string): P4RuntimeError {
  return invalid(`P4Info and device config do not belong together: ${detail}; compile both in one p4c run`);
}
