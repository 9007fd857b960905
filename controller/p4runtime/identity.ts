import { type Action, type Entity, type FieldMatch, TableAction } from 'p4runtime-js';
import { replicaPort } from './entities/replication.js';
import { P4RuntimeError } from './errors.js';
import { bytesToHex } from './values.js';

/** In which place of an update an entity has its turn: what refers to something comes after it. */
export type EntityRank =
  | 'member'
  | 'group'
  | 'multicast-group'
  | 'clone-session'
  | 'digest'
  | 'meter'
  | 'entry'
  | 'default-entry';

/** An entity reduced to text: equal keys mean the same thing on the switch, equal bodies the same contents. */
export interface Identity {
  readonly rank: EntityRank;
  readonly key: string;
  readonly body: string;
}

/**
 * Identity of an encoded entity, whoever encoded it: byte strings are compared as integers, lists without order as
 * sets. Counters, direct meters and what else a switch adds when it is read are left out. Throws P4RuntimeError BAD_ENTITY for
 * kinds that cannot be held against each other.
 */
export function identify(entity: Entity): Identity {
  const entry = entity.getTableEntry();
  if (entry !== undefined) {
    const isDefault = entry.getIsDefaultAction();
    const match = isDefault ? '*' : entry.getMatchList().map(matchText).sort().join(' ');
    const metadata = bytesToHex(entry.getMetadata_asU8());
    return {
      rank: isDefault ? 'default-entry' : 'entry',
      key: `t${entry.getTableId()} ${match} p${entry.getPriority()}`,
      body: `${tableActionText(entry.getAction())} m${metadata} i${entry.getIdleTimeoutNs()}`,
    };
  }
  const member = entity.getActionProfileMember();
  if (member !== undefined) {
    return {
      rank: 'member',
      key: `m${member.getActionProfileId()} ${member.getMemberId()}`,
      body: actionText(member.getAction()),
    };
  }
  const group = entity.getActionProfileGroup();
  if (group !== undefined) {
    const members = group.getMembersList().map((part) => {
      return `${part.getMemberId()}x${part.getWeight()}@${hex(part.getWatchPort_asU8())}`;
    });
    return {
      rank: 'group',
      key: `g${group.getActionProfileId()} ${group.getGroupId()}`,
      body: members.sort().join(' '),
    };
  }
  const replication = entity.getPacketReplicationEngineEntry();
  const multicast = replication?.getMulticastGroupEntry();
  const session = replication?.getCloneSessionEntry();
  const replicas = (multicast ?? session)
    ?.getReplicasList()
    .map((replica) => `${replicaPort(replica)}/${replica.getInstance()}`)
    .sort()
    .join(' ');
  if (multicast !== undefined) {
    return { rank: 'multicast-group', key: `x${multicast.getMulticastGroupId()}`, body: replicas ?? '' };
  }
  if (session !== undefined) {
    const extras = `c${session.getClassOfService()} l${session.getPacketLengthBytes()}`;
    return { rank: 'clone-session', key: `c${session.getSessionId()}`, body: `${replicas ?? ''} ${extras}` };
  }
  const meter = entity.getMeterEntry();
  if (meter !== undefined) {
    const config = meter.getConfig();
    const rates = [config?.getCir(), config?.getCburst(), config?.getPir(), config?.getPburst()];
    return {
      rank: 'meter',
      key: `r${meter.getMeterId()} ${meter.getIndex()?.getIndex() ?? 0}`,
      body: config === undefined ? '-' : rates.map((n) => n ?? 0).join(' '),
    };
  }
  const digest = entity.getDigestEntry();
  if (digest !== undefined) {
    const config = digest.getConfig();
    const numbers = [config?.getMaxTimeoutNs(), config?.getMaxListSize(), config?.getAckTimeoutNs()];
    return { rank: 'digest', key: `d${digest.getDigestId()}`, body: numbers.map((n) => n ?? 0).join(' ') };
  }
  throw new P4RuntimeError('BAD_ENTITY', `an entity of case ${entity.getEntityCase()} has no identity`);
}

/** A byte string as text that is the same for the same integer. */
function hex(bytes: Uint8Array): string {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start += 1;
  return bytesToHex(start === 0 ? bytes : bytes.subarray(start));
}

function matchText(match: FieldMatch): string {
  const id = match.getFieldId();
  const exact = match.getExact() ?? match.getOptional();
  if (exact !== undefined) return `${id}=${hex(exact.getValue_asU8())}`;
  const lpm = match.getLpm();
  if (lpm !== undefined) return `${id}=${hex(lpm.getValue_asU8())}/${lpm.getPrefixLen()}`;
  const ternary = match.getTernary();
  if (ternary !== undefined) return `${id}=${hex(ternary.getValue_asU8())}&${hex(ternary.getMask_asU8())}`;
  const range = match.getRange();
  return `${id}=${hex(range?.getLow_asU8() ?? EMPTY)}-${hex(range?.getHigh_asU8() ?? EMPTY)}`;
}

const EMPTY = new Uint8Array(0);

function tableActionText(action: TableAction | undefined): string {
  if (action === undefined) return '-';
  const { TypeCase } = TableAction;
  switch (action.getTypeCase()) {
    case TypeCase.ACTION_PROFILE_MEMBER_ID:
      return `member ${action.getActionProfileMemberId()}`;
    case TypeCase.ACTION_PROFILE_GROUP_ID:
      return `group ${action.getActionProfileGroupId()}`;
    case TypeCase.ACTION_PROFILE_ACTION_SET: {
      const parts = action.getActionProfileActionSet()?.getActionProfileActionsList() ?? [];
      return parts
        .map((part) => `${actionText(part.getAction())}x${part.getWeight()}`)
        .sort()
        .join(' ');
    }
    default:
      return actionText(action.getAction());
  }
}

function actionText(action: Action | undefined): string {
  if (action === undefined) return '-';
  const params = action.getParamsList().map((param) => `${param.getParamId()}=${hex(param.getValue_asU8())}`);
  return `a${action.getActionId()} ${params.sort().join(' ')}`;
}
