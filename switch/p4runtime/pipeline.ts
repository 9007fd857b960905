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
import { FULL_ACCESS } from './access.js';
import { readEntities, writeEntity } from './entities.js';
import type { UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { mismatch, Schema } from './schema.js';
import type { SwitchTarget } from './target.js';

/** A config that has been looked through. */
interface Verified {
  readonly config: ForwardingPipelineConfig;
  readonly info: P4Info;
  readonly spec: ProgramSpec;
}

/** A config the switch runs. */
interface Committed extends Verified {
  readonly schema: Schema;
}

/** The forwarding pipeline config of a switch: what runs, and what is saved to be committed. */
export class Pipeline {
  private readonly target: SwitchTarget;
  private committed: Committed | undefined;
  private saved: Verified | undefined;
  private readonly onCommit: (schema: Schema) => void;

  /** `onCommit` is called with the schema of every config that starts to run. */
  constructor(target: SwitchTarget, onCommit: (schema: Schema) => void) {
    this.target = target;
    this.onCommit = onCommit;
  }

  /** The running config's schema. Throws FAILED_PRECONDITION where there is none. */
  get schema(): Schema {
    return this.running.schema;
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
        this.saved = verify(request.getConfig(), this.target.clock);
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

  /** GetForwardingPipelineConfig. */
  get(request: GetForwardingPipelineConfigRequest): ForwardingPipelineConfig {
    const { config } = this.running;
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

  private get running(): Committed {
    if (this.committed !== undefined) return this.committed;
    throw new P4RuntimeError('FAILED_PRECONDITION', 'No forwarding pipeline config set for this device');
  }

  private commitSaved(request: SetForwardingPipelineConfigRequest): void {
    if (request.hasConfig()) throw invalid('COMMIT runs the saved config; leave config out');
    const { saved } = this;
    if (saved === undefined) {
      throw new P4RuntimeError('NOT_FOUND', 'no config is saved; send one with VERIFY_AND_SAVE first');
    }
    this.commit(saved);
  }

  private commit(next: Verified): void {
    this.target.load(next.spec);
    this.saved = undefined;
    this.committed = { ...next, schema: this.bind(next.info) };
    this.onCommit(this.committed.schema);
  }

  private bind(info: P4Info): Schema {
    const { program } = this.target;
    if (program === undefined) throw new P4RuntimeError('INTERNAL', 'the switch has loaded no program');
    return new Schema(info, program);
  }

  /** Commits `next` and puts back what the switch held; if something finds no place, nothing changes. */
  private reconcile(next: Verified): void {
    const previous = this.committed;
    const state = previous === undefined ? [] : this.state(previous.schema);
    this.commit(next);
    if (previous === undefined) return;
    try {
      this.replay(state);
    } catch (error) {
      this.commit(previous);
      this.replay(state);
      const { message } = P4RuntimeError.from(error);
      throw invalid(`the forwarding state cannot be kept under this config: ${message}`);
    }
  }

  private state(schema: Schema): StateStep[] {
    const context = { schema, target: this.target, access: FULL_ACCESS };
    return stateFilters().flatMap(({ filter, type }) =>
      [...readEntities(context, filter)]
        .filter((entity) => entity.getTableEntry()?.getIsConst() !== true)
        .map((entity) => ({ type, entity })),
    );
  }

  private replay(state: readonly StateStep[]): void {
    const context = { schema: this.running.schema, target: this.target, access: FULL_ACCESS };
    for (const { type, entity } of state) writeEntity(context, type, entity);
  }
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
  new Schema(info, makeObjects(spec, clock).byName);
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
