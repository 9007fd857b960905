import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  Controller,
  ControllerError,
  type ControllerEvent,
  type Pipeline,
  parseTopology,
} from '../../controller/index.js';
import { FakeSwitch, PROFILE_OF } from '../controller/fake-switch.js';
import { ManualClock } from '../controller/manual-clock.js';
import { type Profile, ROOT } from './p4info.js';
import { P4InfoGuard } from './p4info-guard.js';

/** The image of a profile, with something in place of its device config. */
export function image(target: string, profile: Profile): Pipeline {
  const p4info = parseP4Info(
    readFileSync(new URL(`p4src/build/tna/${target}/${profile}/p4info.txtpb`, ROOT)),
  );
  return { p4info, deviceConfig: Buffer.from(`${target} ${profile}`) };
}

/** A controller with switches that hold what P4Info allows, and run nothing. */
export interface GuardedFabric {
  readonly controller: Controller;
  readonly switches: ReadonlyMap<string, FakeSwitch>;
  /** What the P4Info says against what was written. */
  readonly wrong: string[];
  close(): Promise<void>;
}

/** Starts one; `pipelines` are the topology's, `program` is what the others execute. */
export async function bringUp(
  text: string,
  program: Pipeline,
  pipelines: ReadonlyMap<string, Pipeline> = new Map(),
): Promise<GuardedFabric> {
  const wrong: string[] = [];
  const events: ControllerEvent[] = [];
  for (const { p4info } of [program, ...pipelines.values()]) {
    for (const table of p4info.getTablesList()) {
      PROFILE_OF.set(table.getPreamble()?.getId() ?? 0, table.getImplementationId());
    }
  }
  const topology = parseTopology(text);
  const controller = new Controller({
    topology,
    program,
    pipelines,
    clock: new ManualClock(),
    log: (event) => events.push(event),
  });
  const switches = new Map<string, FakeSwitch>();
  const close = async () => {
    await controller.close();
    for (const device of switches.values()) device.stop();
  };
  try {
    await controller.start();
    for (const { name, pipeline } of topology.switches.values()) {
      const device = await new FakeSwitch().start();
      const { p4info } = pipelines.get(pipeline ?? '') ?? program;
      const guard = new P4InfoGuard(p4info);
      device.refuse = (type, entity) => {
        const problem = guard.check(type.toLowerCase(), entity);
        if (problem !== undefined) wrong.push(`${name} ${type} ${problem}`);
        return problem;
      };
      switches.set(name, device);
      await controller.connect(name, device.address);
    }
    await controller.settled(AbortSignal.timeout(20_000));
    const errors = events.filter(({ kind }) => kind === 'error' || kind === 'refused');
    assert.deepEqual(errors, []);
    return { controller, switches, wrong, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export const impossible = (message: RegExp) => (error: unknown) =>
  error instanceof ControllerError && error.code === 'NOT_POSSIBLE' && message.test(error.message);

/** Puts into a collection by its kind. */
export function put(controller: Controller, kind: string, name: string, spec: object): Promise<unknown> {
  const collection = controller.collections.get(kind);
  if (collection?.put === undefined) throw new Error(`no collection ${kind}`);
  return collection.put(name, spec as never);
}
