import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  chassisConfig,
  checkBelongs,
  decodeBfPipeline,
  decodePiConfig,
  decodePipelineFile,
  encodeBfPipeline,
  encodePiConfig,
  encodePipelineFile,
  type FrontPort,
  PLATFORMS,
  readCompilerOutput,
} from '../controller/device-config/index.js';
import { describeProfile, programProfile } from '../controller/fabric/program-profile.js';
import { ControllerError, type Pipeline, parseTopology } from '../controller/index.js';
import { Schema } from '../controller/p4runtime/index.js';
import { packagePath } from '../experiments/package-path.js';
import { sincmeshPipeline } from '../experiments/program.js';
import { type Arguments, type Command, integer } from './command.js';
import { UsageError } from './errors.js';
import { readInput, writeOutput } from './input.js';

const PROFILES = ['routing', 'reduce', 'cells', 'cache', 'strategy', 'edge'];

export const pipeline: Command = {
  name: 'pipeline',
  summary: 'pack what a P4 compiler wrote as a switch takes it; the ports of a Stratum switch',
  usage: 'sincmesh pipeline build --target T --from DIR --output FILE | show FILE | chassis TOPOLOGY SWITCH',
  details: [
    'build packs P4Info and device config into one file, a P4Runtime ForwardingPipelineConfig, for sincmesh up --pipeline or',
    "any other controller. For tofino and tofino2, DIR is the compiler's output folder (bfrt.json, context.json, tofino.bin);",
    'for bmv2 it may be left out (the program of this package), or holds sincmesh.json and sincmesh.p4info.txtpb.',
    'show says what such a file holds. chassis prints the chassis config of a switch for Stratum (docs/tofino.md).',
  ].join('\n'),
  options: {
    target: { type: 'string', value: 'T', help: 'tofino, tofino2 or bmv2' },
    profile: { type: 'string', value: 'NAME', help: `whose P4Info to take: ${PROFILES.join(', ')}` },
    from: { type: 'string', value: 'DIR', help: "the compiler's output folder" },
    conf: { type: 'string', value: 'FILE', help: "the compiler's .conf; default: the one in DIR, if any" },
    p4info: { type: 'string', value: 'FILE', help: 'P4Info, text or binary; default: of --profile' },
    form: {
      type: 'string',
      value: 'FORM',
      help: 'device config: stratum, or pi (older Stratum)',
      default: 'stratum',
    },
    bare: { type: 'boolean', help: 'write the device config alone, without P4Info' },
    output: { type: 'string', value: 'FILE', help: 'what to write' },
    platform: { type: 'string', value: 'T', help: 'chassis: tofino, tofino2 or bmv2', default: 'tofino' },
    node: { type: 'string', value: 'N', help: 'chassis: P4Runtime device id', default: '1' },
    speed: {
      type: 'string',
      value: 'MBPS',
      help: 'chassis: speed where the topology gives none',
      default: '100000',
    },
    front: {
      type: 'string',
      value: 'P=F,..',
      help: 'chassis: device port = front port[/channel], comma-separated',
    },
    autoneg: {
      type: 'string',
      value: 'on|off',
      help: 'chassis: autonegotiation; default: as Stratum has it',
    },
    fec: { type: 'boolean', help: 'chassis: forward error correction' },
    json: { type: 'boolean', help: 'show: print JSON' },
  },
  positionals: 3,
  run: (args) => Promise.resolve(run(args)),
};

function run(args: Arguments): number {
  const [verb, ...rest] = args.positionals;
  if (verb === 'build' && rest.length === 0) return build(args);
  if (verb === 'show' && rest[0] !== undefined) return show(rest[0], args.options.has('json'));
  if (verb === 'chassis' && rest[0] !== undefined && rest[1] !== undefined)
    return chassis(args, rest[0], rest[1]);
  throw new UsageError('give build, show FILE, or chassis TOPOLOGY SWITCH');
}

/** A pipeline from a file of `build`, or a folder with one. Throws ControllerError. */
export function readPipeline(path: string): Pipeline {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'pipeline.bin') : path;
  return decodePipelineFile(readInput(file), file);
}

function build(args: Arguments): number {
  const target = text(args, 'target');
  const output = text(args, 'output');
  if (output === undefined) throw new UsageError('give --output FILE');
  const made = target === 'bmv2' ? buildBmv2(args) : buildTofino(args, target);
  const isBare = args.options.has('bare');
  writeOutput(output, isBare ? made.deviceConfig : encodePipelineFile(made));
  process.stdout.write(`${output}: ${describe(made)}\n`);
  return 0;
}

function buildBmv2(args: Arguments): Pipeline {
  const from = text(args, 'from');
  if (from === undefined) return sincmeshPipeline();
  const deviceConfig = readInput(join(from, 'sincmesh.json'));
  return { p4info: p4infoOf(text(args, 'p4info') ?? join(from, 'sincmesh.p4info.txtpb')), deviceConfig };
}

