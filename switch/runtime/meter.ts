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
}

/**
 * Two-rate three-colour meters (RFC 2698, colour-blind) the way BMv2 computes them: whole tokens, counted
 * from one time origin so that no rounding accumulates; the peak bucket is charged even when the committed
 * one is short. A meter without configuration is green.
 */
class MeterCells {
  readonly unit: MeterUnit;
  private configured: Uint8Array;
  /** Rates per microsecond. */
  private cir: Float64Array;
  private pir: Float64Array;
  private cburst: Float64Array;
  private pburst: Float64Array;
  private ctokens: Float64Array;
  private ptokens: Float64Array;
  /** Tokens ever produced, at the last execution. */
  private cseen: Float64Array;
  private pseen: Float64Array;

  constructor(unit: MeterUnit, size: number) {
    this.unit = unit;
    this.configured = new Uint8Array(size);
    this.cir = new Float64Array(size);
    this.pir = new Float64Array(size);
    this.cburst = new Float64Array(size);
    this.pburst = new Float64Array(size);
    this.ctokens = new Float64Array(size);
    this.ptokens = new Float64Array(size);
    this.cseen = new Float64Array(size);
    this.pseen = new Float64Array(size);
  }

  /** Colour of a packet of `bytes` bytes at `nowUs` microseconds. Out of range and unconfigured: green. */
  execute(index: number, bytes: number, nowUs: number): MeterColor {
    if (index >= this.configured.length || this.configured[index] === 0) return 0;
    const input = this.unit === 'packets' ? 1 : bytes;
    const pmade = Math.floor(nowUs * (this.pir[index] ?? 0));
    const ptokens = Math.min(
      (this.ptokens[index] ?? 0) + pmade - (this.pseen[index] ?? 0),
      this.pburst[index] ?? 0,
    );
    this.pseen[index] = pmade;
    if (ptokens < input) {
      this.ptokens[index] = ptokens;
      return 2;
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
      return 1;
    }
    this.ctokens[index] = ctokens - input;
    return 0;
  }

  configAt(index: number): MeterConfig | undefined {
    if (!this.configured[index]) return undefined;
    return {
      cir: Math.round((this.cir[index] ?? 0) * 1e6),
      cburst: this.cburst[index] ?? 0,
      pir: Math.round((this.pir[index] ?? 0) * 1e6),
      pburst: this.pburst[index] ?? 0,
    };
  }

  /** Sets rates and fills both buckets; undefined takes the configuration away. */
  setConfig(index: number, config: MeterConfig | undefined): void {
    this.clear(index);
    if (config === undefined) return;
    this.configured[index] = 1;
    this.cir[index] = config.cir / 1e6;
    this.pir[index] = config.pir / 1e6;
    this.cburst[index] = config.cburst;
    this.pburst[index] = config.pburst;
    this.ctokens[index] = config.cburst;
    this.ptokens[index] = config.pburst;
  }

  clear(index: number): void {
    this.configured[index] = 0;
    for (const column of this.columns()) column[index] = 0;
  }

  /** Makes room for `size` cells. */
  resize(size: number): void {
    const configured = new Uint8Array(size);
    configured.set(this.configured);
    this.configured = configured;
    const [cir, pir, cburst, pburst, ctokens, ptokens, cseen, pseen] = this.columns().map((column) => {
      const larger = new Float64Array(size);
      larger.set(column);
      return larger;
    });
    Object.assign(this, { cir, pir, cburst, pburst, ctokens, ptokens, cseen, pseen });
  }

  private columns(): Float64Array[] {
    return [this.cir, this.pir, this.cburst, this.pburst, this.ctokens, this.ptokens, this.cseen, this.pseen];
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
