import { Any, Code, MasterArbitrationUpdate, Role, Uint128 } from 'p4runtime-js';
import type { P4RuntimeError } from './errors.js';

/**
 * Where a client stands with its switch (P4Runtime section 5):
 *   disconnected  there is no stream; `error` says why the last one ended
 *   arbitrating   the bid is sent, the answer is not here yet
 *   primary       this client may write
 *   backup        another client is primary, `primaryId` is its election id
 *   closed        the client was closed; the last state
 */
export type ArbitrationState =
  | { readonly kind: 'disconnected'; readonly error: P4RuntimeError | undefined }
  | { readonly kind: 'arbitrating'; readonly electionId: bigint }
  | { readonly kind: 'primary'; readonly electionId: bigint }
  | { readonly kind: 'backup'; readonly electionId: bigint; readonly primaryId: bigint }
  | { readonly kind: 'closed' };

/** What to do after an arbitration update: nothing, or bid again with the election id the state names. */
export type ArbitrationStep = 'wait' | 'bid';

export interface ArbitratorOptions {
  readonly deviceId: string;
  /** Default 1. The highest id of the clients connected to a device and role wins. */
  readonly electionId?: bigint;
  /** Role of P4Runtime section 5.3; left out = the default role, which may do everything. */
  readonly role?: string | undefined;
  /**
   * Never bid with another id than one's own: where the ids are given out by somebody else (a lease, an elected
   * leader), one who bids itself up steals the switch back. Default false.
   */
  readonly fixedElectionId?: boolean;
  /** Message of an Any the switch understands as what the role may do: type URL and bytes. */
  readonly roleConfig?: RoleConfig | undefined;
  /** How often a taken election id is lowered by one before the client gives up. Default 5. */
  readonly maxClashes?: number;
  /**
   * How often an id is bid with again that is taken by what may be this client's own earlier stream: a switch that has
   * not noticed a lost connection keeps it for as long as its keepalive takes. Default 12, which is about 40 s with
   * the default backoff.
   */
  readonly maxOwnClashes?: number;
}

/** Contents of Role.config, which P4Runtime leaves to the target (section 5.3). */
export interface RoleConfig {
  /** Full name of the message, e.g. `stratum.P4RoleConfig`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The arbitration part of a stream: pure state, no I/O. */
export class Arbitrator {
  readonly #options: Required<Omit<ArbitratorOptions, 'role' | 'roleConfig'>> &
    Pick<ArbitratorOptions, 'role' | 'roleConfig'>;
  #electionId: bigint;
  #clashes = 0;
  #ownClashes = 0;
  /** Id of a stream that was lost and that the switch may take to be there. */
  #lostId: bigint | undefined;
  /** Bids in a row that were answered with "there is no primary". */
  #vacancies = 0;
  #state: ArbitrationState = { kind: 'disconnected', error: undefined };

  constructor(options: ArbitratorOptions) {
    this.#options = {
      deviceId: options.deviceId,
      electionId: options.electionId ?? 1n,
      maxClashes: options.maxClashes ?? 5,
      maxOwnClashes: options.maxOwnClashes ?? 12,
      fixedElectionId: options.fixedElectionId ?? false,
      role: options.role,
      roleConfig: options.roleConfig,
    };
    this.#electionId = this.#options.electionId;
  }

  get state(): ArbitrationState {
    return this.#state;
  }

  /** The id this client bids with now. */
  get electionId(): bigint {
    return this.#electionId;
  }

  /** The message that bids for primary; the state becomes arbitrating. */
  bid(): MasterArbitrationUpdate {
    const message = new MasterArbitrationUpdate();
    message.setDeviceId(this.#options.deviceId);
    message.setElectionId(toUint128(this.#electionId));
    const { role: name, roleConfig } = this.#options;
    if (name !== undefined || roleConfig !== undefined) {
      const role = new Role();
      if (name !== undefined) role.setName(name);
      if (roleConfig !== undefined) {
        const any = new Any();
        any.setTypeUrl(`type.googleapis.com/${roleConfig.type}`);
        any.setValue(roleConfig.bytes);
        role.setConfig(any);
      }
      message.setRole(role);
    }
    this.#state = { kind: 'arbitrating', electionId: this.#electionId };
    return message;
  }

  /** Takes the switch's answer in. */
  update(message: MasterArbitrationUpdate): ArbitrationStep {
    const primaryId = fromUint128(message.getElectionId());
    const code = message.getStatus()?.getCode() ?? Code.OK;
    this.#clashes = 0;
    this.#ownClashes = 0;
    this.#lostId = undefined;
    if (code === Code.OK) {
      this.#vacancies = 0;
      this.#state = { kind: 'primary', electionId: this.#electionId };
      return 'wait';
    }
    if (code === Code.NOT_FOUND) {
      const { fixedElectionId, maxClashes } = this.#options;
      // Nobody is primary, and nobody becomes it with an id that is not above all ids ever used.
      if (!fixedElectionId && primaryId >= this.#electionId) this.#electionId = primaryId + 1n;
      this.#state = { kind: 'backup', electionId: this.#electionId, primaryId: 0n };
      this.#vacancies += 1;
      // A switch that answers every bid so is not asked for ever.
      return this.#vacancies <= (fixedElectionId ? 1 : maxClashes) ? 'bid' : 'wait';
    }
    this.#vacancies = 0;
    this.#state = { kind: 'backup', electionId: this.#electionId, primaryId };
    return 'wait';
  }

  /** The stream ended. True where connecting again can help. */
  disconnected(error: P4RuntimeError | undefined): boolean {
    const wasAnswered = this.#state.kind === 'primary' || this.#state.kind === 'backup';
    this.#state = { kind: 'disconnected', error };
    this.#vacancies = 0;
    if (error?.isElectionIdUsed !== true) {
      if (wasAnswered && error !== undefined) this.#lostId = this.#electionId;
      return true;
    }
    if (this.#lostId === this.#electionId && this.#ownClashes < this.#options.maxOwnClashes) {
      this.#ownClashes += 1;
      return true;
    }
    this.#clashes += 1;
    if (this.#options.fixedElectionId) return false;
    if (this.#clashes > this.#options.maxClashes || this.#electionId <= 1n) return false;
    this.#electionId -= 1n;
    return true;
  }

  close(): void {
    this.#state = { kind: 'closed' };
  }

  /** One line for logs. */
  describe(): string {
    const state = this.#state;
    switch (state.kind) {
      case 'primary':
        return `primary with election id ${state.electionId}`;
      case 'backup':
        return `backup with election id ${state.electionId}, primary is ${state.primaryId}`;
      case 'arbitrating':
        return `arbitrating with election id ${state.electionId}`;
      case 'disconnected':
        return `disconnected${state.error === undefined ? '' : ` (${state.error.message})`}`;
      case 'closed':
        return 'closed';
    }
  }
}

const LOW_64 = (1n << 64n) - 1n;

export function toUint128(value: bigint): Uint128 {
  const message = new Uint128();
  message.setHigh((value >> 64n).toString());
  message.setLow((value & LOW_64).toString());
  return message;
}

export function fromUint128(message: Uint128 | undefined): bigint {
  if (message === undefined) return 0n;
  return (BigInt(message.getHigh()) << 64n) | BigInt(message.getLow());
}
