/** Takes turns: one at a time, in the order of asking. Who gives up waiting does not hold up those behind. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  /** Asks for the turn: `granted` is called when it has come, perhaps at once. @returns a function that gives up before that */
  ask(granted: () => void): () => void {
    if (this.#taken) this.#waiting.push(granted);
    else {
      this.#taken = true;
      granted();
    }
    return () => {
      const at = this.#waiting.indexOf(granted);
      if (at >= 0) this.#waiting.splice(at, 1);
    };
  }

  /** For who has the turn: passes it on. */
  pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}
