import { Client, credentials } from '@grpc/grpc-js';
import {
  Action,
  Entity,
  FieldMatch,
  ForwardingPipelineConfig,
  MasterArbitrationUpdate,
  ReadRequest,
  SetForwardingPipelineConfigRequest,
  StreamMessageRequest,
  TableAction,
  TableEntry,
  Uint128,
  Update,
  WriteRequest,
} from 'p4runtime-js';
import { P4RuntimeClient, P4RuntimeService } from 'p4runtime-js/service';
import { sincmeshPipeline } from '../../experiments/program.js';

/*
 * The controller of the P4Runtime bench, a process of its own: writes entries of one table and reads them back.
 * Arguments: address, device id, number of entries. Prints one line of JSON.
 */

/** Exact match on 128 bits, action with two parameters. */
const TABLE = 'ingress.cache.keys';
const ACTION = 'ingress.cache.cached';
const BATCH = 500;
/** Requests under way at a time, so that the server never waits for the client. */
const WINDOW = 4;
const SAMPLES = 3;

const [address = '', deviceId = '1', countText = '0'] = process.argv.slice(2);
const count = Number(countText);
const options = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

const { p4info, deviceConfig } = sincmeshPipeline();
const table = p4info.getTablesList().find((one) => one.getPreamble()?.getName() === TABLE);
const action = p4info.getActionsList().find((one) => one.getPreamble()?.getName() === ACTION);
if (table === undefined || action === undefined) throw new Error(`the program has no ${TABLE}`);
const tableId = table.getPreamble()?.getId() ?? 0;
const actionId = action.getPreamble()?.getId() ?? 0;

/** The program with room for all entries. */
function config(): ForwardingPipelineConfig {
  table?.setSize(count);
  const json: { pipelines: { tables: { name: string; max_size: number }[] }[] } = JSON.parse(
    Buffer.from(deviceConfig).toString(),
  );
  for (const pipeline of json.pipelines) {
    for (const one of pipeline.tables) if (one.name === TABLE) one.max_size = count;
  }
  const message = new ForwardingPipelineConfig();
  message.setP4info(p4info);
  message.setP4DeviceConfig(Buffer.from(JSON.stringify(json)));
  return message;
}

function electionId(): Uint128 {
  const id = new Uint128();
  id.setLow('1');
  return id;
}

function bytes(...limbs: number[]): Uint8Array {
  const buffer = Buffer.alloc(limbs.length * 4);
  limbs.forEach((limb, i) => {
    buffer.writeUInt32BE(limb >>> 0, i * 4);
  });
  return buffer.subarray(
    Math.max(
      0,
      buffer.findIndex((byte) => byte !== 0),
    ),
  );
}

function update(i: number, type: 1 | 2 | 3): Update {
  const exact = new FieldMatch.Exact();
  exact.setValue(bytes(0x80000000 + i, Math.imul(i, 0x9e3779b1), 7, i));
  const match = new FieldMatch();
  match.setFieldId(1);
  match.setExact(exact);
  const call = new Action();
  call.setActionId(actionId);
  [i & 0xfff, 1 + (i % 255)].forEach((value, k) => {
    const param = new Action.Param();
    param.setParamId(k + 1);
    param.setValue(bytes(value));
    call.addParams(param);
  });
  const what = new TableAction();
  what.setAction(call);
  const entry = new TableEntry();
  entry.setTableId(tableId);
  entry.addMatch(match);
  entry.setAction(what);
  const entity = new Entity();
  entity.setTableEntry(entry);
  const message = new Update();
  message.setType(type);
  message.setEntity(entity);
  return message;
}

/** Requests encoded beforehand: what is measured is the server, and the connection. */
function requests(type: 1 | 2 | 3): Buffer[] {
  const encoded: Buffer[] = [];
  for (let first = 0; first < count; first += BATCH) {
    const request = new WriteRequest();
    request.setDeviceId(deviceId);
    request.setElectionId(electionId());
    for (let i = first; i < Math.min(count, first + BATCH); i++) request.addUpdates(update(i, type));
    encoded.push(Buffer.from(request.serializeBinary()));
  }
  return encoded;
}

