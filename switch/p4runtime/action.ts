import { Action } from 'p4runtime-js';
import type { ActionCall } from '../runtime/index.js';
import { invalid, P4RuntimeError } from './error.js';
import type { ActionBinding, ActionSet } from './schema.js';
import { decodeValue, encodeValue } from './translation.js';

const ANNOTATION = { tableOnly: '@tableonly', defaultOnly: '@defaultonly', groupOnly: '@groupaction' };

/** Where an action is going to be used, for its scope. */
export type ActionUse = 'entry' | 'default';

/** Reads an Action message. Throws INVALID_ARGUMENT, and PERMISSION_DENIED outside the action's scope. */
export function decodeAction(set: ActionSet, action: Action, use: ActionUse): ActionCall {
  const binding = set.byId.get(action.getActionId());
  if (binding === undefined) {
    const known = [...set.byId.values()].map(({ id, name }) => `${name} (${id})`).join(', ');
    throw invalid(`${set.thing} has no action with id ${action.getActionId()}; it has ${known}`);
  }
  const forbidden = use === 'default' ? 'tableOnly' : 'defaultOnly';
  if (binding.scope === forbidden || binding.scope === 'groupOnly') {
    throw new P4RuntimeError(
      'PERMISSION_DENIED',
      `${set.thing}: action ${binding.name} is ${ANNOTATION[binding.scope]}`,
    );
  }
  return { actionIndex: binding.index, params: decodeParams(set, binding, action) };
}

function decodeParams(set: ActionSet, binding: ActionBinding, action: Action): bigint[] {
  const given = action.getParamsList();
  const place = (what: string): string => `${set.thing}, action ${binding.name}, ${what}`;
  const params = binding.params.map((param) => {
    const message = given.find((candidate) => candidate.getParamId() === param.id);
    const here = (): string => place(`parameter ${param.name}`);
    if (message === undefined) throw invalid(`${here()} (id ${param.id}) is missing`);
    return decodeValue(param, message.getValue_asU8(), here);
  });
  if (given.length !== params.length) {
    const ids = given.map((param) => param.getParamId());
    const odd = ids.find((id, i) => ids.indexOf(id) !== i || !binding.params.some((p) => p.id === id));
    throw invalid(
      place(
        `parameter id ${odd} is ${ids.indexOf(odd ?? 0) < ids.lastIndexOf(odd ?? 0) ? 'given twice' : 'unknown'}`,
      ),
    );
  }
  return params;
}

/** Writes a call as an Action message. */
export function encodeAction(set: ActionSet, call: ActionCall): Action {
  const action = new Action();
  const binding = set.byIndex.get(call.actionIndex);
  if (binding === undefined) return action;
  action.setActionId(binding.id);
  binding.params.forEach((param, i) => {
    const message = new Action.Param();
    message.setParamId(param.id);
    message.setValue(encodeValue(param, call.params[i] ?? 0n));
    action.addParams(message);
  });
  return action;
}
