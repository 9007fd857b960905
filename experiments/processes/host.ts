import { Egress, Ingress } from '../../host/gateway/index.js';
import {
  CellClient,
  CellServer,
  KvClient,
  KvServer,
  Lock,
  ReduceGroup,
  ReduceServer,
  ReduceSink,
  Sequencer,
} from '../../host/index.js';
import { TcpParameterServer, TcpParameterWorker } from '../tcp-parameter-server.js';
import { Zipf } from '../zipf.js';
import { type Arguments, serveLines } from './lines.js';
import { Load, type LoadResult } from './load.js';
import { openHost } from './open-host.js';

/**
 * A host of the fabric as a process, in the place it is told (open-host.ts). What it does is asked of it over standard input
 * (serveLines describes the form).
 */
const host = await openHost();
const { environment } = host;
const { address } = environment;
const name = host.name.components.at(-1) ?? '';

const utf8 = new TextEncoder();
const text = new TextDecoder();
const PATIENT = { deadlineUs: 20e6, attempts: 12 } as const;

/** The vector a source contributes to a round: known to all, so that every host can check every sum. */
function vector(source: number, round: number, length: number): Int32Array {
  let state = (source * 7919 + round * 104_729 + 1) >>> 0;
  return Int32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >> 4;
  });
}

/** Runs `rounds` all-reduces of known vectors: how many values were wrong, and how long the reductions took, alone. */
async function rounds(
  args: Arguments,
  allReduce: (own: Int32Array) => Promise<Int32Array>,
): Promise<{ wrong: number; ms: number }> {
  const sources = args.number('sources');
  const length = args.number('values');
  let wrong = 0;
  let us = 0;
  for (let round = 0; round < args.number('rounds'); round++) {
    const own = vector(args.number('source'), round, length);
    const begun = environment.now();
    const sum = await allReduce(own);
    us += environment.now() - begun;
    const expected = new Int32Array(length);
    for (let source = 0; source < sources; source++) {
      const theirs = vector(source, round, length);
      for (let i = 0; i < length; i++) expected[i] = (expected[i] ?? 0) + (theirs[i] ?? 0);
    }
    for (let i = 0; i < length; i++) if (sum[i] !== expected[i]) wrong++;
  }
  return { wrong, ms: us / 1000 };
}

async function reduce(args: Arguments): Promise<object> {
  const group = new ReduceGroup(host.sinc, {
    group: args.number('group'),
    source: args.number('source'),
    sources: args.number('sources'),
    window: args.number('window'),
    destination: args.text('destination'),
  });
  const result = await rounds(args, (own) => group.allReduce(own));
  const { retransmitted } = group.counters;
  group.close();
  return { ...result, retransmitted };
}

/** Gives known vectors to reductions whose results a host with `reduce_sink` gets. */
async function contribute(args: Arguments): Promise<object> {
  const group = new ReduceGroup(host.sinc, {
    group: args.number('group'),
    source: args.number('source'),
    sources: args.number('sources'),
    window: args.number('window'),
    destination: args.text('destination'),
    resultTo: 'destination',
  });
  for (let round = 0; round < args.number('rounds'); round++) {
    await group.contribute(vector(args.number('source'), round, args.number('values')));
  }
  const { retransmitted } = group.counters;
  group.close();
  return { retransmitted };
}

/** Takes the results of `contribute`, and checks them. */
async function reduceSink(args: Arguments): Promise<object> {
  const sources = args.number('sources');
  const sink = new ReduceSink(host.sinc, {
    group: args.number('group'),
    sources,
    window: args.number('window'),
    members: args.texts('members'),
  });
  let wrong = 0;
  for (let round = 0; round < args.number('rounds'); round++) {
    const { values } = await sink.reduce(args.number('values'));
    const expected = new Int32Array(values.length);
    for (let source = 0; source < sources; source++) {
      const theirs = vector(source, round, values.length);
      for (let i = 0; i < expected.length; i++) expected[i] = (expected[i] ?? 0) + (theirs[i] ?? 0);
    }
    for (let i = 0; i < expected.length; i++) if (values[i] !== expected[i]) wrong++;
  }
  const { combined } = sink.counters;
  // Open until this process ends: a source may still have to be told.
  return { wrong, combined };
}

let load: Load | undefined;
let outcome: Promise<LoadResult> | undefined;
let tcpServer: TcpParameterServer | undefined;
let tcpWorker: TcpParameterWorker | undefined;

function cellClient(args: Arguments): CellClient {
  return new CellClient(host.sinc, {
    group: args.number('group'),
    source: args.number('source'),
    sources: args.number('sources'),
    destination: args.text('destination'),
    maxRetries: 40,
  });
}

const cells = new Map<number, CellClient>();

/** One client for a group: SeqNums go on from request to request. */
function cellsOf(args: Arguments): CellClient {
  const group = args.number('group');
  const client = cells.get(group) ?? cellClient(args);
  cells.set(group, client);
  return client;
}

