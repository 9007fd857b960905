import { parseAllDocuments } from 'yaml';
import { UsageError } from '../errors.js';
import { readInputText } from '../input.js';

/** One thing of a file of several. */
export interface FiledResource {
  readonly kind: string;
  readonly name: string;
  readonly spec: unknown;
}

/**
 * The resources of a file: YAML documents, or JSON, each `{kind, name, spec}` or a list of such. Nothing of the file
 * is taken where a part of it is wrong. Throws UsageError, which names the part.
 */
export function readResources(file: string): FiledResource[] {
  const documents = parseAllDocuments(readInputText(file));
  const values: unknown[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) throw new UsageError(`${file}: ${error.message}`);
    const value: unknown = document.toJS();
    if (Array.isArray(value)) values.push(...value);
    else if (value !== null) values.push(value);
  }
  const resources = values.map((value, index) => checked(value, `${file}, resource ${index + 1}`));
  if (resources.length === 0) throw new UsageError(`${file} has no resources`);
  return resources;
}

function checked(value: unknown, where: string): FiledResource {
  if (typeof value !== 'object' || value === null) {
    throw new UsageError(`${where} is no object; give kind, name and spec`);
  }
  const { kind, name, spec = {}, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || kind === '') throw new UsageError(`${where} has no kind; sincmesh kinds`);
  if (typeof name !== 'string' || name === '') throw new UsageError(`${where} (${kind}) has no name`);
  // What `sincmesh get --json` prints has a status, which is nobody's wish.
  const [unknown] = Object.keys(rest).filter((field) => field !== 'status');
  if (unknown !== undefined) {
    throw new UsageError(`${where} (${kind} ${name}) has '${unknown}'; what is wished for goes into spec`);
  }
  return { kind, name, spec };
}
