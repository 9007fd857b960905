import { ColorCounters } from './color-counts.js';
import { SwitchError } from './error.js';

/** What a meter counts. */
export type MeterUnit = 'packets' | 'bytes';

/** Green, yellow, red, as v1model numbers them. */
export type MeterColor = 0 | 1 | 2;

/** Two rates and bursts, in packets or bytes (per second). */
export interface MeterConfig {
  readonly cir: number;
  readonly cburst: number;
  readonly pir: number;
  readonly pburst: number;
  /** Excess burst of a single-rate three-colour meter (RFC 2697), whose peak is its committed rate; 0 for others. */
  readonly eburst?: number;
}

/** What P4Info may say of a meter (P4Runtime specification, "Meter & DirectMeter"). */
export type MeterType = 'two-rate-three-color' | 'single-rate-three-color' | 'single-rate-two-color';

/**
 * Two-rate three-colour meters (RFC 2698, colour-blind) the way BMv2 computes them: whole tokens, counted
 * from one time origin so that no rounding accumulates; the peak bucket is charged even when the committed
 * one is short. With an excess burst the meter has a single rate (RFC 2697) and the peak bucket is the excess one.
 * A meter without configuration is green. Every colour given is counted.
 */
class MeterCells {
  readonly unit: MeterUnit;
  readonly colors: ColorCounters;
  private configured: Uint8Array;
  /** Rates per microsecond. */
  private cir: Float64Array;
  private pir: Float64Array;
  private cburst: Float64Array;
  private pburst: Float64Array;
  private eburst: Float64Array;
  private ctokens: Float64Array;
  private ptokens: Float64Array;
  /** Tokens ever produced, at the last execution. */
  private cseen: Float64Array;
  private pseen: Float64Array;

  constructor(unit: MeterUnit, size: number) {
    this.unit = unit;
    this.colors = new ColorCounters(size);
    this.configured = new Uint8Array(size);
    this.cir = new Float64Array(size);
    this.pir = new Float64Array(size);
    this.cburst = new Float64Array(size);
    this.pburst = new Float64Array(size);
    this.eburst = new Float64Array(size);
    this.ctokens = new Float64Array(size);
    this.ptokens = new Float64Array(size);
    this.cseen = new Float64Array(size);
    this.pseen = new Float64Array(size);
  }

  /** Colour of a packet of `bytes` bytes at `nowUs` microseconds. Out of range and unconfigured: green. */
  execute(index: number, bytes: number, nowUs: number): MeterColor {
    if (index >= this.configured.length) return 0;
    if (this.configured[index] === 0) return this.colors.count(index, 0, bytes);
    const input = this.unit === 'packets' ? 1 : bytes;
    if (this.eburst[index] !== 0)
      return this.colors.count(index, this.singleRate(index, input, nowUs), bytes);
    const pmade = Math.floor(nowUs * (this.pir[index] ?? 0));
    const ptokens = Math.min(
      (this.ptokens[index] ?? 0) + pmade - (this.pseen[index] ?? 0),
      this.pburst[index] ?? 0,
    );
    this.pseen[index] = pmade;
    if (ptokens < input) {
      this.ptokens[index] = ptokens;
      return this.colors.count(index, 2, bytes);
    }
    this.ptokens[index] = ptokens - input;
    const cmade = Math.floor(nowUs * (this.cir[index] ?? 0));
    const ctokens = Math.min(
      (this.ctokens[index] ?? 0) + cmade - (this.cseen[index] ?? 0),
      this.cburst[index] ?? 0,
    );
    this.cseen[index] = cmade;
    if (ctokens < input) {
      this.ctokens[index] = ctokens;
      return this.colors.count(index, 1, bytes);
    }
    this.ctokens[index] = ctokens - input;
    return this.colors.count(index, 0, bytes);
  }