function buildTofino(args: Arguments, target: string | undefined): Pipeline {
  if (target !== 'tofino' && target !== 'tofino2') {
    throw new UsageError(`--target takes tofino, tofino2 or bmv2, got '${target ?? ''}'`);
  }
  const from = text(args, 'from');
  if (from === undefined) throw new UsageError("give --from DIR, the compiler's output folder");
  const profile = text(args, 'profile');
  if (profile !== undefined && !PROFILES.includes(profile)) {
    throw new UsageError(`--profile takes one of ${PROFILES.join(', ')}, got '${profile}'`);
  }
  const path =
    text(args, 'p4info') ??
    (profile === undefined ? undefined : packagePath(`p4src/build/tna/${target}/${profile}/p4info.txtpb`));
  if (path === undefined) throw new UsageError('give --profile NAME, or --p4info FILE');
  const form = text(args, 'form');
  if (form !== 'stratum' && form !== 'pi') throw new UsageError(`--form takes stratum or pi, got '${form}'`);
  const image = readCompilerOutput(from, target, text(args, 'conf') ?? confOf(from));
  const p4info = p4infoOf(path);
  checkBelongs(p4info, image, target);
  return { p4info, deviceConfig: form === 'pi' ? encodePiConfig(image) : encodeBfPipeline(image) };
}

function confOf(folder: string): string | undefined {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.conf')) : [];
  if (found.length > 1) throw new UsageError(`${folder} has ${found.join(', ')}; choose by --conf FILE`);
  return found[0] === undefined ? undefined : join(folder, found[0]);
}

function show(file: string, isJson: boolean): number {
  const held = readPipeline(file);
  const schema = new Schema(held.p4info);
  if (isJson) {
    const { name, architecture } = programProfile(schema);
    const image = isForTofino(held) ? imageOf(held) : undefined;
    const shown = {
      program: name,
      architecture,
      deviceConfigBytes: held.deviceConfig.length,
      tables: [...schema.tables].map((table) => ({ name: table.name, size: table.size })),
      ...(image !== undefined && {
        image: image.program,
        profiles: image.profiles.map(({ name: profile, binary, context, pipes }) => {
          return { profile, binaryBytes: binary.length, contextBytes: context.length, pipes };
        }),
      }),
    };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  process.stdout.write(`${describe(held)}\n`);
  for (const { name, size } of schema.tables) process.stdout.write(`  table ${name} ${size}\n`);
  if (isForTofino(held)) {
    const { program, bfrt, profiles } = imageOf(held);
    process.stdout.write(`  program ${program}, bfrt.json ${bfrt.length} bytes\n`);
    for (const { name, binary, context, pipes } of profiles) {
      const where = pipes.length === 0 ? 'all pipes' : `pipes ${pipes.join(', ')}`;
      process.stdout.write(
        `  ${name}: binary ${binary.length} bytes, context ${context.length} bytes, ${where}\n`,
      );
    }
  }
  return 0;
}

function describe(held: Pipeline): string {
  const schema = new Schema(held.p4info);
  const profile = describeProfile(programProfile(schema));
  return `${profile}; ${[...schema.tables].length} tables, device config ${held.deviceConfig.length} bytes`;
}

/** Whether a pipeline is made for a Tofino, 1 or 2. */
export function isForTofino({ p4info }: Pipeline): boolean {
  return ['tna', 't2na'].includes(p4info.getPkgInfo()?.getArch() ?? '');
}

function imageOf({ deviceConfig }: Pipeline) {
  try {
    return decodeBfPipeline(deviceConfig);
  } catch (error) {
    if (!(error instanceof ControllerError)) throw error;
    return decodePiConfig(deviceConfig);
  }
}

function chassis(args: Arguments, file: string, name: string): number {
  const platform = text(args, 'platform') ?? '';
  if (!isPlatform(platform)) {
    throw new UsageError(`--platform takes ${Object.keys(PLATFORMS).join(', ')}, got '${platform}'`);
  }
  const autoneg = text(args, 'autoneg');
  if (autoneg !== undefined && autoneg !== 'on' && autoneg !== 'off') {
    throw new UsageError(`--autoneg takes on or off, got '${autoneg}'`);
  }
  const topology = parseTopology(readInput(file).toString(), file);
  process.stdout.write(
    chassisConfig(topology, name, {
      platform,
      node: integer(args, 'node', 1, 0xffff_ffff),
      speedMbps: integer(args, 'speed', 1, 400_000),
      autoneg: autoneg === undefined ? undefined : autoneg === 'on',
      fec: args.options.has('fec'),
      front: frontPorts(text(args, 'front') ?? ''),
    }),
  );
  return 0;
}

function isPlatform(word: string): word is keyof typeof PLATFORMS {
  return Object.hasOwn(PLATFORMS, word);
}

function frontPorts(list: string): Map<number, FrontPort> {
  const ports = new Map<number, FrontPort>();
  for (const item of list.split(',').filter((part) => part !== '')) {
    const match = /^(\d+)=(\d+)(?:\/([1-4]))?$/.exec(item);
    if (match === null) throw new UsageError(`--front takes DEVICE_PORT=PORT[/CHANNEL], got '${item}'`);
    const channel = match[3] === undefined ? undefined : Number(match[3]);
    ports.set(Number(match[1]), { port: Number(match[2]), channel });
  }
  return ports;
}

function p4infoOf(path: string) {
  return parseP4Info(readInput(path));
}

function text(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}
