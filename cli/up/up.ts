import { once } from 'node:events';
import { dirname } from 'node:path';
import { ApiServer, type Surroundings } from '../../controller/api/index.js';
import { ControllerError } from '../../controller/index.js';
import { type Arguments, type Command, integer } from '../command.js';
import { UsageError } from '../errors.js';
import { readPipeline } from '../pipeline.js';
import { version } from '../version.js';
import { API_OPTIONS, type ApiSettings, apiSettings } from './api-settings.js';
import { LiveFabric } from './fabric.js';
import { readPipelines } from './pipelines.js';
import { type FabricState, openState, STATE_OPTIONS } from './state.js';

const SETTLE_MS = 120_000;

export const up: Command = {
  name: 'up',
  summary: 'run a fabric, its controller and the API until interrupted',
  usage: 'sincmesh up TOPOLOGY.yaml [OPTIONS]',
  details: [
    'Runs embedded switches joined by links in memory, the controller that programs them, and its API (REST, gRPC,',
    'metrics, events). Hosts of the topology come up when a command first asks something of them. Links have no rate,',
    'delay or loss of their own, whatever the file says. With --connect the switches run elsewhere (simple_switch_grpc,',
    "Stratum, sincmesh switch) and are driven at the topology's grpc addresses; there are no hosts to ask then. Links",
    'are probed, and paths lead round those that carry nothing. What switches execute is in the topology (pipelines), else',
    'what --pipeline says.',
    'With --etcd several controllers share the switches: one that is not heard of is replaced. The first brings the',
    'topology; the others may come without a file.',
    'The first line on standard output says where the API is, once every embedded switch holds what it should.',
    'SIGINT or SIGTERM end it: exit status 0. The log goes to standard error as JSON lines.',
  ].join('\n'),
  options: {
    ...STATE_OPTIONS,
    connect: { type: 'boolean', help: "drive switches elsewhere, at the topology's grpc addresses" },
    'device-id': {
      type: 'string',
      value: 'N',
      help: "with --connect: their P4Runtime device id; default each switch's id",
    },
    pipeline: {
      type: 'string',
      value: 'FILE',
      help: 'with --connect: the program of switches to which the topology gives no pipeline; default: v1model',
    },
    'election-id': {
      type: 'string',
      value: 'N',
      help: 'P4Runtime election id; with --etcd it follows from the election',
      default: '10',
    },
    json: { type: 'boolean', help: 'print where the API is as a line of JSON' },
    'no-probes': { type: 'boolean', help: 'do not probe links: all count as up unless taken out' },
    'forget-names': {
      type: 'string',
      value: 'SECONDS',
      help: 'when a name that nobody serves and nothing refers to is forgotten; 0: never',
      default: '600',
    },
    ...API_OPTIONS,
  },
  positionals: 1,
  run,
};

async function run(args: Arguments): Promise<number> {
  const settings = apiSettings(args);
  const forgetNamesAfterMs = 1000 * integer(args, 'forget-names', 0, 604_800);
  const electionId = BigInt(integer(args, 'election-id', 1, Number.MAX_SAFE_INTEGER));
  const deviceId = args.options.has('device-id') ? BigInt(integer(args, 'device-id', 0, 2 ** 32)) : undefined;
  const pipelineFile = args.options.get('pipeline');
  if (pipelineFile !== undefined && !args.options.has('connect')) {
    throw new UsageError(
      '--pipeline goes with --connect: switches in this process execute the v1model program',
    );
  }
  const elsewhere = args.options.has('connect') ? (id: number) => deviceId ?? BigInt(id) : undefined;
  // A signal during the start ends it as well.
  const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  const opening = openState(args.positionals[0], args, (message) => settings.logger.warn(message));
  const state = await Promise.race([opening, interrupted.then(() => undefined)]);
  if (state === undefined) {
    // etcd may not be there, and would be waited for.
    opening.then((late) => late.close()).catch(() => undefined);
    process.exit(0);
  }
  const { topology, store, cluster } = state;
  let fabric: LiveFabric;
  try {
    const [file] = args.positionals;
    fabric = await LiveFabric.start({
      topology,
      pipelines: readPipelines(topology, file === undefined ? '.' : dirname(file), elsewhere !== undefined),
      electionId,
      forgetNamesAfterMs,
      ...(!args.options.has('no-probes') && { probeLinks: {} }),
      ...(store !== undefined && { store }),
      ...(cluster !== undefined && { cluster }),
      ...(elsewhere !== undefined && { elsewhere }),
      ...(typeof pipelineFile === 'string' && { program: readPipeline(pipelineFile) }),
    });
  } catch (error) {
    await state.close();
    throw error;
  }
  const replaced = nameTaken(fabric);
  let api: ApiServer | undefined;
  try {
    api = await ApiServer.start({
      ...settings,
      controller: fabric.controller,
      version: version(),
      surroundings: surroundingsOf(fabric, state),
    });
    const settled = fabric.isEmbedded
      ? fabric.controller.settled(AbortSignal.timeout(SETTLE_MS))
      : Promise.resolve();
    if ((await Promise.race([settled.then(() => 'settled'), interrupted])) === 'settled') {
      tell(settings, api, fabric, args.options.has('json'));
      await Promise.race([interrupted, replaced]);
    }
  } finally {
    await api?.close();
    await fabric.close();
  }
  return 0;
}

/** Rejects when another controller has taken this one's name: it can do nothing any more. */
function nameTaken({ controller }: LiveFabric): Promise<never> {
  const taken = new Promise<never>((_, reject) => {
    let error: unknown;
    controller.events.subscribe((event) => {
      if (event.kind === 'error' && event.error instanceof ControllerError) ({ error } = event);
      if (event.kind === 'cluster' && event.state.kind === 'left') reject(error);
    });
  });
  taken.catch(() => undefined);
  return taken;
}

function surroundingsOf(fabric: LiveFabric, { cluster }: FabricState): Surroundings {
  return {
    ...(cluster !== undefined && { cluster }),
    ...(fabric.isEmbedded && {
      host: (name) => fabric.host(name),
      tracePackets: (name, listener) => fabric.tracePackets(name, listener),
    }),
  };
}

function tell(
  { address, tls }: ApiSettings,
  { port, grpcPort }: ApiServer,
  fabric: LiveFabric,
  isJson: boolean,
): void {
  const host = address.includes(':') ? `[${address}]` : address;
  const grpc = grpcPort === undefined ? '' : `, gRPC on ${host}:${grpcPort}`;
  const { switches, hosts } = fabric.topology;
  const api = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  if (isJson) {
    const line = {
      api,
      grpc: grpcPort === undefined ? null : `${host}:${grpcPort}`,
      switches: switches.size,
      embedded: fabric.isEmbedded,
      hosts: hosts.size,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  process.stdout.write(
    `sincmesh: API on ${api}${grpc}\n` +
      `${switches.size} switches ${fabric.isEmbedded ? 'in this process' : 'elsewhere'}, ` +
      `${hosts.size} hosts; try: sincmesh topology; Ctrl-C ends it\n`,
  );
}
