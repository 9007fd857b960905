/** Where a token stands. @typedef {{ line: number, column: number }} Place */

export class TextFormatError extends Error {
  /**
   * @param {string} code
   * @param {Place} place
   * @param {string} expected
   * @param {string} found
   * @param {string} remedy
   */
  constructor(code, { line, column }, expected, found, remedy) {
    super(`line ${line}, column ${column}: expected ${expected}, found ${found}; ${remedy}`);
    this.name = 'TextFormatError';
    this.code = code;
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.remedy = remedy;
  }
}

export class JsonFormatError extends Error {
  /**
   * @param {string} code
   * @param {string} path from `$`
   * @param {string} expected
   * @param {string} found
   * @param {string} remedy
   */
  constructor(code, path, expected, found, remedy) {
    super(`${path}: expected ${expected}, found ${found}; ${remedy}`);
    this.name = 'JsonFormatError';
    this.code = code;
    this.path = path;
    this.expected = expected;
    this.remedy = remedy;
  }
}

export class BinaryFormatError extends Error {
  /** @param {string} code @param {string} message @param {ErrorOptions} [options] */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'BinaryFormatError';
    this.code = code;
  }
}
