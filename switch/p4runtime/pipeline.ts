import {
  ActionProfileGroup,
  ActionProfileMember,
  CounterData,
  CounterEntry,
  DigestEntry,
  Entity,
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  MeterConfig,
  MeterEntry,
  P4DeviceConfig,
  type P4Info,
  PacketReplicationEngineEntry,
  type Preamble,
  RegisterEntry,
  SetForwardingPipelineConfigRequest,
  TableEntry,
  ValueSetEntry,
} from 'p4runtime-js';
import type { Clock } from '../clock.js';
import { makeObjects } from '../compile/objects.js';
import { loadProgram } from '../spec/load.js';
import type { ProgramSpec } from '../spec/types.js';
import { ReplicationEngine } from '../v1model/replication.js';
import { FULL_ACCESS } from './access.js';
import { readEntities, writeEntity } from './entities.js';
import type { EntityTarget, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { mismatch, Schema } from './schema.js';
import type { SwitchTarget } from './target.js';
import type { TranslationMaps } from './translation.js';

/** A config that has been looked through. */
interface Verified {
  readonly config: ForwardingPipelineConfig;
  readonly info: P4Info;
  readonly spec: ProgramSpec;
}

/** A config with the objects its entities are of. */
interface Bound extends Verified {
  readonly schema: Schema;
  readonly target: EntityTarget;
}

/**
 * The forwarding pipeline config of a switch: what runs, and what is saved to be committed. A saved config has objects
 * of its own, which Write and Read go to until COMMIT brings what they hold to the switch.
 */
export class Pipeline {
  private readonly target: SwitchTarget;
  private readonly translations: TranslationMaps;
  private committed: Bound | undefined;
  private saved: Bound | undefined;
  private readonly onCommit: (schema: Schema) => void;

  /** `onCommit` is called with the schema of every config that starts to run. */
  constructor(target: SwitchTarget, translations: TranslationMaps, onCommit: (schema: Schema) => void) {
    this.target = target;
    this.translations = translations;
    this.onCommit = onCommit;
  }

  /** The running config's schema. Throws FAILED_PRECONDITION where there is none. */
  get schema(): Schema {
    return known(this.committed).schema;
  }

  /** What Write and Read go to: the saved config, else the running one. Throws FAILED_PRECONDITION. */
  get entities(): { readonly schema: Schema; readonly target: EntityTarget } {
    return known(this.saved ?? this.committed);
  }

  /** The running config's schema, if there is one. */
  get current(): Schema | undefined {
    return this.committed?.schema;
  }

  /** SetForwardingPipelineConfig, once its sender is known to be the primary. */
  set(request: SetForwardingPipelineConfigRequest): void {
    const actions = SetForwardingPipelineConfigRequest.Action;
    switch (request.getAction()) {
      case actions.VERIFY:
        verify(request.getConfig(), this.target.clock);
        break;
      case actions.VERIFY_AND_SAVE:
        this.saved = this.setAside(verify(request.getConfig(), this.target.clock));
        break;
      case actions.VERIFY_AND_COMMIT:
        this.commit(verify(request.getConfig(), this.target.clock));
        break;
      case actions.COMMIT:
        this.commitSaved(request);
        break;
      case actions.RECONCILE_AND_COMMIT:
        this.reconcile(verify(request.getConfig(), this.target.clock));
        break;
      default:
        throw invalid('the request has no action; use VERIFY_AND_COMMIT to load and run a config');
    }
  }

  /** GetForwardingPipelineConfig: the running config, undefined where there is none. */
  get(request: GetForwardingPipelineConfigRequest): ForwardingPipelineConfig | undefined {
    if (this.committed === undefined) return undefined;
    const { config } = this.committed;
    const types = GetForwardingPipelineConfigRequest.ResponseType;
    const type = request.getResponseType();
    const answer = new ForwardingPipelineConfig();
    answer.setCookie(config.getCookie());
    if (type === types.ALL || type === types.P4INFO_AND_COOKIE) answer.setP4info(config.getP4info());
    if (type === types.ALL || type === types.DEVICE_CONFIG_AND_COOKIE) {
      answer.setP4DeviceConfig(config.getP4DeviceConfig_asU8());
    }
    return answer;
  }

  private commitSaved(request: SetForwardingPipelineConfigRequest): void {
    if (request.hasConfig()) throw invalid('COMMIT runs the saved config; leave config out');
    const { saved } = this;
    if (saved === undefined) {
      throw new P4RuntimeError('NOT_FOUND', 'no config is saved; send one with VERIFY_AND_SAVE first');
    }
    const state = stateOf(saved);
    this.replay(this.commit(saved), state);
  }

  private setAside(next: Verified): Bound {
    const { byName } = makeObjects(next.spec, this.target.clock);
    const target = { clock: this.target.clock, pre: new ReplicationEngine() };
    return { ...next, schema: new Schema(next.info, byName, next.spec, this.translations), target };
  }

  private commit({ config, info, spec }: Verified): Bound {
    this.target.load(spec);
    const { program } = this.target;
    if (program === undefined) throw new P4RuntimeError('INTERNAL', 'the switch has loaded no program');
    this.saved = undefined;
    const schema = new Schema(info, program, spec, this.translations);
    this.committed = { config, info, spec, schema, target: this.target };
    this.onCommit(this.committed.schema);
    return this.committed;
  }

  /** Commits `next` and puts back what the switch held; if something finds no place, nothing changes. */
  private reconcile(next: Verified): void {
    const previous = this.committed;
    const state = previous === undefined ? [] : stateOf(previous);
    const committed = this.commit(next);
    if (previous === undefined) return;
    try {
      this.replay(committed, state);
    } catch (error) {
      this.replay(this.commit(previous), state);
      const { message } = P4RuntimeError.from(error);
      throw invalid(`the forwarding state cannot be kept under this config: ${message}`);
    }
  }

  private replay({ schema, target }: Bound, state: readonly StateStep[]): void {
    // What the program itself put into tables that may change is part of the state, as far as it is still there.
    for (const { table } of schema.tables.values()) if (!table.immutable) table.clear();
    const context = { schema, target, access: FULL_ACCESS };
    for (const { type, entity } of state) writeEntity(context, type, entity);
  }
}

function known(bound: Bound | undefined): Bound {
  if (bound !== undefined) return bound;
  throw new P4RuntimeError('FAILED_PRECONDITION', 'No forwarding pipeline config set for this device');
}

/** All that can change under a config, as updates that bring it about. Const entries and the program's own defaults are not among it. */
function stateOf({ schema, target }: Bound): StateStep[] {
  const context = { schema, target, access: FULL_ACCESS };
  const isProgram = (entry: TableEntry | undefined): boolean =>
    entry?.getIsConst() === true ||
    (entry?.getIsDefaultAction() === true && schema.table(entry.getTableId()).table.hasProgramDefault);
  return stateFilters().flatMap(({ filter, type }) =>
    [...readEntities(context, filter)]
      .filter((entity) => !isProgram(entity.getTableEntry()))
      .map((entity) => ({ type, entity })),
  );
}

interface StateStep {
  readonly type: UpdateType;
  readonly entity: Entity;
}

/** Filters that together read all forwarding state, in an order in which it can be written again. */
function stateFilters(): { filter: Entity; type: UpdateType }[] {
  const members = new Entity();
  members.setActionProfileMember(new ActionProfileMember());
  const groups = new Entity();
  groups.setActionProfileGroup(new ActionProfileGroup());
  const replication = new Entity();
  replication.setPacketReplicationEngineEntry(new PacketReplicationEngineEntry());
  const counters = new Entity();
  counters.setCounterEntry(new CounterEntry());
  const meters = new Entity();
  meters.setMeterEntry(new MeterEntry());
  const registers = new Entity();
  registers.setRegisterEntry(new RegisterEntry());
  const valueSets = new Entity();
  valueSets.setValueSetEntry(new ValueSetEntry());
  const digests = new Entity();
  digests.setDigestEntry(new DigestEntry());
  return [
    { filter: members, type: 'insert' },
    { filter: groups, type: 'insert' },
    { filter: tableFilter(false), type: 'insert' },
    { filter: tableFilter(true), type: 'modify' },
    { filter: replication, type: 'insert' },
    { filter: counters, type: 'modify' },
    { filter: meters, type: 'modify' },
    { filter: registers, type: 'modify' },
    { filter: valueSets, type: 'modify' },
    { filter: digests, type: 'insert' },
  ];
}

function tableFilter(defaults: boolean): Entity {
  const filter = new TableEntry();
  filter.setIsDefaultAction(defaults);
  filter.setCounterData(new CounterData());
  filter.setMeterConfig(new MeterConfig());
  const entity = new Entity();
  entity.setTableEntry(filter);
  return entity;
}

function verify(config: ForwardingPipelineConfig | undefined, clock: Clock): Verified {
  const info = config?.getP4info();
  if (config === undefined || info === undefined) {
    throw invalid('the request has no config with P4Info; send both P4Info and device config');
  }
  const bytes = config.getP4DeviceConfig_asU8();
  if (bytes.length === 0) throw invalid('the device config is empty; send the BMv2 JSON p4c made');
  const spec = loadProgram(parseJson(deviceJson(bytes)));
  checkNames(info, spec);
  // Bound to objects of its own first, so that a config which cannot be leaves the running one untouched.
  new Schema(info, makeObjects(spec, clock).byName, spec);
  return { config, info, spec };
}

/** Throws INVALID_ARGUMENT where P4Info and program have no object in common: then they are not of one source. */
function checkNames(info: P4Info, spec: ProgramSpec): void {
  const listed: readonly Named[] = [
    ...info.getTablesList(),
    ...info.getActionsList(),
    ...info.getActionProfilesList(),
    ...info.getCountersList(),
    ...info.getMetersList(),
    ...info.getRegistersList(),
    ...info.getDigestsList(),
    ...info.getValueSetsList(),
  ];
  const names = listed
    .map((object) => object.getPreamble()?.getName() ?? '')
    .filter((name) => name !== 'NoAction');
  const { tables, actions, profiles, counters, meters, registers, digests, valueSets } = spec;
  const kinds = [tables, actions, profiles, counters, meters, registers, digests, valueSets];
  const present = new Set(kinds.flatMap((objects) => objects.map(({ name }) => name)));
  if (names.length > 0 && !names.some((name) => present.has(name))) {
    throw mismatch(`nothing P4Info names is in the JSON, such as ${names[0]}`);
  }
}

interface Named {
  getPreamble(): Preamble | undefined;
}

/** The BMv2 JSON in a device config: a p4.tmp.P4DeviceConfig, or the JSON itself. */
function deviceJson(bytes: Uint8Array): Uint8Array {
  const first = bytes.find((byte) => byte > 0x20);
  if (first === 0x7b) return bytes;
  try {
    return P4DeviceConfig.deserializeBinary(bytes).getDeviceData_asU8();
  } catch (error) {
    throw new P4RuntimeError(
      'INVALID_ARGUMENT',
      'the device config is neither BMv2 JSON nor a p4.tmp.P4DeviceConfig that holds it',
      { cause: error },
    );
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new P4RuntimeError('INVALID_ARGUMENT', `the device config is not JSON: ${reason}`, {
      cause: error,
    });
  }
}
