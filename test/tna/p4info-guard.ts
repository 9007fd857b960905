import type { Entity, FieldMatch, P4Info, Table, TableAction } from 'p4runtime-js';

interface Param {
  getId(): number;
  getBitwidth(): number;
}

/**
 * Holds what is written to the words of a P4Info, read straight from its messages: tables, match fields, actions and
 * parameters that it names, values as wide as they are declared, priorities where they belong, and no table, profile or
 * array fuller than it is large.
 */
export class P4InfoGuard {
  readonly #info: P4Info;
  readonly #tables: ReadonlyMap<number, Table>;
  readonly #params: ReadonlyMap<number, readonly Param[]>;
  /** Entries, members, groups that are held, by table or profile. */
  readonly #held = new Map<string, Set<string>>();

  constructor(info: P4Info) {
    this.#info = info;
    this.#tables = new Map(info.getTablesList().map((table) => [table.getPreamble()?.getId() ?? 0, table]));
    this.#params = new Map(
      info.getActionsList().map((action) => [action.getPreamble()?.getId() ?? 0, action.getParamsList()]),
    );
  }

  /** What is wrong with an update; undefined where nothing is. `type` is insert, modify or delete. */
  check(type: string, entity: Entity): string | undefined {
    const entry = entity.getTableEntry();
    if (entry !== undefined) {
      const table = this.#tables.get(entry.getTableId());
      if (table === undefined) return `no table ${entry.getTableId()}`;
      const name = table.getPreamble()?.getName() ?? '';
      if (entry.getIsDefaultAction()) return prefixed(name, this.#action(table, entry.getAction(), true));
      const key = entry
        .getMatchList()
        .map((match) => Buffer.from(match.serializeBinary()).toString('hex'))
        .sort();
      const room = this.#count(type, name, `${key} ${entry.getPriority()}`, Number(table.getSize()));
      const problem =
        room ??
        this.#match(table, entry.getMatchList(), entry.getPriority()) ??
        (type === 'delete' ? undefined : this.#action(table, entry.getAction(), false));
      return prefixed(name, problem);
    }
    const member = entity.getActionProfileMember();
    const group = entity.getActionProfileGroup();
    if (member !== undefined || group !== undefined) {
      const id = member?.getActionProfileId() ?? group?.getActionProfileId();
      const profile = this.#info.getActionProfilesList().find((one) => one.getPreamble()?.getId() === id);
      if (profile === undefined) return `no action profile ${id}`;
      const name = profile.getPreamble()?.getName() ?? '';
      if (group !== undefined) {
        const weight = group.getMembersList().reduce((sum, each) => sum + each.getWeight(), 0);
        const most = profile.getMaxGroupSize();
        return most > 0 && weight > most ? `${name}: a group weighs ${weight} of ${most}` : undefined;
      }
      const full = this.#count(type, name, String(member?.getMemberId()), Number(profile.getSize()));
      if (full !== undefined) return prefixed(name, full);
      const table = this.#tables.get(profile.getTableIdsList()[0] ?? 0);
      const action = member?.getAction();
      if (type === 'delete' || table === undefined || action === undefined) return undefined;
      return prefixed(name, this.#call(table, action.getActionId(), action.getParamsList()));
    }
    const meter = entity.getMeterEntry();
    if (meter !== undefined) return this.#cell(this.#info.getMetersList(), meter);
    const counter = entity.getCounterEntry();
    if (counter !== undefined) return this.#cell(this.#info.getCountersList(), counter);
    const digest = entity.getDigestEntry();
    if (digest !== undefined) {
      const known = this.#info
        .getDigestsList()
        .some((one) => one.getPreamble()?.getId() === digest.getDigestId());
      return known ? undefined : `no digest ${digest.getDigestId()}`;
    }
    return undefined;
  }

  #match(table: Table, matches: readonly FieldMatch[], priority: number): string | undefined {
    const fields = table.getMatchFieldsList();
    for (const match of matches) {
      const field = fields.find((one) => one.getId() === match.getFieldId());
      if (field === undefined) return `no match field ${match.getFieldId()}`;
      const values = [
        match.getExact()?.getValue(),
        match.getLpm()?.getValue(),
        match.getTernary()?.getValue(),
        match.getOptional()?.getValue(),
      ];
      for (const value of values) {
        if (value !== undefined && bitsOf(bytes(value)) > field.getBitwidth()) {
          return `${field.getName()} has ${field.getBitwidth()} bits`;
        }
      }
      const kinds = [
        undefined,
        undefined,
        match.hasExact(),
        match.hasLpm(),
        match.hasTernary(),
        match.hasRange(),
        match.hasOptional(),
      ];
      if (kinds[field.getMatchType()] !== true) return `${field.getName()} is matched in another way`;
    }
    const exact = fields.filter((field) => field.getMatchType() === 2);
    const lacking = exact.find((field) => !matches.some((match) => match.getFieldId() === field.getId()));
    if (lacking !== undefined) return `${lacking.getName()} is exact and not given`;
    const wantsPriority = fields.some((field) => field.getMatchType() >= 4);
    return wantsPriority === priority > 0 ? undefined : `priority ${priority}`;
  }

  #action(table: Table, action: TableAction | undefined, isDefault: boolean): string | undefined {
    const call = action?.getAction();
    if (call !== undefined) {
      if (!isDefault && table.getImplementationId() !== 0) return 'takes members, not actions';
      return this.#call(table, call.getActionId(), call.getParamsList());
    }
    return table.getImplementationId() === 0 ? 'has no action' : undefined;
  }

  #call(
    table: Table,
    id: number,
    params: readonly { getParamId(): number; getValue(): string | Uint8Array }[],
  ): string | undefined {
    if (!table.getActionRefsList().some((one) => one.getId() === id)) return `no action ${id}`;
    const declared = this.#params.get(id) ?? [];
    if (declared.length !== params.length) return `action ${id} takes ${declared.length} parameters`;
    for (const param of params) {
      const own = declared.find((one) => one.getId() === param.getParamId());
      if (own === undefined) return `action ${id} has no parameter ${param.getParamId()}`;
      if (bitsOf(bytes(param.getValue())) > own.getBitwidth())
        return `parameter ${own.getId()} of action ${id} is too wide`;
    }
    return undefined;
  }

  #cell(
    arrays: readonly { getPreamble(): { getId(): number } | undefined; getSize(): string | number }[],
    entry: {
      getMeterId?(): number;
      getCounterId?(): number;
      getIndex(): { getIndex(): string | number } | undefined;
    },
  ): string | undefined {
    const id = entry.getMeterId?.() ?? entry.getCounterId?.();
    const array = arrays.find((one) => one.getPreamble()?.getId() === id);
    if (array === undefined) return `no array ${id}`;
    const index = Number(entry.getIndex()?.getIndex() ?? 0);
    return index < Number(array.getSize()) ? undefined : `cell ${index} of ${array.getSize()}`;
  }

  #count(type: string, of: string, key: string, size: number): string | undefined {
    const held = this.#held.get(of) ?? new Set<string>();
    this.#held.set(of, held);
    if (type === 'delete') held.delete(key);
    else held.add(key);
    return size > 0 && held.size > size ? `holds ${size}` : undefined;
  }
}

function prefixed(name: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${name}: ${problem}`;
}

function bytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}

function bitsOf(value: Uint8Array): number {
  return value.length === 0 ? 0 : BigInt(`0x${Buffer.from(value).toString('hex')}`).toString(2).length;
}
