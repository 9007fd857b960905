import { Action } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import { suggestion } from '../names.js';
import type { ActionInfo, Schema } from '../schema.js';
import { decodeValue, encodeValue, type ReadValue, type Value } from '../values.js';

/** An action with its parameters by name. */
export interface ActionCall<V = Value> {
  readonly name: string;
  readonly params: Readonly<Record<string, V>>;
}

export function encodeAction(
  info: ActionInfo,
  params: Readonly<Record<string, Value>>,
  owner: string,
): Action {
  const message = new Action();
  message.setActionId(info.id);
  for (const param of info.params) {
    const value = params[param.name];
    if (value === undefined) {
      throw new P4RuntimeError(
        'BAD_ENTITY',
        `${owner}: action ${info.name} lacks the parameter '${param.name}'`,
      );
    }
    const encoded = new Action.Param();
    encoded.setParamId(param.id);
    encoded.setValue(
      encodeValue(value, { name: `${owner}: ${info.name} ${param.name}`, width: param.width }),
    );
    message.addParams(encoded);
  }
  if (Object.keys(params).length > info.params.length) {
    const names = info.params.map(({ name }) => name);
    const wrong = Object.keys(params).find((name) => !names.includes(name)) ?? '';
    throw new P4RuntimeError(
      'UNKNOWN_NAME',
      `${owner}: action ${info.name} has no parameter '${wrong}'${suggestion(wrong, names)}`,
    );
  }
  return message;
}

/** Parameters the switch added since the P4Info was made appear under `#id`. */
export function decodeAction(schema: Schema, message: Action): ActionCall<ReadValue> {
  const info = schema.actions.get(message.getActionId());
  const params: Record<string, ReadValue> = {};
  for (const param of message.getParamsList()) {
    const known = info.params.find(({ id }) => id === param.getParamId());
    params[known?.name ?? `#${param.getParamId()}`] = decodeValue(param.getValue_asU8(), known?.width);
  }
  return { name: info.name, params };
}

/** Weights of group members and one-shot actions are 1 or more. */
export function checkedWeight(weight: number, owner: string): number {
  if (Number.isInteger(weight) && weight >= 1 && weight <= 0x7fffffff) return weight;
  throw new P4RuntimeError('BAD_VALUE', `${owner}: weight ${weight} is no whole number of 1 or more`);
}
