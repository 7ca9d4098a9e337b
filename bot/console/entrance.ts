import type { IncomingMessage } from 'node:http';
import type { Request, Response, Server } from 'restify';
import type { z } from 'zod';
import type { Log } from '../../services/ports';
import { rightsOf } from '../../services/roles';
import type { BegunSession, StaffAccounts, StaffSession } from '../../services/staffAccounts';
import { networkOf } from '../directLine/network';
import { sendError } from '../httpErrors';
import { readJson } from '../jsonBody';
import type { SessionView } from './contract';
import { fieldsOf } from './fields';
import type { ConsoleSessions } from './session';

/** What signing in needs. */
export interface EntranceParts {
  readonly accounts: StaffAccounts;
  readonly sessions: ConsoleSessions;
  /** IANA zone of the company. */
  readonly zone: string;
  readonly privacyMailbox: string;
  readonly companyPhone?: string | undefined;
  readonly clientAddress: (request: IncomingMessage) => string;
  readonly log: Log;
}

/** The view of somebody who is signed in. */
export type SignedInView = Extract<SessionView, { signedIn: true }>;

const BODY_BYTES = 16 * 1024;

/** A call by somebody who may not be signed in yet. */
export interface EntranceCall {
  readonly request: Request;
  readonly response: Response;
}

/** Answers a call with JSON, or with what went wrong; nothing of it is kept by a browser. */
const answering =
  (log: Log, answer: (call: EntranceCall) => Promise<unknown>) =>
  async (request: Request, response: Response): Promise<void> => {
    response.header('Cache-Control', 'no-store');
    try {
      response.send(200, await answer({ request, response }));
    } catch (error) {
      sendError(response, error, log);
    }
  };

/** Mounts a route below `/console/api`. */
export function mount(
  server: Server,
  method: 'get' | 'post',
  path: string,
  { log }: Pick<EntranceParts, 'log'>,
  answer: (call: EntranceCall) => Promise<unknown>,
): void {
  server[method](`/console/api${path}`, answering(log, answer));
}

/**
 * What was posted, in the shape that it must have.
 * @throws ProductError `BadRequest` or `TooLarge`.
 */
export async function posted<Shape>(
  request: IncomingMessage,
  shape: z.ZodType<Shape>,
): Promise<Shape> {
  return fieldsOf(shape, await readJson(request, BODY_BYTES));
}

/** What tells the households and offices that calls come from apart. */
export const originOf = ({ clientAddress }: EntranceParts, request: IncomingMessage): string =>
  networkOf(clientAddress(request));

/** Gives a session that begins to the browser; the one that it had before is over. */
export async function entered(
  parts: EntranceParts,
  { request, response }: EntranceCall,
  { token, session }: BegunSession,
): Promise<SignedInView> {
  const { accounts, sessions } = parts;
  const before = await sessions.sessionOf(request, { passive: true });
  if (before) await accounts.signOut(before.caller);
  response.header('Set-Cookie', sessions.cookieFor(token));
  return signedInView(session, parts);
}

/** A session as the page sees it. */
export function signedInView(
  { caller, csrf, mustSetUpTotp, hasTotp }: StaffSession,
  { zone, privacyMailbox: mailbox, companyPhone: phone }: EntranceParts,
): SignedInView {
  const { accountId: id, name, email, roles } = caller;
  const me = { id, name, email, roles, rights: rightsOf(roles), mustSetUpTotp, hasTotp };
  return { signedIn: true, me, csrf, zone, mailbox, ...(phone ? { phone } : {}) };
}
