import type { Entity } from './entities/index.js';
import type { CloneSession } from './entities/replication.js';
import { P4RuntimeError } from './errors.js';
import type { Pipeline, PipelineAction } from './pipeline.js';
import type { TargetProfile } from './target.js';
import type { Atomicity, Update } from './write.js';

/*
 * What a target is declared not to do is refused here, before anything is sent, with what to do instead. A target that
 * is not known is not judged.
 */

/** Throws P4RuntimeError UNIMPLEMENTED. */
export function refuseWrite(
  target: TargetProfile | undefined,
  updates: readonly Update[],
  atomicity: Atomicity,
): void {
  if (target === undefined) return;
  if (!target.atomicities.includes(atomicity)) {
    refuse(target, `writes with ${atomicity}`, `write with ${target.atomicities.join(' or ')}`);
  }
  const isLenient =
    target.registers === 'read-write' &&
    target.valueSets &&
    target.wildcardCellWrites &&
    target.cloneSessions === 'any';
  // Most writes are of a target that does all of it, or of table entries.
  if (isLenient) return;
  for (const { entity } of updates) {
    if ('kind' in entity) refuseEntity(target, entity);
  }
}

function refuseEntity(target: TargetProfile, entity: Entity): void {
  switch (entity.kind) {
    case 'register':
      if (target.registers !== 'read-write')
        refuse(target, 'writes of registers', 'have the program set them from packets');
      return;
    case 'value-set':
      if (!target.valueSets) refuse(target, 'value sets', 'match the values in a table');
      return;
    case 'counter':
    case 'meter':
      if (!target.wildcardCellWrites && entity.index === undefined)
        refuse(target, `writes of all cells of a ${entity.kind}`, 'give each index');
      return;
    case 'clone-session':
      if (target.cloneSessions === 'none') refuse(target, 'clone sessions', 'do without copies of packets');
      if (target.cloneSessions === 'no-class' && (entity.classOfService ?? 0) !== 0)
        refuse(target, 'classes of service of clone sessions', 'leave classOfService out');
      if (target.cloneSessions === 'one-replica') refuseSeveralCopies(target, entity);
      return;
    default:
  }
}

function refuseSeveralCopies(target: TargetProfile, session: CloneSession): void {
  const replicas = session.replicas ?? [];
  if (replicas.length > 1) refuse(target, 'clone sessions with several replicas', 'give one port');
  if (replicas.some(({ instance }) => (instance ?? 0) !== 0))
    refuse(target, 'instances of clone sessions', 'give instance 0');
  if ((session.classOfService ?? 0) > 7) refuse(target, 'classes of service above 7', 'give one of 0 to 7');
}

/** Throws P4RuntimeError UNIMPLEMENTED. */
export function refuseRead(target: TargetProfile | undefined, queries: readonly Entity[]): void {
  if (target === undefined) return;
  for (const query of queries) {
    if (query.kind === 'register' && target.registers === 'none')
      refuse(target, 'reads of registers', 'count what is to be read in a counter');
    if (query.kind === 'value-set' && !target.valueSets)
      refuse(target, 'value sets', 'match the values in a table');
    const isDirect = query.kind === 'direct-counter' || query.kind === 'direct-meter';
    if (isDirect && !target.directWildcards && query.entry.table === undefined)
      refuse(target, 'reads of direct counters and meters of all tables', 'read them table by table');
    if (query.kind === 'digest' && query.digest === undefined && !target.digestWildcards)
      refuse(target, 'reads of all digests', 'read them by name');
  }
}

/** Throws P4RuntimeError UNIMPLEMENTED, or INVALID_ARGUMENT where a pipeline is made for another kind of switch. */
export function refusePipeline(
  target: TargetProfile | undefined,
  { p4info }: Pipeline,
  action: PipelineAction,
): void {
  if (target === undefined) return;
  if (action === 'reconcile-and-commit' && !target.reconcileAndCommit)
    refuse(target, action, 'use verify-and-commit, and write the entries again');
  const architecture = p4info.getPkgInfo()?.getArch() ?? '';
  const isTofino = architecture === 'tna' || architecture === 't2na';
  if (isTofino === (target.deviceConfig === 'stratum-tofino') || architecture === '') return;
  throw new P4RuntimeError(
    'INVALID_ARGUMENT',
    `a switch of target ${target.name} does not execute a program made for ${architecture}; ` +
      'give it another program, or declare its target as it is',
  );
}

function refuse(target: TargetProfile, what: string, remedy: string): never {
  throw new P4RuntimeError('UNIMPLEMENTED', `target ${target.name} has no ${what}; ${remedy}`);
}
