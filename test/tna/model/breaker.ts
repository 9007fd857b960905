import { Pass, RegisterArray } from './registers.js';

/** What `ingress.breaker.limits` says of an instance. */
export interface BreakerLimits {
  /** 1 to 255. */
  readonly generation: number;
  /** Binary logarithm of the window, 9 to 30. */
  readonly window: number;
  /** 0 = no limit; so are `maxFailures`. */
  readonly maxOutstanding: number;
  readonly maxFailures: number;
  readonly rest: number;
}

/** Why a request comes in once more, and with how many that were lost. */
type Again = { readonly kind: 'over' | 'lost' | 'over-and-lost' | 'lost-in-trial'; readonly lost: number };

type Parity = 'even' | 'odd';

interface Windows {
  readonly epoch: number;
  readonly earlier: number;
  readonly size: number;
  readonly present: Parity;
  readonly other: Parity;
}

const CELLS = 32_768;
/** Binary logarithm of the units of rest, in units of windows. */
const SLOW = 6;
const CLOSED = 0;
const OPEN = 1;
const HALF_OPEN = 2;

const word = (n: number): number => n >>> 0;
/** `|-|` of unsigned numbers. */
const less = (a: number, b: number): number => Math.max(0, a - b);

/** p4src/tna/breaker.p4, register by register. Times are units of 1,024 ns. */
export class BreakerModel {
  readonly #failures = new RegisterArray('failures', CELLS, 2);
  readonly #owner = new RegisterArray('owner', CELLS);
  readonly #trip = new RegisterArray('trip', CELLS, 2);
  readonly #outstanding = {
    even: new RegisterArray('even', CELLS, 2),
    odd: new RegisterArray('odd', CELLS, 2),
  };
  readonly #window = new RegisterArray('window', CELLS);
  readonly #heard = new RegisterArray('heard', CELLS);
  /** Second passes there have been. */
  secondPasses = 0;

  /** Whether an instance is resting. */
  isOpen(instance: number): boolean {
    return this.#trip.peek(instance)[1] === OPEN;
  }

  /** Whether a request passes. It is stamped with the lower 32 bits of `now`. */
  request(instance: number, limits: BreakerLimits, now: number): boolean {
    const first = this.#pass(instance, limits, now, undefined);
    if (typeof first === 'boolean') return first;
    this.secondPasses += 1;
    return this.#pass(instance, limits, now, first) === true;
  }

  /** An answer on its way to a client; `stamp` is what it brings back, 0 = nothing. */
  answer(
    instance: number,
    limits: BreakerLimits,
    kind: 'success' | 'failure' | 'other',
    stamp: number,
    now: number,
  ): void {
    const pass = new Pass();
    if (kind === 'success') {
      this.#failures.execute(pass, instance, 'succeed', (words) => {
        words[1] = 0;
        return undefined;
      });
      this.#close(pass, instance);
      this.#heard.execute(pass, instance, 'note_heard', (words) => {
        words[0] = 1;
        return undefined;
      });
    } else if (kind === 'failure') {
      this.#failures.execute(pass, instance, 'fail', (words) => {
        words[1] = Math.min(0xffff_ffff, (words[1] ?? 0) + 1);
        return undefined;
      });
      this.#trip.execute(pass, instance, 'reopen', (words, alu) => {
        if (alu.test(words[1] === HALF_OPEN)) {
          words[1] = OPEN;
          words[0] = slow(now);
        }
        return undefined;
      });
    }
    if (stamp !== 0) this.#leave(pass, instance, windowsOf(limits.window, stamp));
  }

  #pass(instance: number, limits: BreakerLimits, now: number, came: Again | undefined): boolean | Again {
    const pass = new Pass();
    const { maxFailures, maxOutstanding } = limits;
    const owner = limits.generation * 256 + limits.window;
    const windows = windowsOf(limits.window, word(now));
    let isFresh = false;
    let isMany: boolean;
    if (came === undefined) {
      isMany = this.#ask(pass, instance, owner, maxFailures);
      isFresh = this.#own(pass, instance, owner);
    } else if (came.kind === 'over') {
      isMany = false;
    } else {
      isMany = this.#add(pass, instance, came.lost, less(maxFailures, came.lost));
    }
    let asked = false;
    let passes = false;
    if (isFresh) this.#close(pass, instance);
    else if (isMany && maxFailures !== 0 && came?.kind !== 'lost-in-trial') {
      asked = true;
      passes = this.#try(pass, instance, now, limits.rest);
    }
    const refused = asked && !passes;
    if (came !== undefined) {
      const isOver = came.kind === 'over' || came.kind === 'over-and-lost';
      if (isOver || (came.kind === 'lost' && refused)) this.#leave(pass, instance, windows);
      return !isOver && !refused;
    }
    if (refused) return false;
    if (isFresh) {
      const { present, epoch } = windows;
      this.#outstanding[present].execute(pass, instance, `begin_${present}`, (words) => {
        words[0] = epoch;
        words[1] = 1;
        return undefined;
      });
    }
    const present = isFresh ? 0 : this.#enter(pass, instance, windows);
    const before = this.#keep(pass, instance, windows);
    const passed = this.#window.execute(pass, instance, 'pass_to', (words) => {
      const since = word(windows.epoch - (words[0] ?? 0));
      words[0] = windows.epoch;
      return since;
    });
    const sum = present + before;
    const heard =
      passed === 0 && !isFresh
        ? 0
        : this.#heard.execute(pass, instance, 'ask_heard', (words) => {
            const came = words[0] ?? 0;
            words[0] = 0;
            return came;
          });
    if (isFresh) return true;
    const lost = passed === 0 || heard === 1 ? 0 : passed === windows.size ? present : sum;
    const counted = passed === 0 ? sum : passed === windows.size ? before : undefined;
    const isOver = maxOutstanding !== 0 && counted !== undefined && less(maxOutstanding, counted) === 0;
    if (isOver) return { kind: lost === 0 ? 'over' : 'over-and-lost', lost };
    if (lost !== 0) return { kind: asked ? 'lost-in-trial' : 'lost', lost };
    return true;
  }

  #ask(pass: Pass, instance: number, owner: number, max: number): boolean {
    const many = this.#failures.execute(pass, instance, 'ask_failures', (words, alu) => {
      const isOwn = alu.test(words[0] === owner);
      const isMany = alu.test((words[1] ?? 0) >= max);
      if (!isOwn) {
        words[0] = owner;
        words[1] = 0;
      }
      return isOwn && isMany ? 1 : 0;
    });
    return many === 1;
  }

  #own(pass: Pass, instance: number, owner: number): boolean {
    const fresh = this.#owner.execute(pass, instance, 'own', (words, alu) => {
      const isOther = alu.test(words[0] !== owner);
      words[0] = owner;
      return isOther ? 1 : 0;
    });
    return fresh === 1;
  }

  #add(pass: Pass, instance: number, lost: number, bound: number): boolean {
    const many = this.#failures.execute(pass, instance, 'add_lost', (words, alu) => {
      const isMany = alu.test((words[1] ?? 0) >= bound);
      words[1] = Math.min(0xffff_ffff, (words[1] ?? 0) + lost);
      return isMany ? 1 : 0;
    });
    return many === 1;
  }

  #try(pass: Pass, instance: number, now: number, rest: number): boolean {
    const slowNow = slow(now);
    const rested = word(slowNow - (rest >>> SLOW));
    const quarter = rested >>> 30;
    const isMiddle = quarter === 1 || quarter === 2;
    const program = isMiddle ? 'ask' : 'ask_around';
    const passes = this.#trip.execute(pass, instance, program, (words, alu) => {
      const isClosed = alu.test(words[1] === CLOSED);
      const since = words[0] ?? 0;
      const isRested = alu.test(isMiddle ? since <= rested : (since | 0) <= (rested | 0));
      if (isClosed) words[1] = OPEN;
      else if (isRested) words[1] = HALF_OPEN;
      if (isClosed || isRested) words[0] = slowNow;
      return !isClosed && isRested ? 1 : 0;
    });
    return passes === 1;
  }

  #close(pass: Pass, instance: number): void {
    this.#trip.execute(pass, instance, 'close', (words) => {
      words[1] = CLOSED;
      return undefined;
    });
  }

  #enter(pass: Pass, instance: number, { present, epoch }: Windows): number {
    return this.#outstanding[present].execute(pass, instance, `enter_${present}`, (words, alu) => {
      const before = words[1] ?? 0;
      words[1] = alu.test(words[0] === epoch) ? before + 1 : 1;
      words[0] = epoch;
      return before;
    });
  }

  #keep(pass: Pass, instance: number, { other, earlier }: Windows): number {
    return this.#outstanding[other].execute(pass, instance, `keep_${other}`, (words, alu) => {
      const before = words[1] ?? 0;
      if (alu.test(words[0] !== earlier)) words[1] = 0;
      words[0] = earlier;
      return before;
    });
  }

  #leave(pass: Pass, instance: number, { present, epoch }: Windows): void {
    this.#outstanding[present].execute(pass, instance, `leave_${present}`, (words, alu) => {
      if (alu.test(words[0] === epoch)) words[1] = less(words[1] ?? 0, 1);
      return undefined;
    });
  }
}

function slow(now: number): number {
  return word(Math.floor(now / 2 ** SLOW));
}

/** Of the window a time is in. */
function windowsOf(log: number, when: number): Windows {
  const size = word(1 << log);
  const epoch = word(when & (0xffff_ffff << log));
  const isOdd = word(when & size) !== 0;
  return {
    epoch,
    size,
    earlier: word(epoch - size),
    present: isOdd ? 'odd' : 'even',
    other: isOdd ? 'even' : 'odd',
  };
}
