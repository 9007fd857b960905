import type { Json } from './json.js';
import {
  type ActionSpec,
  type CalculationSpec,
  type CounterSpec,
  type FieldRef,
  type Header,
  type HeaderStack,
  type HeaderType,
  type HeaderUnion,
  type MeterSpec,
  type ProfileSpec,
  type RegisterSpec,
  type SourceInfo,
  type UnionStack,
  type UnionType,
  VALID,
  type ValueSetSpec,
} from './types.js';

/** Objects of one kind by name, in the order of the document, each name and id once. */
export class Names<T> {
  readonly what: string;
  readonly all: T[] = [];
  private readonly byName = new Map<string, T>();
  private readonly ids = new Set<number>();

  constructor(what: string) {
    this.what = what;
  }

  add(json: Json, name: string, object: T, id?: number): void {
    if (this.byName.has(name)) throw json.malformed(`a second ${this.what} is named ${JSON.stringify(name)}`);
    if (id !== undefined) {
      if (this.ids.has(id)) throw json.malformed(`a second ${this.what} has the id ${id}`);
      this.ids.add(id);
    }
    this.byName.set(name, object);
    this.all.push(object);
  }

  /** Puts a completed version of an object in its place. */
  replace(name: string, object: T, completed: T): void {
    this.byName.set(name, completed);
    this.all[this.all.indexOf(object)] = completed;
  }

  find(name: string): T | undefined {
    return this.byName.get(name);
  }

  /** The object whose name the JSON string gives. */
  get(json: Json): T {
    const name = json.string();
    const object = this.byName.get(name);
    if (object === undefined) throw json.unresolved(`there is no ${this.what} named ${JSON.stringify(name)}`);
    return object;
  }
}

/** Everything defined so far while a document is read. */
export class Scope {
  readonly headerTypes = new Names<HeaderType>('header type');
  readonly headers = new Names<Header>('header');
  readonly headersById = new Map<number, Header>();
  readonly headerStacks = new Names<HeaderStack>('header stack');
  readonly unionTypes = new Names<UnionType>('header union type');
  readonly headerUnions = new Names<HeaderUnion>('header union');
  readonly unionsById = new Map<number, HeaderUnion>();
  readonly unionStacks = new Names<UnionStack>('header union stack');
  readonly fields = new Map<string, FieldRef>();
  readonly errors = new Map<string, number>();
  readonly valueSets = new Names<ValueSetSpec>('parser value set');
  readonly calculations = new Names<CalculationSpec>('calculation');
  readonly counters = new Names<CounterSpec>('counter array');
  readonly meters = new Names<MeterSpec>('meter array');
  readonly registers = new Names<RegisterSpec>('register array');
  readonly actions: ActionSpec[] = [];
  readonly actionsById = new Map<number, ActionSpec>();
  readonly profiles = new Names<ProfileSpec>('action profile');

  /** A `["header", "field"]` pair. */
  field(json: Json): FieldRef {
    const header = this.headers.get(json.at(0));
    return { header, field: this.fieldIndex(header.type, json.at(1)) };
  }

  fieldIndex(type: HeaderType, json: Json): number {
    const name = json.string();
    if (name === '$valid$') return VALID;
    const index = type.fields.findIndex((field) => field.name === name);
    if (index < 0)
      throw json.unresolved(`header type ${type.name} has no field named ${JSON.stringify(name)}`);
    return index;
  }

  /** A field by its position, as `access_field` gives it; the position after the last is the validity bit. */
  fieldAt(type: HeaderType, json: Json): number {
    const index = json.integer();
    if (index === type.fields.length) return VALID;
    if (index > type.fields.length)
      throw json.unresolved(`header type ${type.name} has no field number ${index}`);
    return index;
  }

  headerById(json: Json): Header {
    const header = this.headersById.get(json.integer());
    if (header === undefined) throw json.unresolved(`there is no header with the id ${json.integer()}`);
    return header;
  }

  actionById(json: Json): ActionSpec {
    const action = this.actionsById.get(json.integer());
    if (action === undefined) throw json.unresolved(`there is no action with the id ${json.integer()}`);
    return action;
  }
}

/** Width in bits of a referenced field; a varbit field counts with its most. */
export function widthOf(ref: FieldRef): number {
  return ref.header.type.fields[ref.field]?.width ?? 1;
}

/** `header.field` as P4 programmers write it. */
export function fieldName(ref: FieldRef): string {
  return `${ref.header.name}.${ref.header.type.fields[ref.field]?.name ?? '$valid$'}`;
}

export function sourceInfo(json: Json): SourceInfo | undefined {
  const info = json.get('source_info');
  if (info.absent) return undefined;
  const line = info.get('line');
  const column = info.get('column');
  const file = info.get('filename');
  const fragment = info.get('source_fragment');
  return {
    file: file.absent ? '' : file.string(),
    line: line.absent ? 0 : line.integer(),
    column: column.absent ? 0 : column.integer(),
    fragment: fragment.absent ? '' : fragment.string(),
  };
}
