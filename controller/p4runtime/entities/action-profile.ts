import { Action, ActionProfileGroup, ActionProfileMember } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import type { ProfileInfo, Schema } from '../schema.js';
import { bytesToBigint, encodeValue, type ReadValue, type Value } from '../values.js';
import { type ActionCall, checkedWeight, decodeAction, encodeAction } from './action.js';

/** A member of an action profile: an action with an id of the controller's choice, 1 or more. */
export interface ProfileMember<V = Value> {
  readonly kind: 'profile-member';
  /** In a query, left out = all profiles. */
  readonly profile?: string | number;
  readonly member?: number;
  readonly action?: ActionCall<V>;
}

export type DecodedProfileMember = ProfileMember<ReadValue> & {
  readonly profile: string;
  readonly member: number;
};

export interface GroupMember {
  readonly member: number;
  /** Share of the group's traffic, 1 or more. */
  readonly weight: number;
  readonly watchPort?: Value;
}

/** A group of members over which an action selector spreads packets. */
export interface ProfileGroup {
  readonly kind: 'profile-group';
  readonly profile?: string | number;
  readonly group?: number;
  readonly members?: readonly GroupMember[];
  /** Largest sum of weights the group will ever have, 1 or more; left out = the program's limit, if it has one. */
  readonly maxSize?: number;
}

export type DecodedProfileGroup = ProfileGroup & {
  readonly profile: string;
  readonly group: number;
  readonly members: readonly GroupMember[];
};

export function encodeMember(schema: Schema, entity: ProfileMember): ActionProfileMember {
  const message = new ActionProfileMember();
  if (entity.profile === undefined) return message;
  const profile = schema.profiles.get(entity.profile);
  message.setActionProfileId(profile.id);
  message.setMemberId(entity.member ?? 0);
  if (entity.action !== undefined) {
    const info = actionOfProfile(schema, profile, entity.action.name);
    const owner = `action profile ${profile.name}, member ${entity.member}`;
    message.setAction(encodeAction(info, entity.action.params, owner));
  }
  return message;
}

export function decodeMember(schema: Schema, message: ActionProfileMember): DecodedProfileMember {
  return {
    kind: 'profile-member',
    profile: schema.profiles.get(message.getActionProfileId()).name,
    member: message.getMemberId(),
    action: decodeAction(schema, message.getAction() ?? new Action()),
  };
}

export function encodeGroup(schema: Schema, entity: ProfileGroup, isQuery: boolean): ActionProfileGroup {
  const message = new ActionProfileGroup();
  if (entity.profile === undefined) return message;
  const profile = schema.profiles.get(entity.profile);
  const owner = `action profile ${profile.name}, group ${entity.group}`;
  if (!profile.withSelector && entity.members !== undefined) {
    throw new P4RuntimeError('BAD_ENTITY', `${owner}: the profile has no selector and so no groups`);
  }
  message.setActionProfileId(profile.id);
  message.setGroupId(entity.group ?? 0);
  if (isQuery) return message;
  // P4Runtime section 9.2.2: above 0 where the program has a limit.
  message.setMaxSize(entity.maxSize ?? profile.maxGroupSize);
  let total = 0;
  for (const { member, weight, watchPort } of entity.members ?? []) {
    const part = new ActionProfileGroup.Member();
    part.setMemberId(member);
    part.setWeight(checkedWeight(weight, owner));
    if (watchPort !== undefined) {
      part.setWatchPort(encodeValue(watchPort, { name: `${owner}: watch port`, width: 32 }));
    }
    message.addMembers(part);
    total += weight;
  }
  if (profile.maxGroupSize > 0 && total > profile.maxGroupSize) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${owner}: its weights add up to ${total}, the program allows ${profile.maxGroupSize}`,
    );
  }
  return message;
}

export function decodeGroup(schema: Schema, message: ActionProfileGroup): DecodedProfileGroup {
  const profile = schema.profiles.get(message.getActionProfileId());
  const maxSize = message.getMaxSize();
  return {
    kind: 'profile-group',
    profile: profile.name,
    group: message.getGroupId(),
    members: message.getMembersList().map((part) => ({
      member: part.getMemberId(),
      weight: part.getWeight(),
      ...(part.hasWatchPort() && { watchPort: bytesToBigint(part.getWatchPort_asU8()) }),
    })),
    ...(maxSize !== 0 && maxSize !== profile.maxGroupSize && { maxSize }),
  };
}

/** An action that some table of the profile has; names are taken in that table's sense. */
function actionOfProfile(schema: Schema, profile: ProfileInfo, name: string) {
  const [first] = profile.tableIds;
  if (first === undefined) return schema.actions.get(name);
  return schema.actionOf(schema.tables.get(first), name);
}
