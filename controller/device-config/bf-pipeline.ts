import { ControllerError } from '../errors.js';

/** One pipe program of a Tofino image, as the compiler wrote it. */
export interface BfProfile {
  readonly name: string;
  /** context.json */
  readonly context: Uint8Array;
  /** tofino.bin or tofino2.bin */
  readonly binary: Uint8Array;
  /** Pipes that execute it. */
  readonly pipes: readonly number[];
}

export interface BfPipeline {
  readonly program: string;
  /** bfrt.json */
  readonly bfrt: Uint8Array;
  readonly profiles: readonly BfProfile[];
}

// Field numbers of Stratum's message BfPipelineConfig and of its Profile.
const PROGRAM = 1;
const BFRT = 2;
const PROFILES = 3;
const PROFILE = { name: 1, context: 2, binary: 3, pipes: 4 } as const;

const VARINT = 0;
const BYTES = 2;

/** p4_device_config as Stratum takes it: a BfPipelineConfig, in protobuf's binary form. */
export function encodeBfPipeline({ program, bfrt, profiles }: BfPipeline): Uint8Array {
  return Buffer.concat([
    field(PROGRAM, Buffer.from(program)),
    field(BFRT, bfrt),
    ...profiles.map(({ name, context, binary, pipes }) =>
      field(
        PROFILES,
        Buffer.concat([
          field(PROFILE.name, Buffer.from(name)),
          field(PROFILE.context, context),
          field(PROFILE.binary, binary),
          field(PROFILE.pipes, Buffer.concat(pipes.map(varint))),
        ]),
      ),
    ),
  ]);
}

/** Throws ControllerError BAD_REQUEST where the bytes are no BfPipelineConfig with at least one pipe program. */
export function decodeBfPipeline(bytes: Uint8Array): BfPipeline {
  let program = '';
  let bfrt: Uint8Array = new Uint8Array(0);
  const profiles: BfProfile[] = [];
  for (const { number, value } of fieldsOf(bytes)) {
    if (typeof value === 'number') continue;
    if (number === PROGRAM) program = Buffer.from(value).toString();
    else if (number === BFRT) bfrt = value;
    else if (number === PROFILES) profiles.push(decodeProfile(value));
  }
  if (program === '' || profiles.length === 0) throw damaged('it names no program, or no pipe');
  return { program, bfrt, profiles };
}

/**
 * The older form, of PI: lengths of four bytes, lowest first, before program name, binary and context. It has room for
 * one pipe program and none for bfrt.json: Stratum's bfrt variant does not take it. Throws ControllerError NOT_POSSIBLE.
 */
export function encodePiConfig({ program, profiles }: BfPipeline): Uint8Array {
  const [profile, ...others] = profiles;
  if (profile === undefined || others.length > 0) {
    throw new ControllerError(
      'NOT_POSSIBLE',
      `the form of PI holds one pipe program, and this image has ${profiles.length}; build without --form pi`,
    );
  }
  return Buffer.concat(
    [Buffer.from(program), profile.binary, profile.context].flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(part.length);
      return [length, part];
    }),
  );
}

/** Throws ControllerError BAD_REQUEST. */
export function decodePiConfig(bytes: Uint8Array): BfPipeline {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < view.length) {
    if (at + 4 > view.length) throw damaged(`it ends in a length at byte ${at}`);
    const length = view.readUInt32LE(at);
    at += 4;
    if (at + length > view.length) throw damaged(`a part of ${length} bytes at ${at} goes past its end`);
    parts.push(view.subarray(at, at + length));
    at += length;
  }
  const [program, binary, context, ...more] = parts;
  if (program === undefined || binary === undefined || context === undefined || more.length > 0) {
    throw damaged(`it has ${parts.length} parts, not program name, binary and context`);
  }
  return {
    program: Buffer.from(program).toString(),
    bfrt: new Uint8Array(0),
    profiles: [{ name: 'pipe', context, binary, pipes: [] }],
  };
}

function decodeProfile(bytes: Uint8Array): BfProfile {
  let name = '';
  let context: Uint8Array = new Uint8Array(0);
  let binary: Uint8Array = new Uint8Array(0);
  const pipes: number[] = [];
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === PROFILE.pipes) {
      if (typeof value === 'number') pipes.push(value);
      else for (let at = 0; at < value.length; ) at = readVarint(value, at, (pipe) => pipes.push(pipe));
    } else if (typeof value === 'number') continue;
    else if (number === PROFILE.name) name = Buffer.from(value).toString();
    else if (number === PROFILE.context) context = value;
    else if (number === PROFILE.binary) binary = value;
  }
  return { name, context, binary, pipes };
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

function field(number: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([varint(number * 8 + BYTES), varint(value.length), value]);
}

interface WireField {
  readonly number: number;
  readonly value: Uint8Array | number;
}

function* fieldsOf(bytes: Uint8Array): Generator<WireField> {
  let at = 0;
  const read = (): number => {
    let value = 0;
    at = readVarint(bytes, at, (found) => {
      value = found;
    });
    return value;
  };
  while (at < bytes.length) {
    const tag = read();
    const number = Math.floor(tag / 8);
    if (number === 0) throw damaged(`field 0 at byte ${at}`);
    if (tag % 8 === VARINT) {
      yield { number, value: read() };
      continue;
    }
    if (tag % 8 !== BYTES) throw damaged(`field ${number} is of wire type ${tag % 8}`);
    const length = read();
    if (at + length > bytes.length) throw damaged(`field ${number} goes past its end`);
    yield { number, value: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** Gives the number at `at` to `use` and returns where it ends. */
function readVarint(bytes: Uint8Array, at: number, use: (value: number) => void): number {
  let value = 0;
  let scale = 1;
  for (let end = at; end < bytes.length && end < at + 7; end += 1) {
    const byte = bytes[end] ?? 0;
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte < 128) {
      use(value);
      return end + 1;
    }
  }
  throw damaged(`no number at byte ${at}`);
}

function damaged(what: string): ControllerError {
  return new ControllerError(
    'BAD_REQUEST',
    `this is no device config for Tofino: ${what}; make it with sincmesh pipeline build`,
  );
}
