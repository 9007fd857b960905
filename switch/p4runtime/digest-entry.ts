import { DigestEntry, Entity } from 'p4runtime-js';
import type { DigestConfig } from '../runtime/index.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { found } from './schema.js';

/** Turns the lists of a digest on, changes how they are gathered, or turns them off. */
export function writeDigest(context: EntityContext, type: UpdateType, message: DigestEntry): Undo {
  const { name, object } = found(context.schema.digests, message.getDigestId(), 'digest');
  const before = object.config;
  if (type === 'insert' && before !== undefined) {
    throw new P4RuntimeError('ALREADY_EXISTS', `digest ${name} is configured already; modify it instead`);
  }
  if (type !== 'insert' && before === undefined) {
    throw new P4RuntimeError('NOT_FOUND', `digest ${name} is not configured; insert it first`);
  }
  object.configure(type === 'delete' ? undefined : decodeConfig(name, message.getConfig()));
  return () => object.configure(before);
}

export function* readDigests(context: EntityContext, filter: DigestEntry): Generator<Entity> {
  const { digests } = context.schema;
  const id = filter.getDigestId();
  for (const { id: digestId, object } of id === 0 ? digests.values() : [found(digests, id, 'digest')]) {
    if (object.config === undefined) continue;
    const entry = new DigestEntry();
    entry.setDigestId(digestId);
    const config = new DigestEntry.Config();
    config.setMaxTimeoutNs(object.config.maxTimeoutNs);
    config.setMaxListSize(object.config.maxListSize);
    config.setAckTimeoutNs(object.config.ackTimeoutNs);
    entry.setConfig(config);
    const entity = new Entity();
    entity.setDigestEntry(entry);
    yield entity;
  }
}

function decodeConfig(name: string, config: DigestEntry.Config | undefined): DigestConfig {
  if (config === undefined) throw invalid(`digest ${name}: the config is missing`);
  return {
    maxTimeoutNs: config.getMaxTimeoutNs(),
    maxListSize: config.getMaxListSize(),
    ackTimeoutNs: config.getAckTimeoutNs(),
  };
}
