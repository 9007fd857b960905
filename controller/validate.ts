import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { JsonSchema } from './collection.js';
import { ControllerError } from './errors.js';
import { nearest } from './nearest.js';
import type { Json } from './store/store.js';

/**
 * Makes a checker of what people send for a collection. It gives back a copy with the schema's defaults filled in, and
 * throws ControllerError BAD_REQUEST that names the field by its JSON pointer and says what would be right.
 */
export function compileSpec<T>(kind: string, schema: JsonSchema): (spec: Json) => T {
  const ajv = new Ajv2020({
    verbose: true,
    useDefaults: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  const validate = ajv.compile<T>(schema);
  return (spec) => {
    const copy: unknown = structuredClone(spec);
    if (validate(copy)) return copy;
    const [error] = validate.errors ?? [];
    throw new ControllerError('BAD_REQUEST', `${kind}: ${error === undefined ? 'is wrong' : explain(error)}`);
  };
}

function explain({ instancePath, keyword, message, params, parentSchema }: ErrorObject): string {
  const at = instancePath === '' ? 'the spec' : instancePath;
  const detail = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'additionalProperties':
      return strayField(at, String(detail['additionalProperty']), parentSchema);
    case 'enum':
      return `${at} must be one of ${(detail['allowedValues'] as readonly unknown[]).join(', ')}`;
    case 'const':
      return `${at} must be ${String(detail['allowedValue'])}`;
    case 'pattern': {
      const { description } = (parentSchema ?? {}) as { readonly description?: string };
      const remedy = description === undefined ? '' : ` (${description})`;
      return `${at} ${message ?? 'is wrong'}${remedy}`;
    }
    default:
      return `${at} ${message ?? 'is wrong'}`;
  }
}

function strayField(at: string, field: string, schema: ErrorObject['parentSchema']): string {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: object };
  const meant = nearest(field, Object.keys(properties));
  return `${at} has no field '${field}'; ${meant === undefined ? 'leave it out' : `did you mean '${meant}'?`}`;
}
