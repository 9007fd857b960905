import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import { TABLES } from '../fabric/program.js';
import { notInProfile } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import { findHost, refuseStrays, sourceEntry } from './reduce.js';
import type { Resources } from './resources.js';

export interface CellsRequest {
  /** Who may use the cells; the position is the source ID. */
  readonly hosts: readonly string[];
  /** Number of cells: locks, or sequence counters. */
  readonly cells: number;
  /** Host that packets are addressed to; its leaf computes, and it does where the switches do not. */
  readonly destination: string;
}

/** Where the cells of a group live. */
export interface CellsPlacement {
  readonly switch: string;
  readonly base: number;
  readonly count: number;
  /** First of the answers kept for duplicates, one per source. */
  readonly answers: number;
  /** Every source with every port its packets can come by. */
  readonly sources: readonly { readonly source: number; readonly ports: readonly number[] }[];
}

/**
 * Places a group at the leaf of its destination, which all its packets pass. Throws ControllerError BAD_REQUEST,
 * UNKNOWN_HOST, NO_PATH, NO_ROOM, or NOT_POSSIBLE where its ports lie in several pipes, and has taken nothing then.
 */
export function placeCells(
  request: CellsRequest,
  topology: Topology,
  paths: Paths,
  resources: Resources,
): CellsPlacement {
  const { cells, hosts } = request;
  if (!Number.isInteger(cells) || cells < 1) {
    throw new ControllerError('BAD_REQUEST', `${cells} is no number of cells; ask for 1 or more`);
  }
  if (hosts.length === 0 || new Set(hosts).size !== hosts.length) {
    throw new ControllerError('BAD_REQUEST', 'a group needs at least one host, each once');
  }
  const leaf = findHost(topology, request.destination).switch;
  const profile = resources.profileOf(leaf);
  if (profile.cells === undefined) {
    const remedy = `give ${leaf} an image of profile cells, or name a destination at a leaf that has one`;
    notInProfile(leaf, profile, 'SINC cells', remedy);
  }
  const sources = sourcesOf(hosts, leaf, topology, paths);
  const cut = sources.find(({ ports }) => ports.length === 0);
  if (cut !== undefined) throw new ControllerError('NO_PATH', `no path from ${hosts[cut.source]} to ${leaf}`);
  refuseStrays(
    leaf,
    sources.flatMap(({ ports }) => ports),
    profile,
  );
  const { values, answers, sources: members } = resources.of(leaf);
  members.check(entriesOf(sources));
  if (answers.find(hosts.length) === undefined) answers.take(hosts.length);
  const base = values.take(cells);
  members.take(entriesOf(sources));
  return { switch: leaf, base, count: cells, answers: answers.take(hosts.length), sources };
}

/** By which ports of the leaf the packets of each host come; none where no path leads there. */
export function sourcesOf(
  hosts: readonly string[],
  leaf: string,
  topology: Topology,
  paths: Paths,
): CellsPlacement['sources'] {
  return hosts.map((name, source) => {
    const host = findHost(topology, name);
    return { source, ports: host.switch === leaf ? [host.port] : paths.arrivals(host.switch, leaf) };
  });
}

/** A source has an entry for each port its packets can come by. */
function entriesOf(sources: CellsPlacement['sources']): number {
  return sources.reduce((sum, { ports }) => sum + ports.length, 0);
}

export function takeCells(placement: CellsPlacement, resources: Resources): void {
  const { values, answers, sources: members } = resources.of(placement.switch);
  values.takeAt(placement.base, placement.count);
  answers.takeAt(placement.answers, placement.sources.length);
  members.take(entriesOf(placement.sources));
}

export function releaseCells(placement: CellsPlacement, resources: Resources): void {
  const { values, answers, sources: members } = resources.of(placement.switch);
  values.release(placement.base);
  answers.release(placement.answers);
  members.release(entriesOf(placement.sources));
}

export function cellsEntries(
  group: { readonly id: number; readonly epoch: number },
  { base, count, answers, sources }: CellsPlacement,
): Entity[] {
  return [
    ...sources.flatMap(({ source, ports }) => ports.map((port) => sourceEntry(group.id, source, port, 0))),
    {
      kind: 'table-entry',
      table: TABLES.groups,
      match: { 'hdr.sinc.group': group.id },
      action: {
        kind: 'action',
        name: 'cells',
        params: { epoch: group.epoch, base, count, answers, sources: sources.length },
      },
    },
  ];
}
