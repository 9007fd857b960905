import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import {
  Any,
  Code,
  type Entity,
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigResponse,
  MasterArbitrationUpdate,
  P4Error,
  ReadResponse,
  SetForwardingPipelineConfigResponse,
  Status,
  type StreamMessageRequest,
  StreamMessageResponse,
  Update,
  type Update as UpdateMessage,
  WriteResponse,
} from 'p4runtime-js';
import { type P4RuntimeHandlers, P4RuntimeService } from 'p4runtime-js/service';
import { fromUint128 } from '../../controller/p4runtime/arbitration.js';
import { identify } from '../../controller/p4runtime/identity.js';

type Stream = ServerDuplexStream<StreamMessageRequest, StreamMessageResponse>;

/**
 * A P4Runtime server that holds entities and nothing else, and insists on referential integrity: what is referred to
 * must be there, and may not go while it is. Tests tell it what to refuse, and cut its connections.
 */
export class FakeSwitch {
  readonly entities = new Map<string, Entity>();
  /** Every update that was applied, as `insert entry ...`. */
  readonly applied: string[] = [];
  readonly writeSizes: number[] = [];
  /** Entries the switch holds at most. */
  capacity = Number.POSITIVE_INFINITY;
  /** A message refuses the update. */
  refuse: (type: string, entity: Entity) => string | undefined = () => undefined;
  /** Called before each write; what it throws is the status the write ends with, and nothing has been applied. */
  onWrite: () => 'all' | 'half then cut' = () => 'all';
  /** A write is answered so much later. */
  writeTakesMs = 0;
  /** Where set, every write fails with this and no details. */
  failure: { readonly code: number; readonly message: string } | undefined;
  /** Election ids that are taken. */
  takenIds: ReadonlySet<bigint> = new Set();
  pipeline: ForwardingPipelineConfig | undefined;
  reads = 0;
  readonly #server: Server;
  readonly #streams = new Set<Stream>();
  #port = 0;

  constructor() {
    // A device config for Tofino is 7 MB.
    this.#server = new Server({ 'grpc.max_receive_message_length': -1 });
    this.#server.addService(P4RuntimeService, this.#handlers());
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    this.#port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    return this;
  }

