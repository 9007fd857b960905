import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ServerCredentials } from '@grpc/grpc-js';
import { EmbeddedSwitch, loadProgram, type ProgramSpec, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import {
  type CapturedFrame,
  decodePcap,
  deviceOf,
  encodePcap,
  PcapCapture,
  type PortDevice,
} from '../switch/ports/index.js';
import { readInputText } from './input.js';
import type { SwitchArguments, TlsFiles } from './switch-arguments.js';
import { SwitchLog } from './switch-log.js';

/** Digest lists are looked at this often; packets in between look too. */
const DIGEST_TICK_MS = 1;
/** Idle entries are looked at this often: it costs time for each entry that has a timeout. */
const IDLE_TICK_MS = 100;

/** A switch process: what it was made of, and how to end it. */
export interface SwitchProcess {
  readonly device: EmbeddedSwitch;
  readonly grpcPort: number;
  close(): Promise<void>;
}

/** Loads the program, opens the ports and serves P4Runtime. What was opened is closed again where a part fails. */
export async function startSwitch(args: SwitchArguments): Promise<SwitchProcess> {
  const clock = wallClock();
  const log = new SwitchLog(args.log, clock);
  const device = new LoggedSwitch(args, log);
  const undo: (() => void | Promise<void>)[] = [() => log.close()];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    for (const note of args.notes) log.say('warn', note);
    log.follow(device);
    if (args.program !== undefined) device.load(readProgram(args.program));
    const credentials = args.tls === undefined ? undefined : tlsCredentials(args.tls);
    const server = await serveP4Runtime({
      switch: device,
      deviceId: args.deviceId,
      address: args.grpcAddress,
      ...(credentials === undefined ? {} : { credentials }),
    });
    undo.push(() => server.close());
    if (args.useFiles === undefined) undo.push(await openPorts(device, args, log));
    else undo.push(useFiles(device, args, args.useFiles, log));
    const digests = setInterval(() => {
      for (const digest of device.program?.digests.values() ?? []) digest.tick();
    }, DIGEST_TICK_MS);
    const idle = setInterval(() => device.tick(), IDLE_TICK_MS);
    undo.push(() => {
      clearInterval(digests);
      clearInterval(idle);
    });
    log.say('info', `P4Runtime on ${args.grpcAddress.replace(/:\d+$/, '')}:${server.port}`);
    return { device, grpcPort: server.port, close };
  } catch (error) {
    log.say('error', error instanceof Error ? error.message : String(error));
    await close();
    throw error;
  }
}

class LoggedSwitch extends EmbeddedSwitch {
  private readonly log: SwitchLog;

  constructor(args: SwitchArguments, log: SwitchLog) {
    const { cpuPort, dropPort, priorityQueues } = args;
    super({ clock: wallClock(), cpuPort, dropPort, priorityQueues, name: `switch ${args.deviceId}` });
    this.log = log;
  }

  override load(spec: ProgramSpec): void {
    super.load(spec);
    this.log.say('info', `program ${spec.name} loaded`);
  }
}

/** @throws SpecError for a document that is no program, Error for a file that cannot be read. */
export function readProgram(path: string): ProgramSpec {
  return loadProgram(readJson(path));
}

export function readJson(path: string): unknown {
  const text = readInputText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`${path} is no JSON: ${words}`, { cause });
  }
}

function tlsCredentials({ certificate, key, clientAuthority }: TlsFiles): ServerCredentials {
  const authority = clientAuthority === undefined ? null : readFileSync(clientAuthority);
  const pair = { cert_chain: readFileSync(certificate), private_key: readFileSync(key) };
  return ServerCredentials.createSsl(authority, [pair], clientAuthority !== undefined);
}

async function openPorts(device: EmbeddedSwitch, args: SwitchArguments, log: SwitchLog) {
  const opened: PortDevice[] = [];
  const closeAll = async () => {
    for (const port of opened.splice(0)) await port.close();
  };
  try {
    for (const { port, device: name } of args.ports) {
      const bare = deviceOf(name);
      const { pcap } = args;
      const epochUs = () => Date.now() * 1000;
      const attached = pcap === undefined ? bare : new PcapCapture(bare, pcap, epochUs);
      opened.push(attached);
      await attached.open((frame) => device.receive(port, frame));
      device.attach(port, attached);
      log.say('info', `port ${port} is ${attached.name}`);
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  return closeAll;
}

/** --use-files: after some seconds the frames of all files come in, in the order of their times. */
function useFiles(device: EmbeddedSwitch, args: SwitchArguments, waitS: number, log: SwitchLog): () => void {
  const outputs = new Map<string, CapturedFrame[]>();
  const write = () => {
    for (const [path, frames] of outputs) writeFileSync(path, encodePcap(frames));
  };
  for (const { port, device: name } of args.ports) {
    const frames: CapturedFrame[] = [];
    outputs.set(`${name}_out.pcap`, frames);
    device.attach(port, {
      transmit: (frame) => frames.push({ timeUs: Date.now() * 1000, frame: frame.slice() }),
    });
  }
  const timer = setTimeout(() => {
    const inputs = args.ports.flatMap(({ port, device: name }) => {
      const path = `${name}_in.pcap`;
      if (!existsSync(path)) return [];
      return decodePcap(readFileSync(path)).map(({ timeUs, frame }) => ({ port, timeUs, frame }));
    });
    inputs.sort((a, b) => a.timeUs - b.timeUs);
    for (const { port, frame } of inputs) device.receive(port, frame);
    write();
    log.say('info', `${inputs.length} frames from files`);
  }, waitS * 1000);
  return () => {
    clearTimeout(timer);
    write();
  };
}
