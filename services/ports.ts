/** What services need from the world outside, so that a test can hold time, chance and the log still. */

/** The only source of the current instant. */
export interface Clock {
  now(): Date;
}

/** The only source of identifiers and chance; cryptographically strong in the product. */
export interface Ids {
  /** A random UUID. */
  uuid(): string;
  /** Random bytes. */
  bytes(length: number): Buffer;
  /** A whole number from 0 (included) to `below` (excluded), without bias. */
  int(below: number): number;
}

/** The fields that a log line may carry: ids, counts, codes and durations; never free text or personal data. */
export interface LogFields {
  activityId?: string;
  attempts?: number;
  caseId?: string;
  channel?: string;
  code?: string;
  conversationId?: string;
  count?: number;
  durationMs?: number;
  intent?: string;
  kind?: string;
  mailId?: string;
  method?: string;
  passage?: string;
  port?: number;
  route?: string;
  state?: string;
  status?: number;
  store?: string;
  /** Class and stack of an unexpected error; the message is left out, since it may quote what a customer wrote. */
  error?: unknown;
}

/** A structured log of events; `event` is a fixed dotted name such as `case.opened`. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
