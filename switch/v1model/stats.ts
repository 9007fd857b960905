/** Why a packet went no further. */
export type DropReason =
  /** egress_spec was the drop port after ingress. */
  | 'ingress'
  /** egress_spec was the drop port after egress. */
  | 'egress'
  /** Its multicast group is not there or has no replicas. */
  | 'noReplica'
  /** Nothing is attached to the port it was sent to. */
  | 'noPort'
  /** Its priority names a queue there is not. */
  | 'priority'
  /** assert or assume failed, or a loop in an action did not end. */
  | 'fault'
  /** It was resubmitted, recirculated or cloned without end. */
  | 'endless'
  /** No program is loaded. */
  | 'noProgram';

/** What a switch has done, in packets since it was made. */
export interface SwitchStats {
  received: number;
  transmitted: number;
  /** Packets sent to the CPU port's listeners. */
  packetIns: number;
  readonly dropped: Record<DropReason, number>;
}

export function newStats(): SwitchStats {
  return {
    received: 0,
    transmitted: 0,
    packetIns: 0,
    dropped: {
      ingress: 0,
      egress: 0,
      noReplica: 0,
      noPort: 0,
      priority: 0,
      fault: 0,
      endless: 0,
      noProgram: 0,
    },
  };
}
