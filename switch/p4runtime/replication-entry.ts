import {
  BackupReplica,
  CloneSessionEntry,
  Entity,
  MulticastGroupEntry,
  PacketReplicationEngineEntry,
  Replica,
} from 'p4runtime-js';
import { checkPort, decodePort, encodeBytes } from './bytes.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import type { TargetBackup, TargetCloneSession, TargetMulticastGroup, TargetReplica } from './target.js';

/** v1model's mcast_grp is 16 bits, and so is egress_rid, the replica's instance. */
const MAX_GROUP = 0xffff;
const MAX_INSTANCE = 0xffff;
/** simple_switch keeps bit 15 of a mirror session for itself. */
const MAX_SESSION = 0x7fff;

/** Applies an update to a multicast group or a clone session. */
export function writeReplication(
  context: EntityContext,
  type: UpdateType,
  message: PacketReplicationEngineEntry,
): Undo {
  const group = message.getMulticastGroupEntry();
  if (group !== undefined) return writeGroup(context, type, group);
  const session = message.getCloneSessionEntry();
  if (session !== undefined) return writeSession(context, type, session);
  throw invalid('a replication entry is a multicast group or a clone session; give one');
}

function writeGroup(context: EntityContext, type: UpdateType, message: MulticastGroupEntry): Undo {
  const { pre } = context.target;
  const id = message.getMulticastGroupId();
  const thing = `multicast group ${id}`;
  checkId(thing, id, MAX_GROUP);
  const before = pre.multicastGroups.get(id);
  checkPresence(thing, type, before !== undefined);
  if (type === 'delete') {
    pre.setMulticastGroup(id, undefined);
  } else {
    const metadata = message.getMetadata_asU8();
    const group: TargetMulticastGroup = {
      replicas: decodeReplicas(thing, message.getReplicasList()),
      ...(metadata.length > 0 ? { metadata } : {}),
    };
    pre.setMulticastGroup(id, group);
  }
  return () => pre.setMulticastGroup(id, before);
}

function writeSession(context: EntityContext, type: UpdateType, message: CloneSessionEntry): Undo {
  const { pre } = context.target;
  const id = message.getSessionId();
  const thing = `clone session ${id}`;
  checkId(thing, id, MAX_SESSION);
  const before = pre.cloneSessions.get(id);
  checkPresence(thing, type, before !== undefined);
  if (type === 'delete') {
    pre.setCloneSession(id, undefined);
  } else {
    const packetLength = message.getPacketLengthBytes();
    if (packetLength < 0) throw invalid(`${thing}: packet_length_bytes cannot be negative`);
    if (message.getClassOfService() > 7) {
      throw invalid(`${thing}: class_of_service is 0 to 7, got ${message.getClassOfService()}`);
    }
    const session: TargetCloneSession = {
      replicas: decodeReplicas(thing, message.getReplicasList()),
      packetLength,
      classOfService: message.getClassOfService(),
    };
    pre.setCloneSession(id, session);
  }
  return () => pre.setCloneSession(id, before);
}

function checkId(thing: string, id: number, max: number): void {
  if (id < 1 || id > max) throw invalid(`${thing}: the id is 1 to ${max}`);
}

function checkPresence(thing: string, type: UpdateType, present: boolean): void {
  if (type === 'insert' && present) {
    throw new P4RuntimeError('ALREADY_EXISTS', `${thing} is there already; modify it instead`);
  }
  if (type !== 'insert' && !present) throw new P4RuntimeError('NOT_FOUND', `${thing} is not there`);
}

function decodeReplicas(thing: string, messages: readonly Replica[]): TargetReplica[] {
  const seen = new Set<string>();
  const checked = <T extends TargetBackup>(replica: T): T => {
    const { port, instance } = replica;
    if (instance > MAX_INSTANCE)
      throw invalid(`${thing}: an instance is 0 to ${MAX_INSTANCE}, got ${instance}`);
    const name = `${port}/${instance}`;
    if (seen.has(name)) throw invalid(`${thing}: port ${port} with instance ${instance} is given twice`);
    seen.add(name);
    return replica;
  };
  return messages.map((message) => {
    const replica = checked(decodeReplica(thing, message));
    const backups = message.getBackupReplicasList().map((backup) => {
      const port = decodePort(backup.getPort_asU8(), () => `${thing}, port of a backup replica`);
      if (port === replica.port) throw invalid(`${thing}: port ${port} is backup of itself`);
      return checked({ port, instance: backup.getInstance() });
    });
    return backups.length === 0 ? replica : { ...replica, backups };
  });
}

function decodeReplica(thing: string, message: Replica): TargetReplica {
  const place = (): string => `${thing}, port of a replica`;
  const instance = message.getInstance();
  if (message.hasPort()) return { port: decodePort(message.getPort_asU8(), place), instance };
  return { port: checkPort(message.getEgressPort(), place), instance, portAsNumber: true };
}

export function* readReplication(
  context: EntityContext,
  filter: PacketReplicationEngineEntry,
): Generator<Entity> {
  const { pre } = context.target;
  const groupFilter = filter.getMulticastGroupEntry();
  const sessionFilter = filter.getCloneSessionEntry();
  const both = groupFilter === undefined && sessionFilter === undefined;
  if (groupFilter !== undefined || both) {
    for (const [id, group] of chosen(pre.multicastGroups, groupFilter?.getMulticastGroupId() ?? 0)) {
      const entry = new PacketReplicationEngineEntry();
      entry.setMulticastGroupEntry(encodeGroup(id, group));
      yield wrap(entry);
    }
  }
  if (sessionFilter !== undefined || both) {
    for (const [id, session] of chosen(pre.cloneSessions, sessionFilter?.getSessionId() ?? 0)) {
      const entry = new PacketReplicationEngineEntry();
      entry.setCloneSessionEntry(encodeSession(id, session));
      yield wrap(entry);
    }
  }
}

function chosen<T>(map: ReadonlyMap<number, T>, id: number): Iterable<readonly [number, T]> {
  if (id === 0) return map;
  const one = map.get(id);
  return one === undefined ? [] : [[id, one]];
}

function encodeGroup(id: number, group: TargetMulticastGroup): MulticastGroupEntry {
  const message = new MulticastGroupEntry();
  message.setMulticastGroupId(id);
  message.setReplicasList(group.replicas.map(encodeReplica));
  if (group.metadata !== undefined) message.setMetadata(group.metadata);
  return message;
}

function encodeSession(id: number, session: TargetCloneSession): CloneSessionEntry {
  const message = new CloneSessionEntry();
  message.setSessionId(id);
  message.setReplicasList(session.replicas.map(encodeReplica));
  message.setClassOfService(session.classOfService);
  message.setPacketLengthBytes(session.packetLength);
  return message;
}

function encodeReplica({ port, instance, portAsNumber, backups = [] }: TargetReplica): Replica {
  const replica = new Replica();
  if (portAsNumber === true) replica.setEgressPort(port);
  else replica.setPort(encodeBytes(BigInt(port)));
  replica.setInstance(instance);
  for (const backup of backups) {
    const message = new BackupReplica();
    message.setPort(encodeBytes(BigInt(backup.port)));
    message.setInstance(backup.instance);
    replica.addBackupReplicas(message);
  }
  return replica;
}

function wrap(entry: PacketReplicationEngineEntry): Entity {
  const entity = new Entity();
  entity.setPacketReplicationEngineEntry(entry);
  return entity;
}
