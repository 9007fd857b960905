import type { NamedValue } from '../compile/trace.js';
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
      return `  extract ${step.header}, ${step.bytes} bytes${step.fields.map(assigned).join('')}`;
    case 'parserError':
      return `parser error ${step.error}`;
    case 'condition':
      return `condition ${step.name}: ${step.result}`;
    case 'table': {
      const entry = 'entry' in step ? ` ${describeEntry(step.entry)}` : '';
      const key = step.key.map(({ name, value }) => `${name}=${hex(value)}`).join(', ');
      const parameters = step.parameters.map(({ name, value }) => `${name}=${hex(value)}`).join(', ');
      const action = step.action === undefined ? 'no action' : `${step.action}(${parameters})`;
      return `table ${step.table} (${key}): ${step.hit ? 'hit' : 'miss'}${entry} -> ${action}`;
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

function assigned({ name, value }: NamedValue): string {
  return ` ${name}=${hex(value)}`;
}

function describeEntry({ match, priority }: StoredEntry): string {
  return `[${match.map(describeKey).join(', ')}]${priority === 0 ? '' : ` priority ${priority}`}`;
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
