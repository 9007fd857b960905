import { P4Data, RegisterEntry } from 'p4runtime-js';
import { type DataInput, type DataValue, decodeData, encodeData } from '../data.js';
import type { Schema } from '../schema.js';
import { encodeIndex } from './cells.js';

/** A register cell. In a query, a missing index is a wildcard. */
export interface RegisterCell {
  readonly kind: 'register';
  readonly register?: string | number;
  readonly index?: number;
  readonly value?: DataInput;
}

export interface DecodedRegisterCell {
  readonly kind: 'register';
  readonly register: string;
  readonly index: number;
  readonly value: DataValue;
}

export function encodeRegister(schema: Schema, cell: RegisterCell): RegisterEntry {
  const message = new RegisterEntry();
  if (cell.register === undefined) return message;
  const info = schema.registers.get(cell.register);
  message.setRegisterId(info.id);
  message.setIndex(encodeIndex(cell.index, info.size, `register ${info.name}`));
  if (cell.value !== undefined) {
    message.setData(encodeData(cell.value, info.type, schema.types, `register ${info.name}`));
  }
  return message;
}

export function decodeRegister(schema: Schema, message: RegisterEntry): DecodedRegisterCell {
  const info = schema.registers.get(message.getRegisterId());
  return {
    kind: 'register',
    register: info.name,
    index: message.getIndex()?.getIndex() ?? 0,
    value: decodeData(message.getData() ?? new P4Data(), info.type, schema.types, `register ${info.name}`),
  };
}
