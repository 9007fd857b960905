import { status as grpc } from '@grpc/grpc-js';
import { P4RuntimeError } from '../p4runtime/index.js';
import type { Json } from '../store/store.js';

/** Why a call of the API failed, in the words of both faces. */
export interface Problem {
  /** HTTP status. */
  readonly status: number;
  /** gRPC status. */
  readonly grpc: number;
  /** A ControllerError's, StoreError's or HostError's code, or one of this layer. */
  readonly code: string;
  readonly detail: string;
}

/** What is wrong with a call of the API itself. */
export type ApiErrorCode =
  | 'UNAUTHENTICATED' // no token, or a wrong one
  | 'FORBIDDEN_ORIGIN' // a web page of somebody else's asks
  | 'NO_ROUTE' // there is no such path
  | 'BAD_REQUEST'
  | 'TOO_LARGE'
  | 'TOO_MANY' // streams are limited
  | 'CANNOT_LISTEN' // the address or port is taken, or not this machine's
  | 'UNSAFE' // the server would be open to others without authentication
  | 'NOT_POSSIBLE';

/** Every error of the API layer: `code` for programs, a message that names the thing and the remedy. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
  }
}

/** HTTP and gRPC status of every code the controller, its store and its hosts give. */
const STATUSES: Readonly<Record<string, readonly [number, number]>> = {
  BAD_REQUEST: [400, grpc.INVALID_ARGUMENT],
  INVALID_ARGUMENT: [400, grpc.INVALID_ARGUMENT],
  NAME: [400, grpc.INVALID_ARGUMENT],
  TOPOLOGY: [400, grpc.INVALID_ARGUMENT],
  UNAUTHENTICATED: [401, grpc.UNAUTHENTICATED],
  DENIED: [403, grpc.PERMISSION_DENIED],
  FORBIDDEN_ORIGIN: [403, grpc.PERMISSION_DENIED],
  NO_ROUTE: [404, grpc.UNIMPLEMENTED],
  NOT_FOUND: [404, grpc.NOT_FOUND],
  UNKNOWN_SWITCH: [404, grpc.NOT_FOUND],
  UNKNOWN_HOST: [404, grpc.NOT_FOUND],
  UNKNOWN_INSTANCE: [404, grpc.NOT_FOUND],
  UNKNOWN_SERVICE: [404, grpc.NOT_FOUND],
  UNKNOWN_GROUP: [404, grpc.NOT_FOUND],
  UNKNOWN_NAME: [404, grpc.NOT_FOUND],
  NAME_COLLISION: [409, grpc.ALREADY_EXISTS],
  CONFLICT: [409, grpc.ABORTED],
  TOO_LARGE: [413, grpc.RESOURCE_EXHAUSTED],
  NO_PATH: [422, grpc.FAILED_PRECONDITION],
  NOT_POSSIBLE: [422, grpc.FAILED_PRECONDITION],
  REFUSED: [422, grpc.FAILED_PRECONDITION],
  TOO_MANY: [429, grpc.RESOURCE_EXHAUSTED],
  NACK: [502, grpc.UNAVAILABLE],
  RESET: [502, grpc.UNAVAILABLE],
  BAD_REPLY: [502, grpc.UNAVAILABLE],
  FENCED: [503, grpc.UNAVAILABLE],
  UNREACHABLE: [503, grpc.UNAVAILABLE],
  CLOSED: [503, grpc.UNAVAILABLE],
  NO_PIPELINE: [503, grpc.UNAVAILABLE],
  NOT_PRIMARY: [503, grpc.UNAVAILABLE],
  UNAVAILABLE: [503, grpc.UNAVAILABLE],
  TIMEOUT: [504, grpc.DEADLINE_EXCEEDED],
  ABORTED: [504, grpc.DEADLINE_EXCEEDED],
  DEADLINE_EXCEEDED: [504, grpc.DEADLINE_EXCEEDED],
  NO_ROOM: [507, grpc.RESOURCE_EXHAUSTED],
  FULL: [507, grpc.RESOURCE_EXHAUSTED],
};

/** Reads any error. What is none of the controller's own is INTERNAL, and its text stays in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known = Object.hasOwn(STATUSES, error.code) ? STATUSES[error.code] : undefined;
    if (known !== undefined) {
      const [status, code] = known;
      return { status, grpc: code, code: error.code, detail: detailOf(error) };
    }
    if (error instanceof P4RuntimeError) {
      return { status: 502, grpc: grpc.UNAVAILABLE, code: 'SWITCH', detail: detailOf(error) };
    }
  }
  return {
    status: 500,
    grpc: grpc.INTERNAL,
    code: 'INTERNAL',
    detail: 'the controller failed at this; its log says more',
  };
}

/** P4RuntimeError's message begins with its code, which stands beside the detail here. */
function detailOf({ message }: Error): string {
  return message.replace(/^\[[A-Z_]+\] /, '');
}

/** The problem as RFC 9457 has it. */
export function problemDocument({ status, code, detail }: Problem): Json {
  return {
    type: `urn:sincmesh:problem:${code}`,
    title: code.toLowerCase().replaceAll('_', ' '),
    status,
    code,
    detail,
  };
}
