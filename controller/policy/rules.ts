import { type FabricKey, NackReason, type Name } from '../../wire/index.js';
import type { Features } from '../fabric/features.js';
import { fitWeights } from '../fabric/names.js';
import type { Entity, EntryAction, MeterConfig } from '../p4runtime/index.js';
import { MAX_SPLIT_WEIGHT, POLICY_METERS, POLICY_TABLES } from './program.js';
import { hundredths, type PolicySpec, prefixOf, type Rate, type Share } from './spec.js';
import { versionName } from './versions.js';

/** Packets by where they go, where they come from and their tag; undefined = any. */
export interface Flow {
  readonly destination: Name | undefined;
  readonly source: Name | undefined;
  readonly tag: number | undefined;
}

/** Numbers a policy has in the switches, the same in all of them. */
export interface PolicySlots {
  /** Cell of the meter of rates. */
  readonly cell: number | undefined;
  readonly session: number | undefined;
}

const DIGEST_BITS = 256n;
/** Entries of one priority of people's lie within so many priorities of the tables'. */
const SPREAD = 256;
/** Above every policy: what dynamic trust lays down. */
export const TRUST_PRIORITY = 1001;

export function flowOf(spec: Pick<PolicySpec, 'destination' | 'source' | 'tag'>): Flow {
  return {
    destination: prefixOf(spec.destination),
    source: spec.source === undefined ? undefined : prefixOf(spec.source),
    tag: spec.tag,
  };
}

/** Match fields of the strategy's tables; what is any is left out. */
export function flowMatch(key: FabricKey, { destination, source, tag }: Flow) {
  return {
    ...(destination !== undefined && { dst: prefixMask(key, destination) }),
    ...(source !== undefined && { src: prefixMask(key, source) }),
    ...(tag !== undefined && { tag: { value: tag, mask: 0xff } }),
  };
}

/** Priority of an entry: the policy's, and within that the more specific flow's; 1 or more. */
export function entryPriority(priority: number, { destination, source, tag }: Flow): number {
  const depth = (name: Name | undefined) => name?.components.length ?? 0;
  return 1 + priority * SPREAD + depth(destination) * 18 + depth(source) * 2 + (tag === undefined ? 0 : 1);
}

export function meterConfig({ packetsPerSecond, burst }: Rate): MeterConfig {
  return { cir: packetsPerSecond, cburst: burst, pir: packetsPerSecond, pburst: burst };
}

export function meterCell(meter: string, index: number, rate: Rate): Entity {
  return { kind: 'meter', meter, index, config: meterConfig(rate) };
}

/** An entry of one of the strategy's tables. */
export function ruleEntry(
  key: FabricKey,
  table: string,
  flow: Flow,
  priority: number,
  action: EntryAction,
): Entity {
  return {
    kind: 'table-entry',
    table,
    match: flowMatch(key, flow),
    priority: entryPriority(priority, flow),
    action,
  };
}

export function call(name: string, params: Readonly<Record<string, number>> = {}): EntryAction {
  return { kind: 'action', name, params };
}

/** Whether a policy holds for packets that enter the fabric at a leaf. */
export function holdsAt(spec: PolicySpec, leaf: string): boolean {
  return spec.at === undefined || spec.at.includes(leaf);
}

/** What a policy is in one leaf, but for what depends on services: as much of it as the leaf's program has. */
export function policyEntries(
  key: FabricKey,
  spec: PolicySpec,
  slots: PolicySlots,
  leaf: string,
  features: Features,
): Entity[] {
  const entries: Entity[] = [];
  if (!holdsAt(spec, leaf)) return entries;
  const flow = flowOf(spec);
  const rule = (table: string, action: EntryAction) =>
    entries.push(ruleEntry(key, table, flow, spec.priority, action));
  if (spec.access !== undefined && features.access !== undefined) rule(POLICY_TABLES.acl, call(spec.access));
  if (spec.rate !== undefined && slots.cell !== undefined && features.rates !== undefined) {
    entries.push(meterCell(POLICY_METERS.rates, slots.cell, spec.rate));
    rule(POLICY_TABLES.limits, call('limit', { index: slots.cell }));
  }
  const place = spec.mirror?.to.find((each) => each.switch === leaf);
  const canMirror = features.mirrors !== undefined;
  if (spec.mirror !== undefined && place !== undefined && slots.session !== undefined && canMirror) {
    const { session } = slots;
    entries.push({ kind: 'clone-session', session, replicas: [{ port: place.port, instance: 0 }] });
    rule(POLICY_TABLES.mirrors, call('mirror', { session, share: hundredths(spec.mirror.share) }));
  }
  const { fault } = spec;
  if (fault !== undefined && features.faults !== undefined) {
    const share = hundredths(fault.share);
    const isDrop = fault.kind === 'drop';
    rule(
      POLICY_TABLES.faults,
      isDrop ? call('lose', { share }) : call('abort', { reason: reasonNumber(fault.reason), share }),
    );
  }
  return entries;
}

/** A service as far as splits need it. */
export interface SplitService {
  readonly name: Name;
  readonly number: number;
  readonly versions: ReadonlySet<string>;
}

/** Where one of the two names lies at or below the other: the lower one. */
export function overlap(prefix: Name | undefined, name: Name): Name | undefined {
  if (prefix === undefined || prefix.covers(name)) return name;
  return name.covers(prefix) ? prefix : undefined;
}

/** Shares of the versions somebody runs; undefined where there is nothing to split. */
export function sharesFor(split: readonly Share[], versions: ReadonlySet<string>): Share[] | undefined {
  const present = split.filter(({ version }) => version === undefined || versions.has(version));
  const weights = fitWeights(
    present.map(({ weight }) => weight),
    MAX_SPLIT_WEIGHT,
  );
  return present.length === 0
    ? undefined
    : present.map((share, i) => ({ ...share, weight: weights[i] ?? 1 }));
}

/** What a policy's split is in every leaf, for the services it concerns. */
export function splitEntries(key: FabricKey, spec: PolicySpec, services: readonly SplitService[]): Entity[] {
  const entries: Entity[] = [];
  const flow = flowOf(spec);
  for (const service of services) {
    const destination = overlap(flow.destination, service.name);
    const shares = sharesFor(spec.split ?? [], service.versions);
    if (destination === undefined || shares === undefined) continue;
    const actions = shares.map(({ version, weight }) => ({
      action:
        version === undefined
          ? { name: 'permit', params: {} }
          : {
              name: 'to_version',
              params: { name: versionName(service.number, version).digest(key).toBigInt() },
            },
      weight,
    }));
    const entry = ruleEntry(key, POLICY_TABLES.splits, { ...flow, destination }, spec.priority, {
      kind: 'one-shot',
      actions,
    });
    entries.push(entry);
  }
  return entries;
}

function prefixMask(key: FabricKey, name: Name): { value: bigint; mask: bigint } {
  const digest = name.digest(key);
  const free = DIGEST_BITS - BigInt(digest.prefixBits);
  return { value: digest.toBigInt(), mask: ((1n << BigInt(digest.prefixBits)) - 1n) << free };
}

function reasonNumber(reason: string): number {
  return new Map<string, number>(Object.entries(NackReason)).get(reason) ?? NackReason.FAULT_INJECTED;
}
