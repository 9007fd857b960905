import {
  Action,
  ActionProfileAction,
  ActionProfileActionSet,
  TableAction,
  TableEntry as TableEntryMessage,
} from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import type { Schema, TableInfo } from '../schema.js';
import { bytesToBigint, encodeValue, type ReadValue, type Value } from '../values.js';
import { type ActionCall, checkedWeight, decodeAction, encodeAction } from './action.js';
import {
  type CounterData,
  decodeCounterData,
  decodeMeterConfig,
  encodeCounterData,
  encodeMeterConfig,
  type MeterConfig,
} from './cells.js';
import { decodeMatch, encodeMatch, type MatchInput, type MatchOutput } from './match.js';

/** One action of a one-shot group, with its share. */
export interface WeightedAction<V = Value> {
  readonly action: ActionCall<V>;
  /** 1 or more. */
  readonly weight: number;
  /** Port whose state decides whether the action is used. */
  readonly watchPort?: Value;
}

/** What an entry does: an action, or a member, a group or a one-shot group of the table's action profile. */
export type EntryAction<V = Value> =
  | { readonly kind: 'action'; readonly name: string; readonly params: Readonly<Record<string, V>> }
  | { readonly kind: 'member'; readonly member: number }
  | { readonly kind: 'group'; readonly group: number }
  | {
      readonly kind: 'one-shot';
      readonly actions: readonly WeightedAction<V>[];
      /** How one is chosen; left out = as the program's selector says. */
      readonly selection?: SelectionMode;
      /** What the selector's largest size counts; left out = as the program says. */
      readonly sizeSemantics?: SizeSemantics;
    };

export type SelectionMode = 'hash' | 'random';
export type SizeSemantics = 'sum-of-weights' | 'sum-of-members';

const { ActionSelectionMode, SizeSemantics: SizeKinds } = ActionProfileActionSet;
const SELECTIONS = { hash: ActionSelectionMode.HASH, random: ActionSelectionMode.RANDOM } as const;
const SIZES = {
  'sum-of-weights': SizeKinds.SUM_OF_WEIGHTS,
  'sum-of-members': SizeKinds.SUM_OF_MEMBERS,
} as const;
const SELECTION_NAMES: readonly (SelectionMode | undefined)[] = [undefined, 'hash', 'random'];
const SIZE_NAMES: readonly (SizeSemantics | undefined)[] = [undefined, 'sum-of-weights', 'sum-of-members'];

interface EntryBase<M, V> {
  readonly kind: 'table-entry';
  /** Name or id; in a query, left out = all tables. */
  readonly table?: string | number;
  readonly match?: Readonly<Record<string, M>>;
  /** Higher wins; 1 or more in tables that have priorities, left out in others. */
  readonly priority?: number;
  /** Left out where the entry is to be deleted or asked for. */
  readonly action?: EntryAction<V>;
  /** This is the table's default entry; it has no match and no priority. */
  readonly isDefault?: boolean;
  readonly idleTimeoutNs?: number;
  /** Bytes kept with the entry by the switch for the controller. */
  readonly metadata?: Uint8Array;
  readonly counter?: CounterData;
  readonly meter?: MeterConfig;
  /** In a query: ask for these with the entries. */
  readonly readCounter?: boolean;
  readonly readMeter?: boolean;
  readonly isConst?: boolean;
  /** Nanoseconds since a packet last hit the entry, where it has an idle timeout. */
  readonly sinceLastHitNs?: number;
}

export type TableEntry = EntryBase<MatchInput, Value>;
export type DecodedTableEntry = EntryBase<MatchOutput, ReadValue> & { readonly table: string };

/** Encodes an entry for a Write; what its table asks for is checked here. */
export function encodeTableEntry(schema: Schema, entry: TableEntry): TableEntryMessage {
  if (entry.table === undefined) throw new P4RuntimeError('BAD_ENTITY', 'a table entry needs its table');
  const table = schema.tables.get(entry.table);
  const owner = `table ${table.name}`;
  const message = new TableEntryMessage();
  message.setTableId(table.id);
  if (entry.isDefault === true) {
    if (entry.match !== undefined || entry.priority !== undefined) {
      throw new P4RuntimeError('BAD_ENTITY', `${owner}: the default entry has no match and no priority`);
    }
    message.setIsDefaultAction(true);
  } else {
    message.setMatchList(encodeMatch(table.fields, entry.match ?? {}, owner));
    message.setPriority(checkedPriority(table, entry.priority));
  }
  if (entry.action !== undefined) message.setAction(encodeEntryAction(schema, table, entry.action));
  setExtras(message, entry, owner);
  return message;
}

/** Encodes a query: fields that are left out are wildcards (P4Runtime section 11.1). */
export function encodeTableQuery(schema: Schema, entry: TableEntry): TableEntryMessage {
  const message = new TableEntryMessage();
  if (entry.table !== undefined) {
    const table = schema.tables.get(entry.table);
    message.setTableId(table.id);
    if (entry.match !== undefined) {
      message.setMatchList(encodeMatch(table.fields, entry.match, `table ${table.name}`));
    }
  }
  if (entry.priority !== undefined) message.setPriority(entry.priority);
  if (entry.isDefault === true) message.setIsDefaultAction(true);
  if (entry.readCounter === true) message.setCounterData(encodeCounterData({ packets: 0, bytes: 0 }));
  if (entry.readMeter === true) message.setMeterConfig(encodeMeterConfig(undefined));
  return message;
}

