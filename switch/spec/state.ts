import { readBool } from './expressions.js';
import type { Json } from './json.js';
import { fieldName, type Scope, sourceInfo } from './scope.js';
import type { CalculationInput, ChecksumSpec, DigestSpec, FieldListSpec, FieldRef } from './types.js';

/** Reads value sets, calculations, counters, meters and registers into the scope. */
export function readState(root: Json, scope: Scope): void {
  for (const json of root.get('parse_vsets').optionalItems()) {
    const name = json.get('name').string();
    const id = json.get('id').integer();
    const index = scope.valueSets.all.length;
    const width = json.get('compressed_bitwidth').integer(1);
    scope.valueSets.add(json, name, { name, id, index, width, elementWidths: [] }, id);
  }
  for (const json of root.get('calculations').optionalItems()) {
    const name = json.get('name').string();
    const id = json.get('id').integer();
    const index = scope.calculations.all.length;
    const algorithm = json.get('algo').string();
    const { inputs, payload } = readInputs(json.get('input'), scope);
    scope.calculations.add(json, name, { name, id, index, algorithm, inputs, payload }, id);
  }
  for (const json of root.get('counter_arrays').optionalItems()) {
    const name = json.get('name').string();
    const id = json.get('id').integer();
    const index = scope.counters.all.length;
    const direct = json.get('is_direct').optionalBoolean(false);
    const binding = json.get('binding');
    const table = direct && !binding.absent ? binding.string() : undefined;
    const size = json.get('size');
    const counter = { name, id, index, direct, table, size: size.absent ? 0 : size.integer() };
    scope.counters.add(json, name, counter, id);
  }
  for (const json of root.get('meter_arrays').optionalItems()) {
    const name = json.get('name').string();
    const id = json.get('id').integer();
    const unit = json.get('type').string();
    if (unit !== 'bytes' && unit !== 'packets')
      throw json.get('type').malformed(`a meter counts "bytes" or "packets", not ${JSON.stringify(unit)}`);
    const direct = json.get('is_direct').optionalBoolean(false);
    const size = json.get('size');
    const meter = {
      name,
      id,
      index: scope.meters.all.length,
      direct,
      unit,
      rateCount: json.get('rate_count').integer(1),
      size: size.absent ? 0 : size.integer(),
      target: direct ? scope.field(json.get('result_target')) : undefined,
    } as const;
    scope.meters.add(json, name, meter, id);
  }
  for (const json of root.get('register_arrays').optionalItems()) {
    const name = json.get('name').string();
    const id = json.get('id').integer();
    const index = scope.registers.all.length;
    const width = json.get('bitwidth').integer(1);
    scope.registers.add(json, name, { name, id, index, width, size: json.get('size').integer() }, id);
  }
}

/** Inputs of a calculation or a selector. */
export function readInputs(
  json: Json,
  scope: Scope,
): { readonly inputs: readonly CalculationInput[]; readonly payload: boolean } {
  const inputs: CalculationInput[] = [];
  let payload = false;
  for (const input of json.optionalItems()) {
    const type = input.get('type');
    const value = input.get('value');
    switch (type.string()) {
      case 'field':
        inputs.push({ kind: 'field', ref: scope.field(value) });
        break;
      case 'hexstr':
        inputs.push({ kind: 'constant', value: value.hex(), width: input.get('bitwidth').integer(1) });
        break;
      case 'header':
        inputs.push({ kind: 'header', header: scope.headers.get(value) });
        break;
      case 'payload':
        payload = true;
        break;
      default:
        throw type.unsupported(`calculation input ${JSON.stringify(type.string())} is not known`);
    }
  }
  return { inputs, payload };
}

export function readChecksum(json: Json, scope: Scope): ChecksumSpec {
  const type = json.get('type');
  const kind = type.string();
  if (kind !== 'generic' && kind !== 'ipv4')
    throw type.unsupported(`checksum type ${JSON.stringify(kind)} is not known`);
  const condition = json.get('if_cond');
  return {
    name: json.get('name').string(),
    kind,
    target: scope.field(json.get('target')),
    calculation: kind === 'generic' ? scope.calculations.get(json.get('calculation')) : undefined,
    update: json.get('update').optionalBoolean(true),
    verify: json.get('verify').optionalBoolean(true),
    condition: condition.absent ? undefined : readBool(condition, scope),
    source: sourceInfo(json),
  };
}

export function readDigest(json: Json, index: number, scope: Scope): DigestSpec {
  return {
    name: json.get('name').string(),
    id: json.get('id').integer(),
    index,
    fields: json
      .get('elements')
      .items()
      .map((element) => {
        const type = element.get('type');
        if (type.string() !== 'field') throw type.unsupported('digests are made of fields only');
        const ref = scope.field(element.get('value'));
        return { name: fieldName(ref), ref };
      }),
  };
}

export function readFieldList(json: Json, scope: Scope): FieldListSpec {
  const fields: FieldRef[] = [];
  for (const element of json.get('elements').items()) {
    const type = element.get('type');
    if (type.string() === 'field') fields.push(scope.field(element.get('value')));
    // A constant has no field to come back to; simple_switch skips it when it copies the list.
    else if (type.string() !== 'hexstr')
      throw type.unsupported(`field list element ${JSON.stringify(type.string())} is not known`);
  }
  const name = json.get('name');
  return { name: name.absent ? '' : name.string(), id: json.get('id').integer(), fields };
}
