/** A BMv2 JSON document that cannot be loaded. The message starts with the JSON path of the offending value. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  /** `MALFORMED`: wrong JSON shape; `UNRESOLVED`: a name or id that is not there; `UNSUPPORTED`: known, not done. */
  readonly code: 'MALFORMED' | 'UNRESOLVED' | 'UNSUPPORTED';
  /** JSON path, e.g. `$.pipelines[0].tables[2].key[1].target`. */
  readonly path: string;

  constructor(code: 'MALFORMED' | 'UNRESOLVED' | 'UNSUPPORTED', path: string, detail: string) {
    super(`${path}: ${detail}`);
    this.code = code;
    this.path = path;
  }
}
