import type { ClusterState } from './cluster/cluster.js';
import type { ReconcilerState } from './fabric/reconciler.js';
import type { ArbitrationState, UpdateType } from './p4runtime/index.js';
import type { RegistryEvent } from './registry/registry.js';
import type { FinishedFlow } from './telemetry/flows.js';

/** What the controller tells whoever listens; for logs, progress displays and tests. */
export type ControllerEvent =
  | { readonly kind: 'switch'; readonly switch: string; readonly state: ArbitrationState }
  | { readonly kind: 'pipeline'; readonly switch: string; readonly pushed: boolean }
  | { readonly kind: 'reconciler'; readonly switch: string; readonly state: ReconcilerState }
  | {
      readonly kind: 'refused';
      readonly switch: string;
      readonly section: string | undefined;
      readonly type: UpdateType;
      readonly status: string;
      readonly message: string;
    }
  | { readonly kind: 'registry'; readonly event: RegistryEvent }
  /** This controller leads other switches than before, or none. */
  | { readonly kind: 'cluster'; readonly state: ClusterState }
  /** A link, named as in the collection `links`, carries packets or does not. */
  | { readonly kind: 'link'; readonly link: string; readonly state: 'up' | 'down' }
  /** An in-network group has moved, or is computed by its destination host now, or no longer. */
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'packet-in'; readonly switch: string; readonly reason: number }
  | {
      /** An edge switch refused a packet: Service Prefix Authentication. Names are digests. */
      readonly kind: 'denied';
      readonly switch: string;
      readonly port: number;
      readonly source: bigint;
      readonly destination: bigint;
      /** 0 where the packet had no credential. */
      readonly keyId: number;
      /** 1 not granted, 2 tag missing, 3 unknown credential, 4 forged, 5 replayed. */
      readonly denial: number;
    }
  /** A flow of a sticky service is over; also in the collection `flows`. */
  | ({ readonly kind: 'flow' } & FinishedFlow)
  | { readonly kind: 'error'; readonly switch: string | undefined; readonly error: unknown };
