/** The embedded P4 switch: any v1model program as p4c compiles it for BMv2. */
export { type Clock, wallClock } from './clock.js';
export { type FaultKind, PacketFault } from './compile/fail.js';
export type { Program } from './compile/program.js';
export type { PacketTrace, TraceEvent } from './compile/trace.js';
export type { Port } from './port.js';
export * from './runtime/index.js';
export { SpecError } from './spec/error.js';
export { loadProgram } from './spec/load.js';
export type { ProgramSpec, SourceInfo, TableSpec } from './spec/types.js';
export { EmbeddedSwitch, type LogListener, type SwitchOptions } from './switch.js';
export type { CloneSession, MulticastGroup, Replica, ReplicationEngine } from './v1model/replication.js';
export type { DropReason, SwitchStats } from './v1model/stats.js';
