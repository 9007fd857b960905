import { randomBytes } from 'node:crypto';
import { AUTH_KEY_BYTES } from '../../wire/index.js';
import type { Clock, Timer } from '../clock.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Topology } from '../fabric/topology.js';
import { Signal } from '../p4runtime/index.js';
import { Serial } from '../registry/serial.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { compileSpec } from '../validate.js';
import { MAX_GENERATION, MAX_KEY_ID, SLOTS } from './program.js';

/** A key in force. */
export interface Key {
  /** Number that packets signed with it carry, 1 to 65,535. */
  readonly keyId: number;
  /** 16 hexadecimal digits. */
  readonly key: string;
  /** Where switches remember which of its packets have passed. */
  readonly slot: number;
  readonly generation: number;
  /** Another one has taken its place, and it holds no longer than the overlap. */
  readonly retiring: boolean;
}

export interface CredentialSpec {
  readonly host?: string;
  readonly rotation: number;
  readonly overlapMs: number;
}

export interface Credential {
  readonly name: string;
  readonly spec: CredentialSpec;
  /** The newest last. */
  readonly keys: readonly Key[];
}

const SCHEMA = {
  type: 'object',
  properties: {
    host: {
      type: 'string',
      description:
        'The host it is for: it is told the key in band, may use its own names with it, and nobody else can at another leaf. Default: nobody in particular.',
    },
    rotation: {
      type: 'integer',
      minimum: 0,
      maximum: 2_147_483_647,
      default: 0,
      description: 'A higher number than before issues a new key.',
    },
    overlapMs: {
      type: 'integer',
      minimum: 0,
      maximum: 86_400_000,
      default: 60_000,
      description: 'For how long the key before holds beside a new one, milliseconds.',
    },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;

const parse = compileSpec<CredentialSpec>('credential', SCHEMA);
const PREFIX = 'spa/credential/';
const SLOT_PREFIX = 'spa/slot/';

export interface CredentialsOptions {
  readonly topology: Topology;
  readonly store: Store;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** Throws ControllerError NO_ROOM where the switches cannot take a credential as well. */
  readonly checkRoom: (credential: Credential) => void;
  readonly onChanged: () => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/**
 * Keys that show who sends a packet. Whoever issues or rotates one is shown the key in the answer; nobody is shown it
 * again, but its host, in band. Keys go with the credential, or when their overlap is over.
 */
export class Credentials implements Collection {
  readonly kind = 'credentials';
  readonly summary =
    'Keys by which hosts sign what they send; the answer to a put that issues one shows it, once.';
  readonly schema = SCHEMA;
  readonly #options: CredentialsOptions;
  readonly #credentials = new Map<string, Credential>();
  readonly #byKeyId = new Map<number, Credential>();
  /** When retiring keys end, by number. */
  readonly #ends = new Map<number, { at: number; timer: Timer }>();
  /** Generation of each slot's last owner. */
  readonly #generations = new Map<number, number>();
  #lastKeyId = 0;
  readonly #serial: Serial;
  readonly #changes: Signal<ResourceChange>;

  constructor(options: CredentialsOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#changes = new Signal(options.onError);
  }

  /** An overlap that was running starts anew. */
  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what the store holds, of this collection. */
  apply(changes: readonly StoreChange[]): void {
    let isMine = false;
    for (const { key, value } of changes) {
      if (key.startsWith(SLOT_PREFIX)) {
        this.#generations.set(Number(key.slice(SLOT_PREFIX.length)), Number(value ?? 0));
      } else if (key.startsWith(PREFIX)) {
        const name = key.slice(PREFIX.length);
        this.#set(name, value === undefined ? undefined : (value as unknown as Credential));
        isMine = true;
      }
    }
    if (isMine) this.#options.onChanged();
  }

  get busy(): boolean {
    return this.#serial.busy;
  }

  all(): Iterable<Credential> {
    return this.#credentials.values();
  }

  byKeyId(keyId: number): Credential | undefined {
    return this.#byKeyId.get(keyId);
  }

  /** How long a key still holds, milliseconds; undefined where it has no end. */
  remainingMs(keyId: number): number | undefined {
    const end = this.#ends.get(keyId);
    return end === undefined
      ? undefined
      : Math.max(0, Math.ceil((end.at - this.#options.clock.now()) / 1000));
  }

  list(): readonly Resource[] {
    return [...this.#credentials.values()].map((credential) => this.#describe(credential));
  }

  get(name: string): Resource | undefined {
    const credential = this.#credentials.get(name);
    return credential === undefined ? undefined : this.#describe(credential);
  }

  /** Throws ControllerError BAD_REQUEST, or NO_ROOM where all slots or entries of a switch are in use. */
  put(name: string, json: Json): Promise<Resource> {
    return this.#serial.run('', async () => {
      if (name === '' || name.length > 255) {
        throw new ControllerError(
          'BAD_REQUEST',
          `a credential's name has 1 to 255 characters, not ${name.length}`,
        );
      }
      const spec = parse(json);
      if (spec.host !== undefined && !this.#options.topology.hosts.has(spec.host)) {
        throw new ControllerError(
          'BAD_REQUEST',
          `credential: /host '${spec.host}' is no host of the topology`,
        );
      }
      const before = this.#credentials.get(name);
      const issued = before === undefined || spec.rotation > before.spec.rotation ? this.#issue() : undefined;
      const retiring = before?.keys.map((key) => ({ ...key, retiring: true })) ?? [];
      const keys = issued === undefined ? (before?.keys ?? []) : [...retiring, issued];
      const credential: Credential = { name, spec, keys };
      this.#options.checkRoom(credential);
      await this.#options.store.commit([
        { key: `${PREFIX}${name}`, value: credential as unknown as Json },
        ...(issued === undefined ? [] : [{ key: `${SLOT_PREFIX}${issued.slot}`, value: issued.generation }]),
      ]);
      if (issued !== undefined) this.#generations.set(issued.slot, issued.generation);
      this.#set(name, credential);
      this.#options.onChanged();
      this.#changes.emit({ kind: this.kind, type: 'put', name });
      return this.#describe(credential, issued);
    });
  }

  /** Revokes it: from now on nothing signed with its keys passes. */
  delete(name: string): Promise<void> {
    return this.#serial.run('', async () => {
      if (!this.#credentials.has(name)) throw new ControllerError('NOT_FOUND', `no credential '${name}'`);
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: undefined }]);
      this.#set(name, undefined);
      this.#options.onChanged();
      this.#changes.emit({ kind: this.kind, type: 'delete', name });
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    for (const { timer } of this.#ends.values()) timer.cancel();
    this.#ends.clear();
  }

  #set(name: string, credential: Credential | undefined): void {
    const before = this.#credentials.get(name);
    for (const { keyId } of before?.keys ?? []) this.#byKeyId.delete(keyId);
    if (credential === undefined) this.#credentials.delete(name);
    else this.#credentials.set(name, credential);
    for (const key of credential?.keys ?? []) {
      this.#lastKeyId = Math.max(this.#lastKeyId, key.keyId);
      if (credential !== undefined) this.#byKeyId.set(key.keyId, credential);
      if (key.retiring && !this.#ends.has(key.keyId))
        this.#retire(name, key.keyId, credential?.spec.overlapMs ?? 0);
    }
    for (const { keyId } of before?.keys ?? []) {
      if (this.#byKeyId.has(keyId)) continue;
      this.#ends.get(keyId)?.timer.cancel();
      this.#ends.delete(keyId);
    }
  }

  #retire(name: string, keyId: number, overlapMs: number): void {
    const { clock, onError } = this.#options;
    const timer = clock.setTimer(overlapMs * 1000, () => {
      this.#end(name, keyId).catch(onError);
    });
    this.#ends.set(keyId, { at: clock.now() + overlapMs * 1000, timer });
  }

  #end(name: string, keyId: number): Promise<void> {
    return this.#serial.run('', async () => {
      const before = this.#credentials.get(name);
      if (before === undefined || this.#byKeyId.get(keyId) !== before) return;
      if (this.#options.leads?.() === false) {
        // Another controller does, or this one when it has come to lead.
        this.#ends.delete(keyId);
        this.#retire(name, keyId, Math.max(before.spec.overlapMs, 1000));
        return;
      }
      const credential = { ...before, keys: before.keys.filter((key) => key.keyId !== keyId) };
      await this.#options.store.commit([{ key: `${PREFIX}${name}`, value: credential as unknown as Json }]);
      this.#set(name, credential);
      this.#options.onChanged();
      this.#changes.emit({ kind: this.kind, type: 'put', name });
    });
  }

  #issue(): Key {
    const used = new Set([...this.#credentials.values()].flatMap(({ keys }) => keys.map(({ slot }) => slot)));
    let slot = 0;
    while (used.has(slot)) slot += 1;
    if (slot >= SLOTS) {
      throw new ControllerError(
        'NO_ROOM',
        `all ${SLOTS} credentials the switches can hold are in use; revoke some`,
      );
    }
    // Numbers go up and come round, so that one just revoked is not taken for its successor.
    do this.#lastKeyId = (this.#lastKeyId % MAX_KEY_ID) + 1;
    while (this.#byKeyId.has(this.#lastKeyId));
    return {
      keyId: this.#lastKeyId,
      key: randomBytes(AUTH_KEY_BYTES).toString('hex'),
      slot,
      generation: ((this.#generations.get(slot) ?? 0) % MAX_GENERATION) + 1,
      retiring: false,
    };
  }

  #describe({ name, spec, keys }: Credential, issued?: Key): Resource {
    const status = {
      ...(issued !== undefined && { keyId: issued.keyId, key: issued.key }),
      keys: keys.map(({ keyId, retiring }) => {
        return { keyId, retiring, remainingMs: this.remainingMs(keyId) ?? null };
      }),
    };
    return { name, spec: spec as unknown as Json, status };
  }
}
