/** MongoDB's names of the error codes that the store answers with. */
const NAMES = {
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  96: 'OperationFailed',
  100: 'UnsatisfiableWriteConcern',
  171: 'CannotIndexParallelArrays',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
  40415: 'Location40415',
} as const;

/** MongoDB error codes that the store answers with. */
export type CommandErrorCode = keyof typeof NAMES;

/** A refusal that the client sees as a MongoDB server error. */
export class CommandError extends Error {
  /** @param details further fields of the answer, such as keyPattern and keyValue of a duplicate key. */
  constructor(
    readonly code: CommandErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'CommandError';
  }

  get codeName(): string {
    return NAMES[this.code];
  }
}

/** The embedded store cannot be opened, or can no longer keep what it is given. */
export class EmbeddedStoreError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EmbeddedStoreError';
  }
}

/** The code for what MongoDB can do and this store does not offer. */
export function unsupported(what: string): CommandError {
  return new CommandError(9, `${what} is not supported by the embedded store; use MongoDB for it`);
}
