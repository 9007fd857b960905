import type { Json } from '../store/store.js';

/** Something inside the fabric that acts for whoever asks the API. Times are milliseconds. */
export interface HostAgent {
  /** Calls a service by name. */
  call(name: string, body: Uint8Array, options: CallLimits): Promise<CallAnswer>;
  ping(name: string, options: CallLimits): Promise<Json>;
  /** The switches on the way to whoever owns a name. */
  trace(name: string, options: CallLimits): Promise<Json>;
  kvGet(service: string, key: string, options: CallLimits): Promise<KvAnswer>;
  kvPut(service: string, key: string, value: Uint8Array, options: CallLimits): Promise<KvAnswer>;
  kvDelete(service: string, key: string, options: CallLimits): Promise<KvAnswer>;
  /** Serves a name until `stop`, or until the fabric ends; a second time replaces the first. */
  serve(name: string, options: ServeRequest): Promise<{ readonly instance: number }>;
  stop(name: string): Promise<void>;
}

export interface CallLimits {
  readonly deadlineMs?: number;
}

export interface CallAnswer {
  readonly payload: Uint8Array;
  readonly instance: number;
  readonly attempts: number;
  readonly rttUs: number;
}

export interface KvAnswer {
  readonly value: Uint8Array | undefined;
  readonly version: number;
  readonly cached: boolean;
  readonly rttUs: number;
}

export interface ServeRequest {
  /** What is answered: `answer` itself, what was sent, or as a key-value store. */
  readonly kind: 'answer' | 'echo' | 'kv';
  readonly answer?: string;
  readonly weight?: number;
  readonly version?: string;
}

/** The controllers that share the fabric, as one of them knows them. */
export interface ClusterView {
  /** This controller. */
  readonly id: string;
  /** Those that are there. */
  readonly members: readonly string[];
  /** Undefined where nobody leads the switch at present. */
  leaderOf(switchName: string): string | undefined;
}

/** What the place that runs the controller can do besides: nothing of it where the switches are elsewhere. */
export interface Surroundings {
  /** Undefined = this controller is alone. */
  readonly cluster?: ClusterView;
  /** Throws ApiError NOT_POSSIBLE where this place has no hosts, ControllerError UNKNOWN_HOST. */
  readonly host?: (name: string) => Promise<HostAgent>;
  /** Traces of the packets of one switch. Returns the end of it. */
  readonly tracePackets?: (switchName: string, listener: (trace: Json) => void) => () => void;
}