let fallbackCells: CellServer | undefined;
let fallbackReduce: ReduceServer | undefined;
let kvServer: KvServer | undefined;

await serveLines({
  attach: () => host.attach(PATIENT),
  ping: async (args) => (await host.ping(args.text('name'), PATIENT)).rttUs,
  serve: async (args) => {
    const service = await host.serve(
      args.text('service'),
      ({ payload }) => utf8.encode(`${name}:${text.decode(payload)}`),
      {
        weight: args.number('weight', 1),
        ttlMs: args.number('ttl_ms', 10_000),
      },
    );
    return service.instance;
  },
  call: async (args) => {
    const answered: Record<string, number> = {};
    let wrong = 0;
    for (let i = 0; i < args.number('count'); i++) {
      const order = `${name} ${i}`;
      const { payload } = await host.call(args.text('service'), utf8.encode(order), PATIENT);
      const [by = '', ...rest] = text.decode(payload).split(':');
      if (rest.join(':') !== order) wrong++;
      answered[by] = (answered[by] ?? 0) + 1;
    }
    return { answered, wrong };
  },
  /** Calls a service until `stop_load`, which tells how the calls ended. */
  load: async (args) => {
    load = new Load(host, args.text('service'), args.number('deadline_ms'));
    outcome = load.run();
  },
  stop_load: async () => {
    load?.stop();
    return outcome;
  },
  /** As `sincmesh gateway --serve SERVICE=TARGET`. */
  gateway_serve: async (args) => {
    await Egress.serve(host, args.text('service'), { target: args.text('target'), ttlMs: 1000 });
  },
  /** As `sincmesh gateway --route /=SERVICE`, on a free port of the loopback interface, which is the result. */
  gateway_route: async (args) => {
    const routes = [{ prefix: '/', name: args.text('service') }];
    const server = new Ingress(host, { routes }).createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const listening = server.address();
    return typeof listening === 'object' ? listening?.port : undefined;
  },
  reduce,
  contribute,
  reduce_sink: reduceSink,
  tcp_serve: async (args) => {
    tcpServer?.close();
    tcpServer = await TcpParameterServer.listen(address, args.number('workers'), args.number('values'));
  },
  tcp_connect: async (args) => {
    tcpWorker?.close();
    tcpWorker = await TcpParameterWorker.connect(args.text('server'));
  },
  tcp_reduce: async (args) => {
    const worker = tcpWorker;
    if (worker === undefined) throw new Error('not connected; tcp_connect first');
    return rounds(args, (own) => worker.allReduce(own));
  },
  fallback_reduce: async (args) => {
    fallbackReduce ??= new ReduceServer(host.sinc, {
      group: args.number('group'),
      sources: args.number('sources'),
      window: args.number('window'),
    });
    return fallbackReduce.counters;
  },
  fallback_cells: async (args) => {
    fallbackCells ??= new CellServer(host.sinc, {
      group: args.number('group'),
      sources: args.number('sources'),
    });
    return fallbackCells.counters;
  },
  draw: async (args) => {
    const sequencer = new Sequencer(cellsOf(args), 0);
    const numbers: number[] = [];
    for (let i = 0; i < args.number('count'); i++) numbers.push(await sequencer.next());
    return numbers;
  },
  /** Takes the lock `count` times; gives [count of the token, when taken, when released], CLOCK_MONOTONIC microseconds, the same for all processes of a machine. */
  lock: async (args) => {
    const lock = new Lock(cellsOf(args), { cell: 1, sessionCell: 2 });
    const held: [number, number, number][] = [];
    for (let i = 0; i < args.number('count'); i++) {
      await lock.withLock(
        async ({ token }) => {
          const from = Number(process.hrtime.bigint() / 1000n);
          await new Promise((resolve) => setTimeout(resolve, 1));
          held.push([Number(token & 0xffff_ffffn), from, Number(process.hrtime.bigint() / 1000n)]);
        },
        { deadlineUs: 60e6 },
      );
    }
    return held;
  },
  kv_serve: async (args) => {
    kvServer = await KvServer.start(host, args.text('service'));
    for (let i = 0; i < args.number('keys'); i++) {
      kvServer.preload(`${args.text('service')}/k${i}`, utf8.encode(`value ${i}`));
    }
  },
  kv_counters: async () => kvServer?.counters,
  kv_read: async (args) => {
    const client = new KvClient(host, args.text('service'), PATIENT);
    const zipf = new Zipf(args.number('keys'), 0.99);
    let wrong = 0;
    let cached = 0;
    for (let i = 0; i < args.number('count'); i++) {
      const rank = zipf.rank(environment.random());
      const result = await client.get(`k${rank}`);
      if (text.decode(result.value ?? new Uint8Array(0)) !== `value ${rank}`) wrong++;
      if (result.cached) cached++;
    }
    return { wrong, cached };
  },
});
host.close();
// What holds the process back now (a tunnel, a listener) has nobody left to work for.
process.exit();
