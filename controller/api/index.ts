export {
  checkToken,
  hashToken,
  newToken,
  readTokenFile,
  type ServerTls,
} from './auth.js';
export type { LoggedEvent } from './event-log.js';
export type {
  CallAnswer,
  CallLimits,
  ClusterView,
  HostAgent,
  KvAnswer,
  ServeRequest,
  Surroundings,
} from './host-agent.js';
export { toJson } from './json.js';
export { ApiError, type ApiErrorCode } from './problem.js';
export { type ApiOptions, ApiServer } from './server.js';
