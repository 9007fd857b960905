/** What one packet does in a switch, as data and as text. */
export { type P4Trace, type TraceStep, traceP4Packet } from './trace.js';
export { printTrace } from './tree.js';
