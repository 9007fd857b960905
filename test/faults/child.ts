import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a controller in a process of its own is to do. */
export interface ChildOrders {
  readonly id: string;
  readonly topology: string;
  /** Ports of the switches' servers. */
  readonly ports: Readonly<Record<string, number>>;
  /** Address of the host whose instances are registered, and the first of their ports. */
  readonly address: number;
  readonly firstPort: number;
  readonly pauseMs?: number;
  /** Where its state is: a file, or servers of etcd. */
  readonly file?: string;
  readonly etcd?: readonly string[];
  readonly prefix?: string;
}

/** What is known of registrations from what their controllers said. */
export class Ledger {
  /** Acknowledged, by instance number: the port. */
  readonly registered = new Map<number, number>();
  /** Their end was asked for; it may have come. */
  readonly doubtful = new Set<number>();
  /** Their end was acknowledged. */
  readonly gone = new Set<number>();
  acknowledged = 0;

  take(line: string): void {
    const [what, id, port] = line.split(' ');
    const number = Number(id);
    if (what === '+') {
      this.registered.set(number, Number(port));
      this.gone.delete(number);
      this.acknowledged += 1;
    } else if (what === '?') {
      this.doubtful.add(number);
    } else if (what === '-') {
      this.doubtful.delete(number);
      this.registered.delete(number);
      this.gone.add(number);
      this.acknowledged += 1;
    }
  }

  /** What is not as it was acknowledged, given the instances there are: port by number. */
  losses(present: ReadonlyMap<number, number>): string[] {
    const lost: string[] = [];
    for (const [id, port] of this.registered) {
      if (!this.doubtful.has(id) && present.get(id) !== port)
        lost.push(`instance ${id} at ${port} is not there`);
    }
    for (const id of this.gone) if (present.has(id)) lost.push(`instance ${id} is back`);
    return lost;
  }
}

/** A controller in a process of its own. */
export class ControllerChild {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  static readonly #running = new Set<ControllerChild>();
  #rest = '';
  #errors = '';

  constructor(orders: ChildOrders, onLine: (line: string) => void = () => undefined) {
    this.#process = spawn(
      process.execPath,
      [fileURLToPath(new URL('./controller-child.js', import.meta.url))],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SINCMESH_CHILD: JSON.stringify(orders) } },
    );
    this.#process.stdout?.setEncoding('utf8');
    this.#process.stdout?.on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        this.lines.push(line);
        onLine(line);
      }
    });
    this.#process.stderr?.setEncoding('utf8');
    this.#process.stderr?.on('data', (text: string) => {
      this.#errors += text;
    });
    ControllerChild.#running.add(this);
    this.#ended = new Promise((resolve) =>
      this.#process.once('close', () => {
        ControllerChild.#running.delete(this);
        resolve();
      }),
    );
  }

  /** For the end of a test, which may have failed: kills those that still run. */
  static async killAll(): Promise<void> {
    await Promise.all([...ControllerChild.#running].map((child) => child.kill()));
  }

  /** What it said when it ended by itself; undefined where it is running. */
  get failure(): string | undefined {
    return this.#process.exitCode === null ? undefined : `exit ${this.#process.exitCode}: ${this.#errors}`;
  }

  /** Resolves when it is gone and everything it said has been read. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }
}