  /** RFC 2697, section 3: what the committed bucket has no room for goes to the excess one. */
  private singleRate(index: number, input: number, nowUs: number): MeterColor {
    const made = Math.floor(nowUs * (this.cir[index] ?? 0));
    const cburst = this.cburst[index] ?? 0;
    const committed = (this.ctokens[index] ?? 0) + made - (this.cseen[index] ?? 0);
    const ctokens = Math.min(committed, cburst);
    const ptokens = Math.min((this.ptokens[index] ?? 0) + committed - ctokens, this.eburst[index] ?? 0);
    const color = ctokens >= input ? 0 : ptokens >= input ? 1 : 2;
    this.cseen[index] = made;
    this.ctokens[index] = color === 0 ? ctokens - input : ctokens;
    this.ptokens[index] = color === 1 ? ptokens - input : ptokens;
    return color;
  }

  configAt(index: number): MeterConfig | undefined {
    if (!this.configured[index]) return undefined;
    const eburst = this.eburst[index] ?? 0;
    return {
      cir: Math.round((this.cir[index] ?? 0) * 1e6),
      cburst: this.cburst[index] ?? 0,
      pir: Math.round((this.pir[index] ?? 0) * 1e6),
      pburst: this.pburst[index] ?? 0,
      ...(eburst === 0 ? {} : { eburst }),
    };
  }

  /** Sets rates and fills both buckets; undefined takes the configuration away. Counts by colour stay. */
  setConfig(index: number, config: MeterConfig | undefined): void {
    this.configured[index] = 0;
    for (const column of this.columns()) column[index] = 0;
    if (config === undefined) return;
    this.configured[index] = 1;
    this.cir[index] = config.cir / 1e6;
    this.pir[index] = config.pir / 1e6;
    this.cburst[index] = config.cburst;
    this.pburst[index] = config.pburst;
    this.ctokens[index] = config.cburst;
    this.eburst[index] = config.eburst ?? 0;
    this.ptokens[index] = config.eburst || config.pburst;
  }

  /** Takes configuration and counts away. */
  clear(index: number): void {
    this.setConfig(index, undefined);
    this.colors.clear(index);
  }

  /** Makes room for `size` cells. */
  resize(size: number): void {
    const configured = new Uint8Array(size);
    configured.set(this.configured);
    this.configured = configured;
    this.colors.resize(size);
    const [cir, pir, cburst, pburst, eburst, ctokens, ptokens, cseen, pseen] = this.columns().map(
      (column) => {
        const larger = new Float64Array(size);
        larger.set(column);
        return larger;
      },
    );
    Object.assign(this, { cir, pir, cburst, pburst, eburst, ctokens, ptokens, cseen, pseen });
  }

  private columns(): Float64Array[] {
    const { cir, pir, cburst, pburst, eburst, ctokens, ptokens, cseen, pseen } = this;
    return [cir, pir, cburst, pburst, eburst, ctokens, ptokens, cseen, pseen];
  }
}

/** Throws INVALID_ARGUMENT unless the rates and bursts are ones a meter can run with. */
export function checkMeterConfig(thing: string, config: MeterConfig): void {
  for (const [name, value] of Object.entries(config)) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        thing,
        `${name} is an integer of 0 to 2^53 - 1, got ${value}`,
      );
    }
  }
  if (config.cir > config.pir) {
    throw new SwitchError(
      'INVALID_ARGUMENT',
      thing,
      `the committed rate (cir ${config.cir}) must not exceed the peak rate (pir ${config.pir})`,
    );
  }
}

/** Meters of a table's entries, by slot. */
export class DirectMeter extends MeterCells {
  constructor(unit: MeterUnit) {
    super(unit, 0);
  }
}

/** A v1model `meter`: `size` cells. */
export class MeterArray extends MeterCells {
  readonly name: string;
  readonly size: number;

  constructor(name: string, unit: MeterUnit, size: number) {
    super(unit, size);
    this.name = name;
    this.size = size;
  }

  /** Throws OUT_OF_RANGE. */
  read(index: number): MeterConfig | undefined {
    this.check(index);
    return this.configAt(index);
  }

  /** Throws OUT_OF_RANGE and INVALID_ARGUMENT. */
  write(index: number, config: MeterConfig | undefined): void {
    this.check(index);
    if (config !== undefined) checkMeterConfig(`meter ${this.name}`, config);
    this.setConfig(index, config);
  }

  private check(index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.size) return;
    throw new SwitchError(
      'OUT_OF_RANGE',
      `meter ${this.name}`,
      `index ${index} is outside 0..${this.size - 1}`,
    );
  }
}
