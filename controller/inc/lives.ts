/** A reply is no longer under way from its server to the switch that server hangs on, microseconds. */
export const REPLY_LIFETIME_US = 60_000_000;

/** Generations are 1 to 255; 0 is that of a slot nobody has used. */
const GENERATIONS = 255;

/** Once that a slot held a key. */
export interface Life {
  readonly generation: number;
  readonly key: bigint;
}

interface Past extends Life {
  /** When another life began in its slot; undefined while none has. */
  over: number | undefined;
}

/**
 * Which generations the slots and the keys of one switch have had. A reply to a request that an earlier entry of its key
 * stamped may still be under way: a new entry of the key, in whatever slot, must not take that stamp for its own, so a
 * key gets no generation again that it had within the lifetime of a reply. Nor may an entry find what another left in its
 * slot: a slot goes through all generations in turn.
 */
export class Lives {
  readonly #last = new Map<number, Past>();
  readonly #ofKey = new Map<bigint, Past[]>();
  /** Those that are over, in the order in which they ended. */
  readonly #over = new Set<Past>();

  /** Whether a slot has been used. */
  has(index: number): boolean {
    return this.#last.has(index);
  }

  /** The generation a key has to have in a slot; undefined where it has had all of them too lately. */
  next(key: bigint, index: number, now: number): number | undefined {
    this.#forget(now);
    const taken = new Set(this.#ofKey.get(key)?.map(({ generation }) => generation));
    const before = this.#last.get(index)?.generation ?? 0;
    for (let step = 1; step < GENERATIONS; step++) {
      const generation = ((before + step - 1) % GENERATIONS) + 1;
      if (!taken.has(generation)) return generation;
    }
    return undefined;
  }

  /** A slot holds, or is about to hold, a key. */
  begin(index: number, { generation, key }: Life, now: number): void {
    const before = this.#last.get(index);
    if (before !== undefined) {
      before.over = now;
      this.#over.add(before);
    }
    const life: Past = { generation, key, over: undefined };
    this.#last.set(index, life);
    const others = this.#ofKey.get(key);
    if (others === undefined) this.#ofKey.set(key, [life]);
    else others.push(life);
  }

  #forget(now: number): void {
    for (const life of this.#over) {
      if (life.over === undefined || now - life.over < REPLY_LIFETIME_US) return;
      this.#over.delete(life);
      const left = this.#ofKey.get(life.key)?.filter((other) => other !== life) ?? [];
      if (left.length === 0) this.#ofKey.delete(life.key);
      else this.#ofKey.set(life.key, left);
    }
  }
}
