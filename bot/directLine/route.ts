import type { Request, Response } from 'restify';
import type { Conversations } from '../../services/conversations';
import type { Ids, Log } from '../../services/ports';
import type { Redact } from '../customerMessage';
import type { Callers } from './callers';
import type { Cors } from './cors';
import type { Throttle } from './limits';
import type { Tokens } from './tokens';
import type { Turns } from './turns';

/** What the routes of the channel need. */
export interface RouteParts {
  readonly callers: Callers;
  readonly conversations: Conversations;
  readonly cors: Cors;
  readonly ids: Ids;
  readonly log: Log;
  /** Counts what each conversation posts. */
  readonly posts: Throttle;
  /** Counts the tokens that each address gets for the page. */
  readonly pageTokens: Throttle;
  readonly clientAddress: (request: Request) => string;
  /**
   * Takes a `handoff.status` event; resolves with an id for it.
   * @throws ProductError `BadArgument`, or `NotFound` when the conversation waits for nobody.
   */
  readonly onHandoffStatus: (
    conversationId: string,
    posted: Readonly<Record<string, unknown>>,
  ) => Promise<string>;
  readonly publicUrl: string;
  readonly bodyBytes: number;
  readonly redact: Redact;
  readonly tokens: Tokens;
  readonly turns: Turns;
}

/** One route: answers the request, or throws what the caller is then told. */
export type Route = (parts: RouteParts, request: Request, response: Response) => Promise<void>;

/** What a customer is told who sends a file. */
export const UPLOAD_REFUSED =
  'Files cannot be sent here. Please describe in words what the file shows, or answer the mail that confirms your case and attach it there.';

/** The conversation that a request's path names. */
export const conversationIdOf = (request: Request): string =>
  String((request.params as Record<string, unknown>).conversationId);
