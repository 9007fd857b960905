import { requireAmount } from './arguments.js';
import { type HostError, requireInteger } from './errors.js';

export interface ServeOptions {
  /** Share of the calls relative to other instances, 1 to 100. Default 1. */
  readonly weight?: number | undefined;
  /** Life of the registration without renewal, milliseconds. Default 3000; renewed every third of it. */
  readonly ttlMs?: number | undefined;
  /** Which version of the service this is: policies split traffic by it. 1 to 63 of A-Z, a-z, 0-9, '.', '_', '-'. */
  readonly version?: string | undefined;
  /** What the registry notes of this instance, by key. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Where this instance is, in whatever terms its operators use. */
  readonly locator?: string | undefined;
  /** Share of the capacity in use, 0 to 1; asked at registration and every renewal and told to the registry. */
  readonly load?: (() => number) | undefined;
  /** UDP port requests are taken on, default the named port. */
  readonly port?: number | undefined;
  /** Whether to register with the registry; false where routes to this host are made by other means. Default true. */
  readonly register?: boolean | undefined;
  /** How long a repeated request gets its first answer again, microseconds. Default 30,000,000. */
  readonly duplicateWindowUs?: number | undefined;
  /** Longest request a handler is given, bytes; a longer one is refused with TOO_LARGE. Default 16 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /**
   * Called with what a handler threw that is no Refusal, or gave that is no bytes: its caller is told no more than UNAVAILABLE.
   * Default: nobody is told.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Called with every failure to renew; the service goes on trying. */
  readonly onLeaseError?: ((error: HostError) => void) | undefined;
}

/** @throws HostError INVALID_ARGUMENT with the option that makes no sense. */
export function checkServe(name: string, options: ServeOptions): void {
  const what = `service ${name}`;
  const { weight, ttlMs, port, duplicateWindowUs, maxRequestBytes } = options;
  if (weight !== undefined) requireInteger(what, 'weight', weight, 1, 100);
  if (ttlMs !== undefined) requireInteger(what, 'ttlMs', ttlMs, 1, 0x7fffffff);
  if (port !== undefined) requireInteger(what, 'port', port, 1, 0xffff);
  if (duplicateWindowUs !== undefined) requireAmount(what, 'duplicateWindowUs', duplicateWindowUs);
  if (maxRequestBytes !== undefined) requireAmount(what, 'maxRequestBytes', maxRequestBytes);
}
