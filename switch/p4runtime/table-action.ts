import {
  ActionProfileAction,
  ActionProfileActionSet,
  type ActionProfileGroup,
  TableAction,
} from 'p4runtime-js';
import type { EntryAction, OneShotMember, OneShotSettings } from '../runtime/index.js';
import { decodeAction, encodeAction } from './action.js';
import { checkPort, decodePort, encodeBytes } from './bytes.js';
import { invalid, P4RuntimeError } from './error.js';
import type { ProfileBinding, TableBinding } from './schema.js';

/** Reads what an entry does. Throws INVALID_ARGUMENT where it does not fit the table's implementation. */
export function decodeTableAction(binding: TableBinding, message: TableAction): EntryAction {
  const { profile } = binding;
  const action = message.getAction();
  if (action !== undefined) {
    if (profile !== undefined) {
      throw invalid(
        `table ${binding.name} takes its actions from ${profile.name}; give a member, a group or an action set`,
      );
    }
    return decodeAction(binding.actions, action, 'entry');
  }
  if (profile === undefined) {
    throw invalid(
      message.getTypeCase() === TableAction.TypeCase.TYPE_NOT_SET
        ? `table ${binding.name}: the entry has an empty action`
        : `table ${binding.name} has no action profile; give an action`,
    );
  }
  if (message.hasActionProfileMemberId()) return { member: message.getActionProfileMemberId() };
  if (message.hasActionProfileGroupId()) return { group: message.getActionProfileGroupId() };
  const set = message.getActionProfileActionSet();
  if (set === undefined) throw invalid(`table ${binding.name}: the entry has an empty action`);
  const settings = decodeSettings(binding, profile, set);
  return {
    oneShot: decodeActionSet(binding, profile, set),
    ...(settings === undefined ? {} : { settings }),
  };
}

/**
 * What an action set says of the selector, where that is the selector's own way ("One Shot Action Selector Programming": a
 * server has to take that much); undefined where it says nothing. v1model's selectors choose by hash.
 */
function decodeSettings(
  binding: TableBinding,
  profile: ProfileBinding,
  set: ActionProfileActionSet,
): OneShotSettings | undefined {
  const { ActionSelectionMode, SizeSemantics } = ActionProfileActionSet;
  const selectionMode = set.getActionSelectionMode();
  const sizeSemantics = set.getSizeSemantics();
  const own = profile.sizeCounts === 'weights' ? SizeSemantics.SUM_OF_WEIGHTS : SizeSemantics.SUM_OF_MEMBERS;
  if (
    set.hasGroupAction() ||
    (selectionMode !== 0 && selectionMode !== ActionSelectionMode.HASH) ||
    (sizeSemantics !== 0 && sizeSemantics !== own)
  ) {
    throw new P4RuntimeError(
      'UNIMPLEMENTED',
      `table ${binding.name}: an action set takes the selector's own mode (hash) and size semantics (sum of ${profile.sizeCounts}) and no group action`,
    );
  }
  return selectionMode === 0 && sizeSemantics === 0 ? undefined : { selectionMode, sizeSemantics };
}

function decodeActionSet(
  binding: TableBinding,
  profile: ProfileBinding,
  set: ActionProfileActionSet,
): OneShotMember[] {
  return set.getActionProfileActionsList().map((message, i) => {
    const place = `table ${binding.name}, one-shot action ${i + 1}`;
    const action = message.getAction();
    if (action === undefined) throw invalid(`${place} is missing`);
    return {
      ...decodeAction(binding.actions, action, 'entry'),
      weight: decodeWeight(profile, message.getWeight(), place),
      ...decodeWatch(message, place),
    };
  });
}

/** Checks a member's weight against P4Info; without weights every member counts once. */
export function decodeWeight(profile: ProfileBinding, weight: number, place: string): number {
  if (profile.weightsDisallowed) {
    if (weight !== 0) throw invalid(`${place}: ${profile.name} disallows weights; leave it out`);
    return 1;
  }
  if (weight <= 0) throw invalid(`${place} needs a weight of 1 or more, got ${weight}`);
  if (profile.sizeCounts === 'members' && profile.maxMemberWeight > 0 && weight > profile.maxMemberWeight) {
    throw invalid(`${place}: ${profile.name} takes weights up to ${profile.maxMemberWeight}, got ${weight}`);
  }
  return weight;
}

/** A watched port and how it was written. */
export interface Watch {
  readonly watchPort?: number;
  readonly watchAsNumber?: boolean;
}

/** The watched port, in either of its encodings. Throws INVALID_ARGUMENT for ports there cannot be. */
export function decodeWatch(message: ActionProfileAction | ActionProfileGroup.Member, place: string): Watch {
  const here = (): string => `${place}, watch port`;
  if (message.hasWatchPort()) {
    const bytes = message.getWatchPort_asU8();
    return bytes.length === 0 ? {} : { watchPort: decodePort(bytes, here) };
  }
  const port = message.getWatch();
  return port === 0 ? {} : { watchPort: checkPort(port, here), watchAsNumber: true };
}

/** Writes a watched port as it came. */
export function encodeWatch(
  message: ActionProfileAction | ActionProfileGroup.Member,
  { watchPort, watchAsNumber }: { readonly watchPort?: number | undefined; readonly watchAsNumber?: boolean },
): void {
  if (watchPort === undefined) return;
  if (watchAsNumber === true) message.setWatch(watchPort);
  else message.setWatchPort(encodeBytes(BigInt(watchPort)));
}

/** Writes what an entry does; undefined for nothing. */
export function encodeTableAction(binding: TableBinding, action: EntryAction): TableAction {
  const message = new TableAction();
  if ('member' in action) message.setActionProfileMemberId(action.member);
  else if ('group' in action) message.setActionProfileGroupId(action.group);
  else if ('oneShot' in action) {
    const set = encodeActionSet(binding, action.oneShot);
    set.setActionSelectionMode(action.settings?.selectionMode ?? 0);
    set.setSizeSemantics(action.settings?.sizeSemantics ?? 0);
    message.setActionProfileActionSet(set);
  } else message.setAction(encodeAction(binding.actions, action));
  return message;
}

function encodeActionSet(binding: TableBinding, members: readonly OneShotMember[]): ActionProfileActionSet {
  const set = new ActionProfileActionSet();
  for (const member of members) {
    const message = new ActionProfileAction();
    message.setAction(encodeAction(binding.actions, member));
    if (binding.profile?.weightsDisallowed !== true) message.setWeight(member.weight);
    encodeWatch(message, member);
    set.addActionProfileActions(message);
  }
  return set;
}
