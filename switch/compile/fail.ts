/** Why a packet stopped in the middle of the program. BMv2 stops the process where an assertion fails. */
export type FaultKind = 'assert' | 'assume' | 'loop';

/** Thrown by generated code, caught where the packet's path begins; the packet is dropped and counted. */
export class PacketFault extends Error {
  override readonly name = 'PacketFault';
  readonly kind: FaultKind;

  constructor(kind: FaultKind, where: string) {
    super(kind === 'loop' ? 'a loop in an action does not end' : `${kind} failed at ${where}`);
    this.kind = kind;
  }
}
