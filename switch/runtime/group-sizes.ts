import { SwitchError, type SwitchErrorCode } from './error.js';
import type { GroupLimit, ProfileGroup } from './profile.js';

/** How large the groups of an action selector may be, and what their members may weigh. */
export class GroupSizes {
  limit: GroupLimit;
  /** What the groups belong to, for messages. */
  private readonly thing: string;

  constructor(thing: string, limit: GroupLimit | undefined) {
    this.thing = thing;
    this.limit = limit ?? { maxSize: 0, counts: 'weights' };
  }

  /** Throws INVALID_ARGUMENT unless a new group may have this max_size. */
  checkMaxSize(group: ProfileGroup): void {
    if (!Number.isInteger(group.maxSize) || group.maxSize < 0) {
      throw this.error('INVALID_ARGUMENT', `group ${group.id}: max_size cannot be negative`);
    }
    if (this.limit.maxSize > 0 && group.maxSize === 0) {
      throw this.error(
        'INVALID_ARGUMENT',
        `group ${group.id} needs a max_size of 1 to ${this.limit.maxSize}, the program's max_group_size`,
      );
    }
    if (this.limit.maxSize > 0 && group.maxSize > this.limit.maxSize) {
      throw this.error(
        'INVALID_ARGUMENT',
        `group ${group.id}: max_size ${group.maxSize} exceeds the program's max_group_size of ${this.limit.maxSize}`,
      );
    }
  }

  /** Throws INVALID_ARGUMENT for a member listed twice or a bad weight, RESOURCE_EXHAUSTED for too many. */
  checkMembers(group: ProfileGroup): void {
    const seen = new Set<number>();
    for (const { id, weight } of group.members) {
      if (seen.has(id)) {
        throw this.error(
          'INVALID_ARGUMENT',
          `group ${group.id} lists member ${id} twice; give it a larger weight instead`,
        );
      }
      seen.add(id);
      this.checkWeight(`group ${group.id}, member ${id}`, weight);
    }
    const limit = group.maxSize > 0 ? group.maxSize : this.limit.maxSize;
    const size = this.sizeOf(group.members);
    if (limit > 0 && size > limit) {
      throw this.error(
        'RESOURCE_EXHAUSTED',
        `group ${group.id} would have a size of ${size} (${this.limit.counts}), more than its limit of ${limit}`,
      );
    }
  }

  /** Throws INVALID_ARGUMENT where a one-shot set is too large. */
  checkOneShot(actions: readonly { readonly weight: number }[]): void {
    actions.forEach(({ weight }, i) => {
      this.checkWeight(`one-shot action ${i + 1}`, weight);
    });
    const size = this.sizeOf(actions);
    if (this.limit.maxSize > 0 && size > this.limit.maxSize) {
      throw this.error(
        'INVALID_ARGUMENT',
        `a one-shot set has a size of ${size} (${this.limit.counts}), more than the program's max_group_size of ${this.limit.maxSize}`,
      );
    }
  }

  private sizeOf(members: readonly { readonly weight: number }[]): number {
    if (this.limit.counts === 'members') return members.length;
    return members.reduce((n, member) => n + member.weight, 0);
  }

  private checkWeight(place: string, weight: number): void {
    if (Number.isInteger(weight) && weight > 0 && weight <= 0xffff) return;
    throw this.error('INVALID_ARGUMENT', `${place} needs a weight of 1 to 65535, got ${weight}`);
  }

  private error(code: SwitchErrorCode, detail: string): SwitchError {
    return new SwitchError(code, this.thing, detail);
  }
}
