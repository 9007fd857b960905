import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { P4Info } from 'p4runtime-js';
import { ControllerError } from '../errors.js';
import type { BfPipeline, BfProfile } from './bf-pipeline.js';

export type TofinoTarget = 'tofino' | 'tofino2';

const ARCHITECTURE: Readonly<Record<TofinoTarget, string>> = { tofino: 'tna', tofino2: 't2na' };
/** Pipes a chip may have; a driver passes those over that it lacks. */
const ALL_PIPES = [0, 1, 2, 3];

/**
 * Reads what p4c's Tofino back end wrote into a folder: by its <program>.conf where it made one, else `pipe/` with
 * context.json and the binary, or the same files in the folder itself, as p4src/tna/build.sh keeps them. Throws
 * ControllerError NOT_FOUND naming the file that is not there, BAD_REQUEST where the files do not belong together.
 */
export function readCompilerOutput(folder: string, target: TofinoTarget, conf?: string): BfPipeline {
  const pipeline = conf === undefined ? byPlace(folder, target) : byConf(folder, conf);
  for (const { name, context, binary } of pipeline.profiles) {
    const told = json(context, `${name}/context.json`) as { readonly target?: unknown };
    if (told.target !== target) {
      throw new ControllerError(
        'BAD_REQUEST',
        `context.json of ${folder} is for '${told.target}', not ${target}; give --target or the other folder`,
      );
    }
    if (binary.length === 0)
      throw new ControllerError('BAD_REQUEST', `the binary of ${folder} is empty; compile again`);
  }
  return pipeline;
}

/** Throws ControllerError BAD_REQUEST where P4Info is of another program or architecture than the image. */
export function checkBelongs(info: P4Info, { bfrt }: BfPipeline, target: TofinoTarget): void {
  const architecture = info.getPkgInfo()?.getArch();
  if (architecture !== ARCHITECTURE[target]) {
    throw new ControllerError(
      'BAD_REQUEST',
      `the P4Info is for the architecture ${architecture}, ${target} is ${ARCHITECTURE[target]}; give the image's own`,
    );
  }
  const { tables } = json(bfrt, 'bfrt.json') as { readonly tables?: readonly { readonly name?: string }[] };
  const names = new Set((tables ?? []).map(({ name }) => name?.replace(/^[^.]*\./, '')));
  const declared = [
    ...info.getTablesList(),
    ...info.getActionProfilesList(),
    ...info.getCountersList(),
    ...info.getRegistersList(),
  ].map((thing) => thing.getPreamble()?.getName() ?? '');
  const missing = declared.filter((name) => !names.has(name));
  const own = new Set(declared);
  const more = (tables ?? []).flatMap(({ name = '' }) => {
    const short = name.replace(/^[^.]*\./, '');
    return isMatchTable(short) && !own.has(short) ? [short] : [];
  });
  if (missing.length === 0 && more.length === 0) return;
  throw new ControllerError(
    'BAD_REQUEST',
    `P4Info and image are of different builds: ${[...missing, ...more].join(', ')} in one only; give those of one profile`,
  );
}

/** Tables by which profiles differ; bfrt.json has meters and selectors beside them. */
const TABLES_OF_PROFILES =
  /^ingress\.(sinc\.(groups|sources)|cache\.(keys|services)|admission\.(ports|credentials)|breaker\.guards|names\.strategy\.(acl|limits|mirrors|faults|splits))$/;

function isMatchTable(name: string): boolean {
  return TABLES_OF_PROFILES.test(name);
}

function byPlace(folder: string, target: TofinoTarget): BfPipeline {
  const pipe = existsSync(join(folder, 'pipe')) ? join(folder, 'pipe') : folder;
  const context = read(join(pipe, 'context.json'));
  const { program_name: program } = json(context, 'context.json') as { readonly program_name?: unknown };
  return {
    program: typeof program === 'string' ? program : 'sincmesh',
    bfrt: read(firstOf([join(folder, 'bfrt.json'), join(folder, 'bf-rt.json')])),
    profiles: [{ name: 'pipe', context, binary: read(join(pipe, `${target}.bin`)), pipes: ALL_PIPES }],
  };
}

interface Conf {
  readonly p4_devices: readonly {
    readonly p4_programs: readonly {
      readonly 'program-name': string;
      readonly 'bfrt-config': string;
      readonly p4_pipelines: readonly {
        readonly p4_pipeline_name: string;
        readonly context: string;
        readonly config: string;
        readonly pipe_scope: readonly number[];
      }[];
    }[];
  }[];
}

function byConf(folder: string, path: string): BfPipeline {
  const { p4_devices: devices } = json(read(path), path) as Conf;
  const programs = devices?.flatMap((device) => device.p4_programs) ?? [];
  const [program] = programs;
  if (program === undefined || programs.length > 1) {
    throw new ControllerError(
      'BAD_REQUEST',
      `${path} has ${programs.length} programs; a device config holds one`,
    );
  }
  // The compiler writes its paths from the folder it ran in, or absolute ones.
  const at = (file: string) =>
    read(isAbsolute(file) ? file : firstOf([join(folder, file), join(folder, '..', file), file]));
  return {
    program: program['program-name'],
    bfrt: at(program['bfrt-config']),
    profiles: program.p4_pipelines.map(
      (part): BfProfile => ({
        name: part.p4_pipeline_name,
        context: at(part.context),
        binary: at(part.config),
        pipes: part.pipe_scope,
      }),
    ),
  };
}

function firstOf(paths: readonly string[]): string {
  return paths.find((path) => existsSync(path)) ?? paths[0] ?? '';
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ControllerError(
      'NOT_FOUND',
      `no ${path}; give the folder that p4c wrote with -o, or that SINCMESH_TOFINO_OUT of p4src/tna/build.sh names`,
      { cause: error },
    );
  }
}

function json(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    throw new ControllerError('BAD_REQUEST', `${what} is no JSON; compile again`, { cause: error });
  }
}
