import { formatIpv4, Name, WireError } from '../../wire/index.js';
import type { Controller } from '../controller.js';
import { ControllerError } from '../errors.js';
import { PROFILES, TABLES } from '../fabric/program.js';
import { type DecodedTableEntry, type Entity, P4RuntimeError } from '../p4runtime/index.js';
import type { Instance } from '../registry/registry.js';
import type { Json } from '../store/store.js';
import type { SwitchSession } from '../switch-session.js';
import { NameBook } from './name-book.js';
import { describeService } from './registry-collections.js';
import { readSwitch } from './views.js';

type JsonObject = { readonly [field: string]: Json };

/** Who serves a name, whose it is, and what each leaf holds for it, read from the leaves now. */
export async function nameView(controller: Controller, text: string): Promise<Json> {
  const name = parseName(text);
  const { registry, topology } = controller;
  const service = registry
    .services()
    .filter((each) => each.name.covers(name))
    .sort((a, b) => b.name.bytes.length - a.name.bytes.length)[0];
  const host = registry.hosts().find((each) => each.name.equals(name));
  const book = new NameBook(controller);
  const instances = new Map(
    registry.services().flatMap((each) => each.instances.map((instance) => [instance.id, instance] as const)),
  );
  const leaves = [...topology.switches.values()].filter(({ role }) => role === 'leaf');
  return {
    name: name.text,
    service: service === undefined ? null : describeService(service),
    host: host === undefined ? null : { name: host.name.text, address: formatIpv4(host.address) },
    leaves: await Promise.all(
      leaves.map(async (leaf) => {
        const held = await leafView(controller.session(leaf.name), name, book, instances).catch(unreadable);
        return { switch: leaf.name, ...held };
      }),
    ),
    gateway: topology.fabric.gateway ?? null,
  };
}

function parseName(text: string): Name {
  try {
    return Name.parse(text);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ControllerError('BAD_REQUEST', `'${text}' is no name: ${error.message}`, { cause: error });
  }
}

/** A leaf that cannot be asked does not keep others from answering. */
function unreadable(error: unknown): JsonObject {
  if (!(error instanceof P4RuntimeError)) throw error;
  return { error: error.message };
}

/** The FIB entry of the longest prefix of a name, and what it leads to. `entry` is null where no prefix has one. */
async function leafView(
  session: SwitchSession,
  name: Name,
  book: NameBook,
  instances: ReadonlyMap<number, Instance>,
): Promise<JsonObject> {
  const prefixes = book.prefixesOf(name);
  const queries = prefixes.map(
    ({ value, prefixLength }): Entity => ({
      kind: 'table-entry',
      table: TABLES.fib,
      match: { name: { value, prefixLength } },
    }),
  );
  const held = new Map<bigint, DecodedTableEntry>();
  for (const entity of await readSwitch(session, queries)) {
    if (entity.kind !== 'table-entry') continue;
    const key = entity.match?.['name'];
    if (typeof key === 'object' && 'prefixLength' in key) held.set(key.value, entity);
  }
  for (const { name: prefix, value, prefixLength } of prefixes) {
    const entry = held.get(value);
    if (entry === undefined) continue;
    return {
      entry: { table: TABLES.fib, name: prefix.text, prefixLength },
      leads: await leadsTo(session, entry, instances),
    };
  }
  return { entry: null, leads: null };
}

async function leadsTo(
  session: SwitchSession,
  { action }: DecodedTableEntry,
  instances: ReadonlyMap<number, Instance>,
): Promise<Json> {
  if (action?.kind === 'member') {
    const [member] = await membersView(session, [{ member: action.member, weight: 1 }], instances);
    return { kind: 'member', members: member === undefined ? [] : [member] };
  }
  if (action?.kind !== 'group') return { kind: action?.kind ?? 'nothing', members: [] };
  const [group] = await readSwitch(session, [
    { kind: 'profile-group', profile: PROFILES.instances, group: action.group },
  ]);
  if (group?.kind !== 'profile-group') return { kind: 'group', group: action.group, members: [] };
  return {
    kind: 'group',
    group: action.group,
    members: await membersView(session, group.members, instances),
  };
}

interface Share {
  readonly member: number;
  readonly weight: number;
  readonly watchPort?: unknown;
}

async function membersView(
  session: SwitchSession,
  shares: readonly Share[],
  instances: ReadonlyMap<number, Instance>,
): Promise<Json[]> {
  if (shares.length === 0) return [];
  const actions = new Map<number, { readonly name: string; readonly params: Record<string, Json> }>();
  const queries = shares.map(
    ({ member }): Entity => ({ kind: 'profile-member', profile: PROFILES.instances, member }),
  );
  for (const entity of await readSwitch(session, queries)) {
    if (entity.kind !== 'profile-member' || entity.action === undefined) continue;
    const { name, params } = entity.action;
    const shown = Object.entries(params).map(([field, value]) => [field, paramView(field, value)] as const);
    actions.set(entity.member, { name, params: Object.fromEntries(shown) });
  }
  return shares.map(({ member, weight, watchPort }) => {
    const action = actions.get(member);
    const instance = instances.get(member);
    return {
      member,
      weight,
      ...(watchPort !== undefined && { watchPort: Number(watchPort) }),
      action: action === undefined ? null : { ...action },
      instance: action?.name.endsWith('to_instance') === true ? member : null,
      service: instance?.service ?? null,
    };
  });
}

function paramView(field: string, value: bigint | string): Json {
  if (typeof value === 'string') return value;
  return field === 'address' ? formatIpv4(Number(value)) : Number(value);
}
