import type { Request, Response, Server } from 'restify';
import { ProductError } from '../../services/errors';
import type { PasswordLinks } from '../../services/records/passwordLinks';
import type { Log } from '../../services/ports';
import { TooManyRequests, type Throttle } from '../directLine/limits';
import { sendError } from '../httpErrors';
import { readJson } from '../jsonBody';

/** What the account site's door needs. */
export interface AccountRedeemParts {
  readonly passwordLinks: Pick<PasswordLinks, 'redeem'>;
  /** Generous: the account site asks for all its customers from one address. */
  readonly throttle: Throttle;
  readonly clientAddress: (request: Request) => string;
}

const BODY_BYTES = 4 * 1024;

/**
 * Mounts `POST /account/redeem`, which the account site's server calls with the ticket that came with a customer:
 * `{"ticket": "…"}` gives `{"userName": "…"}` once, and afterwards 410 with the code TicketInvalid.
 */
export function mountAccountRedeem(
  server: Server,
  { passwordLinks, throttle, clientAddress }: AccountRedeemParts,
  log: Log,
): void {
  server.post('/account/redeem', async (request: Request, response: Response) => {
    response.header('Cache-Control', 'no-store');
    try {
      await throttle.take(clientAddress(request));
      const redeemed = await passwordLinks.redeem(ticketOf(await readJson(request, BODY_BYTES)));
      if (redeemed.outcome === 'refused')
        throw new ProductError('TicketInvalid', 'This ticket is used, too old, or not known.');
      response.send(200, { userName: redeemed.userName });
    } catch (error) {
      if (error instanceof TooManyRequests)
        response.header('Retry-After', String(error.retryAfterSeconds));
      sendError(response, error, log);
    }
  });
}

function ticketOf(body: unknown): string {
  const { ticket } = (body ?? {}) as { ticket?: unknown };
  if (typeof ticket !== 'string')
    throw new ProductError('BadArgument', 'Send {"ticket": "…"}, as it came with the customer.');
  return ticket;
}
