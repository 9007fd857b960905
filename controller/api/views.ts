import { formatIpv4 } from '../../wire/index.js';
import type { Controller } from '../controller.js';
import { ControllerError } from '../errors.js';
import { linkName } from '../fabric/links.js';
import { describeProfile } from '../fabric/program-profile.js';
import type { LinkQuality } from '../fabric/topology.js';
import { type DecodedEntity, decodeEntity, type Entity, P4RuntimeError } from '../p4runtime/index.js';
import { formatMac } from '../p4runtime/values.js';
import type { Json } from '../store/store.js';
import type { SwitchSession } from '../switch-session.js';
import { toJson } from './json.js';
import { NameBook } from './name-book.js';

/** The fabric as its file describes it; the key of its names stays inside. */
export function topologyView({ topology, capabilities, collections }: Controller): Json {
  const states = collections.get('links');
  const quality = (link: LinkQuality) => toJson(Object.fromEntries(Object.entries(link)));
  return {
    fabric: {
      service: formatIpv4(topology.fabric.service),
      admission: topology.fabric.admission,
      gateway: topology.fabric.gateway ?? null,
    },
    capabilities: toJson(capabilities),
    switches: [...topology.switches.values()].map(({ name, role, id, loopback, site, grpc, ...of }) => ({
      name,
      role,
      id,
      loopback: formatIpv4(loopback),
      site: site ?? null,
      grpc: grpc ?? null,
      pipeline: of.pipeline ?? null,
      target: of.target ?? null,
    })),
    links: topology.links.map(({ a, b, quality: of }) => ({
      a: { ...a },
      b: { ...b },
      quality: quality(of),
      ...(states?.get(linkName({ a, b, quality: of }))?.status as { readonly [field: string]: Json }),
    })),
    hosts: [...topology.hosts.values()].map((host) => ({
      name: host.name,
      switch: host.switch,
      port: host.port,
      ipv4: formatIpv4(host.ipv4),
      mac: formatMac(host.mac),
      quality: quality(host.quality),
    })),
  };
}

/** Where one switch stands, from what the controller knows without asking it. */
export function switchView(controller: Controller, name: string): { readonly [field: string]: Json } {
  const { spec, client, reconciler, desired } = controller.session(name);
  return {
    name: spec.name,
    role: spec.role,
    id: spec.id,
    // Null: what all switches execute that name none.
    pipeline: spec.pipeline ?? null,
    program: describeProfile(controller.profileOf(name)),
    address: client?.address ?? null,
    connection: client === undefined ? 'not connected' : client.state.kind,
    electionId: client !== undefined && 'electionId' in client.state ? toJson(client.state.electionId) : null,
    reconciler: reconciler?.state ?? 'down',
    desired: desired.size,
    refused: reconciler?.refusedCount ?? 0,
    written: reconciler?.stats.written ?? 0,
    reads: reconciler?.stats.reads ?? 0,
    runs: reconciler?.stats.runs ?? 0,
  };
}

/** The same, with what the switch itself says and how many desired entries each section has. */
export async function switchDetail(
  controller: Controller,
  name: string,
): Promise<{ readonly [field: string]: Json }> {
  const { client, desired } = controller.session(name);
  const { name: _, architecture: __, ...holds } = controller.profileOf(name);
  const sections: Record<string, number> = {};
  for (const { key } of desired.items()) {
    const section = desired.sectionOf(key) ?? '';
    sections[section] = (sections[section] ?? 0) + 1;
  }
  let p4runtime: string | null = null;
  let cookie: string | null = null;
  if (client !== undefined && client.state.kind === 'primary') {
    p4runtime = await client.capabilities().catch(() => null);
    cookie = (await client.pipelineCookie().catch(() => undefined))?.toString() ?? null;
  }
  return {
    ...switchView(controller, name),
    p4runtime,
    pipelineCookie: cookie,
    stream: client === undefined ? null : toJson(client.stats),
    // What its program has, and how much of it; what is not there it has not.
    holds: toJson(holds),
    sections,
  };
}

/** Entities of a switch, read from it now, with the program's names. */
export async function readSwitch(
  session: SwitchSession,
  queries: readonly Entity[],
): Promise<DecodedEntity[]> {
  const { client, spec } = session;
  if (client === undefined || client.state.kind !== 'primary') {
    throw notConnected(spec.name);
  }
  const entities: DecodedEntity[] = [];
  for await (const entity of client.read(queries)) entities.push(entity);
  return entities;
}

/** Table entries of a switch, of one table or all; `names` has the names of their digests, by field. */
export async function entriesView(
  controller: Controller,
  name: string,
  table: string | undefined,
): Promise<Json> {
  const query: Entity = { kind: 'table-entry', ...(table !== undefined && { table }) };
  const entities = await readSwitch(controller.session(name), [query]);
  const book = new NameBook(controller);
  return entities.map((entity) => {
    const shown = toJson(entity) as { readonly [field: string]: Json };
    if (entity.kind !== 'table-entry') return shown;
    const { match = {}, action } = entity;
    const names = { ...book.namesOf(match), ...(action?.kind === 'action' && book.namesOf(action.params)) };
    return Object.keys(names).length === 0 ? shown : { ...shown, names };
  });
}

/** Counter cells of a switch that have counted something; `counter` left out = every indirect one of the program. */
export async function countersView(session: SwitchSession, counter: string | undefined): Promise<Json> {
  const { client } = session;
  const names =
    counter === undefined ? [...(client?.schema.counters ?? [])].map(({ name }) => name) : [counter];
  const cells = await readSwitch(
    session,
    names.map((name) => ({ kind: 'counter', counter: name })),
  );
  return cells.flatMap((cell) => {
    if (cell.kind !== 'counter' || (cell.data.packets === 0 && cell.data.bytes === 0)) return [];
    return [{ counter: cell.counter, index: cell.index, packets: cell.data.packets, bytes: cell.data.bytes }];
  });
}

interface Difference {
  readonly missing: Json[];
  readonly surplus: Json[];
  readonly different: Json[];
}

/** What a switch should hold against what it holds, read from it now. */
export async function diffView(session: SwitchSession): Promise<Json> {
  const { desired, reconciler, client, spec } = session;
  if (reconciler === undefined || client === undefined || client.state.kind !== 'primary') {
    throw notConnected(spec.name);
  }
  const held = await reconciler.readHeld();
  const difference: Difference = { missing: [], surplus: [], different: [] };
  let same = 0;
  for (const { key, message } of desired.items()) {
    const there = held.get(key);
    const section = desired.sectionOf(key) ?? null;
    const entity = toJson(decodeEntity(client.schema, message));
    if (there === undefined) difference.missing.push({ section, entity });
    else if (there.body !== desired.get(key)?.body) {
      difference.different.push({
        section,
        entity,
        held: toJson(decodeEntity(client.schema, there.message)),
      });
    } else same += 1;
  }
  for (const [key, { message }] of held) {
    if (desired.get(key) === undefined)
      difference.surplus.push({ entity: toJson(decodeEntity(client.schema, message)) });
  }
  return { switch: spec.name, same, refused: reconciler.refusedCount, ...difference };
}

function notConnected(name: string): P4RuntimeError {
  return new P4RuntimeError(
    'UNAVAILABLE',
    `this controller is not connected to ${name}; ask the one that leads it (sincmesh cluster), or try again`,
  );
}

/** Throws ControllerError NOT_FOUND where there is no such thing. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new ControllerError('NOT_FOUND', `no ${what}`);
  return thing;
}
