import type { MatchKey, StoredEntry } from '../runtime/index.js';
import type { SourceInfo } from '../spec/types.js';
import type { P4Trace, TraceStep } from './trace.js';

/** A trace as an indented text, one step a line. */
export function printTrace({ port, frame, steps }: P4Trace): string {
  const lines = [`frame of ${frame.length} bytes on port ${port}`];
  for (const step of steps) {
    const indent = step.kind === 'ingress' || step.kind === 'egress' ? '  ' : '    ';
    lines.push(`${indent}${describe(step)}${'source' in step ? where(step.source) : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

function describe(step: TraceStep): string {
  switch (step.kind) {
    case 'parserState':
      return `state ${step.state}`;
    case 'extracted':
      return `  extract ${step.header}, ${step.bytes} bytes`;
    case 'parserError':
      return `parser error ${step.error}`;
    case 'condition':
      return `condition ${step.name}: ${step.result}`;
    case 'table': {
      const entry = 'entry' in step ? ` ${describeEntry(step.entry)}` : '';
      return `table ${step.table}: ${step.hit ? 'hit' : 'miss'}${entry} -> ${step.action ?? 'no action'}`;
    }
    case 'statement':
      return `  ${step.source.fragment}`;
    case 'ingress':
    case 'egress':
      return `${step.kind}, port ${step.port}`;
    case 'cloned':
    case 'multicast':
      return `${step.kind} to ports ${step.ports.join(', ') || 'none'}`;
    case 'digest':
      return `digest ${step.list}`;
    case 'resubmitted':
    case 'recirculated':
      return step.kind;
    case 'dropped':
      return `dropped after ${step.where}`;
    case 'fault':
      return `stopped: ${step.message}`;
    case 'sent':
      return `sent on port ${step.port}, ${step.bytes} bytes`;
  }
}

function describeEntry({ match, priority, action }: StoredEntry): string {
  const keys = match.map(describeKey).join(', ');
  const data = 'params' in action ? ` (${action.params.map(hex).join(', ')})` : '';
  return `[${keys}]${priority === 0 ? '' : ` priority ${priority}`}${data}`;
}

function describeKey(key: MatchKey): string {
  switch (key.kind) {
    case 'exact':
      return hex(key.value);
    case 'lpm':
      return `${hex(key.value)}/${key.prefixLength}`;
    case 'ternary':
      return `${hex(key.value)} &&& ${hex(key.mask)}`;
    case 'range':
      return `${hex(key.low)}..${hex(key.high)}`;
  }
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

function where(source: SourceInfo | undefined): string {
  return source === undefined ? '' : `   (${source.file}:${source.line})`;
}
