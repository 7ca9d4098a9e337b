const DUPLICATE_KEY = 11000;

/** A write that was refused because a unique index holds its value already; MongoDB: E11000. */
export interface DuplicateKey extends Error {
  /** The fields of that index. */
  readonly keyPattern?: Readonly<Record<string, unknown>>;
}

/** Whether a write was refused for a value that a unique index holds already. */
export const isDuplicateKey = (error: unknown): error is DuplicateKey =>
  error instanceof Error && (error as { code?: unknown }).code === DUPLICATE_KEY;
