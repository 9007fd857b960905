import { resolve } from 'node:path';
import type { Pipeline, Topology } from '../../controller/index.js';
import { UsageError } from '../errors.js';
import { isForTofino, readPipeline } from '../pipeline.js';

/**
 * The pipelines of a topology that some switch executes, out of their files; those lie where `folder` says. Throws
 * UsageError where a file cannot be read, or is for a Tofino and the switches run in this process.
 */
export function readPipelines(
  { pipelines, switches }: Topology,
  folder: string,
  isElsewhere: boolean,
): ReadonlyMap<string, Pipeline> {
  const used = new Set([...switches.values()].map(({ pipeline }) => pipeline));
  const read = new Map<string, Pipeline>();
  for (const { name, file } of pipelines.values()) {
    if (!used.has(name)) continue;
    const held = readPipeline(resolve(folder, file));
    if (!isElsewhere && isForTofino(held)) {
      throw new UsageError(
        `pipeline '${name}' (${file}) is for a Tofino, and the switches run in this process; give --connect`,
      );
    }
    read.set(name, held);
  }
  return read;
}
