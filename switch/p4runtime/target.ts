import type { Clock } from '../clock.js';
import type { ProgramObjects } from '../compile/objects.js';
import type { ProgramSpec } from '../spec/types.js';

/** A copy the packet replication engine makes. */
export interface TargetReplica {
  readonly port: number;
  readonly instance: number;
  /** Whether the port came in P4Runtime's deprecated number field, to be read as it was written. */
  readonly portAsNumber?: boolean;
  /** Where the copy goes while `port` is down: the first of these whose port is up. */
  readonly backups?: readonly TargetBackup[];
}

/** A place a replica goes to when its own port is down. */
export interface TargetBackup {
  readonly port: number;
  readonly instance: number;
}

export interface TargetMulticastGroup {
  readonly replicas: readonly TargetReplica[];
  readonly metadata?: Uint8Array | undefined;
}

export interface TargetCloneSession {
  readonly replicas: readonly TargetReplica[];
  /** Bytes a clone is cut to; 0 for none. */
  readonly packetLength: number;
  readonly classOfService: number;
}

/** The packet replication engine's control surface. */
export interface ReplicationEngine {
  readonly multicastGroups: ReadonlyMap<number, TargetMulticastGroup>;
  readonly cloneSessions: ReadonlyMap<number, TargetCloneSession>;
  /** Makes, replaces or (undefined) removes a group. */
  setMulticastGroup(id: number, group: TargetMulticastGroup | undefined): void;
  /** Makes, replaces or (undefined) removes a session. */
  setCloneSession(id: number, session: TargetCloneSession | undefined): void;
}

/** What the server needs of the switch it serves; EmbeddedSwitch has it. */
export interface SwitchTarget {
  readonly clock: Clock;
  readonly cpuPort: number | undefined;
  readonly program: ProgramObjects | undefined;
  readonly pre: ReplicationEngine;
  load(spec: ProgramSpec): void;
  receive(port: number, frame: Uint8Array): void;
  /** Frames for the CPU port; the bytes are valid during the call. Returns a function that ends it. */
  onPacketIn(listener: (frame: Uint8Array) => void): () => void;
  /** Entries that have been idle for their timeout. Returns a function that ends it. */
  onIdleTimeout(listener: (table: string, slots: readonly number[]) => void): () => void;
}