  /** Cuts all streams. */
  cut(): void {
    const end = { code: status.UNAVAILABLE, details: 'cut' };
    for (const stream of [...this.#streams]) stream.emit('error', end);
    this.#streams.clear();
  }

  /** Forgets everything, as a switch that restarts does. */
  wipe(): void {
    this.entities.clear();
    this.pipeline = undefined;
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #handlers(): P4RuntimeHandlers {
    return {
      Write: (call, callback) => {
        if (this.failure !== undefined) {
          callback({ code: this.failure.code, details: this.failure.message });
          return;
        }
        const updates = call.request.getUpdatesList();
        this.writeSizes.push(updates.length);
        let mode: ReturnType<typeof this.onWrite>;
        try {
          mode = this.onWrite();
        } catch (error) {
          callback(error as Partial<StatusObject>);
          return;
        }
        const half = mode === 'all' ? updates : updates.slice(0, Math.ceil(updates.length / 2));
        const outcomes = half.map((update) => this.#apply(update));
        if (mode === 'half then cut') {
          callback({ code: status.UNAVAILABLE, details: 'cut in mid-batch' });
          this.cut();
          return;
        }
        const isDone = outcomes.every((outcome) => outcome.getCanonicalCode() === 0);
        const answer = () => {
          if (isDone) callback(null, new WriteResponse());
          else callback({ code: status.UNKNOWN, details: 'some failed', metadata: details(outcomes) });
        };
        if (this.writeTakesMs === 0) answer();
        else setTimeout(answer, this.writeTakesMs);
      },
      Read: (call) => {
        this.reads += 1;
        const response = new ReadResponse();
        for (const entity of this.entities.values()) {
          if (call.request.getEntitiesList().some((query) => matches(query, entity)))
            response.addEntities(entity);
        }
        call.write(response);
        call.end();
      },
      SetForwardingPipelineConfig: (call, callback) => {
        this.entities.clear();
        this.pipeline = call.request.getConfig();
        callback(null, new SetForwardingPipelineConfigResponse());
      },
      GetForwardingPipelineConfig: (_call, callback) => {
        const response = new GetForwardingPipelineConfigResponse();
        const config = new ForwardingPipelineConfig();
        config.setCookie(this.pipeline?.getCookie());
        response.setConfig(config);
        callback(null, response);
      },
      StreamChannel: (stream) => {
        this.#streams.add(stream);
        stream.on('error', () => this.#streams.delete(stream));
        stream.on('end', () => {
          this.#streams.delete(stream);
          stream.end();
        });
        stream.on('data', (message: StreamMessageRequest) => {
          const bid = message.getArbitration();
          if (bid === undefined) return;
          if (this.takenIds.has(fromUint128(bid.getElectionId()))) {
            stream.emit('error', { code: status.INVALID_ARGUMENT, details: 'Election id already exists' });
            return;
          }
          const answer = new StreamMessageResponse();
          const update = new MasterArbitrationUpdate();
          update.setElectionId(bid.getElectionId());
          update.setDeviceId(bid.getDeviceId());
          update.setStatus(new Status());
          answer.setArbitration(update);
          stream.write(answer);
        });
      },
      Capabilities: (_call, callback) => callback({ code: status.UNIMPLEMENTED, details: 'not here' }),
    };
  }

  #apply(update: UpdateMessage): P4Error {
    const entity = update.getEntity();
    if (entity === undefined) return problem(Code.INVALID_ARGUMENT, 'no entity');
    const type = NAMES[update.getType()] ?? 'unspecified';
    const { rank, key } = identify(entity);
    const exists = this.entities.has(key);
    const refused = this.refuse(type, entity);
    if (refused !== undefined) return problem(Code.INVALID_ARGUMENT, refused);
    // A meter's cell is always there.
    if (rank !== 'default-entry' && rank !== 'meter') {
      if (type === 'insert' && exists) return problem(Code.ALREADY_EXISTS, key);
      if (type !== 'insert' && !exists) return problem(Code.NOT_FOUND, key);
    }
    if (type === 'insert' && this.entities.size >= this.capacity)
      return problem(Code.RESOURCE_EXHAUSTED, 'full');
    if (type === 'delete') {
      const user = [...this.entities.values()].find((other) => refersTo(other).includes(key));
      if (user !== undefined) return problem(Code.FAILED_PRECONDITION, `${key} is in use`);
      this.entities.delete(key);
    } else {
      const missing = refersTo(entity).find((needed) => !this.entities.has(needed));
      if (missing !== undefined) return problem(Code.INVALID_ARGUMENT, `${key} refers to ${missing}`);
      this.entities.set(key, entity);
    }
    this.applied.push(`${type} ${rank} ${key}`);
    return new P4Error();
  }
}

const NAMES: Record<number, string> = {
  [Update.Type.INSERT]: 'insert',
  [Update.Type.MODIFY]: 'modify',
  [Update.Type.DELETE]: 'delete',
};

/** Keys of what an entity refers to. Profiles are told apart by their tables in the tests that use several. */
function refersTo(entity: Entity): string[] {
  const group = entity.getActionProfileGroup();
  if (group !== undefined) {
    return group.getMembersList().map((part) => `m${group.getActionProfileId()} ${part.getMemberId()}`);
  }
  const action = entity.getTableEntry()?.getAction();
  if (action === undefined) return [];
  const profile = PROFILE_OF.get(entity.getTableEntry()?.getTableId() ?? 0) ?? 0;
  if (action.hasActionProfileMemberId()) return [`m${profile} ${action.getActionProfileMemberId()}`];
  if (action.hasActionProfileGroupId()) return [`g${profile} ${action.getActionProfileGroupId()}`];
  return [];
}

/** Table ids to the ids of their profiles; tests fill it from their P4Info. */
export const PROFILE_OF = new Map<number, number>();

function matches(query: Entity, entity: Entity): boolean {
  if (query.getEntityCase() !== entity.getEntityCase()) return false;
  const table = query.getTableEntry();
  if (table === undefined) return true;
  const own = entity.getTableEntry();
  const sameTable = table.getTableId() === 0 || table.getTableId() === own?.getTableId();
  return sameTable && table.getIsDefaultAction() === own?.getIsDefaultAction();
}

function problem(code: number, message: string): P4Error {
  const error = new P4Error();
  error.setCanonicalCode(code);
  error.setMessage(message);
  return error;
}

function details(outcomes: readonly P4Error[]): Metadata {
  const message = new Status();
  message.setCode(Code.UNKNOWN);
  for (const outcome of outcomes) {
    const any = new Any();
    any.setTypeUrl('type.googleapis.com/p4.v1.Error');
    any.setValue(outcome.serializeBinary());
    message.addDetails(any);
  }
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(message.serializeBinary()));
  return metadata;
}
