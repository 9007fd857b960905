import { type ActionCall, ActionRows } from './action-rows.js';
import type { EntryAction, OneShotMember, OneShotSettings } from './entry.js';
import { SwitchError } from './error.js';
import { GroupSizes } from './group-sizes.js';
import { Handles } from './handles.js';
import type { ActionProfileOptions, GroupLimit, ProfileGroup, ProfileMember } from './profile.js';

interface MemberState {
  readonly id: number;
  readonly row: number;
  /** One handle per unit of the largest weight the member has in any group: the copies BMv2 would hold. */
  readonly handles: number[];
  /** Table entries that name the member. */
  entries: number;
  /** Groups the member is in. */
  groups: number;
}

interface GroupPlace {
  readonly member: MemberState;
  readonly weight: number;
  readonly watchPort: number | undefined;
  readonly watchAsNumber: boolean;
}

interface GroupState {
  readonly number: number;
  /** undefined for a one-shot group. */
  readonly id: number | undefined;
  readonly maxSize: number;
  readonly settings: OneShotSettings | undefined;
  places: GroupPlace[];
  entries: number;
}

const FIRST_CAPACITY = 8;

/**
 * Action profile or action selector. Row 0 is "no member". A group selects the (hash mod n)-th of its n
 * active member copies in ascending handle order, a member of weight w having w copies.
 */
export class ActionProfile extends ActionRows {
  readonly name: string;
  readonly size: number;
  readonly selector: boolean;
  private readonly sizes: GroupSizes;

  private readonly membersById = new Map<number, MemberState>();
  private readonly groupsById = new Map<number, GroupState>();
  private readonly oneShots = new Map<number, GroupState>();
  private readonly memberOfRow = new Map<number, MemberState>();
  private readonly groupByNumber = new Map<number, GroupState>();
  private readonly rows = new Handles();
  private readonly groupNumbers = new Handles();
  private readonly handles = new Handles();
  private readonly portsDown = new Set<number>();
  private capacity = 0;
  /** [group number] rows of the active copies, in handle order. */
  private readonly selections: Int32Array[] = [];

  constructor(options: ActionProfileOptions) {
    super(`action profile ${options.name}`, options.actions);
    this.name = options.name;
    this.size = options.size;
    this.selector = options.selector;
    this.sizes = new GroupSizes(this.thing, options.groupLimit);
    this.rows.allocate();
    this.groupNumbers.allocate();
    this.growTo(FIRST_CAPACITY);
  }

  /** How large a group may be. Groups there are keep their members. */
  setGroupLimit(limit: GroupLimit): void {
    this.sizes.limit = limit;
  }

  /** Row of the member a group selects for `hash`; 0 if none is active. */
  select(group: number, hash: number): number {
    const selection = this.selections[group];
    if (selection === undefined || selection.length === 0) return 0;
    return selection[(hash >>> 0) % selection.length] ?? 0;
  }

  /** Takes the members that watch `port` out of selection, or puts them back. Ports are up until told otherwise. */
  setPortState(port: number, up: boolean): void {
    if (up ? !this.portsDown.delete(port) : this.portsDown.has(port)) return;
    if (!up) this.portsDown.add(port);
    for (const group of this.groupByNumber.values()) {
      if (group.places.some((place) => place.watchPort === port)) this.refreshSelection(group);
    }
  }

  /** Throws ALREADY_EXISTS, RESOURCE_EXHAUSTED, INVALID_ARGUMENT. */
  insertMember(member: ProfileMember): void {
    this.checkId('member', member.id);
    this.checkCall(member.action);
    this.checkNoOneShots();
    if (this.membersById.has(member.id)) {
      throw new SwitchError('ALREADY_EXISTS', this.thing, `member ${member.id} is there already`);
    }
    this.checkRoom(1);
    this.membersById.set(member.id, this.createMember(member.id, member.action));
  }

  /** Changes what a member does, in every group and entry that uses it. Throws NOT_FOUND. */
  modifyMember(member: ProfileMember): void {
    this.checkCall(member.action);
    this.writeRow(this.memberState(member.id).row, member.action);
  }

  /** Throws NOT_FOUND, and FAILED_PRECONDITION while a group or an entry uses the member. */
  deleteMember(id: number): void {
    const member = this.memberState(id);
    if (member.groups > 0 || member.entries > 0) {
      throw new SwitchError(
        'FAILED_PRECONDITION',
        this.thing,
        `member ${id} is in use by ${member.groups} group(s) and ${member.entries} table entr(ies); remove it there first`,
      );
    }
    this.membersById.delete(id);
    this.destroyMember(member);
  }

  getMember(id: number): ProfileMember | undefined {
    const member = this.membersById.get(id);
    return member === undefined ? undefined : { id, action: this.callAt(member.row) };
  }

  hasMember(id: number): boolean {
    return this.membersById.has(id);
  }

  hasGroup(id: number): boolean {
    return this.groupsById.has(id);
  }

  *members(): IterableIterator<ProfileMember> {
    for (const { id, row } of this.membersById.values()) yield { id, action: this.callAt(row) };
  }

