import { ForwardingPipelineConfig, type P4Info } from 'p4runtime-js';
import { ControllerError } from '../errors.js';
import type { Pipeline } from '../p4runtime/index.js';

/** A pipeline in one file: P4Runtime's ForwardingPipelineConfig, so any P4Runtime client can push it. */
export function encodePipelineFile({ p4info, deviceConfig }: Pipeline): Uint8Array {
  const config = new ForwardingPipelineConfig();
  config.setP4info(p4info);
  config.setP4DeviceConfig(deviceConfig);
  return config.serializeBinary();
}

/** Throws ControllerError BAD_REQUEST. `place` is the file, for the message. */
export function decodePipelineFile(bytes: Uint8Array, place: string): Pipeline {
  let config: ForwardingPipelineConfig | undefined;
  try {
    config = ForwardingPipelineConfig.deserializeBinary(bytes);
  } catch {
    config = undefined;
  }
  const p4info: P4Info | undefined = config?.getP4info();
  const deviceConfig = config?.getP4DeviceConfig_asU8();
  if (
    p4info === undefined ||
    p4info.getTablesList().length === 0 ||
    deviceConfig === undefined ||
    deviceConfig.length === 0
  ) {
    throw new ControllerError(
      'BAD_REQUEST',
      `${place} is no pipeline with P4Info and device config; make it with sincmesh pipeline build`,
    );
  }
  return { p4info, deviceConfig };
}
