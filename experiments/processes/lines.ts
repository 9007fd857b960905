import { createInterface } from 'node:readline';

/** A request as one line of JSON: `id` comes back in the answer, `op` says what to do, the rest are its arguments. */
export interface Request {
  readonly id: number;
  readonly op: string;
  readonly arguments: ReadonlyMap<string, unknown>;
}

export type Operations = Readonly<Record<string, (args: Arguments) => Promise<unknown>>>;

/** Arguments of a request, checked as they are asked for. */
export class Arguments {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== 'string')
      throw new Error(`argument '${name}' is ${JSON.stringify(value)}; give text`);
    return value;
  }

  number(name: string, byDefault?: number): number {
    const value = this.#values.get(name) ?? byDefault;
    if (typeof value !== 'number')
      throw new Error(`argument '${name}' is ${JSON.stringify(value)}; give a number`);
    return value;
  }

  texts(name: string): string[] {
    const value = this.#values.get(name);
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw new Error(`argument '${name}' is ${JSON.stringify(value)}; give a list of texts`);
    }
    return value;
  }
}

/**
 * Serves requests read from standard input, one JSON object a line, until it ends. Requests run at the same time; each
 * is answered with `{"id", "ok": true, "result"}` or `{"id", "ok": false, "message"}`.
 */
export async function serveLines(operations: Operations): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const work = answer(operations, line).finally(() => running.delete(work));
    running.add(work);
  }
  await Promise.all(running);
}

async function answer(operations: Operations, line: string): Promise<void> {
  let id: unknown = null;
  try {
    const request: unknown = JSON.parse(line);
    if (typeof request !== 'object' || request === null) throw new Error('a request is a JSON object');
    const values = new Map<string, unknown>(Object.entries(request));
    id = values.get('id') ?? null;
    const op = String(values.get('op'));
    const operation = Object.hasOwn(operations, op) ? operations[op] : undefined;
    if (operation === undefined) {
      throw new Error(`no operation '${op}'; there are ${Object.keys(operations).join(', ')}`);
    }
    say({ id, ok: true, result: (await operation(new Arguments(values))) ?? null });
  } catch (error) {
    say({ id, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
