import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock, EmbeddedSwitch } from '../switch/index.js';
import { printTrace } from '../switch/trace/index.js';
import { LOG_LEVELS, type LogLevel, type SwitchArguments } from './switch-arguments.js';

/** Where a switch process says what it does: the console, a file, both or neither. */
export class SwitchLog {
  private readonly threshold: number;
  private readonly clock: Clock;
  private readonly console: boolean;
  private readonly file: number | undefined;

  constructor({ level, console, file }: SwitchArguments['log'], clock: Clock) {
    this.threshold = LOG_LEVELS.indexOf(level);
    this.clock = clock;
    this.console = console;
    this.file = file === undefined ? undefined : openSync(file, 'a');
  }

  /** Whether anybody reads messages of a level. */
  wants(level: LogLevel): boolean {
    return (this.console || this.file !== undefined) && LOG_LEVELS.indexOf(level) >= this.threshold;
  }

  say(level: Exclude<LogLevel, 'off'>, message: string): void {
    if (!this.wants(level)) return;
    const line = `[${(this.clock.now() / 1e6).toFixed(6)}] [${level}] ${message}\n`;
    if (this.console) process.stdout.write(line);
    if (this.file !== undefined) writeSync(this.file, line);
  }

  /** Tells what the switch's packets do, as far as the level goes. */
  follow(device: EmbeddedSwitch): void {
    device.onLog((format, values) => this.say('info', fill(format, values)));
    device.onFault((fault) => this.say('warn', `packet stopped: ${fault.message}`));
    if (!this.wants('trace')) return;
    device.onTrace(({ port, frame, events }) => {
      for (const line of printTrace({ port, frame, steps: events }).trimEnd().split('\n'))
        this.say('trace', line);
    });
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}

/** log_msg's text: each {} is the next value. */
function fill(format: string, values: readonly bigint[]): string {
  let next = 0;
  return format.replaceAll('{}', () => String(values[next++] ?? '{}'));
}
