export class TextFormatError extends Error {
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
  constructor(code, message, options) {
    super(message, options);
    this.name = 'BinaryFormatError';
    this.code = code;
  }
}
