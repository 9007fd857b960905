/** Draws ranks 0 to n-1 with probability proportional to 1 / (rank + 1)^exponent. */
export class Zipf {
  readonly #cumulative: Float64Array;

  constructor(n: number, exponent: number) {
    this.#cumulative = new Float64Array(n);
    let total = 0;
    for (let rank = 0; rank < n; rank++) {
      total += (rank + 1) ** -exponent;
      this.#cumulative[rank] = total;
    }
    for (let rank = 0; rank < n; rank++) this.#cumulative[rank] = (this.#cumulative[rank] ?? 0) / total;
  }

  /** The rank at `point` in [0, 1) of the cumulative distribution. */
  rank(point: number): number {
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulative[middle] ?? 1) > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The probability of the `count` most popular ranks together: the best a cache of that size can do. */
  share(count: number): number {
    return count === 0 ? 0 : (this.#cumulative[Math.min(count, this.#cumulative.length) - 1] ?? 1);
  }
}
