export type { ProgramObjects } from '../compile/objects.js';
export type { ServerCounters } from './counters.js';
export { P4RuntimeError, type P4RuntimeErrorCode } from './error.js';
export { P4RUNTIME_API_VERSION, type P4RuntimeServer, type ServeOptions, serveP4Runtime } from './server.js';
export type {
  ReplicationEngine,
  SwitchTarget,
  TargetBackup,
  TargetCloneSession,
  TargetMulticastGroup,
  TargetReplica,
} from './target.js';
export type { TranslationMap, TranslationMaps } from './translation.js';
