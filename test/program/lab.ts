import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  type DigestList,
  insert,
  type PacketIn,
  type Pipeline,
  type SwitchClient,
  type Update,
} from '../../controller/p4runtime/index.js';

/** A frame and the port it went in or came out by. */
export interface PortFrame {
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** One switch that executes sincmesh.p4, whoever made it: the same tests run on every kind. */
export interface Lab {
  readonly client: SwitchClient;
  /** Sends a frame into a port and gives back everything that comes out of ports for it. */
  send(port: number, frame: Uint8Array): Promise<PortFrame[]>;
  /** As send, by packet-out. */
  packetOut(frame: Uint8Array, metadata: { egress_port: number; forward: number }): Promise<PortFrame[]>;
  /** What reached the controller since the last call. */
  packetIns(): Promise<PacketIn[]>;
  digests(): Promise<DigestList[]>;
  close(): Promise<void>;
}

/** A kind of switch, and why it cannot run here, if it cannot. */
export interface LabKind {
  readonly name: string;
  missing(): string | undefined;
  start(): Promise<Lab>;
}

/** Ports every lab has. */
export const PORTS: readonly number[] = [1, 2, 3, 4];

/** The project's root: compiled tests run from dist/. */
export const ROOT = new URL('../../../', import.meta.url);

/** What p4c made of p4src/v1model/sincmesh.p4. */
export function sincmeshPipeline(): Pipeline {
  const read = (name: string) => readFileSync(new URL(`p4src/build/${name}`, ROOT));
  return {
    p4info: parseP4Info(read('sincmesh.p4info.txtpb')),
    deviceConfig: new Uint8Array(read('sincmesh.json')),
  };
}

export type Params = Readonly<Record<string, number | bigint>>;

/** An entry whose action is its own; tables with ternary fields want a priority. */
export function entry(
  table: string,
  match: Readonly<Record<string, number | bigint | Prefix | Mask>>,
  action: string,
  params: Params,
  priority?: number,
): Update {
  return insert({
    kind: 'table-entry',
    table,
    match,
    action: { kind: 'action', name: action, params },
    ...(priority !== undefined && { priority }),
  });
}

export interface Mask {
  readonly value: number | bigint;
  readonly mask: number | bigint;
}

export interface Prefix {
  readonly value: number | bigint;
  readonly prefixLength: number;
}

export const prefix = (value: number | bigint, prefixLength: number): Prefix => ({ value, prefixLength });

/** An entry of a table with an action selector: a one-shot group. */
export function choice(
  table: string,
  match: Readonly<Record<string, Prefix | Mask>>,
  actions: readonly { name: string; params: Params; weight?: number }[],
  priority?: number,
): Update {
  return insert({
    kind: 'table-entry',
    table,
    match,
    action: {
      kind: 'one-shot',
      actions: actions.map(({ name, params, weight }) => ({
        action: { name, params },
        weight: weight ?? 1,
      })),
    },
    ...(priority !== undefined && { priority }),
  });
}

/** Packets a cell of an indirect counter has counted. */
export async function counted(lab: Lab, counter: string, index: number): Promise<number> {
  for await (const entity of lab.client.read({ kind: 'counter', counter, index })) {
    if (entity.kind === 'counter') return Number(entity.data.packets ?? 0);
  }
  throw new Error(`counter ${counter} has no cell ${index}`);
}
