import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { JsonSchema } from './collection.js';
import { ControllerError } from './errors.js';
import type { Json } from './store/store.js';

/**
 * Makes a checker of what people send for a collection. It gives back a copy with the schema's defaults filled in, and
 * throws ControllerError BAD_REQUEST that names the field by its JSON pointer and says what would be right.
 */
export function compileSpec<T>(kind: string, schema: JsonSchema): (spec: Json) => T {
  const ajv = new Ajv2020({ useDefaults: true, strict: true, strictTypes: false, strictRequired: false });
  const validate = ajv.compile<T>(schema);
  return (spec) => {
    const copy: unknown = structuredClone(spec);
    if (validate(copy)) return copy;
    const [error] = validate.errors ?? [];
    throw new ControllerError('BAD_REQUEST', `${kind}: ${error === undefined ? 'is wrong' : explain(error)}`);
  };
}

function explain({ instancePath, keyword, message, params }: ErrorObject): string {
  const at = instancePath === '' ? 'the spec' : instancePath;
  const detail = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'additionalProperties':
      return `${at} has no field '${String(detail['additionalProperty'])}'; leave it out`;
    case 'enum':
      return `${at} must be one of ${(detail['allowedValues'] as readonly unknown[]).join(', ')}`;
    case 'const':
      return `${at} must be ${String(detail['allowedValue'])}`;
    default:
      return `${at} ${message ?? 'is wrong'}`;
  }
}
