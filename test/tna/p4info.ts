import { readFileSync } from 'node:fs';
import type { P4Info } from 'p4runtime-js';
import { parseP4Info } from 'p4runtime-js/p4info-text';

/** The project's root: compiled tests run from dist/. */
export const ROOT = new URL('../../../', import.meta.url);

export const TARGETS = ['tofino', 'tofino2'] as const;
export type Target = (typeof TARGETS)[number];
export const PROFILES = ['routing', 'reduce', 'cells', 'cache', 'strategy', 'edge'] as const;
export type Profile = (typeof PROFILES)[number];

export interface Shape {
  /** Table -> its key, as `name type width`. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Table -> its actions. */
  readonly actionsOf: ReadonlyMap<string, readonly string[]>;
  /** Action -> its parameters, as `name width`. */
  readonly actions: ReadonlyMap<string, readonly string[]>;
  readonly counters: ReadonlySet<string>;
  readonly meters: ReadonlySet<string>;
  readonly profiles: ReadonlySet<string>;
  /** Digest -> its members, as `name width`. */
  readonly digests: ReadonlyMap<string, readonly string[]>;
  readonly packets: ReadonlyMap<string, readonly string[]>;
}

const named = (thing: { getPreamble(): { getName(): string } | undefined }): string =>
  thing.getPreamble()?.getName() ?? '';

/** What a controller sees of a program, ids and sizes aside. */
export function shapeOf(info: P4Info): Shape {
  const actionNames = new Map(
    info.getActionsList().map((action) => [action.getPreamble()?.getId() ?? 0, named(action)]),
  );
  const members = (digest: ReturnType<P4Info['getDigestsList']>[number]): string[] => {
    const structs = info.getTypeInfo()?.getStructsMap();
    const type = digest.getTypeSpec()?.getStruct()?.getName() ?? '';
    return (structs?.get(type)?.getMembersList() ?? []).map(
      (member) =>
        `${member.getName()} ${member.getTypeSpec()?.getBitstring()?.getBit()?.getBitwidth() ?? 'unknown'}`,
    );
  };
  return {
    tables: new Map(
      info
        .getTablesList()
        .map((table) => [
          named(table),
          table
            .getMatchFieldsList()
            .map((field) => `${field.getName()} ${field.getMatchType()} ${field.getBitwidth()}`),
        ]),
    ),
    actionsOf: new Map(
      info
        .getTablesList()
        .map((table) => [
          named(table),
          table.getActionRefsList().map((reference) => actionNames.get(reference.getId()) ?? ''),
        ]),
    ),
    actions: new Map(
      info
        .getActionsList()
        .map((action) => [
          named(action),
          action.getParamsList().map((param) => `${param.getName()} ${param.getBitwidth()}`),
        ]),
    ),
    counters: new Set([...info.getCountersList(), ...info.getDirectCountersList()].map(named)),
    meters: new Set([...info.getMetersList(), ...info.getDirectMetersList()].map(named)),
    profiles: new Set(info.getActionProfilesList().map(named)),
    digests: new Map(info.getDigestsList().map((digest) => [named(digest), members(digest)])),
    packets: new Map(
      info
        .getControllerPacketMetadataList()
        .map((packet) => [
          named(packet),
          packet.getMetadataList().map((field) => `${field.getName()} ${field.getBitwidth()}`),
        ]),
    ),
  };
}

export function v1model(): Shape {
  return shapeOf(parseP4Info(readFileSync(new URL('p4src/build/sincmesh.p4info.txtpb', ROOT))));
}

export function tna(target: string, profile: string): Shape {
  return shapeOf(
    parseP4Info(readFileSync(new URL(`p4src/build/tna/${target}/${profile}/p4info.txtpb`, ROOT))),
  );
}
