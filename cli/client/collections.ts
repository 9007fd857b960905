import { parse as parseYaml } from 'yaml';
import type { Arguments, Command } from '../command.js';
import { ClientError, UsageError } from '../errors.js';
import { readInputText } from '../input.js';
import type { ApiClient } from './api.js';
import {
  atMost,
  COUNT,
  clientCommand,
  commandGroup,
  countOf,
  followingCommand,
  option,
  positional,
} from './client-command.js';
import { cell, print, table } from './output.js';
import { readResources } from './resource-file.js';

export interface Resource {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>> | null;
  readonly status: unknown;
}

const FILE = {
  file: { type: 'string', value: 'FILE', help: 'the spec as JSON or YAML; - is standard input' },
} as const;

export function resourcePath(kind: string, name: string): string {
  return `/v1/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
}

function specOf(args: Arguments, text: string | undefined): unknown {
  const file = option(args, 'file');
  if (file !== undefined) return parseSpec(readInputText(file));
  if (text === undefined) return {};
  return parseSpec(text);
}

function parseSpec(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new UsageError(`the spec is neither JSON nor YAML: ${String(error)}`, { cause: error });
  }
}

function showResources(resources: readonly Resource[]): string {
  if (resources.length === 0) return 'none';
  return table(
    ['NAME', 'SPEC', 'STATUS'],
    resources.map(({ name, spec, status }) => [name, spec, status]),
  );
}

function showResource({ name, spec, status }: Resource): string {
  const lines = (of: unknown) =>
    typeof of === 'object' && of !== null
      ? Object.entries(of).map(([key, value]) => `  ${key.padEnd(16)} ${cell(value)}`)
      : [`  ${cell(of)}`];
  return [name, 'spec', ...lines(spec), 'status', ...lines(status)].join('\n');
}

const list = (client: ApiClient, kind: string) => client.get<Resource[]>(`/v1/${encodeURIComponent(kind)}`);

/** The four commands of one kind, under a word of its own. */
function kindCommands(word: string, kind: string): Command[] {
  return [
    clientCommand({
      name: `${word} list`,
      summary: `list ${kind}`,
      takes: '',
      positionals: [0, 0],
      ask: (client) => list(client, kind),
      show: showResources,
    }),
    clientCommand({
      name: `${word} show`,
      summary: `show one of ${kind}`,
      takes: 'NAME',
      positionals: [1, 1],
      ask: (client, args) => client.get<Resource>(resourcePath(kind, positional(args, 0))),
      show: showResource,
    }),
    clientCommand({
      name: `${word} apply`,
      summary: `make one of ${kind}, or make it be so`,
      takes: 'NAME [SPEC]',
      details: `Puts one of ${kind}; its spec is JSON or YAML, as an argument or with --file. sincmesh kinds --json has the schema.`,
      options: FILE,
      positionals: [1, 2],
      ask: (client, args) =>
        client.ask<Resource>(
          'PUT',
          resourcePath(kind, positional(args, 0)),
          specOf(args, args.positionals[1]),
        ),
      show: showResource,
    }),
    clientCommand({
      name: `${word} delete`,
      summary: `delete one of ${kind}`,
      takes: 'NAME',
      positionals: [1, 1],
      ask: (client, args) => client.ask('DELETE', resourcePath(kind, positional(args, 0))),
      show: (_, args) => `${positional(args, 0)} deleted`,
    }),
  ];
}

export const policy = commandGroup('policy', 'policies of names', kindCommands('policy', 'policies'));

/** Number, epoch and switches of a group; a cache has but a leaf. */
function placeOf(status: unknown): [group: unknown, epoch: unknown, at: unknown] {
  const { group, epoch, switches, destinationHost, leaf } = (status ?? {}) as {
    readonly group?: number;
    readonly epoch?: number;
    readonly switches?: readonly string[];
    readonly destinationHost?: string | null;
    readonly leaf?: string;
  };
  // Where no switch computes, the host that packets are sent to does.
  const at =
    switches?.length === 0 ? `host ${destinationHost ?? '?'}` : (switches ?? [leaf ?? '-']).join(' ');
  return [group, epoch, at];
}

export const group = commandGroup(
  'group',
  'in-network groups: reduce, cells for locks and sequencers, caches',
  [
    clientCommand({
      name: 'group list',
      summary: 'list every group and cache',
      takes: '',
      positionals: [0, 0],
      ask: async (client) => ({
        'reduce-groups': await list(client, 'reduce-groups'),
        'cell-groups': await list(client, 'cell-groups'),
        caches: await list(client, 'caches'),
      }),
      show: (groups) => {
        const rows = Object.entries(groups).flatMap(([kind, resources]) =>
          resources.map(({ name, spec, status }) => [kind, name, ...placeOf(status), spec]),
        );
        return rows.length === 0 ? 'none' : table(['KIND', 'NAME', 'GROUP', 'EPOCH', 'AT', 'SPEC'], rows);
      },
    }),
    ...(['reduce', 'cells', 'cache'] as const).map((word) => {
      const kind = { reduce: 'reduce-groups', cells: 'cell-groups', cache: 'caches' }[word];
      return clientCommand({
        name: `group ${word}`,
        summary: `make one of ${kind}, or make it be so`,
        takes: word === 'cache' ? 'SERVICE [SPEC]' : 'NAME SPEC',
        details: {
          reduce: 'SPEC is JSON or YAML: {"hosts": ["h1", "h2"], "operation": "sum", "window": 64}.',
          cells: 'SPEC is JSON or YAML: {"hosts": ["h1", "h2"], "cells": 16, "destination": "h3"}.',
          cache: 'SPEC is JSON or YAML: {"threshold": 8, "capacity": 4096}.',
        }[word],
        options: FILE,
        positionals: [1, 2],
        ask: (client, args) =>
          client.ask<Resource>(
            'PUT',
            resourcePath(kind, positional(args, 0)),
            specOf(args, args.positionals[1]),
          ),
        show: showResource,
      });
    }),
    clientCommand({
      name: 'group delete',
      summary: 'delete a group, or stop caching a service',
      takes: 'NAME',
      details:
        'Deletes the group or cache of that name; where several kinds have it, say which with sincmesh delete KIND NAME.',
      positionals: [1, 1],
      ask: async (client, args) => {
        const name = positional(args, 0);
        const kinds = ['reduce-groups', 'cell-groups', 'caches'];
        const lists = await Promise.all(kinds.map((kind) => list(client, kind)));
        const having = kinds.filter((_, index) => lists[index]?.some((resource) => resource.name === name));
        if (having.length > 1)
          throw new UsageError(`'${name}' is in ${having.join(' and ')}; sincmesh delete KIND NAME`);
        return client.ask('DELETE', resourcePath(having[0] ?? 'reduce-groups', name));
      },
      show: (_, args) => `${positional(args, 0)} deleted`,
    }),
  ],
);

export const kinds = clientCommand({
  name: 'kinds',
  summary: 'every kind of thing that is managed by name, with --json its schema',
  takes: '',
  positionals: [0, 0],
  ask: (client) => client.get<{ kind: string; summary: string }[]>('/v1/kinds'),
  show: (all) =>
    table(
      ['KIND', 'WHAT'],
      all.map(({ kind, summary }) => [kind, summary.replace(/\.$/, '')]),
    ),
});

export const get = clientCommand<Resource | Resource[]>({
  name: 'get',
  summary: 'list a kind, or show one thing of it',
  takes: 'KIND [NAME]',
  positionals: [1, 2],
  ask: (client, args) => {
    const [kind = '', name] = args.positionals;
    return name === undefined ? list(client, kind) : client.get<Resource>(resourcePath(kind, name));
  },
  show: (answer) => (Array.isArray(answer) ? showResources(answer) : showResource(answer)),
});

export const apply = clientCommand<Resource | AppliedResource[]>({
  name: 'apply',
  summary: 'make a thing of any kind, or make it be so',
  takes: 'KIND NAME [SPEC] | --file FILE',
  details: [
    'The spec is JSON or YAML, as an argument or with --file. sincmesh kinds --json has the schemas.',
    'With --file alone, FILE has any number of things, as YAML documents or a list: {kind, name, spec} each. They are',
    'applied in their order; the first that is refused ends it, and those before it stand.',
  ].join('\n'),
  options: FILE,
  positionals: [0, 3],
  ask: (client, args) => {
    const [kind, name, text] = args.positionals;
    const file = option(args, 'file');
    if (kind === undefined && file !== undefined) return applyAll(client, file);
    if (kind === undefined || name === undefined) {
      throw new UsageError('give KIND and NAME, or --file with things that have them');
    }
    return client.ask<Resource>('PUT', resourcePath(kind, name), specOf(args, text));
  },
  show: (answer) =>
    Array.isArray(answer)
      ? table(
          ['KIND', 'NAME', 'SPEC'],
          answer.map(({ kind, name, spec }) => [kind, name, spec]),
        )
      : showResource(answer),
});

interface AppliedResource extends Resource {
  readonly kind: string;
}

async function applyAll(client: ApiClient, file: string): Promise<AppliedResource[]> {
  const resources = readResources(file);
  const applied: AppliedResource[] = [];
  for (const { kind, name, spec } of resources) {
    try {
      applied.push({ kind, ...(await client.ask<Resource>('PUT', resourcePath(kind, name), spec)) });
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      const before = applied.map((each) => `${each.kind} ${each.name}`).join(', ') || 'nothing';
      throw new ClientError(error.code, `${kind} ${name}: ${error.message} (applied before it: ${before})`, {
        cause: error,
      });
    }
  }
  return applied;
}

export const remove = clientCommand({
  name: 'delete',
  summary: 'delete a thing of any kind',
  takes: 'KIND NAME',
  positionals: [2, 2],
  ask: (client, args) => client.ask('DELETE', resourcePath(positional(args, 0), positional(args, 1))),
  show: (_, args) => `${positional(args, 1)} deleted`,
});

export const watch = followingCommand({
  name: 'watch',
  summary: 'changes of a kind as they happen, until interrupted',
  takes: 'KIND',
  options: COUNT,
  positionals: [1, 1],
  run: async (client, args) => {
    const kind = encodeURIComponent(positional(args, 0));
    for await (const { type, data } of atMost(countOf(args), client.stream(`/v1/watch/${kind}`))) {
      const { name, spec } = data as { name: string; spec?: unknown };
      print(
        args.options.has('json')
          ? JSON.stringify({ type, data })
          : `${type.padEnd(6)} ${name} ${cell(spec ?? '')}`,
      );
    }
  },
});
