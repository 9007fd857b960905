import { SwitchError } from '../runtime/index.js';

/** A copy the packet replication engine makes. */
export interface Replica {
  readonly port: number;
  /** Value of egress_rid in the copy. */
  readonly instance: number;
}

export interface MulticastGroup {
  readonly replicas: readonly Replica[];
  readonly metadata?: Uint8Array | undefined;
}

export interface CloneSession {
  readonly replicas: readonly Replica[];
  /** Bytes a clone is cut to; 0 for none. */
  readonly packetLength: number;
  readonly classOfService: number;
}

/** Largest session id: simple_switch keeps bit 15 to tell that a clone was asked for. */
const MAX_SESSION = 0x7fff;
const MAX_GROUP = 0xffff;

/** The packet replication engine: multicast groups and clone sessions. */
export class ReplicationEngine {
  private readonly groups = new Map<number, MulticastGroup>();
  private readonly sessions = new Map<number, CloneSession>();

  get multicastGroups(): ReadonlyMap<number, MulticastGroup> {
    return this.groups;
  }

  get cloneSessions(): ReadonlyMap<number, CloneSession> {
    return this.sessions;
  }

  /** Makes, replaces or (undefined) removes a group. Throws INVALID_ARGUMENT. */
  setMulticastGroup(id: number, group: MulticastGroup | undefined): void {
    check('multicast group', id, 1, MAX_GROUP, group?.replicas);
    if (group === undefined) this.groups.delete(id);
    else this.groups.set(id, group);
  }

  /** Makes, replaces or (undefined) removes a session. Throws INVALID_ARGUMENT. */
  setCloneSession(id: number, session: CloneSession | undefined): void {
    check('clone session', id, 0, MAX_SESSION, session?.replicas);
    if (session === undefined) this.sessions.delete(id);
    else this.sessions.set(id, session);
  }

  clear(): void {
    this.groups.clear();
    this.sessions.clear();
  }
}

function check(what: string, id: number, low: number, high: number, replicas: readonly Replica[] = []): void {
  if (!Number.isInteger(id) || id < low || id > high)
    throw new SwitchError('INVALID_ARGUMENT', `${what} ${id}`, `its id must be ${low} to ${high}`);
  for (const { port, instance } of replicas) {
    if (!Number.isInteger(port) || port < 0 || port > 0xffff_ffff)
      throw new SwitchError('INVALID_ARGUMENT', `${what} ${id}`, `port ${port} is not a port number`);
    if (!Number.isInteger(instance) || instance < 0 || instance > 0xffff)
      throw new SwitchError(
        'INVALID_ARGUMENT',
        `${what} ${id}`,
        `instance ${instance} of port ${port} must be 0 to 65535`,
      );
  }
}
