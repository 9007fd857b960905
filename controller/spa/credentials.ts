import { randomBytes } from 'node:crypto';
import { AUTH_KEY_BYTES } from '../../wire/index.js';
import type { Clock, Timer } from '../clock.js';
import type { JsonSchema, Resource } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Topology } from '../fabric/topology.js';
import type { Json, StoreChange } from '../store/store.js';
import { type Made, StoredCollection, type StoredOptions } from '../stored-collection.js';
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
/** After how long the store is asked again to let go of a key. */
const RETRY_MS = 1000;

export interface CredentialsOptions extends StoredOptions {
  readonly topology: Topology;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** Throws ControllerError NO_ROOM where the switches cannot take a credential as well. */
  readonly checkRoom: (credential: Credential) => void;
  readonly onChanged: () => void;
}

/**
 * Keys that show who sends a packet. Whoever issues or rotates one is shown the key in the answer; nobody is shown it
 * again, but its host, in band. Keys go with the credential, or when their overlap is over.
 */
export class Credentials extends StoredCollection<Credential> {
  readonly kind = 'credentials';
  readonly summary =
    'Keys by which hosts sign what they send; the answer to a put that issues one shows it, once.';
  readonly schema = SCHEMA;
  readonly #options: CredentialsOptions;
  readonly #byKeyId = new Map<number, Credential>();
  /** When retiring keys end, by number. */
  readonly #ends = new Map<number, { at: number; timer: Timer }>();
  /** Generation of each slot's last owner. */
  readonly #generations = new Map<number, number>();
  #lastKeyId = 0;

  constructor(options: CredentialsOptions) {
    super(PREFIX, options);
    this.#options = options;
  }

  /** Takes over what the store holds, of this collection; an overlap that was running starts anew. */
  override apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith(SLOT_PREFIX)) continue;
      this.#generations.set(Number(key.slice(SLOT_PREFIX.length)), Number(value ?? 0));
    }
    super.apply(changes);
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

  /** The answer to one that issues a key shows it. Throws ControllerError as make() does. */
  override async put(name: string, json: Json): Promise<Resource> {
    let issued: Key | undefined;
    const resource = await this.replace(name, (before) => {
      const made = this.make(name, json, before);
      issued = made.thing.keys.find(({ keyId }) => this.#byKeyId.get(keyId) === undefined);
      return made;
    });
    if (issued === undefined) return resource;
    return { ...resource, status: { keyId: issued.keyId, key: issued.key, ...(resource.status as object) } };
  }

  /** Throws ControllerError BAD_REQUEST, or NO_ROOM where all slots or entries of a switch are in use. */
  protected make(name: string, json: Json, before: Credential | undefined): Made<Credential> {
    const spec = parse(json);
    if (spec.host !== undefined && !this.#options.topology.hosts.has(spec.host)) {
      throw new ControllerError('BAD_REQUEST', `credential: /host '${spec.host}' is no host of the topology`);
    }
    const issued = before === undefined || spec.rotation > before.spec.rotation ? this.#issue() : undefined;
    const retiring = before?.keys.map((key) => ({ ...key, retiring: true })) ?? [];
    const keys = issued === undefined ? (before?.keys ?? []) : [...retiring, issued];
    const thing: Credential = { name, spec, keys };
    this.#options.checkRoom(thing);
    if (issued === undefined) return { thing };
    return { thing, alongside: [{ key: `${SLOT_PREFIX}${issued.slot}`, value: issued.generation }] };
  }

  protected read(_name: string, value: Json): Credential {
    return value as unknown as Credential;
  }

  protected write(credential: Credential): Json {
    return credential as unknown as Json;
  }

  close(): void {
    for (const { timer } of this.#ends.values()) timer.cancel();
    this.#ends.clear();
  }

  protected changed(name: string, before: Credential | undefined, after: Credential | undefined): void {
    for (const { keyId } of before?.keys ?? []) this.#byKeyId.delete(keyId);
    for (const key of after?.keys ?? []) {
      this.#lastKeyId = Math.max(this.#lastKeyId, key.keyId);
      this.#generations.set(key.slot, key.generation);
      if (after !== undefined) this.#byKeyId.set(key.keyId, after);
      if (key.retiring && !this.#ends.has(key.keyId))
        this.#retire(name, key.keyId, after?.spec.overlapMs ?? 0);
    }
    for (const { keyId } of before?.keys ?? []) {
      if (this.#byKeyId.has(keyId)) continue;
      this.#ends.get(keyId)?.timer.cancel();
      this.#ends.delete(keyId);
    }
  }

  protected override followed(): void {
    this.#options.onChanged();
  }

  #retire(name: string, keyId: number, overlapMs: number): void {
    const { clock, onError } = this.#options;
    const timer = clock.setTimer(overlapMs * 1000, () => {
      this.#end(name, keyId).catch((error: unknown) => {
        // A key that should hold no longer must not hold for ever because the store was away for a moment.
        if (this.#ends.has(keyId)) this.#retire(name, keyId, RETRY_MS);
        onError(error);
      });
    });
    this.#ends.set(keyId, { at: clock.now() + overlapMs * 1000, timer });
  }

  #end(name: string, keyId: number): Promise<void> {
    return this.review(name, (credential) => {
      if (this.#byKeyId.get(keyId) !== credential) return 'stays';
      if (this.#options.leads?.() === false) {
        // Another controller does, or this one when it has come to lead.
        this.#ends.delete(keyId);
        this.#retire(name, keyId, Math.max(credential.spec.overlapMs, 1000));
        return 'stays';
      }
      return { thing: { ...credential, keys: credential.keys.filter((key) => key.keyId !== keyId) } };
    });
  }

  #issue(): Key {
    const used = new Set([...this.all()].flatMap(({ keys }) => keys.map(({ slot }) => slot)));
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

  protected describe(name: string, { spec, keys }: Credential): Resource {
    const status = {
      keys: keys.map(({ keyId, retiring }) => {
        return { keyId, retiring, remainingMs: this.remainingMs(keyId) ?? null };
      }),
    };
    return { name, spec: spec as unknown as Json, status };
  }
}
