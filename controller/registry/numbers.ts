import { ControllerError } from '../errors.js';

const MAX_ID = 65_535;
const MAX_HOSTS = 0xff_ffff;
/** Services with higher numbers are neither counted nor sticky (contracts of the program). */
const MAX_COUNTED = 4095;

/** The numbers of instances, services and hosts that are free. */
export class Numbers {
  /** Whether an instance has the number. */
  readonly #isInstance: (id: number) => boolean;
  /** Whether the number of a forgotten service cannot be used again yet. */
  readonly #isResting: (service: number) => boolean;
  /** Instance numbers whose record in the store is being written or deleted: not free, and nobody's yet. */
  readonly #claimed = new Set<number>();
  readonly #services = new Set<number>();
  #lastInstance = 0;
  /** Where the search for a free service number begins. */
  #firstService = 1;
  /** The last one given out above those that are counted. */
  #lastUncounted = MAX_COUNTED;
  #lastHost = 0;

  constructor(isInstance: (id: number) => boolean, isResting: (service: number) => boolean) {
    this.#isInstance = isInstance;
    this.#isResting = isResting;
  }

  /** Another controller hands out numbers here as well: they are left to it. */
  goElsewhere(): void {
    this.#lastInstance = Math.floor(Math.random() * MAX_ID);
    this.#firstService = 1 + Math.floor(Math.random() * MAX_COUNTED);
    this.#lastUncounted = MAX_COUNTED + Math.floor(Math.random() * (MAX_ID - MAX_COUNTED));
  }

  /** Numbers go up and come round, so that one just freed is not taken for its successor. */
  freeInstance(): number {
    for (let tries = 0; tries < MAX_ID; tries += 1) {
      this.#lastInstance = (this.#lastInstance % MAX_ID) + 1;
      const isFree = !this.#isInstance(this.#lastInstance) && !this.#claimed.has(this.#lastInstance);
      if (isFree) return this.#lastInstance;
    }
    throw new ControllerError('NO_ROOM', `all ${MAX_ID} instance numbers are in use; deregister some`);
  }

  /** Instances whose record is being written or deleted. */
  get claimedCount(): number {
    return this.#claimed.size;
  }

  /** Services that have a number, also those that are being made. */
  get serviceCount(): number {
    return this.#services.size;
  }

  instanceKnown(id: number): void {
    this.#lastInstance = Math.max(this.#lastInstance, id);
  }

  claimInstance(id: number): void {
    this.#claimed.add(id);
  }

  releaseInstance(id: number): void {
    this.#claimed.delete(id);
  }

  /** One that switches count for, where there is any; the others go up and come round. */
  freeService(): number {
    const isFree = (number: number) => !this.#services.has(number) && !this.#isResting(number);
    for (let i = 0; i < MAX_COUNTED; i += 1) {
      const number = ((this.#firstService - 1 + i) % MAX_COUNTED) + 1;
      if (isFree(number)) return number;
    }
    for (let tries = MAX_COUNTED; tries < MAX_ID; tries += 1) {
      this.#lastUncounted = this.#lastUncounted === MAX_ID ? MAX_COUNTED + 1 : this.#lastUncounted + 1;
      if (isFree(this.#lastUncounted)) return this.#lastUncounted;
    }
    throw new ControllerError('NO_ROOM', `all ${MAX_ID} service numbers are in use`);
  }

  takeService(number: number): void {
    this.#services.add(number);
  }

  releaseService(number: number): void {
    this.#services.delete(number);
  }

  nextHost(): number {
    if (this.#lastHost >= MAX_HOSTS) throw new ControllerError('NO_ROOM', 'no host number is left');
    this.#lastHost += 1;
    return this.#lastHost;
  }

  hostKnown(number: number): void {
    this.#lastHost = Math.max(this.#lastHost, number);
  }
}
