import { readFileSync } from 'node:fs';
import { packagePath } from '../experiments/package-path.js';

/** Version of this package. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  return String((manifest as { readonly version?: unknown }).version);
}
