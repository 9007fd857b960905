import { createHash } from 'node:crypto';
import {
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  type GetForwardingPipelineConfigResponse,
  type P4Info,
  SetForwardingPipelineConfigRequest,
} from 'p4runtime-js';
import { P4RuntimeError } from './errors.js';

/** A compiled program: what a switch executes, and how to talk about it. */
export interface Pipeline {
  readonly p4info: P4Info;
  /** What the target takes: for BMv2 and the embedded switch, the JSON of p4c. */
  readonly deviceConfig: Uint8Array;
}

/** What to do with a pipeline (P4Runtime section 7.2). */
export type PipelineAction =
  | 'verify'
  | 'verify-and-save'
  | 'verify-and-commit'
  | 'commit'
  | 'reconcile-and-commit';

export interface PipelineOptions {
  /** Default verify-and-commit. */
  readonly action?: PipelineAction;
  /**
   * What to do where the switch, or its target profile, has no such action (UNIMPLEMENTED): verify-and-commit for
   * reconcile-and-commit, say, after which the entries are to be written again. Default: that is an error.
   */
  readonly fallback?: PipelineAction;
  /** Push even where the switch reports the same cookie. */
  readonly force?: boolean;
}

const ACTIONS = {
  verify: SetForwardingPipelineConfigRequest.Action.VERIFY,
  'verify-and-save': SetForwardingPipelineConfigRequest.Action.VERIFY_AND_SAVE,
  'verify-and-commit': SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT,
  commit: SetForwardingPipelineConfigRequest.Action.COMMIT,
  'reconcile-and-commit': SetForwardingPipelineConfigRequest.Action.RECONCILE_AND_COMMIT,
} as const;

/** The cookie of a pipeline: 64 bits of SHA-256 over P4Info and device config, never 0 (0 = no cookie). */
export function pipelineCookie({ p4info, deviceConfig }: Pipeline): bigint {
  const hash = createHash('sha256');
  const info = p4info.serializeBinary();
  hash.update(`${info.length}:`).update(info).update(deviceConfig);
  const cookie = hash.digest().readBigUInt64BE(0);
  return cookie === 0n ? 1n : cookie;
}

/** Throws P4RuntimeError BAD_VALUE, which only JavaScript brings about. */
export function checkPipelineAction(action: PipelineAction): void {
  if (Object.hasOwn(ACTIONS, action)) return;
  const known = Object.keys(ACTIONS).join(', ');
  throw new P4RuntimeError('BAD_VALUE', `pipeline action '${String(action)}' is none of ${known}`);
}

export function setPipelineRequest(
  deviceId: string,
  pipeline: Pipeline,
  cookie: bigint,
  action: PipelineAction,
): SetForwardingPipelineConfigRequest {
  const request = new SetForwardingPipelineConfigRequest();
  request.setDeviceId(deviceId);
  request.setAction(ACTIONS[action]);
  if (action === 'commit') return request;
  const config = new ForwardingPipelineConfig();
  config.setP4info(pipeline.p4info);
  config.setP4DeviceConfig(pipeline.deviceConfig);
  const cookieMessage = new ForwardingPipelineConfig.Cookie();
  cookieMessage.setCookie(cookie.toString());
  config.setCookie(cookieMessage);
  request.setConfig(config);
  return request;
}

export function getPipelineRequest(
  deviceId: string,
  what: 'all' | 'cookie',
): GetForwardingPipelineConfigRequest {
  const request = new GetForwardingPipelineConfigRequest();
  const { ResponseType } = GetForwardingPipelineConfigRequest;
  request.setDeviceId(deviceId);
  request.setResponseType(what === 'all' ? ResponseType.ALL : ResponseType.COOKIE_ONLY);
  return request;
}

/** The cookie a switch reports; undefined where it has none. */
export function reportedCookie(response: GetForwardingPipelineConfigResponse): bigint | undefined {
  const cookie = response.getConfig()?.getCookie()?.getCookie();
  return cookie === undefined || cookie === '0' ? undefined : BigInt(cookie);
}
