import type { TraceEvent } from '../compile/trace.js';
import type { StoredEntry } from '../runtime/index.js';
import type { EmbeddedSwitch } from '../switch.js';

/** A step of a packet; a table's hit comes with the entry as it was when the packet hit it. */
export type TraceStep = TraceEvent | (TraceEvent & { readonly kind: 'table'; readonly entry: StoredEntry });

/** What a frame did in a switch, and everything it gave rise to. */
export interface P4Trace {
  readonly port: number;
  readonly frame: Uint8Array;
  readonly steps: readonly TraceStep[];
}

/**
 * Sends a frame through a switch and tells what it did. The frame is a real one: it counts, and what it gives rise to
 * is transmitted. Tracing is on for this frame alone.
 */
export function traceP4Packet(device: EmbeddedSwitch, port: number, frame: Uint8Array): P4Trace[] {
  const traces: P4Trace[] = [];
  const stop = device.onTrace((trace) => {
    const steps = trace.events.map((event) => withEntry(device, event));
    traces.push({ port: trace.port, frame: trace.frame, steps });
  });
  try {
    device.receive(port, frame);
  } finally {
    stop();
  }
  return traces;
}

function withEntry(device: EmbeddedSwitch, event: TraceEvent): TraceStep {
  if (event.kind !== 'table' || !event.hit) return event;
  const table = device.program?.tables.get(event.table);
  return table === undefined ? event : { ...event, entry: table.entryAt(event.slot) };
}
