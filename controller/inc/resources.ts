import { MULTICAST_FIRST, MULTICAST_LAST } from '../fabric/program.js';
import { Ranges } from './ranges.js';

/** Cells of each register of sincmesh.p4 (p4src/shared/sizes.p4). */
export const REDUCE_CELLS = 4096;
export const VALUE_CELLS = 65_536;
export const ANSWERS = 65_536;

/** What in-network groups take of one switch. */
export interface SwitchResources {
  readonly reduceCells: Ranges;
  readonly values: Ranges;
  readonly answers: Ranges;
  readonly multicast: Ranges;
}

/** The resources of every switch of a fabric. */
export class Resources {
  readonly #switches = new Map<string, SwitchResources>();

  of(name: string): SwitchResources {
    const known = this.#switches.get(name);
    if (known !== undefined) return known;
    const resources: SwitchResources = {
      // A power of two; Tofino joins base and slot by OR.
      reduceCells: new Ranges(`reduce cells of ${name}`, REDUCE_CELLS, { aligned: true }),
      values: new Ranges(`counter cells of ${name}`, VALUE_CELLS),
      answers: new Ranges(`answers of ${name}`, ANSWERS),
      // Numbers start at MULTICAST_FIRST: multicast group 0 means none.
      multicast: new Ranges(`multicast groups of ${name}`, MULTICAST_LAST - MULTICAST_FIRST + 1),
    };
    this.#switches.set(name, resources);
    return resources;
  }
}