export function decodeTableEntry(schema: Schema, message: TableEntryMessage): DecodedTableEntry {
  const table = schema.tables.get(message.getTableId());
  const action = message.getAction();
  const counter = message.getCounterData();
  const meter = message.getMeterConfig();
  const hit = message.getTimeSinceLastHit();
  const metadata = message.getMetadata_asU8();
  const isDefault = message.getIsDefaultAction();
  return {
    kind: 'table-entry',
    table: table.name,
    ...(isDefault
      ? { isDefault }
      : { match: decodeMatch(table.fields, message.getMatchList(), `table ${table.name}`) }),
    ...(message.getPriority() !== 0 && { priority: message.getPriority() }),
    ...(action !== undefined && { action: decodeEntryAction(schema, action) }),
    ...(message.getIdleTimeoutNs() !== 0 && { idleTimeoutNs: message.getIdleTimeoutNs() }),
    ...(metadata.length > 0 && { metadata }),
    ...(counter !== undefined && { counter: decodeCounterData(counter) }),
    ...(meter !== undefined && { meter: decodeMeterConfig(meter) }),
    ...(message.getIsConst() && { isConst: true }),
    ...(hit !== undefined && { sinceLastHitNs: hit.getElapsedNs() }),
  };
}

function setExtras(message: TableEntryMessage, entry: TableEntry, owner: string): void {
  if (entry.idleTimeoutNs !== undefined) {
    if (!Number.isSafeInteger(entry.idleTimeoutNs) || entry.idleTimeoutNs < 0) {
      throw new P4RuntimeError(
        'BAD_VALUE',
        `${owner}: idle timeout ${entry.idleTimeoutNs} ns is no whole number`,
      );
    }
    message.setIdleTimeoutNs(entry.idleTimeoutNs);
  }
  if (entry.metadata !== undefined) message.setMetadata(entry.metadata);
  if (entry.counter !== undefined) message.setCounterData(encodeCounterData(entry.counter));
  if (entry.meter !== undefined) message.setMeterConfig(encodeMeterConfig(entry.meter));
}

function checkedPriority(table: TableInfo, priority: number | undefined): number {
  if (!table.hasPriority) {
    if (priority === undefined || priority === 0) return 0;
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `table ${table.name} has no priorities, got ${priority}; leave it out`,
    );
  }
  if (priority !== undefined && Number.isInteger(priority) && priority >= 1 && priority <= 0x7fffffff) {
    return priority;
  }
  throw new P4RuntimeError(
    'BAD_ENTITY',
    `table ${table.name} needs a priority of 1 to ${0x7fffffff} (higher wins), got ${priority}`,
  );
}

const ACTION_KINDS: readonly EntryAction['kind'][] = ['action', 'member', 'group', 'one-shot'];

function encodeEntryAction(schema: Schema, table: TableInfo, action: EntryAction): TableAction {
  const message = new TableAction();
  const owner = `table ${table.name}`;
  const call = (name: string, params: Readonly<Record<string, Value>>) =>
    encodeAction(schema.actionOf(table, name), params, owner);
  if (!ACTION_KINDS.includes(action.kind)) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${owner}: an action of kind '${String(action.kind)}'; give ${ACTION_KINDS.join(', ')}`,
    );
  }
  if (action.kind !== 'action' && table.profileId === undefined) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${owner} has no action profile; give an action, not a ${action.kind}`,
    );
  }
  switch (action.kind) {
    case 'action':
      message.setAction(call(action.name, action.params ?? {}));
      return message;
    case 'member':
      message.setActionProfileMemberId(action.member);
      return message;
    case 'group':
      message.setActionProfileGroupId(action.group);
      return message;
    case 'one-shot': {
      const set = new ActionProfileActionSet();
      for (const { action: each, weight, watchPort } of action.actions) {
        const part = new ActionProfileAction();
        part.setAction(call(each.name, each.params));
        part.setWeight(checkedWeight(weight, owner));
        if (watchPort !== undefined) {
          part.setWatchPort(encodeValue(watchPort, { name: `${owner}: watch port`, width: 32 }));
        }
        set.addActionProfileActions(part);
      }
      if (action.selection !== undefined) set.setActionSelectionMode(SELECTIONS[action.selection]);
      if (action.sizeSemantics !== undefined) set.setSizeSemantics(SIZES[action.sizeSemantics]);
      message.setActionProfileActionSet(set);
      return message;
    }
  }
}

function decodeEntryAction(schema: Schema, message: TableAction): EntryAction<ReadValue> {
  const { TypeCase } = TableAction;
  switch (message.getTypeCase()) {
    case TypeCase.ACTION_PROFILE_MEMBER_ID:
      return { kind: 'member', member: message.getActionProfileMemberId() };
    case TypeCase.ACTION_PROFILE_GROUP_ID:
      return { kind: 'group', group: message.getActionProfileGroupId() };
    case TypeCase.ACTION_PROFILE_ACTION_SET: {
      const set = message.getActionProfileActionSet();
      const actions = set?.getActionProfileActionsList() ?? [];
      const selection = SELECTION_NAMES[set?.getActionSelectionMode() ?? 0];
      const sizeSemantics = SIZE_NAMES[set?.getSizeSemantics() ?? 0];
      return {
        kind: 'one-shot',
        actions: actions.map((part) => ({
          action: decodeAction(schema, part.getAction() ?? new Action()),
          weight: part.getWeight(),
          ...(part.hasWatchPort() && { watchPort: bytesToBigint(part.getWatchPort_asU8()) }),
        })),
        ...(selection !== undefined && { selection }),
        ...(sizeSemantics !== undefined && { sizeSemantics }),
      };
    }
    default:
      return { kind: 'action', ...decodeAction(schema, message.getAction() ?? new Action()) };
  }
}
