import { ControllerError } from '../errors.js';
import { type Pipeline, Schema, TARGETS, type TargetProfile } from '../p4runtime/index.js';
import { type Capabilities, capabilitiesOf } from './program.js';
import { describeProfile, type ProfileOf, type ProgramProfile, programProfile } from './program-profile.js';
import type { Ownership } from './reconciler.js';
import { ownershipOf } from './sections.js';
import type { SwitchSpec, Topology } from './topology.js';

/** A program some switches execute, and what follows from its P4Info. */
export interface SwitchProgram {
  readonly pipeline: Pipeline;
  readonly schema: Schema;
  readonly capabilities: Capabilities;
  readonly profile: ProgramProfile;
  readonly ownership: Ownership;
}

/** What each switch of a fabric executes. Switches with the same program share one SwitchProgram. */
export class Programs {
  /** The program of switches that name no other. */
  readonly common: SwitchProgram;
  readonly #bySwitch = new Map<string, SwitchProgram>();
  readonly #topology: Topology;

  /**
   * `named` are the pipelines of the topology by name. Throws ControllerError NOT_POSSIBLE where a program is not
   * sincmesh.p4, and BAD_REQUEST where a switch's pipeline is not among those named.
   */
  constructor(topology: Topology, common: Pipeline, named: ReadonlyMap<string, Pipeline> = new Map()) {
    this.#topology = topology;
    this.common = programOf(common);
    const programs = new Map<string, SwitchProgram>();
    for (const spec of topology.switches.values()) {
      const { name, pipeline } = spec;
      const known = pipeline === undefined ? this.common : programs.get(pipeline);
      if (known !== undefined) {
        checkTarget(spec, known);
        this.#bySwitch.set(name, known);
        continue;
      }
      const given = named.get(pipeline ?? '');
      if (pipeline === undefined || given === undefined) {
        throw new ControllerError(
          'BAD_REQUEST',
          `${name} executes the pipeline '${pipeline}', which was not given; pass it with the topology's pipelines`,
        );
      }
      const made = programOf(given);
      programs.set(pipeline, made);
      checkTarget(spec, made);
      this.#bySwitch.set(name, made);
    }
  }

  /** Throws ControllerError UNKNOWN_SWITCH. */
  of(name: string): SwitchProgram {
    const program = this.#bySwitch.get(name);
    if (program !== undefined) return program;
    throw new ControllerError('UNKNOWN_SWITCH', `no switch '${name}' in the topology`);
  }

  readonly profileOf: ProfileOf = (name) => this.of(name).profile;

  /** What some switch of the fabric can do. */
  get capabilities(): Capabilities {
    const all = [...this.#bySwitch.values()].map(({ capabilities }) => capabilities);
    return {
      sinc: all.some(({ sinc }) => sinc),
      cache: all.some(({ cache }) => cache),
      leads: all.some(({ leads }) => leads),
    };
  }

  /** What a switch does otherwise than the specification: as the topology says, else by its program's architecture. */
  targetOf(name: string): TargetProfile | undefined {
    const declared = this.#topology.switches.get(name)?.target;
    if (declared !== undefined) return TARGETS[declared];
    return this.of(name).profile.architecture === 'v1model' ? undefined : TARGETS['stratum-tofino'];
  }

  /** Sum of the weights a group of instances may have anywhere; 0 = any. */
  maxWeight(profile: string): number {
    const sizes = [...new Set(this.#bySwitch.values())]
      .map(({ schema }) => schema.profiles.get(profile).maxGroupSize)
      .filter((size) => size > 0);
    return sizes.length === 0 ? 0 : Math.min(...sizes);
  }
}

/** Throws ControllerError NOT_POSSIBLE where a switch is declared to be of a kind that does not execute its program. */
function checkTarget({ name, target }: SwitchSpec, { profile }: SwitchProgram): void {
  if (target === undefined) return;
  const isTofino = profile.architecture !== 'v1model';
  if (isTofino === (TARGETS[target].deviceConfig === 'stratum-tofino')) return;
  throw new ControllerError(
    'NOT_POSSIBLE',
    `${name} is of target ${target}, which does not execute its program (${describeProfile(profile)}); ` +
      'give it another pipeline, or its target as it is',
  );
}

function programOf(pipeline: Pipeline): SwitchProgram {
  const schema = new Schema(pipeline.p4info);
  const capabilities = capabilitiesOf(schema);
  const profile = programProfile(schema);
  return { pipeline, schema, capabilities, profile, ownership: ownershipOf(schema, capabilities) };
}
