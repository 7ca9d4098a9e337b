import type { Response } from 'restify';
import { ProductError, type ProductErrorCode } from '../services/errors';
import type { Log } from '../services/ports';

/** The error envelope of every HTTP interface; Direct Line 3.0: ErrorResponse. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string };
}

const STATUS: Record<ProductErrorCode, number> = {
  BadArgument: 400,
  BadRequest: 400,
  CalendarInvalid: 500,
  ConfigInvalid: 500,
  ConversationEnded: 404,
  ConversationNotFound: 404,
  KnowledgeInvalid: 500,
  MessageTooLong: 400,
  NotAllowed: 403,
  NotFound: 404,
  NotSignedIn: 401,
  SealBroken: 500,
  StoreInUse: 503,
  StoreUnavailable: 503,
  TicketInvalid: 410,
  // DirectLineJS recovers from an expired token only on 403.
  TokenExpired: 403,
  TokenInvalid: 403,
  TooLarge: 413,
  TooManyRequests: 429,
  UnderstandingStopped: 503,
  UnsupportedActivity: 400,
  UploadUnsupported: 415,
};

const UNFORESEEN: ErrorBody = {
  error: { code: 'InternalError', message: 'Something went wrong here. Please try again.' },
};

/** The HTTP status and body of an error; what was not foreseen, and faults of the inside, are told neutrally. */
export function errorAnswer(error: unknown): { status: number; body: ErrorBody } {
  if (!(error instanceof ProductError)) return { status: 500, body: UNFORESEEN };
  const status = STATUS[error.code];
  if (status === 500) return { status, body: UNFORESEEN };
  return { status, body: { error: { code: error.code, message: error.message } } };
}

/** Answers a request that failed, and logs what nobody foresaw. */
export function sendError(response: Response, error: unknown, log: Log): void {
  const { status, body } = errorAnswer(error);
  if (status >= 500) log.error('http.failed', { status, code: body.error.code, error });
  if (response.headersSent) {
    response.end();
    return;
  }
  response.send(status, body);
}