const typed = new P4RuntimeClient(address, credentials.createInsecure(), options);
const raw = new Client(address, credentials.createInsecure(), options);

function writeOne(request: Buffer): Promise<void> {
  const { path, responseDeserialize } = P4RuntimeService.Write;
  return new Promise((resolve, reject) => {
    raw.makeUnaryRequest(
      path,
      (same: Buffer) => same,
      responseDeserialize,
      request,
      (error) => {
        if (error === null) resolve();
        else reject(error);
      },
    );
  });
}

async function writeAll(type: 1 | 2 | 3): Promise<number> {
  const waiting = requests(type);
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await writeOne(next);
  };
  await Promise.all(Array.from({ length: WINDOW }, worker));
  return (count * 1000) / (performance.now() - begun);
}

/** Reads the table; `decode` turns a response's bytes into the number of entries in it. */
async function readAll(decode: (bytes: Buffer) => number): Promise<number> {
  const filter = new TableEntry();
  filter.setTableId(tableId);
  const entity = new Entity();
  entity.setTableEntry(filter);
  const request = new ReadRequest();
  request.setDeviceId(deviceId);
  request.addEntities(entity);
  const { path, requestSerialize } = P4RuntimeService.Read;
  const begun = performance.now();
  const call = raw.makeServerStreamRequest(path, requestSerialize, decode, request);
  let entries = 0;
  for await (const part of call) entries += Number(part);
  if (entries !== count) throw new Error(`${entries} of ${count} entries came back`);
  return (count * 1000) / (performance.now() - begun);
}

function decodeFully(message: Buffer): number {
  const entities = P4RuntimeService.Read.responseDeserialize(message).getEntitiesList();
  return entities.filter((entity) => entity.hasTableEntry()).length;
}

/** Counts the entities, which are the response's only fields, and passes over them. */
function countOnly(message: Buffer): number {
  let entries = 0;
  for (let at = 0; at < message.length; entries++) {
    let length = 0;
    let shift = 0;
    let byte = 0;
    at++;
    do {
      byte = message[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    at += length;
  }
  return entries;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < SAMPLES; i++) values.push(await measure());
  return values.sort((a, b) => a - b)[SAMPLES >> 1] ?? Number.NaN;
}

const stream = typed.streamChannel();
stream.on('error', () => undefined);
const arbitration = new MasterArbitrationUpdate();
arbitration.setDeviceId(deviceId);
arbitration.setElectionId(electionId());
const hello = new StreamMessageRequest();
hello.setArbitration(arbitration);
const answered = new Promise((resolve) => stream.once('data', resolve));
stream.write(hello);
await answered;
const pipeline = new SetForwardingPipelineConfigRequest();
pipeline.setDeviceId(deviceId);
pipeline.setElectionId(electionId());
pipeline.setAction(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT);
pipeline.setConfig(config());
await new Promise<void>((resolve, reject) => {
  typed.setForwardingPipelineConfig(pipeline, (error) => {
    if (error === null) resolve();
    else reject(error);
  });
});

const inserts: number[] = [];
const modifies: number[] = [];
const deletes: number[] = [];
let reads = 0;
let readsCounted = 0;
for (let i = 0; i < SAMPLES; i++) {
  inserts.push(await writeAll(Update.Type.INSERT));
  modifies.push(await writeAll(Update.Type.MODIFY));
  if (i === SAMPLES - 1) {
    reads = await median(() => readAll(decodeFully));
    readsCounted = await median(() => readAll(countOnly));
  }
  deletes.push(await writeAll(Update.Type.DELETE));
}
const middle = (values: number[]): number => values.sort((a, b) => a - b)[SAMPLES >> 1] ?? Number.NaN;
process.stdout.write(
  `${JSON.stringify({ insert: middle(inserts), modify: middle(modifies), delete: middle(deletes), read: reads, readCounted: readsCounted })}\n`,
);
stream.cancel();
typed.close();
raw.close();
