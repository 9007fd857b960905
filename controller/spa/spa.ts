import type { FabricKey, Name } from '../../wire/index.js';
import type { Clock } from '../clock.js';
import type { Collection } from '../collection.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { Admission } from './admission.js';
import { Credentials } from './credentials.js';
import { Grants } from './grants.js';

export interface SpaOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly store: Store;
  readonly clock: Clock;
  /** Whether this controller, of several, ends leases. Default: it does. */
  readonly leads?: () => boolean;
  /** What the program of each switch can check. Default: everything. */
  readonly profileOf?: ProfileOf;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

/** Service Prefix Authentication of a fabric: its grants, its credentials, and what the edge ports make of them. */
export class Spa {
  readonly grants: Grants;
  readonly credentials: Credentials;
  readonly admission: Admission;

  /** Throws ControllerError NOT_POSSIBLE where the topology wants what the program cannot do. */
  constructor(options: SpaOptions) {
    const { topology, key, onEntries } = options;
    const leaves = [...topology.switches.values()].filter(({ role }) => role === 'leaf');
    const names = leaves.map(({ name }) => name);
    const { profileOf } = options;
    const { admission } = topology.fabric;
    if (profileOf !== undefined && admission !== 'off') {
      requireFeature('admission', names, profileOf, 'write fabric.admission: off');
      const instead = 'write fabric.admission: names';
      if (admission === 'tags') requireFeature('credentials', names, profileOf, instead);
    }
    const parts = { ...options, onChanged: () => this.admission.publish() };
    this.grants = new Grants({ ...parts, checkRoom: (grant) => this.admission.checkRoom({ grant }) });
    this.credentials = new Credentials({
      ...parts,
      checkRoom: (credential) => this.admission.checkRoom({ credential }),
    });
    this.admission = new Admission({
      topology,
      key,
      ...(profileOf !== undefined && { profileOf }),
      grants: this.grants,
      credentials: this.credentials,
      onEntries,
    });
    this.admission.publish();
  }

  get collections(): readonly Collection[] {
    return [this.grants, this.credentials];
  }

  /** Prefixes granted to a port itself. */
  grantedTo(switchName: string, port: number): Name[] {
    return this.grants
      .grants()
      .flatMap(({ prefix, to }) =>
        to.kind === 'port' && to.switch === switchName && to.port === port ? [prefix] : [],
      );
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.grants.restore(values);
    this.credentials.restore(values);
  }

  /** Takes over what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    this.grants.apply(changes);
    this.credentials.apply(changes);
  }

  get busy(): boolean {
    return this.grants.busy || this.credentials.busy;
  }

  close(): void {
    this.credentials.close();
  }
}
