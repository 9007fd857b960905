import type { GetForwardingPipelineConfigResponse, SetForwardingPipelineConfigResponse } from 'p4runtime-js';
import { toUint128 } from './arbitration.js';
import type { CallControl } from './calls.js';
import type { DeviceCalls } from './device-calls.js';
import { P4RuntimeError } from './errors.js';
import {
  checkPipelineAction,
  getPipelineRequest,
  type Pipeline,
  type PipelineAction,
  type PipelineOptions,
  pipelineCookie,
  reportedCookie,
  setPipelineRequest,
} from './pipeline.js';
import { Schema } from './schema.js';
import type { TargetProfile } from './target.js';
import { refusePipeline } from './target-limits.js';

/** What came of a push: the actions that were carried out, in order; none where the cookie was the same already. */
export interface PushOutcome {
  readonly schema: Schema;
  readonly done: readonly PipelineAction[];
}

/** The calls about a switch's pipeline. */
export class PipelineCalls {
  readonly #device: DeviceCalls;

  constructor(device: DeviceCalls) {
    this.#device = device;
  }

  async push(
    pipeline: Pipeline,
    target: TargetProfile | undefined,
    options: PipelineOptions & CallControl,
  ): Promise<PushOutcome> {
    const schema = new Schema(pipeline.p4info);
    const cookie = pipelineCookie(pipeline);
    const action = options.action ?? 'verify-and-commit';
    const { fallback } = options;
    checkPipelineAction(action);
    try {
      refusePipeline(target, pipeline, action);
    } catch (error) {
      if (fallback === undefined || !isUnimplemented(error)) throw error;
      return this.push(pipeline, target, { ...withoutFallback(options), action: fallback });
    }
    if (options.force !== true && action !== 'verify' && (await this.#held(options)) === cookie)
      return { schema, done: [] };
    try {
      await this.#set(pipeline, cookie, action, options);
      return { schema, done: [action] };
    } catch (error) {
      if (!isUnimplemented(error)) throw error;
      if (fallback !== undefined && fallback !== action)
        return this.push(pipeline, target, { ...withoutFallback(options), action: fallback, force: true });
      if (action !== 'verify-and-commit') throw error;
      // The same in two steps, for servers that have no other (P4Runtime section 7.2).
      await this.#set(pipeline, cookie, 'verify-and-save', options);
      await this.#set(pipeline, cookie, 'commit', options);
      return { schema, done: ['verify-and-save', 'commit'] };
    }
  }

  /** Cookie of the pipeline the switch executes; undefined where it has none. */
  async cookie(control: CallControl): Promise<bigint | undefined> {
    try {
      return reportedCookie(await this.#get('cookie', control));
    } catch (error) {
      // Not every server words it as PI does, and of this call nothing else can be a failed precondition.
      if (error instanceof P4RuntimeError && error.code === 'FAILED_PRECONDITION') return undefined;
      throw error;
    }
  }

  /** Names and ids of the pipeline the switch executes. */
  async held(control: CallControl): Promise<Schema> {
    const p4info = (await this.#get('all', control)).getConfig()?.getP4info();
    if (p4info !== undefined) return new Schema(p4info);
    throw new P4RuntimeError(
      'NO_PIPELINE',
      `${this.#device.address}: the switch has no pipeline; push one with setPipeline`,
    );
  }

  /** As cookie(), and undefined as well where the server cannot say: the pipeline is pushed then. */
  async #held(control: CallControl): Promise<bigint | undefined> {
    try {
      return await this.cookie(control);
    } catch (error) {
      if (isUnimplemented(error)) return undefined;
      throw error;
    }
  }

  async #set(
    pipeline: Pipeline,
    cookie: bigint,
    action: PipelineAction,
    control: CallControl,
  ): Promise<void> {
    const { client, calls, arbitrator, deviceId, role } = this.#device;
    const request = setPipelineRequest(deviceId, pipeline, cookie, action);
    request.setElectionId(toUint128(arbitrator.electionId));
    if (role !== undefined) request.setRole(role);
    try {
      await calls.unary<SetForwardingPipelineConfigResponse>(
        'SetForwardingPipelineConfig',
        control,
        (callOptions, done) => client.setForwardingPipelineConfig(request, callOptions, done),
      );
    } catch (error) {
      throw explained(error, deviceId);
    }
  }

  #get(what: 'all' | 'cookie', control: CallControl): Promise<GetForwardingPipelineConfigResponse> {
    const { client, calls, deviceId } = this.#device;
    const request = getPipelineRequest(deviceId, what);
    return calls.unary<GetForwardingPipelineConfigResponse>(
      'GetForwardingPipelineConfig',
      control,
      (options, done) => client.getForwardingPipelineConfig(request, options, done),
    );
  }
}

/** PI's texts for the two things that go wrong first, with what to do about them. */
function explained(error: unknown, deviceId: string): unknown {
  if (!(error instanceof P4RuntimeError)) return error;
  const remedy = REMEDIES.find(({ text }) => text.test(error.rawMessage))?.remedy(deviceId);
  if (remedy === undefined) return error;
  return new P4RuntimeError(error.code, `${error.rawMessage}; ${remedy}`, { cause: error.cause });
}

const REMEDIES: readonly { readonly text: RegExp; readonly remedy: (deviceId: string) => string }[] = [
  {
    text: /Error when trying to assign device/,
    remedy: (id) =>
      `its device id may not be ${id} (simple_switch_grpc has 0 unless started with --device-id)`,
  },
  {
    text: /Error in first phase of device update/,
    remedy: () => 'it cannot load the device config: give the JSON of p4c for this target; its log says more',
  },
];

function isUnimplemented(error: unknown): boolean {
  return error instanceof P4RuntimeError && error.code === 'UNIMPLEMENTED';
}

function withoutFallback<T extends PipelineOptions>({ fallback: _, ...options }: T): Omit<T, 'fallback'> {
  return options;
}
