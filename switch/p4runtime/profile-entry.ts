import { ActionProfileGroup, ActionProfileMember, Entity } from 'p4runtime-js';
import type { ProfileGroup, ProfileMember } from '../runtime/index.js';
import { decodeAction, encodeAction } from './action.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid } from './error.js';
import { found, type ProfileBinding } from './schema.js';
import { decodeWatch, decodeWeight, encodeWatch } from './table-action.js';

/** Applies an update to an action profile member. */
export function writeMember(context: EntityContext, type: UpdateType, message: ActionProfileMember): Undo {
  const binding = profileOf(context, message.getActionProfileId());
  const { profile } = binding;
  const id = message.getMemberId();
  const before = profile.getMember(id);
  switch (type) {
    case 'insert':
      profile.insertMember(decodeMember(binding, message));
      return () => profile.deleteMember(id);
    case 'modify':
      profile.modifyMember(decodeMember(binding, message));
      return () => {
        if (before !== undefined) profile.modifyMember(before);
      };
    case 'delete':
      profile.deleteMember(id);
      return () => {
        if (before !== undefined) profile.insertMember(before);
      };
  }
}

/** Applies an update to an action profile group. */
export function writeGroup(context: EntityContext, type: UpdateType, message: ActionProfileGroup): Undo {
  const binding = profileOf(context, message.getActionProfileId());
  const { profile } = binding;
  const id = message.getGroupId();
  const before = profile.getGroup(id);
  switch (type) {
    case 'insert':
      profile.insertGroup(decodeGroup(binding, message));
      return () => profile.deleteGroup(id);
    case 'modify':
      profile.modifyGroup(decodeGroup(binding, message));
      return () => {
        if (before !== undefined) profile.modifyGroup(before);
      };
    case 'delete':
      profile.deleteGroup(id);
      return () => {
        if (before !== undefined) profile.insertGroup(before);
      };
  }
}

export function* readMembers(context: EntityContext, filter: ActionProfileMember): Generator<Entity> {
  for (const binding of profilesOf(context, filter.getActionProfileId())) {
    for (const member of chosen(filter.getMemberId(), binding.profile, 'member')) {
      const entity = new Entity();
      entity.setActionProfileMember(encodeMember(binding, member));
      yield entity;
    }
  }
}

export function* readGroups(context: EntityContext, filter: ActionProfileGroup): Generator<Entity> {
  for (const binding of profilesOf(context, filter.getActionProfileId())) {
    for (const group of chosen(filter.getGroupId(), binding.profile, 'group')) {
      const entity = new Entity();
      entity.setActionProfileGroup(encodeGroup(binding, group));
      yield entity;
    }
  }
}

function chosen(id: number, profile: ProfileBinding['profile'], what: 'member'): Iterable<ProfileMember>;
function chosen(id: number, profile: ProfileBinding['profile'], what: 'group'): Iterable<ProfileGroup>;
function chosen(
  id: number,
  profile: ProfileBinding['profile'],
  what: 'member' | 'group',
): Iterable<ProfileMember | ProfileGroup> {
  if (id === 0) return what === 'member' ? profile.members() : profile.groups();
  const one = what === 'member' ? profile.getMember(id) : profile.getGroup(id);
  return one === undefined ? [] : [one];
}

function profileOf(context: EntityContext, id: number): ProfileBinding {
  return found(context.schema.profiles, id, 'action profile');
}

function profilesOf(context: EntityContext, id: number): Iterable<ProfileBinding> {
  return id === 0 ? context.schema.profiles.values() : [profileOf(context, id)];
}

function decodeMember(binding: ProfileBinding, message: ActionProfileMember): ProfileMember {
  const action = message.getAction();
  const id = message.getMemberId();
  if (action === undefined) throw invalid(`action profile ${binding.name}: member ${id} needs an action`);
  return { id, action: decodeAction(binding.actions, action, 'entry') };
}

function encodeMember(binding: ProfileBinding, member: ProfileMember): ActionProfileMember {
  const message = new ActionProfileMember();
  message.setActionProfileId(binding.id);
  message.setMemberId(member.id);
  message.setAction(encodeAction(binding.actions, member.action));
  return message;
}

function decodeGroup(binding: ProfileBinding, message: ActionProfileGroup): ProfileGroup {
  const id = message.getGroupId();
  return {
    id,
    maxSize: message.getMaxSize(),
    members: message.getMembersList().map((member) => {
      const place = `action profile ${binding.name}, group ${id}, member ${member.getMemberId()}`;
      return {
        id: member.getMemberId(),
        weight: decodeWeight(binding, member.getWeight(), place),
        ...decodeWatch(member, place),
      };
    }),
  };
}

function encodeGroup(binding: ProfileBinding, group: ProfileGroup): ActionProfileGroup {
  const message = new ActionProfileGroup();
  message.setActionProfileId(binding.id);
  message.setGroupId(group.id);
  message.setMaxSize(group.maxSize);
  for (const place of group.members) {
    const { id, weight } = place;
    const member = new ActionProfileGroup.Member();
    member.setMemberId(id);
    if (!binding.weightsDisallowed) member.setWeight(weight);
    encodeWatch(member, place);
    message.addMembers(member);
  }
  return message;
}
