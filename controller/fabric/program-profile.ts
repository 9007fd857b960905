import { ControllerError } from '../errors.js';
import type { Schema } from '../p4runtime/index.js';
import { FEATURE_NAMES, type Feature, type Features, featuresOf, IMAGE_WITH } from './features.js';
import { TABLES } from './program.js';

/** What a program has for reduce groups. */
export interface ReduceProfile {
  /** Cells of every lane; a group takes two windows of them. */
  readonly cells: number;
  /** Vectors of 32 values a packet may carry for the switch to compute it. */
  readonly vectors: number;
  /** A group's first cell must be a multiple of their number: the index is an exclusive or, not a sum. */
  readonly isAligned: boolean;
}

export interface CellsProfile {
  readonly values: number;
  /** Answers kept for repetitions, one per source. */
  readonly answers: number;
}

export interface CacheProfile {
  readonly entries: number;
  /** Longest value that is kept, bytes. */
  readonly valueBytes: number;
}

/**
 * What an image of sincmesh.p4 holds, and how much of it: tables, actions and sizes as its P4Info has them, and what
 * follows from the architecture it is compiled for (docs/tofino.md). Undefined = the image cannot do it.
 */
export interface ProgramProfile {
  /** `v1model`, or the Tofino image's: `reduce`, `cells`, `cache`, `routing`, `strategy`, `edge`. */
  readonly name: string;
  readonly architecture: string;
  readonly reduce: ReduceProfile | undefined;
  readonly cells: CellsProfile | undefined;
  readonly cache: CacheProfile | undefined;
  /** What it has for policies, trust and names. */
  readonly features: Features;
  /** Names the FIB holds. */
  readonly fibEntries: number;
  readonly sincGroups: number;
  readonly sincSources: number;
  /** Registers are a pipe's own: ports whose numbers agree above these bits share them. Undefined = all ports do. */
  readonly pipeBits: number | undefined;
}

/** What the program of each switch holds. */
export type ProfileOf = (switchName: string) => ProgramProfile;

/** Bits of a Tofino device port below the number of its pipe. */
const TOFINO_PIPE_BITS = 7;
const ARCHITECTURES = ['v1model', 'tna', 't2na'];

/** Reads an image's P4Info. Throws ControllerError NOT_POSSIBLE for an architecture nobody has said anything of. */
export function programProfile(schema: Schema): ProgramProfile {
  const declared = schema.p4info.getPkgInfo()?.getArch() ?? '';
  const architecture = declared === '' ? 'v1model' : declared;
  if (!ARCHITECTURES.includes(architecture)) {
    throw new ControllerError(
      'NOT_POSSIBLE',
      `the program is made for the architecture ${architecture}; give one for ${ARCHITECTURES.join(', ')}`,
    );
  }
  const isTofino = architecture !== 'v1model';
  const actions = schema.tables.find(TABLES.groups)?.actions.map(({ name }) => name) ?? [];
  const reduceCells = smallest(schema, /^ingress\.sinc\.reduction\.cell_/);
  const lanes = smallest(schema, /\.lanes\.lane0\b/);
  const values = smallest(schema, /^ingress\.sinc\.operations\.value/);
  const answers = smallest(schema, /^ingress\.sinc\.operations\.answer_/);
  const entries = smallest(schema, /^ingress\.cache\.entry_/);
  const keys = schema.tables.find(TABLES.keys);
  const parts = {
    reduce:
      actions.includes('ingress.sinc.reduce') && reduceCells !== undefined && lanes !== undefined
        ? { cells: reduceCells, vectors: Math.floor(lanes / reduceCells), isAligned: isTofino }
        : undefined,
    cells:
      actions.includes('ingress.sinc.cells') && values !== undefined && answers !== undefined
        ? { values, answers }
        : undefined,
    cache:
      keys !== undefined && entries !== undefined
        ? { entries: Math.min(keys.size, entries), valueBytes: isTofino ? 64 : 128 }
        : undefined,
  };
  const held = (['reduce', 'cells', 'cache'] as const).filter((part) => parts[part] !== undefined);
  const features = featuresOf(schema);
  return {
    name: isTofino ? held.join('+') || policyProfile(features) : 'v1model',
    architecture,
    ...parts,
    features,
    fibEntries: schema.tables.get(TABLES.fib).size,
    sincGroups: schema.tables.find(TABLES.groups)?.size ?? 0,
    sincSources: schema.tables.find(TABLES.sources)?.size ?? 0,
    pipeBits: isTofino ? TOFINO_PIPE_BITS : undefined,
  };
}

/** Which of the Tofino images without SINC and cache it is. */
function policyProfile({ credentials, broadcasts }: Features): string {
  if (credentials !== undefined) return 'edge';
  return broadcasts ? 'routing' : 'strategy';
}

/** Throws ControllerError NOT_POSSIBLE: what a switch's program lacks, and which has it. */
export function notInProfile(where: string, profile: ProgramProfile, what: string, remedy: string): never {
  throw new ControllerError(
    'NOT_POSSIBLE',
    `the program of ${where} (${describeProfile(profile)}) has no ${what}; ${remedy}`,
  );
}

/**
 * Throws ControllerError NOT_POSSIBLE where the program of one of these switches lacks a feature. `instead` is what else
 * may be done about it.
 */
export function requireFeature(
  feature: Feature,
  switches: Iterable<string>,
  profileOf: ProfileOf,
  instead?: string,
): void {
  for (const name of switches) {
    const profile = profileOf(name);
    if (profile.features[feature] !== undefined && profile.features[feature] !== false) continue;
    const image = IMAGE_WITH[feature];
    const load = `give ${name} ${image === undefined ? 'the v1model program, no image for Tofino has them' : `an image of profile ${image}`}`;
    notInProfile(
      name,
      profile,
      FEATURE_NAMES[feature],
      instead === undefined ? load : `${load}, or ${instead}`,
    );
  }
}

export function describeProfile({ name, architecture }: ProgramProfile): string {
  return name === architecture ? name : `profile ${name}, ${architecture}`;
}

/** The ports that do not lie in the pipe of the first one. */
export function strayPorts(profile: ProgramProfile, ports: readonly number[]): number[] {
  const { pipeBits } = profile;
  const [first] = ports;
  if (pipeBits === undefined || first === undefined) return [];
  return ports.filter((port) => port >> pipeBits !== first >> pipeBits);
}

function smallest(schema: Schema, names: RegExp): number | undefined {
  const sizes = [...schema.registers].filter(({ name }) => names.test(name)).map(({ size }) => size);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}
