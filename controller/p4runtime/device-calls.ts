import type { P4RuntimeClient } from 'p4runtime-js/service';
import type { Arbitrator } from './arbitration.js';
import type { Calls } from './calls.js';
import type { Liveness } from './liveness.js';

/** What it takes to ask one device for something in the client's name. */
export interface DeviceCalls {
  readonly client: P4RuntimeClient;
  readonly calls: Calls;
  readonly arbitrator: Arbitrator;
  readonly address: string;
  readonly deviceId: string;
  readonly role: string | undefined;
  /** Undefined where the channel is somebody else's. */
  readonly liveness: Liveness | undefined;
}
