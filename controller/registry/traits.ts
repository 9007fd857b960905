import { ControllerError } from '../errors.js';
import type { Instance, Registration } from './registry.js';

/** What an instance says of itself besides where it is. */
export type Traits = Pick<Instance, 'version' | 'tags' | 'locator'>;

const VERSION = /^[A-Za-z0-9._-]{1,63}$/;
const MAX_TAGS = 16;
const MAX_KEY = 63;
const MAX_TEXT = 255;

/** Throws ControllerError BAD_REQUEST. */
export function traitsOf({ version, tags, locator }: Registration): Traits {
  if (version !== undefined && !VERSION.test(version)) {
    throw bad(`version ${JSON.stringify(version)} is not 1 to 63 of A-Z, a-z, 0-9, '.', '_', '-'`);
  }
  const pairs = Object.entries(tags ?? {});
  if (pairs.length > MAX_TAGS) throw bad(`${pairs.length} tags are more than ${MAX_TAGS}`);
  for (const [key, value] of pairs) {
    if (key === '' || key.length > MAX_KEY || typeof value !== 'string' || value.length > MAX_TEXT) {
      throw bad(
        `tag ${JSON.stringify(key)} has no key of 1 to ${MAX_KEY} or value of up to ${MAX_TEXT} characters`,
      );
    }
  }
  if (locator !== undefined && locator.length > MAX_TEXT) {
    throw bad(`locator has ${locator.length} characters; use at most ${MAX_TEXT}`);
  }
  return {
    ...(version !== undefined && { version }),
    ...(pairs.length > 0 && { tags: Object.fromEntries(pairs) }),
    ...(locator !== undefined && { locator }),
  };
}

export function sameTraits(a: Traits, b: Traits): boolean {
  return a.version === b.version && a.locator === b.locator && tagText(a) === tagText(b);
}

/** Throws ControllerError BAD_REQUEST. */
export function checkLoad(load: number | undefined): void {
  if (load === undefined || (Number.isFinite(load) && load >= 0 && load <= 1000)) return;
  throw bad(`load ${load} is no share of a capacity; give 0 (idle) to 1 (full), at most 1000`);
}

function tagText({ tags }: Traits): string {
  return JSON.stringify(Object.entries(tags ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function bad(message: string): ControllerError {
  return new ControllerError('BAD_REQUEST', message);
}
