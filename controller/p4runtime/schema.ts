import {
  ActionRef,
  CounterSpec,
  MatchField as MatchFieldMessage,
  type P4DataTypeSpec,
  type P4Info,
  type P4InfoAction,
  P4TypeInfo,
  type Preamble,
  type Table as TableMessage,
} from 'p4runtime-js';
import { P4RuntimeError } from './errors.js';
import { type Named, NameIndex, suggestion } from './names.js';
import type { Field } from './values.js';

export type MatchKind = 'exact' | 'lpm' | 'ternary' | 'range' | 'optional';

export interface MatchField extends Field {
  readonly id: number;
  readonly kind: MatchKind;
}

export interface Param extends Field {
  readonly id: number;
}

export interface ActionInfo extends Named {
  readonly params: readonly Param[];
}

export interface TableInfo extends Named {
  readonly fields: readonly MatchField[];
  readonly actions: readonly ActionInfo[];
  /** Action profile that holds the table's actions, where it has one. */
  readonly profileId: number | undefined;
  /** Entries the target promises to hold. */
  readonly size: number;
  /** Entries are fixed by the program. */
  readonly isConst: boolean;
  /** Entries need a priority: some field is ternary, range or optional. */
  readonly hasPriority: boolean;
  readonly hasConstDefault: boolean;
  readonly counterId: number | undefined;
  readonly meterId: number | undefined;
}

export interface ProfileInfo extends Named {
  readonly withSelector: boolean;
  readonly size: number;
  /** Largest sum of weights of a group; 0 where the program sets none. */
  readonly maxGroupSize: number;
  readonly tableIds: readonly number[];
}

export interface ArrayInfo extends Named {
  readonly size: number;
}

export interface CounterInfo extends ArrayInfo {
  readonly unit: 'bytes' | 'packets' | 'both';
}

/** A counter or meter with one cell per entry of a table. */
export interface DirectInfo extends Named {
  readonly tableId: number;
}

export interface TypedInfo extends Named {
  readonly type: P4DataTypeSpec;
}

export interface RegisterInfo extends TypedInfo, ArrayInfo {}

export interface ValueSetInfo extends ArrayInfo {
  readonly fields: readonly MatchField[];
}

/** Fields of the controller_header `packet_in` or `packet_out`. */
export interface PacketHeaderInfo extends Named {
  readonly fields: readonly Param[];
}

/** A P4Info as a program needs it: names to ids and back, widths and match kinds. Immutable. */
export class Schema {
  readonly p4info: P4Info;
  readonly tables: NameIndex<TableInfo>;
  readonly actions: NameIndex<ActionInfo>;
  readonly profiles: NameIndex<ProfileInfo>;
  readonly counters: NameIndex<CounterInfo>;
  readonly directCounters: NameIndex<DirectInfo>;
  readonly meters: NameIndex<ArrayInfo>;
  readonly directMeters: NameIndex<DirectInfo>;
  readonly registers: NameIndex<RegisterInfo>;
  readonly digests: NameIndex<TypedInfo>;
  readonly valueSets: NameIndex<ValueSetInfo>;
  readonly packetHeaders: NameIndex<PacketHeaderInfo>;
  readonly types: P4TypeInfo;

