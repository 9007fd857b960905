/** Something that happens at a moment of virtual time. */
export interface Event {
  /** Microseconds. */
  readonly time: number;
  /** Ties are broken by the order of scheduling, which keeps runs repeatable. */
  readonly order: number;
  cancelled: boolean;
  fire(): void;
}

function before(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

/** A binary heap of events, earliest first. */
export class EventQueue {
  readonly #heap: Event[] = [];

  get size(): number {
    return this.#heap.length;
  }

  peek(): Event | undefined {
    return this.#heap[0];
  }

  push(event: Event): void {
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(event);
    while (hole > 0) {
      const up = (hole - 1) >> 1;
      const parent = heap[up] as Event;
      if (!before(event, parent)) break;
      heap[hole] = parent;
      hole = up;
    }
    heap[hole] = event;
  }

  pop(): Event | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let hole = 0;
    const size = heap.length;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1] as Event, heap[child] as Event)) child++;
      const candidate = heap[child] as Event;
      if (!before(candidate, last)) break;
      heap[hole] = candidate;
      hole = child;
    }
    heap[hole] = last;
    return top;
  }
}