  /** Throws ALREADY_EXISTS, NOT_FOUND for an unknown member, RESOURCE_EXHAUSTED, INVALID_ARGUMENT. */
  insertGroup(group: ProfileGroup): void {
    this.checkSelector();
    this.checkNoOneShots();
    this.checkId('group', group.id);
    if (this.groupsById.has(group.id)) {
      throw new SwitchError('ALREADY_EXISTS', this.thing, `group ${group.id} is there already`);
    }
    this.sizes.checkMaxSize(group);
    this.checkGroupMembers(group);
    const state = this.createGroup(group.id, group.maxSize);
    this.groupsById.set(group.id, state);
    this.setPlaces(state, this.placesOf(group));
  }

  /** Replaces a group's members. Throws NOT_FOUND, RESOURCE_EXHAUSTED, INVALID_ARGUMENT (another max_size). */
  modifyGroup(group: ProfileGroup): void {
    const state = this.groupState(group.id);
    if (group.maxSize !== state.maxSize) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        `group ${group.id} was made with max_size ${state.maxSize}; it cannot become ${group.maxSize}`,
      );
    }
    this.checkGroupMembers(group);
    this.setPlaces(state, this.placesOf(group));
  }

  /** Throws NOT_FOUND, and FAILED_PRECONDITION while a table entry uses the group. */
  deleteGroup(id: number): void {
    const group = this.groupState(id);
    if (group.entries > 0) {
      throw new SwitchError(
        'FAILED_PRECONDITION',
        this.thing,
        `group ${id} is in use by ${group.entries} table entr(ies); delete or change those first`,
      );
    }
    this.groupsById.delete(id);
    this.destroyGroup(group);
  }

  getGroup(id: number): ProfileGroup | undefined {
    const group = this.groupsById.get(id);
    return group === undefined ? undefined : describeGroup(id, group);
  }

  *groups(): IterableIterator<ProfileGroup> {
    for (const [id, group] of this.groupsById) yield describeGroup(id, group);
  }

  /** Members in use, those of one-shot groups included. */
  get memberCount(): number {
    return this.memberOfRow.size;
  }

  /**
   * Throws unless `action` names a member or group there is, or a one-shot set that could be made once `replaced`,
   * which the entry names now, is given back.
   */
  checkReference(action: Exclude<EntryAction, ActionCall>, replaced: number): void {
    if ('member' in action) this.memberState(action.member);
    else if ('group' in action) this.groupState(action.group);
    else this.checkOneShot(action.oneShot, this.oneShots.get(-replaced)?.places.length ?? 0);
  }

  /** Counts a table entry's use of what `action` names; returns the number the table keeps for it. */
  acquire(action: Exclude<EntryAction, ActionCall>): number {
    if ('member' in action) {
      const member = this.memberState(action.member);
      member.entries++;
      return member.row;
    }
    const group =
      'group' in action ? this.groupState(action.group) : this.createOneShot(action.oneShot, action.settings);
    group.entries++;
    return -group.number;
  }

  /** Gives back what `acquire` counted. */
  release(reference: number): void {
    if (reference > 0) {
      const member = this.memberOfRow.get(reference);
      if (member !== undefined) member.entries--;
      return;
    }
    const group = this.groupByNumber.get(-reference);
    if (group === undefined) return;
    group.entries--;
    if (group.id === undefined) {
      this.oneShots.delete(group.number);
      const members = group.places.map((place) => place.member);
      this.destroyGroup(group);
      for (const member of members) this.destroyMember(member);
    }
  }

  /** What the number returned by `acquire` stands for. */
  describeReference(reference: number): EntryAction {
    if (reference > 0) return { member: this.memberOfRow.get(reference)?.id ?? 0 };
    const group = this.groupByNumber.get(-reference);
    if (group === undefined) return { group: 0 };
    if (group.id !== undefined) return { group: group.id };
    return {
      oneShot: group.places.map(({ member, weight, watchPort, watchAsNumber }) => ({
        ...this.callAt(member.row),
        weight,
        ...(watchPort === undefined ? {} : { watchPort }),
        ...(watchAsNumber ? { watchAsNumber } : {}),
      })),
      ...(group.settings === undefined ? {} : { settings: group.settings }),
    };
  }

  private createMember(id: number, action: ActionCall): MemberState {
    const row = this.rows.allocate();
    if (row >= this.capacity) this.growTo(2 * this.capacity);
    this.writeRow(row, action);
    const member: MemberState = { id, row, handles: [this.handles.allocate()], entries: 0, groups: 0 };
    this.memberOfRow.set(row, member);
    return member;
  }

  private destroyMember(member: MemberState): void {
    this.memberOfRow.delete(member.row);
    this.writeRow(member.row, undefined);
    this.rows.release(member.row);
    for (const handle of member.handles) this.handles.release(handle);
  }

  private createGroup(id: number | undefined, maxSize: number, settings?: OneShotSettings): GroupState {
    const number = this.groupNumbers.allocate();
    const group: GroupState = { number, id, maxSize, settings, places: [], entries: 0 };
    this.groupByNumber.set(number, group);
    return group;
  }

  private destroyGroup(group: GroupState): void {
    this.setPlaces(group, []);
    this.groupByNumber.delete(group.number);
    this.groupNumbers.release(group.number);
  }

  private createOneShot(actions: readonly OneShotMember[], settings?: OneShotSettings): GroupState {
    const group = this.createGroup(undefined, 0, settings);
    this.oneShots.set(group.number, group);
    const places = actions.map((action) => {
      const { actionIndex, params, weight, watchPort, watchAsNumber = false } = action;
      const member = this.createMember(0, { actionIndex, params });
      while (member.handles.length < weight) member.handles.push(this.handles.allocate());
      return { member, weight, watchPort, watchAsNumber };
    });
    this.setPlaces(group, places);
    return group;
  }

  private placesOf(group: ProfileGroup): GroupPlace[] {
    return group.members.map(({ id, weight, watchPort, watchAsNumber = false }) => ({
      member: this.memberState(id),
      weight,
      watchPort,
      watchAsNumber,
    }));
  }

  private setPlaces(group: GroupState, places: GroupPlace[]): void {
    const before = group.places;
    for (const { member } of places) member.groups++;
    for (const { member } of before) member.groups--;
    group.places = places;
    for (const { member, weight } of places) {
      while (member.handles.length < weight) member.handles.push(this.handles.allocate());
    }
    for (const { member } of before) this.dropCopies(member);
    this.refreshSelection(group);
  }

  private dropCopies(member: MemberState): void {
    let most = 1;
    for (const group of this.groupByNumber.values()) {
      for (const place of group.places) if (place.member === member) most = Math.max(most, place.weight);
    }
    while (member.handles.length > most) this.handles.release(member.handles.pop() ?? 0);
  }

  private refreshSelection(group: GroupState): void {
    const copies: { handle: number; row: number }[] = [];
    for (const { member, weight, watchPort } of group.places) {
      if (watchPort !== undefined && this.portsDown.has(watchPort)) continue;
      for (const handle of member.handles.slice(0, weight)) copies.push({ handle, row: member.row });
    }
    copies.sort((a, b) => a.handle - b.handle);
    this.selections[group.number] = Int32Array.from(copies, (copy) => copy.row);
  }

  private checkGroupMembers(group: ProfileGroup): void {
    this.sizes.checkMembers(group);
    for (const { id } of group.members) this.memberState(id);
  }

  private checkOneShot(actions: readonly OneShotMember[], freed: number): void {
    this.checkSelector();
    for (const action of actions) this.checkCall(action);
    this.sizes.checkOneShot(actions);
    if (this.membersById.size + this.groupsById.size > 0) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        this.thing,
        'has members or groups of its own; delete them before its tables take one-shot sets',
      );
    }
    this.checkRoom(actions.length - freed);
  }

  /** A selector is programmed by members and groups or by one-shot sets, never by both (P4Runtime). */
  private checkNoOneShots(): void {
    if (this.oneShots.size === 0) return;
    throw new SwitchError(
      'INVALID_ARGUMENT',
      this.thing,
      'is in use by one-shot sets; delete those entries before it takes members and groups',
    );
  }

  private checkRoom(more: number): void {
    if (this.memberCount + more <= this.size) return;
    throw new SwitchError(
      'RESOURCE_EXHAUSTED',
      this.thing,
      `${this.memberCount} of its ${this.size} members are taken, ${more} more asked for; delete some or give it a larger size in the program`,
    );
  }

  private checkSelector(): void {
    if (this.selector) return;
    throw new SwitchError('INVALID_ARGUMENT', this.thing, 'has no selector and so no groups');
  }

  private checkId(what: string, id: number): void {
    if (Number.isInteger(id) && id > 0 && id <= 0xffffffff) return;
    throw new SwitchError('INVALID_ARGUMENT', this.thing, `a ${what} id is 1 to 2^32 - 1, got ${id}`);
  }

  private memberState(id: number): MemberState {
    const member = this.membersById.get(id);
    if (member !== undefined) return member;
    throw new SwitchError('NOT_FOUND', this.thing, `has no member ${id}; insert it first`);
  }

  private groupState(id: number): GroupState {
    const group = this.groupsById.get(id);
    if (group !== undefined) return group;
    throw new SwitchError('NOT_FOUND', this.thing, `has no group ${id}; insert it first`);
  }

  private callAt(row: number): ActionCall {
    return this.readRow(row) ?? { actionIndex: -1, params: [] };
  }

  private growTo(capacity: number): void {
    this.resizeRows(capacity);
    this.capacity = capacity;
  }
}

function describeGroup(id: number, group: GroupState): ProfileGroup {
  return {
    id,
    maxSize: group.maxSize,
    members: group.places.map(({ member, weight, watchPort, watchAsNumber }) => ({
      id: member.id,
      weight,
      watchPort,
      ...(watchAsNumber ? { watchAsNumber } : {}),
    })),
  };
}
