import { MULTICAST_FIRST, MULTICAST_LAST } from '../fabric/program.js';
import type { ProfileOf } from '../fabric/program-profile.js';
import { Ranges } from './ranges.js';
import { Room } from './room.js';

/** What in-network groups take of one switch. */
export interface SwitchResources {
  readonly reduceCells: Ranges;
  readonly values: Ranges;
  readonly answers: Ranges;
  readonly multicast: Ranges;
  /** Entries that say who is a source of what, by which port. */
  readonly sources: Room;
}

/** The resources of every switch of a fabric. */
export class Resources {
  readonly profileOf: ProfileOf;
  readonly #switches = new Map<string, SwitchResources>();

  constructor(profileOf: ProfileOf) {
    this.profileOf = profileOf;
  }

  of(name: string): SwitchResources {
    const known = this.#switches.get(name);
    if (known !== undefined) return known;
    const profile = this.profileOf(name);
    const resources: SwitchResources = {
      // A power of two; Tofino joins base and slot by OR.
      reduceCells: new Ranges(`reduce cells of ${name}`, profile.reduce?.cells ?? 0, { aligned: true }),
      values: new Ranges(`counter cells of ${name}`, profile.cells?.values ?? 0),
      answers: new Ranges(`answers of ${name}`, profile.cells?.answers ?? 0),
      // Numbers start at MULTICAST_FIRST: multicast group 0 means none.
      multicast: new Ranges(`multicast groups of ${name}`, MULTICAST_LAST - MULTICAST_FIRST + 1),
      sources: new Room(`sources of groups at ${name}`, profile.sincSources),
    };
    this.#switches.set(name, resources);
    return resources;
  }
}
