import type { IncomingMessage } from 'node:http';
import type { Right, Role } from '../../services/roles';

/** Who calls, once signed in. */
export interface Caller {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Hash of the session's token. */
  readonly sessionId: string;
}

/** A call of the console's page. */
export interface ConsoleCall<Who = Caller> {
  readonly caller: Who;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was posted, as JSON: to be checked by the handler (zod). */
  readonly body: unknown;
  readonly request: IncomingMessage;
}

/** Files that a handler answers with, in the place of JSON; always as a download. */
export class Download {
  constructor(
    readonly name: string,
    readonly content: Buffer,
  ) {}
}

interface Place {
  readonly method: 'GET' | 'POST';
  /** Below `/console/api`, as restify writes it: `/handoffs/:id/claim`. */
  readonly path: string;
}

/** A call for those who have a right; what it returns is sent as JSON. It may throw ProductError. */
export interface RightRoute extends Place {
  /** `signedIn`: whoever has a session, whatever their roles. */
  readonly may: Right | 'signedIn';
  handle(call: ConsoleCall): Promise<unknown>;
}

/** All routes of one part of the console. */
export type ConsoleRoutes = readonly RightRoute[];

type Handle = RightRoute['handle'];

/** A route that looks, and changes nothing but what the audit log says of looking. */
export const get = (path: string, may: RightRoute['may'], handle: Handle): RightRoute => ({
  ...{ method: 'GET', path, may, handle },
});

/** A route that does something. */
export const post = (path: string, may: RightRoute['may'], handle: Handle): RightRoute => ({
  ...{ method: 'POST', path, may, handle },
});
