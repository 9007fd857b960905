export {
  type BfPipeline,
  type BfProfile,
  decodeBfPipeline,
  decodePiConfig,
  encodeBfPipeline,
  encodePiConfig,
} from './bf-pipeline.js';
export { type ChassisOptions, chassisConfig, type FrontPort, PLATFORMS } from './chassis.js';
export { checkBelongs, readCompilerOutput, type TofinoTarget } from './compiler-output.js';
export { decodePipelineFile, encodePipelineFile } from './pipeline-file.js';