  /** Throws P4RuntimeError UNKNOWN_NAME where the P4Info refers to something it does not hold. */
  constructor(p4info: P4Info) {
    this.p4info = p4info;
    this.types = p4info.getTypeInfo() ?? new P4TypeInfo();
    this.actions = new NameIndex(
      'action',
      p4info.getActionsList().map((message) => this.#readAction(message)),
    );
    const directOf = new Map<number, number[]>();
    const direct = (messages: { getDirectTableId(): number; getPreamble(): Preamble | undefined }[]) =>
      messages.map((message) => ({ ...named(message), tableId: message.getDirectTableId() }));
    this.directCounters = new NameIndex('direct counter', direct(p4info.getDirectCountersList()));
    this.directMeters = new NameIndex('direct meter', direct(p4info.getDirectMetersList()));
    for (const { id, tableId } of [...this.directCounters, ...this.directMeters]) {
      directOf.set(tableId, [...(directOf.get(tableId) ?? []), id]);
    }
    this.tables = new NameIndex(
      'table',
      p4info.getTablesList().map((message) => this.#readTable(message, directOf)),
    );
    this.profiles = new NameIndex(
      'action profile',
      p4info.getActionProfilesList().map((message) => ({
        ...named(message),
        withSelector: message.getWithSelector(),
        size: message.getSize(),
        maxGroupSize: message.getMaxGroupSize(),
        tableIds: message.getTableIdsList(),
      })),
    );
    this.counters = new NameIndex(
      'counter',
      p4info.getCountersList().map((message) => ({
        ...named(message),
        size: message.getSize(),
        unit: unitName(message.getSpec()?.getUnit()),
      })),
    );
    this.meters = new NameIndex(
      'meter',
      p4info.getMetersList().map((message) => ({ ...named(message), size: message.getSize() })),
    );
    this.registers = new NameIndex(
      'register',
      p4info.getRegistersList().map((message) => {
        const base = named(message);
        return { ...base, size: message.getSize(), type: typeOf(message.getTypeSpec(), base.name) };
      }),
    );
    this.digests = new NameIndex(
      'digest',
      p4info.getDigestsList().map((message) => {
        const base = named(message);
        return { ...base, type: typeOf(message.getTypeSpec(), base.name) };
      }),
    );
    this.valueSets = new NameIndex(
      'value set',
      p4info.getValueSetsList().map((message) => ({
        ...named(message),
        size: message.getSize(),
        fields: message.getMatchList().map((field) => this.#readField(field)),
      })),
    );
    this.packetHeaders = new NameIndex(
      'packet header',
      p4info.getControllerPacketMetadataList().map((message) => ({
        ...named(message),
        fields: message.getMetadataList().map((field) => ({
          id: field.getId(),
          name: field.getName(),
          width: this.#width(field.getBitwidth(), field.getTypeName()?.getName()),
        })),
      })),
    );
  }

  /** The action of a table; throws UNKNOWN_NAME with the table's actions where it has no such action. */
  actionOf(table: TableInfo, nameOrId: string | number): ActionInfo {
    const action = this.actions.find(nameOrId);
    if (action !== undefined && table.actions.includes(action)) return action;
    const known = table.actions.map(({ name, alias }) => (alias === '' ? name : alias));
    const own = table.actions.filter(({ name }) => name.endsWith(`.${nameOrId}`));
    if (own.length === 1 && own[0] !== undefined) return own[0];
    throw new P4RuntimeError(
      'UNKNOWN_NAME',
      `table ${table.name} has no action '${nameOrId}'${suggestion(String(nameOrId), known)}`,
    );
  }

  #readTable(message: TableMessage, directOf: Map<number, number[]>): TableInfo {
    const base = named(message);
    const fields = message.getMatchFieldsList().map((field) => this.#readField(field));
    const direct = [...message.getDirectResourceIdsList(), ...(directOf.get(base.id) ?? [])];
    const implementation = message.getImplementationId();
    return {
      ...base,
      fields,
      actions: message
        .getActionRefsList()
        .filter((ref) => ref.getScope() !== ActionRef.Scope.DEFAULT_ONLY || fields.length === 0)
        .map((ref) => this.actions.get(ref.getId())),
      profileId: implementation === 0 ? undefined : implementation,
      size: message.getSize(),
      isConst: message.getIsConstTable(),
      hasPriority: fields.some(({ kind }) => kind === 'ternary' || kind === 'range' || kind === 'optional'),
      hasConstDefault: message.getConstDefaultActionId() !== 0,
      counterId: direct.find((id) => this.directCounters.find(id) !== undefined),
      meterId: direct.find((id) => this.directMeters.find(id) !== undefined),
    };
  }

  #readAction(message: P4InfoAction): ActionInfo {
    const params = message.getParamsList().map((param) => ({
      id: param.getId(),
      name: param.getName(),
      width: this.#width(param.getBitwidth(), param.getTypeName()?.getName()),
    }));
    return { ...named(message), params };
  }

  #readField(field: MatchFieldMessage): MatchField {
    return {
      id: field.getId(),
      name: field.getName(),
      width: this.#width(field.getBitwidth(), field.getTypeName()?.getName()),
      kind: matchKind(field),
    };
  }

  /** Width of a field: of its controller type where the program translates it, else as given (0 = text). */
  #width(bitwidth: number, typeName: string | undefined): number {
    const translated = this.types
      .getNewTypesMap()
      .get(typeName ?? '')
      ?.getTranslatedType();
    if (translated === undefined) return bitwidth;
    return translated.hasSdnString() ? 0 : translated.getSdnBitwidth();
  }
}

function named(message: { getPreamble(): Preamble | undefined }): Named {
  const preamble = message.getPreamble();
  if (preamble === undefined)
    throw new P4RuntimeError('UNKNOWN_NAME', 'an object of the P4Info has no preamble');
  return { id: preamble.getId(), name: preamble.getName(), alias: preamble.getAlias() };
}

function matchKind(field: MatchFieldMessage): MatchKind {
  const { MatchType } = MatchFieldMessage;
  switch (field.getMatchType()) {
    case MatchType.EXACT:
      return 'exact';
    case MatchType.LPM:
      return 'lpm';
    case MatchType.TERNARY:
      return 'ternary';
    case MatchType.RANGE:
      return 'range';
    case MatchType.OPTIONAL:
      return 'optional';
    default:
      throw new P4RuntimeError(
        'UNKNOWN_NAME',
        `match field ${field.getName()} has the match type '${field.getOtherMatchType()}', which is not supported`,
      );
  }
}

function unitName(unit: number | undefined): 'bytes' | 'packets' | 'both' {
  if (unit === CounterSpec.Unit.BYTES) return 'bytes';
  return unit === CounterSpec.Unit.PACKETS ? 'packets' : 'both';
}

function typeOf(type: P4DataTypeSpec | undefined, name: string): P4DataTypeSpec {
  if (type === undefined) throw new P4RuntimeError('UNKNOWN_NAME', `${name} has no type in the P4Info`);
  return type;
}
