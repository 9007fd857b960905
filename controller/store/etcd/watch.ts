import type { EtcdError, EtcdGateway, Message } from './gateway.js';

/** What one commit changed: texts of values by key, undefined = deleted. */
export interface EtcdCommit {
  readonly revision: bigint;
  readonly changes: ReadonlyMap<string, string | undefined>;
}

export interface EtcdWatchOptions {
  readonly gateway: EtcdGateway;
  readonly prefix: string;
  readonly onCommit: (commit: EtcdCommit) => void;
  /** What happened after the last revision is no longer known: read everything, then start() again. */
  readonly onCompacted: () => void;
}

/** Follows all keys with a prefix, commit by commit, over as many connections as it takes. */
export class EtcdWatch {
  readonly #options: EtcdWatchOptions;
  #next = 0n;
  #endStream: (() => void) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = 0;
  #isOn = false;

  constructor(options: EtcdWatchOptions) {
    this.#options = options;
  }

  /** Tells of all commits after `revision`. */
  start(revision: bigint): void {
    this.#next = revision + 1n;
    this.#isOn = true;
    this.#open();
  }

  /** Connects anew, perhaps to another server. */
  restart(): void {
    this.#endStream?.();
  }

  stop(): void {
    this.#isOn = false;
    clearTimeout(this.#retry);
    this.#endStream?.();
  }

  #open(): void {
    const { gateway, prefix } = this.#options;
    const range = {
      key: encode(prefix),
      range_end: encode(endOf(prefix)),
      start_revision: String(this.#next),
    };
    const end = gateway.stream(
      '/v3/watch',
      { create_request: range },
      (result) => this.#take(result),
      (error) => this.#ended(error),
    );
    this.#endStream = end;
  }

  #take(result: Message): void {
    this.#pauseMs = 0;
    if (result['compact_revision'] !== undefined) {
      this.#isOn = false;
      this.#endStream?.();
      this.#options.onCompacted();
      return;
    }
    if (result['canceled'] === true) {
      this.#options.gateway.renewToken();
      this.#endStream?.();
      return;
    }
    const events = (result['events'] ?? []) as readonly {
      readonly type?: string;
      readonly kv: { readonly key: string; readonly value?: string; readonly mod_revision: string };
    }[];
    let changes = new Map<string, string | undefined>();
    let revision = 0n;
    const flush = () => {
      if (revision >= this.#next) {
        this.#next = revision + 1n;
        this.#options.onCommit({ revision, changes });
      }
      changes = new Map();
    };
    for (const { type, kv } of events) {
      const at = BigInt(kv.mod_revision);
      if (at !== revision && revision !== 0n) flush();
      revision = at;
      const key = decode(kv.key).slice(this.#options.prefix.length);
      changes.set(key, type === 'DELETE' ? undefined : decode(kv.value ?? ''));
    }
    if (revision !== 0n) flush();
  }

  #ended(_error: EtcdError): void {
    this.#endStream = undefined;
    if (!this.#isOn) return;
    this.#retry = setTimeout(() => {
      if (this.#isOn) this.#open();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(1000, this.#pauseMs * 2 + 10);
  }
}

export function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

export function decode(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

/** The first key after all that begin with a prefix. */
export function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
}
