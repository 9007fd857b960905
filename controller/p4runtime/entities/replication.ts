import {
  BackupReplica,
  CloneSessionEntry,
  MulticastGroupEntry,
  PacketReplicationEngineEntry,
  Replica,
} from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import { bytesToNumber, encodeValue, type Value } from '../values.js';

/** One copy: a port, and a number the egress pipeline sees as the copy's instance (egress_rid). */
export interface ReplicaSpec<P = Value> {
  readonly port: P;
  readonly instance: number;
  /** Ports that take over, in order of preference, where `port` is down (P4Runtime 1.5). */
  readonly backups?: readonly { readonly port: P; readonly instance: number }[];
}

/** In a query, a group or session that is left out is a wildcard. */
export interface MulticastGroup<P = Value> {
  readonly kind: 'multicast-group';
  /** 1 or more. */
  readonly group?: number;
  readonly replicas?: readonly ReplicaSpec<P>[];
  readonly metadata?: Uint8Array;
}

export type DecodedMulticastGroup = MulticastGroup<number> & {
  readonly group: number;
  readonly replicas: readonly ReplicaSpec<number>[];
};

export interface CloneSession<P = Value> {
  readonly kind: 'clone-session';
  readonly session?: number;
  readonly replicas?: readonly ReplicaSpec<P>[];
  readonly classOfService?: number;
  /** Copies are cut to this many bytes; 0 or left out = not cut. */
  readonly packetLength?: number;
}

export type DecodedCloneSession = CloneSession<number> & {
  readonly session: number;
  readonly replicas: readonly ReplicaSpec<number>[];
};

/**
 * How ports of replicas are written: as bytes (field `port`, P4Runtime 1.4 and later) or as a number (field
 * `egress_port`, all versions; PI, and so BMv2, knows only this one).
 */
export type ReplicaPortForm = 'bytes' | 'number';

export function encodeReplication(
  entity: MulticastGroup | CloneSession,
  form: ReplicaPortForm,
): PacketReplicationEngineEntry {
  const message = new PacketReplicationEngineEntry();
  if (entity.kind === 'multicast-group') {
    const group = new MulticastGroupEntry();
    group.setMulticastGroupId(entity.group ?? 0);
    group.setReplicasList(encodeReplicas(entity.replicas ?? [], form, `multicast group ${entity.group}`));
    if (entity.metadata !== undefined) group.setMetadata(entity.metadata);
    message.setMulticastGroupEntry(group);
    return message;
  }
  const session = new CloneSessionEntry();
  session.setSessionId(entity.session ?? 0);
  session.setReplicasList(encodeReplicas(entity.replicas ?? [], form, `clone session ${entity.session}`));
  if (entity.classOfService !== undefined) session.setClassOfService(entity.classOfService);
  if (entity.packetLength !== undefined) session.setPacketLengthBytes(entity.packetLength);
  message.setCloneSessionEntry(session);
  return message;
}

export function decodeReplication(
  message: PacketReplicationEngineEntry,
): DecodedMulticastGroup | DecodedCloneSession {
  const group = message.getMulticastGroupEntry();
  if (group !== undefined) {
    const metadata = group.getMetadata_asU8();
    return {
      kind: 'multicast-group',
      group: group.getMulticastGroupId(),
      replicas: group.getReplicasList().map(decodeReplica),
      ...(metadata.length > 0 && { metadata }),
    };
  }
  const session = message.getCloneSessionEntry();
  if (session === undefined) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      'a replication entry arrived that is no multicast group or clone session',
    );
  }
  return {
    kind: 'clone-session',
    session: session.getSessionId(),
    replicas: session.getReplicasList().map(decodeReplica),
    classOfService: session.getClassOfService(),
    packetLength: session.getPacketLengthBytes(),
  };
}

/** Port of a replica, in whichever form it arrived. */
export function replicaPort(replica: Replica): number {
  return replica.hasPort() ? bytesToNumber(replica.getPort_asU8()) : replica.getEgressPort();
}

function encodeReplicas(replicas: readonly ReplicaSpec[], form: ReplicaPortForm, owner: string): Replica[] {
  return replicas.map(({ port, instance, backups }) => {
    const message = new Replica();
    const bytes = encodeValue(port, { name: `${owner}: port`, width: 32 });
    if (form === 'bytes') message.setPort(bytes);
    else message.setEgressPort(bytesToNumber(bytes));
    message.setInstance(instance);
    for (const backup of backups ?? []) {
      const part = new BackupReplica();
      part.setPort(encodeValue(backup.port, { name: `${owner}: backup port`, width: 32 }));
      part.setInstance(backup.instance);
      message.addBackupReplicas(part);
    }
    return message;
  });
}

function decodeReplica(replica: Replica): ReplicaSpec<number> {
  const backups = replica.getBackupReplicasList().map((part) => ({
    port: bytesToNumber(part.getPort_asU8()),
    instance: part.getInstance(),
  }));
  return {
    port: replicaPort(replica),
    instance: replica.getInstance(),
    ...(backups.length > 0 && { backups }),
  };
}
