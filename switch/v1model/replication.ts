import { SwitchError } from '../runtime/index.js';

/** Where a copy goes. */
export interface Destination {
  readonly port: number;
  /** Value of egress_rid in the copy. */
  readonly instance: number;
}

/** A copy the packet replication engine makes. */
export interface Replica extends Destination {
  /** Whether the port came in P4Runtime's deprecated number field, to be read as it was written. */
  readonly portAsNumber?: boolean;
  /** Where the copy goes while `port` is down: the first of these whose port is up, best first. */
  readonly backups?: readonly Destination[];
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
  private readonly portsDown = new Set<number>();
  /** Where copies go by the state of the ports, for packets; made anew when either changes. */
  private readonly groupDestinations = new Map<number, readonly Destination[]>();
  private readonly sessionDestinations = new Map<number, readonly Destination[]>();

  get multicastGroups(): ReadonlyMap<number, MulticastGroup> {
    return this.groups;
  }

  get cloneSessions(): ReadonlyMap<number, CloneSession> {
    return this.sessions;
  }

  /** Where the copies of a group go now; undefined where there is no such group. */
  copiesOfGroup(id: number): readonly Destination[] | undefined {
    return this.groupDestinations.get(id);
  }

  /** Where the copies of a session go now; undefined where there is no such session. */
  copiesOfSession(id: number): readonly Destination[] | undefined {
    return this.sessionDestinations.get(id);
  }

  /** Makes, replaces or (undefined) removes a group. Throws INVALID_ARGUMENT. */
  setMulticastGroup(id: number, group: MulticastGroup | undefined): void {
    check('multicast group', id, 1, MAX_GROUP, group?.replicas);
    put(this.groups, id, group);
    put(this.groupDestinations, id, group && this.destinations(group.replicas));
  }

  /** Makes, replaces or (undefined) removes a session. Throws INVALID_ARGUMENT. */
  setCloneSession(id: number, session: CloneSession | undefined): void {
    check('clone session', id, 0, MAX_SESSION, session?.replicas);
    put(this.sessions, id, session);
    put(this.sessionDestinations, id, session && this.destinations(session.replicas));
  }

  /** Sends replicas to their backups, or back to their own ports. Ports are up until told otherwise. */
  setPortState(port: number, up: boolean): void {
    if (up ? !this.portsDown.delete(port) : this.portsDown.has(port)) return;
    if (!up) this.portsDown.add(port);
    for (const [id, { replicas }] of this.groups) this.groupDestinations.set(id, this.destinations(replicas));
    for (const [id, { replicas }] of this.sessions) {
      this.sessionDestinations.set(id, this.destinations(replicas));
    }
  }

  clear(): void {
    this.groups.clear();
    this.sessions.clear();
    this.groupDestinations.clear();
    this.sessionDestinations.clear();
  }

  /** A replica all of whose ports are down goes to its own port, where it is lost after egress. */
  private destinations(replicas: readonly Replica[]): Destination[] {
    return replicas.map((replica) => {
      const { port, backups = [] } = replica;
      if (!this.portsDown.has(port)) return replica;
      return backups.find((backup) => !this.portsDown.has(backup.port)) ?? replica;
    });
  }
}

function put<T>(map: Map<number, T>, id: number, value: T | undefined): void {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
}

function check(what: string, id: number, low: number, high: number, replicas: readonly Replica[] = []): void {
  if (!Number.isInteger(id) || id < low || id > high)
    throw new SwitchError('INVALID_ARGUMENT', `${what} ${id}`, `its id must be ${low} to ${high}`);
  for (const { port, instance } of replicas.flatMap((replica) => [replica, ...(replica.backups ?? [])])) {
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
