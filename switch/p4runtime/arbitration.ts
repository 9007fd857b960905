import { type Any, MasterArbitrationUpdate, Role, Status, Uint128 } from 'p4runtime-js';
import { decodeRoleConfig, type RoleConfig } from './access.js';
import { CODES, P4RuntimeError } from './error.js';

/** A controller's stream, as far as arbitration goes. */
export interface Contender {
  /** undefined: never wants to be primary. */
  electionId: bigint | undefined;
  notify(update: MasterArbitrationUpdate): void;
}

/** BMv2's server takes as many. */
const MAX_CONTENDERS = 16;

/**
 * Chooses the primary of one role (P4Runtime specification, "Rules for Handling MasterArbitrationUpdate").
 * The primary is the live controller with the highest election id ever seen; when it goes, there is none
 * until a controller comes with an id at least as high.
 */
export class RoleArbiter {
  readonly role: string;
  private readonly deviceId: bigint;
  private readonly contenders = new Set<Contender>();
  private highest: bigint | undefined;
  private leader: Contender | undefined;
  private config: Any | undefined;
  private decodedConfig: RoleConfig | undefined;

  constructor(deviceId: bigint, role: string) {
    this.deviceId = deviceId;
    this.role = role;
  }

  get primary(): Contender | undefined {
    return this.leader;
  }

  /** What the role may do by the config its latest primary gave; undefined for everything. */
  get roleConfig(): RoleConfig | undefined {
    return this.decodedConfig;
  }

  /** Whether a request that carries `electionId` comes from the primary. */
  isPrimary(electionId: bigint | undefined): boolean {
    return this.leader !== undefined && this.leader.electionId === electionId;
  }

  /** Takes in a new controller. Throws INVALID_ARGUMENT (id in use, bad config) and RESOURCE_EXHAUSTED. */
  join(contender: Contender, electionId: bigint | undefined, config: Any | undefined): void {
    if (this.contenders.size >= MAX_CONTENDERS) {
      throw new P4RuntimeError('RESOURCE_EXHAUSTED', 'Too many connections');
    }
    if (this.inUse(electionId, contender)) {
      throw new P4RuntimeError('INVALID_ARGUMENT', 'Election id already exists');
    }
    const decoded = this.decode(config);
    this.contenders.add(contender);
    this.settle(contender, electionId, config, decoded);
  }

  /** Gives a live controller another election id. Throws INVALID_ARGUMENT (id in use, bad config). */
  update(contender: Contender, electionId: bigint | undefined, config: Any | undefined): void {
    if (this.inUse(electionId, contender)) {
      throw new P4RuntimeError('INVALID_ARGUMENT', 'New election id already exists');
    }
    this.settle(contender, electionId, config, this.decode(config));
  }

  /** Forgets a controller whose stream has ended; the others learn of it if it was the primary. */
  leave(contender: Contender): void {
    this.contenders.delete(contender);
    if (this.leader !== contender) return;
    this.leader = undefined;
    this.notifyAll();
  }

  private inUse(electionId: bigint | undefined, contender: Contender): boolean {
    if (electionId === undefined) return false;
    return [...this.contenders].some((other) => other !== contender && other.electionId === electionId);
  }

  /** Only a named role can be restricted: the default role has all of the pipeline. */
  private decode(config: Any | undefined): RoleConfig | undefined {
    const decoded = decodeRoleConfig(config);
    if (decoded === undefined || this.role !== '') return decoded;
    throw new P4RuntimeError(
      'INVALID_ARGUMENT',
      'the default role has full access; give the role a name to restrict it',
    );
  }

  private settle(
    contender: Contender,
    electionId: bigint | undefined,
    config: Any | undefined,
    decoded: RoleConfig | undefined,
  ): void {
    const wasPrimary = this.leader === contender;
    contender.electionId = electionId;
    if (electionId !== undefined && (this.highest === undefined || electionId >= this.highest)) {
      this.highest = electionId;
      this.leader = contender;
      this.config = config;
      this.decodedConfig = decoded;
      this.notifyAll();
      return;
    }
    if (wasPrimary) {
      this.leader = undefined;
      this.notifyAll();
    } else {
      contender.notify(this.messageFor(contender));
    }
  }

  /** The primary is told last: by then everybody else knows that they are not. */
  private notifyAll(): void {
    for (const contender of this.contenders) {
      if (contender !== this.leader) contender.notify(this.messageFor(contender));
    }
    this.leader?.notify(this.messageFor(this.leader));
  }

  private messageFor(contender: Contender): MasterArbitrationUpdate {
    const message = new MasterArbitrationUpdate();
    message.setDeviceId(this.deviceId.toString());
    if (this.role !== '' || this.config !== undefined) {
      const role = new Role();
      role.setName(this.role);
      role.setConfig(this.config);
      message.setRole(role);
    }
    if (this.highest !== undefined) message.setElectionId(encodeElectionId(this.highest));
    const status = new Status();
    if (contender === this.leader) {
      status.setCode(CODES.OK);
      status.setMessage('Is primary');
    } else if (this.leader !== undefined) {
      status.setCode(CODES.ALREADY_EXISTS);
      status.setMessage('Is backup');
    } else {
      status.setCode(CODES.NOT_FOUND);
      status.setMessage('Is backup, and there is no primary');
    }
    message.setStatus(status);
    return message;
  }
}

/** An election id as one integer. */
export function decodeElectionId(id: Uint128 | undefined): bigint | undefined {
  return id === undefined ? undefined : (BigInt(id.getHigh()) << 64n) | BigInt(id.getLow());
}

function encodeElectionId(id: bigint): Uint128 {
  const message = new Uint128();
  message.setHigh((id >> 64n).toString());
  message.setLow((id & 0xffffffffffffffffn).toString());
  return message;
}
