import type { Entity } from '../../controller/p4runtime/index.js';
import type { StfCommand } from '../conformance/stf.js';

/** The multicast groups and clone sessions that an STF script makes, as P4Runtime has them. */
export function replicationOf(commands: readonly StfCommand[]): Entity[] {
  const nodes: { readonly id: number; readonly ports: readonly number[] }[] = [];
  const groups = new Map<number, { port: number; instance: number }[]>();
  const sessions = new Map<number, number>();
  for (const command of commands) {
    if (command.verb === 'mc_node_create') nodes.push(command);
    else if (command.verb === 'mc_mgrp_create') groups.set(command.group, []);
    else if (command.verb === 'mirroring_add') sessions.set(command.session, command.to);
    else if (command.verb === 'mc_node_associate') {
      const node = nodes[command.node];
      for (const port of node?.ports ?? [])
        groups.get(command.group)?.push({ port, instance: node?.id ?? 0 });
    }
  }
  return [
    ...[...groups].map(([group, replicas]): Entity => ({ kind: 'multicast-group', group, replicas })),
    ...[...sessions].map(
      ([session, port]): Entity => ({
        kind: 'clone-session',
        session,
        // Simple_switch_grpc refuses instance 0.
        replicas: [{ port, instance: 1 }],
      }),
    ),
  ];
}
